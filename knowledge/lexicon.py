"""Words of patients in one language: wordings of concepts, context cues, numbers, answers and labels."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from typing import Literal

from pydantic import Field, StrictStr

from knowledge.errors import ContentError, did_you_mean
from knowledge.files import build, read_yaml, yaml_files
from knowledge.schema import Content
from knowledge.vocabulary import LANGUAGES

Words = tuple[StrictStr, ...]
Range = tuple[float, float]

_FLAGS = "=!?"
_SPECIAL = (
    "classes.yaml",
    "labels.yaml",
    "labels_extra.yaml",
    "titles.yaml",
    "context.yaml",
    "numbers.yaml",
    "answers.yaml",
    "requests.yaml",
    "request_classes.yaml",
)
_SHARED_SPEECH = ({"ary", "ary-Latn"},)
"""Written forms of one speech: a class of one may be used in wordings of the other."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to say a concept; `words` are literal words and `@class` references."""

    concept: str
    words: tuple[str, ...]
    exact: bool = False
    """Exactly these words in this order, next to each other."""
    negated: bool = False
    """The words say that the concept is absent ("breathing normally")."""
    possible: bool = False
    """The words are ambiguous and make the concept only possible."""


class Person(Content):
    """Somebody whom an author may write about or mention."""

    words: Words
    sex: Literal["F", "M"] | None = None
    age_days: Range | None = None
    relative: bool = True
    """Whether the person is family (else a neighbour, friend, patient)."""
    pronoun: bool = False
    """He, she: points back to a person already mentioned, or to somebody not named."""
    thing: bool = False
    """The pronoun may stand for a thing: alone it names nobody once the author spoke of themselves."""


