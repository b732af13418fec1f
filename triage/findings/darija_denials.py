"""How Darija denies: "ma … ch" around a verb, "ma" alone in lists, "la … la", and a lone "la" before a noun."""

from __future__ import annotations

import re
from collections.abc import Container

from triage.findings.darija_words import LONG, WAS
from triage.sounds import ARABIC, consonants, sounds

PAIRED = "ma+"
"""A "ma" whose -ch was found; in lexicons, cues write it so."""
WHENEVER = "ma~"
"""The "ma" of "koll ma kantneffes" (whenever I breathe), which denies nothing."""
OR = "ولا"
"""No "and not": it is "or", and "became"."""
_PRESENT = re.compile(r"^k[ai]?[nit](?=..)")
_HAVE = re.compile(r"3n?d(?:i|u|o|ha)|fi+(?:a|h|ha|hum|k)?|kain[ai]?")
_NEGATED = re.compile(r"^ma?(?P<core>.+?)c[iuo]?$")
_CAME = re.compile(r"jat?(?:ni|[uo]|ha|na|hum)")
"""It came to him, to her, to me."""
_WITHOUT = sounds("بلا")
_ARABIC_LA = (ARABIC + "la",)
_OR_SOUNDS = (sounds(OR),)
_DENYING = frozenset({PAIRED, "ma", ARABIC + "ma", "la", ARABIC + "la"})
_EVERY = re.compile(r"k[ou]?l")
_EVER = re.compile(r"3o?mr(?:[iou]|ni|ha|na|hum|hom)?")
_CHOICES = frozenset({"ula", "au"})
_OURS = frozenset("xq3G")
"""Sounds that no French word has."""
_ANY = (["ta"], ["hta"])
_NEAR_ANY = 4
"""Tokens from one "ta" to the next of the same list."""
_NEAR_EVER = 3
"""Tokens from an "ever" to the "ma" of its verb."""
_NEAR = 2
"""Tokens from a "ma" to the verb that carries its -ch."""

Sounds = tuple[str, ...]
"""What one token sounds like; a fused negation is two of them."""


def mark_denials(
    found: list[Sounds], negators: Container[str], until_before: Container[str], ends: Container[int] = ()
) -> list[Sounds]:
    """Mark in a message what denies: a "ma" becomes `PAIRED`, a "la" the word for "without", and its -ch goes.

    Args:
        found: The sounds of each token; changed in place.
        negators: Words that negate.
        until_before: Words before which "ta" is "until".
        ends: Tokens before a comma or a stop: a "la" there denies what it follows ("skhana la, l9iya bezzaf"),
            and no "ma" before it has its -ch behind it.

    Returns:
        The same list.
    """
    if not any(word in negators or word in _DENYING for words in found for word in words):
        return found
    _close(found, negators, ends)
    _mark_whenever(found)
    _mark_lists(found)
    _mark_never(found)
    _mark_neither(found)
    _mark_nor(found, ends)
    _mark_none(found, until_before)
    _mark_nor_any(found, until_before)
    _mark_without(found, ends)
    return found


def _close(found: list[Sounds], negators: Container[str], ends: Container[int]) -> None:
    """Drop the -ch of a verb whose "ma" stands before: in "la, lkerch katderni" a comma keeps the belly."""
    last = -_NEAR - 1
    for place, words in enumerate(found):
        if place - 1 in ends:
            last = -_NEAR - 1
        if words and words[-1] in negators:
            last = place
        elif len(words) == 1 and place - last <= _NEAR and words[0].endswith("c") and consonants(words[0]) >= LONG:
            found[place] = (words[0][:-1],)
            if _plain(found[last][0]) == "ma":
                found[last] = (PAIRED,)
            last = -_NEAR - 1


def _mark_whenever(found: list[Sounds]) -> None:
    """A "ma" after "every", whose verb has no -ch, is no "not"."""
    for place, words in enumerate(found[1:], start=1):
        before = found[place - 1]
        if words and _plain(words[0]) == "ma" and before and _EVERY.fullmatch(_plain(before[-1])):
            found[place] = (WHENEVER, *words[1:])


def _mark_lists(found: list[Sounds]) -> None:
    """In lists the -ch is left out: "ma kaydrni, ma fiya skhana"."""
    for place, words in enumerate(found):
        if len(words) > 1 and _plain(words[0]) == "ma" and is_said_of(words[1]):
            found[place] = (PAIRED, *words[1:])
        elif words and _plain(words[-1]) == "ma" and place + 1 < len(found):
            following = found[place + 1]
            found[place] = (PAIRED,) if following and is_said_of(following[0]) else words


