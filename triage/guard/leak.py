"""Does it repeat the instructions that the model was given?"""

from __future__ import annotations

import re

from triage.guard.letters import fold

SHARED_WORDS = 7
"""So many words in a row are no accident; shorter runs occur in any two texts on one subject."""

_WORD = re.compile(r"[^\W_]+")


def repeats(sentence: str, instructions: str) -> bool:
    """Whether a sentence has seven words in a row from the instructions, or is a line of them."""
    said = _WORD.findall(fold(sentence))
    given = _WORD.findall(fold(instructions))
    length = min(SHARED_WORDS, max(len(said), 4))
    runs = {tuple(given[i : i + length]) for i in range(len(given) - length + 1)}
    return any(tuple(said[i : i + length]) in runs for i in range(len(said) - length + 1))
