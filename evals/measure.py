"""Measuring suites into reports."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from evals.junit import junit
from evals.metrics import METRICS, questions
from evals.page import page
from evals.parity import parity
from evals.provenance import Provenance
from evals.report import as_json, by_language, markdown, timings
from evals.result import Result
from evals.runner import run
from evals.scorers import SCORERS
from evals.suites import Suite
from evals.systems import System

Measured = tuple[Suite, list[Result]]


def measure(
    system: System,
    suites: Iterable[Suite],
    out: Path,
    about: Provenance,
    *,
    reveal: bool = False,
    processes: int = 1,
    threads: int = 1,
    resume: bool = False,
) -> Iterator[Measured]:
    """Run suites, yield the results of each, and write the reports.

    `<suite>.md`, `<suite>.json`, and over all suites `report.html`, `junit.xml` and `timings.json`. All but the timings
    are the same, bit for bit, when the same versions run again.

    Args:
        system: What to measure.
        suites: What to run.
        out: Folder for the reports.
        about: What stands at the head of the reports.
        reveal: Write the cases of unseen suites out, too; whoever reads them has seen them.
        processes: How many processes share the work.
        threads: How many calls wait at once.
        resume: Go on where an earlier run stopped.
    """
    out.mkdir(parents=True, exist_ok=True)
    measured: list[Measured] = []
    for suite in suites:
        journal = out / ".journal" / f"{suite.name}-{slug(system.name)}.jsonl"
        if not resume:
            journal.unlink(missing_ok=True)
        results = run(system, suite.vignettes, processes=processes, threads=threads, journal=journal, quiet=False)
        cases = reveal or not suite.unseen
        (out / f"{suite.name}.md").write_text(markdown(suite.name, results, about, cases=cases), encoding="utf-8")
        (out / f"{suite.name}.json").write_text(as_json(suite.name, results, about, cases=cases), encoding="utf-8")
        measured.append((suite, results))
        yield suite, results
    (out / "report.html").write_text(page(measured, about, reveal=reveal), encoding="utf-8")
    (out / "junit.xml").write_text(junit(measured, reveal=reveal), encoding="utf-8")
    (out / "timings.json").write_text(timings(measured), encoding="utf-8")


def slug(name: str) -> str:
    """Return the name of a system as a part of a file name."""
    return re.sub(r"[^\w.-]+", "-", name)[:160]


def lines(suite: Suite, results: Sequence[Result], out: Path) -> Iterator[str]:
    """Yield a summary of one suite for the terminal."""
    hidden = ", unseen: totals only" if suite.unseen else ""
    yield f"{suite.name}: {len(results)} vignettes{hidden}, report in {out / suite.name}.md"
    for name, metric in METRICS.items():
        found = metric(results)
        if found.n or name not in SCORERS:
            yield f"  {name:<28} {found}"
    yield f"  {'questions':<28} {questions(results)}"
    unanswered = Counter(item.failure or "no level" for item in results if item.advised is None)
    if unanswered:
        yield f"  {'without an answer':<28} {unanswered.total()}, counted as wrong and unsafe"
        # what is wrong with most of them is told at once: an address without a server is no bad system
        yield from (f"    {count} of them: {why}" for why, count in unanswered.most_common(3))
    for language, part in by_language(results).items():
        yield (
            f"  {language:<9} accuracy {METRICS['accuracy'](part)}; "
            f"emergencies {METRICS['emergency_sensitivity'](part)}; false alarms {METRICS['false_alarms'](part)}"
        )
    forms = parity(results)
    if forms is not None:
        yield f"  same level in every form     {forms.agreement}"
        yield f"  largest gap of accuracy      {forms.accuracy_gap or 'n=0'}"
        yield f"  largest gap of emergencies   {forms.sensitivity_gap or 'n=0'}"
