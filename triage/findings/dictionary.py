"""Frequent words of the written languages, so that an everyday word is never taken for a misspelt symptom.

The lists come with pyspellchecker (MIT); we use only its words, not its corrections. Darija has no such list.
"""

from __future__ import annotations

from functools import lru_cache

_LISTED = frozenset({"en", "fr", "ar"})
_FREQUENT = 300
"""Occurrences in the list's own corpus: keeps about 50,000 words a language and leaves out what others misspelt."""


@lru_cache(maxsize=8)
def frequent_words(language: str) -> tuple[str, ...]:
    """Return the frequent words of a language, none for a language without a list."""
    if language not in _LISTED:
        return ()
    from spellchecker import SpellChecker

    counts = SpellChecker(language=language).word_frequency.dictionary
    return tuple(word for word, count in counts.items() if count >= _FREQUENT and len(word) >= 4)