def _mark_never(found: list[Sounds]) -> None:
    """A "ma" soon after "ever" denies without a -ch: "3mmer sokkar ma nzel liya"."""
    last = -_NEAR_EVER - 1
    for place, words in enumerate(found):
        if len(words) == 1 and _EVER.fullmatch(_plain(words[0])):
            last = place
        elif words and _plain(words[0]) == "ma" and place - last <= _NEAR_EVER:
            found[place] = (PAIRED, *words[1:])


def _mark_neither(found: list[Sounds]) -> None:
    """A "ma" twice is neither, nor: "ma te7t ma skheft"."""
    bare = [place for place, words in enumerate(found[:-1]) if [_plain(word) for word in words] == ["ma"]]
    for place in bare if len(bare) > 1 else ():
        found[place] = (PAIRED,)


def _mark_nor(found: list[Sounds], ends: Container[int]) -> None:
    """A "la" twice, or after another denial, is neither, nor: "la skhana la ka77a"; Latin "la" may be French."""
    nor = [place for place, words in enumerate(found[:-1]) if place not in ends and words in (_ARABIC_LA, _OR_SOUNDS)]
    if not any(found[place] == _ARABIC_LA for place in nor):
        return
    if len(nor) > 1 or any(PAIRED in words for words in found[: nor[0]]):
        for place in nor:
            found[place] = (_WITHOUT,)


def _mark_none(found: list[Sounds], until_before: Container[str]) -> None:
    """A "ta" after "has not come to him" is any: "ma jatou ta crise"; no "ta" follows "after it came to him"."""
    for place, words in enumerate(found[2:-1], start=2):
        came, denial = found[place - 1], found[place - 2]
        if (
            [_plain(word) for word in words] in _ANY
            and [_plain(word) for word in denial] == ["ma"]
            and len(came) == 1
            and _CAME.fullmatch(_plain(came[0]))
            and not _is_until(found[place + 1], until_before)
        ):
            found[place - 2] = (PAIRED,)


def _mark_nor_any(found: list[Sounds], until_before: Container[str]) -> None:
    """A second "ta" after "I have none" is nor: "ma 3ndi ta wja3 ta skhana"; before a time or a verb it is "until"."""
    last = None
    for place, words in enumerate(found[:-1]):
        if [_plain(word) for word in words] not in _ANY:
            continue
        before, after = found[place - 1] if place else (), found[place + 1]
        if last is not None and place - last <= _NEAR_ANY and not _is_until(after, until_before):
            found[place] = (_WITHOUT,)
            last = place
        elif before and _HAVE.fullmatch(_plain(before[-1])) and _is_denied(found, place - 1):
            last = place


def _is_denied(found: list[Sounds], place: int) -> bool:
    """Whether an "I have" is denied, and told as present."""
    words = [_plain(word) for near in found[max(0, place - 1) : place + 1] for word in near]
    return not {"ma", PAIRED}.isdisjoint(words) and not any(WAS.fullmatch(word) for word in words)


def _is_until(after: Sounds, until_before: Container[str]) -> bool:
    """Whether a "ta" before a time or a verb is "until"."""
    return not after or _plain(after[0]) in until_before or _is_verb(after[0])


def _is_verb(word: str) -> bool:
    """Whether a word after "ta" is a verb ("ta skheft": until I fainted)."""
    plain = _plain(word)
    return is_said_of(plain) or (plain.endswith("t") and consonants(plain) >= LONG)


def _mark_without(found: list[Sounds], ends: Container[int]) -> None:
    """A lone "la" before a noun denies it; after "or" and as the first word it answers ("la, 3ndi skhana")."""
    lone = [
        place
        for place, words in enumerate(found[:-1])
        if place not in ends and [_plain(word) for word in words] == ["la"]
    ]
    for place in lone if len(lone) == 1 and lone[0] else ():
        if found[place - 1] and _denies_noun(found[place - 1], found[place + 1]):
            found[place] = (_WITHOUT,)


def _denies_noun(before: Sounds, after: Sounds) -> bool:
    """Whether a "la" between two tokens is "without": no article of French, and no answer."""
    if len(after) != 1 or is_said_of(after[0]) or _plain(before[-1]) in _CHOICES:
        return False
    return after[0].startswith(ARABIC) or not _OURS.isdisjoint(after[0])


def _plain(word: str) -> str:
    return word.removeprefix(ARABIC)


def is_said_of(word: str) -> bool:
    """Whether a word is a present verb, or "I have", "in me", "there is"."""
    plain = word.removeprefix(ARABIC)
    return _PRESENT.match(plain) is not None or _HAVE.fullmatch(plain) is not None


def fused_verb(plain: str) -> str | None:
    """Return the verb of a word that is a verb and its negation ("makaydrnich"), or None."""
    match = _NEGATED.match(plain)
    known = match is not None and (plain.startswith("ma") or match["core"][0] in "3kbqf")
    if match and (consonants(plain) >= 4 if known else consonants(plain) >= 5 and match["core"][0] in "tin"):
        return match["core"]
    return None
