"""Letters that are the same to a reader (accents, repeated letters, Arabic letter shapes), and the script of a word."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

MARKS = r"\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u00ad\u2060\ufeff"
"""What may stand inside a word and is no letter, as ranges: accents, diacritics, tatweel, signs of no width."""
APOSTROPHES = "’ʼ´`‘"
"""What phones and people put for an apostrophe."""

_MARKS = re.compile(f"[{MARKS}]")
_APOSTROPHES = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))
_LATIN = re.compile(r"[a-zà-öø-ɏ]", re.IGNORECASE)
_ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_RUN = re.compile(r"([^\W\d])\1{2,}")
_ARABIC_LETTERS = str.maketrans(
    {
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ی": "ي", "ې": "ي", "ؤ": "و", "ة": "ه",
        "ک": "ك", "گ": "ك", "ڭ": "ك", "پ": "ب", "ڤ": "ف", "ڥ": "ف", "چ": "ش", "ھ": "ه", "ہ": "ه",
    }
)  # fmt: skip
_SHORT_WITH_HAMZA = re.compile(r"[وف]?[بكل]?(?:ال)?..ء$")
_LATIN_EXTRA = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ı": "i"})


def fold(word: str) -> str:
    """Return a case-folded word without accents, tatweel and long runs of one letter, with one kind of apostrophe."""
    if word.isascii():
        return _RUN.sub(r"\1\1", word) if _RUN.search(word) else word
    word = unicodedata.normalize("NFD", word.translate(_APOSTROPHES).translate(_LATIN_EXTRA))
    return _RUN.sub(r"\1\1", _MARKS.sub("", word))


def fold_arabic(word: str) -> str:
    """Return an Arabic word with one shape for each letter and no diacritics.

    The hamza goes too, save where it is what keeps a short word apart from another (ماء is water, ما is "not").
    """
    word = _MARKS.sub("", word).translate(_ARABIC_LETTERS)
    if "ء" in word and not _SHORT_WITH_HAMZA.match(word):
        word = word.replace("ء", "")
    return _RUN.sub(r"\1\1", word) if _RUN.search(word) else word


def script_of(text: str) -> Literal["latin", "arabic", ""]:
    """Return the script of the letters of a word; none for digits and other scripts."""
    if not text.isascii() and _ARABIC.search(text):
        return "arabic"
    return "latin" if _LATIN.search(text) else ""


def shortest(word: str) -> str:
    """Return a word with one letter for each run of three or more ("pluuus" is "plus")."""
    return _RUN.sub(r"\1", word)


def single(word: str) -> str:
    """Return a word with every doubled letter single ("heeelp" and "help" meet here)."""
    return re.sub(r"(.)\1+", r"\1", word)
