"""What goes in and out of the HTTP API, with the examples that its description shows."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, computed_field

from knowledge.vocabulary import Disposition
from triage import Encounter, Handoff, RedFlagHit, Reply, SummaryDraft, Turn
from triage.types import Card
from ui.clinic import OpenPlace

Level = Literal["self_care", "routine", "soon", "today", "emergency_department", "ambulance"]
Language = Literal["en", "fr", "ar", "ary", "ary-Latn"]

NO_STORE = {"cache-control": "no-store"}
STREAMED = {**NO_STORE, "x-accel-buffering": "no"}
"""Headers of event streams; the second keeps a proxy from holding events back."""

MOST_CHARACTERS = 32_000
"""Longest message that is taken; of one longer than `SALAMA_MAX_CHARACTERS` the engine reads beginning and end."""


def _example(**example: Any) -> ConfigDict:
    return ConfigDict(extra="forbid", json_schema_extra={"examples": [example]})


class NewEncounter(BaseModel):
    """What may be said at the start of an encounter; all of it optional."""

    model_config = _example(language="fr", country="MA", age_years=34, sex="F", pregnant=False)

    language: Language | None = Field(None, description="Form of the greeting, until the patient writes another.")
    country: Annotated[str, Field(pattern="^[A-Z]{2}$")] | None = Field(
        None, description="Two letters; sets the emergency numbers. Without it replies name no number."
    )
    age_years: float | None = Field(default=None, ge=0, le=130, allow_inf_nan=False)
    age_months: float | None = Field(default=None, ge=0, le=1560, allow_inf_nan=False)
    sex: Literal["F", "M"] | None = None
    pregnant: bool | None = None


class Created(BaseModel):
    """A new encounter; keep the id secret, the only key to all of it (its code opens the summary to the clinic)."""

    model_config = _example(
        id="5b1f0c1de0c94d0f8a3f7c5e2b6a9d41", greeting="Bonjour, je suis Salama.", language="fr", country="MA"
    )

    id: str
    greeting: str
    language: Language
    country: str | None


class NewMessage(BaseModel):
    """One message of the patient, or the `value` of an answer option."""

    model_config = _example(text="I have crushing chest pain going down my left arm")

    text: str = Field(max_length=MOST_CHARACTERS)


class ReplyRead(Reply):
    """What the patient reads, in parts and as one text."""

    @computed_field(description="The whole reply as plain text, in reading order.")  # type: ignore[prop-decorator]
    @property
    def text(self) -> str:
        """The whole reply as plain text, in reading order."""
        return super().text


class TurnRead(BaseModel):
    """What was decided on one message, and the reply."""

    turn: int = Field(description="Number of the turn, from 1.")
    disposition: Level = Field(description="The advice of this turn; never below the floor.")
    floor: Level = Field(description="The level that is certain; it falls only by a confirmed retraction.")
    ceiling: Level = Field(description="The level that open questions may still lead to.")
    closed: bool = Field(description="Whether no open question can change the level any more.")
    red_flags: list[RedFlagHit]
    reply: ReplyRead
    places: list[OpenPlace] = Field(default=[], description="Where to go, as the clinic has set it for this level.")

    @classmethod
    def of(cls, turn: Turn, places: list[OpenPlace]) -> TurnRead:
        """Return a turn as the API gives it."""
        found = turn.assessment
        return cls(
            turn=turn.number,
            disposition=name(found.disposition),
            floor=name(found.floor),
            ceiling=name(found.ceiling),
            closed=found.closed,
            red_flags=list(found.hits),
            reply=ReplyRead.model_validate(dict(turn.reply)),
            places=places,
        )


class TurnTold(TurnRead):
    """A turn with the patient's message, identifiers taken out."""

    text: str


class EncounterRead(BaseModel):
    """An encounter with its turns and the hand-over summary."""

    id: str
    language: Language
    country: str | None
    floor: Level
    turns: list[TurnTold]
    handoff: Handoff
    code: str | None = Field(description="By which a clinic that has set a key opens the summary; the patient's own.")

    @classmethod
    def of(cls, encounter: Encounter, turns: list[TurnTold], handoff: Handoff, code: str | None) -> EncounterRead:
        """Return an encounter as the API gives it."""
        return cls(
            id=encounter.id,
            language=encounter.language,
            country=encounter.country,
            floor=name(encounter.floor),
            turns=turns,
            handoff=handoff,
            code=code,
        )


class SummaryAsked(BaseModel):
    """The code of a patient's summary."""

    model_config = _example(code="7K3M-Q9XD-02VT")

    code: str = Field(max_length=40, description="As on the patient's page; small letters and blanks do no harm.")
    draft: bool = Field(
        False, description="Whether a language model shall also draft a few lines; the answer then waits for it."
    )


class DraftRead(SummaryDraft):
    """A few lines that a language model worded for a clinician, or none; the computed summary has the last word."""

    note: str = Field(description="One sentence: how the lines were made and checked, or why there are none. Show it.")


class SummaryRead(BaseModel):
    """A patient's summary as a clinic opens it by its code."""

    code: str
    at: datetime = Field(description="When the patient last wrote.")
    disposition: Level = Field(description="The advice that was given last.")
    floor: Level
    country: str | None
    handoffs: list[Handoff] = Field(description="In the language of clinicians of the country, then in the patient's.")
    draft: DraftRead | None = Field(None, description="Only when it was asked for.")


class CardEvent(BaseModel):
    """The first server-sent event of a reply: the advice itself, before any wording by a model."""

    card: Card | None
    floor: Level
    notices: list[str]


def name(level: Disposition) -> Level:
    """Return the name of a level."""
    return level.name.lower()  # type: ignore[return-value]
