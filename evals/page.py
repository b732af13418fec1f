"""The report as one self-contained HTML page: plots, tables, every miss with its evidence; nothing is loaded."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Sequence
from html import escape

from evals.metrics import METRICS, confusion, questions
from evals.plots import Bar, bars
from evals.provenance import Provenance
from evals.report import ADVISED, LEVELS, PER_FORM, by_language
from evals.result import Result
from evals.scorers import failures
from evals.suites import Suite

_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; color: #212529 }
table { border-collapse: collapse; margin: 1rem 0 }
th, td { border: 1px solid #ced4da; padding: .3rem .6rem; text-align: start }
th { background: #f1f3f5 }
details { margin: .4rem 0; border-inline-start: 4px solid #ced4da; padding-inline-start: .8rem }
details.lost { border-color: #c92a2a }
code { background: #f1f3f5; padding: 0 .2rem }
blockquote { margin: .3rem 0 }
svg { max-width: 100% } svg text { font-size: 12px; fill: #212529 } svg .name { font-size: 10px }
svg .grid { stroke: #e9ecef } svg .back { fill: #e9ecef } svg .interval { stroke: #212529; stroke-width: 2 }
"""


def page(measured: Sequence[tuple[Suite, Sequence[Result]]], about: Provenance, *, reveal: bool = False) -> str:
    """Return the page.

    Args:
        measured: The results of each suite.
        about: What was measured, with which versions and seed, on what machine.
        reveal: Show the cases of unseen suites too.
    """
    parts = [f"<h1>{escape(about.system)}</h1>", _about(about), _overview(measured)]
    for suite, results in measured:
        parts += _suite(suite, results, reveal=reveal, ours=about.system.startswith("Salama"))
    body = "\n".join(parts)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Salama evaluation</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head>\n'
        f"<body>\n{body}\n</body></html>\n"
    )


def _about(about: Provenance) -> str:
    rows = "".join(f"<tr><th>{escape(key)}</th><td>{escape(value)}</td></tr>" for key, value in about.rows())
    note = "Written cases, labelled by their authors: no clinician has labelled them, and no patient took part."
    return f"<table>{rows}</table><p>{note}</p>"


def _overview(measured: Sequence[tuple[Suite, Sequence[Result]]]) -> str:
    head = "".join(f"<th>{escape(key.replace('_', ' '))}</th>" for key in PER_FORM)
    rows = []
    for suite, results in measured:
        cells = "".join(f"<td>{escape(str(METRICS[key](results)))}</td>" for key in PER_FORM)
        rows.append(f"<tr><th>{escape(suite.name)}</th><td>{len(results)}</td>{cells}</tr>")
    return f"<h2>Suites</h2><table><tr><th>suite</th><th>n</th>{head}</tr>{''.join(rows)}</table>"


def _suite(suite: Suite, results: Sequence[Result], *, reveal: bool, ours: bool) -> Iterator[str]:
    yield f'<h2 id="{escape(suite.name)}">{escape(suite.name)}</h2>'
    shown = [_bar(name, results) for name in METRICS]
    yield bars([bar for bar in shown if bar.n], f"Metrics of {suite.name}")
    yield f"<p>Questions asked: {escape(str(questions(results)))}</p>"
    parts = by_language(results)
    if len(parts) > 1:
        rows = (
            f"<tr><th>{tag}</th><td>{len(part)}</td>"
            + "".join(f"<td>{escape(str(METRICS[key](part)))}</td>" for key in PER_FORM)
            + "</tr>"
            for tag, part in parts.items()
        )
        head = "".join(f"<th>{escape(key.replace('_', ' '))}</th>" for key in PER_FORM)
        yield f"<table><tr><th>written form</th><th>n</th>{head}</tr>{''.join(rows)}</table>"
    table = confusion(results)
    head = "".join(f"<th>{name}</th>" for name in ADVISED)
    rows = (
        f"<tr><th>{wanted}</th>" + "".join(f"<td>{table.get((wanted, given), 0)}</td>" for given in ADVISED) + "</tr>"
        for wanted in LEVELS
    )
    yield f"<table><tr><th>reference \\\\ advised</th>{head}</tr>{''.join(rows)}</table>"
    misses = [item for item in results if not item.right]
    if suite.unseen and not reveal:
        yield f"<p>{len(misses)} misses are not listed: nobody looks at this suite while mending.</p>"
        return
    yield f"<h3>{len(misses)} misses</h3>"
    for item in misses:
        yield _miss(item, ours=ours)
    others = list(failures(results))
    if others:
        yield f"<h3>Beside the level</h3><ul>{''.join(f'<li>{escape(line)}</li>' for line in others)}</ul>"


def _bar(name: str, results: Sequence[Result]) -> Bar:
    found = METRICS[name](results)
    low, high = found.wilson() or (0.0, 0.0)
    return Bar(name.replace("_", " "), found.value, low, high, found.n)


def _miss(item: Result, *, ours: bool) -> str:
    lost = item.vignette.group == "emergency"
    advised = item.advised.name.lower() if item.advised is not None else f"none ({item.failure or 'no answer'})"
    turns = "".join(f'<blockquote dir="auto">{escape(text)}</blockquote>' for text in item.vignette.turns)
    why = "".join(f"<li>{escape(line)}</li>" for line in item.evidence)
    said = "".join(f'<blockquote dir="auto">{escape(reply)}</blockquote>' for reply in item.replies)
    replies = f"<details><summary>replies</summary>{said}</details>" if said else ""
    again = _again(item) if ours else ""
    kind = ' class="lost"' if lost else ""
    return (
        f"<details{kind}><summary><code>{escape(item.vignette.id)}</code> "
        f"reference {item.vignette.group}, advised {escape(advised)}</summary>{turns}<ul>{why}</ul>{replies}"
        f"{again}</details>"
    )


def _again(item: Result) -> str:
    """Return the command that plays a case again with Salama."""
    case = item.vignette
    row = {"id": case.id, "turns": case.turns, "language": case.language, **case.subject}
    if case.country is not None:
        row["country"] = case.country
    command = f"echo {shlex.quote(json.dumps(row, ensure_ascii=False))} | salama assess"
    return f"<p>Again: <code>{escape(command)}</code></p>"
