"""Simulated patients: rule-driven from structured cases, the same for the same seed, for any system that talks.

They answer what they are asked and nothing else, so they measure whether a system asks what matters. Real patients are
harder: simulated ones overstate how well a system does (Bean et al., Nat Med 2026).
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict

from evals.scorers import plain
from evals.vignette import Vignette
from knowledge.vocabulary import LANGUAGES, DispositionName

Words = dict[str, str]


class PatientCase(BaseModel):
    """What a patient says first, has and hides until asked, and which advice would be right."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    reference: tuple[DispositionName, ...]
    opening: Words
    hides: tuple[str, ...] = ()
    """Topics of `topics.yaml` that the patient has and tells when a question names them."""
    subject: dict[str, Any] = {}


@dataclass
class Patient:
    """One patient in one written form and manner; `told` are the topics that were asked out of them."""

    case: PatientCase
    language: str
    manner: str
    country: str | None = "MA"

    def __post_init__(self) -> None:
        self.told: list[str] = []
        self._asked = 0

    @property
    def id(self) -> str:
        """Case, form and manner."""
        return f"{self.case.id}.{self.language}.{self.manner}"

    @property
    def hidden(self) -> int:
        """How many topics have to be asked for."""
        return len(self.case.hides)

    def first(self) -> str:
        """Return the first message."""
        return self._spoken(self.case.opening[self.language])

    def answer(self, question: str) -> str | None:
        """Return what the patient says to a reply, None when nothing was asked or their patience is at an end.

        Args:
            question: What the system said last.
        """
        if not asks(question):
            return None
        self._asked += 1
        texts = _data("manners.yaml")
        patience = texts["manners"][self.manner]["patience"]
        if self._asked > patience:
            return None if self._asked > patience + 1 else gives_up(self.language)
        said = plain(question)
        asked = [topic for topic in self.case.hides if topic not in self.told and self._names(topic, said)]
        self.told += asked
        if asked:
            topics = _data("topics.yaml")
            return self._spoken(". ".join(topics[topic]["has"][self.language] for topic in asked))
        return str(texts["none"][self.language])

    def vignette(self, said: Sequence[str]) -> Vignette:
        """Return the conversation as a case with its reference."""
        return Vignette(
            id=self.id,
            turns=tuple(said),
            reference=self.case.reference,
            language=self.language,
            parallel=self.case.id,
            tags=("simulated", self.manner),
            country=self.country,
            subject=self.case.subject,
            **about(),
        )

    def _names(self, topic: str, said: str) -> bool:
        """Whether a question names a topic, in any written form: some systems answer in another one."""
        forms = _data("topics.yaml")[topic]["words"]
        return any(plain(word) in said for words in forms.values() for word in words)

    def _spoken(self, text: str) -> str:
        manner = _data("manners.yaml")["manners"][self.manner]
        empty: Words = {}
        before, after = (manner.get(place, empty).get(self.language, "") for place in ("before", "after"))
        return f"{before}{text}{after}"


def patients(seed: int = 1) -> Iterator[Patient]:
    """Yield every case in every written form, in a manner that the seed chooses."""
    manners = sorted(_data("manners.yaml")["manners"])
    for raw in _data("cases.yaml")["cases"]:
        case = PatientCase.model_validate(raw)
        for language in LANGUAGES:
            chance = random.Random(f"{seed}:{case.id}:{language}")  # noqa: S311 - reproducible, not secret
            yield Patient(case, language, chance.choice(manners))


def asks(reply: str) -> bool:
    """Whether a reply asks something; a patient answers nothing else."""
    return "?" in reply or "؟" in reply


def gives_up(language: str) -> str:
    """Return what a patient says whose patience is at an end."""
    said: Words = _data("manners.yaml")["gives_up"]
    return said[language]


def facts_of(patient: Patient) -> tuple[str, ...]:
    """Return what a patient says of each topic that they hide."""
    topics = _data("topics.yaml")
    return tuple(topics[topic]["has"][patient.language] for topic in patient.case.hides)


def about() -> dict[str, str]:
    """Return who wrote the cases, from what, and who labelled them."""
    table = _data("cases.yaml")
    return {key: table[key] for key in ("author", "source", "labelled_by")}


@cache
def _data(name: str) -> dict[str, Any]:
    table: dict[str, Any] = yaml.safe_load(files("evals.patients").joinpath(name).read_text(encoding="utf-8"))
    return table
