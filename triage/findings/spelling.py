"""Finding the lexicon word that a misspelt word was meant to be."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

_SHORTEST_TARGET = 4
_SHORTEST = 5
_TWO_ERRORS_FROM = 8


class Spelling:
    """Words within edit distance 1, or 2 for long words.

    People get the first letter right or swap the first two, so only words with that letter and nearly that length are
    compared: about a hundred of ten thousand.

    Args:
        stems: Stem to how many wordings use it; the more used wins a tie.
    """

    def __init__(self, stems: Iterable[tuple[str, int]]) -> None:
        self._uses: dict[str, int] = {}
        self._shelves: dict[tuple[str, int], list[str]] = {}
        for stem, uses in stems:
            if len(stem) >= _SHORTEST_TARGET:
                self._uses[stem] = uses
                self._shelves.setdefault((stem[0], len(stem)), []).append(stem)

    def correct(self, stem: str) -> str | None:
        """Return the stem meant by an unknown one, or None."""
        if len(stem) < _SHORTEST:
            return None
        errors = 1 if len(stem) < _TWO_ERRORS_FROM else 2
        near = self._within(stem, stem[0], errors)
        if not near and stem[1] != stem[0]:
            near = [(score, target) for score, target in self._within(stem, stem[1], 1) if target[1] == stem[0]]
        if not near:
            return None
        return max(near, key=lambda found: (-found[0], self._uses[found[1]], found[1]))[1]

    def _within(self, stem: str, first: str, errors: int) -> list[tuple[int, str]]:
        found: list[tuple[int, str]] = []
        for size in range(len(stem) - errors, len(stem) + errors + 1):
            shelf = self._shelves.get((first, size))
            if shelf:
                scored = process.extract(stem, shelf, scorer=OSA.distance, score_cutoff=errors, limit=None)
                found += [(int(score), target) for target, score, _ in scored]
        return found
