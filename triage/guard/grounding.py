"""Is it supported by a cited passage?"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from knowledge.vocabulary import Polarity
from triage.guard.context import Context
from triage.guard.language_pack import LanguagePack, load_packs
from triage.guard.letters import fold
from triage.guard.told import is_told
from triage.guard.words import Clause, clauses, join, same_word, tokens, units
from triage.types import Passage


def ground(sentence: str, passages: Iterable[Passage]) -> tuple[str, ...]:
    """Return the ids of the passages that together support a sentence, in their order; none when they do not.

    The sentence is cut into clauses, and one sentence of one passage must support each clause or run of clauses: it
    has every word with weight, in the same mood, every number with its unit, a condition exactly when the draft has
    one, and no "may" or "often" that the draft drops. So neither "take" for "do not take", nor 3 weeks for 3 days, nor
    half of one piece of advice with half of another passes.

    This is stricter than models that judge entailment, needs none, and its refusals can be explained; what it refuses
    is replaced by reviewed text.

    Args:
        sentence: One sentence of a draft.
        passages: The passages it may rest on, the best first.
    """
    candidates = tuple(passages)
    pack = load_packs().get(candidates[0].language) if candidates else None
    if pack is None:
        return ()
    parts = clauses(sentence, pack)
    if not any(part.words for part in parts):
        return ()
    supports = [(passage.id, unit) for passage in candidates for unit in _units_of(passage)]
    used = _cover(parts, supports, pack)
    return () if used is None else tuple(passage.id for passage in candidates if passage.id in used)


def is_reviewed(sentence: str, passages: Iterable[Passage]) -> bool:
    """Whether a sentence is, word for word, a sentence of a passage."""
    for passage in passages:
        pack = load_packs().get(passage.language)
        if pack is not None and join(clauses(sentence, pack)).tokens in {unit.tokens for unit in _units_of(passage)}:
            return True
    return False


def is_plain(sentence: str, context: Context, pack: LanguagePack) -> bool:
    """Whether a sentence has no clinical content: one of the listed shapes, naming at most what the patient told."""
    folded = fold(sentence).rstrip(".!?؟… ")
    affirmed = [tokens(label, pack) for label in context.labels(Polarity.AFFIRMED)]
    for shape in pack.plain_shapes:
        match = shape.fullmatch(folded)
        if match is not None:
            told = match.groupdict().get("told")
            return told is None or is_told(told, affirmed, pack)
    return False


def _cover(parts: list[Clause], supports: list[tuple[str, Clause]], pack: LanguagePack) -> frozenset[str] | None:
    """Return the passages that support all clauses, cut into as few runs as can be, or None."""
    best: list[frozenset[str] | None] = [frozenset(), *([None] * len(parts))]
    for end in range(1, len(parts) + 1):
        for start in range(end):
            before = best[start]
            if before is None:
                continue
            run = join(parts[start:end])
            found = _support(run, supports, pack)
            if found is not None:
                best[end] = before | found
                break
    return best[-1]


def _support(run: Clause, supports: list[tuple[str, Clause]], pack: LanguagePack) -> frozenset[str] | None:
    if run.opens_condition:
        return None
    if not run.words:
        return frozenset()
    for passage_id, unit in supports:
        if _is_supported(run, unit, pack):
            return frozenset({passage_id})
    return None


def _is_supported(run: Clause, unit: Clause, pack: LanguagePack) -> bool:
    if run.tokens == unit.tokens:
        return True
    if run.has_condition != unit.has_condition or (unit.is_hedged and not run.is_hedged):
        return False
    for number, measure in run.quantities:
        if not any(number == n and same_word(measure, m, pack) for n, m in unit.quantities):
            return False
    return all(any(word.agrees(other, pack) for other in unit.words) for word in run.words)


@lru_cache(maxsize=4096)
def _units_of(passage: Passage) -> tuple[Clause, ...]:
    """Return what a passage says: its sentences, and the parts of those that a semicolon divides."""
    pack = load_packs()[passage.language]
    found = []
    for unit in units(passage.text):
        parts = clauses(unit, pack)
        if passage.section == "avoid" and not any(token in pack.negators for part in parts for token in part.tokens):
            parts = clauses(unit, pack, all_denied=True)
        found.append(join(parts))
    return tuple(found)
