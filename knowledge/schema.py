"""The shape of every piece of content; strict, frozen, and written only here."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StrictStr, model_validator
from pydantic_core import PydanticCustomError

from knowledge import conditions
from knowledge.errors import did_you_mean
from knowledge.vocabulary import LANGUAGES, DispositionName

Status = Literal["draft", "source_checked", "signed"]
Kind = Literal["finding", "condition", "medicine", "event", "request"]
"""What a concept is: a finding, a long illness, a medicine, an event whose time matters, or something asked of us."""


def _known_languages(texts: object) -> object:
    if isinstance(texts, dict):
        unknown = set(texts) - set(LANGUAGES)
        if unknown:
            raise ValueError(f"unknown language {sorted(unknown)!r}; choose from: {', '.join(LANGUAGES)}")
    return texts


Text = Annotated[dict[StrictStr, StrictStr], BeforeValidator(_known_languages)]
"""One patient-facing sentence or label by language tag; English is always there."""

Examples = Annotated[dict[StrictStr, tuple[StrictStr, ...]], BeforeValidator(_known_languages)]
"""Messages by language tag that are tests of the item that carries them."""


def _zone(value: object) -> object:
    try:
        return ZoneInfo(str(value)).key
    except (OSError, ValueError, KeyError):
        near = did_you_mean(str(value), available_timezones())
        raise ValueError(f"unknown time zone {value!r}{near}; write it like Africa/Casablanca") from None


TimeZone = Annotated[StrictStr, BeforeValidator(_zone)]
"""A time zone by its name in the IANA database."""


def _parses(raw: object) -> object:
    conditions.parse(raw)
    return raw


When = Annotated[object, AfterValidator(_parses)]
"""A condition as it is written: what does not parse is named with its file, item and key while it is loaded."""


class Content(BaseModel):
    """Base of all content: an unknown key is an error that lists the known ones, and nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _known(cls, raw: object) -> object:
        known = list(cls.model_fields)
        for key in raw if isinstance(raw, dict) else ():
            if key not in known:
                told = f"unknown key {key!r}{did_you_mean(str(key), known)}; choose from: {', '.join(known)}"
                raise PydanticCustomError("unknown_key", "{told}", {"key": str(key), "told": told})
        return raw


class Review(Content):
    """Who last read the item, when, and when it must be read again."""

    by: StrictStr
    on: date
    next: date


class Sourced(Content):
    """What every clinical item carries: where its facts come from and how far they were checked."""

    sources: tuple[StrictStr, ...] = Field(min_length=1)
    licence: StrictStr
    status: Status
    reviewed: Review


class Source(Content):
    """One entry of the bibliography in `sources.yaml`."""

    id: StrictStr
    title: StrictStr
    publisher: StrictStr
    url: StrictStr
    licence: StrictStr
    year: int | None = None
    verified: bool
    """Whether the text itself was read (a copy counts), not only a mention of it."""
    note: StrictStr | None = None


class Concept(Content):
    """A coded clinical idea; its wordings and its label live in `lexicon/<language>/`."""

    id: StrictStr
    kind: Kind = "finding"
    definition: StrictStr | None = None
    implies: tuple[StrictStr, ...] = ()
    follows_from: tuple[When, ...] = ()
    """Conditions of which one is enough for it to hold: the parts of a sum ("severe" and "belly pain") told apart."""
    when_gone: StrictStr | None = None
    """Concept that holds instead once it has passed (a stroke sign that lasted ten minutes)."""
    sex: Literal["F", "M"] | None = None
    """Sex of everybody who can have it, where there is only one."""
    assumed_days: tuple[float, float] | None = None
    """How long ago it is taken to be when told without a time ("I am on chemo")."""
    say: StrictStr | None = None
    """For a request: key of the fixed sentence that answers it, in `text` of `replies/<language>.yaml`."""

    @cached_property
    def sums(self) -> tuple[conditions.Condition, ...]:
        """The parsed `follows_from`."""
        return tuple(conditions.parse(part) for part in self.follows_from)


