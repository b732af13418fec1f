"""Finding wordings in a message: all words of one within a clause, in any order, close together."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from triage.findings.stream import Stream
from triage.findings.wordbook import Branch, Wordbook
from triage.findings.wording_index import Pattern, PatternIndex, WordingIndex

_SLACK = 3
"""Other words that may stand between those of a wording."""
_LONGEST_CLAUSE = 48
_OVERLAP = 12
_OCCURRENCES = 6

Spot = tuple[int, int]
"""First and last word of an occurrence in the stream."""


@dataclass(frozen=True, slots=True)
class Match:
    """A wording found in the message."""

    pattern: Pattern
    places: tuple[int, ...]
    """Tokens that the words stand in, in order."""
    clause: int
    negators: frozenset[int] = frozenset()
    """Tokens whose negator is one of the words of the match."""

    @property
    def first(self) -> int:
        """The first token."""
        return self.places[0]

    @property
    def last(self) -> int:
        """The last token."""
        return self.places[-1]


class Matcher:
    """Finds the wordings of one form."""

    def __init__(self, book: Wordbook, index: WordingIndex) -> None:
        self._book = book
        self._index = index

    def matches(
        self,
        stream: Stream,
        clause_of: Sequence[int],
        idioms: Mapping[int, frozenset[int]],
        denied: Collection[int] = frozenset(),
        ands: Collection[int] = frozenset(),
        bridged: Collection[int] = frozenset(),
    ) -> list[Match]:
        """Return the matches, the longest of each concept where several overlap.

        Args:
            stream: The message as this form reads it.
            clause_of: Clause of each token.
            idioms: Tokens of idioms, each with all of its idiom, which hardly any wording may use ("hanging by a bit of
                skin" is more than "a bit").
            denied: Clauses that an "and" and a denial opened. A wording that holds its denial after other words reaches
                into them from the clause before ("to sleep and not wake").
            ands: Tokens that are an "and", or begin with one.
            bridged: Clauses that a word opened within a sentence, which wordings with such a word reach into from the
                clause before ("made my will and I am ready").
        """
        segments = list(_segments(stream, clause_of))
        placed = [
            one
            for lo, hi in segments
            for present in self._presents(stream, lo, hi, idioms)
            for one in self._within(self._index, present, stream)
        ]
        for (lo, border), (_, hi) in itertools.pairwise(segments if denied or bridged else ()):
            clause = clause_of[stream.places[border]]
            if clause_of[stream.places[lo]] == clause or not (clause in denied or clause in bridged):
                continue
            for present in self._presents(stream, lo, hi, idioms):
                if clause in denied:
                    placed += self._reaching(present, border, stream)
                if clause in bridged:
                    both = self._within(self._index.bridging, present, stream)
                    placed += [(pattern, spots) for pattern, spots in both if _bridges(spots, border, stream)]
        found = [_match(pattern, spots, stream, clause_of) for pattern, spots in placed]
        found = [match for match in found if not _is_idiomatic(match, idioms)]
        degrees = {place for place, is_degree in zip(stream.places, stream.degree, strict=True) if is_degree}
        return _most_specific([match for match in found if not _is_torn(match, degrees, ands)])

    def may_match(self, stream: Stream) -> bool:
        """Whether some wording has all its words near each other, whatever clauses and idioms they stand in."""
        present = self._present(stream, 0, len(stream.places))
        for pattern in self._index.candidates(present):
            spots = [present[slot] for slot in pattern.slots]
            # of a word that comes too often only some are tried, and they might be others within one clause
            if max(map(len, spots)) > _OCCURRENCES or _place(pattern, spots, stream) is not None:
                return True
        return False

    def _within(
        self, index: PatternIndex, present: Mapping[int, list[Spot]], stream: Stream
    ) -> Iterator[tuple[Pattern, tuple[Spot, ...]]]:
        """Yield the wordings of a clause with the spots of their words."""
        for pattern in index.candidates(present):
            spots = _place(pattern, [present[slot] for slot in pattern.slots], stream)
            if spots is not None:
                yield pattern, spots

    def _reaching(
        self, present: Mapping[int, list[Spot]], border: int, stream: Stream
    ) -> Iterator[tuple[Pattern, tuple[Spot, ...]]]:
        """Yield the wordings whose denial stands behind a border."""
        for pattern in self._index.candidates(present):
            spots = _place_across(pattern, present, border, stream)
            if spots is not None:
                yield pattern, spots

    def _presents(
        self, stream: Stream, lo: int, hi: int, idioms: Mapping[int, frozenset[int]]
    ) -> Iterator[dict[int, list[Spot]]]:
        """Yield the words there; where idioms are among them first those outside, which no idiom may hide."""
        if any(place in idioms for place in stream.places[lo:hi]):
            yield self._present(stream, lo, hi, idioms)
        yield self._present(stream, lo, hi)

    def _present(self, stream: Stream, lo: int, hi: int, masked: Container[int] = frozenset()) -> dict[int, list[Spot]]:
        present: dict[int, list[Spot]] = {}
        for word in range(lo, hi):
            if stream.places[word] in masked:
                continue
            for symbol in stream.symbols[word]:
                present.setdefault(symbol, []).append((word, word))
                branch = self._book.phrases_from(symbol)
                if branch is not None:
                    for group, last in _follow(branch, word, hi, stream, masked):
                        present.setdefault(group, []).append((word, last))
        return present


def _match(pattern: Pattern, spots: Sequence[Spot], stream: Stream, clause_of: Sequence[int]) -> Match:
    words = sorted({word for first, last in spots for word in range(first, last + 1)})
    places = tuple(dict.fromkeys(stream.places[word] for word in words))
    negators = frozenset(stream.places[word] for word in words if stream.negator[word])
    return Match(pattern, places, clause_of[places[0]], negators)


def _bridges(spots: Sequence[Spot], border: int, stream: Stream) -> bool:
    """Whether a match stands on both sides of a border, and no "not" of another's stands in it."""
    first, last = min(spots)[0], max(spots)[1]
    words = {word for one, other in spots for word in range(one, other + 1)}
    denied = any(stream.negator[word] and word not in words for word in range(first, last + 1))
    return first < border <= last and not denied


def _is_idiomatic(match: Match, idioms: Mapping[int, frozenset[int]]) -> bool:
    """Whether a match uses words of an idiom that it may not use.

    An exact wording holds the whole idiom; another one holds more besides, and no idiom of a single word, which is a
    warning that this word only sounds like another.
    """
    places = set(match.places)
    used = {idioms[place] for place in match.places if place in idioms}
    if match.pattern.exact:
        return any(not idiom <= places for idiom in used)
    return any(len(idiom) == 1 or not idiom < places for idiom in used)


def _is_torn(match: Match, degrees: Collection[int], ands: Collection[int]) -> bool:
    """Whether "a lot" belongs to what stands on its side of an "and" ("my head hurts a lot and I took a pill")."""
    if not ands:
        return False
    others = [place for place in match.places if place not in degrees]
    return bool(others) and any(
        all(_is_parted(place, other, ands) for other in others) for place in match.places if place in degrees
    )


def _is_parted(degree: int, other: int, ands: Collection[int]) -> bool:
    """Whether an "and" stands between a degree and another word, but for one right before the degree."""
    return any(other < border <= degree - 2 or degree < border <= other for border in ands)


def _segments(stream: Stream, clause_of: Sequence[int]) -> Iterator[Spot]:
    """Yield the clauses as stream ranges; over-long ones in overlapping pieces."""
    start, end = 0, len(stream.places)
    while start < end:
        clause = clause_of[stream.places[start]]
        stop = start
        while stop < end and clause_of[stream.places[stop]] == clause:
            stop += 1
        piece = start
        while stop - piece > _LONGEST_CLAUSE:
            yield piece, piece + _LONGEST_CLAUSE
            piece += _LONGEST_CLAUSE - _OVERLAP
        yield piece, stop
        start = stop


def _follow(branch: Branch, word: int, hi: int, stream: Stream, masked: Container[int]) -> Iterator[Spot]:
    """Yield the classes whose forms of several words go on after `word`, and where each ends; fillers may intervene."""
    following = word + 1
    while following < hi and stream.places[following] not in masked:
        for symbol in stream.symbols[following]:
            longer = branch.next.get(symbol)
            if longer is not None:
                for group in longer.classes:
                    yield group, following
                if longer.next:
                    yield from _follow(longer, following, hi, stream, masked)
        if not stream.filler[following]:
            return
        following += 1


def _place(pattern: Pattern, spots: Sequence[list[Spot]], stream: Stream) -> tuple[Spot, ...] | None:
    """Return where each slot of the pattern stands, as close together as possible, or None when it does not fit."""
    best: tuple[Spot, ...] | None = None
    best_width = 10_000
    counted = stream.counted
    slack = 0 if pattern.compact else _SLACK

    def width(chosen: tuple[Spot, ...]) -> int:
        first = min(spot[0] for spot in chosen)
        last = max(spot[1] for spot in chosen)
        return counted[last] - counted[first] + 1

    def extend(chosen: tuple[Spot, ...], covered: int) -> None:
        nonlocal best, best_width
        slot = len(chosen)
        if slot == len(spots):
            size = width(chosen)
            if size <= covered + slack and size < best_width:
                best, best_width = chosen, size
            return
        for spot in spots[slot][:_OCCURRENCES] if len(spots) > 1 else spots[slot][:1]:
            if slot and any(spot[0] <= other[1] and other[0] <= spot[1] for other in chosen):
                continue
            if slot > pattern.ordered_from and spot[0] <= chosen[-1][1]:
                continue
            if pattern.exact and slot and spot[0] != chosen[-1][1] + 1:
                continue
            if slot - 1 in pattern.tight and counted[spot[0]] - counted[chosen[-1][1]] > 1:
                continue
            longer = (*chosen, spot)
            inside = covered + counted[spot[1]] - counted[spot[0]] + 1
            if width(longer) <= inside + slack + 2 * (len(spots) - slot - 1):
                extend(longer, inside)

    extend((), 0)
    return best


def _place_across(
    pattern: Pattern, present: Mapping[int, list[Spot]], border: int, stream: Stream
) -> tuple[Spot, ...] | None:
    """Return where a pattern stands whose denial and all after it begin at a border, or None when it does not fit."""
    denial = pattern.ordered_from
    if not pattern.own_negation or pattern.exact or pattern.negated or not denial:
        return None
    spots = [
        [spot for spot in present[slot] if (spot[0] >= border if place >= denial else spot[1] < border)]
        for place, slot in enumerate(pattern.slots)
    ]
    found = _place(pattern, spots, stream) if all(spots) else None
    if found is None:
        return None
    behind = [word for first, last in found[denial:] for word in range(first, last + 1)]
    # a bare "and not" denies whatever comes next
    bare = all(stream.negator[word] or stream.filler[word] for word in behind)
    return None if bare else found


def _most_specific(found: list[Match]) -> list[Match]:
    """Drop matches whose words are part of a longer match of the same concept.

    What holds its own negation ("cannot wake") stays beside a longer match that the negation would deny.
    """
    found.sort(key=lambda match: (-len(match.pattern.slots), -len(match.places), match.places))
    kept: dict[str, list[Match]] = {}
    for match in found:
        others = kept.setdefault(match.pattern.concept, [])
        words = set(match.places)
        own = match.pattern.own_negation
        if not any(
            words & set(other.places)
            and (other.pattern.own_negation or not own or (other.pattern.negated and words < set(other.places)))
            for other in others
        ):
            others.append(match)
    return sorted((match for group in kept.values() for match in group), key=lambda match: match.places)
