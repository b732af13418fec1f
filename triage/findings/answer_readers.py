"""What reads short answers in each written form, built once from the lexicons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from knowledge.lexicon import Lexicon
from triage.findings.cues import CueBook
from triage.findings.families import TAGS, form_of
from triage.findings.forms import Form
from triage.findings.numerals import add_numbers

KINDS = ("yes", "no", "somewhat", "mild", "unsure", "why", "none", "every", "both")
_CHANNELS = {kind: "answer" for kind in (*KINDS, "ordinal", "run")}
_OPENERS = frozenset({"but", "just", "only", "the", "a", "mais", "juste", "seulement"})


@dataclass(frozen=True)
class Reader:
    """What reads answers in one written form."""

    name: str
    form: Form
    answers: CueBook
    numbers: CueBook
    filler: frozenset[str]
    negators: frozenset[str]
    nots: frozenset[str]
    """Negators that belong to the next word, even where they may answer by themselves ("machi")."""
    these: frozenset[str]
    """Words that only point at what was asked."""
    apart: frozenset[str]
    """Words for "no" that never belong to the next word ("nah")."""
    openers: frozenset[str]
    """Words with which a new statement begins."""
    ends: frozenset[str]
    """Words that end what a "no" reaches."""


def build_readers(lexicons: Mapping[str, Lexicon]) -> dict[str, Reader]:
    """Return the reader of each form that has a lexicon."""
    return {
        name: _reader(name, present)
        for name, tags in TAGS.items()
        if (present := [lexicons[tag] for tag in tags if tag in lexicons])
    }


def _reader(name: str, lexicons: Sequence[Lexicon]) -> Reader:
    form = form_of(name, lexicons)
    contexts = [lexicon.context for lexicon in lexicons]
    book = CueBook(form, _CHANNELS)
    for lexicon in lexicons:
        for kind in KINDS:
            book.add(kind, getattr(lexicon.answers, kind))
        for phrase, place in lexicon.answers.ordinals.items():
            book.add("ordinal", [phrase], str(place))
        for phrase, length in lexicon.answers.runs.items():
            book.add("run", [phrase], str(length))
        for kind in ("besides", "numbered", "but", "anew", "meant", "turned"):
            book.add(kind, getattr(lexicon.answers, kind))
        book.add("only", lexicon.context.merely)
    numbers = CueBook(form, {})
    add_numbers(numbers, [(lexicon.language, lexicon.numbers) for lexicon in lexicons])
    subjects = (group for context in contexts for group in (context.subjects, context.own))
    return Reader(
        name=name,
        form=form,
        answers=book,
        numbers=numbers,
        filler=_words(form, (context.filler for context in contexts)),
        negators=_words(form, (context.negators for context in contexts)) | form.negation_marks,
        nots=_words(
            form, ([one for one in context.negation if " " not in one and "+" not in one] for context in contexts)
        ),
        these=_words(form, (lexicon.answers.these for lexicon in lexicons)),
        apart=_words(form, (lexicon.answers.apart for lexicon in lexicons)),
        openers=_words(form, subjects) | _OPENERS,
        ends=_words(form, (context.ends for context in contexts)),
    )


def _words(form: Form, groups: Iterable[Sequence[str]]) -> frozenset[str]:
    return frozenset(part for group in groups for word in group for part in form.split(word.casefold()))
