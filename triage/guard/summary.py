"""Does a drafted summary say what the findings say: nothing more, nothing turned round, nothing left out?

The labels of the findings are the only words with weight that a draft may have, each whole and unchanged; between them
stand a few words of the language ("the patient has", "and") and words that deny or doubt. So nothing can be recombined
("swollen arm" from a swollen leg and a painful arm), and what is denied is seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.vocabulary import Disposition, Polarity
from triage.guard import claims, form
from triage.guard.context import Told
from triage.guard.language_pack import LanguagePack, load_packs
from triage.guard.words import BREAKS, Mood, same_word, tokens
from triage.types import Verdict

_BREAKS = BREAKS - {"?", "؟"}
"""A question mark ends nothing here: it doubts, or is no word of a summary."""
_INSIDE = frozenset(",:()")
"""Marks that may stand inside a label, or be left out of it."""
_DOUBT = ["(", "?", ")"]
"""Stands after what is not certain, as in the hand-over."""

Label = tuple[str, ...]
"""The words of a label that have weight."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What a summary for a clinician may say."""

    told: tuple[Told, ...]
    """Findings in the clinician's language; one that is not denied must not be left out."""
    other: tuple[str, ...] = ()
    """What may be said as well, e.g. the age and the advice that was given."""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class _Said:
    """One label in a draft, and how it is said."""

    label: Label
    mood: Mood
    hedged: bool


def check_summary(sentences: Sequence[str], stated: Stated) -> Verdict:
    """Say whether a whole summary may be shown to a clinician.

    Every sentence must say something that was stated, in its own words and on its side of "no" and "perhaps"; and every
    finding that is not denied must be said. An exception, an unknown language and a doubt are refusals.

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
    pack = load_packs().get(stated.language)
    if pack is None or not pack.summary_words:
        return "language", "unknown_language"
    if not sentences:
        return "form", "empty"
    known: dict[Label, set[Polarity]] = {}
    for told in (*stated.told, *(Told(line, Polarity.AFFIRMED) for line in stated.other)):
        known.setdefault(_label(told.label, pack), set()).add(told.polarity)
    named: set[Label] = set()
    for sentence in sentences:
        if reason := form.fault(sentence):
            return "form", reason
        if rule := claims.broken_rule(sentence, "leak", Disposition.SELF_CARE, pack):
            return "leak", rule
        said = list(_read(sentence, sorted(known, key=len, reverse=True), pack))
        if not said or None in said:
            return "grounding", "unsupported"
        for item in filter(None, said):
            if reason := _turned(item, known[item.label]):
                return "contradiction", reason
            named.add(item.label)
    must = {_label(told.label, pack) for told in stated.told if told.polarity is not Polarity.NEGATED}
    return None if must <= named else ("grounding", "left_out")


def _turned(said: _Said, polarities: set[Polarity]) -> str | None:
    """Return how a label is said otherwise than it was stated, or None."""
    if said.mood is Mood.SAID:
        if (Polarity.POSSIBLE if said.hedged else Polarity.AFFIRMED) in polarities:
            return None
        return "asserts_denied" if polarities == {Polarity.NEGATED} else "other_certainty"
    if said.mood is Mood.DENIED and not said.hedged and Polarity.NEGATED in polarities:
        return None
    return "asserts_denied" if polarities == {Polarity.NEGATED} else "denies_finding"


def _read(sentence: str, labels: Sequence[Label], pack: LanguagePack) -> Iterator[_Said | None]:
    """Yield each label that a sentence says, and None for a word that belongs to none.

    Args:
        sentence: One sentence of the draft.
        labels: What may be said, the longest first.
        pack: The language.
    """
    stream = [*tokens(sentence, pack), "."]
    # "Absent: fever, cough" denies to the end of the sentence.
    usual = Mood.DENIED if stream[0] in pack.summary_denials else Mood.SAID
    place, denied_by, mood, hedged, hanging = int(usual is Mood.DENIED), "", usual, False, False
    while place < len(stream):
        token = stream[place]
        if found := next(((label, end) for label in labels if (end := _end(label, stream, place, pack))), None):
            label, place = found
            end = place + (stream[place] == ")")
            doubted = stream[end : end + len(_DOUBT)] == _DOUBT
            yield _Said(label, mood, hedged or doubted)
            place = end + len(_DOUBT) if doubted else place
            hanging = False
            continue
        place += 1
        if token in _BREAKS or token in pack.conjunctions:
            if hanging:
                yield None  # "chest pain: no" denies what it has just said
            # After "no fever and" one cannot tell whether what follows is denied too.
            mood = Mood.UNCLEAR if token in pack.conjunctions and mood is not usual else usual
            denied_by, hedged, hanging = "", False, False
        elif token in pack.summary_words:
            continue
        elif token in pack.negators:
            mood = Mood.DENIED if usual is Mood.SAID and denied_by in ("", token) else Mood.UNCLEAR
            denied_by, hanging = token, True
        elif token in pack.hedges:
            hedged = hanging = True
        else:
            yield None


def _end(label: Label, stream: Sequence[str], place: int, pack: LanguagePack) -> int:
    """Return where a label that begins at a place ends, or 0 when it does not stand there."""
    skipped = pack.summary_words | pack.conjunctions | _INSIDE
    for number, word in enumerate(label):
        while number and place < len(stream) and stream[place] in skipped and stream[place] != word:
            place += 1
        if place == len(stream) or not same_word(word, stream[place], pack):
            return 0
        place += 1
    return place if label else 0


def _label(text: str, pack: LanguagePack) -> Label:
    idle = (pack.summary_words - pack.negators) | pack.conjunctions | _BREAKS
    return tuple(token for token in tokens(text, pack) if token not in idle)
