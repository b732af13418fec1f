"""Small plots as inline SVG: a report stays one file and needs no script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import chain
from typing import Literal

Kind = Literal["ours", "checker", "model"]

_WIDTH, _HEIGHT, _EDGE = 560, 380, 52
_ROW, _LABEL, _BAR = 24, 190, 300
_OURS = "#0b7285"
_LEGEND: dict[Kind, str] = {"ours": "Salama", "checker": "symptom checkers", "model": "language models"}
_LETTER = 6
"""Width that a letter of a name may take."""
_ALONE = (
    "<style>text{font:12px sans-serif;fill:#212529}.name{font-size:10px}.grid{stroke:#e9ecef}</style>"
    '<rect width="100%" height="100%" fill="#fff"/>'
)
"""What the plot needs where no page around it gives it a style, also on a dark page."""
_COLOURS: dict[Kind, str] = {"ours": _OURS, "checker": "#868e96", "model": "#e8590c"}


@dataclass(frozen=True)
class Point:
    """A system in a plot of two shares (0 to 1)."""

    name: str
    x: float
    y: float
    kind: Kind
    """Decides the colour of the point."""


@dataclass(frozen=True)
class Bar:
    """A share (0 to 1) with its interval; None of nothing."""

    name: str
    value: float | None
    low: float = 0.0
    high: float = 0.0
    n: int = 0


def scatter(points: Sequence[Point], x_name: str, y_name: str) -> str:
    """Return systems as points; a name stands beside its point where there is room, and in its tooltip.

    Each axis begins at the greatest fifth below all points.
    """
    return _svg(_WIDTH, _HEIGHT, f"{y_name} against {x_name}", chain([_ALONE], _scatter(points, x_name, y_name)))


def _scatter(points: Sequence[Point], x_name: str, y_name: str) -> Iterator[str]:
    wide, high = _WIDTH - 2 * _EDGE, _HEIGHT - 2 * _EDGE
    left, bottom = (min(4, int(min(values) * 5)) for values in zip(*((item.x, item.y) for item in points), strict=True))

    def across(share: float) -> float:
        return _EDGE + wide * (share * 5 - left) / (5 - left)

    def up(share: float) -> float:
        return _HEIGHT - _EDGE - high * (share * 5 - bottom) / (5 - bottom)

    for fifth in range(6):
        x, y = across(fifth / 5), up(fifth / 5)
        if fifth >= left:
            yield f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{_EDGE}" y2="{_HEIGHT - _EDGE}" class="grid"/>'
            yield f'<text x="{x:.1f}" y="{_HEIGHT - _EDGE + 16}" text-anchor="middle">{fifth * 20}</text>'
        if fifth >= bottom:
            yield f'<line x1="{_EDGE}" x2="{_WIDTH - _EDGE}" y1="{y:.1f}" y2="{y:.1f}" class="grid"/>'
            yield f'<text x="{_EDGE - 8}" y="{y + 4:.1f}" text-anchor="end">{fifth * 20}</text>'
    yield f'<text x="{_WIDTH / 2}" y="{_HEIGHT - 12}" text-anchor="middle">{escape(x_name)} (%)</text>'
    yield f'<text transform="translate(14 {_HEIGHT / 2}) rotate(-90)" text-anchor="middle">{escape(y_name)} (%)</text>'
    for place, (kind, meaning) in enumerate(_LEGEND.items()):
        x = _EDGE + 150 * place
        yield f'<circle cx="{x + 5}" cy="20" r="5" fill="{_COLOURS[kind]}" class="key"/>'
        yield f'<text x="{x + 15}" y="24">{meaning}</text>'
    places = [(across(item.x), up(item.y)) for item in points]
    taken = [(x - 6, x + 6, y) for x, y in places]
    for (x, y), point in zip(places, points, strict=True):
        yield (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{7 if point.kind == "ours" else 5}" fill="{_COLOURS[point.kind]}">'
            f"<title>{escape(point.name)}: {point.x:.0%}, {point.y:.0%}</title></circle>"
        )
        length = _LETTER * len(point.name)
        for start in (x + 9, x - 9 - length):
            if all(start > end or start + length < begin or abs(y - other) > 11 for begin, end, other in taken):
                taken.append((start, start + length, y))
                yield f'<text x="{start:.1f}" y="{y + 4:.1f}" class="name">{escape(point.name)}</text>'
                break


def bars(rows: Sequence[Bar], name: str) -> str:
    """Return shares as bars with their intervals."""
    return _svg(_LABEL + _BAR + 130, _ROW * len(rows) + 12, name, _bars(rows))


def _bars(rows: Sequence[Bar]) -> Iterator[str]:
    for place, row in enumerate(rows):
        y = 6 + place * _ROW
        yield f'<text x="{_LABEL - 8}" y="{y + 14}" text-anchor="end">{escape(row.name)}</text>'
        if row.value is None:
            yield f'<text x="{_LABEL + 4}" y="{y + 14}">n = 0</text>'
            continue
        yield f'<rect x="{_LABEL}" y="{y + 2}" width="{_BAR}" height="14" class="back"/>'
        yield f'<rect x="{_LABEL}" y="{y + 2}" width="{_BAR * row.value:.1f}" height="14" fill="{_OURS}"/>'
        low, high = _LABEL + _BAR * row.low, _LABEL + _BAR * row.high
        yield f'<line x1="{low:.1f}" x2="{high:.1f}" y1="{y + 9}" y2="{y + 9}" class="interval"/>'
        yield f'<text x="{_LABEL + _BAR + 8}" y="{y + 14}">{row.value:.1%} of {row.n}</text>'


def _svg(width: int, height: int, name: str, parts: Iterable[str]) -> str:
    return (
        f'<svg viewBox="0 0 {width} {height}" width="{width}" role="img" aria-label="{escape(name)}" '
        f'xmlns="http://www.w3.org/2000/svg">{"".join(parts)}</svg>'
    )
