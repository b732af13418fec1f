"""Listening: what one message says, read against the question that was asked and against what was said before."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import Literal

from knowledge.loader import Knowledge
from knowledge.vocabulary import Experiencer, Polarity, Temporality
from triage.answering import FEW_WORDS, AnswerListener, stamped, unanswered
from triage.corrected_age import AgeCorrections
from triage.corrections import CorrectionReader
from triage.doubted import with_doubts
from triage.encounter import Encounter
from triage.facts import DAYS_PER_YEAR
from triage.findings import AnswerReading, FindingExtractor
from triage.findings.answers import NO_ANSWER
from triage.gathering import FactsBuilder
from triage.heard import Heard, waiting
from triage.language import identify
from triage.number_alone import NumberAlone
from triage.parts import ends_asking
from triage.requests import Asked, Notice, RequestReader
from triage.second_person import tells_of_another
from triage.spans import outside
from triage.types import Extraction
from triage.wording import INQUIRY

UNCLEAR = "unclear_complaint"

_GREET_ALIKE = {"ar", "ary"}
"""Forms that greet and thank in the same words: a greeting is no reason to leave the one that was chosen."""


class Listener:
    """Reads messages in the light of the encounter."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._extractor = FindingExtractor(knowledge.lexicons)
        self._answers = AnswerListener(knowledge)
        self._number_alone = NumberAlone(knowledge)
        self._requests = RequestReader(knowledge)
        self._ages = AgeCorrections(knowledge)
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
        if all(unicodedata.category(sign)[0] in "CPZ" for sign in text):
            # "..." says no more than nothing; an emoji may
            again = waiting(encounter)
            key = "answer_not_understood" if again and text.strip() else "empty_message"
            # who was told to call and sends dots has no strength for words
            told = bool(text.strip()) and not again and encounter.floor.is_emergency
            return Heard(ask_again=again, notices=() if told else ((key, {}),), silent=True)
        correction = self._corrections.tapped(encounter, text.strip())
        if correction is not None:
            return correction
        if self._answers.asks_age(encounter):
            text = self._ages.as_meant(text)
        language = identify(text, encounter.language, self._knowledge.lexicons)
        extraction = self._extractor.extract(
            text, language, turn=turn, subject=_subject(encounter), page_language=encounter.language
        )
        tapped, age = _tapped(encounter, text), None
        if tapped is not None:
            # A tapped answer says what its label says; the words on the label are ours, not the patient's.
            language, extraction = None, Extraction()
            asked = Asked()
        else:
            asked = self._requests.read(
                text, language, encounter.language, extraction, turn, midway=_is_midway(encounter)
            )
            extraction = outside(extraction, asked.aside)
            age = self._ages.read(encounter, text, extraction)
            if age is not None:
                extraction = extraction.model_copy(update={"quantities": (age,), "understood": True})
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
        heard = with_doubts(self._extractor, encounter, text, heard, turn=turn, side=_subject(encounter))
        heard = replace(
            heard,
            information=asked.information,
            inquiry=asked.only_information,
            asks=asked.asks,
            signs=asked.signs,
            by_article=asked.by_article,
            topic=asked.topic,
            statement=asked.statement,
            agrees=asked.agrees,
            silent=heard.silent or asked.nothing_else,
        )
        if age is not None and age.low == float(age.text) * DAYS_PER_YEAR:
            heard = replace(heard, notices=(("noted_age", {"value": age.text}),))
        elif tapped is None and tells_of_another(encounter, extraction, self._knowledge.requests.no_telling):
            notices = [notice for notice in heard.notices if notice[0] != "noted"]
            if ("one_at_a_time", {}) not in notices:
                notices.append(("another_person", {}))
            heard = replace(heard, of_another=True, notices=tuple(notices))
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
        question = self._answers.waiting(encounter)
        if question is None:
            return self._statement(encounter, text, language, extraction, asked)
        answer = asked.rest if asked.aside else text
        reading, extraction = self._answers.read(encounter, question, answer, text, language, extraction)
        courteous = not set(asked.requests).isdisjoint(self._knowledge.requests.courtesies)
        agreed = asked.agrees and (courteous or len(question.options) + len(question.choices) > 1)
        if agreed:
            # "Ok" to a list of danger signs says that it was read, and "ok, bye" is no yes to one.
            reading = AnswerReading("unclear")
        if reading.kind == "why":
            return Heard(ask_again=(question.id,), why=True, silent=True)
        unsure, again = unanswered(encounter, question, reading)
        alone = None
        if reading.kind == "unclear" and question.number is None:
            alone = self._number_alone.read(encounter, text, language, extraction)
            extraction = extraction if alone is None else alone[1]
        requests = asked.requests
        unclear = reading.kind in NO_ANSWER
        if not unclear and not asked.shown:
            # "Yes, thank you" is an answer.
            requests = tuple(name for name in requests if name not in self._knowledge.requests.courtesies)
        unread = unclear and not extraction.understood
        asks = asked.question or ends_asking(text)
        supposed = all(item.temporality is Temporality.HYPOTHETICAL for item in extraction.findings)
        of_another = bool(extraction.findings) and all(
            item.experiencer is not Experiencer.SUBJECT for item in extraction.findings
        )
        what_if = supposed and asks and bool(extraction.findings)
        beside = bool(asked.aside) or (unread and (bool(requests) or asks)) or agreed or of_another or what_if
        if unclear and beside:
            # A request or a question put beside ours is no sign that the patient cannot answer it.
            unsure, again = (), (question.id,)
        notices: list[Notice] = []
        if alone is not None:
            notices.append(alone[0])
        elif reading.kind == "unsure":
            notices.append(("unsure_reply", {}))
        elif not unclear or requests or asked.by_article:
            pass
        elif of_another:
            notices.append(("one_at_a_time", {}))
        elif asks and not reading.findings:
            notices += [("question_unknown", {})] if unread or supposed else []
        elif agreed:
            notices.append(("question_too", {}))
        elif reading.kind in {"vague", "other"}:
            key = "which_of_these" if len(question.options) > 1 else "which_fits" if question.choices else "yes_or_no"
            notices += [(key, {})] if again else []
        elif unread:
            notices.append(("answer_not_understood" if again else "not_understood_again", {}))
        else:
            notices.append(("noted", {}))
        # "la ma tdrebch" is no French: nobody changes the language in an answer of so few words
        changes = extraction.understood and len(answer.split()) > FEW_WORDS
        return Heard(
            language=language if changes else None,
            findings=(*extraction.findings, *stamped(reading.findings, turn, tapped)),
            quantities=(*extraction.quantities, *stamped(reading.quantities, turn, tapped)),
            subject=extraction.subject,
            sex=extraction.sex,
            unsure=unsure,
            passed_over=unsure if reading.kind in {"unclear", "other"} else (),
            ask_again=again,
            notices=tuple(notices),
            tapped=tapped,
            requests=requests,
            asked_back=bool(asked.aside),
        )

    def _statement(
        self, encounter: Encounter, text: str, language: str | None, extraction: Extraction, asked: Asked
    ) -> Heard:
        notices: tuple[Notice, ...] = ()
        alone = self._number_alone.read(encounter, text, language, extraction) if encounter.turns else None
        if alone is not None:
            notices, extraction = (alone[0],), alone[1]
        elif not extraction.understood and not asked.requests:
            key = "not_understood" if language is not None else "language_not_spoken"
            key = "question_unknown" if asked.question and _is_midway(encounter) else key
            if self._answers.says_no(encounter, text, language):
                key = "nothing_asked"
            # Who was told to call does not have to explain an "all right" first.
            notices = () if encounter.floor.is_emergency and language is not None else ((key, {}),)
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
    return not encounter.idle and bool(set(encounter.turns[-1].assessment.protocols) - {UNCLEAR})


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
