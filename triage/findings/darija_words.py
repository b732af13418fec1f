"""When two words of Darija are one: keys of their sounds, and the shapes of its verbs.

A key is "consonants|first vowels|vowels between|last vowels|script"; `triage.findings.darija` says when two agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from triage.sounds import ARABIC, consonants, skeleton

SHORT = 2
"""Consonants up to which a word is so short that its vowels count."""
LONG = 3
"""Consonants from which a word meets another one by no accident."""
BARE = "v"
"""Marks the stem of a verb without tense and object."""

_TENSE = re.compile(r"^(?:ka[nit]|k[nit](?=[^aiuo]{2})|ta[ni](?![aiuo])|Ga(?:di)?[nit])(?=[^aiuo]|[aiuo][^aiuo])")
_NOW = re.compile(
    r"(?:ka[nit]|k[nit]u?(?=[^aiuo]{2})|ta[ni](?![aiuo]))(?:[^aiuo]|[aiuo][^aiuo]).*|3n?d(?:i|u|o|ha|na)|fi+(?:a|h|ha)|kain[ai]?"
)
WAS = re.compile(r"kan[aiu]?t?[iu]?")
"""Was, I was, they were."""
_FIRST_PERSON = re.compile(r"^n(?=[^aiuo])")
_OBJECTS = ("lkum", "lhum", "hum", "kum", "lna", "lha", "lk", "ni", "ha", "na", "li", "lu", "lo")


def is_now(word: str) -> bool:
    """Return whether sounds are a verb in the present, "I have", "in me" or "there is"."""
    return _NOW.fullmatch(word) is not None and WAS.fullmatch(word) is None


def key_of(word: str, script: str) -> str:
    """Return the key of the sounds of a word ("sxn||.a|a|" for "skhana")."""
    bones = skeleton(word)
    if not bones:
        return f"{word}||||{script}"
    first, *rest = re.split("[^aiuo]", word.replace("o", "u") if script else word)
    last = rest.pop().replace("o", "u")
    # a last -i or -u is mostly "my" or "his"
    end = last if len(bones) == 1 or len(last) > 1 or last == "a" else ""
    if len(bones) > SHORT:
        end = "a" if end.endswith("a") else ""
    begin = "" if first == "a" and len(bones) > SHORT else first.replace("o", "u")
    return f"{bones}|{begin}|{'.'.join(rest)}|{end}|{script}"


def agree(said: str, kept: str) -> bool:
    """Whether the words of two keys with the same consonants may be one."""
    if said == kept:
        return True
    bones, said_first, said_inner, said_last, said_script = said.split("|")
    kept_bones, kept_first, kept_inner, kept_last, kept_script = kept.split("|")
    if bones != kept_bones and said_script[:1] == kept_script[:1] == ARABIC:
        return False
    short = len(bones) <= SHORT
    if len(bones) <= LONG and kept_script.endswith(BARE) != said_script.endswith(BARE):
        return False
    if (kept_last and not said_last) or (short and (not _same_first(said_first, kept_first) or said_last != kept_last)):
        return False
    if short and said_script[:1] == ARABIC != kept_script[:1] and "a" in kept_inner and not said_inner.strip("."):
        # "ظهر" without its first letter is not "7ar": Arabic letters would have written the a
        return False
    one_script = said_script[:1] == ARABIC, kept_script[:1] == ARABIC
    between = zip(said_inner.split("."), kept_inner.split("."), strict=False)
    return all(_vowels_agree(one, other, one_script, short=short) for one, other in between)


def bare_verbs(word: str) -> Iterator[str]:
    """Yield a verb without tense and person, and without its object too."""
    tense = _TENSE.match(word)
    if tense is not None and consonants(word[tense.end() :]) >= SHORT:
        bare = [word[tense.end() :]]
        if tense[0].endswith("t") and not word.endswith(_OBJECTS):
            # "katt-" is written "kat-": the t may belong to the verb
            bare.append("t" + bare[0])
    elif _FIRST_PERSON.match(word) and consonants(word) > LONG:
        bare = [word[1:]]
    else:
        bare = [word] if any(word.endswith(ending) and _without(word, ending) for ending in _OBJECTS) else []
    for verb in bare:
        if verb != word:
            yield verb
        for ending in _OBJECTS:
            rest = _without(verb, ending)
            if rest and (consonants(rest) >= LONG or (tense is not None and consonants(rest) >= SHORT)):
                yield rest
                break


def _without(word: str, ending: str) -> str:
    return word[: -len(ending)] if word.endswith(ending) else ""


def shorter(word: str) -> Iterator[str]:
    """Yield a word without glued prepositions, persons and objects."""
    if word[:1] in "ufbld" and consonants(word[1:]) >= SHORT:
        yield word[1:]
        if word[1:2] == "l" and consonants(word[2:]) >= SHORT:
            yield word[2:]
    if word[:1] in "tin" and consonants(word[1:]) >= LONG:
        yield word[1:]
    if word[-1:] in "kht" and consonants(word[:-1]) >= LONG:
        yield word[:-1]
    for ending in ("ni", "ti", "li", "ha", "na"):
        rest = _without(word, ending)
        if consonants(rest) >= LONG:
            yield rest


def _bare(one: str, other: str) -> bool:
    """Whether the first has no vowel, and the other at most one that may go unwritten."""
    return not one and len(other) <= 1


def _same_first(said: str, kept: str) -> bool:
    """Whether two short words begin alike; the "a" of an article may be written before one that has none ("arras")."""
    return said == kept or (said == "a" and not kept)


def _vowels_agree(one: str, other: str, arabic: tuple[bool, bool], *, short: bool) -> bool:
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
