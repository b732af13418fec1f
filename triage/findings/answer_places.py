"""Options that an answer points at by their place in the list: "1 and 3", "the first two", "none but the last"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from triage.findings.answer_readers import Reader
from triage.findings.cues import Cue
from triage.findings.stream import Stream
from triage.findings.tokens import Token

_DENIES = frozenset({"no", "none"})
_BESIDE = frozenset({*_DENIES, "yes", "every", "only", "besides", "numbered"})
_MARKS = frozenset({"°", "#", "º"})
_NUMBER_SIGN = frozenset({"n", "no", "nr", "num"})
_ARTICLES = frozenset({"le", "la", "les", "the"})
"""Before a digit, not before a word: "le 4" is a place, "les deux" are both."""


@dataclass(frozen=True, slots=True)
class Pointed:
    """Numbers of the options, from 0."""

    chosen: tuple[int, ...]
    only: bool
    """Whether all others are not there."""


def pointed_by_place(
    cues: Sequence[Cue], numbers: Sequence[Cue], tokens: Sequence[Token], stream: Stream, reader: Reader, count: int
) -> Pointed | None:
    """Return the options that a message points at by place; None unless it does nothing else.

    A digit alone may be an age, and is left to whoever asks what it stands for; two of them, or "number 4", are places.

    Args:
        cues: Answer words of the message.
        numbers: Its words around numbers.
        tokens: The message.
        stream: Its words in one written form.
        reader: What reads this form.
        count: How many options were offered.
    """
    if any(cue.kind == "half_after" for cue in numbers):
        return None
    signs = _number_signs(tokens)
    beside = [cue for cue in cues if cue.kind in _BESIDE and cue.first not in signs]
    places = [cue for cue in cues if cue.kind in {"ordinal", "run"}]
    counted = [(place, int(token.text)) for place, token in enumerate(tokens) if token.text.isdecimal()]
    taken = {place for cue in (*beside, *places) for place in range(cue.first, cue.last + 1)}
    words = (cue for cue in numbers if cue.kind == "number" and cue.first not in taken)
    counted += [(cue.first, int(float(cue.name))) for cue in words if float(cue.name).is_integer()]
    joins = {cue.first for cue in numbers if cue.kind == "joiners"}
    said = {*taken, *signs, *joins, *(place for place, _ in counted)}
    read = set(stream.places)
    foreign = any(token.kind == "word" and place not in read for place, token in enumerate(tokens))
    heard = zip(stream.words, stream.places, strict=True)
    if foreign or any(place not in said and word not in reader.filler for word, place in heard):
        return None
    # "he is 2" and "he's 2" are no "yes, the second"
    short = [
        cue for cue in beside if cue.kind != "yes" or (cue.last == cue.first and stream.places.count(cue.first) == 1)
    ]
    if counted and not (len(counted) + len(places) > 1 or signs or short):
        return None
    chosen: set[int] = set()
    for cue in places:
        chosen |= _run(int(cue.name), count) if cue.kind == "run" else {int(cue.name)}
    chosen |= {number - 1 for _, number in counted}
    chosen = {number % count for number in chosen if -count <= number < count}
    if len(chosen) < len({number for _, number in counted}):
        return None
    return _meant({cue.kind for cue in beside}, chosen, count)


def _meant(kinds: set[str], chosen: set[int], count: int) -> Pointed | None:
    if not chosen:
        return None
    if "besides" in kinds and "every" in kinds:
        return Pointed(tuple(number for number in range(count) if number not in chosen), only=True)
    if "besides" in kinds and not kinds & _DENIES:
        return None
    return Pointed(tuple(sorted(chosen)), only=bool(kinds & {"only", "besides"}))


def _run(length: int, count: int) -> set[int]:
    """Return the first or, for a negative length, the last options."""
    return set(range(min(length, count))) if length > 0 else set(range(max(count + length, 0), count))


def _number_signs(tokens: Sequence[Token]) -> set[int]:
    """Return the tokens of "n°", "no.", "#" and "le" before a number."""
    found: set[int] = set()
    for place, token in enumerate(tokens[1:], start=1):
        before = tokens[place - 1]
        if not token.text.isdecimal():
            continue
        if before.text in _MARKS | _ARTICLES:
            found.add(place - 1)
        if before.text in {*_MARKS, "."} and place > 1 and tokens[place - 2].text in _NUMBER_SIGN:
            found |= {place - 2, place - 1}
    return found
