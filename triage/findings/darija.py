"""Moroccan Darija in Arabic and in Latin letters: one sound skeleton for both scripts.

Both scripts are turned into sounds: consonants with emphatic and plain letters merged (ص and س, ح and ه), and the
vowels that Arabic letters can show. "sdri", "sedri" and "صدري" become "sdri". Words are the same when their consonants
are and their written vowels do not contradict each other: Latin letters write short vowels or not, Arabic letters write
long ones only. In words of one or two consonants all vowels must agree ("dem" is not "dima").

A verb is kept twice, as written and without tense, person and object ("kaydrni", "dr"); a word that is no verb by its
shape meets the bare form of a verb only when that is long enough to be no accident.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence

from triage.findings.darija_denials import OR, PAIRED, fused_verb, is_said_of, mark_denials
from triage.findings.darija_words import BARE, SHORT, agree, bare_verbs, is_now, key_of, shorter
from triage.findings.forms import Form, swaps
from triage.sounds import ARABIC, EMPHATIC, consonants, skeleton, sounds

_AND = "و"
_LONGEST_ROOT = 4
"""Consonants up to which another order of sounds is mostly another word."""
_ARTICLE = re.compile("^[ufb]al")
_LONG_A = frozenset({"bab", "ualid", "uald", "jar"})
"""Door, father, neighbour: a long vowel alone tells them from baby, little son, boy and "run"."""


class Darija(Form):
    """Darija, whichever script it is written in.

    Args:
        contractions: Fused spelling to the words it stands for.
        negators: Words that negate.
        until_before: Words before which "ta" is "until".
    """

    scripts = frozenset({"latin", "arabic"})
    corrects = False
    negation_marks = frozenset({PAIRED})

    def __init__(self, contractions: Mapping[str, str], negators: Sequence[str], until_before: Sequence[str]) -> None:
        super().__init__({})
        self._contractions = {
            sounds(fused): tuple(PAIRED if word == PAIRED else sounds(word) for word in apart.split())
            for fused, apart in contractions.items()
        }
        self._negators = frozenset(other for word in negators for other in self.spellings(sounds(word)))
        self._until_before = frozenset(sounds(word).removeprefix(ARABIC) for word in until_before)

    def spellings(self, word: str) -> tuple[str, ...]:
        """Return the word as either script marks it."""
        plain = word.removeprefix(ARABIC)
        return (plain, ARABIC + plain)

    def split(self, text: str) -> tuple[str, ...]:
        """Return the sounds of one token, with a fused negation taken apart ("ma3ndich")."""
        if text == PAIRED:
            return (text,)
        if text[:1] == _AND and len(text) > SHORT and text != OR and self._denies(text[1:]):
            # "and" is written as part of a negation too ("ومابغاش"); "ولا" is "or" and "became"
            text = text[1:]
        word = sounds(text)
        if word in self._contractions:
            return self._contractions[word]
        if word in self._negators:
            return (word,)
        plain = word.removeprefix(ARABIC)
        core = fused_verb(plain)
        if core is not None:
            return (PAIRED, word[: len(word) - len(plain)] + core)
        return (word,) if word else ()

    def _denies(self, text: str) -> bool:
        """Whether a token is a negation, alone or fused with its verb."""
        word = sounds(text)
        known = self._contractions.get(word)
        if known is not None:
            return any(part in self._negators or part == PAIRED for part in known)
        return word in self._negators or fused_verb(word.removeprefix(ARABIC)) is not None

    def join(self, found: list[tuple[str, ...]], ends: Container[int] = ()) -> list[tuple[str, ...]]:
        """Mark what denies, also over several tokens."""
        return mark_denials(found, self._negators, self._until_before, ends)

    def stem(self, word: str) -> str:
        """Return consonants, the vowels before, between and after them, and the script ("sxn||.a|a|" for "skhana")."""
        if word == PAIRED:
            word = "ma"
        script = ARABIC if word.startswith(ARABIC) else ""
        return key_of(word.removeprefix(ARABIC), script)

    def stems(self, word: str) -> tuple[str, ...]:
        """Return the stem as written and, for what looks like a verb, the bare ones."""
        full = self.stem(word)
        plain = word.removeprefix(ARABIC)
        script = ARABIC if word.startswith(ARABIC) else ""
        return (full, *(key_of(bare, script) + BARE for bare in bare_verbs(plain)))

    def shelf(self, stem: str) -> str:
        """Return the consonants of a stem."""
        return stem.partition("|")[0].replace(EMPHATIC, "t")

    def agree(self, said: str, kept: str) -> bool:
        """Whether two words of the same consonants may be one."""
        return agree(said, kept)

    def keeps_first(self, word: str) -> bool:
        """Whether the word is so short that its first vowel counts."""
        return consonants(word.removeprefix(ARABIC)) <= SHORT

    def variants(self, word: str) -> Iterator[str]:
        """Try without glued prepositions, persons and objects."""
        plain = word.removeprefix(ARABIC)
        script = ARABIC if word.startswith(ARABIC) else ""
        for rest in shorter(plain):
            yield key_of(rest, script)

    def swapped(self, word: str) -> Iterator[str]:
        """Try other orders of sounds in words of many consonants; those of an article among them ("فاهلضرة")."""
        plain = word.removeprefix(ARABIC)
        script = ARABIC if word.startswith(ARABIC) else ""
        for other in swaps(plain) if consonants(plain) > _LONGEST_ROOT else ():
            yield key_of(other, script)
            if script and _ARTICLE.match(other):
                yield key_of(_ARTICLE.sub("", other), script)

    def unglued(self, word: str) -> Iterator[str]:
        """Yield the noun of "فعيني" and "بصدري"; in Latin letters too many words begin so."""
        plain = word.removeprefix(ARABIC)
        # "بارد" is no preposition and another word
        glued = plain[:1] in "ufbld" and (plain[1:2] != "a" or plain[1:3] == "al")
        if glued and word.startswith(ARABIC) and consonants(plain[1:]) >= SHORT:
            yield key_of(plain[1:], ARABIC)

    def answers(self, word: str, after: Sequence[str]) -> bool | None:
        """Return whether a "no" answers: "ma kaynch skhana" denies the fever, "la" denies no verb ("la kanmchi")."""
        if word == PAIRED:
            return not after
        if word.endswith("la") and after and (is_said_of(after[0]) or PAIRED in after):
            return True
        return None

    def is_present(self, word: str) -> bool:
        """Return whether a word is a verb in the present ("kaydrni"), "I have" or "in me"."""
        return is_now(word.removeprefix(ARABIC))

    def cue_keys(self, word: str) -> tuple[str, ...]:
        """Return the key of a word within a cue: nothing is stripped and the last vowel counts ("3ndi", "3ndo")."""
        if word == PAIRED:
            return (PAIRED,)
        plain = word.removeprefix(ARABIC).replace("o", "u").replace(EMPHATIC, "t")
        last = plain[-1] if plain[-1:] in ("a", "i", "u") and len(plain) > 1 else ""
        bones = skeleton(plain)
        if len(bones) > SHORT:
            return (f"{bones}+{last}",)
        inner = plain[: len(plain) - len(last)]
        # "wlaw" (they became) keeps the vowel that tells it from "walo" (nothing)
        kept = "a" if inner[1:].endswith("a") else ""
        short = inner[1:] if inner in _LONG_A else inner[1:].replace("a", "")
        return (f"{inner[:1]}{short}{kept}+{last}",)
