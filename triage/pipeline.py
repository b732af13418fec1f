"""One turn, in the order in which it happens."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from knowledge.loader import Knowledge
from knowledge.vocabulary import Disposition
from triage.encounter import Encounter, Handoff, SummaryDraft, Turn
from triage.facts import Facts
from triage.fhir import DocumentWriter
from triage.gathering import FactsBuilder
from triage.gestalt import Gestalt
from triage.handoff import HandoffWriter
from triage.interview import Interview, Next
from triage.learning import learn
from triage.listening import Listener
from triage.looking_up import Library
from triage.privacy import Scrubbed, Scrubber
from triage.quoting import Quoting
from triage.recording import Work, turn_of
from triage.red_flags import RuleSet
from triage.replying import Replier
from triage.retrieval import Retriever
from triage.second_person import SecondPerson
from triage.second_voice import SecondVoice, Voice
from triage.shown import as_shown
from triage.storage.base import EncounterStore
from triage.types import Assessment, Extraction, Passage, Reply, Stopped, never
from triage.whole_message import WholeMessage
from triage.worded import Emit, word
from triage.wording import Wording

if TYPE_CHECKING:
    from triage.drafting import Drafter

log = logging.getLogger("salama")

T = TypeVar("T")


class TriagePipeline:
    """Turns a patient's message into a safe reply; `respond` is the whole of it."""

    def __init__(
        self,
        knowledge: Knowledge,
        *,
        scrubber: Scrubber,
        listener: Listener,
        store: EncounterStore,
        retriever: Retriever | None = None,
        composer: Drafter | None = None,
        voices: Sequence[Voice] = (),
        gestalt: Gestalt | None = None,
        max_characters: int = 4000,
    ) -> None:
        self.knowledge = knowledge
        self.store = store
        self.wording = Wording(knowledge)
        self._quoting = Quoting(knowledge)
        self.composer = composer
        self._scrubber = scrubber
        self.listener = listener
        self._facts = FactsBuilder(knowledge.concepts, knowledge.services)
        self._rules = RuleSet(knowledge.rules)
        self._interview = Interview(knowledge, self._rules)
        self._whole = WholeMessage(self._interview, self.wording.pictured)
        self._second_person = SecondPerson(knowledge, listener.extractor, self._facts, self._rules)
        self.voices = tuple(voices)
        self._second_voice = SecondVoice(knowledge, self._facts, self._rules, self._interview, self.voices)
        self.library = Library(self._quoting, self._facts, self._interview, retriever)
        self._replier = Replier(knowledge, self.wording, self._quoting)
        self._handoff = HandoffWriter(knowledge)
        self._documents = DocumentWriter(knowledge)
        self.gestalt = gestalt
        self._max_characters = max_characters

    def respond(
        self,
        encounter: Encounter,
        message: str,
        emit: Emit = lambda reply: None,
        stopped: Stopped = never,
    ) -> Turn:
        """Take one message of the patient and return everything decided about it.

        The encounter is changed and stored. `emit` gets the reply as it grows: first the card and the question, then
        each checked sentence; nothing is emitted before it is durable.

        Args:
            encounter: The encounter so far.
            message: What the patient wrote, or the value of a chip.
            emit: Called with the growing reply.
            stopped: Whether the patient has written on; the model is then let go and reviewed text ends the reply.

        Returns:
            The turn, with its complete reply.
        """
        work = Work(number=len(encounter.turns) + 1)
        nothing: tuple[Passage, ...] = ()
        work.scrubbed = self._stage(work, "privacy", lambda: self._scrub(message), work.scrubbed)
        text = work.scrubbed.text
        work.heard = self._stage(
            work, "findings", lambda: self.listener.listen(encounter, text or message, work.number), work.heard
        )
        heard = work.heard
        told = self._stage(work, "retrieval", lambda: self.library.answering(encounter, heard, text), nothing)
        asks = self._stage(
            work, "gestalt", lambda: self._whole.merely_asks(self.gestalt, encounter, heard, text), False
        )
        if asks:
            work.heard = heard = replace(heard, inquiry=True)
        learn(encounter, heard, self._facts, self._rules, informed=asks or bool(told))
        facts = self._facts.build(encounter)
        assessed = self._stage(
            work, "red_flags", lambda: self._assess(encounter, facts, "" if heard.tapped else text), None
        )
        if assessed is None:
            return self._fail(encounter, work, emit)
        encounter.floor = assessed.assessment.floor
        plain = assessed
        assessed = self._stage(
            work, "gestalt", lambda: self._whole.speak(self.gestalt, encounter, facts, plain, work), plain
        )
        assessed = self._doubt(encounter, work, facts, assessed, emit)
        assessment = assessed.assessment

        def show(reply: Reply, passages: tuple[Passage, ...]) -> Turn:
            turn = self._save(encounter, work, assessment, reply, passages)
            emit(reply)
            return turn

        reply = self._replier.reply(encounter, facts, heard, assessed, told)
        turn = show(reply, told)
        if assessed.question is None and reply.question is None and not heard.silent:
            composer = self.composer
            passages = self._stage(
                work,
                "retrieval",
                lambda: self.library.supporting(
                    encounter, facts, reply, worded=composer is not None and composer.speaks(encounter.language)
                ),
                nothing,
            )
            reply = word(
                composer,
                self._quoting,
                work,
                encounter,
                facts,
                assessment,
                reply,
                passages,
                grow=lambda grown: show(grown, passages),
                stopped=stopped,
            )
            turn = show(reply, passages)
        return turn

    @property
    def retriever(self) -> Retriever | None:
        """What finds passages, if anything does."""
        return self.library.retriever

    def handoff(self, encounter: Encounter, language: str | None = None, zone: str | None = None) -> Handoff:
        """Return the SBAR summary of an encounter for a clinician, in a language and with the hours of a time zone."""
        return self._handoff.summarise(encounter, self._facts.build(encounter), language or encounter.language, zone)

    def document(self, encounter: Encounter, language: str | None = None) -> str:
        """Return the hand-over of an encounter as a FHIR document in JSON, else in the language of clinicians there.

        Raises:
            ConfigurationError: fhir.resources is not installed.
            StageError: Nothing was told yet, or it would be no valid document.
        """
        facts = self._facts.build(encounter)
        spoken = language or self.knowledge.clinicians_speak(encounter.country)
        handoff = self._handoff.summarise(encounter, facts, spoken)
        return self._documents.export(encounter, facts, handoff)

    def draft_summary(self, encounter: Encounter, languages: Sequence[str], stopped: Stopped = never) -> SummaryDraft:
        """Return a few lines that the language model words for a clinician beside the hand-over, or why there are none.

        Args:
            encounter: The encounter; it is not changed.
            languages: Languages that the clinician reads; the first that the model may write is taken.
            stopped: Whether nobody waits for the lines any more.
        """
        composer = self.composer
        language = next((tag for tag in languages if composer and composer.summarises(tag)), None)
        if composer is None or language is None:
            return SummaryDraft(outcome="absent")
        try:
            items = self._handoff.items(encounter, self._facts.build(encounter), language)
            return composer.summarise(items, stopped)
        except Exception as error:
            log.error("a summary could not be drafted: %s", type(error).__name__)
            return SummaryDraft(outcome="failed", language=language, model=composer.model)

    def facts(self, encounter: Encounter) -> Facts:
        """Return what is known of the subject so far."""
        return self._facts.build(encounter)

    def greeting(self, language: str) -> str:
        """Return the first words of a conversation."""
        return self.wording.text("greeting", language)

    def _scrub(self, message: str) -> Scrubbed:
        message = as_shown(message)
        if len(message) > self._max_characters:
            # The beginning and the end of a long message hold what matters most; the middle is not read.
            half = self._max_characters // 2
            message = f"{message[:half]} … {message[-half:]}"
        return self._scrubber.scrub(message)

    def _assess(self, encounter: Encounter, facts: Facts, written: str) -> Next:
        hits = self._rules.hits(facts)
        known = {hit.rule_id for hit in hits}
        apart = self._second_person.hits(encounter, {**encounter.written, len(encounter.turns) + 1: written})
        hits += tuple(hit for hit in apart if hit.rule_id not in known)
        encounter.inquiry = encounter.inquiry and not hits
        return self._interview.assess(encounter, facts, hits)

    def _doubt(self, encounter: Encounter, work: Work, facts: Facts, assessed: Next, emit: Emit) -> Next:
        """Let the second voice listen; all it can change is the next question."""
        heard = work.heard
        if heard.read_back or encounter.inquiry or (not self.voices and not encounter.suspected):
            return assessed

        def show_card() -> None:
            card = self._replier.card_alone(encounter, assessed.assessment)
            self._save(encounter, work, assessed.assessment, card, ())
            emit(card)
            encounter.turns = encounter.turns[: work.number - 1]

        said = Extraction(findings=heard.findings)
        work.considered = self._stage(
            work,
            "second_voice",
            lambda: self._second_voice.consider(encounter, facts, work.own_words, said, assessed, show_card),
            None,
        )
        return work.considered.following if work.considered is not None else assessed

    def _save(
        self, encounter: Encounter, work: Work, assessment: Assessment, reply: Reply, passages: tuple[Passage, ...]
    ) -> Turn:
        """Make the turn durable; a store that fails is an operator's alarm, never the patient's."""
        turn = turn_of(
            encounter,
            work,
            assessment,
            reply,
            passages,
            content=self.knowledge.version,
            retriever=self.retriever.name if self.retriever else None,
        )
        encounter.turns = [*encounter.turns[: work.number - 1], turn]
        if "privacy" not in work.failures:
            self._stage(work, "storage", lambda: self.store.save(encounter, turn.audit), None)
        return turn

    def _fail(self, encounter: Encounter, work: Work, emit: Emit) -> Turn:
        """Answer a turn in which the rules themselves failed: fixed words, and a doctor today at least."""
        level = max(encounter.floor, Disposition.TODAY)
        assessment = Assessment(floor=level, ceiling=Disposition.AMBULANCE, disposition=level, closed=False)
        encounter.floor = level
        reply = self.wording.failure(encounter.language, encounter.country)
        if level.is_emergency:
            card = self.wording.card(assessment, encounter.language, encounter.country, None)
            reply = reply.model_copy(update={"card": card})
        turn = self._save(encounter, work, assessment, reply, ())
        emit(reply)
        return turn

    def _stage(self, work: Work, name: str, run: Callable[[], T], otherwise: T) -> T:
        """Run one stage; when it fails, note that it did (never the patient's words) and go on with the safe value."""
        try:
            return run()
        except Exception as error:
            work.failures.append(name)
            log.error("stage %s failed: %s", name, type(error).__name__)
            return otherwise
