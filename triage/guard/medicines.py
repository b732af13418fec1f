"""Does it name a medicine that no passage names?"""

from __future__ import annotations

from collections.abc import Iterable

from triage.guard.language_pack import LanguagePack
from triage.guard.letters import fold
from triage.guard.words import same_word
from triage.types import Passage


def is_unsupported(sentence: str, passages: Iterable[Passage], pack: LanguagePack) -> bool:
    """Whether a sentence names a medicine that is in none of the passages."""
    named = set(pack.medicine_names.findall(fold(sentence)))
    if not named:
        return False
    known = {name for passage in passages for name in pack.medicine_names.findall(fold(passage.text))}
    return any(not any(same_word(name, other, pack) for other in known) for name in named)
