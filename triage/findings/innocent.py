"""Negators that negate nothing because of the words around them ("plus vite", "ما شاء الله")."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_MARK = "~"


class Innocent:
    """Marks such negators, in messages and in wordings alike, so that they are words of their own.

    Args:
        phrases: Phrases as folded words.
        negators: Folded words that negate.
    """

    def __init__(self, phrases: Iterable[tuple[str, ...]], negators: frozenset[str]) -> None:
        self._negators = negators
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for phrase in phrases:
            if phrase:
                self._by_first.setdefault(phrase[0], []).append(phrase)

    def marked(self, words: Sequence[str]) -> list[str]:
        """Return the words with every innocent negator marked."""
        found = list(words)
        if self._negators.isdisjoint(found):
            return found
        for start, word in enumerate(words):
            for phrase in self._by_first.get(word, ()):
                if tuple(words[start : start + len(phrase)]) == phrase:
                    for place in range(start, start + len(phrase)):
                        if words[place] in self._negators:
                            found[place] = words[place] + _MARK
        return found
