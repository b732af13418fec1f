"""Frequent words of the written languages, so that an everyday word is never taken for a misspelt symptom.

The lists come with pyspellchecker (MIT); we use only its words, not its corrections. Darija has no such list, and none
is needed: its words are never corrected. The list is read as it lies there: what else the package counts, at every
start, we never ask for.
"""

from __future__ import annotations

import gzip
import json
from functools import lru_cache
from importlib.resources import files

from triage.folding import fold, fold_arabic

_FOLDED_BY = {"en": fold, "fr": fold, "ar": fold_arabic}
_FREQUENT = 300
"""Occurrences in the list's own corpus: keeps some 30,000 words a language and leaves out what others misspelt."""
_SHORTEST = 4


@lru_cache(maxsize=8)
def frequent_words(language: str) -> frozenset[str]:
    """Return the folded frequent words of a language, none for a language without a list."""
    folded = _FOLDED_BY.get(language)
    if folded is None:
        return frozenset()
    packed = files("spellchecker").joinpath("resources", f"{language}.json.gz").read_bytes()
    counts: dict[str, int] = json.loads(gzip.decompress(packed))
    return frozenset(folded(word) for word, count in counts.items() if count >= _FREQUENT and len(word) >= _SHORTEST)
