"""`salama eval`: measure Salama or any other system on suites, compare runs, keep gates."""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import cast

from evals.attacks import command as attacks_command
from evals.development import find, skipped
from evals.dialogues import Tally, play_many
from evals.gates import broken, load_gates
from evals.guard import command as guard_command
from evals.lm import command as lm_command
from evals.measure import Measured, lines, measure
from evals.perturb import Trial, sample, try_all
from evals.perturb.report import markdown
from evals.provenance import Provenance
from evals.suites import Suite, load
from evals.summary import summary, summary_json
from evals.systems import System
from evals.systems.choose import add_system_options, chosen
from evals.systems.salama import Salama
from evals.vignette import SuiteError
from triage import TriagePipeline, read_settings

PARTS: dict[str, Callable[[Sequence[str]], int]] = {
    "guard": guard_command.main,
    "attacks": attacks_command.main,
    "lm": lm_command.main,
}
"""Measures with options of their own: `salama eval guard --half first`."""

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
        "audit": _audit,
        "compare": _compare,
        "gates": _gates,
        "label": _label,
        "peers": _peers,
        "reader": _reader,
        "retrieval": _retrieval,
        "simulate": _simulate,
    }
    if arguments and arguments[0] in tasks:
        return tasks[arguments[0]](arguments[1:], build)
    if arguments and arguments[0] in PARTS:
        return PARTS[arguments[0]](arguments[1:])
    parser = _parser([*tasks, *PARTS])
    options = parser.parse_args(arguments)
    suites = list(_development(options.dev)) if options.dev else []
    if options.suites or not options.dev:
        suites += load(Path(name) for name in options.suites)
    suites = [_part(suite, options.language, options.limit) for suite in suites]
    if options.dialogues:
        return _dialogues(options, build(False), suites)
    if options.perturb:
        return _perturb(options, build(False), suites)
    return _suites(options, chosen(options, build), suites)


def _part(suite: Suite, language: str | None, limit: int) -> Suite:
    """Return the cases of one written form, or only the first ones.

    Raises:
        SuiteError: The suite has no case in that form.
    """
    cases = tuple(item for item in suite.vignettes if language in (None, item.language))
    if language and not cases:
        forms = sorted({item.language for item in suite.vignettes})
        raise SuiteError(f"{suite.name} has no case in {language!r}; it has: {', '.join(forms)}")
    return Suite(suite.name, cases[: limit or None])


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


def _label(arguments: Sequence[str], _: Build) -> int:
    from evals.labels import disputed, read_sheet, report, settled, sheet

    parser = argparse.ArgumentParser(
        prog="salama eval label", description="Blind double labels by clinicians: sheets out, agreement back."
    )
    steps = parser.add_subparsers(dest="step", required=True, metavar="STEP")
    out = steps.add_parser("export", help="write a blind sheet of a suite for one rater")
    out.add_argument("suite", type=Path)
    out.add_argument("sheet", type=Path, help="CSV file to write")
    out.add_argument("--seed", type=int, required=True, help="order of the cases; another one for each rater")
    out.add_argument("--only", type=Path, nargs=2, metavar="SHEET", help="only what these two raters disagree on")
    back = steps.add_parser("import", help="agreement of two filled sheets; with a third one the final labels")
    back.add_argument("first", type=Path)
    back.add_argument("second", type=Path)
    back.add_argument("--adjudicated", type=Path, help="filled sheet of the adjudicator")
    back.add_argument("--labels", type=Path, help="JSON file to write the final labels to")
    options = parser.parse_args(arguments)
    if options.step == "export":
        [suite] = load([options.suite])
        wanted = set(disputed(*map(read_sheet, options.only))) if options.only else None
        cases = [item for item in suite.vignettes if wanted is None or item.id in wanted]
        options.sheet.write_text(sheet(cases, options.seed), encoding="utf-8")
        print(f"{len(cases)} cases in {options.sheet}; fill the column `level`")
        return 0
    first, second = read_sheet(options.first), read_sheet(options.second)
    print("\n".join(report(first, second)))
    if options.labels:
        third = read_sheet(options.adjudicated) if options.adjudicated else {}
        final = settled(first, second, third)
        options.labels.write_text(json.dumps(final, indent=1, ensure_ascii=False, sort_keys=True), encoding="utf-8")
        print(f"{len(final)} final labels in {options.labels}")
    return 0


def _audit(arguments: Sequence[str], build: Build) -> int:
    from evals.audit import audit, sample, table
    from triage.generation import open_chat_model

    parser = argparse.ArgumentParser(
        prog="salama eval audit",
        description="Salama without and with its model, the bare model and a plain retrieval chain on the same cases.",
    )
    parser.add_argument("suites", nargs="*", help="files of vignettes; the shipped suites when none is given")
    parser.add_argument("--sample", type=int, default=40, help="how many cases, half of them emergencies (40)")
    parser.add_argument("--seed", type=int, default=1, help="seed of the choice (1)")
    parser.add_argument("--language", help="only cases in this written form; small models know English best")
    parser.add_argument("--model", help="language model to audit; the configured one when not given, `none` for none")
    parser.add_argument("--seconds", type=float, default=60.0, help="limit for one reply of the bare model (60)")
    parser.add_argument("--out", type=Path, default=Path("reports"), help="folder for audit.md")
    options = parser.parse_args(arguments)
    settings = read_settings()
    suites = load(Path(name) for name in options.suites)
    if options.language:
        suites = [_part(suite, options.language, 0) for suite in suites]
    cases = sample(suites, options.sample, options.seed)
    model = open_chat_model(
        options.model or settings.lm,
        models=settings.models,
        url=settings.lm_url,
        key=settings.lm_key.get_secret_value(),
        limit=options.seconds,
        threads=settings.lm_threads,
    )
    options.out.mkdir(parents=True, exist_ok=True)
    rows, text = [], ""
    for row in audit(cases, build, model):
        rows.append(row)
        # a small model is slow: what is measured stays when the run is stopped
        text = table(rows, cases, options.seed)
        (options.out / "audit.md").write_text(text, encoding="utf-8")
        print(f"{row.name}: {f'skipped: {row.skipped}' if row.skipped else 'done'}", file=sys.stderr, flush=True)
    print(text)
    return 0


def _simulate(arguments: Sequence[str], build: Build) -> int:
    from evals.patients import patients
    from evals.simulate import Talks, converse, table

    parser = argparse.ArgumentParser(
        prog="salama eval simulate", description="Conversations with rule-driven simulated patients."
    )
    parser.add_argument("--seed", type=int, default=1, help="seed of the patients' manners (1)")
    parser.add_argument("--sample", type=int, default=0, help="only so many patients, chosen by the seed; 0 is all")
    parser.add_argument("--out", type=Path, default=Path("reports"), help="folder for simulate.md")
    parser.add_argument("--interview", action="store_true", help=argparse.SUPPRESS)
    add_system_options(parser)
    options = parser.parse_args(arguments)
    system = chosen(options, build)
    if not hasattr(system, "talk"):
        raise SuiteError("a transcript or a mapping cannot answer new messages; give --url, or nothing for Salama")
    talks = cast(Talks, system)
    people = list(patients(options.seed))
    if options.sample:
        people = random.Random(options.seed).sample(people, min(options.sample, len(people)))  # noqa: S311
    text = table(talks.name, [converse(talks, patient) for patient in people], options.seed)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "simulate.md").write_text(text, encoding="utf-8")
    print(text)
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
