"""The records that stages hand to each other, and that are stored and exported."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from knowledge.vocabulary import DispositionName, Experiencer, Polarity, Temporality


class Record(BaseModel):
    """Base of all records: frozen, and unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def now() -> datetime:
    """Return the time in UTC, with its zone."""
    return datetime.now(UTC)


Stopped = Callable[[], bool]
"""Whether something that takes time is not wanted any more, e.g. because the patient wrote on."""


def never() -> bool:
    """Return False: it is wanted to its end."""
    return False


class Span(Record):
    """Where words stand in the scrubbed message, `start` inclusive and `end` exclusive, in characters."""

    start: int
    end: int


class Finding(Record):
    """A mention of a concept, with whom and when it concerns and the words that say so."""

    concept: str
    polarity: Polarity = Polarity.AFFIRMED
    experiencer: Experiencer = Experiencer.SUBJECT
    temporality: Temporality = Temporality.CURRENT
    text: str = ""
    """The patient's own words, verbatim from the scrubbed message."""
    span: Span | None = None
    cues: tuple[str, ...] = ()
    """The words that justify polarity, experiencer or temporality."""
    minutes: tuple[float, float] | None = None
    """How long it has lasted or how long ago it was, as (least, most) minutes."""
    recovered: bool = False
    """It was there and has gone ("my arm went weak for ten minutes, fine now")."""
    turn: int = 0
    """Patient turn, from 1."""
    origin: Literal["words", "answer", "implied", "semantic", "model", "background"] = "words"


class Quantity(Record):
    """A number the patient gave, in the unit that its name ends in, as a range (least, most)."""

    name: str
    low: float
    high: float
    text: str = ""
    span: Span | None = None
    turn: int = 0
    origin: Literal["words", "answer", "implied", "background"] = "words"


class Extraction(Record):
    """All that one message says, as far as it was understood."""

    findings: tuple[Finding, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    sex: Literal["F", "M"] | None = None
    subject: Literal["self", "other"] | None = None
    """Who is ill as told by this message: the author, or somebody the author cares for."""
    understood: bool = True
    """False when nothing at all was recognised."""
    suspected: tuple[Finding, ...] = ()
    """What the second voice thinks the message may say; it is asked about and never counts by itself."""


class Message(Record):
    """One utterance, already scrubbed of identifiers."""

    author: Literal["patient", "salama"]
    text: str
    language: str
    tapped: bool = False
    """The patient tapped an answer; the text is what the answer said."""
    at: datetime = Field(default_factory=now)


class Evidence(Record):
    """The patient's words on which a decision rests."""

    turn: int
    text: str
    concept: str


class RedFlagHit(Record):
    """A red-flag rule that holds, with its version and the words that made it so."""

    rule_id: str
    rule_version: int
    title: str
    disposition: DispositionName
    because: tuple[Evidence, ...]
    presumed: bool = False
    """It holds unless something not asked yet excludes it; raises the advice, not the floor."""
    advice: tuple[str, ...] = ()


class Assessment(Record):
    """The interval of a turn: what is certain, what is still possible, and what we advise now."""

    floor: DispositionName
    ceiling: DispositionName
    disposition: DispositionName
    """The advice of this turn; never below the floor."""
    closed: bool
    """Whether no open question can change the level any more."""
    hits: tuple[RedFlagHit, ...] = ()
    protocols: tuple[str, ...] = ()

    @property
    def deciding(self) -> tuple[RedFlagHit, ...]:
        """The rules that give the advice."""
        return tuple(hit for hit in self.hits if hit.disposition == self.disposition)


class AnswerOption(Record):
    """One chip: what it says, and what the page sends back when it is tapped."""

    label: str
    value: str


class AskedQuestion(Record):
    """A question as the patient sees it."""

    id: str
    text: str
    why: str
    options: tuple[AnswerOption, ...] = ()
    remaining: int = 0
    """At most this many further questions."""


class Passage(Record):
    """A retrieved part of an article."""

    id: str
    """Article id, section and number, e.g. `chest-pain.en#do-1`."""
    article_id: str
    title: str
    section: str
    text: str
    language: str
    sources: tuple[str, ...]
    score: float = 0.0


class Citation(Record):
    """A link from what we say to the passage and source that supports it."""

    id: str
    """Passage id."""
    title: str
    publisher: str
    url: str


class Sentence(Record):
    """One sentence of a reply, with the passages that support it."""

    text: str
    citations: tuple[str, ...] = ()
    """Passage ids; empty for a sentence without clinical content."""


class Verdict(Record):
    """What the guard says of one sentence: shown, or refused and why."""

    allowed: bool
    check: str
    reason: str
    sentence: str = ""
    """Kept out of the audit record; for tests and the console only."""


class Card(Record):
    """The advice itself: fixed reviewed words, the same with or without a model."""

    disposition: DispositionName
    heading: str
    action: str
    when: str
    number: str | None
    number_label: str | None
    reasons: tuple[str, ...] = ()
    """What the patient told us that led here, in short words."""
    advice: tuple[str, ...] = ()
    advice_keys: tuple[str, ...] = ()
    """The keys of `advice`, by which a page finds the picture of an action."""
    safety_net: tuple[str, ...] = ()
    numbers: tuple[tuple[str, str], ...] = ()
    """Further (name, number) pairs for this situation, e.g. a poison or crisis line."""


class Reply(Record):
    """What the patient reads in one turn."""

    card: Card | None
    sentences: tuple[Sentence, ...] = ()
    question: AskedQuestion | None = None
    citations: tuple[Citation, ...] = ()
    notices: tuple[str, ...] = ()
    """Sentences before everything else, e.g. how we read a retraction, or which part we cannot help with."""
    urgent_help: str = ""
    """How to get urgent help here; part of every reply."""
    worded_by: str | None = None
    """Model name when a model worded the sentences; None for reviewed text."""

    @property
    def text(self) -> str:
        """The whole reply as plain text, in reading order."""
        parts: list[str] = list(self.notices)
        if self.card is not None:
            card = self.card
            parts += [card.heading, card.action, card.when, *card.advice]
        parts.append(" ".join(sentence.text for sentence in self.sentences))
        if self.card is not None:
            parts += list(self.card.safety_net)
        if self.question is not None:
            parts.append(self.question.text)
            parts.append(" / ".join(option.label for option in self.question.options))
        parts.append(self.urgent_help)
        return "\n".join(part for part in parts if part)
