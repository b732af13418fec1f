"""Cutting a stream of text into sentences as soon as each is whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_END = re.compile(r"(?<=[.!?؟…])[\"»”')\]]*\s+|\n+")
_NOT_AN_END = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|dr|mr|mrs|ms|vs|approx|no|p\.ex|mme|env)|(?:^|\s)\d{1,2})\.$", re.IGNORECASE
)
_WHOLE = re.compile(r"[.!?؟…][\"»”')\]]*\s*$")
_LIST_MARK = re.compile(r"^\s*(?:[-*•–]+|\d{1,2}[.)])\s+")


def split_sentences(pieces: Iterable[str]) -> Iterator[str]:
    """Yield each sentence once its end has arrived, without list marks.

    A full stop inside a number or after a known abbreviation ends nothing. A last sentence without its end is left
    out: it may have been cut off before the word that turns its meaning round.
    """
    waiting = ""
    for piece in pieces:
        waiting += piece
        start = 0
        while (end := _END.search(waiting, start)) is not None:
            head = waiting[: end.end()]
            if "\n" not in end.group() and _NOT_AN_END.search(head.rstrip()):
                start = end.end()
                continue
            yield from _clean(head)
            waiting, start = waiting[end.end() :], 0
    if _WHOLE.search(waiting):
        yield from _clean(waiting)


def _clean(text: str) -> Iterator[str]:
    sentence = " ".join(_LIST_MARK.sub("", text).split())
    if sentence:
        yield sentence
