"""Numbers in a message, in digits or words, with halves and ranges."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from knowledge.checks import MINUTES
from knowledge.quantities import Numbers
from triage.findings.cues import Cue, CueBook
from triage.findings.forms import swaps
from triage.findings.tokens import Token, is_number

_MUCH = 10.0
"""A "more than" reaches to this many times the number."""
_KINDS = (
    "half_after", "quarter_after", "joiners", "to", "more_than", "less_than", "almost", "minus", "every", "article",
    "since", "ago", "age_before", "age_weak", "age_bare", "age_is", "age_past", "going_on", "age_after", "age_short",
    "months_short", "born", "pressure", "over", "weeks_at", "weeks_of", "labels", "having",
)  # fmt: skip
"""Word lists of `Numbers` that are cues as they stand."""
_ALMOST = 0.75
"""The part of a time that has passed at least where it is almost over."""
_LONG_WORD = 5
"""Letters from which a swap of two makes no other word."""
_DASHES = frozenset("-–—")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as a range, and the tokens it stands in."""

    low: float
    high: float
    first: int
    last: int
    digits: bool
    """Written in digits."""
    below: bool = False
    """Its end is not reached ("under 3 months")."""

    @property
    def exact(self) -> bool:
        """Whether it is one number."""
        return self.low == self.high


class NumberCues:
    """Number, time and unit words of a message by kind and first token."""

    def __init__(self, cues: Iterable[Cue]) -> None:
        self._at: dict[tuple[str, int], list[Cue]] = {}
        self._kinds: dict[str, list[Cue]] = {}
        for cue in sorted(set(cues), key=lambda cue: (cue.first, -cue.last, cue.name)):
            self._at.setdefault((cue.kind, cue.first), []).append(cue)
            self._kinds.setdefault(cue.kind, []).append(cue)

    def at(self, kind: str, place: int) -> Sequence[Cue]:
        """Return the cues of a kind that begin at a token, longest first."""
        return self._at.get((kind, place), ())

    def all(self, kind: str) -> Sequence[Cue]:
        """Return every cue of a kind."""
        return self._kinds.get(kind, ())

    def ending_at(self, kind: str, place: int) -> Cue | None:
        """Return the cue of a kind that ends at a token."""
        return next((cue for cue in self._kinds.get(kind, ()) if cue.last == place), None)

    def is_past_age(self, place: int) -> bool:
        """Whether words before a token make what follows an age of then ("when he was 3")."""
        return self.ending_at("age_past", place - 1) is not None


def add_numbers(book: CueBook, tables: Sequence[tuple[str, Numbers]]) -> None:
    """Add the words around numbers to the cues of a form; names point into the tables by language."""
    for tag, numbers in tables:
        for kind in _KINDS:
            book.add(kind, getattr(numbers, kind))
        for word, value in numbers.words.items():
            book.add("number", [word], repr(float(value)))
        for word, (low, high) in numbers.vague.items():
            book.add("vague", [word], f"{float(low)!r} {float(high)!r}")
        for word, value in numbers.once.items():
            book.add("once", [word], repr(float(value)))
        for letter, sex in numbers.sex_letters.items():
            book.add("sex_letter", [letter], sex)
        for place, unit in enumerate(numbers.units):
            book.add("unit", unit.words, f"{tag} {place}")
            if book.form.corrects:
                # "5 semanies": an age may hang on it
                long = (word for word in unit.words if len(word) >= _LONG_WORD)
                book.add("unit", (other for word in long for other in swaps(word)), f"{tag} {place}")
            book.add("dual", unit.dual, f"{tag} {place}")
            if unit.minutes >= MINUTES["days"]:
                book.add("age_unit", unit.words)
        for kind, moments in (("moment", numbers.moments), ("stage", numbers.stages)):
            for place, moment in enumerate(moments):
                book.add(kind, moment.words, f"{tag} {place}")
        for place, measure in enumerate(numbers.measures):
            book.add("announce", measure.before, f"{tag} {place}")
            book.add("follow", measure.after, f"{tag} {place}")
            for number, scale in enumerate(measure.units):
                book.add("measure_unit", scale.words, f"{tag} {place} {number}")


