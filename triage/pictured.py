"""What a tapped picture of the body says: our words, not the patient's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product


def pain_told(text: Mapping[str, str], part: str, strength: str) -> str:
    """Return what a picture of a part of the body with the face of a strength of pain says.

    Args:
        text: Fixed sentences of a language.
        part: Where it hurts, by a key `body_...`.
        strength: How much, by a key `pain_...`.
    """
    return text["pain_told"].format(where=text[f"body_{part}"], how=text[f"pain_{strength}"])


def all_told(text: Mapping[str, str]) -> Iterator[str]:
    """Yield what the pictures say in a language, for each part and each strength of pain."""
    parts = [key.removeprefix("body_") for key in text if key.startswith("body_")]
    strengths = [key.removeprefix("pain_") for key in text if key.startswith("pain_") and key != "pain_told"]
    for part, strength in product(parts, strengths):
        yield pain_told(text, part, strength)
