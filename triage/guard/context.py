"""What the guard knows when it judges a sentence."""

from __future__ import annotations

from dataclasses import dataclass, field

from knowledge.vocabulary import Disposition, Polarity
from triage.types import Passage


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

    def labels(self, polarity: Polarity) -> tuple[str, ...]:
        """Return the labels the patient affirmed, or denied."""
        return tuple(item.label for item in self.told if item.polarity is polarity)
