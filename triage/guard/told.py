"""Does it say of the person what they did not tell us, or the contrary of what they did?"""

from __future__ import annotations

import re

from knowledge.vocabulary import Polarity
from triage.guard.context import Context
from triage.guard.language_pack import LanguagePack
from triage.guard.words import rewrite, same_word, tokens

_CLAUSE_END = re.compile(r"[,;:.!?؟،؛]")


def fault(sentence: str, context: Context, pack: LanguagePack) -> tuple[str, str] | None:
    """Return (check, reason) when a sentence tells the person what they have or have not, beyond their own words.

    "You have pneumonia" is a diagnosis, "you have a fever" is one too unless they said so, and "you have no fever"
    contradicts somebody who does. A condition ("if you have a fever") asserts nothing.
    """
    folded = rewrite(sentence, pack)
    affirmed = [tokens(label, pack) for label in context.labels(Polarity.AFFIRMED)]
    denied = [tokens(label, pack) for label in context.labels(Polarity.NEGATED)]
    for what in _found(folded, pack.denying, pack):
        if any(_mentions(what, label, pack) for label in affirmed):
            return "contradiction", "denies_finding"
        if not any(_mentions(what, label, pack) for label in denied):
            return "diagnosis", "denies_untold"
    for match in pack.possessing.finditer(folded) if pack.possessing else ():
        what = _CLAUSE_END.split(folded[match.end() :])[0]
        if any(_mentions(_beginning(what, label, pack), label, pack) for label in denied):
            return "contradiction", "asserts_denied"
    for what in _found(folded, pack.asserting, pack):
        if any(_mentions(what, label, pack) for label in denied):
            return "contradiction", "asserts_denied"
        if not is_told(what, affirmed, pack):
            return "diagnosis", "asserts_untold"
    return None


def is_told(text: str, labels: list[list[str]], pack: LanguagePack) -> bool:
    """Whether every word with weight in `text` is in the labels."""
    known = [word for label in labels for word in label]
    heavy = [word for word in tokens(text, pack) if word[0].isalnum() and word not in pack.light]
    return bool(heavy) and all(any(same_word(word, other, pack) for other in known) for word in heavy)


def _found(folded: str, patterns: tuple[re.Pattern[str], ...], pack: LanguagePack) -> list[str]:
    found = []
    for pattern in patterns:
        for match in pattern.finditer(folded):
            before = set(tokens(_CLAUSE_END.split(folded[: match.start()])[-1], pack))
            if not before & (pack.conditionals | pack.subordinators):
                found.append(_CLAUSE_END.split(match.group("what"))[0])
    return found


def _beginning(what: str, label: list[str], pack: LanguagePack) -> str:
    """Return as many words of a text as a label has, articles aside."""
    return " ".join([word for word in tokens(what, pack) if word not in pack.light][: len(label)])


def _mentions(what: str, label: list[str], pack: LanguagePack) -> bool:
    said = tokens(what, pack)
    heavy = [word for word in label if word[0].isalnum() and word not in pack.light]
    return bool(heavy) and all(any(same_word(word, other, pack) for other in said) for word in heavy)
