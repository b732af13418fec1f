"""Modern Standard Arabic words: letter shapes, clitics and light stems."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from triage.findings.forms import Form
from triage.folding import fold_arabic, single

_ARTICLE = re.compile(r"^(?:[وف]?(?:[بك])?ال|[وف]?لل)(?=..)")
_ENDINGS = (
    "هما", "تهم", "تها", "كما", "ات", "ان", "ون", "ين", "ها", "هم", "هن", "كم", "نا", "ني", "تي", "ته", "تك", "وا", "ه",
    "ي", "ك", "ا",
)  # fmt: skip
_NUMBER_ENDINGS = frozenset({"ان", "ون", "ين"})
_LEAST_BEFORE_NUMBER = 4
"""These also end adjectives of five letters such as "drunk", which must keep them."""
_LEAST_VERB = 3
_CONJUNCTIONS = "وف"
_PREPOSITIONS = "بلكس"
_PERSONS = "يتنا"
_PRESENT = "ب"
"""What the spoken present has before the person ("بيدق" is "يدق")."""
_FUSED = re.compile(
    r"^(?:[وف])?(?:(?P<no>ما(?=[يتنا]\w{3})|لا(?=[يت]\w{3}))|ما?(?=\w{3,}ش$)|م(?=ب[يتنا]\w{2,}ش$))(?P<verb>\w+?)(?P<end>ش?)$"
)
"""A spoken negation written as one word with its verb ("مايتنفس", "مبتردش", "ماوقفش")."""
_NO = "ما"
_HAMZA = "ء"


class Arabic(Form):
    """Standard Arabic as patients type it.

    Args:
        contractions: Fused spelling to the words it stands for.
        everyday: Words of the language, such as have a letter twice among them.
        whole: Words that begin like an article and have none.
    """

    scripts = frozenset({"arabic"})

    def __init__(
        self, contractions: Mapping[str, str], everyday: frozenset[str] = frozenset(), whole: Iterable[str] = ()
    ) -> None:
        super().__init__({}, everyday)
        self._whole = frozenset(fold_arabic(word) for word in whole)
        self._contractions = {
            fold_arabic(fused): tuple(fold_arabic(apart).split()) for fused, apart in contractions.items()
        }
        self._without_hamza = frozenset(fold_arabic(fused) for fused in contractions if not fused.endswith(_HAMZA))

    def split(self, text: str) -> tuple[str, ...]:
        """Return the folded words of one token."""
        folded = fold_arabic(self.undrawn(text))
        found = self._contraction(folded, text)
        if found is None and folded[:1] in _CONJUNCTIONS:
            # "and" is written as part of the next word
            found = self._contraction(folded[1:], text)
        if found is None and folded not in self._whole:
            found = self._fused(folded)
        return found or ((folded,) if folded else ())

    def _contraction(self, folded: str, text: str) -> tuple[str, ...] | None:
        """Take a fused spelling apart: without its hamza "لإنهاء" (to end) would be "لأنها" (because she)."""
        if text.endswith(_HAMZA) and folded in self._without_hamza:
            return None
        return self._contractions.get(folded)

    def _fused(self, folded: str) -> tuple[str, ...] | None:
        """Take a spoken negation apart from its verb; "م" alone needs the "ب" of the present and the "ش" at the end."""
        match = _FUSED.match(folded)
        if match is None or len(match["verb"]) < _LEAST_VERB:
            return None
        before = folded[: match.start("verb")].lstrip("وف")
        if match["no"] is None and not match["end"]:
            return None
        if before == "م" and not match["verb"].startswith("ب"):
            return None
        return (match["no"] or _NO, match["verb"])

    def stem(self, word: str) -> str:
        """Drop the article with what is glued before it, then one ending."""
        bare = self._without_article(word)
        return self._verb(self._ending(bare))

    def _without_article(self, word: str) -> str:
        if word in self._whole:
            return word
        if word[1:] in self._whole and word[0] in _CONJUNCTIONS + _PREPOSITIONS:
            return word[1:]
        return _ARTICLE.sub("", word)

    def _ending(self, word: str) -> str:
        for ending in _ENDINGS:
            least = _LEAST_BEFORE_NUMBER if ending in _NUMBER_ENDINGS else 3
            if word.endswith(ending) and len(word) - len(ending) >= least:
                return word[: -len(ending)]
        return word

    def _verb(self, word: str) -> str:
        """Drop the person of a present verb: "he", "she", "we" and "I breathe" are one word, written or spoken."""
        if len(word) >= 4 and word[0] == _PRESENT and word[1] in _PERSONS[:3]:
            word = word[1:]
        return word[1:] if len(word) >= 5 and word[0] in _PERSONS else word

    def keeps_first(self, word: str) -> bool:
        """Whether the stem still begins with the first letter."""
        return self.stem(word)[:1] == word[:1]

    def variants(self, word: str) -> Iterator[str]:
        """Try without letters drawn out, and without conjunctions and prepositions that are glued to the word."""
        if word.isalpha() and single(word) != word:
            yield self.stem(single(word))
        if len(word) > 3 and word[0] in _CONJUNCTIONS:
            yield self.stem(word[1:])
            if len(word) > 4 and word[1] in _PREPOSITIONS:
                yield self.stem(word[2:])
        if len(word) > 3 and word[0] in _PREPOSITIONS:
            yield self.stem(word[1:])
        if len(word) == 4 and word[0] in _PERSONS:
            yield word[1:]
        if len(word) > 4 and word.endswith("ت"):
            yield self.stem(word[:-1])

    def swapped(self, word: str) -> Iterator[str]:
        """Try none: roots are so near each other that another order of letters is mostly another word."""
        yield from ()

    def cue_keys(self, word: str) -> tuple[str, ...]:
        """Return the word, and the word without "and" glued to it."""
        if len(word) > 2 and word[0] in _CONJUNCTIONS:
            return (word, word[1:])
        return (word,)
