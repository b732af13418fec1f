"""The sounds of Moroccan words in Arabic and in Latin letters.

Vowels are a, i, u, and o for a Latin "o", which may be a short vowel that Arabic letters do not write ("kolchi").
"""

from __future__ import annotations

import re

from triage.folding import fold, script_of

ARABIC = "'"
"""Stands before the sounds of a word in Arabic letters, which write long vowels only."""

_SOUNDS_ARABIC = str.maketrans(
    {
        "ا": "a", "أ": "a", "إ": "a", "آ": "a", "ٱ": "a", "ى": "a", "ة": "a", "و": "u", "ؤ": "u", "ي": "i", "ئ": "i",
        "ی": "i", "ء": "", "ب": "b", "پ": "b", "ت": "t", "ث": "t", "ط": "T", "ج": "j", "ح": "h", "ه": "h", "ھ": "h",
        "خ": "x", "د": "d", "ذ": "d", "ض": "d", "ظ": "d", "ر": "r", "ز": "z", "س": "s", "ص": "s", "ش": "c", "ع": "3",
        "غ": "G", "ف": "f", "ڤ": "f", "ڥ": "f", "ق": "q", "ك": "k", "ک": "k", "گ": "g", "ڭ": "g", "چ": "c", "ل": "l",
        "م": "m", "ن": "n",
    }
)  # fmt: skip
_PAIRS = (
    ("tch", "t\x00"), ("ch", "\x00"), ("sh", "\x00"), ("kh", "x"), ("gh", "G"), ("dj", "j"), ("ph", "f"), ("ou", "u"),
    ("oo", "u"), ("qu", "k"),
)  # fmt: skip
_SOUNDS_LATIN = str.maketrans(
    {"5": "x", "7": "h", "9": "q", "8": "h", "6": "t", "2": "", "w": "u", "y": "i", "e": "", "p": "b", "v": "f",
     "'": ""}
)  # fmt: skip
_SOFT_C = re.compile(r"c(?=[eiy])")
_DOUBLED = re.compile(r"(.)\1+")
_VOWELS = re.compile(r"[aiuo]")
_ARTICLE_ARABIC = re.compile(r"^(?:و|ف|ب|ك|د)?ال(?=..)(?!تش$)|^لل(?=..)")
"""The article with what is glued before it; "بالتش" (she did not pass water) is a whole verb."""
_HIS = re.compile(r"(?<=...)(?<!الل)ه$")
"""A final ه is "his", which Latin letters write -o; not in the name of God: "والله" is not "walo" (nothing)."""
_ARTICLE_LATIN = re.compile(r"^(?:[ea]l|l)-?(?=[^aeiouylh])")
_BEFORE_ARTICLE = 2


def sounds(text: str) -> str:
    """Return the sounds of a word without its article, which would hide the first sound; Arabic letters are marked."""
    if script_of(text) == "arabic":
        text = _HIS.sub("و", text)
        word = fold(_ARTICLE_ARABIC.sub("", text).translate(_SOUNDS_ARABIC))
        word = word if consonants(word) >= _BEFORE_ARTICLE else fold(text.translate(_SOUNDS_ARABIC))
        return ARABIC + _DOUBLED.sub(r"\1", word) if word else ""
    word = fold(text)
    bare = _latin(_ARTICLE_LATIN.sub("", word))
    return bare if consonants(bare) >= _BEFORE_ARTICLE else _latin(word)


EMPHATIC = "T"
"""The ط of Arabic letters: no Arabic word is another for its ت ("تحت" is under, "طحت" is I fell), Latin "t" is both."""


def skeleton(word: str) -> str:
    """Return the consonants of sounds."""
    return _VOWELS.sub("", word)


def consonants(word: str) -> int:
    """Return how many consonants there are."""
    return len(_VOWELS.sub("", word))


def _latin(word: str) -> str:
    if word.isdigit():
        return word
    # \x00 stands for "sh" until a plain "c" has become "k" or "s".
    for pair, sound in _PAIRS:
        word = word.replace(pair, sound)
    word = _SOFT_C.sub("s", word).replace("c", "k").replace("\x00", "c")
    # "bebe" keeps both its b: doubled letters meet before the "e" between others goes.
    return _DOUBLED.sub(r"\1", word).translate(_SOUNDS_LATIN)
