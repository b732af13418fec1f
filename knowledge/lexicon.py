"""Words of patients in one language: wordings of concepts, context cues, numbers, answers and labels."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from typing import NamedTuple

from pydantic import Field, StrictStr

from knowledge.errors import ContentError, did_you_mean
from knowledge.files import build, read_yaml, yaml_files
from knowledge.grammar import CONCEPT_LISTS, Answers, Context, Words
from knowledge.quantities import Numbers
from knowledge.schema import Content
from knowledge.vocabulary import LANGUAGES

_FLAGS = "=!?~"
_SPECIAL = (
    "classes.yaml",
    "labels.yaml",
    "labels_extra.yaml",
    "context.yaml",
    "numbers.yaml",
    "answers.yaml",
    "requests.yaml",
    "request_classes.yaml",
)
_SHARED_SPEECH = ({"ary", "ary-Latn"},)
"""Written forms of one speech: a class of one may be used in wordings of the other."""


class Wording(NamedTuple):
    """One way to say a concept; `words` are literal words and `@class` references."""

    concept: str
    words: tuple[str, ...]
    exact: bool = False
    """Exactly these words in this order, next to each other."""
    negated: bool = False
    """The words say that the concept is absent ("breathing normally"), or `aside`."""
    aside: bool = False
    """The words are about something else, and say neither that it is there nor that it is absent ("dying to know")."""
    possible: bool = False
    """The words are ambiguous and make the concept only possible."""


@dataclass(frozen=True)
class Lexicon:
    """All words of one written form."""

    language: str
    classes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    wordings: tuple[Wording, ...] = ()
    requests: tuple[Wording, ...] = ()
    """Wordings of what patients ask for; apart, so that no request can change how symptoms are read."""
    request_classes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Further classes that only requests use."""
    labels: Mapping[str, str] = field(default_factory=dict)
    context: Context = Context()
    numbers: Numbers = Numbers()
    answers: Answers = Answers()


class _Strings(Content):
    items: dict[StrictStr, StrictStr]


class _Lists(Content):
    items: dict[StrictStr, tuple[StrictStr, ...]] = Field(default={})


def parse_wording(concept: str, text: str) -> Wording:
    """Turn one line of a lexicon into a wording.

    Raises:
        ContentError: There are no words, or a prefix is unknown.
    """
    words = text.split()
    prefix = ""
    if words and all(character in _FLAGS for character in words[0]):
        prefix = words.pop(0)
    elif words and words[0][0] in _FLAGS:
        raise ContentError(f"{text!r}: put a space after the prefix {words[0][0]!r}")
    if not words or len(set(prefix)) != len(prefix):
        raise ContentError(f"{text!r} is no wording; write words, perhaps after one of the prefixes = ! ? ~")
    return Wording(
        concept,
        tuple(words),
        exact="=" in prefix,
        negated="!" in prefix or "~" in prefix,
        aside="~" in prefix,
        possible="?" in prefix,
    )


@contextmanager
def without_collection() -> Iterator[None]:
    """Pause garbage collection while very many lasting objects are made: it finds nothing and doubles the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def load_lexicons(folder: Traversable, concepts: set[str]) -> dict[str, Lexicon]:
    """Read the lexicons of all languages that have a folder.

    Args:
        folder: The folder that holds one folder a language.
        concepts: Every concept id that a wording or label may name.

    Raises:
        ContentError: A key, concept or class is unknown; the message names file and key.
    """
    if not folder.is_dir():
        return {}
    places = {place.name: place for place in folder.iterdir() if place.is_dir() and not place.name.startswith(".")}
    for name in places:
        if name not in LANGUAGES:
            raise ContentError(f"lexicon/{name}: unknown language{did_you_mean(name, LANGUAGES)}")
    with without_collection():
        lexicons = {tag: _read(tag, places[tag], concepts) for tag in LANGUAGES if tag in places}
    for lexicon in lexicons.values():
        _check_classes(lexicon, lexicons)
    return lexicons


def _read(language: str, place: Traversable, concepts: set[str]) -> Lexicon:
    files = {path.name: path for path in yaml_files(place)}

    def raw(name: str) -> object:
        return (read_yaml(files[name]) or {}) if name in files else {}

    def lists(name: str) -> dict[str, Words]:
        return build(_Lists, {"items": raw(name)}, where + name).items

    where = f"lexicon/{language}/"
    wordings: list[Wording] = []
    for name in files:
        if name not in _SPECIAL:
            wordings += _wordings(lists(name), where + name, concepts)
    labels: dict[str, str] = {}
    for name in ("labels.yaml", "labels_extra.yaml"):
        labels |= build(_Strings, {"items": raw(name)}, where + name).items
        _check_concepts(labels, where + name, concepts)
    context = build(Context, raw("context.yaml"), f"{where}context.yaml")
    for key in CONCEPT_LISTS:
        _check_concepts(getattr(context, key), f"{where}context.yaml, {key}", concepts)
    for concept, others in context.own_words.items():
        _check_concepts((concept, *others), f"{where}context.yaml, own_words", concepts)
    numbers = build(Numbers, raw("numbers.yaml"), f"{where}numbers.yaml")
    for key, named in (("implies", numbers.implies), ("denies", numbers.denies)):
        _check_concepts(named.values(), f"{where}numbers.yaml, {key}", concepts)
    return Lexicon(
        language=language,
        classes=lists("classes.yaml"),
        wordings=tuple(wordings),
        requests=tuple(_wordings(lists("requests.yaml"), f"{where}requests.yaml", concepts)),
        request_classes=lists("request_classes.yaml"),
        labels=labels,
        context=context,
        numbers=numbers,
        answers=build(Answers, raw("answers.yaml"), f"{where}answers.yaml"),
    )


def _wordings(items: Mapping[str, tuple[str, ...]], where: str, concepts: set[str]) -> list[Wording]:
    _check_concepts(items, where, concepts)
    found = []
    for concept, texts in items.items():
        for text in texts:
            try:
                found.append(parse_wording(concept, text))
            except ContentError as error:
                raise ContentError(f"{where}, {concept}: {error}") from None
    return found


def _check_concepts(names: object, where: str, concepts: set[str]) -> None:
    for concept in names:  # type: ignore[attr-defined]
        if concept not in concepts:
            raise ContentError(f"{where}: unknown concept {concept!r}{did_you_mean(concept, concepts)}")


def _check_classes(lexicon: Lexicon, lexicons: Mapping[str, Lexicon]) -> None:
    shared = next((forms for forms in _SHARED_SPEECH if lexicon.language in forms), {lexicon.language})
    speech = [lexicons[tag] for tag in shared if tag in lexicons]
    known = {name for item in speech for name in item.classes}
    asking = known | {name for item in speech for name in item.request_classes}
    for wordings, classes in ((lexicon.wordings, known), (lexicon.requests, asking)):
        for wording in wordings:
            for word in wording.words:
                if word.startswith("@") and word[1:] not in classes:
                    raise ContentError(
                        f"lexicon/{lexicon.language}, {wording.concept}: unknown class {word!r} in "
                        f"{' '.join(wording.words)!r}{did_you_mean(word[1:], classes)}"
                    )
