"""What the guard knows when it judges a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from knowledge.vocabulary import Disposition, Polarity
from triage.types import Passage


class Support(Protocol):
    """A second opinion on support, e.g. of a sentence encoder; it can refuse what the words allow, never allow more."""

    def supports(self, sentence: str, passages: Sequence[Passage]) -> bool:
        """Whether a sentence is near enough to some sentence of the passages it cites."""


@dataclass(frozen=True, slots=True)
class Told:
    """Something the patient told us, in the short words of their language."""

    label: str
    polarity: Polarity


@dataclass(frozen=True, slots=True)
class Context:
    """The turn that a drafted sentence belongs to."""

    disposition: Disposition
    """Level on the card; no sentence may be calmer."""
    language: str
    passages: tuple[Passage, ...]
    """The only things a clinical sentence may say."""
    told: tuple[Told, ...] = field(default=())
    instructions: str = ""
    """Text of the prompt that must not come back in a reply."""
    of_another: bool = False
    """Whether who writes is not who is ill."""
    support: Support | None = None
    """The second opinion, where there is one."""

    def labels(self, polarity: Polarity) -> tuple[str, ...]:
        """Return the labels the patient affirmed, or denied."""
        return tuple(item.label for item in self.told if item.polarity is polarity)
