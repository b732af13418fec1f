"""Perturbations of messages that must not change the level: typos, missing punctuation, capitals, filler, order, voice.

Each is deterministic by seed. They are mechanical on purpose; what a human would write differently belongs in a suite.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from evals.metrics import ORDER
from evals.vignette import Vignette, group_of
from knowledge.vocabulary import Disposition

Perturb = Callable[[str, str, random.Random], str]

_FILLER = {
    "en": ("um so ", "hi sorry to bother you, ", "please help, "),
    "fr": ("euh alors ", "bonjour désolé de déranger, ", "svp aidez-moi, "),
    "ar": ("السلام عليكم ", "من فضلكم ", "عذرا على الإزعاج "),
    "ary": ("السلام عليكم ", "عافاك ", "سمحو ليا "),
    "ary-Latn": ("salam ", "3afak ", "sm7o liya "),
}
_FEELING = {
    "en": " I'm so damn scared!!",
    "fr": " j'ai super peur!!",
    "ar": " أنا خائف جدا!!",
    "ary": " خايف بزاف!!",
    "ary-Latn": " khayef bzzaf!!",
}


def swap_letters(text: str, language: str, chance: random.Random) -> str:
    """Swap two neighbouring letters in one long word."""
    words = text.split(" ")
    long = [place for place, word in enumerate(words) if len(word) >= 7 and word.isalpha()]
    if long:
        place = chance.choice(long)
        word = words[place]
        at = chance.randrange(2, len(word) - 3)
        words[place] = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return " ".join(words)


def drop_punctuation(text: str, language: str, chance: random.Random) -> str:
    """Remove commas, full stops and apostrophes, but not those inside numbers."""
    return re.sub(r"(?<!\d)[.,;:!?،؟]|[.,;:!?،؟](?!\d)", "", text)


def shout(text: str, language: str, chance: random.Random) -> str:
    """Write everything in capitals."""
    return text.upper()


def add_filler(text: str, language: str, chance: random.Random) -> str:
    """Begin with a polite or hesitant filler."""
    return chance.choice(_FILLER[language]) + text


def add_feeling(text: str, language: str, chance: random.Random) -> str:
    """End with fear in colourful words."""
    return text + _FEELING[language]


def stretch(text: str, language: str, chance: random.Random) -> str:
    """Stretch a vowel of one word, as in "sooo"."""
    found = list(re.finditer(r"[aeiouyاوي](?=\w)", text))
    if not found:
        return text
    at = chance.choice(found).start()
    return text[:at] + text[at] * 3 + text[at + 1 :]


def strip_accents(text: str, language: str, chance: random.Random) -> str:
    """Leave out accents and vowel marks."""
    parts = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(sign for sign in parts if unicodedata.category(sign) != "Mn"))


def double_spaces(text: str, language: str, chance: random.Random) -> str:
    """Put spaces and line breaks between words."""
    return text.replace(" ", "  ", 3).replace(", ", ",\n")


PERTURBATIONS: dict[str, Perturb] = {
    "swapped letters": swap_letters,
    "no punctuation": drop_punctuation,
    "capitals": shout,
    "filler": add_filler,
    "feeling": add_feeling,
    "stretched": stretch,
    "no accents": strip_accents,
    "spaces": double_spaces,
}


@dataclass(frozen=True)
class Flip:
    """A level that changed under a perturbation."""

    vignette: Vignette
    perturbation: str
    before: Disposition
    after: Disposition

    @property
    def is_downward_on_emergency(self) -> bool:
        """Whether an emergency was no longer advised as one."""
        return self.before.is_emergency and not self.after.is_emergency


def perturbed(vignettes: Iterable[Vignette], seed: int) -> Iterator[tuple[str, Vignette, Vignette]]:
    """Yield (perturbation, original, changed vignette) for every change that changes anything."""
    for vignette in vignettes:
        for name, perturb in PERTURBATIONS.items():
            chance = random.Random(f"{seed}:{vignette.id}:{name}")  # noqa: S311 - reproducible, not secret
            turns = tuple(perturb(text, vignette.language, chance) for text in vignette.turns)
            if turns != vignette.turns:
                yield name, vignette, vignette.model_copy(update={"turns": turns})


def flips(
    advise: Callable[[Vignette], Disposition], vignettes: Iterable[Vignette], seed: int = 1
) -> tuple[int, list[Flip]]:
    """Return how many perturbed cases were tried, and every one whose level of three changed.

    Args:
        advise: The advice for a vignette.
        vignettes: The cases to change.
        seed: Seed of all random choices.
    """
    before: dict[str, Disposition] = {}
    found: list[Flip] = []
    tried = 0
    for name, original, changed in perturbed(vignettes, seed):
        if original.id not in before:
            before[original.id] = advise(original)
        after = advise(changed)
        tried += 1
        if ORDER[group_of(after)] != ORDER[group_of(before[original.id])]:
            found.append(Flip(original, name, before[original.id], after))
    return tried, found
