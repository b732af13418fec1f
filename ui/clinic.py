"""The settings of one clinic: who it is, what it offers and when, who may show the chat; read from one YAML file.

The file is data of the clinic, not content of ours: nothing in it can change a rule, a level or an emergency number.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, Field, StrictStr, model_validator

from knowledge.errors import did_you_mean
from knowledge.schema import Content, Text, TimeZone
from knowledge.vocabulary import LANGUAGES, Disposition, nearest, spoken_in
from ui.colors import contrast, ink

Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DAYS: tuple[Day, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

LEVELS = tuple(level for level in Disposition if level is not Disposition.AMBULANCE)
LEAST_CONTRAST = 4.5
"""Contrast of letters on their ground (WCAG 2.2, 1.4.3)."""
LEAST_EDGE = 3.0
"""Contrast of a button with the white page around it (WCAG 2.2, 1.4.11)."""

Minutes = tuple[int, int]
"""From and until, in minutes after midnight."""


def _span(value: object) -> object:
    found = re.fullmatch(r"(\d\d):(\d\d)-(\d\d):(\d\d)", value) if isinstance(value, str) else None
    if found is None:
        raise ValueError(f'{value!r} is no span of time; write it like "08:30-12:00", in quotes')
    hours = [int(part) for part in found.groups()]
    start, end = hours[0] * 60 + hours[1], hours[2] * 60 + hours[3]
    if max(hours[1], hours[3]) > 59 or not start < end <= 24 * 60:
        raise ValueError(f"{value!r} must end later than it begins, at 24:00 at most; a night takes two spans")
    return start, end


def _day(value: object) -> object:
    if isinstance(value, dict):
        for key in value:
            if key not in DAYS:
                raise ValueError(f"unknown day {key!r}{did_you_mean(str(key), DAYS)}; choose from: {', '.join(DAYS)}")
    return value


def _level(value: object) -> object:
    names = [level.name.lower() for level in LEVELS]
    if value == "ambulance":
        raise ValueError("'ambulance' sends nobody to a place: the card says to call; leave it out")
    if value not in names:
        raise ValueError(f"unknown level {value!r}{did_you_mean(str(value), names)}; choose from: {', '.join(names)}")
    return Disposition.parse(value)


def _origin(value: object) -> object:
    if not isinstance(value, str) or not re.fullmatch(r"https?://[a-zA-Z0-9.-]+(:\d{1,5})?", value):
        raise ValueError(f"{value!r} is no web origin; write it like https://www.clinic.example, without path or '*'")
    return value.lower()


def _hash(value: object) -> object:
    if not isinstance(value, str) or not re.fullmatch("sha256:[0-9a-f]{64}", value):
        raise ValueError("not the hash of a key; 'salama clinic key' makes a key and prints what to write here")
    return value


def hashed(key: str) -> str:
    """Return the hash of a key as the file holds it; keys are long and drawn by lot, so it needs no salt."""
    return f"sha256:{hashlib.sha256(key.encode()).hexdigest()}"


def _said(texts: object) -> object:
    return dict.fromkeys(LANGUAGES, texts) if isinstance(texts, str) else texts


Said = Annotated[Text, BeforeValidator(_said)]
"""A text by language, or one for all."""
Span = Annotated[Minutes, BeforeValidator(_span)]
Hours = Annotated[dict[Day, tuple[Span, ...]], BeforeValidator(_day)]
Color = Annotated[StrictStr, Field(pattern="^#[0-9a-fA-F]{6}$")]
Phone = Annotated[StrictStr, Field(pattern=r"^\+?[0-9][0-9 ().-]{1,24}$")]
Level = Annotated[Disposition, BeforeValidator(_level)]


class Colors(Content):
    """Ground and letters of the clinic's name, of the widget's button and bar."""

    main: Color = "#0b7285"
    letters: Color | None = None
    """Black or white, whichever can be read, when not given."""

    @model_validator(mode="after")
    def _readable(self) -> Self:
        if self.letters is not None and (found := contrast(self.letters, self.main)) < LEAST_CONTRAST:
            raise ValueError(
                f"letters {self.letters} on main {self.main} have a contrast of {found:.1f}, less than "
                f"{LEAST_CONTRAST}; take {ink(self.main)}, or leave 'letters' out"
            )
        if (found := contrast(self.main, "#ffffff")) < LEAST_EDGE:
            raise ValueError(
                f"main {self.main} on a white page has a contrast of {found:.1f}, less than {LEAST_EDGE}; "
                "take a darker colour"
            )
        return self

    @property
    def ink(self) -> str:
        """Colour of letters on the main colour."""
        return self.letters or ink(self.main)


class Service(Content):
    """A place of the clinic where patients are seen."""

    name: Said
    levels: tuple[Level, ...] = Field(min_length=1)
    """Levels of care it gives."""
    address: StrictStr | None = Field(None, max_length=300)
    phone: Phone | None = None
    map: Annotated[StrictStr, Field(pattern=r"^https://[^\s\"'<>]+$", max_length=500)] | None = None
    opening_hours: Hours | None = None
    """The clinic's when not given."""


