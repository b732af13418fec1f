"""One consultation from start to close, and the records of its turns."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from knowledge.vocabulary import Disposition, DispositionName
from triage.types import Assessment, Extraction, Finding, Message, Passage, Quantity, Record, RedFlagHit, Reply, now


class Retraction(Record):
    """A finding the patient took back, read back to them and confirmed; the only thing that lowers a floor."""

    concept: str
    turn: int
    floor_before: DispositionName
    floor_after: DispositionName
    at: datetime = Field(default_factory=now)


class Handoff(Record):
    """An SBAR summary for a clinician, computed from the findings and never by a model."""

    situation: tuple[str, ...]
    background: tuple[str, ...]
    assessment: tuple[str, ...]
    recommendation: tuple[str, ...]
    language: str


class SummaryDraft(Record):
    """A few lines that a language model worded for a clinician beside the hand-over, or why there are none."""

    outcome: Literal["shown", "refused", "busy", "failed", "absent"]
    """`refused` by the guard, `busy` with patients' replies, `failed` or too slow, `absent` in this language."""
    sentences: tuple[str, ...] = ()
    language: str | None = None
    model: str | None = None
    prompt: str | None = None
    verdict: str | None = None
    """`check:reason` of a refusal."""


class AuditEvent(Record):
    """What decided one turn: identifiers and versions, never the patient's words."""

    encounter_id: str
    turn: int
    at: datetime = Field(default_factory=now)
    content_version: str
    rules: tuple[str, ...] = ()
    """`id@version` of every rule that holds."""
    floor: DispositionName
    disposition: DispositionName
    question: str | None = None
    passages: tuple[str, ...] = ()
    retriever: str | None = None
    model: str | None = None
    prompt: str | None = None
    verdicts: tuple[str, ...] = ()
    """`check:reason` of every refused sentence."""
    failures: tuple[str, ...] = ()
    """Stages that failed this turn."""
    redactions: tuple[str, ...] = ()
    """Kinds of identifiers removed from the message."""
    voices: tuple[str, ...] = ()
    """What the second voice did: each voice that listened, with the concepts it proposed or why it was silent."""


class Turn(Record):
    """One message of the patient with everything decided about it."""

    number: int
    message: Message
    extraction: Extraction
    assessment: Assessment
    reply: Reply
    passages: tuple[Passage, ...] = ()
    audit: AuditEvent
    milliseconds: float = 0.0


class Subject(BaseModel):
    """The person the symptoms belong to, as far as it was given with the encounter."""

    model_config = ConfigDict(extra="forbid")

    is_author: bool | None = None
    age_years: float | None = Field(default=None, ge=0, le=130)
    age_months: float | None = Field(default=None, ge=0, le=1560)
    sex: Literal["F", "M"] | None = None
    pregnant: bool | None = None
    conditions: tuple[str, ...] = ()


class KeyedRequest(Record):
    """A message that came with a key, so that sending it again is answered and not played again."""

    key: str
    """Keyed hash of the key."""
    body: str
    """Keyed hash of the message."""
    turn: int


class Encounter(BaseModel):
    """One consultation from start to close: turns, facts told so far, and the floor."""

    model_config = ConfigDict(extra="forbid", validate_assignment=True)

    id: str = Field(default_factory=lambda: uuid.uuid4().hex)
    created: datetime = Field(default_factory=now)
    language: str = "en"
    """Language of the page, until the patient writes another."""
    country: str | None = None
    subject: Subject = Field(default_factory=Subject)
    turns: list[Turn] = Field(default_factory=list)
    floor: DispositionName = Disposition.SELF_CARE
    findings: list[Finding] = Field(default_factory=list)
    quantities: list[Quantity] = Field(default_factory=list)
    asked: list[str] = Field(default_factory=list)
    """Ids of questions asked so far."""
    unsure: list[str] = Field(default_factory=list)
    """Ids of questions answered "not sure", or passed over."""
    passed_over: list[str] = Field(default_factory=list)
    """Ids of those of them that got answers nobody understood, twice."""
    pending: str | None = None
    """Id of the question that waits for its answer."""
    changing: bool = False
    """Whether the pending question was put again because the patient wants to change their answer."""
    asked_back: bool = False
    """Whether the last message put a question of the patient's beside ours, which does not pass ours over."""
    small_talk: bool = False
    """Whether no message so far was a reason to see anybody (a greeting, a question about Salama)."""
    requests: list[KeyedRequest] = Field(default_factory=list)
    """Messages that came with a key, stored together with their turns."""
    inquiry: bool = False
    """Whether all messages so far were questions for information, answered from articles; nobody was said to be ill."""
    suspected: list[Finding] = Field(default_factory=list)
    """What the second voice proposed; apart from the findings, so that no rule can rest on it."""
    another_since: int = 0
    """Number of the turn in which somebody else than the one so far began to be told of; 0 when nobody was."""
    alarm: RedFlagHit | None = None
    """What the gestalt of all that was written says; it raises the advice until the danger questions are answered."""
    alarm_turn: int = 0
    """Number of the turn in which it last judged, which is that of its alarm."""
    alarm_sure: bool = False
    """Whether its alarm is one that the answers to questions do not lower."""
    retracting: list[str] = Field(default_factory=list)
    """Concepts whose retraction was read back and waits for confirmation, the one that was named first."""
    retractions: list[Retraction] = Field(default_factory=list)

    @property
    def number(self) -> int:
        """Number of the latest patient turn; 0 before the first."""
        return len(self.turns)

    @property
    def idle(self) -> bool:
        """Whether nobody has been said to be ill so far."""
        return self.small_talk or self.inquiry or not self.turns

    @property
    def answered(self) -> set[str]:
        """Ids of the questions that were asked and not answered "not sure"."""
        return set(self.asked) - set(self.unsure)

    @property
    def written(self) -> dict[int, str]:
        """The messages that the patient wrote, by the number of their turn; what a tapped answer says are our words."""
        return {turn.number: turn.message.text for turn in self.turns if not turn.message.tapped}

    @property
    def own_words(self) -> tuple[str, ...]:
        """The messages that the patient wrote."""
        return tuple(self.written.values())

    def asked_since(self, number: int) -> set[str]:
        """Return the ids of the questions that were asked from a turn on and are not to be put again."""
        shown = (turn.reply.question for turn in self.turns if turn.number >= number)
        return {question.id for question in shown if question is not None} & set(self.asked)
