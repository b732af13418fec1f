"""`salama eval`: measure Salama or any other system on suites, compare runs, keep gates."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from evals.development import find, skipped
from evals.dialogues import Tally, play_many
from evals.gates import broken, load_gates
from evals.measure import Measured, lines, measure
from evals.perturb import Trial, sample, try_all
from evals.perturb.report import markdown
from evals.provenance import Provenance
from evals.suites import Suite, load
from evals.summary import summary, summary_json
from evals.systems import System
from evals.systems.choose import add_system_options, chosen
from evals.systems.salama import Salama
from triage import TriagePipeline

_PROGRESS = 500
"""Random dialogues after which the tally so far is told."""

Build = Callable[[bool], TriagePipeline]
"""Builds the engine, with the configured language model or without any."""


def main(arguments: Sequence[str], build: Build) -> int:
    """Run `salama eval ...`; return the exit code.

    Args:
        arguments: What follows `salama eval`.
        build: Builds the engine where a task needs it.

    Raises:
        SuiteError: A suite, mapping, transcript or report is missing or cannot be read.
    """
    tasks: dict[str, Callable[[Sequence[str], Build], int]] = {
        "compare": _compare,
        "gates": _gates,
        "peers": _peers,
        "reader": _reader,
        "retrieval": _retrieval,
    }
    if arguments and arguments[0] in tasks:
        return tasks[arguments[0]](arguments[1:], build)
    parser = _parser(list(tasks))
    options = parser.parse_args(arguments)
    suites = list(_development(options.dev)) if options.dev else []
    if options.suites or not options.dev:
        suites += load(Path(name) for name in options.suites)
    if options.dialogues:
        return _dialogues(options, build(False), suites)
    if options.perturb:
        return _perturb(options, build(False), suites)
    return _suites(options, chosen(options, build), suites)


def _parser(tasks: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="salama eval",
        description="Measure Salama, or any other system, on suites of vignettes.",
        epilog=f"Other tasks: salama eval {{{','.join(tasks)}}} --help",
    )
    parser.add_argument("suites", nargs="*", help="files of vignettes; the shipped suites when none is given")
    parser.add_argument("--out", type=Path, default=Path("reports"), help="folder for the reports")
    parser.add_argument("--dev", type=Path, metavar="FOLDER", help="measure the development sets in a folder")
    parser.add_argument("--summary", action="store_true", help="print one Markdown table over all suites")
    parser.add_argument(
        "--interview", action="store_true", help="answer every question, denying danger, before counting"
    )
    parser.add_argument("--reveal", action="store_true", help="list the misses of unseen suites, too")
    parser.add_argument(
        "--perturb", action="store_true", help="change the messages in ways that must not change the level"
    )
    parser.add_argument("--sample", type=int, default=40, help="cases of each suite that are changed (40)")
    parser.add_argument("--dialogues", type=int, default=0, metavar="N", help="play N random dialogues")
    parser.add_argument("--first", type=int, default=0, help="number of the first random dialogue, to play it again")
    parser.add_argument("--seed", type=int, default=1, help="seed of all random choices (1)")
    parser.add_argument("--processes", type=int, default=1, help="processes that share the work (1)")
    parser.add_argument("--resume", action="store_true", help="go on where an earlier run with the same --out stopped")
    add_system_options(parser)
    return parser


def _suites(options: argparse.Namespace, system: System, suites: Sequence[Suite]) -> int:
    about = Provenance(system.name, tuple(suite.name for suite in suites), options.seed)
    measured: list[Measured] = []
    for suite, results in measure(
        system,
        suites,
        options.out,
        about,
        reveal=options.reveal,
        processes=options.processes,
        threads=options.threads,
        resume=options.resume,
    ):
        measured.append((suite, results))
        if not options.summary:
            print("\n".join(lines(suite, results, options.out)), flush=True)
    if options.summary:
        text = summary(measured, system.name)
        (options.out / "summary.md").write_text(text, encoding="utf-8")
        (options.out / "summary.json").write_text(summary_json(measured, system.name), encoding="utf-8")
        print(text)
    return 0


def _development(folder: Path) -> Iterator[Suite]:
    for item, cases in find(folder):
        if cases is None:
            print(skipped(item, folder))
        else:
            yield Suite(item.name, tuple(cases))


def _perturb(options: argparse.Namespace, pipeline: TriagePipeline, suites: Sequence[Suite]) -> int:
    system = Salama(pipeline)
    trials: list[Trial] = []
    for suite in suites:
        trials += try_all(
            lambda vignette: system.play(vignette).levels[-1],
            sample(suite.vignettes, options.sample, options.seed),
            seed=options.seed,
            among=suite.vignettes,
            processes=options.processes,
        )
    hidden = frozenset(
        vignette.id for suite in suites if suite.unseen and not options.reveal for vignette in suite.vignettes
    )
    text = markdown(trials, hidden, pipeline.knowledge.version)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "perturb.md").write_text(text, encoding="utf-8")
    print(text)
    return 0


def _dialogues(options: argparse.Namespace, pipeline: TriagePipeline, suites: Sequence[Suite]) -> int:
    started = time.perf_counter()
    cases = [vignette for suite in suites if not suite.unseen for vignette in suite.vignettes]
    tally = Tally(options.seed)
    try:
        for played in play_many(
            pipeline, cases, options.dialogues, seed=options.seed, first=options.first, processes=options.processes
        ):
            tally.add(played)
            if played.broken:
                print(f"dialogue {played.number}: {'; '.join(played.broken)}\n  {played.messages!r}", flush=True)
            if tally.count % _PROGRESS == 0:
                print(f"  {tally}", file=sys.stderr, flush=True)
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
    print(f"{tally}; {time.perf_counter() - started:.0f} s")
    return 1 if tally.broken else 0


def _compare(arguments: Sequence[str], _: Build) -> int:
    from evals.comparison import as_lines, compare

    parser = argparse.ArgumentParser(
        prog="salama eval compare", description="Compare two JSON reports of the same suite."
    )
    parser.add_argument("a", type=Path, help="report of the first system")
    parser.add_argument("b", type=Path, help="report of the second system")
    options = parser.parse_args(arguments)
    for line in as_lines(*compare(options.a, options.b)):
        print(line)
    return 0


def _gates(arguments: Sequence[str], build: Build) -> int:
    parser = argparse.ArgumentParser(
        prog="salama eval gates", description="Check the gates on the shipped suites; exit 1 when one is broken."
    )
    parser.add_argument("--gates", type=Path, help="file of gates; the project's own when none is given")
    parser.add_argument("--processes", type=int, default=1, help="processes that share the work (1)")
    options = parser.parse_args(arguments)
    gates = load_gates(options.gates)
    wanted = {name for gate in gates for name in gate.suites}
    suites = [suite for suite in load([]) if suite.name in wanted]
    from evals.runner import run

    system = Salama(build(False))
    measured = {suite.name: run(system, suite.vignettes, processes=options.processes, quiet=False) for suite in suites}
    found = list(broken(gates, measured))
    for line in found:
        print(f"broken: {line}")
    print(f"{len(gates)} gates on {sum(map(len, measured.values()))} cases, {len(found)} broken")
    return 1 if found else 0


def _peers(arguments: Sequence[str], build: Build) -> int:
    from evals.peers import beside_peers

    parser = argparse.ArgumentParser(
        prog="salama eval peers", description="The 45 classic vignettes beside published answers of other systems."
    )
    parser.add_argument("folder", type=Path, help="folder with semigran45/ and symptomcheckR/")
    parser.add_argument("--out", type=Path, default=Path("reports"), help="folder for peers.md and peers.html")
    options = parser.parse_args(arguments)
    print(beside_peers(options.folder, Salama(build(False)), options.out))
    return 0


def _reader(_: Sequence[str], __: Build) -> int:
    from evals.reading.agreement import agreement_report

    print(agreement_report())
    return 0


def _retrieval(arguments: Sequence[str], _: Build) -> int:
    from evals.retrieval import comparison
    from triage import read_settings

    parser = argparse.ArgumentParser(
        prog="salama eval retrieval",
        description="Do lay queries find the article that answers them? Words alone, and with each pulled encoder.",
    )
    parser.add_argument("--misses", action="store_true", help="name the queries that were answered wrongly")
    for line in comparison(read_settings(), misses=parser.parse_args(arguments).misses):
        print(line, flush=True)
    return 0
