"""A sentence encoder's opinion on support: a second lock behind the words, never a key of its own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Protocol

from triage.guard.words import units
from triage.types import Passage

LEAST_NEARNESS = {"multilingual-e5-small-q4": 0.92}
"""Dot product below which every cited sentence is too far from a draft, by encoder: just below the farthest good draft
of the guard suite, as `salama eval guard --nearness` prints it. A lost negation or a changed number comes nearer."""


class SentenceVectors(Protocol):
    """What is needed of an encoder; `triage.retrieval.Encoder` has it."""

    @property
    def id(self) -> str:
        """Names the encoder."""

    @property
    def languages(self) -> frozenset[str]:
        """Languages it was found to understand."""

    def encode_passages(self, texts: Sequence[str]) -> Any:
        """Return one unit vector a row."""


class Nearness:
    """Refuses a draft that is far in meaning from every sentence it cites.

    Encoders hear the subject well and a negation or a number badly, so nearness alone proves nothing and only ever
    refuses.
    """

    def __init__(self, encoder: SentenceVectors, least: float) -> None:
        """Wrap an encoder.

        Args:
            encoder: Makes unit vectors.
            least: Dot product that a draft must reach.
        """
        self._encoder = encoder
        self.least = least
        self._vectors = lru_cache(maxsize=512)(self._encode)

    def supports(self, sentence: str, passages: Sequence[Passage]) -> bool:
        """Whether a sentence is near enough to one that it cites; languages the encoder does not know pass."""
        known = [passage for passage in passages if passage.language in self._encoder.languages]
        return not known or self.nearest(sentence, known) >= self.least

    def nearest(self, sentence: str, passages: Sequence[Passage]) -> float:
        """Return the dot product of a sentence with the nearest one of the passages."""
        texts = [text for passage in passages for text in units(passage.text)]
        vector = self._encoder.encode_passages([sentence])[0]
        return max((float(vector @ self._vectors(text)) for text in texts), default=0.0)

    def _encode(self, text: str) -> Any:
        return self._encoder.encode_passages([text])[0]


def measured_nearness(encoder: SentenceVectors) -> Nearness | None:
    """Return the opinion of an encoder, or None when no threshold was measured with it."""
    least = LEAST_NEARNESS.get(encoder.id)
    return None if least is None else Nearness(encoder, least)
