"""Does a drafted summary say what the findings say: nothing more, nothing turned round, nothing left out?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.vocabulary import Disposition, Polarity
from triage.guard import claims, form, language
from triage.guard.context import Told
from triage.guard.language_pack import LanguagePack, load_packs
from triage.guard.words import Mood, Word, clauses, rewrite, same_word, tokens
from triage.types import Verdict

_FRAME = {
    "en": "patient person writer man woman child old year years says reports reported told advised advice given",
    "fr": "patient patiente personne homme femme enfant age ans rapporte signale dit conseil conseille donne presente",
}
"""Words around the findings."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What a summary for a clinician may say."""

    told: tuple[Told, ...]
    """Findings in the clinician's language; a present one must not be left out."""
    other: tuple[str, ...] = ()
    """Further lines whose words and numbers may be used, e.g. age and the advice given."""
    language: str = "en"


def check_summary(sentences: Sequence[str], stated: Stated) -> Verdict:
    """Say whether a whole summary may be shown to a clinician.

    Every word with weight must be a word of what was stated, on its side of "no", every number must be one of its
    numbers, and every present finding must be named. An exception, an unknown language and a doubt are refusals.

    Args:
        sentences: The draft.
        stated: What it may say.
    """
    try:
        objection = _objection(sentences, stated)
    except Exception:
        objection = ("error", "exception")
    check, reason = objection or ("", "")
    return Verdict(allowed=objection is None, check=check, reason=reason, sentence=" ".join(sentences))


def _objection(sentences: Sequence[str], stated: Stated) -> tuple[str, str] | None:
    packs = load_packs()
    pack = packs.get(stated.language)
    if pack is None:
        return "language", "unknown_language"
    if not sentences:
        return "form", "empty"
    present, absent, neutral = _words(stated, pack)
    for sentence in sentences:
        if reason := form.fault(sentence):
            return "form", reason
        if reason := language.fault(sentence, stated.language, packs):
            return "language", reason
        if rule := claims.broken_rule(sentence, "leak", Disposition.SELF_CARE, pack):
            return "leak", rule
        for clause in clauses(sentence, pack):
            for word in clause.words:
                if fault := _fault(word, present, absent, neutral, pack):
                    return fault
    said = [token for sentence in sentences for token in tokens(sentence, pack)]
    for told in stated.told:
        if told.polarity is not Polarity.NEGATED and not _named(told.label, said, pack):
            return "grounding", "unsupported"
    return None


def _fault(
    word: Word, present: set[str], absent: set[str], neutral: set[str], pack: LanguagePack
) -> tuple[str, str] | None:
    def among(words: set[str]) -> bool:
        return any(same_word(word.text, other, pack) for other in words)

    if among(neutral):
        return None
    if word.mood is Mood.SAID and among(present):
        return None
    if word.mood is Mood.DENIED and among(absent):
        return None
    if among(absent):
        return "contradiction", "asserts_denied"
    return ("contradiction", "denies_finding") if among(present) else ("grounding", "unsupported")


def _words(stated: Stated, pack: LanguagePack) -> tuple[set[str], set[str], set[str]]:
    present = {
        word for told in stated.told if told.polarity is not Polarity.NEGATED for word in tokens(told.label, pack)
    }
    absent = {word for told in stated.told if told.polarity is Polarity.NEGATED for word in tokens(told.label, pack)}
    neutral = {word for line in stated.other for word in tokens(line, pack)}
    return present, absent, neutral | set(rewrite(_FRAME.get(stated.language, ""), pack).split())


def _named(label: str, said: Sequence[str], pack: LanguagePack) -> bool:
    heavy = [word for word in tokens(label, pack) if word[0].isalnum() and word not in pack.light]
    return all(any(same_word(word, other, pack) for other in said) for word in heavy)
