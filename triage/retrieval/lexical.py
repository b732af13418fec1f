"""BM25 over passages: finds the patient's own words, needs no model, and answers the same on every machine."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from functools import cached_property
from heapq import nsmallest
from math import log

_LONG = 5
"""Letters that two words must share to be taken for forms of one."""
_NEAR = 4
"""Most known words that stand for an unknown one."""


class LexicalIndex:
    """BM25 with all weights computed once, so that a query only adds up the columns of its words.

    A word counts more the fewer passages have it, and the more often a passage has it, up to a limit; long passages
    count a little less. Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", Foundations
    and Trends in Information Retrieval 3(4), 2009, https://doi.org/10.1561/1500000019. Adding up ready weights is the
    idea of Lu, "BM25S", https://arxiv.org/abs/2407.03618.
    """

    saturation = 1.2
    """k1: how soon a repeated word stops counting more. The usual value."""
    length_share = 0.5
    """b: how much long passages count less; below the usual 0.75 because our passages hardly differ in length."""

    def __init__(self, documents: Sequence[Sequence[str]]) -> None:
        """Index documents that were cut into terms; empty ones do not count."""
        self._documents = documents
        self._count = sum(1 for terms in documents if terms)

    @cached_property
    def _postings(self) -> dict[str, tuple[array[int], array[float]]]:
        """For each term the positions that have it, ascending, and its weight there."""
        average = sum(map(len, self._documents)) / max(self._count, 1)
        found: dict[str, tuple[array[int], array[float]]] = {}
        for position, terms in enumerate(self._documents):
            norm = self.saturation * (1 - self.length_share + self.length_share * len(terms) / average) if terms else 0
            for term, count in Counter(terms).items():
                positions, weights = found.setdefault(term, (array("l"), array("d")))
                positions.append(position)
                weights.append(count * (self.saturation + 1) / (count + norm))
        unit = self._rarity(1) or 1.0
        for term, (positions, weights) in found.items():
            rarity = self._rarity(len(positions)) / unit
            found[term] = positions, array("d", (weight * rarity for weight in weights))
        return found

    def _rarity(self, holders: int) -> float:
        return log(1 + (self._count - holders + 0.5) / (holders + 0.5))

    def search(self, terms: Sequence[str], allowed: Container[int], limit: int) -> list[tuple[int, float]]:
        """Return the best (position, strength), best first, equal ones by position.

        Strength is the BM25 score as a share of what one word that stands in a single passage would bring, so that
        one floor suits small and large collections.

        Args:
            terms: The query; a repeated term counts once.
            allowed: Positions that may be returned.
            limit: At most this many.
        """
        scores: dict[int, float] = {}
        for term in dict.fromkeys(terms):
            if term in self._postings:
                for position, weight in zip(*self._postings[term], strict=True):
                    scores[position] = scores.get(position, 0.0) + weight
        kept = ((-score, position) for position, score in scores.items() if position in allowed)
        return [(position, -negative) for negative, position in nsmallest(limit, kept)]

    def rank(self, terms: Sequence[str], places: Sequence[int]) -> list[int]:
        """Return those of a few documents that have a term, best first; the rest of the collection is not looked at."""
        scores: dict[int, float] = {}
        for term in dict.fromkeys(terms):
            for place in places:
                if weight := self._weight(term, place):
                    scores[place] = scores.get(place, 0.0) + weight
        return sorted(scores, key=lambda place: (-scores[place], place))

    def nearest(self, terms: Iterable[str]) -> list[str]:
        """Return the terms, an unknown long one replaced by those that begin like it ("vaccinal" by "vaccine")."""
        found: dict[str, None] = {}
        for term in terms:
            stem = term[: max(_LONG, len(term) - 2)]
            near: list[str] = []
            if term not in self._postings and len(term) > _LONG:
                place = bisect_left(self._vocabulary, stem)
                near = [known for known in self._vocabulary[place : place + _NEAR] if known.startswith(stem)]
            found |= dict.fromkeys(near or [term])
        return list(found)

    @cached_property
    def _vocabulary(self) -> list[str]:
        return sorted(self._postings)

    def coverage(self, terms: Sequence[str], position: int) -> float:
        """Return how much of the query's weight a passage has; a word that stands nowhere weighs most.

        "How do I cook rice" meets a passage on diarrhoea in one rare word; the other says it is about something else.
        """
        weights = {
            term: self._rarity(len(self._postings[term][0]) if term in self._postings else 1) for term in set(terms)
        }
        has = sum(weight for term, weight in weights.items() if self._weight(term, position))
        return has / (sum(weights.values()) or 1.0)

    def _weight(self, term: str, position: int) -> float:
        """Return the weight of a term in a passage; 0 when it does not stand there."""
        if term not in self._postings:
            return 0.0
        positions, weights = self._postings[term]
        place = bisect_left(positions, position)
        return weights[place] if place < len(positions) and positions[place] == position else 0.0
