"""Text as the guard compares it: folded letters, words with their polarity, and clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from triage.guard.language_pack import LanguagePack
from triage.guard.letters import fold

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*%?|[^\W_]+|[,;:.!?؟،؛()]")
BREAKS = frozenset(",;:.!?؟،؛()")
"""Signs that end a clause."""
_UNIT = re.compile(r"(?<=[.!?؟])\s+|\s*[;؛]\s*")


class Mood(Enum):
    """Whether a word is said, denied, or one cannot tell which."""

    SAID = "said"
    DENIED = "denied"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Word:
    """One word with weight, and whether a negation governs it."""

    text: str
    mood: Mood
    qualifies: bool = False
    """Whether it stands after "for", "under" or the like, and so says when or for whom the rest holds."""
    conditional: bool = False
    """Whether it stands after "if" or its like: "within 3 days if it lasts 7" is not "within 7 days if it lasts 3"."""

    def agrees(self, other: Word, pack: LanguagePack) -> bool:
        """Whether both are forms of one word, clearly said or clearly denied in both, and on one side of an "if"."""
        return (
            self.mood is other.mood is not Mood.UNCLEAR
            and self.conditional is other.conditional
            and same_word(self.text, other.text, pack)
        )


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of a sentence between commas or conjunctions."""

    tokens: tuple[str, ...]
    words: tuple[Word, ...]
    opens_condition: bool
    """Whether it begins with "if" or its like, and so means nothing without its neighbour."""
    has_condition: bool
    quantities: tuple[tuple[str, str, bool], ...]
    """Each number with the word after it ("3 weeks"), and whether both stand after an "if"."""
    hedges: int
    """How often it says "may", "often" or the like."""
    dangles: bool
    """Whether a negation in it governs no word of weight."""


def rewrite(text: str, pack: LanguagePack) -> str:
    """Return text folded, with contractions and spellings made alike."""
    folded = fold(text)
    for pattern, replacement in pack.rewriting:
        folded = pattern.sub(replacement, folded)
    return folded


def tokens(text: str, pack: LanguagePack) -> list[str]:
    """Return words, numbers (decimals with a point) and breaks of a text, rewritten."""
    found = []
    for token in _TOKEN.findall(rewrite(text, pack)):
        if token[0].isdigit():
            found.append(token.replace(",", "."))
        else:
            found.append(pack.numbers.get(token, token))
    return found


def clauses(text: str, pack: LanguagePack, *, all_denied: bool = False) -> list[Clause]:
    """Cut a sentence at commas and conjunctions, each word marked with its mood.

    A negation governs what follows it up to the next break, condition or contrast. It carries over "or" ("do not eat or
    drink"); after "and" one cannot tell ("do not run and keep warm"), nor in "do not avoid". Inside a condition a
    conjunction cuts nothing: what follows it may still belong to the condition.

    Args:
        text: One sentence.
        pack: The language.
        all_denied: Treat every word as denied, as in a list of things to avoid.
    """
    found: list[Clause] = []
    current: list[str] = []
    words: list[Word] = []
    start = Mood.DENIED if all_denied else Mood.SAID
    mood, conditional, qualifies, hanging, dangles = start, False, False, False, False
    for token in [*tokens(text, pack), "."]:
        joins = token in pack.conjunctions
        if token in BREAKS or (joins and not conditional):
            if current:
                found.append(_clause(current, words, pack, dangles or hanging))
            current, words = [], []
            hanging = dangles = False
            mood = Mood.UNCLEAR if joins and mood is not start else start
            conditional = qualifies = False
            continue
        current.append(token)
        if token in pack.negators:
            twice = mood is Mood.DENIED and mood is not start and token in pack.negating_verbs
            mood, hanging = Mood.UNCLEAR if twice else Mood.DENIED, True
        elif token in pack.conditionals or token in pack.contrasts:
            dangles = dangles or hanging
            mood, hanging, conditional = start, False, conditional or token in pack.conditionals
        elif token not in pack.light and token not in pack.hedges:
            hanging = False
            must_stay = qualifies or token[0].isdigit() or token in pack.urgent
            words.append(Word(token, mood, must_stay, conditional))
        qualifies = qualifies or token in pack.qualifiers
    return found


def join(parts: Sequence[Clause]) -> Clause:
    """Return several neighbouring clauses as one."""
    return Clause(
        tokens=tuple(token for part in parts for token in part.tokens),
        words=tuple(word for part in parts for word in part.words),
        opens_condition=all(part.opens_condition for part in parts),
        has_condition=any(part.has_condition for part in parts),
        quantities=tuple(pair for part in parts for pair in part.quantities),
        hedges=sum(part.hedges for part in parts),
        dangles=any(part.dangles for part in parts),
    )


def units(text: str) -> Iterator[str]:
    """Yield each sentence of a passage, and each part of a sentence that a semicolon divides."""
    return (part for part in _UNIT.split(text) if part.strip())


def same_word(one: str, other: str, pack: LanguagePack) -> bool:
    """Whether two folded words are forms of one word: equal up to the language's clitics and endings."""
    if one == other:
        return True
    if one[0].isdigit() or other[0].isdigit():
        return False
    return any(_one_stem(a, b, pack) for a in {one, _bare(one, pack)} for b in {other, _bare(other, pack)})


def _one_stem(one: str, other: str, pack: LanguagePack) -> bool:
    """Whether two words are equal up to the endings of the language."""
    shorter = min(len(one), len(other))
    shared = next((at for at in range(shorter) if one[at] != other[at]), shorter)
    # Two different endings on three letters make "foie" (liver) of "fois" (times); one ending on three does not.
    return any(
        one[length:] in pack.endings and other[length:] in pack.endings
        for length in range(3 if shared == shorter else 4, shared + 1)
    )


def _clause(found: list[str], words: list[Word], pack: LanguagePack, dangles: bool) -> Clause:
    condition = next((place for place, token in enumerate(found) if token in pack.conditionals), len(found))
    return Clause(
        tokens=tuple(found),
        words=tuple(words),
        opens_condition=found[0] in pack.conditionals,
        has_condition=any(token in pack.conditionals for token in found),
        quantities=tuple(
            (number, unit, place > condition)
            for place, (number, unit) in enumerate(pairwise(found))
            if number[0].isdigit() and unit not in pack.function_words
        ),
        hedges=sum(token in pack.hedges for token in found),
        dangles=dangles,
    )


def _bare(word: str, pack: LanguagePack) -> str:
    for prefix in pack.clitics:
        if word.startswith(prefix) and len(word) - len(prefix) >= 3:
            return word[len(prefix) :]
    return word
