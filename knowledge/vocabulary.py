"""The closed sets every part of Salama shares; ordered where the order matters."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum, StrEnum
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer

LANGUAGES = ("en", "fr", "ar", "ary", "ary-Latn")
"""Written forms Salama reads and writes, as BCP 47 tags; `ary` is Moroccan Darija in Arabic script."""

READ_AS_WELL = {"ary": ("ar",), "ary-Latn": ("fr",)}
"""Whose articles serve where Darija has none: Arabic for Arabic script, French for Latin letters."""

RIGHT_TO_LEFT = frozenset({"ar", "ary"})


def nearest(language: str) -> tuple[str, ...]:
    """Return a written form and those that its readers read as well, the nearest first."""
    return (language, *READ_AS_WELL.get(language, ()))


def spoken_in(texts: Mapping[str, str], language: str) -> str:
    """Return the text of a language, else of the one nearest to it, else the English one, else any; needs one text."""
    return next((texts[tag] for tag in (*nearest(language), "en") if tag in texts), next(iter(texts.values())))


class Disposition(IntEnum):
    """Advised level of care; larger is more urgent, so `max()` is the floor."""

    SELF_CARE = 1
    ROUTINE = 2
    SOON = 3
    TODAY = 4
    EMERGENCY_DEPARTMENT = 5
    AMBULANCE = 6

    @property
    def is_emergency(self) -> bool:
        """Whether the person needs hospital care now (levels 5 and 6)."""
        return self >= Disposition.EMERGENCY_DEPARTMENT

    @classmethod
    def parse(cls, value: object) -> Disposition:
        """Return the disposition called `value`, a lower-case name as in content and JSON.

        Raises:
            ValueError: `value` is not one of the six names.
        """
        if isinstance(value, cls):
            return value
        try:
            return cls[value.upper()] if isinstance(value, str) and value.islower() else cls[""]
        except KeyError:
            names = ", ".join(level.name.lower() for level in cls)
            raise ValueError(f"unknown disposition {value!r}; choose one of: {names}") from None


DispositionName = Annotated[
    Disposition,
    BeforeValidator(Disposition.parse),
    PlainSerializer(lambda level: level.name.lower(), return_type=str),
]
"""A `Disposition` that is written by name in content, JSON and storage."""


def is_under_triage(advised: Disposition, reference: Disposition) -> bool:
    """Whether the advice is less urgent than the reference."""
    return advised < reference


def is_over_triage(advised: Disposition, reference: Disposition) -> bool:
    """Whether the advice is more urgent than the reference."""
    return advised > reference


class Polarity(StrEnum):
    """Whether a finding is said to be there; POSSIBLE meets `present`, never `absent`."""

    AFFIRMED = "affirmed"
    NEGATED = "negated"
    POSSIBLE = "possible"


class Experiencer(StrEnum):
    """Who has the finding, relative to the subject of the encounter (not to the author)."""

    SUBJECT = "subject"
    FAMILY = "family"
    OTHER = "other"


class Temporality(StrEnum):
    """When a finding holds; only CURRENT counts for rules."""

    CURRENT = "current"
    HISTORICAL = "historical"
    HYPOTHETICAL = "hypothetical"
