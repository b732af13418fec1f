"""Is it supported by a cited passage?"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from knowledge.vocabulary import Polarity
from triage.guard.context import Context
from triage.guard.language_pack import LanguagePack, load_packs
from triage.guard.letters import fold
from triage.guard.told import is_told
from triage.guard.words import Clause, Mood, clauses, join, same_word, tokens, units
from triage.types import Passage, Sentence


@dataclass(frozen=True, slots=True)
class _Unit:
    """One reviewed sentence."""

    passage_id: str
    title: tuple[str, ...]
    clauses: tuple[Clause, ...]
    whole: Clause
    is_listed: bool = False
    """It is a thing to avoid by its section, not by its own words."""
    instructs: bool = True
    """It stands among what to do and what to avoid."""
    forbidden: tuple[str, ...] = ()
    """Words that it denies as advice without a condition."""


def ground(sentence: str, passages: Iterable[Passage]) -> tuple[str, ...]:
    """Return the ids of the passages that together support a sentence, in their order; none when they do not.

    The sentence is cut into clauses, and one sentence of one passage must support each clause or run of clauses: it
    has every word with weight, in the same mood, every number with its unit, a condition exactly when the draft has
    one, and nothing of weight in those clauses that the draft leaves out. So neither "take" for "do not take", nor 3
    weeks for 3 days, nor "take sugar" without "for low sugar", nor half of one piece of advice with half of another
    passes.

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
    supports = [unit for passage in candidates for unit in _units_of(passage)]
    used = _cover(parts, supports, pack)
    return () if used is None else tuple(passage.id for passage in candidates if passage.id in used)


def is_reviewed(sentence: str, passages: Iterable[Passage], pack: LanguagePack) -> bool:
    """Whether a sentence is, word for word, a sentence of a passage that means the same on its own.

    An item of a list of things to avoid ("Strong coffee.") would turn into its contrary outside of the list.

    Args:
        sentence: One sentence of a draft.
        passages: Passages in the language of the draft.
        pack: That language.
    """
    said = join(clauses(sentence, pack)).tokens
    reviewed = (unit for passage in passages for unit in _units_of(passage) if not unit.is_listed)
    return any(unit.whole.tokens == said for unit in reviewed)


def uncovered(said: Sequence[str], reviewed: Sequence[Sentence], language: str) -> tuple[Sentence, ...]:
    """Return the reviewed sentences that others do not together say already, and that have to be shown as well.

    Args:
        said: Sentences that a patient has.
        reviewed: Reviewed sentences.
        language: Language of them all.
    """
    pack = load_packs().get(language)
    if pack is None:
        return tuple(reviewed)
    parts = [join(clauses(text, pack)) for text in said]
    known, whole = join(parts), {part.tokens for part in parts}
    return tuple(item for item in reviewed if not _is_covered(join(clauses(item.text, pack)), known, whole, pack))


def _is_covered(wanted: Clause, known: Clause, whole: Container[tuple[str, ...]], pack: LanguagePack) -> bool:
    """Whether a reviewed sentence adds nothing; without a word of weight it must have been said word for word."""
    if not wanted.words:
        return wanted.tokens in whole
    return (
        all(any(word.agrees(other, pack) for other in known.words) for word in wanted.words)
        and _has_the_quantities(wanted, known, pack)
        and (known.has_condition or not wanted.has_condition)
    )


def is_plain(sentence: str, context: Context, pack: LanguagePack) -> bool:
    """Whether a sentence has no clinical content: one of the listed shapes, naming at most what the patient told."""
    folded = fold(sentence).rstrip(".!?؟… ")
    affirmed = [tokens(label, pack) for label in context.labels(Polarity.AFFIRMED)]
    for shape in pack.plain_shapes:
        match = shape.fullmatch(folded)
        told = match.groupdict().get("told") if match is not None else None
        # What one shape takes for something told ("your child is ill"), another may know.
        if match is not None and (told is None or is_told(told, affirmed, pack)):
            return True
    return False


def _cover(parts: list[Clause], supports: list[_Unit], pack: LanguagePack) -> frozenset[str] | None:
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


def _support(run: Clause, supports: list[_Unit], pack: LanguagePack) -> frozenset[str] | None:
    if run.opens_condition:
        return None
    if not run.words:
        return frozenset()
    if any(_forbids(unit, run, pack) for unit in supports):
        return None
    for unit in supports:
        if (run.tokens == unit.whole.tokens and not unit.is_listed) or _is_supported(run, unit, pack):
            return frozenset({unit.passage_id})
    return None