class RedFlagRule(Sourced):
    """A danger sign: when it holds, the advice is at least `disposition`."""

    id: StrictStr
    version: int = 1
    title: Text
    disposition: DispositionName
    when: When
    advice: tuple[StrictStr, ...] = ()
    """Keys of `advice` in `replies/<language>.yaml`: what to do while help is on its way."""
    rationale: StrictStr
    needs_clinician_signoff: bool = False
    note: StrictStr | None = None
    fires_on: Examples = {}
    silent_on: Examples = {}

    @cached_property
    def condition(self) -> conditions.Condition:
        """The parsed `when:`."""
        return conditions.parse(self.when)


class Modifier(Sourced):
    """People for whom the default level is raised once (never the floor of a rule)."""

    id: StrictStr
    when: When
    raise_by: int = Field(ge=1, le=2)
    up_to: DispositionName

    @cached_property
    def condition(self) -> conditions.Condition:
        """The parsed `when:`."""
        return conditions.parse(self.when)


SectionKind = Literal["about", "spread", "do", "avoid", "emergency", "see_someone"]

SECTIONS: dict[SectionKind, str] = {
    "about": "what it may be like",
    "spread": "can others catch it",
    "do": "what you can do",
    "avoid": "what to avoid",
    "emergency": "get help now if",
    "see_someone": "see someone soon if",
}
"""Heading of each section of an article, in the order in which they stand."""


class Section(Content):
    """A part of an article with a fixed meaning."""

    kind: SectionKind
    sentences: tuple[StrictStr, ...]


class Article(Sourced):
    """A vetted text for patients on one complaint, in one language."""

    id: StrictStr
    """Slug and language, e.g. `chest-pain.fr`."""
    slug: StrictStr
    language: StrictStr
    title: StrictStr
    keywords: tuple[StrictStr, ...] = ()
    """Patients' own words for the topic that its sentences do not use; searched, never shown."""
    concepts: tuple[StrictStr, ...]
    audience: Literal["adult", "child", "pregnancy", "any"] = "any"
    sections: tuple[Section, ...]
    native_review: bool = True
    """False while no native speaker has read it."""
    imported: StrictStr | None = None
    """Where a text that was brought in from elsewhere comes from: file, place in it and day."""


class Number(Content):
    """A telephone number as published by its source."""

    kind: StrictStr
    number: StrictStr
    name: Text
    confirmed: bool
    source: StrictStr
    source_date: StrictStr
    hours: StrictStr | None = None
    note: StrictStr | None = None


class Services(Content):
    """Whom to call in a country; unconfirmed numbers are never displayed."""

    country: StrictStr
    name: Text
    emergency: StrictStr
    """Digits to dial first for an ambulance."""
    call_order: tuple[StrictStr, ...] = ()
    numbers: tuple[Number, ...]
    known: tuple[StrictStr, ...] = ()
    """Concepts that hold for everybody there unless they say otherwise, such as rabies among its dogs."""
    clinician_language: StrictStr = "en"
    """Language in which clinicians there read a hand-over."""
    time_zone: TimeZone | None = None
    """Zone of the hours that they read; none where a country has several."""
    licence: StrictStr
    status: Status
    reviewed: Review


class Replies(Content):
    """Every fixed sentence that a patient may read in one language."""

    language: StrictStr
    native_review: bool
    text: dict[StrictStr, StrictStr]
    """Sentences by key, with `{placeholders}`."""
    cards: dict[StrictStr, dict[StrictStr, StrictStr]]
    """Disposition name to `heading`, `action`, `when`."""
    advice: dict[StrictStr, StrictStr]
    """First-aid and waiting advice by key, e.g. `call_amb`."""
    headings: dict[StrictStr, StrictStr]
