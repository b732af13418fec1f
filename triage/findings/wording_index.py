"""Wordings of one form as slots of symbols, found through their two rarest words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from knowledge.lexicon import Wording
from triage.findings.innocent import Innocent
from triage.findings.wordbook import Wordbook

_NOT_ORDERED = 10_000
_CANNOT = "cannot"


class Pattern(NamedTuple):
    """A wording ready for matching."""

    concept: str
    slots: tuple[int, ...]
    ordered_from: int
    """Slots from here on keep their order."""
    exact: bool
    negated: bool
    aside: bool
    """It wins over other matches of its concept like a negated one, and becomes no finding."""
    possible: bool
    own_negation: bool
    """The words hold a negator or an inability, so the match means what it says."""
    compact: bool = False
    """No other words may stand between these: "does not answer the doctor" denies nothing in "does not answer, we
    called the doctor"."""
    tight: frozenset[int] = frozenset()
    """Slots of plain negators: what they negate comes next ("no trouble breathing" is not "not breathing")."""
    bridges: bool = False
    """Its words hold one that opens a clause ("and", "but"), so it may stand on both sides of it."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """Grammar words of a form that decide how a wording is matched."""

    filler: frozenset[str]
    """Folded words that count in no wording."""
    negators: frozenset[str]
    negating: frozenset[str]
    """Classes that negate, besides inability."""
    innocent: Innocent
    vital: frozenset[str] = frozenset()
    """Concepts that are denied only by words that stand together."""
    linking: frozenset[str] = frozenset()
    """Folded words that may open a clause within a sentence."""


class PatternIndex:
    """Patterns by their rarest pair of symbols.

    A message looks at the patterns whose two rarest words it holds, so the cost follows the message and hardly the
    lexicon.

    Args:
        patterns: The patterns, each once.
    """

    def __init__(self, patterns: Collection[Pattern]) -> None:
        uses = Counter(symbol for pattern in patterns for symbol in set(pattern.slots))
        self._single: dict[int, list[Pattern]] = {}
        self._pairs: dict[int, dict[int, list[Pattern]]] = {}
        for pattern in patterns:
            rare = sorted(set(pattern.slots), key=lambda symbol: (uses[symbol], symbol))
            if len(rare) == 1:
                self._single.setdefault(rare[0], []).append(pattern)
            else:
                self._pairs.setdefault(rare[0], {}).setdefault(rare[1], []).append(pattern)

    def candidates(self, present: Mapping[int, object]) -> Iterator[Pattern]:
        """Yield the patterns all of whose symbols are present."""
        symbols = present.keys()
        for symbol in present:
            yield from self._single.get(symbol, ())
            partners = self._pairs.get(symbol)
            if partners is not None:
                for partner in partners.keys() & symbols:
                    for pattern in partners[partner]:
                        if len(pattern.slots) == 2 or symbols >= set(pattern.slots):
                            yield pattern


class WordingIndex(PatternIndex):
    """All wordings of one form as patterns.

    Args:
        book: Where words become symbols.
        wordings: Wordings of every lexicon of the form.
        grammar: Grammar words of the form.
    """

    def __init__(self, book: Wordbook, wordings: Iterable[Wording], grammar: Grammar) -> None:
        self._book = book
        self._grammar = grammar
        self._negators = {book.symbol(word) for word in grammar.negators}
        self._negating = self._negators | {book.class_symbol(name) for name in (_CANNOT, *grammar.negating)}
        patterns = dict.fromkeys(self._pattern(wording) for wording in wordings)
        super().__init__(patterns.keys())
        self.bridging = PatternIndex([pattern for pattern in patterns if pattern.bridges])
        """Those whose words hold one that opens a clause."""

    def _pattern(self, wording: Wording) -> Pattern:
        slots: list[int] = []
        idle: list[bool] = []
        bridges = False
        for run in _runs(wording.words):
            if isinstance(run, str):
                slots.append(self._book.class_symbol(run))
                idle.append(False)
                continue
            words = [word for part in self._book.words(run) for word in part]
            bridges = bridges or not self._grammar.linking.isdisjoint(words)
            slots += [self._book.symbol(word) for word in self._grammar.innocent.marked(words)]
            idle += [word in self._grammar.filler for word in words]
        if True in idle and not wording.exact:
            weighty = [slot for slot, is_idle in zip(slots, idle, strict=True) if not is_idle]
            # "not know where he is" without its fillers is "not know", which is no confusion
            if len(weighty) >= 2 and (len(weighty) > 2 or self._negators.isdisjoint(weighty)):
                slots = weighty
        denies = not self._negating.isdisjoint(slots)
        negating = [place for place, slot in enumerate(slots) if slot in self._negating] if denies else []
        return Pattern(
            concept=wording.concept,
            slots=tuple(slots),
            ordered_from=0 if wording.exact else negating[0] if negating else _NOT_ORDERED,
            exact=wording.exact,
            negated=wording.negated,
            aside=wording.aside,
            possible=wording.possible,
            own_negation=bool(negating),
            compact=wording.negated and wording.concept in self._grammar.vital,
            tight=frozenset(place for place in negating if slots[place] in self._negators),
            bridges=bridges and not wording.negated,
        )


def add_classes(book: Wordbook, classes: Mapping[str, Sequence[str]], filler: frozenset[str]) -> None:
    """Put the forms of classes into the book; fillers of longer forms are left out."""
    for name, forms in classes.items():
        for text in forms:
            words = [word for part in book.words(text.casefold().split()) for word in part]
            content = [word for word in words if word not in filler]
            book.add_member(name, [book.symbol(word) for word in (content if len(content) >= 2 else words)])


def _runs(words: Sequence[str]) -> Iterator[str | list[str]]:
    """Yield class names and the runs of literal words between them, which are folded together."""
    run: list[str] = []
    for word in words:
        if word.startswith("@"):
            if run:
                yield run
                run = []
            yield word[1:]
        else:
            run.append(word.casefold())
    if run:
        yield run
