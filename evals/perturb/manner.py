"""How a message is put: filler, fear, hesitation, colour, order of sentences."""

from __future__ import annotations

import re
from random import Random

from evals.perturb.words import Words

_SENTENCE = re.compile(r"(?<=[.!?؟])\s+|\n+")


def add_filler(text: str, words: Words, chance: Random) -> str:
    """Begin with a polite or hesitant filler."""
    return chance.choice(words.fillers) + text


def add_feeling(text: str, words: Words, chance: Random) -> str:
    """End with fear."""
    return text + chance.choice(words.feelings)


def accompany(text: str, words: Words, chance: Random) -> str:
    """Put an everyday remark in front and another one behind."""
    return chance.choice(words.remarks_before) + text.rstrip(" .?!؟") + chance.choice(words.remarks_after)


def hesitate(text: str, words: Words, chance: Random) -> str:
    """Play it down at the beginning and at the end."""
    return chance.choice(words.hedges) + text.rstrip(" .") + chance.choice(words.hedge_ends)


def colour(text: str, words: Words, chance: Random) -> str:
    """Swear at the beginning and after a comma."""
    return chance.choice(words.colours) + text.replace(", ", f", {chance.choice(words.colours)}", 1)


def reorder(text: str, words: Words, chance: Random) -> str:
    """Tell the sentences in another order."""
    sentences = [part for part in _SENTENCE.split(text) if part.strip()]
    if len(sentences) < 2:
        return text
    changed = sentences
    while changed == sentences:
        changed = chance.sample(sentences, len(sentences))
    ended = [part if part[-1] in ".!?؟" else f"{part}." for part in changed]
    return " ".join(ended)
