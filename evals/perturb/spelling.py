"""How a message is typed: letters, capitals, punctuation, spaces, script."""

from __future__ import annotations

import re
import unicodedata
from random import Random

from evals.perturb.words import Words

_READ_ALOUD = (
    (re.compile(r"(?<!\w)al(?=\w{2})"), "l"),
    (re.compile(r"(?<=\w)y(?![aeiou])"), "i"),
    (re.compile(r"(?<=[^\Waeiouw])w(?![aeiouw])(?=\w)"), "ou"),
)
"""Letters that stand for vowels between consonants, and the article."""


def swap_letters(text: str, words: Words, chance: Random) -> str:
    """Swap two neighbouring letters in one long word."""
    parts = text.split(" ")
    long = [place for place, word in enumerate(parts) if len(word) >= 7 and word.isalpha()]
    if long:
        place = chance.choice(long)
        word = parts[place]
        at = chance.randrange(2, len(word) - 3)
        parts[place] = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return " ".join(parts)


def drop_punctuation(text: str, words: Words, chance: Random) -> str:
    """Remove commas, full stops and apostrophes, but not those inside numbers."""
    return re.sub(r"(?<!\d)[.,;:!?،؟'’]|[.,;:!?،؟'’](?!\d)", "", text)


def shout(text: str, words: Words, chance: Random) -> str:
    """Write everything in capitals."""
    return text.upper()


def stretch(text: str, words: Words, chance: Random) -> str:
    """Stretch a vowel of one word, as in "sooo"."""
    found = list(re.finditer(r"[aeiouyاوي](?=\w)", text))
    if not found:
        return text
    at = chance.choice(found).start()
    return text[:at] + text[at] * 3 + text[at + 1 :]


def strip_accents(text: str, words: Words, chance: Random) -> str:
    """Leave out accents and vowel marks."""
    parts = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(sign for sign in parts if unicodedata.category(sign) != "Mn"))


def double_spaces(text: str, words: Words, chance: Random) -> str:
    """Put spaces and line breaks between words."""
    return text.replace(" ", "  ", 3).replace(", ", ",\n")


def transliterate(text: str, words: Words, chance: Random) -> str:
    """Write Arabic letters in Latin ones, without the vowels that nobody writes."""
    if not words.letters:
        return text
    latin = "".join(words.letters.get(sign, sign) for sign in text)
    for pattern, instead in _READ_ALOUD:
        latin = pattern.sub(instead, latin)
    return latin