class Context(Content):
    """Grammar words and cues of one language; every entry is one or more words."""

    filler: Words = ()
    """Articles, pronouns, prepositions and auxiliaries, which count in no wording."""
    light: Words = ()
    """Adverbs and the like: wordings need them where they have them, but in a message they take no room."""
    contractions: dict[StrictStr, StrictStr] = {}
    """Fused spelling (without apostrophe) to the words it stands for."""
    equal: tuple[Words, ...] = ()
    """Words that may stand for each other inside wordings."""
    negators: Words = ()
    """Words that make a wording keep its order and count as its own negation."""
    whole: Words = ()
    """Words that begin like an article and have none."""
    subjects: Words = ()
    """Words that open a new statement after a comma or "and"."""
    says: Words = ()
    """Verbs of saying after a person: an "I" that follows is that person's ("she said I'm just tired")."""
    bygone: Words = ()
    """Past tenses that carry on over clauses what an earlier clause of the sentence put in the past."""
    resumptive: Words = ()
    """Words after a comma that still speak of what stood before it ("my chest, it hurts")."""
    nobody: Words = ()
    """Phrases whose pronoun is nobody ("il y a")."""
    own: Words = ()
    """Words of the first person."""
    carriers: Words = ()
    """Words that may stand between a negation and what it negates ("no sign of any fever")."""
    either: Words = ()
    both: Words = ()
    ends: Words = ()
    """Words that open a new clause and end the scope of a negation, "but" for one."""
    turns: Words = ()
    """Words that end the scope of a negation, and open a new clause where a subject follows ("so I ...")."""
    halts: Words = ()
    """Words that only end the scope of a negation."""
    unbroken: Words = ()
    """Phrases that hold a connector and yet go on ("sait plus ou elle est")."""
    negation: Words = ()
    """Negations of what follows that never cross "and"."""
    negation_verb: Words = ()
    """Negations of what follows that cross "and" doubtfully."""
    denials: Words = ()
    """Verbs of denying, whose "and" is a list: "denies fever and cough"."""
    negation_start: Words = ()
    """Negations of what follows when they begin a statement ("pas vomi"); elsewhere the negation is doubtful."""
    negation_mid: Words = ()
    """Negations that stand after the verb they negate (French "pas")."""
    negation_pair: Words = ()
    """Negations that stand before each of two things or more ("la skhana la ka77a"); alone they are something else."""
    negation_after: Words = ()
    """Said after a finding to deny it ("swelling absent")."""
    pseudo_negation: Words = ()
    """Words that look like a negation and are none."""
    doubtful_negation: Words = ()
    """Words with both readings, such as "plus de": what follows is possible."""
    innocent: Words = ()
    """Phrases in which a negator is none, not even inside a wording ("plus vite", "ما شاء الله")."""
    merely: Words = ()
    """After a negation they soften it ("not vomiting blood, just streaks")."""
    superlative: Words = ()
    """Words that turn "never" into the worst ever."""
    not_now: Words = ()
    """Bare answers that deny what stands before them ("fever? no")."""
    gone: Words = ()
    """What stands before it was there and has gone."""
    gone_before: Words = ()
    """What follows was there and has gone."""
    well_now: Words = ()
    """The person says that all is over."""
    possible: Words = ()
    historical: Words = ()
    background: Words = ()
    """Long-standing: a condition still holds ("known diabetic"), anything else is history."""
    current: Words = ()
    returned: Words = ()
    """It is there again: what the sentence puts in the past is present."""
    hypothetical: Words = ()
    triggers: Words = ()
    """What brings a present complaint on ("when I press it"): no supposition."""
    knowledge: Words = ()
    """Openings of a question about a subject, not about a person."""
    knowledge_start: Words = ()
    """The same where they begin a sentence that ends in a question mark."""
    fiction: Words = ()
    """Film, book, essay, dream: nobody is ill."""
    people: dict[StrictStr, Person] = {}
    family: Words = ()
    """Always about relatives of the subject ("runs in the family", "his mother")."""
    dead: Words = ()
    """Somebody died of it: family history, nobody to help now."""
    about_subject: Words = ()
    """Concepts that are about the subject whoever else their words name ("he hits me")."""
    always_heard: Words = ()
    """Concepts that no question, story or "if" takes back: they become possible."""
    births: Words = ()
    """Concepts that tell of a birth: the baby in their words is nobody's illness."""
    unborn: Words = ()
    """Concepts that tell that "the baby" is not born yet: the mother is the subject."""
    sex: dict[Literal["F", "M"], Words] = {}
    """Words of the first person that tell the author's sex."""
    ignore: Words = ()
    """Idioms without clinical meaning."""
    emoji: dict[StrictStr, StrictStr] = {}
    ordinary: Words = ()
    """Everyday words that look like a misspelt symptom word and are none."""
    function_words: Words = ()
    """Frequent words that tell this language from the others."""
    introductions: Words = ()
    """Phrases after which the author's name follows."""
    not_names: Words = ()
    """Words that may follow an introduction without being a name."""


class Unit(Content):
    """Words of a unit and how to get from it to the unit of its quantity."""

    words: Words = ()
    scale: float = 1.0
    offset: float = 0.0
    """Added before scaling (Fahrenheit)."""
    range: Range | None = None
    """Plausible values in this unit; others are not read with it."""
    alone: bool = False
    """Whether a number with this unit needs no announcement ("120 bpm")."""


class Measure(Content):
    """How a quantity is said."""

    quantity: StrictStr
    range: Range
    """Plausible values of the quantity."""
    before: Words = ()
    """Words before the number that announce it."""
    after: Words = ()
    units: tuple[Unit, ...] = ()
    readings: tuple[Unit, ...] = ()
    """Units to try when none is said; several that fit give a range over all of them. Empty: a unit must be said."""
    bare: Range | None = None
    """Numbers that are read as this quantity without any announcement or unit."""
    leading: bool = False
    """Whether the unit may stand before the number ("week 32")."""
    whole: bool = False
    """Counts: a word such as "twice" will do, and fractions will not."""


class Moment(Content):
    """Words and a range of minutes (days for stages of life)."""

    words: Words
    range: Range


