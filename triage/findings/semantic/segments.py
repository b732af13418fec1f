"""Parts of a message that may each say one thing: its sentences, their clauses, and windows over long ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

MOST_SEGMENTS = 16
"""Of a longer message, the first half and the last half of these are compared; each costs the encoder a millisecond."""

LONGEST = 14
"""Words of a part that is compared whole; people who write in haste set no stops, so longer ones are cut in windows."""

WINDOW = 9
STEP = 5
LEAST_LETTERS = 4

_SENTENCE = re.compile(r"[^.!?؟\n]+")
_CLAUSE = re.compile(r"[^,;:،؛()\[\]–—]+")
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a message, verbatim."""

    text: str
    start: int
    end: int


def split_segments(text: str) -> list[Segment]:
    """Return the parts of a message, each once, in reading order; the middle of a very long one is left out."""
    found: dict[tuple[int, int], Segment] = {}
    for sentence in _SENTENCE.finditer(text):
        for segment in (*_pieces(text, sentence.start(), sentence.end()), *_clauses(text, sentence)):
            if sum(map(str.isalpha, segment.text)) >= LEAST_LETTERS:
                found.setdefault((segment.start, segment.end), segment)
    segments = list(found.values())
    if len(segments) <= MOST_SEGMENTS:
        return segments
    return [*segments[: MOST_SEGMENTS // 2], *segments[-MOST_SEGMENTS // 2 :]]


def _clauses(text: str, sentence: re.Match[str]) -> Iterator[Segment]:
    for clause in _CLAUSE.finditer(text, sentence.start(), sentence.end()):
        yield from _pieces(text, clause.start(), clause.end())


def _pieces(text: str, start: int, end: int) -> Iterator[Segment]:
    """Yield a part whole, or in windows when it is long."""
    words = [(word.start(), word.end()) for word in _WORD.finditer(text, start, end)]
    if not words:
        return
    if len(words) <= LONGEST:
        yield _segment(text, words[0][0], words[-1][1])
        return
    for first in range(0, len(words) - WINDOW + STEP, STEP):
        last = min(first + WINDOW, len(words)) - 1
        yield _segment(text, words[first][0], words[last][1])


def _segment(text: str, start: int, end: int) -> Segment:
    return Segment(text[start:end], start, end)
