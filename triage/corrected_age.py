"""An age that is corrected: "6 not 60", "sorry, I meant 6"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from knowledge.lexicon import Lexicon
from triage.encounter import Encounter
from triage.facts import AGE_DAYS
from triage.types import Extraction, Quantity

_AGE_UNITS = ("age_years", "age_months")
_OLDEST = 120
_MOST_WORDS = 10
"""Longest message that is taken for a correction and nothing else."""


class AgeCorrections:
    """Reads which number was meant instead of an age told before.

    Args:
        lexicons: Lexicons by language tag.
    """

    def __init__(self, lexicons: Mapping[str, Lexicon]) -> None:
        not_ = _any_of(word for lexicon in lexicons.values() for word in lexicon.context.negators)
        number = r"(?<![\w.,])(\d{1,3})(?![.,]?\w)"
        self._not_after = re.compile(rf"{number}\W+(?:\w{{1,3}}\W+)?و?{not_}\W+{number}")
        self._not_before = re.compile(rf"(?<!\w){not_}\W+{number}\W+(?:\w{{1,5}}\W+)?{number}")
        meant = _any_of(word for lexicon in lexicons.values() for word in lexicon.answers.meant)
        self._meant = re.compile(rf"(?<!\w){meant}\W+(?:[^\W\d]+\W+)?{number}\s*(?:$|[^\w\s])")

    def read(self, encounter: Encounter, text: str, extraction: Extraction) -> Quantity | None:
        """Return the age that was meant, in days, or None where nothing corrects one.

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
        for unit in _AGE_UNITS:
            old = int(before / AGE_DAYS[unit] + 0.5)
            new = self._instead(plain, old)
            if new is not None and 0 < new <= _OLDEST and abs(before - old * AGE_DAYS[unit]) < 1:
                return Quantity(
                    name="age_days",
                    low=new * AGE_DAYS[unit],
                    high=(new + 1) * AGE_DAYS[unit] - 1,
                    text=f"{new}",
                    turn=len(encounter.turns) + 1,
                )
        return None

    def _instead(self, text: str, old: int) -> int | None:
        """Return the number that stands against the old one, or behind "I meant"."""
        for pattern, order in ((self._not_after, (1, 2)), (self._not_before, (2, 1))):
            for match in pattern.finditer(text):
                new, wrong = (int(match[place]) for place in order)
                if wrong == old:
                    return new
        meant = self._meant.search(text)
        return int(meant[1]) if meant is not None else None


def _measures(extraction: Extraction) -> bool:
    """Whether a message tells a number that is something else, or the age in full."""
    return any(item.name not in AGE_DAYS or item.low for item in extraction.quantities)


def _any_of(words: Iterable[str]) -> str:
    return rf"(?:{'|'.join(sorted(map(re.escape, {word.casefold() for word in words}), reverse=True))})(?!\w)"
