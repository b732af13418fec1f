"""Listening: what one message says, read against the question that was asked and against what was said before."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Literal, TypeVar

from knowledge.loader import Knowledge
from knowledge.protocols import Question
from knowledge.vocabulary import Polarity, Temporality
from triage.confirming import confirming_question
from triage.corrections import CorrectionReader
from triage.encounter import Encounter
from triage.facts import AGE_DAYS, DAYS_PER_YEAR, FactsBuilder
from triage.findings import AnswerReading, FindingExtractor, read_answer
from triage.heard import Heard, waiting
from triage.language import identify
from triage.requests import Asked, Notice, RequestReader
from triage.spans import outside
from triage.types import Extraction, Finding, Quantity
from triage.wording import INQUIRY

UNCLEAR = "unclear_complaint"

_GREET_ALIKE = {"ar", "ary"}
"""Forms that greet and thank in the same words: a greeting is no reason to leave the one that was chosen."""
_WORDS = re.compile(r"[^\W_]+")
_LEAST_AUTHOR = 5 * DAYS_PER_YEAR
"""Days of age below which nobody writes for themselves. A child of 7 may, and is believed who says so, though nobody is
presumed to be so young."""
_PAD = ("unit_years", "unit_months", "unit_weeks", "unit_days")
"""Words of the buttons beside the number field for an age."""


class Listener:
    """Reads messages in the light of the encounter."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._extractor = FindingExtractor(knowledge.lexicons)
        self._requests = RequestReader(knowledge)
        self._corrections = CorrectionReader(knowledge, FactsBuilder(knowledge.concepts, knowledge.services))

    @property
    def extractor(self) -> FindingExtractor:
        """What reads messages by their words."""
        return self._extractor

    def listen(self, encounter: Encounter, text: str, turn: int) -> Heard:
        """Return what a message says.

        Args:
            encounter: The encounter before this message.
            text: The scrubbed message, or values of chips.
            turn: Number of the message, from 1.
        """
        if not text.strip():
            return Heard(ask_again=waiting(encounter), notices=(("empty_message", {}),), silent=True)
        correction = self._corrections.tapped(encounter, text.strip())
        if correction is not None:
            return correction
        language = identify(text, encounter.language, self._knowledge.lexicons)
        extraction = self._extractor.extract(
            text, language, turn=turn, subject=_subject(encounter), page_language=encounter.language
        )
        tapped = _tapped(encounter, text)
        if tapped is not None:
            # A tapped answer says what its label says; the words on the label are ours, not the patient's.
            language, extraction = None, Extraction()
            asked = Asked()
        else:
            asked = self._requests.read(
                text, language, encounter.language, extraction, turn, midway=_is_midway(encounter)
            )
            extraction = outside(extraction, asked.aside)
            if asked.small_talk and {language, encounter.language} == _GREET_ALIKE:
                language = encounter.language
        if asked.shown:
            extraction = extraction.model_copy(
                update={"findings": (*extraction.findings, *asked.shown), "understood": True}
            )
        if encounter.retracting:
            confirmed = self._corrections.confirmed(encounter, text, language, extraction, tapped)
            return replace(confirmed, requests=asked.requests)
        if encounter.pending == INQUIRY and not (extraction.findings or asked.information or asked.by_article):
            checked = self._checked(encounter, text, language, turn)
            if checked is not None:
                return replace(checked, tapped=tapped)
        heard = self._answer(encounter, text, language, extraction, turn, tapped, asked)
        heard = replace(
            heard,
            information=asked.information,
            inquiry=asked.only_information,
            signs=asked.signs,
            by_article=asked.by_article,
            topic=asked.topic,
            statement=asked.statement,
            silent=heard.silent or asked.nothing_else,
        )
        return self._corrections.contradiction(encounter, heard)

    def _checked(self, encounter: Encounter, text: str, language: str | None, turn: int) -> Heard | None:
        """Read the answer to "is anybody ill now?" after information: a yes makes what was asked about a complaint."""
        reading = self._corrections.yes_or_no(text, language or encounter.language, UNCLEAR)
        if reading.kind == "no":
            return Heard(notices=(("closing", {}),), inquiry=True, silent=True)
        if reading.kind not in ("yes", "unsure"):
            return None
        asked_about = encounter.turns[-1].extraction.findings
        return Heard(
            findings=tuple(
                item.model_copy(update={"temporality": Temporality.CURRENT, "turn": turn})
                for item in asked_about
                if item.temporality is Temporality.HYPOTHETICAL and item.polarity is not Polarity.NEGATED
            ),
            notices=(("tell_me", {}),),
        )

    def _answer(
        self,
        encounter: Encounter,
        text: str,
        language: str | None,
        extraction: Extraction,
        turn: int,
        tapped: str | None,
        asked: Asked,
    ) -> Heard:
        """Read the message against the question that was asked, if any."""
        question = self._asked(encounter)
        if question is None:
            return self._statement(encounter, language, extraction, asked)
        answer = asked.rest if asked.aside else text
        reading = read_answer(answer, question, language or encounter.language, extraction, self._knowledge.lexicons)
        agreed = asked.agrees and len(question.options) + len(question.choices) > 1
        if agreed:
            # "Ok" to a list of danger signs says that it was read.
            reading = AnswerReading("unclear")
        if reading.kind == "why":
            return Heard(ask_again=(question.id,), why=True, silent=True)
        if question.number in AGE_DAYS and reading.kind == "number":
            other = self._says_since(answer) or self._announces(answer, extraction)
            if other or (
                _is_no_age(encounter, question, reading) and not self._is_of_the_pad(text, encounter.language)
            ):
                reading = AnswerReading("unclear")
        extraction = _bare_number(extraction, question, reading)
        unsure, again = self._unanswered(encounter, question, reading)
        requests = asked.requests
        if reading.kind != "unclear" and not asked.shown:
            # "Yes, thank you" is an answer.
            requests = tuple(name for name in requests if name not in self._knowledge.requests.courtesies)
        riddle = reading.kind == "unclear" and not extraction.understood and not requests
        unread = reading.kind == "unclear" and not extraction.understood
        beside = bool(asked.aside) or (unread and bool(requests)) or agreed
        if reading.kind == "unclear" and (beside or (unread and asked.question)):
            # A request or a question put beside ours is no sign that the patient cannot answer it.
            unsure, again = (), (question.id,)
        notices: list[Notice] = []
        if reading.kind == "unsure":
            notices.append(("unsure_reply", {}))
        elif riddle and again and (asked.question or text.rstrip().endswith(("?", "؟"))):
            notices.append(("question_unknown", {}))
        elif riddle and not agreed:
            notices.append(("answer_not_understood" if again else "not_understood_again", {}))
        return Heard(
            language=language if extraction.understood else None,
            findings=(*extraction.findings, *_stamp(reading.findings, turn, tapped)),
            quantities=(*extraction.quantities, *_stamp(reading.quantities, turn, tapped)),
            subject=extraction.subject,
            sex=extraction.sex,
            unsure=unsure,
            ask_again=again,
            notices=tuple(notices),
            tapped=tapped,
            requests=requests,
            asked_back=bool(asked.aside),
        )

    def _asked(self, encounter: Encounter) -> Question | None:
        """Return the question that waits for an answer, with only the options that were offered."""
        other = encounter.subject.is_author is False
        waiting = encounter.pending or ""
        question = self._knowledge.questions.get(waiting) or confirming_question(self._knowledge, waiting, other=other)
        shown = encounter.turns[-1].reply.question if encounter.turns else None
        if question is None or shown is None or len(question.options) < 2:
            return question
        offered = {option.value.removeprefix("option:") for option in shown.options}
        return question.model_copy(update={"options": tuple(name for name in question.options if name in offered)})

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

    def _unanswered(
        self, encounter: Encounter, question: Question, reading: AnswerReading
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """A question that was passed over is put once more; after that, and for "not sure", it stays open."""
        if reading.kind == "unsure":
            return (question.id,), ()
        if reading.kind != "unclear":
            return (), ()
        last = encounter.turns[-1].reply.question if encounter.turns else None
        before = encounter.turns[-2].reply.question if len(encounter.turns) > 1 else None
        repeated = last is not None and before is not None and last.id == before.id and not encounter.asked_back
        return ((question.id,), ()) if repeated else ((), (question.id,))

    def _statement(self, encounter: Encounter, language: str | None, extraction: Extraction, asked: Asked) -> Heard:
        notices: tuple[Notice, ...] = ()
        if not extraction.understood and not asked.requests:
            key = "not_understood" if language is not None else "language_not_spoken"
            key = "question_unknown" if asked.question and _is_midway(encounter) else key
            # Who was told to call does not have to explain an "all right" first.
            notices = (("emergency_stays" if encounter.floor.is_emergency and language is not None else key, {}),)
        return Heard(
            language=language,
            findings=extraction.findings,
            quantities=extraction.quantities,
            subject=extraction.subject,
            sex=extraction.sex,
            notices=notices,
            requests=asked.requests,
            small_talk=asked.small_talk,
            silent=asked.small_talk,
        )


def _is_midway(encounter: Encounter) -> bool:
    """Whether a complaint was told before, about which the patient may ask back."""
    told = encounter.turns and not (encounter.inquiry or encounter.small_talk)
    return bool(told and set(encounter.turns[-1].assessment.protocols) - {UNCLEAR})


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


def _subject(encounter: Encounter) -> Literal["self", "other"] | None:
    if encounter.subject.is_author is None:
        return None
    return "self" if encounter.subject.is_author else "other"


def _tapped(encounter: Encounter, text: str) -> str | None:
    """Return what the tapped answers of the last question said, or None when the message is the patient's own words."""
    question = encounter.turns[-1].reply.question if encounter.turns else None
    labels = {option.value: option.label for option in question.options} if question else {}
    values = text.replace(",", " ").split()
    if values and all(value in labels for value in values):
        return ", ".join(labels[value] for value in values)
    return None


_Told = TypeVar("_Told", Finding, Quantity)


def _stamp(items: Iterable[_Told], turn: int, tapped: str | None) -> tuple[_Told, ...]:
    """Mark answers with their turn, and tapped ones with the words on the label."""
    update: dict[str, object] = {"turn": turn} if tapped is None else {"turn": turn, "text": tapped}
    return tuple(item.model_copy(update=update) for item in items)
