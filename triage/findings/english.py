"""English words: contractions and a light stemmer."""

from __future__ import annotations

from collections.abc import Iterator

from triage.findings.forms import Form
from triage.folding import single

_VOWELS = frozenset("aeiouy")


class English(Form):
    """English as patients type it."""

    def _apart(self, folded: str) -> tuple[str, ...]:
        head, _, tail = folded.partition("'")
        return (head,) if tail in {"s", ""} else tuple(part for part in (head, *tail.split("'")) if part)

    def stem(self, word: str) -> str:
        """Drop -s, -ed and -ing, then what their spelling rules added."""
        if len(word) <= 3 or not word.isalpha():
            return word
        if word.endswith("ies") and len(word) > 4:
            word = word[:-3] + "y"
        elif word.endswith(("sses", "shes", "ches", "xes", "zes")):
            word = word[:-2]
        elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
            word = word[:-1]
        for ending in ("ing", "ed"):
            root = word[: -len(ending)]
            if word.endswith(ending) and len(root) >= 3 and not root.endswith("e") and _VOWELS & set(root):
                word = root
                break
        if word.endswith("y") and len(word) > 3:
            word = word[:-1] + "i"
        elif word.endswith("e") and len(word) > 4:
            word = word[:-1]
        return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word

    def variants(self, word: str) -> Iterator[str]:
        """Try the word with its doubled letters single ("heelp"), and -in for -ing ("vomitin")."""
        if single(word) != word:
            yield self.stem(single(word))
        if word.endswith("in") and len(word) > 5:
            yield self.stem(word + "g")