def read_numerals(tokens: Sequence[Token], cues: NumberCues) -> list[Numeral]:
    """Return the numbers of a message in order."""
    found: list[Numeral] = []
    place = 0
    while place < len(tokens):
        numeral = _simple(tokens, place, cues)
        if numeral is None or cues.ending_at("labels", place - 1) is not None:
            place += 1
            continue
        counts_on = bool(found) and cues.at("over", found[-1].last + 1)
        numeral = _halved(numeral, cues) if counts_on else _limit(_halved(numeral, cues), cues)
        if found and _is_range(found[-1], numeral, tokens, cues):
            low = found.pop()
            numeral = replace(numeral, low=low.low, first=low.first, digits=low.digits and numeral.digits)
        found.append(numeral)
        place = numeral.last + 1
    return found


def short_by(
    place: int, numerals: Sequence[Numeral], cues: NumberCues, units: Mapping[str, float]
) -> tuple[float, int]:
    """Return what the time before a token falls short by ("less a week"), in the size of units, and its last token.

    Args:
        place: The token behind the time.
        numerals: The numbers of the message.
        cues: Its number words.
        units: Size of each unit of time, by its name.
    """
    for minus in cues.at("minus", place):
        for dual in cues.at("dual", minus.last + 1):
            return units[dual.name] * 2, dual.last
        counts = [(1.0, minus.last), *((1.0, cue.last) for cue in cues.at("article", minus.last + 1))]
        counts += [(item.low, item.last) for item in numerals if item.first == minus.last + 1]
        for count, last in counts:
            for unit in cues.at("unit", last + 1):
                return units[unit.name] * count, unit.last
    return 0.0, place - 1


def _simple(tokens: Sequence[Token], place: int, cues: NumberCues) -> Numeral | None:
    token = tokens[place]
    if token.kind == "number" and is_number(token.text):
        value = float(token.text)
        return Numeral(value, value, place, place, digits=True)
    for cue in cues.at("vague", place):
        low, high = cue.name.split()
        return Numeral(float(low), float(high), place, cue.last, digits=False)
    words = cues.at("number", place)
    if not words:
        return None
    value, last = float(words[0].name), words[0].last
    while True:
        joined = cues.at("joiners", last + 1)
        hyphen = last + 2 < len(tokens) and tokens[last + 1].text in _DASHES and value >= 20
        follow = cues.at("number", joined[0].last + 1 if joined else last + 2 if hyphen else last + 1)
        if not follow:
            break
        more = float(follow[0].name)
        glued = bool(joined) or tokens[follow[0].first].text[:1] in "وw"
        if (value >= 20 and more < min(20.0, value) and value % 10 == 0 and (more < 10 or value in (60.0, 80.0))) or (
            value < 10 and more % 10 == 0 and 20 <= more < 100 and glued
        ):
            value += more
        elif more >= 100 and value < more:
            value *= more
        elif value >= 100 and more < 100:
            value += more
        else:
            break
        last = follow[0].last
    return Numeral(value, value, place, last, digits=False)


def _halved(numeral: Numeral, cues: NumberCues) -> Numeral:
    for kind, part in (("half_after", 0.5), ("quarter_after", 0.25)):
        for cue in cues.at(kind, numeral.last + 1):
            return replace(numeral, low=numeral.low + part, high=numeral.high + part, last=cue.last)
    return numeral


def _limit(numeral: Numeral, cues: NumberCues) -> Numeral:
    """Widen the number by "more than", "less than" or "almost" before it."""
    if (cue := cues.ending_at("more_than", numeral.first - 1)) is not None:
        return replace(numeral, high=numeral.high * _MUCH, first=cue.first)
    if (cue := cues.ending_at("less_than", numeral.first - 1)) is not None:
        return replace(numeral, low=0.0, first=cue.first, below=True)
    if (cue := cues.ending_at("almost", numeral.first - 1)) is not None:
        # a part of it where time is counted ("almost 3 months"), one less where hardly more can be meant ("almost 40")
        least = numeral.low * _ALMOST
        least = least if cues.at("unit", numeral.last + 1) else max(least, numeral.low - 1)
        return replace(numeral, low=least, first=cue.first, below=True)
    return numeral


def _is_range(low: Numeral, high: Numeral, tokens: Sequence[Token], cues: NumberCues) -> bool:
    if not (low.exact and high.exact and low.low < high.high) or high.first <= low.last + 1:
        return False
    between = range(low.last + 1, high.first)
    if len(between) == 1 and tokens[between[0]].text in _DASHES:
        return True
    return any(cue.last == high.first - 1 for cue in cues.at("to", low.last + 1))
