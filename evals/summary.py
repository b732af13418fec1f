"""One table over all suites for a README: unseen suites marked, written forms compared on what nobody looked at."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from evals.measure import Measured
from evals.metrics import accuracy, emergency_sensitivity, false_alarms, over_triage, questions, safety_of_advice
from evals.parity import parity
from evals.report import by_language
from evals.result import Proportion, Result

_COLUMNS: dict[str, Callable[[Sequence[Result]], Proportion]] = {
    "accuracy": accuracy,
    "emergencies found": emergency_sensitivity,
    "false alarms": false_alarms,
    "over-triage": over_triage,
    "safety of advice": safety_of_advice,
}


def summary(measured: Sequence[Measured], system: str) -> str:
    """Return the table as Markdown."""
    return "\n".join(_lines(measured, system)) + "\n"


def _lines(measured: Sequence[Measured], system: str) -> Iterator[str]:
    yield f"Three levels, Wilson 95 % intervals; {system}. * = unseen while mending."
    yield ""
    yield f"| suite | n | {' | '.join(_COLUMNS)} | gap of forms: accuracy / emergencies | questions: median / max |"
    yield "|---|---" + "|---" * len(_COLUMNS) + "|---|---|"
    for suite, results in measured:
        yield _row(suite.name.removesuffix("_unseen").replace("_", " ") + (" *" if suite.unseen else ""), results)
    groups = _groups(measured)
    for name, results in groups.items():
        yield _row(f"**{name}**", results)
    pooled = groups.get("all unseen *") or [result for _, results in measured for result in results]
    yield ""
    yield f"| written form ({'all unseen *' if 'all unseen *' in groups else 'all'}) | n | {' | '.join(_COLUMNS)} |"
    yield "|---|---" + "|---" * len(_COLUMNS) + "|"
    for language, part in by_language(pooled).items():
        cells = [_cell(metric(part), len(part)) for metric in _COLUMNS.values()]
        yield f"| {language} | {len(part)} | {' | '.join(cells)} |"


def _groups(measured: Sequence[Measured]) -> dict[str, list[Result]]:
    unseen = [result for suite, results in measured if suite.unseen for result in results]
    seen = [result for suite, results in measured if not suite.unseen for result in results]
    return {"all seen": seen, "all unseen *": unseen} if seen and unseen else {}


def _row(name: str, results: Sequence[Result]) -> str:
    cells = [_cell(metric(results), len(results)) for metric in _COLUMNS.values()]
    found, asked = parity(results), questions(results)
    gaps = (found.accuracy_gap, found.sensitivity_gap) if found else (None, None)
    cells.append(" / ".join(f"{gap.value * 100:.1f}" if gap else "-" for gap in gaps))
    cells.append(f"{asked.median:g} / {asked.most}" if asked.n else "-")
    return f"| {name} | {len(results)} | {' | '.join(cells)} |"


def _cell(found: Proportion, n: int) -> str:
    interval = found.wilson()
    if interval is None or found.value is None:
        return "-"
    part = f" of {found.n}" if found.n != n else ""
    return f"{found.value:.1%} ({interval[0] * 100:.1f}-{interval[1] * 100:.1f}){part}"


def summary_json(measured: Sequence[Measured], system: str) -> str:
    """Return the same table as JSON."""
    rows = [_record(suite.name, suite.unseen, results) for suite, results in measured]
    return json.dumps({"system": system, "suites": rows}, ensure_ascii=False)


def _record(name: str, unseen: bool, results: Sequence[Result]) -> dict[str, Any]:
    found, asked = parity(results), questions(results)
    return {
        "suite": name,
        "unseen": unseen,
        "n": len(results),
        **{key: metric(results).record() for key, metric in _COLUMNS.items()},
        "accuracy_gap": found.accuracy_gap.value if found and found.accuracy_gap else None,
        "sensitivity_gap": found.sensitivity_gap.value if found and found.sensitivity_gap else None,
        "questions": {"median": asked.median, "max": asked.most},
    }
