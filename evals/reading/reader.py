"""A reply in free text to one level of care, by the phrases of `phrases.yaml`.

The rules, in order: a question advises nothing; a sentence whose advice hangs on a condition ("call 112 if it gets
worse"), or that stands in a list under one, is safety-netting and does not count; a negated phrase ("you do not need an
ambulance") does not count, save that no doctor is needed; a doctor is as urgent as the time that stands in the same
sentence; of the levels that one sentence offers as a choice ("go to the emergency department or see a doctor today")
the least urgent counts, because that is what the reader may do; of what remains the most urgent sentence is the advice.
Nothing left is "unclear", and so is a reply that only asks.
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
_LIST_ITEM = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s")
_LIST_MARK = re.compile(r"^[\s\-*•#>]+(?:\d+[.)]\s*)?|^\d+[.)]\s+")
_CLAUSE = re.compile(r"[,،:—–(]|\s(?:-|and|but|et|mais|و|لكن|ولكن|w|walakin)\s")


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
    when: tuple[tuple[Disposition, re.Pattern[str]], ...]
    dismissal: re.Pattern[str]
    condition: re.Pattern[str]
    courtesy: re.Pattern[str]
    negation: re.Pattern[str]
    choice: re.Pattern[str]


def read_reply(text: str) -> Reading:
    """Return the level that a reply advises now.

    Args:
        text: The reply, Markdown or plain, in any of the five written forms.
    """
    found: list[tuple[Disposition, str]] = []
    conditional = False
    for sentence, under_condition in _sentences(text):
        level, hung = _advice(sentence)
        if level is not None and under_condition:
            level, hung = None, True
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
    # letters in capitals only: "a" is an article in English and French
    words, folded = set(re.findall(r"[\w-]+", text)), set(re.findall(r"[\w-]+", text.casefold()))
    chosen = {
        level for name, level in choices.items() if (name in words if len(name) == 1 else name.casefold() in folded)
    }
    if len(chosen) != 1:
        return Reading(None, why="no_advice" if not chosen else "several_choices")
    return Reading(chosen.pop(), text.strip()[:200])


def _sentences(text: str) -> Iterator[tuple[str, bool]]:
    """Yield each sentence that is no question, and whether it stands in a list whose heading is a condition."""
    under = False
    for line in text.splitlines():
        bare = _LIST_MARK.sub("", line)
        if not bare.strip():
            continue
        if not _LIST_ITEM.match(line):
            under = _phrases().condition.search(_plain(bare)) is not None and _opens_list(line)
        for part in _SENTENCE.findall(bare):
            if part.strip() and not part.rstrip(" *_").endswith(("?", "؟")):
                yield part, under


def _opens_list(line: str) -> bool:
    return line.rstrip(" *_").endswith(":") or line.startswith("#") or line.rstrip().endswith("**")


def _advice(sentence: str) -> tuple[Disposition | None, bool]:
    """Return the level of a sentence, and whether one was left out because it hangs on a condition."""
    phrases = _phrases()
    plain = phrases.courtesy.sub(" ", _plain(sentence))
    hit: list[Disposition] = []
    hung = False
    for level, match in _longest(plain, phrases):
        before = plain[_clause_start(plain, match.start()) : match.start()]
        dismissed = phrases.dismissal.fullmatch(match[0]) is not None
        if not dismissed and (phrases.negation.search(before) or phrases.negation.search(match[0])):
            continue
        if _hangs(plain, match, phrases.condition):
            hung = True
            continue
        if dismissed and any(time.search(plain) for _, time in phrases.when):
            continue
        if level is Disposition.ROUTINE:
            level = _how_soon(plain, phrases) or level
        hit.append(level)
    if not hit:
        return None, hung
    offered = phrases.choice.search(plain) is not None and len(set(hit)) > 1
    return (min(hit) if offered else max(hit)), hung


def _how_soon(text: str, phrases: _Phrases) -> Disposition | None:
    """Return the level of the first time that is not denied ("it isn't urgent")."""
    for level, pattern in phrases.when:
        for match in pattern.finditer(text):
            if not phrases.negation.search(text[_clause_start(text, match.start()) : match.start()]):
                return level
    return None


def _hangs(text: str, advice: re.Match[str], condition: re.Pattern[str]) -> bool:
    """Return whether a condition stands before the advice, or after it in the same clause or as the next one."""
    for match in condition.finditer(text):
        if match.start() < advice.start():
            return True
        if match.start() >= advice.end():
            between = text[advice.end() : match.start()]
            # "call 112 now, and if you have aspirin, chew one": the condition belongs to what follows
            if _CLAUSE.search(between.rstrip(" ,،:")) is None:
                last = _CLAUSE.split(between)
                return len(last) < 2 or not last[-1].strip()
            return False
    return False


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
    """Casefolded, without accents, Arabic vowel signs, Markdown marks, apostrophes and doubled letters."""
    folded = unicodedata.normalize("NFKD", text.casefold().replace("ـ", ""))
    bare = "".join(mark for mark in folded if not unicodedata.combining(mark))
    bare = re.sub("[إأآٱ]", "ا", bare).replace("ى", "ي").replace("ة", "ه")
    bare = re.sub(r"([^\W\d])\1+", r"\1", re.sub(r"[*_`#>]", "", bare))
    return re.sub(r"\s+", " ", re.sub("['’]", " ", bare))


@cache
def _phrases() -> _Phrases:
    table = yaml.safe_load(files("evals.reading").joinpath("phrases.yaml").read_text(encoding="utf-8"))
    dismissal = [_step(form["verbs"], form["places"]) for form in table["dismissal"].values()]
    said: dict[str, list[str]] = {name: [_pattern(_every(forms))] for name, forms in table["levels"].items()}
    for name, forms in table["steps"].items():
        said.setdefault(name, []).extend(_step(form["verbs"], form["places"]) for form in forms.values())
    said["self_care"] += dismissal
    return _Phrases(
        levels=tuple((Disposition[name.upper()], _whole(patterns)) for name, patterns in said.items()),
        when=tuple(
            (Disposition[name.upper()], _whole([_pattern(_every(forms))])) for name, forms in table["when"].items()
        ),
        dismissal=_whole(dismissal),
        condition=_whole([_pattern(_every(table["condition"]))]),
        courtesy=_whole([_pattern(_every(table["courtesy"]))]),
        negation=_whole([_pattern(_every(table["negation"]))]),
        choice=_whole([_pattern(_every(table["choice"]))]),
    )


def _every(forms: dict[str, list[str]]) -> list[str]:
    return [phrase for form in forms.values() for phrase in form]


def _whole(patterns: list[str]) -> re.Pattern[str]:
    """Return a pattern of whole words, which Arabic may write together with "and", "so", "to", "in" or "for"."""
    return re.compile(r"(?<!\w)[وفلبك]{0,2}(?:" + "|".join(patterns) + r")(?!\w)")


def _step(verbs: list[str], places: list[str]) -> str:
    """Return the pattern of a verb and, within seven words of the same clause, its place."""
    return rf"(?:{_pattern(verbs)})(?:\s+[^\s,،:]+){{0,6}}?\s+(?:ل|لل|ال|ب|ف|فال|بال|و)?(?:{_pattern(places)})"


def _pattern(phrases: list[str]) -> str:
    """Return the alternatives; ` .. ` in a phrase stands for up to four words between."""
    parts = []
    for phrase in sorted(phrases, key=len, reverse=True):
        pieces = [r"\s+".join(re.escape(word) for word in piece.split()) for piece in _plain(phrase).split("..")]
        parts.append(r"(?:\s+\S+){0,4}?\s+".join(pieces))
    return "|".join(parts)
