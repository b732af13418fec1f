"""Everything that reads one written form, built once from its lexicons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from knowledge.lexicon import Lexicon
from triage.findings.arabic import Arabic
from triage.findings.cues import CHANNEL_OF, CueBook
from triage.findings.darija import Darija
from triage.findings.dictionary import frequent_words
from triage.findings.english import English
from triage.findings.forms import Form
from triage.findings.french import French
from triage.findings.innocent import Innocent
from triage.findings.matcher import Matcher
from triage.findings.numerals import add_numbers
from triage.findings.wordbook import Wordbook, class_forms
from triage.findings.wording_index import Grammar, WordingIndex, add_classes

TAGS = {"english": ("en",), "french": ("fr",), "arabic": ("ar",), "darija": ("ary", "ary-Latn")}
"""Languages of each family; the two scripts of Darija share one."""

_LINKING = ("both", "ends", "turns")
"""Kinds of words that may open a clause within a sentence."""

FAMILY_OF = {tag: name for name, tags in TAGS.items() for tag in tags}


@dataclass(frozen=True)
class Family:
    """One written form, ready to read messages."""

    name: str
    form: Form
    idle: frozenset[str]
    """Words that take no room in a message."""
    negators: frozenset[str]
    degrees: frozenset[str]
    """Words for "a lot"."""
    innocent: Innocent
    book: Wordbook
    matcher: Matcher
    emoji: Mapping[str, str]
    """What some symbols say."""
    cues: CueBook
    """Cues for context and for numbers."""
    refusals: frozenset[str]
    """Single words that answer "no"."""
    openers: frozenset[str]
    """Pronouns and possessives with which a statement begins."""


def build_families(lexicons: Mapping[str, Lexicon]) -> dict[str, Family]:
    """Return the families that have a lexicon."""
    vital = frozenset(concept for lexicon in lexicons.values() for concept in lexicon.context.vital)
    families = {
        name: _family(name, present, vital)
        for name, tags in TAGS.items()
        if (present := [lexicons[tag] for tag in tags if tag in lexicons])
    }
    for name, family in families.items():
        family.book.close([other.book for key, other in families.items() if key != name])
    return families


def _family(name: str, lexicons: Sequence[Lexicon], vital: frozenset[str]) -> Family:
    form = form_of(name, lexicons)
    contexts = [lexicon.context for lexicon in lexicons]
    filler = _words(form, (context.filler for context in contexts))
    idle = filler | _words(form, (context.light for context in contexts))
    negators = _words(form, (context.negators for context in contexts)) | form.negation_marks
    ordinary = _words(form, (group for context in contexts for group in (context.ordinary, context.function_words)))
    book = Wordbook(
        form,
        equal=[group for context in contexts for group in context.equal],
        plain=idle | negators if form.corrects else idle,
        ordinary=ordinary.union(*(frequent_words(lexicon.language) for lexicon in lexicons)),
        literal=frozenset() if form.corrects else _words(form, (context.ordinary for context in contexts)),
    )
    phrases = (phrase.casefold().split() for context in contexts for phrase in context.innocent)
    innocent = Innocent((tuple(word for part in form.words(words) for word in part) for words in phrases), negators)
    classes = class_forms(lexicon.classes for lexicon in lexicons)
    add_classes(book, classes, filler)
    negating = [name for name, forms in classes.items() if all(_holds(form, text, negators) for text in forms)]
    links = (phrase for context in contexts for kind in _LINKING for phrase in getattr(context, kind))
    linking = _words(form, [[phrase for phrase in links if " " not in phrase]])
    grammar = Grammar(filler, negators, frozenset(negating), innocent, vital, linking)
    wordings = (item for lexicon in lexicons for item in lexicon.wordings)
    index = WordingIndex(book, wordings, grammar)
    return Family(
        name=name,
        form=form,
        idle=idle,
        negators=negators,
        degrees=_words(form, (context.degrees for context in contexts)),
        innocent=innocent,
        book=book,
        matcher=Matcher(book, index),
        emoji={symbol: words for context in contexts for symbol, words in context.emoji.items()},
        cues=_cues(form, lexicons),
        refusals=frozenset(phrase.casefold() for lexicon in lexicons for phrase in lexicon.answers.no),
        openers=_words(form, (group for context in contexts for group in (context.subjects, context.own))),
    )


def form_of(name: str, lexicons: Sequence[Lexicon]) -> Form:
    """Return the written form of a family with the contractions of its lexicons."""
    contractions = {fused: apart for lexicon in lexicons for fused, apart in lexicon.context.contractions.items()}
    if name == "darija":
        contexts = [lexicon.context for lexicon in lexicons]
        return Darija(
            contractions,
            [word for context in contexts for word in context.negators],
            [word for context in contexts for word in context.until_before],
        )
    wordings = (wording for lexicon in lexicons for wording in lexicon.wordings)
    everyday = frozenset(word.casefold() for wording in wordings for word in wording.words)
    everyday = everyday.union(*(frequent_words(lexicon.language) for lexicon in lexicons))
    if name == "arabic":
        return Arabic(contractions, everyday, [word for lexicon in lexicons for word in lexicon.context.whole])
    return {"english": English, "french": French}[name](contractions, everyday)


def _holds(form: Form, text: str, words: frozenset[str]) -> bool:
    return any(word in words for part in form.words(text.casefold().split()) for word in part)


def _words(form: Form, groups: Iterable[Sequence[str]]) -> frozenset[str]:
    parts = (part for group in groups for word in group for part in form.split(word.casefold()))
    return frozenset(other for part in parts for other in form.spellings(part))


def _cues(form: Form, lexicons: Sequence[Lexicon]) -> CueBook:
    book = CueBook(form, CHANNEL_OF)
    for context in (lexicon.context for lexicon in lexicons):
        for kind in CHANNEL_OF:
            if kind != "person":
                book.add(kind, getattr(context, kind))
        for name, person in context.people.items():
            book.add("person", person.words, name)
        for sex, phrases in context.sex.items():
            book.add("sex", phrases, sex)
    add_numbers(book, [(lexicon.language, lexicon.numbers) for lexicon in lexicons])
    return book