def _is_supported(run: Clause, unit: _Unit, pack: LanguagePack) -> bool:
    whole = unit.whole
    if len(run.words) == 1 and not unit.instructs:
        # A lone word is read as advice: "smoke" of "smoke and dry air make it worse" would be "Smoke."
        return False
    if run.has_condition != whole.has_condition or (run.dangles and not whole.dangles):
        return False
    if not _has_the_quantities(run, whole, pack) or not _has_each_word_as_often(run, whole, pack):
        return False
    if not any(
        kept and _holds_all(run, list(neighbours), pack)
        for kept, neighbours in groupby(unit.clauses, lambda clause: _leaves_nothing_out(run, clause, pack))
    ):
        return False
    return _keeps_the_order(run, whole, pack) and _says_something(run, unit, pack)


def _forbids(unit: _Unit, run: Clause, pack: LanguagePack) -> bool:
    """Whether advice against just what a draft says stands in the passages.

    Else the cause "a skipped meal" would support "Skip meals" beside "Do not skip meals".
    """
    return not run.has_condition and all(
        word.mood is Mood.SAID and any(same_word(word.text, other, pack) for other in unit.forbidden)
        for word in run.words
    )


def _has_the_quantities(run: Clause, whole: Clause, pack: LanguagePack) -> bool:
    """Whether each number of a draft, with its unit, is one of the reviewed numbers, none used twice."""
    left = list(whole.quantities)
    for number, measure, conditional in run.quantities:
        same = next(
            (
                item
                for item in left
                if number == item[0] and conditional is item[2] and same_word(measure, item[1], pack)
            ),
            None,
        )
        if same is None:
            return False
        left.remove(same)
    return True


def _has_each_word_as_often(run: Clause, whole: Clause, pack: LanguagePack) -> bool:
    """Whether no word is said, or denied, more often than in the reviewed sentence.

    Else "do not smoke, and keep children away from smoke" would support "smoke, and keep children away from smoke".
    """
    return all(
        sum(word.agrees(other, pack) for other in run.words) <= sum(word.agrees(other, pack) for other in whole.words)
        for word in run.words
    )


def _holds_all(run: Clause, neighbours: list[Clause], pack: LanguagePack) -> bool:
    """Whether every word of a draft is in reviewed clauses that stand next to each other, and each "may" is kept."""
    said = join(neighbours).words
    return sum(clause.hedges for clause in neighbours) <= run.hedges and all(
        any(word.agrees(other, pack) for other in said) for word in run.words
    )


def _leaves_nothing_out(run: Clause, clause: Clause, pack: LanguagePack) -> bool:
    """Whether a draft has all of a reviewed clause, save perhaps one word of a long one, and its "may" or "often".

    "Take sugar at once" leaves out "for low sugar", and "honey soothes a cough" leaves out "from the age of 1 year".
    """
    if clause.hedges > run.hedges:
        return False
    missing = [word for word in clause.words if not any(word.agrees(other, pack) for other in run.words)]
    return len(missing) <= (1 if len(clause.words) >= 4 else 0) and not any(word.qualifies for word in missing)


def _keeps_the_order(run: Clause, whole: Clause, pack: LanguagePack) -> bool:
    """Whether the words keep their order where it matters: "ask before you use" is not "use before you ask".

    A sentence with a condition may be turned round ("if it lasts, see a doctor").
    """
    if run.has_condition:
        return True
    if pack.sequence.isdisjoint(run.tokens) and pack.sequence.isdisjoint(whole.tokens):
        return True
    places = [next(place for place, other in enumerate(whole.words) if word.agrees(other, pack)) for word in run.words]
    return places == sorted(places)


def _says_something(run: Clause, unit: _Unit, pack: LanguagePack) -> bool:
    """Whether a clause has more than words of the title: all of "your back pain is good" is in "Back pain"."""
    return any(not any(same_word(word.text, other, pack) for other in unit.title) for word in run.words)


@lru_cache(maxsize=4096)
def _units_of(passage: Passage) -> tuple[_Unit, ...]:
    """Return what a passage says: its sentences, and the parts of those that a semicolon divides."""
    pack = load_packs()[passage.language]
    title = tuple(tokens(passage.title, pack))
    found = []
    for unit in units(passage.text):
        parts = clauses(unit, pack)
        denied = any(token in pack.negators for part in parts for token in part.tokens)
        is_listed = passage.section == "avoid" and not denied
        if is_listed:
            parts = clauses(unit, pack, all_denied=True)
        instructs, whole = passage.section in ("do", "avoid"), join(parts)
        advises = instructs and not whole.has_condition
        forbidden = tuple(word.text for word in whole.words if advises and word.mood is Mood.DENIED)
        found.append(_Unit(passage.id, title, tuple(parts), whole, is_listed, instructs, forbidden))
    return tuple(found)
