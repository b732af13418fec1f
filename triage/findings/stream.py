"""A message as one written form reads it: its words, their symbols, and where clauses begin and end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from triage.findings.tokens import Token
from triage.findings.wordbook import Wordbook

_NO_EMOJI: Mapping[str, str] = {}
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


def read_stream(
    tokens: Sequence[Token], book: Wordbook, filler: frozenset[str], emoji: Mapping[str, str] = _NO_EMOJI
) -> Stream:
    """Return the words of the tokens that the form reads.

    Args:
        tokens: The message.
        book: Words of the form.
        filler: Words that take no room.
        emoji: What some symbols say.
    """
    scripts = book.form.scripts
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
    for (place, text), words in zip(seen, book.words([text for _, text in seen]), strict=True):
        plain = tokens[place].kind in {"number", "mark"}
        for word in (text,) if plain else words:
            idle = word in filler or text in _SIGNS
            count += not idle
            stream.words.append(word)
            stream.places.append(place)
            stream.symbols.append(book.look_up(word))
            stream.counted.append(count)
            stream.filler.append(idle)
    return stream
