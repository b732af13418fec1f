"""What a message says in answer to the question that was asked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeVar

from knowledge.loader import Knowledge
from knowledge.protocols import Question
from knowledge.vocabulary import Polarity
from triage.confirming import confirming_question
from triage.encounter import Encounter
from triage.facts import AGE_DAYS, DAYS_PER_YEAR
from triage.findings import AnswerReading, read_answer
from triage.parts import ends_asking
from triage.requests import Notice
from triage.types import Extraction, Finding, Quantity

_WORDS = re.compile(r"[^\W_]+")
_LEAST_AUTHOR = 5 * DAYS_PER_YEAR
"""Days of age below which nobody writes for themselves. A child of 7 may, and is believed who says so, though nobody is
presumed to be so young."""
_NUMBER_ALONE = re.compile(r"\W*\d+(?:[.,٫]\d+)?\W*")
_SUGAR = "glucose_mmol"
_SUGAR_TALK = {
    "high_sugar": (7.0, 60.0),
    "meter_reads_hi": (7.0, 60.0),
    "low_sugar": (0.5, 4.5),
    "hypo_symptoms": (0.5, 4.5),
}
"""Concepts after which a number with nothing to it is blood sugar, with the mmol/L that goes with them."""
_DIABETES = "condition:diabetes"
_SUGAR_READING = re.compile(r"\W*(?:\w*[^\W\d]\w*\W+){0,2}(\d+(?:[.,٫]\d+)?)\s*(gr?|g */ *l|غ|غرام)?\W*", re.IGNORECASE)
_SUGAR_SCALES = (((0.5, 39.9), 1.0), ((0.3, 6.0), 5.55), ((34.0, 900.0), 0.0555))
"""Plausible numbers and their factors to mmol/L: millimoles and grams in a litre, milligrams in a decilitre."""
_OLDEST = 120
_LEAST_YEARS = 5
_TEMPERATURES = range(34, 43)
"""Whole numbers that may be degrees as well as years."""
_SHORT = 40
"""Letters of a message that is hardly more than a number."""
_MOST_BESIDE = 3
"""Most words of a question that may be an age ("2 years?"): "can I give him 2 spoons?" is none."""
_PAD = ("unit_years", "unit_months", "unit_weeks", "unit_days")
"""Words of the buttons beside the number field for an age."""


class AnswerListener:
    """Reads messages against the question that waits for an answer."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        weak = {word for lexicon in knowledge.lexicons.values() for word in lexicon.numbers.age_weak}
        either = "|".join(sorted((r"\W+".join(map(re.escape, phrase.split())) for phrase in weak), reverse=True))
        self._having = re.compile(rf"\W*(?:{either})\W+(\d{{1,3}})\W*", re.IGNORECASE)

    def waiting(self, encounter: Encounter) -> Question | None:
        """Return the question that waits for an answer, with only the options that were offered."""
        other = encounter.subject.is_author is False
        name = encounter.pending or ""
        question = self._knowledge.questions.get(name) or confirming_question(self._knowledge, name, other=other)
        shown = encounter.turns[-1].reply.question if encounter.turns else None
        if question is None or shown is None or len(question.options) < 2:
            return question
        offered = {option.value.removeprefix("option:") for option in shown.options}
        return question.model_copy(update={"options": tuple(name for name in question.options if name in offered)})

    def read(
        self,
        encounter: Encounter,
        question: Question,
        answer: str,
        text: str,
        language: str | None,
        extraction: Extraction,
    ) -> tuple[AnswerReading, Extraction]:
        """Return the answer, and what the message says besides.

        Args:
            encounter: The encounter before this message.
            question: What was asked.
            answer: The part of the message that may answer it.
            text: The whole scrubbed message.
            language: Its written form, if known.
            extraction: What it says by itself.
        """
        reading = read_answer(answer, question, language or encounter.language, extraction, self._knowledge.lexicons)
        if question.number in AGE_DAYS and reading.kind == "number":
            other = self._says_since(answer) or self._announces(answer, extraction) or _asks_beside(answer, reading)
            if other or (
                _is_no_age(encounter, question, reading) and not self._is_of_the_pad(text, encounter.language)
            ):
                reading = AnswerReading("unclear")
        return reading, _bare_number(extraction, question, reading)

    def says_no(self, encounter: Encounter, text: str, language: str | None) -> bool:
        """Whether words say no although nothing was asked, as many do after the advice ("no")."""
        question = self._knowledge.questions.get(encounter.asked[-1]) if encounter.asked else None
        if question is None or not question.options:
            return False
        reading = read_answer(text, question, language or encounter.language, Extraction(), self._knowledge.lexicons)
        return reading.kind == "no"

    def read_number_alone(
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
        sugar = self._read_sugar(encounter, text, language or encounter.language, extraction)
        if sugar is not None:
            return ("noted", {}), Extraction(quantities=(sugar,))
        having = self._having.fullmatch(text)
        if having is not None and not extraction.quantities:
            text = having[1]
            years = self._years(encounter, text)
            if years is not None:
                return ("noted_age", {"value": text}), Extraction(quantities=(years,))
        if _NUMBER_ALONE.fullmatch(text) is None:
            return None
        value = {"value": text.strip()}
        known = {item.concept for item in encounter.findings}
        if extraction.quantities and (not text.strip().isdecimal() or known.issuperset(_concepts(extraction))):
            return ("noted_temperature", value), extraction
        for question in map(self._knowledge.questions.get, encounter.unsure):
            if question is not None and question.number in AGE_DAYS:
                late = read_answer(text, question, language, Extraction(), self._knowledge.lexicons)
                if late.kind == "number" and not _is_no_age(encounter, question, late):
                    return ("noted_age", value), Extraction(quantities=late.quantities)
        return ("number_alone", value), Extraction()

    def _years(self, encounter: Encounter, number: str) -> Quantity | None:
        """Return the age of who "has 25", unless it is known or may be a temperature."""
        years = int(number)
        known = encounter.subject.age_years is not None or any(
            item.name in AGE_DAYS and item.low for item in encounter.quantities
        )
        if known or years in _TEMPERATURES or not _LEAST_YEARS <= years <= _OLDEST:
            return None
        turn = len(encounter.turns) + 1
        return Quantity(name="age_years", low=years, high=years + 1 - 1 / DAYS_PER_YEAR, text=number, turn=turn)

    def _read_sugar(self, encounter: Encounter, text: str, language: str, extraction: Extraction) -> Quantity | None:
        """Return the blood sugar of a bare number after talk of sugar ("it is high", "I measured 4.2").

        The unit is the one that fits what was told, or else the usual one of the language. A whole number that may be
        an age is none without its unit.
        """
        told = _SUGAR_READING.fullmatch(text) if len(text) <= _SHORT else None
        talk = {item.concept for item in encounter.findings if item.polarity is not Polarity.NEGATED}
        likely = [_SUGAR_TALK[concept] for concept in talk & _SUGAR_TALK.keys()]
        if told is None or not (likely or _DIABETES in talk) or extraction.findings or extraction.quantities:
            return None
        value = float(told[1].replace(",", ".").replace("٫", "."))
        if value <= _OLDEST and not value % 1 and told[2] is None:
            return None
        scales = _SUGAR_SCALES[1:2] if told[2] is not None else _SUGAR_SCALES
        amounts = [value * scale for (least, most), scale in scales if least <= value <= most]
        fitting = [amount for amount in amounts if any(least <= amount <= most for least, most in likely)]
        fitting = fitting or self._usual_sugar(value, language) or amounts
        if not fitting:
            return None
        return Quantity(
            name=_SUGAR,
            low=round(min(fitting), 2),
            high=round(max(fitting), 2),
            text=told[0].strip(),
            turn=len(encounter.turns) + 1,
        )

    def _usual_sugar(self, value: float, language: str) -> list[float]:
        """Return the mmol/L of a number in the unit in which those who write a language measure sugar."""
        lexicon = self._knowledge.lexicons.get(language)
        return [
            value * unit.scale
            for measure in (lexicon.numbers.measures if lexicon is not None else ())
            if measure.quantity == _SUGAR
            for unit in measure.readings
            if unit.range is not None and unit.range[0] <= value <= unit.range[1]
        ]

    def _is_of_the_pad(self, text: str, language: str) -> bool:
        """Whether a message is a number with a unit that stands on a button: nobody means a duration there."""
        number, _, unit = text.strip().partition(" ")
        say = self._knowledge.say(language).text
        return number.isdecimal() and unit in {say[name] for name in _PAD}

    def _says_since(self, text: str) -> bool:
        """Whether a message opens with a word of duration: "since two days" is nobody's age."""
        words = f"{text.strip().casefold()} "
        return any(
            words.startswith(f"{since} ") for each in self._knowledge.lexicons.values() for since in each.numbers.since
        )

    def _announces(self, text: str, extraction: Extraction) -> bool:
        """Whether a message names what it measures: "temp in the bum, 38.4" is nobody's age."""
        names = {item.name for item in extraction.quantities} - {*AGE_DAYS}
        words = " ".join(_WORDS.findall(text.casefold()))
        return any(
            f" {word} " in f" {words} "
            for each in self._knowledge.lexicons.values()
            for measure in each.numbers.measures
            if measure.quantity in names
            for word in (*measure.before, *measure.after)
        )


def _concepts(extraction: Extraction) -> set[str]:
    return {item.concept for item in extraction.findings}


def _asks_beside(text: str, reading: AnswerReading) -> bool:
    """Whether a bare number stands in a question of the patient's."""
    return bool(reading.quantities) and ends_asking(text) and len(text.split()) > _MOST_BESIDE


def unanswered(
    encounter: Encounter, question: Question, reading: AnswerReading
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what stays open, and what is put once more: a question that was passed over, unless it was put twice."""
    if reading.kind == "unsure":
        return (question.id,), ()
    if reading.kind != "unclear":
        return (), ()
    last = encounter.turns[-1].reply.question if encounter.turns else None
    before = encounter.turns[-2].reply.question if len(encounter.turns) > 1 else None
    repeated = last is not None and before is not None and last.id == before.id and not encounter.asked_back
    return ((question.id,), ()) if repeated else ((), (question.id,))


def _bare_number(extraction: Extraction, question: Question, reading: AnswerReading) -> Extraction:
    """Return what a message says besides the number that was asked: an age of "38" is no fever, "20 months" no time."""
    if question.number is None or not reading.quantities:
        return extraction
    other = {item.text for item in extraction.quantities if item.name != question.number}
    return extraction.model_copy(
        update={
            "quantities": tuple(item for item in extraction.quantities if item.text not in other),
            "findings": tuple(item for item in extraction.findings if item.text not in other),
        }
    )


def _is_no_age(encounter: Encounter, question: Question, reading: AnswerReading) -> bool:
    """Whether a number given to the question of age is something else.

    A few days of somebody who writes for themselves are how long it lasts; "38" of "my baby" is a temperature.
    """
    unit = AGE_DAYS[question.number or ""]
    if encounter.subject.is_author is True:
        return any(item.high * unit < _LEAST_AUTHOR for item in reading.quantities)
    by_word = [item.high for item in encounter.quantities if item.name == "age_days" and item.low == 0]
    return bool(by_word) and any(item.low * unit > by_word[-1] for item in reading.quantities)


_Told = TypeVar("_Told", Finding, Quantity)


def stamped(items: Iterable[_Told], turn: int, tapped: str | None) -> tuple[_Told, ...]:
    """Mark answers with their turn, and tapped ones with the words on the label."""
    update: dict[str, object] = {"turn": turn} if tapped is None else {"turn": turn, "text": tapped}
    return tuple(item.model_copy(update=update) for item in items)
