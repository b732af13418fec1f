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
from triage.findings.matcher import Matcher
from triage.findings.numerals import add_numbers
from triage.findings.wordbook import Wordbook, class_forms
from triage.findings.wording_index import WordingIndex, add_classes

TAGS = {"english": ("en",), "french": ("fr",), "arabic": ("ar",), "darija": ("ary", "ary-Latn")}
"""Languages of each family; the two scripts of Darija share one."""

FAMILY_OF = {tag: name for name, tags in TAGS.items() for tag in tags}


@dataclass(frozen=True)
class Family:
    """One written form, ready to read messages."""

    name: str
    form: Form
    idle: frozenset[str]
    """Words that take no room in a message."""
    negators: frozenset[str]
    book: Wordbook
    matcher: Matcher
    emoji: Mapping[str, str]
    """What some symbols say."""
    cues: CueBook
    """Cues for context and for numbers."""


def build_families(lexicons: Mapping[str, Lexicon]) -> dict[str, Family]:
    """Return the families that have a lexicon."""
    drafts = {
        name: (form_of(name, present), present)
        for name, tags in TAGS.items()
        if (present := [lexicons[tag] for tag in tags if tag in lexicons])
    }
    books = {name: _book(form, present) for name, (form, present) in drafts.items()}
    families: dict[str, Family] = {}
    for name, (form, present) in drafts.items():
        filler = _words(form, (lexicon.context.filler for lexicon in present))
        negators = _words(form, (lexicon.context.negators for lexicon in present))
        book = books[name]
        classes = class_forms(lexicon.classes for lexicon in present)
        add_classes(book, classes, filler)
        negating = [name for name, forms in classes.items() if all(_holds(form, text, negators) for text in forms)]
        wordings = (item for lexicon in present for item in lexicon.wordings)
        index = WordingIndex(book, wordings, filler, negators, negating)
        book.fix([*filler, *negators])
        families[name] = Family(
            name=name,
            form=form,
            idle=filler | _words(form, (lexicon.context.light for lexicon in present)),
            negators=negators,
            book=book,
            matcher=Matcher(book, index),
            emoji={symbol: words for lexicon in present for symbol, words in lexicon.context.emoji.items()},
            cues=_cues(form, present),
        )
    for name, book in books.items():
        book.close([other for key, other in books.items() if key != name])
    return families


def form_of(name: str, lexicons: Sequence[Lexicon]) -> Form:
    """Return the written form of a family with the contractions of its lexicons."""
    contractions = {fused: apart for lexicon in lexicons for fused, apart in lexicon.context.contractions.items()}
    if name == "darija":
        return Darija(contractions, [word for lexicon in lexicons for word in lexicon.context.negators])
    if name == "arabic":
        return Arabic(contractions, [word for lexicon in lexicons for word in lexicon.context.whole])
    return {"english": English, "french": French}[name](contractions)


def _holds(form: Form, text: str, words: frozenset[str]) -> bool:
    return any(word in words for part in form.words(text.casefold().split()) for word in part)


def _book(form: Form, lexicons: Sequence[Lexicon]) -> Wordbook:
    return Wordbook(
        form,
        [group for lexicon in lexicons for group in lexicon.context.equal],
        [
            word
            for lexicon in lexicons
            for words in (
                lexicon.context.ordinary,
                lexicon.context.function_words,
                frequent_words(lexicon.language),
            )
            for word in words
        ],
    )


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
