"""Is it in the patient's language and script?"""

from __future__ import annotations

import re

from triage.guard.language_pack import LanguagePack
from triage.guard.letters import fold

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_ARABIC_LANGUAGES = frozenset({"ar", "ary"})


def fault(sentence: str, language: str, packs: dict[str, LanguagePack]) -> str | None:
    """Return why a sentence is not in `language`, or None.

    The script is certain; between languages of one script the frequent words are counted, and the sentence is refused
    when another language has clearly more of them.
    """
    words = _WORD.findall(fold(sentence))
    arabic = sum(1 for word in words if "\u0600" <= word[0] <= "\u06ff")
    latin = sum(1 for word in words if word.isascii())
    wanted, others = (arabic, len(words) - arabic) if language in _ARABIC_LANGUAGES else (latin, len(words) - latin)
    if others > wanted or (language not in _ARABIC_LANGUAGES and others):
        return "script"
    counts = {tag: sum(1 for word in words if word in pack.telling) for tag, pack in packs.items()}
    rivals = {
        tag: count for tag, count in counts.items() if (tag in _ARABIC_LANGUAGES) == (language in _ARABIC_LANGUAGES)
    }
    most = max(rivals.values(), default=0)
    return "other_language" if most >= 2 and most > 1.5 * rivals.get(language, 0) else None
