"""Moroccan Darija in Arabic and in Latin letters: one sound skeleton for both scripts.

Both scripts are turned into sounds: consonants with emphatic and plain letters merged (ص and س, ح and ه), and the
vowels that Arabic letters can show. "sdri", "sedri" and "صدري" become "sdri". Words are the same when their consonants
are and their written vowels do not contradict each other: Latin letters write short vowels or not, Arabic letters write
long ones only. In words of one or two consonants the outer vowels must agree too ("dem" is not "dima").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from triage.findings.forms import Form
from triage.findings.sounds import ARABIC, consonants, skeleton, sounds

_TENSE = re.compile(r"^(?:ka?[nit]|ta[nit](?![aiuo])|Ga?d?i?[nit]|Ga)(?=[^aiuo]|[aiuo][^aiuo])")
_OBJECTS = ("lkum", "lhum", "hum", "kum", "lna", "lha", "ni", "ha", "na", "li", "lu", "lo", "lk", "k", "h")
_NEGATED = re.compile(r"^ma?(?P<core>.+?)c[iuo]?$")
_SHORT = 2
PAIRED = "ma+"
"""A "ma" whose -ch was found; in lexicons, cues write it so."""


class Darija(Form):
    """Darija, whichever script it is written in.

    Args:
        contractions: Fused spelling to the words it stands for.
        negators: Words that negate.
    """

    scripts = frozenset({"latin", "arabic"})
    shortest_misspelt = 7

    def __init__(self, contractions: Mapping[str, str], negators: Sequence[str]) -> None:
        super().__init__({})
        self._contractions = {
            sounds(fused): tuple(PAIRED if word == PAIRED else sounds(word) for word in apart.split())
            for fused, apart in contractions.items()
        }
        self._negators = frozenset(other for word in negators for other in self.spellings(sounds(word)))

    def spellings(self, word: str) -> tuple[str, ...]:
        """Return the word as either script marks it."""
        plain = word.removeprefix(ARABIC)
        return (plain, ARABIC + plain)

    def split(self, text: str) -> tuple[str, ...]:
        """Return the sounds of one token, with a fused negation taken apart ("ma3ndich")."""
        if text == PAIRED:
            return (text,)
        word = sounds(text)
        if word in self._contractions:
            return self._contractions[word]
        if word in self._negators:
            return (word,)
        plain = word.removeprefix(ARABIC)
        match = _NEGATED.match(plain)
        if match and consonants(plain) >= 4 and (plain.startswith("ma") or match["core"][0] in "3kbqf"):
            return (PAIRED, word[: len(word) - len(plain)] + match["core"])
        return (word,) if word else ()

    def join(self, found: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
        """Drop the -ch of a negation when its "ma" stands before."""
        last = -9
        for place, words in enumerate(found):
            if words and words[-1] in self._negators:
                last = place
            elif len(words) == 1 and place - last <= 2 and words[0].endswith("c") and consonants(words[0]) >= 3:
                found[place] = (words[0][:-1],)
                if found[last][0].removeprefix(ARABIC) == "ma":
                    found[last] = (PAIRED,)
                last = -9
        return found

    def stem(self, word: str) -> str:
        """Return consonants, the vowels before, between and after them, and the script ("sxn||.a|a|" for "skhana")."""
        if word == PAIRED:
            word = "ma"
        plain = self._bare(word.removeprefix(ARABIC))
        script = ARABIC if word.startswith(ARABIC) else ""
        bones = skeleton(plain)
        if not bones:
            return f"{plain}||||{script}"
        first, *rest = re.split("[^aiuo]", plain)
        last = rest.pop()
        end = last.replace("o", "u") if len(bones) == 1 else "a" if last[-1:] == "a" else ""
        return f"{bones}|{first.lstrip('a')[:1].replace('o', 'u')}|{'.'.join(rest)}|{end}|{script}"

    def shelf(self, stem: str) -> str:
        """Return the consonants of a stem."""
        return stem.partition("|")[0]

    def agree(self, said: str, kept: str) -> bool:
        """Whether the vowels of two words of the same consonants may be one."""
        if said == kept:
            return True
        bones, said_first, said_inner, said_last, said_script = said.split("|")
        _, kept_first, kept_inner, kept_last, kept_script = kept.split("|")
        if (kept_last and not said_last) or (
            len(bones) <= _SHORT and (said_first != kept_first or said_last != kept_last)
        ):
            return False
        between = zip(said_inner.split("."), kept_inner.split("."), strict=False)
        if said_script == kept_script:
            exact = bool(said_script)
            return all(_close(one, other, exact=exact) for one, other in between)
        return all(_same(*(pair if said_script else pair[::-1])) for pair in between)

    def _bare(self, word: str) -> str:
        verb = False
        stripped = _TENSE.sub("", word)
        if stripped != word and consonants(stripped) >= _SHORT:
            word, verb = stripped, True
        elif word[:1] == "n" and consonants(word) > 3 and word[1:2] not in "aiuo":
            word = word[1:]
        for ending in _OBJECTS:
            if word.endswith(ending):
                rest = word[: -len(ending)]
                if consonants(rest) >= (_SHORT if verb and len(ending) > 1 else 3):
                    word = rest
                    break
        return word

    def variants(self, word: str) -> Iterator[str]:
        """Try without glued prepositions, persons and objects."""
        plain = word.removeprefix(ARABIC)
        script = ARABIC if word.startswith(ARABIC) else ""
        for rest in self._shorter(plain):
            yield self.stem(script + rest)

    def _shorter(self, word: str) -> Iterator[str]:
        if word[:1] in "ufbld" and consonants(word[1:]) >= _SHORT:
            yield word[1:]
            if word[1:2] == "l" and consonants(word[2:]) >= _SHORT:
                yield word[2:]
        if word[:1] in "tin" and consonants(word[1:]) >= 3:
            yield word[1:]
        if word[-1:] in "kht" and consonants(word[:-1]) >= 3:
            yield word[:-1]
        for ending in ("ni", "ti", "li", "ha", "na", "t"):
            if word.endswith(ending) and consonants(word[: -len(ending)]) >= _SHORT:
                yield word[: -len(ending)]

    def cue_keys(self, word: str) -> tuple[str, ...]:
        """Return the key of a word within a cue: nothing is stripped and the last vowel counts ("3ndi", "3ndo")."""
        if word == PAIRED:
            return (PAIRED,)
        plain = word.removeprefix(ARABIC)
        plain = plain.replace("o", "u")
        last = plain[-1] if plain[-1:] in ("a", "i", "u") and len(plain) > 1 else ""
        bones = skeleton(plain)
        if len(bones) > _SHORT:
            return (f"{bones}+{last}",)
        inner = plain[: len(plain) - len(last)]
        return (f"{inner[:1]}{inner[1:].replace('a', '')}+{last}",)


def _close(one: str, other: str, *, exact: bool) -> bool:
    """Whether two vowels in the same script may be one; Arabic letters always write i and u where they are long."""
    one, other = one.replace("o", "u"), other.replace("o", "u")
    if exact and ("i" in one) + ("u" in one) * 2 != ("i" in other) + ("u" in other) * 2:
        return False
    return not one or not other or bool(set(one) & set(other))


def _same(arabic: str, latin: str) -> bool:
    """Whether a vowel in Arabic and one in Latin letters may be one: Latin letters write every long vowel."""
    if arabic:
        return bool(set(arabic) & set(latin.replace("o", "u")))
    return not set(latin) & {"i", "u"}
