"""How a clinician reads amounts: age, how long something has lasted, measurements, and the hour of the encounter.

What of an amount was told is found here for the summary and for the FHIR document alike.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from knowledge.checks import MINUTES
from knowledge.loader import Knowledge
from knowledge.vocabulary import RIGHT_TO_LEFT
from triage.facts import DAYS_PER_YEAR, Range
from triage.types import Quantity

PLAIN = (": ", "; ")
MARKS = {"fr": ("\u00a0: ", "\u00a0; "), "ar": (": ", "؛ "), "ary": (": ", "؛ ")}
"""What stands after a heading and between items, where it is not as in English."""

_TIMES = (("days", MINUTES["days"]), ("hours", MINUTES["hours"]), ("min", 1))
_AGES = (("days", 1.0, 14), ("weeks", 7.0, 91), ("months", DAYS_PER_YEAR / 12, 2 * DAYS_PER_YEAR))
"""Unit of an age, its days, and the days up to which an age is told in it; beyond them it is told in years."""
_LEAST_KNOWN = 20 * DAYS_PER_YEAR
"""Days; an age between limits that are further apart is not known."""
_GRAMS_PER_MMOL = 0.18016
"""Grams of glucose in one millimole, by its molar mass of 180.16 g/mol."""
_OPEN = 10
"""A time that may be just so many times as long as it is at least was told as "more than"."""
_UPPER, _LOWER, _PRESSURE = "bp_sys", "bp_dia", "blood_pressure"
_GLUCOSE = "glucose_mmol"
_FIGURE = re.compile(r"\d+(?:[.,٫]\d+)?")


class Amounts:
    """Words for amounts in one language.

    Args:
        knowledge: Names of measurements, and in its headings `amount_...`, `decimal` and `date_form`.
        language: The written form.
    """

    def __init__(self, knowledge: Knowledge, language: str) -> None:
        self._words = knowledge.say(language).headings
        self._knowledge = knowledge
        self._language = language

    def age(self, days: Range) -> tuple[str, ...]:
        """Return an age in whole units, as people tell it; nothing when it is not known."""
        told = age_told(days)
        return () if told is None else (self._counted(*told),)

    def lasted(self, minutes: Range) -> str:
        """Return how long, in the largest unit of which there is one at least; nothing for no time at all."""
        unit, low, high = time_told(minutes)
        if high is None:
            return self._words["amount_over"].format(amount=self._counted(unit, low, low))
        return self._counted(unit, low, high) if high >= 1 else ""

    def weeks(self, number: Quantity) -> str:
        """Return a number of weeks."""
        return self._counted("weeks", number.low, number.high)

    def measured(self, numbers: Mapping[str, Quantity]) -> list[str]:
        """Return what was measured with its name and unit; the two blood pressures as one, as 165/105."""
        told = {name: self._told(item) for name, item in numbers.items()}
        if _UPPER in told and _LOWER in told:
            told = {_PRESSURE: f"{told.pop(_UPPER)}/{told.pop(_LOWER)}", **told}
        if _GLUCOSE in told:
            item = numbers[_GLUCOSE]
            grams, milligrams = self._told(item, _GRAMS_PER_MMOL, 2), self._told(item, _GRAMS_PER_MMOL * 100, 0)
            told[_GLUCOSE] = self._words["amount_glucose"].format(n=told[_GLUCOSE], g=grams, mg=milligrams)
        return [self._named(name, amount) for name, amount in told.items()]

    def _named(self, name: str, amount: str) -> str:
        label = self._knowledge.measurement(name).named(self._language)
        unit = self._knowledge.measurement(_UPPER if name == _PRESSURE else name).unit
        if not unit:
            return f"{label}{MARKS.get(self._language, PLAIN)[0]}{amount}"
        return f"{label} {amount}" if name == _GLUCOSE else f"{label} {amount}{'' if unit[0] == '/' else ' '}{unit}"

    def hour(self, first: datetime, last: datetime) -> str:
        """Return from when to when, in the zone of both, its digits left to right in any text."""
        day = self._words["date_form"]
        told = f"{first:{day}}, {first:%H:%M}"
        if last.date() != first.date():
            told += f" - {last:{day}}, {last:%H:%M}"
        elif f"{last:%H:%M}" != f"{first:%H:%M}":
            told += f"-{last:%H:%M}"
        told += f" ({_zone(last)})"
        return f"\u2066{told}\u2069" if self._language in RIGHT_TO_LEFT else told

    def _counted(self, unit: str, low: float, high: float) -> str:
        low, high = _rounded(low, high)
        form = f"_{high:g}" if high in (1, 2) and low in (0, high) else "_few" if high in range(3, 11) else ""
        words = self._words.get(f"amount_{unit}{form}") or self._words[f"amount_{unit}"]
        return self._range(low, high, words)

    def _told(self, item: Quantity, factor: float = 1.0, digits: int = 1) -> str:
        low, high = (None if end is None else round(end * factor, digits) for end in ends_told(item))
        if high is None:
            return self._words["amount_over"].format(amount=self._number(low or 0, digits))
        return self._range(low or 0, high, digits=digits)

    def _range(self, low: float, high: float, words: str = "{n}", digits: int = 1) -> str:
        most = self._number(high, digits)
        if low == high:
            return words.format(n=most)
        if low == 0:
            return self._words["amount_under"].format(amount=words.format(n=most))
        return words.format(n=self._words["amount_range"].format(low=self._number(low, digits), high=most))

    def _number(self, value: float, digits: int = 1) -> str:
        return f"{round(value, digits):g}".replace(".", self._words["decimal"])


def age_told(days: Range) -> tuple[str, int, int] | None:
    """Return the unit in which people tell an age, and its least and most in whole units; None when it is not known."""
    low, high = days
    if high - low > _LEAST_KNOWN:
        return None
    unit, size = next(((unit, size) for unit, size, limit in _AGES if high <= limit), ("years", DAYS_PER_YEAR))
    first, last = (int(end / size + 0.01) for end in days)
    # "58 years" is known as from 58 to 59
    return unit, first, first if high - low <= 1.01 * size else last


def time_told(minutes: Range) -> tuple[str, float, float | None]:
    """Return the largest unit of which there is one at least, and the least and most in it; no most for "more than"."""
    low, high = minutes
    is_open = 0 < low * _OPEN == high
    unit, size = next((item for item in _TIMES if (low if is_open else high) >= item[1]), _TIMES[-1])
    return unit, low / size, None if is_open else high / size


def ends_told(item: Quantity) -> tuple[float | None, float | None]:
    """Return the least and most of a measurement that were told; "over 39" is kept with a most that nobody said."""
    if round(item.low, 1) == round(item.high, 1):
        return item.low, item.high
    told = {float(figure.replace(",", ".").replace("٫", ".")) for figure in _FIGURE.findall(item.text)}
    match (item.low in told, item.high in told):
        case (True, False):
            return item.low, None
        case (False, True):
            return None, item.high
    return item.low, item.high


def _rounded(low: float, high: float) -> Range:
    """Return whole numbers for a range, and one number for a range that is narrower than they are."""
    if low == high or round(high) - round(low) < 1:
        return round(low, 1), round(low, 1)
    return float(round(low)), float(round(high))


def _zone(time: datetime) -> str:
    """Return the difference from UTC, which is understood everywhere, as UTC+1."""
    minutes = round((time.utcoffset() or timedelta()).total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else "+"
    return f"UTC{sign}{hours}{f':{rest:02d}' if rest else ''}" if minutes else "UTC"
