"""A message as one written form reads it: its words, their symbols, and where clauses begin and end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from triage.findings.tokens import Token
from triage.findings.wordbook import Wordbook

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


def read_stream(tokens: Sequence[Token], book: Wordbook, filler: frozenset[str]) -> Stream:
    """Return the words of the tokens that the form reads; numbers are words of their own."""
    form = book.form
    seen = [
        (place, token.text)
        for place, token in enumerate(tokens)
        if (token.kind == "word" and token.script in form.scripts) or token.kind == "number" or token.text in _SIGNS
    ]
    stream = Stream()
    count = 0
    for (place, text), words in zip(seen, form.words([text for _, text in seen]), strict=True):
        plain = tokens[place].kind != "word"
        for word in (text,) if plain else words:
            idle = word in filler or text in _SIGNS
            count += not idle
            stream.words.append(word)
            stream.places.append(place)
            stream.symbols.append(book.look_up(word))
            stream.counted.append(count)
            stream.filler.append(idle)
    return stream
