"""A reply in free text to one level of care, by the phrases of `phrases.yaml`.

The rules, in order: a sentence whose advice hangs on a condition ("call 112 if it gets worse") is safety-netting and
does not count; a negated phrase ("you do not need an ambulance") does not count; of the levels that one sentence offers
as a choice ("go to the emergency department or see a doctor today") the least urgent counts, because that is what the
reader may do; of what remains the most urgent sentence is the advice. Nothing left is "unclear", and so is a reply
that only asks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from knowledge.vocabulary import Disposition

_SENTENCE = re.compile(r"[^.!?؟\n;؛]+[.!?؟]*")
_LIST_MARK = re.compile(r"^[\s\-*•\d.)#>]+")
_CLAUSE = re.compile(r"[,،:—–]|\s-\s")


@dataclass(frozen=True)
class Reading:
    """What a reply advises."""

    level: Disposition | None
    """None when the reply says no level clearly."""
    evidence: str = ""
    """The sentence that decided."""
    why: str = ""
    """Why there is no level: `no_advice`, `only_conditional`, or `question`."""


@dataclass(frozen=True)
class _Phrases:
    levels: tuple[tuple[Disposition, re.Pattern[str]], ...]
    condition: re.Pattern[str]
    negation: re.Pattern[str]
    choice: re.Pattern[str]


def read_reply(text: str) -> Reading:
    """Return the level that a reply advises now.

    Args:
        text: The reply, Markdown or plain, in any of the five written forms.
    """
    found: list[tuple[Disposition, str]] = []
    conditional = False
    for sentence in _sentences(text):
        level, hung = _advice(sentence)
        conditional = conditional or hung
        if level is not None:
            found.append((level, sentence.strip()))
    if found:
        level, sentence = max(found, key=lambda item: item[0])
        return Reading(level, sentence)
    asks = text.rstrip().endswith(("?", "؟"))
    return Reading(None, why="only_conditional" if conditional else "question" if asks else "no_advice")


def read_choice(text: str, choices: dict[str, Disposition]) -> Reading:
    """Return the level of a forced choice: exactly one of the offered answers must stand in the reply.

    Args:
        text: The reply.
        choices: Answer (a letter or a name) to level.
    """
    words = set(re.findall(r"[\w-]+", _plain(text)))
    chosen = {level for answer, level in choices.items() if answer.casefold() in words}
    if len(chosen) != 1:
        return Reading(None, why="no_advice" if not chosen else "several_choices")
    return Reading(chosen.pop(), text.strip()[:200])


def _sentences(text: str) -> Iterator[str]:
    for part in _SENTENCE.findall(text):
        cut = _LIST_MARK.sub("", part)
        if cut.strip():
            yield cut


def _advice(sentence: str) -> tuple[Disposition | None, bool]:
    """Return the level of a sentence, and whether one was left out because it hangs on a condition."""
    phrases = _phrases()
    plain = _plain(sentence)
    hit: list[Disposition] = []
    hung = False
    for level, match in _longest(plain, phrases):
        before = plain[_clause_start(plain, match.start()) : match.start()]
        if phrases.negation.search(before) or phrases.negation.search(match[0]):
            continue
        if phrases.condition.search(plain):
            hung = True
            continue
        hit.append(level)
    if not hit:
        return None, hung
    offered = phrases.choice.search(plain) is not None and len(set(hit)) > 1
    return (min(hit) if offered else max(hit)), hung


def _longest(text: str, phrases: _Phrases) -> list[tuple[Disposition, re.Match[str]]]:
    """Return the phrases of a sentence; of two that overlap the longer ("see a doctor" in "see a doctor today")."""
    every = [(level, match) for level, pattern in phrases.levels for match in pattern.finditer(text)]
    kept: list[tuple[Disposition, re.Match[str]]] = []
    for level, match in sorted(every, key=lambda item: (item[1].start() - item[1].end(), -item[0])):
        if all(match.end() <= other.start() or other.end() <= match.start() for _, other in kept):
            kept.append((level, match))
    return kept


def _clause_start(text: str, place: int) -> int:
    return max((match.end() for match in _CLAUSE.finditer(text, 0, place)), default=0)


def _plain(text: str) -> str:
    """Casefolded, without accents, Arabic vowel signs, Markdown marks, and with one kind of apostrophe."""
    folded = unicodedata.normalize("NFKD", text.casefold().replace("’", "'").replace("ـ", ""))
    bare = "".join(mark for mark in folded if not unicodedata.combining(mark))
    bare = re.sub("[إأآٱ]", "ا", bare).replace("ى", "ي").replace("ة", "ه")
    return re.sub(r"\s+", " ", re.sub(r"[*_`#>]", "", bare))


@cache
def _phrases() -> _Phrases:
    table = yaml.safe_load(files("evals.reading").joinpath("phrases.yaml").read_text(encoding="utf-8"))
    levels = tuple((Disposition[name.upper()], _joined(forms)) for name, forms in table["levels"].items())
    return _Phrases(levels, *(_joined(table[key]) for key in ("condition", "negation", "choice")))


def _joined(forms: dict[str, list[str]]) -> re.Pattern[str]:
    return _pattern([phrase for form in forms.values() for phrase in form])


def _pattern(phrases: list[str]) -> re.Pattern[str]:
    """Return a pattern of whole words; ` .. ` in a phrase stands for up to four words between."""
    parts = []
    for phrase in sorted(phrases, key=len, reverse=True):
        pieces = [r"\s+".join(re.escape(word) for word in piece.split()) for piece in _plain(phrase).split("..")]
        parts.append(r"(?:\s+\S+){0,4}?\s+".join(pieces))
    return re.compile(r"(?<!\w)(?:" + "|".join(parts) + r")(?!\w)")
