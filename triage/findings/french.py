"""French words: elisions with and without apostrophe, and a light stemmer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from triage.findings.forms import Form
from triage.folding import single

_ENDINGS = (
    "issaient", "issements", "issement", "eraient", "aient", "erait", "erent", "ements", "ement", "ants", "ant", "ais",
    "ait", "ees", "ent", "ez", "ee", "es", "er", "e", "s", "x",
)  # fmt: skip
_LEAST_LEFT = {1: 3, 2: 3, 3: 4}
"""Letters that must stay before an ending, by its length; 5 before longer ones and "ent"."""
_SHORTEST = 4


class French(Form):
    """French as patients type it: accents and apostrophes come and go."""

    def __init__(self, contractions: Mapping[str, str], everyday: frozenset[str] = frozenset()) -> None:
        super().__init__(contractions, everyday)
        self._elided = {fused[:-1]: apart for fused, apart in self._contractions.items() if fused.endswith("'")}

    def split(self, text: str) -> tuple[str, ...]:
        """Return the folded words of one token; "où" keeps its accent, which tells it from "or"."""
        return (text,) if text == "où" else super().split(text)

    def _apart(self, folded: str) -> tuple[str, ...]:
        parts = [part for part in folded.split("'") if part]
        words: list[str] = []
        for place, part in enumerate(parts):
            last = place == len(parts) - 1
            words += (part,) if last else self._elided.get(part, (part,))
        return tuple(words)

    def stem(self, word: str) -> str:
        """Drop plural, feminine and regular verb endings."""
        if len(word) < _SHORTEST or not word.isalpha():
            return word
        for ending in _ENDINGS:
            if ending in "sx" and len(word) <= _SHORTEST:
                continue
            least = 5 if ending == "ent" else _LEAST_LEFT.get(len(ending), 5)
            if word.endswith(ending) and len(word) - len(ending) >= least:
                word = word[: -len(ending)]
                break
        return word[:-1] if len(word) > _SHORTEST + 1 and word[-1] == word[-2] else word

    def variants(self, word: str) -> Iterator[str]:
        """Try the word with doubled letters single, and without an elided word glued to it ("jarrive", "jtourne")."""
        if single(word) != word:
            yield self.stem(single(word))
        if len(word) > 4 and (word[0] == "j" or (word[0] in "ldmtsnc" and word[1] in "aeiouhy")):
            # no French word begins with a "j" and a consonant
            yield self.stem(word[1:])
        if len(word) > 5 and word.startswith("qu") and word[2] in "aeiou":
            yield self.stem(word[2:])
