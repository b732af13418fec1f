"""Reports of a run: Markdown for people, JSON for machines; every miss with its evidence."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from evals.metrics import METRICS, Result, confusion
from evals.vignette import Group

_LEVELS: tuple[Group, ...] = ("self_care", "non_emergency", "emergency")


def markdown(name: str, results: Sequence[Result], content: str) -> str:
    """Return the report of one suite.

    Args:
        name: Name of the suite.
        results: One result a vignette.
        content: Version of the content that was measured.
    """
    lines = [
        f"## {name}",
        "",
        f"{len(results)} vignettes; content {content[:12]}",
        "",
        "| metric | value |",
        "|---|---|",
    ]
    lines += [f"| {key} | {metric(results)} |" for key, metric in METRICS.items()]
    languages = sorted({item.vignette.language for item in results})
    if len(languages) > 1:
        for language in languages:
            part = [item for item in results if item.vignette.language == language]
            lines.append(f"| accuracy, {language} | {METRICS['accuracy'](part)} |")
            lines.append(f"| emergency_sensitivity, {language} | {METRICS['emergency_sensitivity'](part)} |")
    table = confusion(results)
    lines += ["", "| reference \\ advised | self-care | non-emergency | emergency | none |", "|---|---|---|---|---|"]
    for wanted in _LEVELS:
        cells = " | ".join(str(table.get((wanted, given), 0)) for given in (*_LEVELS, "none"))
        lines.append(f"| {wanted} | {cells} |")
    misses = [item for item in results if not item.right]
    if misses:
        lines += ["", "### Misses", ""]
    for item in misses:
        advised = item.advised.name.lower() if item.advised is not None else "none"
        text = " / ".join(item.vignette.turns).replace("\n", " ")[:300]
        lines.append(f"- `{item.vignette.id}` reference {item.vignette.group}, advised {advised}: {text}")
        lines += [f"  - {line}" for line in item.evidence]
    return "\n".join(lines) + "\n"


def as_json(name: str, results: Sequence[Result], content: str) -> str:
    """Return the same report as JSON."""
    values: dict[str, Any] = {}
    for key, metric in METRICS.items():
        found = metric(results)
        values[key] = {"value": found.value, "n": found.n, "interval": found.wilson()}
    cases = [
        {
            "id": item.vignette.id,
            "reference": [level.name.lower() for level in item.vignette.reference],
            "advised": item.advised.name.lower() if item.advised is not None else None,
            "right": item.right,
            "evidence": item.evidence,
        }
        for item in results
    ]
    return json.dumps({"suite": name, "content": content, "metrics": values, "cases": cases}, ensure_ascii=False)
