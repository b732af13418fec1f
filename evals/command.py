"""`salama eval`: suites, a summary, development sets, perturbations, random dialogues, and the parts of their own."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from evals.attacks import command as attacks_command
from evals.development import find, skipped
from evals.dialogues import Tally, play_many
from evals.guard import command as guard_command
from evals.lm import command as lm_command
from evals.measure import Measured, lines, measure
from evals.perturb import Trial, sample, try_all
from evals.perturb.report import markdown
from evals.runner import play
from evals.suites import Suite, load
from evals.summary import summary, summary_json
from triage import TriagePipeline

PARTS: dict[str, Callable[[Sequence[str]], int]] = {
    "guard": guard_command.main,
    "attacks": attacks_command.main,
    "lm": lm_command.main,
}
"""Measures with options of their own: `salama eval guard --half first`."""

_PROGRESS = 500
"""Random dialogues after which the tally so far is told."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("suites", nargs="*", help="files of vignettes; the shipped suites when none is given")
    parser.add_argument("--out", type=Path, default=Path("reports"), help="folder for the Markdown and JSON reports")
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


def run(options: argparse.Namespace, pipeline: TriagePipeline) -> int:
    """Measure what the options name; return 1 when an invariant was broken.

    Raises:
        SuiteError: A suite is missing or cannot be read.
    """
    suites = list(_development(options.dev)) if options.dev else []
    if options.suites or not options.dev:
        suites += load(Path(name) for name in options.suites)
    if options.dialogues:
        return _dialogues(options, pipeline, suites)
    if options.perturb:
        return _perturb(options, pipeline, suites)
    measured: list[Measured] = []
    for suite, results in measure(
        pipeline,
        suites,
        options.out,
        interview=options.interview,
        reveal=options.reveal,
        processes=options.processes,
    ):
        measured.append((suite, results))
        if not options.summary:
            print("\n".join(lines(suite, results, options.out)), flush=True)
    if options.summary:
        version = pipeline.knowledge.version
        text = summary(measured, version)
        (options.out / "summary.md").write_text(text, encoding="utf-8")
        (options.out / "summary.json").write_text(summary_json(measured, version), encoding="utf-8")
        print(text)
    return 0


def _development(folder: Path) -> Iterator[Suite]:
    for item, cases in find(folder):
        if cases is None:
            print(skipped(item, folder))
        else:
            yield Suite(item.name, tuple(cases))


def _perturb(options: argparse.Namespace, pipeline: TriagePipeline, suites: list[Suite]) -> int:
    trials: list[Trial] = []
    for suite in suites:
        trials += try_all(
            lambda vignette: play(pipeline, vignette).levels[-1],
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


def _dialogues(options: argparse.Namespace, pipeline: TriagePipeline, suites: list[Suite]) -> int:
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
