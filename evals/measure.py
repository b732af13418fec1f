"""Measuring suites into reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from evals.metrics import METRICS, Result, questions
from evals.parity import parity
from evals.report import as_json, by_language, markdown
from evals.runner import run
from evals.suites import Suite
from triage import TriagePipeline

Measured = tuple[Suite, list[Result]]


def measure(
    pipeline: TriagePipeline,
    suites: Iterable[Suite],
    out: Path,
    *,
    interview: bool = False,
    reveal: bool = False,
    processes: int = 1,
) -> Iterator[Measured]:
    """Run suites, write `<suite>.md` and `<suite>.json`, and yield the results of each.

    Args:
        pipeline: The engine to measure.
        suites: What to run.
        out: Folder for the reports.
        interview: Answer what Salama asks after the last turn, denying danger.
        reveal: Write the cases of unseen suites out, too; whoever reads them has seen them.
        processes: How many processes share the work.
    """
    out.mkdir(parents=True, exist_ok=True)
    version = pipeline.knowledge.version
    for suite in suites:
        results = list(run(pipeline, suite.vignettes, interview=interview, processes=processes))
        cases = reveal or not suite.unseen
        (out / f"{suite.name}.md").write_text(markdown(suite.name, results, version, cases=cases), encoding="utf-8")
        (out / f"{suite.name}.json").write_text(as_json(suite.name, results, version, cases=cases), encoding="utf-8")
        yield suite, results


def lines(suite: Suite, results: Sequence[Result], out: Path) -> Iterator[str]:
    """Yield a summary of one suite for the terminal."""
    hidden = ", unseen: totals only" if suite.unseen else ""
    yield f"{suite.name}: {len(results)} vignettes{hidden}, report in {out / suite.name}.md"
    for name, metric in METRICS.items():
        yield f"  {name:<28} {metric(results)}"
    yield f"  {'questions':<28} {questions(results)}"
    for language, part in by_language(results).items():
        yield (
            f"  {language:<9} accuracy {METRICS['accuracy'](part)}; "
            f"emergencies {METRICS['emergency_sensitivity'](part)}; false alarms {METRICS['false_alarms'](part)}"
        )
    found = parity(results)
    if found is not None:
        yield f"  same level in every form     {found.agreement}"
        yield f"  largest gap of accuracy      {found.accuracy_gap or 'n=0'}"
        yield f"  largest gap of emergencies   {found.sensitivity_gap or 'n=0'}"
