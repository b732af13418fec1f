"""Letters as the guard compares them: lower case, no accents, one form for each Arabic letter."""

from __future__ import annotations

import unicodedata

_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "`": "'", "œ": "oe", "æ": "ae"})
_ARABIC_VARIANTS = str.maketrans("أإآٱىئؤةگڭکی", "ااااييوهكككي")
_ARABIC_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_TATWEEL = "ـ"


def fold(text: str) -> str:
    """Return text in lower case without accents, Arabic letter variants or doubled spaces."""
    text = unicodedata.normalize("NFKC", text).casefold().translate(_APOSTROPHES).translate(_ARABIC_DIGITS)
    return " ".join(_bare(text).split())


def fold_pattern(pattern: str) -> str:
    """Return a regular expression without accents and Arabic letter variants, like the text it is matched against."""
    return _bare(pattern)


def _bare(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.translate(_ARABIC_VARIANTS))
    return "".join(c for c in decomposed if not unicodedata.combining(c) and c != _TATWEEL)
