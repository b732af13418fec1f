"""An age that is corrected: "6 not 60", "sorry, I meant 6", "years, not weeks"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from knowledge.checks import MINUTES
from knowledge.loader import Knowledge
from triage.encounter import Encounter
from triage.facts import AGE_DAYS
from triage.types import Extraction, Quantity

_AGE_UNITS = ("age_years", "age_months")
_OLDEST = 120
_MOST_WORDS = 10
"""Longest message that is taken for a correction and nothing else."""


class AgeCorrections:
    """Reads which age was meant instead of one told before.

    Args:
        knowledge: The content.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        lexicons = knowledge.lexicons.values()
        not_ = _any_of(word for lexicon in lexicons for word in lexicon.context.negators)
        meant = _any_of(word for lexicon in lexicons for word in lexicon.answers.meant)
        number = r"(?<![\w.,])(\d{1,3})(?![.,]?\w)"
        self._not = re.compile(rf"(?<!\w)و?{not_}\W+{number}")
        self._meant = re.compile(rf"(?<!\w){meant}\W+(?:[^\W\d]+\W+)?{number}\s*(?:$|[^\w\s])")
        self._number = re.compile(number)
        self._days = {
            word.casefold(): unit.minutes / MINUTES["days"]
            for lexicon in lexicons
            for unit in lexicon.numbers.units
            if unit.minutes >= MINUTES["days"]
            for word in (*unit.words, *unit.dual)
        }
        self._dual = {word.casefold() for lexicon in lexicons for unit in lexicon.numbers.units for word in unit.dual}
        unit = rf"({_any_of(self._days)})"
        self._unit = re.compile(rf"(?:{number}\s*|(?<!\w)){unit}")
        self._not_unit = re.compile(rf"(?<!\w)و?{not_}\W+{unit}")
        self._meant_unit = re.compile(rf"(?<!\w){meant}\W+(?:[^\W\d]+\W+)?{unit}")
        again = _any_of(word for lexicon in lexicons for word in (*lexicon.answers.meant, *lexicon.answers.anew))
        no = _any_of(word for lexicon in lexicons for word in lexicon.answers.no if " " not in word)
        self._again = re.compile(rf"(?:(?<!\w){again}|(?<=[,،;.…!?])\s*{no}|(?<!\w)(?:euh|uh|um|er|heu)\W+{no})\W*")
        self._parted = re.compile(rf"(?<=[^\W_])[.…]+(?=\s*{unit})", re.IGNORECASE)
        words = _any_of(word for lexicon in lexicons for word in lexicon.numbers.words if len(word) > 1)
        self._counted = re.compile(rf"\d|(?<!\w)(?:{_any_of(self._dual)}|{words})")

    def as_meant(self, text: str) -> str:
        """Return an answer to the question of age without what its writer took back, as long as it was before.

        "Two. sorry, two MONTHS" is two months, "10 ans, non pardon 10 jours" ten days, "nine. weeks." nine weeks. What
        is taken out becomes blanks, so that quotes of the rest stay where they are.

        Args:
            text: The scrubbed message.
        """
        if len(text.split()) > _MOST_WORDS:
            return text
        plain = text.casefold()
        if len(plain) != len(text):
            return text
        text = self._parted.sub(lambda dots: " " * len(dots[0]), text)
        cuts = [found.end() for found in self._again.finditer(plain) if self._counted.search(plain, found.end())]
        counted = cuts and self._counted.search(plain, 0, cuts[-1])
        return " " * cuts[-1] + text[cuts[-1] :] if counted else text

    def read(self, encounter: Encounter, text: str, extraction: Extraction) -> Quantity | None:
        """Return the age that was meant, or None where nothing corrects one.

        Args:
            encounter: The encounter before this message.
            text: The scrubbed message.
            extraction: What it says by itself.
        """
        told = [item for item in encounter.quantities if item.name in AGE_DAYS and item.low]
        if not told or len(text.split()) > _MOST_WORDS or _measures(extraction):
            return None
        plain = "".join(str(int(sign)) if sign.isdecimal() else sign for sign in text.casefold())
        before = told[-1].low * AGE_DAYS[told[-1].name]
        numbers = {name: int(before / days + 0.5) for name, days in AGE_DAYS.items()}
        whole = {name: old for name, old in numbers.items() if old and abs(before - old * AGE_DAYS[name]) < 1}
        for wrong in self._not.finditer(plain):
            name = next((name for name, old in whole.items() if old == int(wrong[1])), None)
            if name is not None:
                before_it = self._number.search(plain, 0, wrong.start())
                return self._age(before_it or self._number.search(plain, wrong.end()), name, extraction, encounter)
        unit_meant = self._in_unit_meant(plain, before, encounter)
        if unit_meant is not None:
            return unit_meant
        meant = self._meant.search(plain)
        unit = next((name for name in _AGE_UNITS if name in whole), None)
        number = self._number.search(plain, meant.start()) if meant is not None else None
        return self._age(number, unit, extraction, encounter) if unit is not None else None

    def _in_unit_meant(self, plain: str, before: float, encounter: Encounter) -> Quantity | None:
        """Return the age in the unit that was meant: "years, not weeks", "I meant months"."""
        denied, meant = self._not_unit.search(plain), self._meant_unit.search(plain)
        wrong = self._days[denied[1]] if denied is not None else 0.0
        others = [found for found in self._unit.finditer(plain) if self._days[found[2]] != wrong]
        if not others or (denied is None and meant is None):
            return None
        days = self._days[others[0][2]]
        told = {unit: int(before / unit + 0.5) for unit in self._days.values() if unit != days}
        whole = [unit for unit, old in told.items() if old and abs(before - old * unit) < 1 and wrong in (0.0, unit)]
        if not whole:
            return None
        number = 2.0 if others[0][2] in self._dual else float(others[0][1] or told[max(whole)])
        return _quantity(number, days, encounter)

    def _age(
        self, number: re.Match[str] | None, unit: str, extraction: Extraction, encounter: Encounter
    ) -> Quantity | None:
        """Return the age of a number, in the unit that stands beside it, or else in the one of before."""
        if number is None:
            return None
        low, days = float(number[1]), AGE_DAYS[unit]
        for item in extraction.quantities:
            if item.span is not None and item.span.start <= number.start() < item.span.end and item.low:
                # "2 months" alone is read as how long something lasts
                days = item.low * (AGE_DAYS.get(item.name) or 1 / MINUTES["days"]) / low
        return _quantity(low, days, encounter)


def _quantity(number: float, days: float, encounter: Encounter) -> Quantity | None:
    """Return a number of units of so many days as an age, if anybody has it."""
    if not 0 < number <= _OLDEST:
        return None
    low, high, turn = number * days, (number + 1) * days - 1, len(encounter.turns) + 1
    return Quantity(name="age_days", low=low, high=high, text=f"{number:g}", turn=turn)


def _measures(extraction: Extraction) -> bool:
    """Whether a message tells a measurement."""
    return any(item.name not in {*AGE_DAYS, "duration_min"} for item in extraction.quantities)


def _any_of(words: Iterable[str]) -> str:
    return rf"(?:{'|'.join(sorted(map(re.escape, {word.casefold() for word in words}), reverse=True))})(?!\w)"
