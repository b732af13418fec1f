"""A message as one written form reads it: its words, their symbols, and where clauses begin and end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from triage.findings.tokens import Token

if TYPE_CHECKING:
    from triage.findings.families import Family

_COMMAS = frozenset(",،、")
_SIGNS = frozenset("%°/")
"""Marks that are part of units."""


@dataclass(slots=True)
class Stream:
    """The words that one form sees; `place` of each is the index of its token."""

    words: list[str] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    symbols: list[tuple[int, ...]] = field(default_factory=list)
    counted: list[int] = field(default_factory=list)
    """Number of words up to here that are no fillers."""
    filler: list[bool] = field(default_factory=list)
    negator: list[bool] = field(default_factory=list)
    degree: list[bool] = field(default_factory=list)
    parted: list[bool] = field(default_factory=list)
    """Whether a comma or the end of a sentence stands before the word; no cue reaches across."""


def read_stream(tokens: Sequence[Token], family: Family) -> Stream:
    """Return the words of the tokens that a family reads."""
    scripts = family.form.scripts
    emoji = family.emoji
    seen = [
        (place, emoji.get(token.text, token.text))
        for place, token in enumerate(tokens)
        if (token.kind == "word" and token.script in scripts)
        or token.kind == "number"
        or token.text in _SIGNS
        or (token.kind == "symbol" and token.text in emoji)
    ]
    stream = Stream()
    count = 0
    before = -1
    parting = list(accumulate(map(_parts, tokens), initial=0))
    ends = {at for at, (one, two) in enumerate(pairwise(seen)) if parting[one[0]] < parting[two[0]]}
    for (place, text), words in zip(seen, family.book.words([text for _, text in seen], ends), strict=True):
        for word in (text,) if tokens[place].kind in {"number", "mark"} else words:
            idle = word in family.idle or text in _SIGNS
            count += not idle
            stream.words.append(word)
            stream.places.append(place)
            stream.counted.append(count)
            stream.filler.append(idle)
            stream.negator.append(word in family.negators)
            stream.degree.append(word in family.degrees)
            stream.parted.append(parting[place] > parting[before + 1])
            before = place
    stream.symbols = [family.book.look_up(word) for word in family.innocent.marked(stream.words)]
    return stream


def _parts(token: Token) -> bool:
    return token.kind == "stop" or (token.kind == "mark" and token.text[0] in _COMMAS)
