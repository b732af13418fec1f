"""Which language a message is written in, from its script and its most frequent words."""

from __future__ import annotations

import re
from collections.abc import Mapping

from knowledge.lexicon import Lexicon
from triage.findings.folding import fold, fold_arabic

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_ARABIC = re.compile(r"[\u0620-\u064a\u0671-\u06d3]")
_LATIN = re.compile(r"[a-zà-öø-ÿœ]", re.IGNORECASE)
_ARABIZI = re.compile(
    r"(?i)(?=[a-z0-9']*[a-z])(?:[a-z']*[35796][a-z']+|[a-z']+[35796][a-z']*|[35796][a-z]{2,}[a-z0-9']*)"
)
_FOREIGN_LETTERS = re.compile(r"[پچژکیڑٹںہے]")
_LONG_ENOUGH = 2
_SAMPLE = 2000

_KNOWN: dict[int, tuple[Mapping[str, Lexicon], dict[str, frozenset[str]]]] = {}


def identify(text: str, page_language: str | None, lexicons: Mapping[str, Lexicon]) -> str | None:
    """Return the language tag of a message, or None when it cannot be told.

    Args:
        text: The message.
        page_language: Language of the page, kept for messages of one word.
        lexicons: Lexicons by language tag; their function words vote.
    """
    words = _WORD.findall(text[:_SAMPLE])
    spoken = _function_words(lexicons)
    arabic = sum(1 for word in words if _ARABIC.search(word))
    latin = sum(1 for word in words if not _ARABIC.search(word) and _LATIN.search(word))
    if arabic == latin == 0:
        return page_language if words else None
    if arabic + latin < _LONG_ENOUGH:
        return _one_word(page_language, arabic > 0)
    if arabic >= latin:
        return _in_arabic_script(words, spoken)
    return _in_latin_script(words, page_language, spoken)


def _one_word(page_language: str | None, arabic: bool) -> str | None:
    """A single word never switches the language; only its script can."""
    in_arabic = page_language in {"ar", "ary"}
    return page_language if arabic == in_arabic else None


def _in_arabic_script(words: list[str], spoken: Mapping[str, frozenset[str]]) -> str | None:
    folded = [fold_arabic(word) for word in words]
    scores = {}
    for tag in ("ary", "ar"):
        known = spoken.get(tag, frozenset())
        scores[tag] = sum(1 for word in folded if word in known or (word[1:] in known and word[:1] in "وف"))
    if not any(scores.values()) and sum(1 for word in words if _FOREIGN_LETTERS.search(word)) * 4 >= len(words):
        return None
    return "ary" if scores["ary"] > scores["ar"] else "ar"


def _in_latin_script(words: list[str], page_language: str | None, spoken: Mapping[str, frozenset[str]]) -> str | None:
    folded = [fold(word.casefold()) for word in words]
    votes = {tag: sum(1 for word in folded if word in spoken.get(tag, frozenset())) for tag in ("en", "fr", "ary-Latn")}
    votes["ary-Latn"] += 2 * sum(1 for word in words if _ARABIZI.fullmatch(word))
    best = max(votes.values())
    if best == 0 or best * 6 < len(words):
        return None
    tied = [tag for tag, count in votes.items() if count == best]
    if len(tied) > 1 and page_language in tied:
        return page_language
    return tied[0]


def _function_words(lexicons: Mapping[str, Lexicon]) -> dict[str, frozenset[str]]:
    """Return the folded function words of each language, computed once for each set of lexicons."""
    known = _KNOWN.get(id(lexicons))
    if known is None or known[0] is not lexicons:
        words = {
            tag: frozenset(
                fold_arabic(word) if tag in {"ar", "ary"} else fold(word.casefold())
                for word in lexicon.context.function_words
            )
            for tag, lexicon in lexicons.items()
        }
        _KNOWN.clear()
        known = _KNOWN[id(lexicons)] = (lexicons, words)
    return known[1]
