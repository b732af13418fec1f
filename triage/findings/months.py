"""An age, the months that go with its years ("a year and two months"), and what it falls short by ("less a week")."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from triage.findings.numerals import NumberCues, Numeral, short_by
from triage.findings.tokens import Token

SHORT_UNIT = 300.0
"""Days in a year or less: shorter units are mostly durations, so "I have 3 weeks" tells no age."""
WEEK = 7.0
_MONTH = 30.4
_AND = "و"


@dataclass(frozen=True, slots=True)
class Age:
    """An age as a range of days; `person` is set when the words name whose it is."""

    low: float
    high: float
    first: int
    last: int
    numeral: Numeral | None = None
    person: str | None = None
    sex: str | None = None


class MonthsReader:
    """Reads months behind years, and makes one age of both.

    Args:
        days: Days in each unit, by its name.
    """

    def __init__(self, days: Mapping[str, float]) -> None:
        self._days = days

    def joined(
        self, ages: Sequence[Age], tokens: Sequence[Token], numerals: Sequence[Numeral], cues: NumberCues
    ) -> list[Age]:
        """Return ages with what follows them: the months of their years, or what they fall short by.

        What was read of that alone is left out.

        Args:
            ages: Ages told with one unit each.
            tokens: The message.
            numerals: Its numbers that mean nothing else yet.
            cues: Its number words.
        """
        whole = [self._with_months(self._less(age, numerals, cues), tokens, numerals, cues) for age in ages]
        taken = [(age.first, longer.last) for age, longer in zip(ages, whole, strict=True) if longer.last > age.last]
        return [age for age in whole if not any(first < age.first and age.last <= last for first, last in taken)]

    def _less(self, age: Age, numerals: Sequence[Numeral], cues: NumberCues) -> Age:
        less, last = short_by(age.last + 1, numerals, cues, self._days)
        return replace(age, low=age.low - less, high=age.low - 1, last=last) if less else age

    def _with_months(self, age: Age, tokens: Sequence[Token], numerals: Sequence[Numeral], cues: NumberCues) -> Age:
        years = next((cue for cue in (*cues.all("unit"), *cues.all("dual")) if cue.last == age.last), None)
        if years is None or self._days[years.name] < SHORT_UNIT:
            return age
        months, last = self.behind(age.last + 1, tokens, numerals, cues)
        if not months:
            return age
        low = age.low + months
        return replace(age, low=low, high=low + _MONTH, last=last)

    def behind(
        self, place: int, tokens: Sequence[Token], numerals: Sequence[Numeral], cues: NumberCues
    ) -> tuple[float, int]:
        """Return the days in the months told from a token on after an "and", and the last token of them.

        Args:
            place: The token behind the years.
            tokens: The message.
            numerals: Its numbers that mean nothing else yet.
            cues: Its number words.
        """
        joined = next(iter(cues.at("joiners", place)), None)
        if joined is not None:
            place = joined.last + 1
        elif place >= len(tokens) or tokens[place].script != "arabic" or tokens[place].text[:1] != _AND:
            return 0.0, place
        for cue in cues.at("dual", place):
            if WEEK < self._days.get(cue.name, 0.0) < SHORT_UNIT:
                return 2 * self._days[cue.name], cue.last
        numeral = next((item for item in numerals if item.first == place), None)
        for cue in cues.at("unit", place if numeral is None else numeral.last + 1):
            if WEEK < self._days[cue.name] < SHORT_UNIT:
                return self._days[cue.name] * (1 if numeral is None else numeral.low), cue.last
        return 0.0, place
