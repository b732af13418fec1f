"""One turn, in the order in which it happens."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from knowledge.loader import Knowledge
from knowledge.protocols import Question
from knowledge.vocabulary import Disposition
from triage.facts import DAYS_PER_YEAR, Facts, FactsBuilder
from triage.handoff import HandoffWriter
from triage.interview import Interview, Next
from triage.listening import Heard, Listener
from triage.privacy import Scrubbed, Scrubber
from triage.red_flags import RuleSet
from triage.requests import MOST_NOTICES, RequestReplies
from triage.retrieval import Retriever
from triage.second_voice import Considered, SecondVoice, Voice
from triage.shown import as_shown
from triage.storage.base import EncounterStore
from triage.types import (
    AskedQuestion,
    Assessment,
    AuditEvent,
    Card,
    Encounter,
    Extraction,
    Handoff,
    Message,
    Passage,
    Reply,
    Retraction,
    Sentence,
    Turn,
    Verdict,
)
from triage.wording import INQUIRY, Wording

log = logging.getLogger("salama")

MOST_PASSAGES = 5

T = TypeVar("T")
Emit = Callable[[Reply], None]


class Composer(Protocol):
    """Words a reply with a language model, each sentence checked before it is handed out."""

    model: str

    def prompt(self, language: str) -> str:
        """Return the version of the prompt of a language, for the audit record."""

    def speaks(self, language: str) -> bool:
        """Whether the model may be used in a language."""

    def compose(
        self,
        message: str,
        card: Card,
        passages: Sequence[Passage],
        language: str,
        facts: Facts,
        stopped: Callable[[], bool],
    ) -> Iterator[tuple[Sentence | None, Verdict]]:
        """Yield each drafted sentence with its verdict; the sentence is None when it was refused."""

    def complete(self, worded: Sequence[Sentence], reviewed: Sequence[Sentence], language: str) -> tuple[Sentence, ...]:
        """Return the worded sentences, and each reviewed one that they do not say already."""


@dataclass
class _Work:
    """What a turn gathers on its way."""

    number: int
    failures: list[str] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    considered: Considered | None = None


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
        composer: Composer | None = None,
        voices: Sequence[Voice] = (),
        max_characters: int = 4000,
    ) -> None:
        self.knowledge = knowledge
        self.store = store
        self.wording = Wording(knowledge)
        self._replies = RequestReplies(knowledge)
        self.retriever = retriever
        self.composer = composer
        self._scrubber = scrubber
        self.listener = listener
        self._facts = FactsBuilder(knowledge.concepts, knowledge.services)
        self._rules = RuleSet(knowledge.rules)
        self._interview = Interview(knowledge, self._rules)
        self.voices = tuple(voices)
        self._second_voice = SecondVoice(knowledge, self._facts, self._rules, self._interview, self.voices)
        self._handoff = HandoffWriter(knowledge)
        self._max_characters = max_characters

    def respond(
        self,
        encounter: Encounter,
        message: str,
        emit: Emit = lambda reply: None,
        stopped: Callable[[], bool] = lambda: False,
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
        started = time.perf_counter()
        work = _Work(number=len(encounter.turns) + 1)
        scrubbed = self._stage(work, "privacy", lambda: self._scrub(message), Scrubbed("", ("all",)))
        heard = self._stage(
            work, "findings", lambda: self.listener.listen(encounter, scrubbed.text or message, work.number), Heard()
        )
        nothing: tuple[Passage, ...] = ()
        told = self._stage(work, "retrieval", lambda: self._look_up(encounter, heard, scrubbed.text), nothing)
        self._learn(encounter, heard, informed=bool(told))
        facts = self._facts.build(encounter)
        assessed = self._stage(work, "red_flags", lambda: self._assess(encounter, facts), None)
        if assessed is None:
            return self._fail(encounter, work, scrubbed, heard, emit, started)
        encounter.floor = assessed.assessment.floor

        def show_card(plain: Next = assessed) -> None:
            card = self._card_alone(encounter, plain)
            self._save(encounter, work, scrubbed, heard, plain.assessment, card, (), started)
            emit(card)
            encounter.turns = encounter.turns[: work.number - 1]

        assessed = self._doubt(encounter, work, facts, heard, assessed, scrubbed.text, show_card)
        reply = self._reply(encounter, facts, heard, assessed, told)
        turn = self._save(encounter, work, scrubbed, heard, assessed.assessment, reply, told, started)
        emit(reply)
        if assessed.question is None and reply.question is None and not heard.silent:
            passages = self._stage(work, "retrieval", lambda: self._retrieve(encounter, facts, reply), nothing)

            def grow(grown: Reply) -> Turn:
                saved = self._save(encounter, work, scrubbed, heard, assessed.assessment, grown, passages, started)
                emit(grown)
                return saved

            worded = self._word(encounter, work, facts, reply, assessed.assessment, passages, grow, stopped)
            turn = grow(worded)
        return turn

    def handoff(self, encounter: Encounter, language: str | None = None) -> Handoff:
        """Return the SBAR summary of an encounter for a clinician."""
        return self._handoff.summarise(encounter, self._facts.build(encounter), language or encounter.language)

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

    def _learn(self, encounter: Encounter, heard: Heard, *, informed: bool = False) -> None:
        """Take what was heard into the encounter; a confirmed retraction is the only way down."""
        encounter.language = heard.language or encounter.language
        encounter.unsure += heard.unsure
        encounter.asked = [name for name in encounter.asked if name not in heard.ask_again]
        encounter.pending, encounter.changing = None, False
        idle = encounter.small_talk or encounter.inquiry or not encounter.turns
        encounter.small_talk = heard.small_talk and idle and not encounter.inquiry
        encounter.inquiry = heard.inquiry and idle and (informed or heard.silent)
        if encounter.inquiry:
            # A mere question tells neither who may be ill later nor how old they are.
            encounter.findings += heard.findings
            return
        if heard.subject is not None and encounter.subject.is_author is None:
            encounter.subject = encounter.subject.model_copy(update={"is_author": heard.subject == "self"})
        if heard.sex is not None and encounter.subject.sex is None:
            encounter.subject = encounter.subject.model_copy(update={"sex": heard.sex})
        encounter.quantities += heard.quantities
        if heard.retracted:
            self._retract(encounter, heard.retracted)
        encounter.findings += heard.findings

    def _retract(self, encounter: Encounter, concepts: tuple[str, ...]) -> None:
        """Take findings back and compute the floor anew from what remains."""
        before, turn = encounter.floor, len(encounter.turns)
        taken = [
            Retraction(concept=concept, turn=turn, floor_before=before, floor_after=before) for concept in concepts
        ]
        encounter.retractions += taken
        hits = self._rules.hits(self._facts.build(encounter))
        floor = max((hit.disposition for hit in hits if not hit.presumed), default=Disposition.SELF_CARE)
        encounter.floor = min(before, floor)
        logged = [item.model_copy(update={"floor_after": encounter.floor}) for item in taken]
        encounter.retractions[-len(taken) :] = logged

    def _assess(self, encounter: Encounter, facts: Facts) -> Next:
        hits = self._rules.hits(facts)
        encounter.inquiry = encounter.inquiry and not hits
        return self._interview.assess(encounter, facts, hits)

    def _doubt(
        self,
        encounter: Encounter,
        work: _Work,
        facts: Facts,
        heard: Heard,
        assessed: Next,
        text: str,
        show_card: Callable[[], None],
    ) -> Next:
        """Let the second voice listen; all it can change is the next question."""
        if heard.read_back or encounter.inquiry or (not self.voices and not encounter.suspected):
            return assessed
        own = text if heard.tapped is None and not heard.silent else ""
        said = Extraction(findings=heard.findings)
        work.considered = self._stage(
            work,
            "second_voice",
            lambda: self._second_voice.consider(encounter, facts, own, said, assessed, show_card),
            None,
        )
        return work.considered.following if work.considered is not None else assessed

    def _card_alone(self, encounter: Encounter, assessed: Next) -> Reply:
        """Return the advice without a question, for a patient who would else wait for a slow voice."""
        language, country = encounter.language, encounter.country
        article = self.wording.article(assessed.assessment.protocols, language)
        return Reply(
            card=self.wording.card(assessed.assessment, language, country, article),
            urgent_help=self.wording.text("urgent_help", language, country),
        )

    def _reply(
        self, encounter: Encounter, facts: Facts, heard: Heard, assessed: Next, told: Sequence[Passage] = ()
    ) -> Reply:
        """Return card, question and notices: fixed words, ready before anything slow begins."""
        language, country = encounter.language, encounter.country
        assessment = assessed.assessment
        article = self.wording.article(assessment.protocols, language)
        question = self._ask(encounter, facts, heard, assessed)
        notices = self._answers(encounter, heard, assessment)
        if not encounter.inquiry or heard.silent:
            notices += [self.wording.text(key, language, country, **values) for key, values in heard.notices]
        if question is not None and assessment.disposition.is_emergency and not assessment.floor.is_emergency:
            notices.append(self.wording.text("advice_for_now", language))
        if heard.why and question is not None:
            notices.append(f"{self.wording.text('why_lead', language)} {question.why}")
        sentences: tuple[Sentence, ...] = ()
        if told and not assessment.disposition.is_emergency:
            sentences = self.wording.information(told, signs=heard.signs)
            notices.append(self.wording.text("information_lead", language, country, title=told[0].title))
        elif question is None and not assessment.disposition.is_emergency and not heard.silent:
            sentences = self.wording.sentences(article)
        deciding = [hit for hit in assessment.hits if hit.disposition == assessment.disposition]
        return Reply(
            card=None
            if encounter.small_talk or encounter.inquiry
            else self.wording.card(assessment, language, country, article),
            sentences=sentences,
            question=question,
            citations=self.wording.citations(sentences, told, deciding),
            notices=tuple(notices),
            urgent_help=self.wording.text("urgent_help", language, country),
        )

    def _answers(self, encounter: Encounter, heard: Heard, assessment: Assessment) -> list[str]:
        """Return what is said to danger that came up and to requests; never the same twice running."""
        language, country = encounter.language, encounter.country
        chosen = self._replies.notices(encounter, heard.requests, assessment)
        texts = [self.wording.text(key, language, country, **values) for key, values in chosen]
        said = encounter.turns[-1].reply.notices if encounter.turns else ()
        fresh = [text for text in texts if text not in said][:MOST_NOTICES]
        return fresh or ([self.wording.text("smalltalk", language)] if encounter.small_talk else [])

    def _ask(self, encounter: Encounter, facts: Facts, heard: Heard, assessed: Next) -> AskedQuestion | None:
        language = encounter.language
        encounter.retracting = list(heard.read_back)
        if heard.read_back:
            told = [name for name in heard.read_back if name in facts.present and facts.present[name].concept == name]
            return self.wording.retraction(told if len(told) > 1 else heard.read_back[:1], language)
        if heard.put_again is not None:
            encounter.pending, encounter.changing = heard.put_again, True
            return self.wording.question(self.knowledge.questions[heard.put_again], language, assessed.remaining)
        if encounter.inquiry:
            encounter.pending = None if heard.silent else INQUIRY
            return None if heard.silent else self.wording.inquiry(language)
        question: Question | None = assessed.question
        if question is None or encounter.small_talk:
            return None
        encounter.asked.append(question.id)
        encounter.pending = question.id
        return self.wording.question(question, language, assessed.remaining, facts.present)

    def _look_up(self, encounter: Encounter, heard: Heard, text: str) -> tuple[Passage, ...]:
        """Find what answers a question for information: by the patient's own words, or else by what they name.

        A question about a subject names nobody, so articles for every reader may answer it, except that a child or a
        pregnant woman who is spoken of gets what suits them.
        """
        if self.retriever is None or not heard.information or heard.tapped is not None:
            return ()
        found: tuple[Passage, ...] = ()
        said = {
            "findings": [*encounter.findings, *heard.findings],
            "quantities": [*encounter.quantities, *heard.quantities],
        }
        audience = self._audience(self._facts.build(encounter.model_copy(update=said)), otherwise="everybody")
        language = heard.language or encounter.language
        for concepts in ((), tuple(dict.fromkeys(item.concept for item in heard.findings))):
            found = found or self.retriever.retrieve(
                text, language, concepts=concepts, audience=audience, limit=MOST_PASSAGES
            )
        return found

    def _audience(self, facts: Facts, *, otherwise: str) -> str:
        """Return whom articles must suit, as far as it is known."""
        if "pregnant" in facts.present:
            return "pregnancy"
        return "child" if facts.age_days[1] < 16 * DAYS_PER_YEAR else otherwise

    def _retrieve(self, encounter: Encounter, facts: Facts, reply: Reply) -> tuple[Passage, ...]:
        """Find passages, when a model may word the reply or no article goes with the complaint."""
        wanted = self.composer is not None and self.composer.speaks(encounter.language)
        emergency = reply.card is None or reply.card.disposition.is_emergency
        if self.retriever is None or emergency or not (wanted or not reply.sentences):
            return ()
        language = encounter.language
        complaints = self._interview.open_protocols(facts)
        titles = [item.title.get(language, "") for item in complaints if item.article is not None]
        words = [finding.text for finding in facts.present.values()]
        own = [turn.message.text for turn in encounter.turns if not turn.message.tapped]
        query = " ".join(dict.fromkeys([*titles, *words, *own[-1:]]))
        found = self.retriever.retrieve(
            query,
            language,
            concepts=tuple(facts.present),
            audience=self._audience(facts, otherwise="adult"),
            limit=MOST_PASSAGES,
        )
        article = self.wording.article([item.id for item in complaints], language)
        if article is None or article.language != language:
            return found
        return (self.wording.home_advice(article), *(item for item in found if item.section != "do"))

    def _word(
        self,
        encounter: Encounter,
        work: _Work,
        facts: Facts,
        reply: Reply,
        assessment: Assessment,
        passages: tuple[Passage, ...],
        grow: Callable[[Reply], Turn],
        stopped: Callable[[], bool],
    ) -> Reply:
        """Let the model word the reply, sentence by sentence; whatever goes wrong leaves the reviewed text."""
        composer = self.composer
        deciding = [hit for hit in assessment.hits if hit.disposition == assessment.disposition]
        if not reply.sentences and passages:
            quoted = self.wording.quote(passages)
            citations = self.wording.citations(quoted, passages, deciding)
            reply = reply.model_copy(update={"sentences": quoted, "citations": citations})
        usable = composer is not None and passages and composer.speaks(encounter.language)
        if composer is None or not usable or reply.card is None or assessment.disposition.is_emergency:
            return reply
        # An interview ends with a tapped answer; what the patient wrote before tells what is the matter.
        message = " ".join(turn.message.text for turn in encounter.turns if not turn.message.tapped)
        reviewed, worded = reply.sentences, list[Sentence]()
        finished = False
        try:
            for sentence, verdict in composer.compose(
                message, reply.card, passages, encounter.language, facts, stopped
            ):
                work.verdicts.append(verdict)
                if sentence is None:
                    break
                worded.append(sentence)
                # At no moment is there less to read than the reviewed text.
                sofar = composer.complete(worded, reviewed, encounter.language)
                grow(reply.model_copy(update={"sentences": sofar, "worded_by": composer.model}))
            else:
                finished = bool(worded)
        except Exception as error:
            work.failures.append("generation")
            log.warning("stage generation failed: %s", type(error).__name__)
        # A refused or broken draft gives way to the reviewed text, and a whole one loses none of it.
        sentences = composer.complete(worded, reviewed, encounter.language)
        return reply.model_copy(
            update={
                "sentences": sentences,
                "citations": self.wording.citations(sentences, passages, deciding),
                "worded_by": composer.model if finished else None,
            }
        )

    def _save(
        self,
        encounter: Encounter,
        work: _Work,
        scrubbed: Scrubbed,
        heard: Heard,
        assessment: Assessment,
        reply: Reply,
        passages: tuple[Passage, ...],
        started: float,
    ) -> Turn:
        """Make the turn durable; a store that fails is an operator's alarm, never the patient's."""
        composer = self.composer
        audit = AuditEvent(
            encounter_id=encounter.id,
            turn=work.number,
            content_version=self.knowledge.version,
            rules=tuple(f"{hit.rule_id}@{hit.rule_version}" for hit in assessment.hits),
            floor=assessment.floor,
            disposition=assessment.disposition,
            question=reply.question.id if reply.question else None,
            passages=tuple(passage.id for passage in passages),
            retriever=self.retriever.name if self.retriever else None,
            model=composer.model if composer and work.verdicts else None,
            prompt=composer.prompt(encounter.language) if composer and work.verdicts else None,
            verdicts=tuple(f"{verdict.check}:{verdict.reason}" for verdict in work.verdicts if not verdict.allowed),
            failures=tuple(work.failures),
            redactions=scrubbed.redactions,
            voices=work.considered.voices if work.considered else (),
        )
        turn = Turn(
            number=work.number,
            message=Message(
                author="patient",
                text=heard.tapped or scrubbed.text,
                language=encounter.language,
                tapped=heard.tapped is not None,
            ),
            extraction=Extraction(
                findings=tuple(heard.findings),
                quantities=tuple(heard.quantities),
                suspected=work.considered.suspected if work.considered else (),
            ),
            assessment=assessment,
            reply=reply,
            passages=passages,
            audit=audit,
            milliseconds=(time.perf_counter() - started) * 1000,
        )
        encounter.turns = [*encounter.turns[: work.number - 1], turn]
        if "privacy" not in work.failures:
            self._stage(work, "storage", lambda: self.store.save(encounter, audit), None)
        return turn

    def _fail(
        self, encounter: Encounter, work: _Work, scrubbed: Scrubbed, heard: Heard, emit: Emit, started: float
    ) -> Turn:
        """Answer a turn in which the rules themselves failed: fixed words, and a doctor today at least."""
        level = max(encounter.floor, Disposition.TODAY)
        assessment = Assessment(floor=level, ceiling=Disposition.AMBULANCE, disposition=level, closed=False)
        encounter.floor = level
        reply = self.wording.failure(encounter.language, encounter.country)
        if level.is_emergency:
            card = self.wording.card(assessment, encounter.language, encounter.country, None)
            reply = reply.model_copy(update={"card": card})
        turn = self._save(encounter, work, scrubbed, heard, assessment, reply, (), started)
        emit(reply)
        return turn

    def _stage(self, work: _Work, name: str, run: Callable[[], T], otherwise: T) -> T:
        """Run one stage; when it fails, note that it did (never the patient's words) and go on with the safe value."""
        try:
            return run()
        except Exception as error:
            work.failures.append(name)
            log.error("stage %s failed: %s", name, type(error).__name__)
            return otherwise
