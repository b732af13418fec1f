"""Can it be read by somebody who is tired, frightened and left school early?"""

from __future__ import annotations

import re

from triage.guard.language_pack import LanguagePack
from triage.guard.letters import fold

MOST_WORDS = 28
"""Words of a sentence. A sentence that stands word for word in a passage is not judged by this check."""

MOST_HARD_WORDS = 0.2
"""Share of long words above which a sentence is above grade 6."""

_WORD = re.compile(r"[^\W\d_]+")


def fault(sentence: str, pack: LanguagePack) -> str | None:
    """Return why a sentence is too hard to read, or None.

    Words are measured by their letters, since syllables cannot be counted in all five written forms.
    """
    words = _WORD.findall(fold(sentence))
    if len(words) > MOST_WORDS:
        return "too_many_words"
    hard = sum(1 for word in words if len(word) >= pack.hard_letters)
    return "hard_words" if hard >= 2 and hard > MOST_HARD_WORDS * len(words) else None
