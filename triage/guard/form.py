"""Is it one short sentence of plain text?"""

from __future__ import annotations

import re
import unicodedata

MOST_CHARACTERS = 320
MOST_WORDS = 55

_PUNCTUATION = frozenset(" .,;:!?'’\"«»“”()-–—%°/…؟،؛\u00a0\u202f")
_ADDRESS = re.compile(
    r"://|www\.|\b\S+@\S+|\b[\w-]+\.(?:com|org|net|info|io|ru|cn|fr|ma|uk|eu|de|es|html?|php|me|co|app|xyz)\b"
    r"|\b(?:dot|point) (?:com|org|net|fr|ma)\b|\bhttps?\b",
    re.IGNORECASE,
)
_LONG_NUMBER = re.compile(r"(?:\d[\s().\-/]*){6,}")


def fault(sentence: str) -> str | None:
    """Return what is wrong with the form of a sentence, or None.

    Only letters, digits and ordinary punctuation pass: no markup, no links, no invisible characters, nothing a page
    could load or run, and no telephone number, since numbers come from the services of a country only.
    """
    if not any(character.isalpha() for character in sentence):
        return "empty"
    if len(sentence) > MOST_CHARACTERS or len(sentence.split()) > MOST_WORDS:
        return "too_long"
    if _ADDRESS.search(sentence):
        return "address"
    for character in unicodedata.normalize("NFC", sentence):
        if not (character.isalnum() or character in _PUNCTUATION or "\u064b" <= character <= "\u0652"):
            return "characters"
    if _LONG_NUMBER.search(sentence):
        return "long_number"
    return None
