"""What a message says in answer to the question that was asked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeVar

from knowledge.loader import Knowledge
from knowledge.protocols import Question
from triage.confirming import confirming_question
from triage.encounter import Encounter
from triage.facts import AGE_DAYS, DAYS_PER_YEAR, NEWBORN
from triage.findings import AnswerReading, read_answer
from triage.findings.answers import DURATION, NO_ANSWER
from triage.parts import ends_asking
from triage.types import Extraction, Finding, Quantity

_WORDS = re.compile(r"[^\W_]+")
_LEAST_AUTHOR = 5 * DAYS_PER_YEAR
"""Days of age below which nobody writes for themselves. A child of 7 may, and is believed who says so, though nobody is
presumed to be so young."""
FEW_WORDS = 3
"""Words of an answer that is read as the form of the page, whose labels it answers, and does not change it."""
_FEVERISH = (35, 43)
"""Degrees: a decimal between them is no age ("38.7")."""
_MOST_BESIDE = 3
"""Most words of a question that may be an age ("2 years?"): "can I give him 2 spoons?" is none."""
_PAD = ("unit_years", "unit_months", "unit_weeks", "unit_days")
"""Words of the buttons beside the number field for an age."""


class AnswerListener:
    """Reads messages against the question that waits for an answer."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

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

    def asks_age(self, encounter: Encounter) -> bool:
        """Whether the question that waits for an answer is that of age."""
        question = self._knowledge.questions.get(encounter.pending or "")
        return question is not None and question.number in AGE_DAYS

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
        if len(answer.split()) <= FEW_WORDS:
            # "la la" is a no on a Darija page, and no French
            language = encounter.language
        reading = read_answer(answer, question, language or encounter.language, extraction, self._knowledge.lexicons)
        if question.number in AGE_DAYS and reading.kind == "number":
            other = (
                self._says_since(answer)
                or self._announces(answer, extraction, reading)
                or _asks_beside(answer, reading)
            )
            # the buttons beside the field write "2 weeks" as well; a writer of two weeks pressed none
            tapped = self._is_of_the_pad(text, encounter.language) and encounter.subject.is_author is not True
            if other or (is_no_age(encounter, question, reading) and not tapped):
                reading = AnswerReading("unclear")
        return reading, _bare_number(extraction, question, reading)

    def says_no(self, encounter: Encounter, text: str, language: str | None) -> bool:
        """Whether words say no although nothing was asked, as many do after the advice ("no")."""
        question = self._knowledge.questions.get(encounter.asked[-1]) if encounter.asked else None
        if question is None or not question.options:
            return False
        reading = read_answer(text, question, language or encounter.language, Extraction(), self._knowledge.lexicons)
        return reading.kind == "no"

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

    def _announces(self, text: str, extraction: Extraction, reading: AnswerReading) -> bool:
        """Whether a message names what its number measures: "temp in the bum, 38.4" is nobody's age."""
        given = {item.low for item in reading.quantities}
        names = {item.name for item in extraction.quantities if item.low in given} - {*AGE_DAYS}
        words = " ".join(_WORDS.findall(text.casefold()))
        return any(
            f" {word} " in f" {words} "
            for each in self._knowledge.lexicons.values()
            for measure in each.numbers.measures
            if measure.quantity in names
            for word in (*measure.before, *measure.after)
        )


def _asks_beside(text: str, reading: AnswerReading) -> bool:
    """Whether a bare number stands in a question of the patient's."""
    return bool(reading.quantities) and ends_asking(text) and len(text.split()) > _MOST_BESIDE


def unanswered(
    encounter: Encounter, question: Question, reading: AnswerReading
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what stays open, and what is put once more: a question that was passed over, unless it was put twice."""
    if reading.kind == "unsure":
        return (question.id,), ()
    if reading.kind not in NO_ANSWER:
        return (), ()
    return ((question.id,), ()) if _was_repeated(encounter, question) else ((), (question.id,))


def _was_repeated(encounter: Encounter, question: Question) -> bool:
    """Whether a question was put twice, the second time because its answer passed it over."""
    asked = [turn.reply.question.id for turn in encounter.turns[-2:] if turn.reply.question is not None]
    return asked == [question.id] * 2 and not encounter.asked_back


def _bare_number(extraction: Extraction, question: Question, reading: AnswerReading) -> Extraction:
    """Return what a message says besides the number that was asked: an age of "38" is no fever, "20 months" no time."""
    if question.number is None or not reading.quantities:
        return extraction
    given = {item.low for item in reading.quantities}
    other = {
        item.text
        for item in extraction.quantities
        if item.name != question.number and (item.name == DURATION or item.low in given)
    }
    return extraction.model_copy(
        update={
            "quantities": tuple(item for item in extraction.quantities if item.text not in other),
            "findings": tuple(item for item in extraction.findings if item.text not in other),
        }
    )


def is_no_age(encounter: Encounter, question: Question, reading: AnswerReading) -> bool:
    """Whether a number given to the question of age is something else.

    A few days of somebody who writes for themselves are how long it lasts; "38" of "my baby" is a temperature.
    """
    unit = AGE_DAYS[question.number or ""]
    if any(
        item.low % 1 and _FEVERISH[0] <= item.low * unit / DAYS_PER_YEAR < _FEVERISH[1] for item in reading.quantities
    ):
        return True
    nobody = encounter.subject.is_author is None and not any(item.name in AGE_DAYS for item in encounter.quantities)
    if nobody and not _was_repeated(encounter, question):
        # "constipated", "a week": who means a newborn says so, or says it again
        return any(item.high * unit < NEWBORN for item in reading.quantities)
    if encounter.subject.is_author is True:
        return any(item.high * unit < _LEAST_AUTHOR for item in reading.quantities)
    by_word = [item.high for item in encounter.quantities if item.name == "age_days" and item.low == 0]
    return bool(by_word) and any(item.low * unit > by_word[-1] for item in reading.quantities)


_Told = TypeVar("_Told", Finding, Quantity)


def stamped(items: Iterable[_Told], turn: int, tapped: str | None) -> tuple[_Told, ...]:
    """Mark answers with their turn, and tapped ones with the words on the label."""
    update: dict[str, object] = {"turn": turn} if tapped is None else {"turn": turn, "text": tapped}
    return tuple(item.model_copy(update=update) for item in items)
