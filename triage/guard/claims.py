"""Does it say what must never be said: a diagnosis, a dose, a promise, or something calmer than the card?"""

from __future__ import annotations

import re

from knowledge.vocabulary import Disposition
from triage.guard.language_pack import Check, ClaimRule, LanguagePack
from triage.guard.letters import fold

_LETTERS = re.compile(r"[^\W\d_]+")


def broken_rule(
    sentence: str, check: Check, disposition: Disposition, pack: LanguagePack, *, reviewed: bool = False
) -> str | None:
    """Return the id of the first rule of a check that a sentence breaks at this level, or None.

    Args:
        sentence: One sentence.
        check: The check whose rules count.
        disposition: Level on the card.
        pack: The language.
        reviewed: Only the rules that hold for reviewed sentences as well.
    """
    folded = fold(sentence)
    forms = {folded, _LETTERS.sub(lambda word: pack.numbers.get(word.group(), word.group()), folded)}
    for rule in pack.rules:
        holds = disposition >= rule.from_level and (rule.below_level is None or disposition < rule.below_level)
        counts = rule.check == check and holds and (rule.reviewed_too or not reviewed)
        if counts and any(_breaks(form, rule) for form in forms):
            return rule.id
    return None


def says_writer_is_ill(sentence: str, pack: LanguagePack) -> bool:
    """Whether a kind word makes a patient of who writes: to a mother, "you feel ill" is about the wrong person."""
    folded = fold(sentence)
    return any(pattern.search(folded) for pattern in pack.of_writer)


def _breaks(folded: str, rule: ClaimRule) -> bool:
    if not any(pattern.search(folded) for pattern in rule.compiled):
        return False
    return not any(pattern.search(folded) for pattern in rule.exceptions)
