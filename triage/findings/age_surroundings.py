"""What stands around an age: who is named beside it, and whether what follows begins anew or goes on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from triage.findings.numerals import NumberCues
from triage.findings.people import SELF
from triage.findings.tokens import Token, is_edge

_AND = "و"
_LIGHT = 2
"""Letters of a word for "of"."""


def begins_anew(place: int, tokens: Sequence[Token], cues: NumberCues, people: Sequence[tuple[int, str]]) -> bool:
    """Whether another statement begins at a token: a person, a time of its own, or an "and" that counts nothing on."""
    glued = tokens[place].script == "arabic" and tokens[place].text[:1] == _AND and len(tokens[place].text) > 2
    joined = next(iter(cues.at("joiners", place)), None)
    after = place if joined is None else joined.last + 1
    counted = _is_number(after, tokens) or cues.at("half_after", place)
    begins = begins_time(place, tokens, cues) or any(at == place for at, _ in people)
    return begins or ((glued or joined is not None) and not counted)


def begins_time(place: int, tokens: Sequence[Token], cues: NumberCues) -> bool:
    """Whether a time of its own begins at a token ("he is 2 months, for two days now ...")."""
    ways = (*cues.at("since", place), *cues.at("ago", place))
    after = {cue.last + 1 for cue in ways}
    return any(_is_number(at, tokens) or cues.at("unit", at) or cues.at("dual", at) for at in after)


def _is_number(place: int, tokens: Sequence[Token]) -> bool:
    return place < len(tokens) and tokens[place].kind == "number"


def opens(place: int, tokens: Sequence[Token], idle: Sequence[bool]) -> bool:
    """Whether nothing of weight stands between a token and the mark or the beginning before it."""
    while place and idle[place - 1]:
        place -= 1
    return is_edge(tokens, place - 1)


def goes_on(first: int, last: int, cues: NumberCues, people: Sequence[tuple[int, str]], idle: Sequence[bool]) -> bool:
    """Whether "and he coughs" makes weeks no age; "my son is 3 weeks and I cough" begins anew."""
    anew = named_beside(first, last, people, idle) is not None
    return any(
        not (anew and any((place, SELF) in people for place in range(cue.first, cue.last + 1)))
        for cue in cues.at("going_on", last + 1)
    )


def named_beside(first: int, last: int, people: Sequence[tuple[int, str]], idle: Sequence[bool]) -> str | None:
    """Return the person named next to an age, with nothing of weight between ("my 3-year-old son", "baby, 6 weeks")."""
    for place, name in people:
        between = range(last + 1, place) if place > last else range(place + 1, first)
        if name != SELF and len(between) <= 3 and sum(not idle[other] for other in between) <= 1:
            return name
    return None


def is_parted(
    first: int,
    person: str | None,
    ending: Mapping[int, str],
    tokens: Sequence[Token],
    idle: Sequence[bool],
    cues: NumberCues,
) -> bool:
    """Whether a word of weight, more than an "of", stands between a person and the number behind them."""
    before = [place for place, name in ending.items() if name == person and place < first]
    between = range(max(before) + 1, first) if before else range(0)
    light = {
        place
        for kind in ("age_weak", "age_before", "born")
        for cue in cues.all(kind)
        for place in range(cue.first, cue.last + 1)
    }
    return any(not idle[place] and place not in light and len(tokens[place].text) > _LIGHT for place in between)
