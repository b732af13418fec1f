"""What a written form must be able to do: cut tokens into words, and reduce words to keys that match."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Container, Iterator, Mapping, Sequence

from triage.folding import fold, shortest

_LONG_ENOUGH = 7
"""Letters of a word in which two may have been swapped, so that it is no other word."""


def swaps(word: str) -> Iterator[str]:
    """Yield a word with each two neighbouring letters after the first in the other order."""
    for place in range(1, len(word) - 1):
        if word[place] != word[place + 1]:
            yield word[:place] + word[place + 1] + word[place] + word[place + 2 :]


class Form(ABC):
    """One written form, or several that share their words (the two scripts of Darija).

    Args:
        contractions: Fused spelling to the words it stands for.
        everyday: Words of the language, such as have a letter twice among them.
    """

    scripts: frozenset[str] = frozenset({"latin"})
    """Scripts of the tokens that this form reads."""
    corrects = True
    """Whether an unknown word may be a misspelt known one."""

    negation_marks: frozenset[str] = frozenset()
    """Words that `join` makes of negators."""

    def __init__(self, contractions: Mapping[str, str], everyday: frozenset[str] = frozenset()) -> None:
        self._contractions = {fold(fused): tuple(fold(apart).split()) for fused, apart in contractions.items()}
        self._everyday = everyday

    def words(self, texts: Sequence[str]) -> list[tuple[str, ...]]:
        """Return, for each token text in order, the words it consists of."""
        return self.join([self.split(text) for text in texts])

    def join(self, found: list[tuple[str, ...]], ends: Container[int] = ()) -> list[tuple[str, ...]]:
        """Correct the words of tokens by those of the tokens before them; `ends` are followed by a comma or a stop."""
        return found

    def split(self, text: str) -> tuple[str, ...]:
        """Return the folded words of one token."""
        folded = fold(self.undrawn(text))
        if folded in self._contractions:
            return self._contractions[folded]
        if "'" in folded:
            return self._apart(folded)
        return (folded,)

    def undrawn(self, text: str) -> str:
        """Return a word without the letters that were drawn out: "pluuus" is "plus", and "neeed" is "need"."""
        short = shortest(text)
        return text if short == text or not self._everyday.isdisjoint((text, fold(text))) else short

    def _apart(self, folded: str) -> tuple[str, ...]:
        """Return the words of a token with an apostrophe that is no known contraction."""
        return tuple(part for part in folded.split("'") if part)

    def spellings(self, word: str) -> tuple[str, ...]:
        """Return every way a folded word may come out of `split`."""
        return (word,)

    def keeps_first(self, word: str) -> bool:
        """Whether the first letter of a known word belongs to it, and is no "and" glued to it."""
        return True

    @abstractmethod
    def stem(self, word: str) -> str:
        """Return the key under which a word of a lexicon is kept."""

    def stems(self, word: str) -> tuple[str, ...]:
        """Return every key under which a word is kept and looked up, the one of `stem` first."""
        return (self.stem(word),)

    def shelf(self, stem: str) -> str:
        """Return what two stems must share to be one word; the whole stem unless a form is looser."""
        return stem

    def agree(self, said: str, kept: str) -> bool:
        """Whether a stem of a message may be a stem of the lexicon on the same shelf."""
        return True

    def variants(self, word: str) -> Iterator[str]:
        """Yield further keys to try for a word that is not known."""
        yield from ()

    def swapped(self, word: str) -> Iterator[str]:
        """Yield the keys of an unknown word with two neighbouring letters swapped, in its ending too ("choikng")."""
        for other in swaps(word) if len(word) >= _LONG_ENOUGH else ():
            yield self.stem(other)

    def unglued(self, word: str) -> Iterator[str]:
        """Yield the keys of a word without a preposition written as part of it, even where the whole is known."""
        yield from ()

    def answers(self, word: str, after: Sequence[str]) -> bool | None:
        """Return whether a "no" answers rather than denying the words after it; None when the form does not tell."""
        return None

    def is_present(self, word: str) -> bool:
        """Return whether a word by its shape says what is now: only where a form has one word for "since" and "ago"."""
        return False

    def cue_keys(self, word: str) -> tuple[str, ...]:
        """Return the keys of a word within a cue, the first being the one cues are kept under."""
        return (word,)
