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
from collections.abc import Iterator, Mapping, Sequence

from triage.findings.forms import Form
from triage.sounds import ARABIC, EMPHATIC, consonants, skeleton, sounds

_TENSE = re.compile(r"^(?:ka[nit]|k[nit](?=[^aiuo]{2})|ta[ni](?![aiuo])|Ga(?:di)?[nit])(?=[^aiuo]|[aiuo][^aiuo])")
_PRESENT = re.compile(r"^k[ai]?[nit](?=..)")
_HAVE = re.compile(r"3n?d(?:i|u|o|ha)|fi+(?:a|h|ha|hum|k)?|kain[ai]?")
_FIRST_PERSON = re.compile(r"^n(?=[^aiuo])")
_OBJECTS = ("lkum", "lhum", "hum", "kum", "lna", "lha", "lk", "ni", "ha", "na", "li", "lu", "lo")
_NEGATED = re.compile(r"^ma?(?P<core>.+?)c[iuo]?$")
_SHORT = 2
_LONG = 3
_AND = "و"
PAIRED = "ma+"
"""A "ma" whose -ch was found; in lexicons, cues write it so."""
_WITHOUT = sounds("بلا")
_OR = "ولا"
_OR_SOUNDS = sounds(_OR)
_CHOICES = frozenset({"ula", "au"})
_OURS = frozenset("xq3G")
"""Sounds that no French word has."""
_BARE = "v"
"""Marks the stem of a verb without tense and object."""