class TimeUnit(Content):
    """A unit of time in minutes."""

    words: Words
    minutes: float
    dual: Words = ()
    """One word for two of it (Arabic)."""
    ages: bool = False
    """Whether a number of it with nothing else is an age ("60 ans")."""


class Numbers(Content):
    """Number words, time and measures of one language."""

    words: dict[StrictStr, float] = {}
    vague: dict[StrictStr, Range] = {}
    half_after: Words = ()
    """"And a half"."""
    quarter_after: Words = ()
    joiners: Words = ()
    """Between the parts of one number ("eight and thirty")."""
    to: Words = ()
    """Between the ends of a range."""
    more_than: Words = ()
    less_than: Words = ()
    once: dict[StrictStr, float] = {}
    """"Once", "twice"."""
    article: Words = ()
    """Before a unit of time it means one of it ("a week")."""
    every: Words = ()
    """A rhythm follows, no duration ("every 5 minutes")."""
    units: tuple[TimeUnit, ...] = ()
    since: Words = ()
    ago: Words = ()
    moments: tuple[Moment, ...] = ()
    """Points in time such as "yesterday", as minutes ago."""
    age_before: Words = ()
    """Announces an age: "aged"."""
    age_weak: Words = ()
    """Announces an age in years only: "I am", "il a"."""
    age_bare: Words = ()
    """Announces an age without a unit: "I'm 52"."""
    age_is: Words = ()
    """The same after somebody's name: "my mother is 67"."""
    age_past: Words = ()
    """Announces an age that is over, in a sentence about then: "when he was"."""
    born: Words = ()
    """Announces an age as the time since birth: "born", "né il y a"."""
    age_after: Words = ()
    """Follows the unit: "old"."""
    age_short: Words = ()
    """Years old in one word: "45yo"."""
    stages: tuple[Moment, ...] = ()
    """Stages of life with ages in days."""
    sex_letters: dict[StrictStr, Literal["F", "M"]] = {}
    """Letters after an age: "45F"."""
    measures: tuple[Measure, ...] = ()
    pressure: Words = ()
    """Announces a blood pressure."""
    over: Words = ()
    """Between the two numbers of a blood pressure."""
    implies: dict[StrictStr, StrictStr] = {}
    """Comparison of a quantity to the concept it shows, e.g. `temp_c >= 38: fever`."""


class Answers(Content):
    """Short answers to a question."""

    yes: Words = ()
    no: Words = ()
    apart: Words = ()
    """Words of "no" that never belong to the noun after them, as "no" does in "no fever"."""
    somewhat: Words = ()
    unsure: Words = ()
    why: Words = ()
    none: Words = ()
    every: Words = ()
    ordinals: dict[StrictStr, int] = {}
    """Words that point at an option, to its place; -1 is the last."""


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
    titles: Mapping[str, str] = field(default_factory=dict)
    """Names of red-flag rules for clinicians, where this language has them."""
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
        raise ContentError(f"{text!r} is no wording; write words, perhaps after one of the prefixes = ! ?")
    return Wording(concept, tuple(words), exact="=" in prefix, negated="!" in prefix, possible="?" in prefix)


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
    titles = build(_Strings, {"items": raw("titles.yaml")}, f"{where}titles.yaml").items
    context = build(Context, raw("context.yaml"), f"{where}context.yaml")
    for key in ("unborn", "about_subject", "always_heard"):
        _check_concepts(getattr(context, key), f"{where}context.yaml, {key}", concepts)
    numbers = build(Numbers, raw("numbers.yaml"), f"{where}numbers.yaml")
    _check_concepts(numbers.implies.values(), f"{where}numbers.yaml, implies", concepts)
    return Lexicon(
        language=language,
        classes=lists("classes.yaml"),
        wordings=tuple(wordings),
        requests=tuple(_wordings(lists("requests.yaml"), f"{where}requests.yaml", concepts)),
        request_classes=lists("request_classes.yaml"),
        labels=labels,
        titles=titles,
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
