"""Reports of a run: Markdown for people, JSON for machines; every miss with its evidence."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from evals.calibration import calibration
from evals.measures import (
    BASE_RATES,
    RATIOS,
    SWAPS,
    cost,
    equivalence,
    false_banners,
    readability,
    swaps,
    turns_to_escalation,
)
from evals.metrics import METRICS, accuracy_by_level, confusion, emergency_sensitivity, questions
from evals.parity import Gap, parity
from evals.provenance import Provenance
from evals.result import Result
from evals.scorers import SCORERS, failures
from evals.suites import Suite
from evals.vignette import Group

LEVELS: tuple[Group, ...] = ("self_care", "non_emergency", "emergency")
ADVISED = (*LEVELS, "none")
_QUANTILES = {"p50": 0.5, "p95": 0.95, "p99": 0.99}
"""Of the milliseconds of a case, all turns together."""
PER_FORM = ("accuracy", "emergency_sensitivity", "false_alarms", "over_triage", "safety_of_advice")


def by_language(results: Sequence[Result]) -> dict[str, list[Result]]:
    """Return the results of each written form, in the order of their tags."""
    tags = sorted({item.vignette.language for item in results})
    return {tag: [item for item in results if item.vignette.language == tag] for tag in tags}


def markdown(name: str, results: Sequence[Result], about: Provenance, *, cases: bool = True) -> str:
    """Return the report of one suite.

    Args:
        name: Name of the suite.
        results: One result a vignette.
        about: What was measured, and with what.
        cases: Whether to list the misses; without it there are totals only.
    """
    lines = [
        f"## {name}",
        "",
        f"{len(results)} vignettes; {about.system}; {about.machine}; seed {about.seed}",
        "",
        "| metric | value |",
        "|---|---|",
    ]
    found = {key: metric(results) for key, metric in METRICS.items()}
    lines += [f"| {key} | {value} |" for key, value in found.items() if value.n or key not in SCORERS]
    lines.append(f"| questions asked | {questions(results)} |")
    lines += [f"| {key} | {value} |" for key, value in _further(results).items()]
    lines += ["", *_forms(results), *_confusion(results)]
    misses = [item for item in results if not item.right]
    if misses and not cases:
        lines += ["", f"{len(misses)} misses are not listed: nobody looks at this suite while mending."]
    elif misses:
        lines += ["", "### Misses", "", *(line for item in misses for line in _miss(item))]
    others = list(failures(results)) if cases else []
    if others:
        lines += ["", "### Beside the level", "", *(f"- {line}" for line in others)]
    return "\n".join(lines) + "\n"


def _further(results: Sequence[Result]) -> dict[str, str]:
    """Return the measures that are no share of cases, by name."""
    exact = emergency_sensitivity(results).exact()
    late, easy = turns_to_escalation(results), readability(results)
    false = {rate: false_banners(results, rate) for rate in BASE_RATES}
    found = {
        "emergency_sensitivity, Clopper-Pearson 95%": f"{exact[0]:.1%}-{exact[1]:.1%}" if exact else "n=0",
        "false banners at base rates": ", ".join(f"{rate:.0%}: {v:.0%}" for rate, v in false.items() if v is not None),
        "mean cost by ratio of under- to over-triage": ", ".join(
            f"{ratio}: {cost(results, ratio)}" for ratio in RATIOS
        ),
        "turns to escalation": str(late) if late.n else "",
        "readability (LIX)": str(easy) if easy.n else "",
    }
    found |= {f"accuracy, {level}": str(part) for level, part in accuracy_by_level(results).items() if part.n}
    sure = calibration(results)
    found["calibration"] = str(sure) if sure.n else ""
    for one, two in SWAPS:
        tested = equivalence(swaps(results, one, two))
        if tested is not None:
            found[f"hospital now, {one} against {two}"] = str(tested)
    return {key: value for key, value in found.items() if value}


def _forms(results: Sequence[Result]) -> Iterator[str]:
    parts = by_language(results)
    if len(parts) < 2:
        return
    yield f"| written form | n | {' | '.join(PER_FORM)} | questions |"
    yield "|---|---" + "|---" * len(PER_FORM) + "|---|"
    for language, part in parts.items():
        cells = " | ".join(str(METRICS[key](part)) for key in PER_FORM)
        yield f"| {language} | {len(part)} | {cells} | {questions(part)} |"
    yield ""
    found = parity(results)
    if found is None:
        return
    yield f"Cases in all {len(found.forms)} written forms that get one level in every form: {found.agreement}."
    yield (
        f"The largest gap between two forms is {found.accuracy_gap or 'n=0'} of accuracy and "
        f"{found.sensitivity_gap or 'n=0'} of emergency sensitivity."
    )
    yield ""


def _confusion(results: Sequence[Result]) -> Iterator[str]:
    table = confusion(results)
    yield "| reference \\ advised | self-care | non-emergency | emergency | none |"
    yield "|---|---|---|---|---|"
    for wanted in LEVELS:
        yield f"| {wanted} | {' | '.join(str(table.get((wanted, given), 0)) for given in ADVISED)} |"


def _miss(item: Result) -> Iterator[str]:
    advised = item.advised.name.lower() if item.advised is not None else "none"
    text = " / ".join(item.vignette.turns).replace("\n", " ")[:300]
    yield f"- `{item.vignette.id}` reference {item.vignette.group}, advised {advised}: {text}"
    if item.fell:
        yield f"  - the level fell: {' -> '.join(level.name.lower() for level in item.levels)}"
    for line in item.evidence:
        yield f"  - {line}"
    if item.advised is None:
        yield f"  - {item.failure or 'no level'}"
        if item.replies:
            # what the reader could not read: a person has to see whether it says a level
            yield f"  - reply: {' '.join(item.replies[-1].split())[:600]}"


def as_json(name: str, results: Sequence[Result], about: Provenance, *, cases: bool = True) -> str:
    """Return the same report as JSON."""
    asked = questions(results)
    table = confusion(results)
    report: dict[str, Any] = {
        "suite": name,
        "about": dict(about.rows()),
        "n": len(results),
        "metrics": {key: metric(results).record() for key, metric in METRICS.items()},
        "accuracy_by_level": {level: part.record() for level, part in accuracy_by_level(results).items()},
        "questions": {"median": asked.median, "max": asked.most, "n": asked.n},
        "emergency_sensitivity_exact": emergency_sensitivity(results).exact(),
        "false_banners": {str(rate): false_banners(results, rate) for rate in BASE_RATES},
        "cost": {str(ratio): cost(results, ratio).value for ratio in RATIOS},
        "turns_to_escalation": asdict(turns_to_escalation(results)),
        "calibration": asdict(calibration(results)),
        "readability_lix": asdict(readability(results)),
        "languages": {
            tag: {key: METRICS[key](part).record() for key in PER_FORM} for tag, part in by_language(results).items()
        },
        "confusion": {wanted: {given: table.get((wanted, given), 0) for given in ADVISED} for wanted in LEVELS},
    }
    found = parity(results)
    if found is not None:
        report["parity"] = {
            "agreement": found.agreement.record(),
            "accuracy_gap": _gap(found.accuracy_gap),
            "sensitivity_gap": _gap(found.sensitivity_gap),
        }
    if cases:
        report["cases"] = [_case(item) for item in results]
    return json.dumps(report, ensure_ascii=False)


def _gap(found: Gap | None) -> dict[str, Any] | None:
    return None if found is None else {"value": found.value, "low": found.low, "high": found.high}


def _case(item: Result) -> dict[str, Any]:
    return {
        "id": item.vignette.id,
        "language": item.vignette.language,
        "reference": [level.name.lower() for level in item.vignette.reference],
        "advised": item.advised.name.lower() if item.advised is not None else None,
        "levels": [level.name.lower() for level in item.levels],
        "right": item.right,
        "questions": item.questions,
        "failure": item.failure,
        "retries": item.retries,
        "evidence": item.evidence,
        "replies": [] if item.right else item.replies,
    }


def timings(measured: Sequence[tuple[Suite, Sequence[Result]]]) -> str:
    """Return the latency of the cases as JSON, apart from the reports that have to be the same every time."""
    return json.dumps({suite.name: _latency(results) for suite, results in measured}, indent=1)


def _latency(results: Sequence[Result]) -> dict[str, float | int | None]:
    times = sorted(item.milliseconds for item in results if item.milliseconds)
    if not times:
        return {"p50": None, "p95": None, "p99": None, "n": 0}
    at = {name: times[min(len(times) - 1, int(len(times) * share))] for name, share in _QUANTILES.items()}
    return {**{name: round(value, 2) for name, value in at.items()}, "n": len(times)}