class HandOver(Content):
    """To whom patients show or read out their summary."""

    to: Said
    phone: Phone | None = None
    key: Annotated[StrictStr, BeforeValidator(_hash)] | None = None
    """Hash of the key with which the clinic opens summaries by their code; the key itself is written nowhere."""


class Clinic(Content):
    """All that a clinic sets."""

    name: Said
    logo: StrictStr | None = None
    """A picture beside the file: .svg, .png, .webp or .jpg."""
    colors: Colors = Field(default_factory=Colors)
    languages: tuple[StrictStr, ...] = LANGUAGES
    """Languages offered on the page, the first one before anything is chosen; Salama reads all of them anyway."""
    time_zone: TimeZone | None = None
    opening_hours: Hours | None = None
    closed_on: tuple[date, ...] = ()
    """Holidays, as 2027-01-11."""
    services: tuple[Service, ...] = ()
    handover: HandOver | None = None
    consent: Said | None = None
    """What patients agree to with this clinic, beside Salama's own notice."""
    allowed_origins: tuple[Annotated[StrictStr, BeforeValidator(_origin)], ...] = ()
    """Web origins of pages that may show the widget and call the API."""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        for language in self.languages:
            if language not in LANGUAGES:
                near = did_you_mean(language, LANGUAGES)
                raise ValueError(f"languages: unknown {language!r}{near}; choose from: {', '.join(LANGUAGES)}")
            if self.consent and not set(nearest(language)) & set(self.consent):
                raise ValueError(f"consent: no text for {language!r}, which is among languages; nobody can agree to it")
        if self.handover and self.handover.key and not self.consent:
            raise ValueError("consent: needed with handover.key; say who can open a summary by its code")
        if not self.languages:
            raise ValueError(f"languages: at least one is needed; choose from: {', '.join(LANGUAGES)}")
        timed = self.opening_hours or any(service.opening_hours for service in self.services)
        if timed and self.time_zone is None:
            raise ValueError("time_zone: needed with opening_hours, such as Africa/Casablanca")
        return self

    def hours(self, service: Service) -> Mapping[Day, tuple[Minutes, ...]] | None:
        """Return the opening hours of a service by day; None when they were not given."""
        return service.opening_hours if service.opening_hours is not None else self.opening_hours

    def places(self, level: Disposition, language: str, now: datetime) -> list[OpenPlace]:
        """Return where a patient with this level may go, those open now first.

        Nobody is sent to a closed door: in an emergency only what is open now counts, and for care today what opens
        again today.

        Args:
            level: The advice.
            language: Written form of the names.
            now: The time, with its zone.
        """
        found = [self._place(service, language, now) for service in self.services if level in service.levels]
        if level.is_emergency:
            found = [place for place in found if place.open is None or place.open == "now"]
        elif level is Disposition.TODAY:
            found = [place for place in found if place.open != "not_today"]
        return sorted(found, key=lambda place: place.open != "now")

    def shut(self, level: Disposition, language: str, now: datetime) -> bool:
        """Whether there are places for a level, and none of them can be gone to in time."""
        return any(level in item.levels for item in self.services) and not self.places(level, language, now)

    def _place(self, service: Service, language: str, now: datetime) -> OpenPlace:
        hours = self.hours(service)
        state: Literal["now", "later_today", "not_today"] | None = None
        at: int | None = None
        if hours is not None and self.time_zone is not None:
            here = now.astimezone(ZoneInfo(self.time_zone))
            minute = here.hour * 60 + here.minute
            spans = () if here.date() in self.closed_on else hours.get(DAYS[here.weekday()], ())
            left = sorted(span for span in spans if minute < span[1])
            state = "not_today" if not left else "now" if left[0][0] <= minute else "later_today"
            at = None if not left else left[0][1] if state == "now" else left[0][0]
        return OpenPlace(
            name=spoken_in(service.name, language),
            address=service.address,
            phone=service.phone,
            map=service.map,
            open=state,
            at=None if at is None else clock(at),
            hours={}
            if hours is None
            else {day: [f"{clock(a)}-{clock(b)}" for a, b in hours.get(day, ())] for day in DAYS},
        )


class OpenPlace(BaseModel):
    """A place to go to, as it stands now."""

    name: str
    address: str | None = None
    phone: str | None = None
    map: str | None = Field(None, description="Address of a map.")
    open: Literal["now", "later_today", "not_today"] | None = Field(None, description="None when no hours are known.")
    at: str | None = Field(None, description="Local time at which it closes (open now) or opens (later today).")
    hours: dict[str, list[str]] = Field(default={}, description="Opening hours by day, `mon` to `sun`; empty: closed.")


def clock(minutes: int) -> str:
    """Return minutes after midnight as `08:30`."""
    return "24:00" if minutes == 24 * 60 else time(minutes // 60, minutes % 60).strftime("%H:%M")
