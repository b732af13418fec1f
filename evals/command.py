"""`salama eval`: measure Salama or any other system on suites, compare runs, keep gates."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path

from evals.development import find, skipped
from evals.dialogues import Tally, play_many
from evals.judged import judge_json, judge_report, judged
from evals.measure import Measured, lines, measure
from evals.perturb import Trial, sample, try_all
from evals.perturb.report import markdown
from evals.provenance import Provenance
from evals.reading.judge import Judge
from evals.suites import Suite, load
from evals.summary import summary, summary_json
from evals.systems import System
from evals.systems.choose import add_judge_option, add_system_options, chosen, chosen_judge
from evals.systems.salama import Build, Salama
from evals.vignette import SuiteError
from triage import TriagePipeline

TASKS = {
    "attacks": "evals.attacks.command",
    "audit": "evals.audit",
    "compare": "evals.comparison",
    "gates": "evals.gates",
    "guard": "evals.guard.command",
    "label": "evals.labels",
    "lm": "evals.lm.command",
    "peers": "evals.peers",
    "reader": "evals.reading.agreement",
    "retrieval": "evals.retrieval.table",
    "simulate": "evals.simulate",
}
"""Modules of the tasks that are no measuring of suites; each has a `main(arguments, build)` and options of its own."""

_PROGRESS = 500
"""Random dialogues after which the tally so far is told."""


def main(arguments: Sequence[str], build: Build) -> int:
    """Run `salama eval ...`; return the exit code.

    Args:
        arguments: What follows `salama eval`.
        build: Builds the engine where a task needs it.

    Raises:
        SuiteError: A suite, mapping, transcript or report is missing or cannot be read, or an endpoint does not answer.
    """
    if arguments and arguments[0] in TASKS:
        # imported only when it is run: some need packages that the others do without
        task = import_module(TASKS[arguments[0]])
        code: int = task.main(arguments[1:], build)
        return code
    parser = _parser()
    options = parser.parse_args(arguments)
    suites = list(_development(options.dev)) if options.dev else []
    if options.suites or not options.dev:
        suites += load(Path(name) for name in options.suites)
    suites = [suite.part(options.language, options.limit) for suite in suites]
    if options.judge and (options.forced_choice or options.samples > 1):
        raise SuiteError("--judge reads replies in free text, one a turn: leave --forced-choice and --samples away")
    if options.dialogues:
        return _dialogues(options, build(False), suites)
    if options.perturb:
        return _perturb(options, build(False), suites)
    system, judge = chosen(options, build, interview=options.interview), chosen_judge(options)
    measured = _suites(options, system, suites)
    if judge is not None:
        _judge(options, system, measured, judge)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="salama eval",
        description="Measure Salama, or any other system, on suites of vignettes.",
        epilog=f"Other tasks: salama eval {{{','.join(TASKS)}}} --help",
    )
    parser.add_argument("suites", nargs="*", help="files of vignettes; the shipped suites when none is given")
    parser.add_argument("--out", type=Path, default=Path("reports"), help="folder for the reports")
    parser.add_argument("--dev", type=Path, metavar="FOLDER", help="measure the development sets in a folder")
    parser.add_argument("--summary", action="store_true", help="print one Markdown table over all suites")
    parser.add_argument(
        "--interview", action="store_true", help="answer every question, denying danger, before counting"
    )
    parser.add_argument("--language", help="only cases in this written form, e.g. fr")
    parser.add_argument("--limit", type=int, default=0, metavar="N", help="only the first N cases of each suite")
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
    add_judge_option(parser)
    add_system_options(parser)
    return parser


def _suites(options: argparse.Namespace, system: System, suites: Sequence[Suite]) -> list[Measured]:
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
    return measured


def _judge(options: argparse.Namespace, system: System, measured: Sequence[Measured], judge: Judge) -> None:
    """Let a judge model read the replies, and report what it reads in files of its own."""
    parts = [(part, judged(judge, part[1], options.threads)) for part in measured]
    text = judge_report(judge.name, system.name, parts, reveal=options.reveal)
    (options.out / "judge.md").write_text(text, encoding="utf-8")
    (options.out / "judge.json").write_text(judge_json(judge.name, system.name, parts), encoding="utf-8")
    print(text)


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
