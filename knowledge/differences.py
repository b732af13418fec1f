"""What changed between two states of the content, in words that a nurse reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from knowledge.conditions import Absent, All, Compare, Condition, NoneOf, Present, parse
from knowledge.conditions import Any as AnyOf
from knowledge.items import Document
from knowledge.schema import SECTIONS, SectionKind
from knowledge.vocabulary import Disposition

_KINDS = {
    "rule": "danger sign",
    "protocol": "complaint",
    "article": "article",
    "question": "question",
    "modifier": "people for whom the level is raised",
    "words": "words of patients in",
    "replies": "fixed sentences in",
    "services": "telephone numbers of",
    "source": "source",
    "concepts": "clinical ideas",
    "requests": "answers to requests",
}
_CONDITIONS = {"when": "holds when", "opens_when": "opens when", "only_if": "is asked only if"}
_LEVELS = {
    "disposition": "advises",
    "default": "advises, when every danger question was answered no,",
    "unanswered": "advises, while nothing is answered,",
    "up_to": "raises at most to",
}
_MOST_SHOWN = 300


def differences(old: Mapping[str, Document], new: Mapping[str, Document]) -> Iterator[str]:
    """Yield a line for each item that was added, taken away or changed, and an indented line for each change in it."""
    for name in sorted(set(old) | set(new)):
        if name not in new:
            yield f"{_called(name, old[name])}: taken away"
        elif name not in old:
            yield f"{_called(name, new[name])}: new"
            yield from _news(name, new[name])
        elif old[name] != new[name]:
            yield f"{_called(name, new[name])}: changed"
            yield from (f"    {line}" for line in _changes(name, old[name], new[name]))


def in_words(condition: Condition) -> str:
    """Return a condition as a sentence part."""
    match condition:
        case Present(concept):
            return concept.replace("_", " ")
        case Absent(concept):
            return f"{concept.replace('_', ' ')} is denied"
        case Compare(quantity, operator, value):
            return (
                f"{quantity.replace('_', ' ')} {operator} {value:g}"
                if isinstance(value, float)
                else f"{quantity} is {value}"
            )
        case All(parts):
            return "(" + " and ".join(map(in_words, parts)) + ")"
        case AnyOf(parts):
            return "(" + " or ".join(map(in_words, parts)) + ")"
        case NoneOf(parts):
            return "none of (" + ", ".join(map(in_words, parts)) + ")"


def _called(name: str, document: Document) -> str:
    kind, _, identity = name.partition(":")
    title = document.get("title", document.get("ask"))
    shown = title.get("en") if isinstance(title, dict) else title
    called = _KINDS.get(kind, name).capitalize() + (f" {identity}" if identity else "")
    return called + (f' "{shown}"' if isinstance(shown, str) else "")


def _news(name: str, document: Document) -> Iterator[str]:
    if name.startswith("rule:"):
        yield f"    advises {_level(document.get('disposition'))}; holds when {_condition(document.get('when'))}"
    elif name.startswith("article:"):
        counts = (f"{SECTIONS[kind]}: {len(lines)}" for kind, lines in _sections(document).items())
        yield f"    sentences: {'; '.join(counts)}"


def _changes(name: str, old: Document, new: Document) -> Iterator[str]:
    if name.startswith("words:"):
        yield from _words(old, new)
        return
    for key in sorted(set(old) | set(new), key=lambda key: (key not in _LEVELS, key not in _CONDITIONS, key)):
        was, now = old.get(key), new.get(key)
        if was == now:
            continue
        if key in _LEVELS:
            yield f"{_LEVELS[key]} {_level(now)} instead of {_level(was)}{_direction(was, now)}"
        elif key in _CONDITIONS:
            yield f"{_CONDITIONS[key]} {_condition(now)}"
            yield f"  before: {_condition(was)}"
        elif key == "sections":
            yield from _sentences(_sections(old), _sections(new))
        elif isinstance(was, dict) and isinstance(now, dict):
            yield from _entries(key, was, now)
        elif isinstance(was, list) and isinstance(now, list) and all(isinstance(item, str) for item in was + now):
            yield from _lists(key, was, now)
        else:
            yield f"{_key(key)}: {_short(now)}; before: {_short(was)}"


def _words(old: Document, new: Document) -> Iterator[str]:
    before, after = _counts(old), _counts(new)
    changed = {concept for concept in before | after if before.get(concept, 0) != after.get(concept, 0)}
    for concept in sorted(changed):
        yield f"{concept.replace('_', ' ')}: {after.get(concept, 0)} wordings instead of {before.get(concept, 0)}"
    was, now = _mapping(old, "labels"), _mapping(new, "labels")
    yield from _entries("labels", was, now)
    files = _mapping(old, "files"), _mapping(new, "files")
    touched = sorted(name for name in files[0] | files[1] if files[0].get(name) != files[1].get(name))
    yield f"files changed: {', '.join(touched)}"


def _sentences(old: Mapping[SectionKind, list[str]], new: Mapping[SectionKind, list[str]]) -> Iterator[str]:
    for kind, called in SECTIONS.items():
        was, now = old.get(kind, []), new.get(kind, [])
        for sentence in now:
            if sentence not in was:
                yield f"'{called}' says now: {sentence}"
        for sentence in was:
            if sentence not in now:
                yield f"'{called}' no longer says: {sentence}"
        if was != now and sorted(was) == sorted(now):
            yield f"'{called}' has its sentences in another order"


def _entries(key: str, was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    for name in sorted(set(was) | set(now)):
        if was.get(name) == now.get(name):
            continue
        place = f"{_key(key)}, {name.replace('_', ' ')}"
        if name not in now:
            yield f"{place}: taken away ({_short(was[name])})"
        elif name not in was:
            yield f"{place}: new ({_short(now[name])})"
        else:
            yield f"{place}: {_short(now[name])}; before: {_short(was[name])}"


def _lists(key: str, was: list[str], now: list[str]) -> Iterator[str]:
    fresh, gone = [item for item in now if item not in was], [item for item in was if item not in now]
    if fresh:
        yield f"{_key(key)}, new: {', '.join(fresh)}"
    if gone:
        yield f"{_key(key)}, taken away: {', '.join(gone)}"
    if not fresh and not gone:
        yield f"{_key(key)}: in another order: {', '.join(now)}"


def _sections(document: Document) -> dict[SectionKind, list[str]]:
    found: dict[SectionKind, list[str]] = {}
    sections = document.get("sections")
    for section in sections if isinstance(sections, list) else []:
        found.setdefault(section["kind"], []).extend(section["sentences"])
    return found


def _counts(document: Document) -> dict[str, int]:
    return {concept: int(count) for concept, count in _mapping(document, "wordings").items()}


def _mapping(document: Document, key: str) -> dict[str, Any]:
    found = document.get(key)
    return found if isinstance(found, dict) else {}


def _key(key: str) -> str:
    return key.replace("_", " ")


def _level(name: object) -> str:
    return "nothing" if name is None else str(name).replace("_", " ")


def _direction(was: object, now: object) -> str:
    if was is None or now is None:
        return ""
    return " (MORE URGENT)" if Disposition.parse(now) > Disposition.parse(was) else " (CALMER)"


def _condition(raw: object) -> str:
    return "always" if raw is None else in_words(parse(raw)).removeprefix("(").removesuffix(")")


def _short(value: object) -> str:
    text = "nothing" if value is None else value if isinstance(value, str) else repr(value)
    return text if len(text) <= _MOST_SHOWN else text[:_MOST_SHOWN] + " ..."