class Darija(Form):
    """Darija, whichever script it is written in.

    Args:
        contractions: Fused spelling to the words it stands for.
        negators: Words that negate.
    """

    scripts = frozenset({"latin", "arabic"})
    corrects = False
    negation_marks = frozenset({PAIRED})

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
        if text[:1] == _AND and len(text) > _SHORT and text != _OR and self._denies(text[1:]):
            # "and" is written as part of a negation too ("ومابغاش"); "ولا" is "or" and "became"
            text = text[1:]
        word = sounds(text)
        if word in self._contractions:
            return self._contractions[word]
        if word in self._negators:
            return (word,)
        plain = word.removeprefix(ARABIC)
        core = _fused(plain)
        if core is not None:
            return (PAIRED, word[: len(word) - len(plain)] + core)
        return (word,) if word else ()

    def _denies(self, text: str) -> bool:
        """Whether a token is a negation, alone or fused with its verb."""
        word = sounds(text)
        known = self._contractions.get(word)
        if known is not None:
            return any(part in self._negators or part == PAIRED for part in known)
        return word in self._negators or _fused(word.removeprefix(ARABIC)) is not None

    def join(self, found: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
        """Drop the -ch of a negation when its "ma" stands before."""
        last = -9
        for place, words in enumerate(found):
            if words and words[-1] in self._negators:
                last = place
            elif len(words) == 1 and place - last <= 2 and words[0].endswith("c") and consonants(words[0]) >= _LONG:
                found[place] = (words[0][:-1],)
                if found[last][0].removeprefix(ARABIC) == "ma":
                    found[last] = (PAIRED,)
                last = -9
        for place, words in enumerate(found):
            # in lists the -ch is left out: "ma kaydrni, ma fiya skhana"
            if len(words) > 1 and words[0].removeprefix(ARABIC) == "ma" and is_said_of(words[1]):
                found[place] = (PAIRED, *words[1:])
            elif words and words[-1].removeprefix(ARABIC) == "ma" and place + 1 < len(found):
                following = found[place + 1]
                found[place] = (PAIRED,) if following and is_said_of(following[0]) else words
        bare = [
            place for place, words in enumerate(found[:-1]) if [item.removeprefix(ARABIC) for item in words] == ["ma"]
        ]
        if len(bare) > 1:
            # "ma te7t ma skheft": neither, nor
            for place in bare:
                found[place] = (PAIRED,)
        nor = [place for place, words in enumerate(found[:-1]) if words in {(ARABIC + "la",), (_OR_SOUNDS,)}]
        if not any(found[place] == (ARABIC + "la",) for place in nor):
            nor = []
        if len(nor) > 1 or (nor and any(PAIRED in words for words in found[: nor[0]])):
            # "la skhana la ka77a": neither, nor; Latin "la" may be French
            for place in nor:
                found[place] = (_WITHOUT,)
        lone = [place for place, words in enumerate(found[:-1]) if _says_no(words)]
        for place in lone if len(lone) == 1 and lone[0] else ():
            # "kanakol mzyan, la skhana"; after "or" and as the first word it answers ("la, 3ndi skhana")
            if found[place - 1] and _denies_noun(found[place - 1], found[place + 1]):
                found[place] = (_WITHOUT,)
        return found

    def stem(self, word: str) -> str:
        """Return consonants, the vowels before, between and after them, and the script ("sxn||.a|a|" for "skhana")."""
        if word == PAIRED:
            word = "ma"
        script = ARABIC if word.startswith(ARABIC) else ""
        return _key(word.removeprefix(ARABIC), script)

    def stems(self, word: str) -> tuple[str, ...]:
        """Return the stem as written and, for what looks like a verb, the bare ones."""
        full = self.stem(word)
        plain = word.removeprefix(ARABIC)
        script = ARABIC if word.startswith(ARABIC) else ""
        return (full, *(_key(bare, script) + _BARE for bare in _bare_verbs(plain)))

    def shelf(self, stem: str) -> str:
        """Return the consonants of a stem."""
        return stem.partition("|")[0].replace(EMPHATIC, "t")

    def agree(self, said: str, kept: str) -> bool:
        """Whether two words of the same consonants may be one."""
        if said == kept:
            return True
        bones, said_first, said_inner, said_last, said_script = said.split("|")
        kept_bones, kept_first, kept_inner, kept_last, kept_script = kept.split("|")
        if bones != kept_bones and said_script[:1] == kept_script[:1] == ARABIC:
            return False
        short = len(bones) <= _SHORT
        if len(bones) <= _LONG and kept_script.endswith(_BARE) != said_script.endswith(_BARE):
            return False
        if (kept_last and not said_last) or (
            short and (not _same_first(said_first, kept_first) or said_last != kept_last)
        ):
            return False
        if short and said_script[:1] == ARABIC != kept_script[:1] and "a" in kept_inner and not said_inner.strip("."):
            # "ظهر" without its first letter is not "7ar": Arabic letters would have written the a
            return False
        one_script = said_script[:1] == ARABIC, kept_script[:1] == ARABIC
        between = zip(said_inner.split("."), kept_inner.split("."), strict=False)
        return all(_agree(one, other, one_script, short=short) for one, other in between)

    def keeps_first(self, word: str) -> bool:
        """Whether the word is so short that its first vowel counts."""
        return consonants(word.removeprefix(ARABIC)) <= _SHORT

    def variants(self, word: str) -> Iterator[str]:
        """Try without glued prepositions, persons and objects."""
        plain = word.removeprefix(ARABIC)
        script = ARABIC if word.startswith(ARABIC) else ""
        for rest in _shorter(plain):
            yield _key(rest, script)

    def unglued(self, word: str) -> Iterator[str]:
        """Yield the noun of "فعيني" and "بصدري"; in Latin letters too many words begin so."""
        plain = word.removeprefix(ARABIC)
        # "بارد" is no preposition and another word
        glued = plain[:1] in "ufbld" and (plain[1:2] != "a" or plain[1:3] == "al")
        if glued and word.startswith(ARABIC) and consonants(plain[1:]) >= _SHORT:
            yield _key(plain[1:], ARABIC)

    def answers(self, word: str, after: Sequence[str]) -> bool | None:
        """Return whether a "no" answers: "ma kaynch skhana" denies the fever, "la" denies no verb ("la kanmchi")."""
        if word == PAIRED:
            return not after
        if word.endswith("la") and after and (is_said_of(after[0]) or PAIRED in after):
            return True
        return None

    def cue_keys(self, word: str) -> tuple[str, ...]:
        """Return the key of a word within a cue: nothing is stripped and the last vowel counts ("3ndi", "3ndo")."""
        if word == PAIRED:
            return (PAIRED,)
        plain = word.removeprefix(ARABIC).replace("o", "u").replace(EMPHATIC, "t")
        last = plain[-1] if plain[-1:] in ("a", "i", "u") and len(plain) > 1 else ""
        bones = skeleton(plain)
        if len(bones) > _SHORT:
            return (f"{bones}+{last}",)
        inner = plain[: len(plain) - len(last)]
        # "wlaw" (they became) keeps the vowel that tells it from "walo" (nothing)
        kept = "a" if inner[1:].endswith("a") else ""
        return (f"{inner[:1]}{inner[1:].replace('a', '')}{kept}+{last}",)


def _says_no(words: tuple[str, ...]) -> bool:
    return [word.removeprefix(ARABIC) for word in words] == ["la"]


def _denies_noun(before: tuple[str, ...], after: tuple[str, ...]) -> bool:
    """Whether a "la" between two tokens is "without": no article of French, and no answer."""
    if len(after) != 1 or is_said_of(after[0]) or before[-1].removeprefix(ARABIC) in _CHOICES:
        return False
    return after[0].startswith(ARABIC) or not _OURS.isdisjoint(after[0])


def is_said_of(word: str) -> bool:
    """Whether a word is a present verb, or "I have", "in me", "there is"."""
    plain = word.removeprefix(ARABIC)
    return _PRESENT.match(plain) is not None or _HAVE.fullmatch(plain) is not None


def _fused(plain: str) -> str | None:
    """Return the verb of a word that is a verb and its negation ("makaydrnich"), or None."""
    match = _NEGATED.match(plain)
    known = match is not None and (plain.startswith("ma") or match["core"][0] in "3kbqf")
    if match and (consonants(plain) >= 4 if known else consonants(plain) >= 5 and match["core"][0] in "tin"):
        return match["core"]
    return None


def _key(word: str, script: str) -> str:
    bones = skeleton(word)
    if not bones:
        return f"{word}||||{script}"
    first, *rest = re.split("[^aiuo]", word.replace("o", "u") if script else word)
    last = rest.pop().replace("o", "u")
    # a last -i or -u is mostly "my" or "his"
    end = last if len(bones) == 1 or len(last) > 1 or last == "a" else ""
    if len(bones) > _SHORT:
        end = "a" if end.endswith("a") else ""
    begin = "" if first == "a" and len(bones) > _SHORT else first.replace("o", "u")
    return f"{bones}|{begin}|{'.'.join(rest)}|{end}|{script}"


def _bare_verbs(word: str) -> Iterator[str]:
    """Yield a verb without tense and person, and without its object too."""
    tense = _TENSE.match(word)
    if tense is not None and consonants(word[tense.end() :]) >= _SHORT:
        bare = [word[tense.end() :]]
        if tense[0].endswith("t") and not word.endswith(_OBJECTS):
            # "katt-" is written "kat-": the t may belong to the verb
            bare.append("t" + bare[0])
    elif _FIRST_PERSON.match(word) and consonants(word) > _LONG:
        bare = [word[1:]]
    else:
        bare = [word] if any(word.endswith(ending) and _without(word, ending) for ending in _OBJECTS) else []
    for verb in bare:
        if verb != word:
            yield verb
        for ending in _OBJECTS:
            rest = _without(verb, ending)
            if rest and (consonants(rest) >= _LONG or (tense is not None and consonants(rest) >= _SHORT)):
                yield rest
                break


def _without(word: str, ending: str) -> str:
    return word[: -len(ending)] if word.endswith(ending) else ""


def _shorter(word: str) -> Iterator[str]:
    if word[:1] in "ufbld" and consonants(word[1:]) >= _SHORT:
        yield word[1:]
        if word[1:2] == "l" and consonants(word[2:]) >= _SHORT:
            yield word[2:]
    if word[:1] in "tin" and consonants(word[1:]) >= _LONG:
        yield word[1:]
    if word[-1:] in "kht" and consonants(word[:-1]) >= _LONG:
        yield word[:-1]
    for ending in ("ni", "ti", "li", "ha", "na"):
        rest = _without(word, ending)
        if consonants(rest) >= _LONG:
            yield rest


def _bare(one: str, other: str) -> bool:
    """Whether the first has no vowel, and the other at most one that may go unwritten."""
    return not one and len(other) <= 1


def _same_first(said: str, kept: str) -> bool:
    """Whether two short words begin alike; the "a" of an article may be written before one that has none ("arras")."""
    return said == kept or (said == "a" and not kept)


def _agree(one: str, other: str, arabic: tuple[bool, bool], *, short: bool) -> bool:
    """Whether two vowel groups may be one.

    Arabic letters always write a long vowel, and Latin letters write every vowel but the "e" that nobody hears.
    """
    if one.replace("o", "u") == other.replace("o", "u"):
        return True
    if all(arabic):
        return False
    if not any(arabic):
        one, other = one.replace("o", "u"), other.replace("o", "u")
        if short:
            return not (set(one) ^ set(other)) - {"a"} and bool(one) != bool(other)
        # "kay7el" (he opens) is not "k7el" (black)
        return _bare(one, other) or _bare(other, one) or bool(set(one) & set(other))
    written, latin = (one, other) if arabic[0] else (other, one)
    if not written:
        return not set(latin) & {"i", "u"}
    latin = latin.replace("o", "u")
    return set(written) == set(latin) if short else bool(set(written) & set(latin))
