"""Does it say what must never be said: a diagnosis, a dose, a promise, or something calmer than the card?"""

from __future__ import annotations

from knowledge.vocabulary import Disposition
from triage.guard.language_pack import Check, ClaimRule, LanguagePack
from triage.guard.letters import fold


def broken_rule(sentence: str, check: Check, disposition: Disposition, pack: LanguagePack) -> str | None:
    """Return the id of the first rule of a check that a sentence breaks at this level, or None."""
    folded = fold(sentence)
    for rule in pack.rules:
        if rule.check == check and disposition >= rule.from_level and _breaks(folded, rule):
            return rule.id
    return None


def _breaks(folded: str, rule: ClaimRule) -> bool:
    if not any(pattern.search(folded) for pattern in rule.compiled):
        return False
    return not any(pattern.search(folded) for pattern in rule.exceptions)
