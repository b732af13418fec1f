"""What a structured case says: the first words of a patient, and the facts that come out when they are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evals.vignette import Vignette


@dataclass(frozen=True)
class Sheet:
    """A structured case in one language."""

    case: Vignette
    """The case as it begins: its only turn is what the patient says first."""
    facts: tuple[str, ...]
    """What else they know, one sentence each; what does not stand here they do not have."""
    manner: str = "plain"

    @property
    def language(self) -> str:
        """The written form."""
        return self.case.language

    @property
    def opening(self) -> str:
        """What the patient says first."""
        return self.case.turns[0]

    def vignette(self, said: Sequence[str]) -> Vignette:
        """Return a conversation with this patient as a case with its reference.

        Args:
            said: What the patient wrote, turn by turn.
        """
        return self.case.model_copy(update={"turns": tuple(said)})

    def told(self) -> Vignette:
        """Return the case told unasked: the first words, then every fact in a second message."""
        return self.vignette((self.opening, *([" ".join(self.facts)] if self.facts else [])))
