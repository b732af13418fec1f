"""A number that stands alone and answers nothing: an age, a temperature, a blood sugar, or nothing by itself."""

from __future__ import annotations

import re

from knowledge.checks import MINUTES
from knowledge.loader import Knowledge
from knowledge.measurements import Alone
from knowledge.vocabulary import Polarity
from triage.answering import is_no_age
from triage.encounter import Encounter
from triage.facts import AGE_DAYS, DAYS_PER_YEAR, GROWN
from triage.findings import read_answer
from triage.requests import Notice
from triage.types import Extraction, Quantity

_NUMBER_ALONE = re.compile(r"\W*\d+(?:[.,٫]\d+)?\W*")
_OLDEST = 120
_LEAST_YEARS = 5
_TEMPERATURES = range(34, 43)
"""Whole numbers that may be degrees as well as years."""
_LEAST_MONTH = 30
"""Days of an age that is told alone: what is told in days or weeks may as well be how long it lasts."""
_SHORT = 40
"""Letters of a message that is hardly more than a number."""
_LEAD = r"\W*(?:\w*[^\W\d]\w*\W+){0,2}"
"""At most two words before the number."""


class NumberAlone:
    """Reads messages that are hardly more than a number.

    Args:
        knowledge: The content.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        weak = {word for lexicon in knowledge.lexicons.values() for word in lexicon.numbers.age_weak}
        either = "|".join(sorted((r"\W+".join(map(re.escape, phrase.split())) for phrase in weak), reverse=True))
        self._measured = [
            (name, item.alone, _pattern(item.alone))
            for name, item in knowledge.measurements.items()
            if item.alone is not None
        ]
        self._having = re.compile(rf"\W*(?:{either})\W+(\d{{1,3}})\W*", re.IGNORECASE)

    def read(
        self, encounter: Encounter, text: str, language: str | None, extraction: Extraction
    ) -> tuple[Notice, Extraction] | None:
        """Return what is said to a number that stands alone and answers nothing, and what of it counts.

        It may be the age that we asked for before. "38.4" is a temperature, and so is "39" of who has a fever; any
        other number says nothing by itself. None for messages of another kind.

        Args:
            encounter: The encounter before this message.
            text: The whole scrubbed message.
            language: Its written form, if known.
            extraction: What it says by itself.
        """
        measured = self._measurement(encounter, text, language or encounter.language, extraction)
        if measured is not None:
            return ("noted", {}), Extraction(quantities=(measured,))
        having = self._having.fullmatch(text)
        if having is not None and not extraction.quantities:
            text = having[1]
            years = self._years(encounter, text)
            if years is not None:
                return ("noted_age", {"value": text}), Extraction(quantities=(years,))
        months = self._age_of_child(encounter, text, extraction)
        if months is not None:
            return ("noted", {}), Extraction(quantities=(months,))
        if _NUMBER_ALONE.fullmatch(text) is None:
            return None
        years = self._bare_age(encounter, text.strip())
        if years is not None:
            return ("noted_age", {"value": years.text}), Extraction(quantities=(years,))
        value = {"value": text.strip()}
        known = {item.concept for item in encounter.findings}
        if extraction.quantities and (not text.strip().isdecimal() or known.issuperset(_concepts(extraction))):
            return ("noted_temperature", value), extraction
        for question in map(self._knowledge.questions.get, encounter.unsure):
            if question is not None and question.number in AGE_DAYS:
                late = read_answer(text, question, language, Extraction(), self._knowledge.lexicons)
                if late.kind == "number" and not is_no_age(encounter, question, late):
                    return ("noted_age", value), Extraction(quantities=late.quantities)
        return ("number_alone", value), Extraction()

    def _bare_age(self, encounter: Encounter, text: str) -> Quantity | None:
        """Return the age that a whole number is, told beside a question about signs, while none is known.

        Of a child it is one up to 18; of anybody else one from 18, but no temperature.
        """
        question = self._knowledge.questions.get(encounter.pending or "")
        number = text.strip(" .!,")
        if question is None or not question.options or not number.isdecimal() or not number.isascii():
            return None
        words = [item for item in encounter.quantities if item.name in AGE_DAYS]
        child = bool(words) and words[-1].low == 0 and words[-1].high <= GROWN
        days = int(number) * DAYS_PER_YEAR
        if child:
            return _in_years(encounter, number) if 0 < days <= GROWN else None
        return self._years(encounter, number) if days >= GROWN else None

    def _age_of_child(self, encounter: Encounter, text: str, extraction: Extraction) -> Quantity | None:
        """Return the age of a child in months or years that is told alone ("7 months"), unless one is known."""
        ages = [item for item in encounter.quantities if item.name in AGE_DAYS]
        told = extraction.quantities
        if not ages or any(item.low for item in ages) or extraction.findings or len({item.low for item in told}) != 1:
            return None
        days = (told[0].low or 0) / MINUTES["days"]
        span = told[0].span
        alone = span is not None and text[: span.start].strip() == text[span.end :].strip(" .!,") == ""
        # "3amin" is two years in one word
        counted = text.strip()[:1].isdigit() or len(text.split()) == 1
        if told[0].name != "duration_min" or not alone or not counted:
            return None
        if not _LEAST_MONTH <= days <= GROWN:
            return None
        turn = len(encounter.turns) + 1
        more = DAYS_PER_YEAR / 12 if days < DAYS_PER_YEAR else DAYS_PER_YEAR
        return Quantity(name="age_days", low=days, high=days + more - 1, text=text.strip(), turn=turn)

    def _years(self, encounter: Encounter, number: str) -> Quantity | None:
        """Return the age of who "has 25", unless it is known or may be a temperature."""
        years = int(number)
        known = encounter.subject.age_years is not None or any(
            item.name in AGE_DAYS and item.low for item in encounter.quantities
        )
        if known or years in _TEMPERATURES or not _LEAST_YEARS <= years <= _OLDEST:
            return None
        return _in_years(encounter, number)

    def _measurement(self, encounter: Encounter, text: str, language: str, extraction: Extraction) -> Quantity | None:
        """Return what a bare number measures after talk of it ("it is high", "I measured 4.2"), blood sugar above all.

        The unit is the one that fits what was told, or else the usual one of the language. A whole number that may be
        an age is none without its unit.
        """
        if len(text) > _SHORT or extraction.findings or extraction.quantities:
            return None
        talk = {item.concept for item in encounter.findings if item.polarity is not Polarity.NEGATED}
        for name, alone, pattern in self._measured:
            told = pattern.fullmatch(text)
            likely = [alone.after[concept] for concept in talk & alone.after.keys()]
            if told is None or not (likely or talk.intersection(alone.conditions)):
                continue
            value, unit = float(told[1].replace(",", ".").replace("٫", ".")), (told[2] or "").casefold()
            if value <= _OLDEST and not value % 1 and not unit:
                continue
            scales = [one for one in alone.scales if not unit or unit in one.words]
            amounts = [value * one.scale for one in scales if one.range[0] <= value <= one.range[1]]
            fitting = [amount for amount in amounts if any(least <= amount <= most for least, most in likely)]
            fitting = fitting or self._usual(name, value, language) or amounts
            if fitting:
                low, high = round(min(fitting), 2), round(max(fitting), 2)
                turn = len(encounter.turns) + 1
                return Quantity(name=name, low=low, high=high, text=told[0].strip(), turn=turn)
        return None

    def _usual(self, name: str, value: float, language: str) -> list[float]:
        """Return the amounts of a number in the unit in which those who write a language measure it."""
        lexicon = self._knowledge.lexicons.get(language)
        return [
            value * unit.scale
            for measure in (lexicon.numbers.measures if lexicon is not None else ())
            if measure.quantity == name
            for unit in measure.readings
            if unit.range is not None and unit.range[0] <= value <= unit.range[1]
        ]


def _in_years(encounter: Encounter, number: str) -> Quantity:
    years = int(number)
    turn = len(encounter.turns) + 1
    return Quantity(name="age_years", low=years, high=years + 1 - 1 / DAYS_PER_YEAR, text=number, turn=turn)


def _pattern(alone: Alone) -> re.Pattern[str]:
    units = sorted((re.escape(word) for one in alone.scales for word in one.words), key=len, reverse=True)
    unit = rf"(?:\s*({'|'.join(units)}))?" if units else "()"
    return re.compile(rf"{_LEAD}(\d+(?:[.,٫]\d+)?){unit}\W*", re.IGNORECASE)


def _concepts(extraction: Extraction) -> set[str]:
    return {item.concept for item in extraction.findings}
