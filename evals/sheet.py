"""What a structured case says: the first words of a patient, and the facts that come out when they are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from evals.vignette import Vignette
from knowledge.vocabulary import DispositionName


@dataclass(frozen=True)
class Sheet:
    """A structured case in one language, with its reference and where both come from."""

    id: str
    language: str
    reference: tuple[DispositionName, ...]
    opening: str
    """What the patient says first."""
    facts: tuple[str, ...]
    """What else they know, one sentence each; what does not stand here they do not have."""
    source: str
    author: str
    labelled_by: str
    parallel: str | None = None
    manner: str = "plain"
    tags: tuple[str, ...] = ()
    country: str | None = None
    subject: dict[str, Any] = field(default_factory=dict)

    def vignette(self, said: Sequence[str]) -> Vignette:
        """Return a conversation with this patient as a case with its reference.

        Args:
            said: What the patient wrote, turn by turn.
        """
        return Vignette(
            id=self.id,
            turns=tuple(said),
            reference=self.reference,
            language=self.language,
            parallel=self.parallel,
            tags=self.tags,
            country=self.country,
            subject=self.subject,
            author=self.author,
            source=self.source,
            labelled_by=self.labelled_by,
        )

    def told(self) -> Vignette:
        """Return the case told unasked: the first words, then every fact in a second message."""
        return self.vignette((self.opening, *([" ".join(self.facts)] if self.facts else [])))
