"""The parts of a message: which of them open with a question, and how many words of weight stand in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from knowledge.lexicon import Lexicon
from triage.spans import meet, without
from triage.types import Extraction, Span

_WORD = re.compile(r"[^\W_]+")
_QUESTION_MARKS = ("?", "؟")
_CLAUSE_END = re.compile(r"[.!?؟;,،\n]")
_SENTENCE = re.compile(r"[^.!?؟;\n]+")
_PART = re.compile(r"[^.!?؟;؛,،:\n]+")


class PartReader:
    """Weighs the words of messages and finds the parts that ask.

    Args:
        lexicons: Their fillers and light words have no weight.
        agreeing: What agrees and answers nothing ("ok").
    """

    def __init__(self, lexicons: Iterable[Lexicon], agreeing: Iterable[str]) -> None:
        said: set[str] = set()
        self._idle: set[str] = set()
        for lexicon in lexicons:
            self._idle.update(*map(_words, (*lexicon.context.filler, *lexicon.context.light)))
            said.update(lexicon.answers.yes, lexicon.answers.no)
        self._agreeing = set().union(*map(_words, agreeing))
        self._little = (self._idle - said) | self._agreeing

    def weight(self, text: str) -> int:
        """Return how many words of weight stand in a text."""
        return sum(1 for word in _words(text) if word not in self._idle)

    def agrees(self, text: str) -> bool:
        """Whether a message says "ok" and nothing else."""
        words = _words(text)
        return bool(words) and all(word in self._agreeing for word in words)

    def rest(self, text: str, questions: Sequence[Span], openings: Sequence[Span]) -> str:
        """Return a text without questions and what follows them in their clauses: "... all this?" is no answer."""
        ends = ((item, _CLAUSE_END.search(text, item.end)) for item in questions)
        clauses = [Span(start=item.start, end=end.start() if end else len(text)) for item, end in ends]
        rest = without(text, [*clauses, *openings])
        return rest if any(len(word) > 1 and word not in self._little for word in _words(rest)) else ""

    def statement(self, text: str, openings: Sequence[Span], symptoms: Extraction) -> str:
        """Return a message without the parts that open with a question for information and tell no symptom.

        Args:
            text: The message.
            openings: Where questions for information open.
            symptoms: What the message says.
        """
        told = [item.span for item in symptoms.findings if item.span is not None]
        asking = [
            part
            for part in _cut(_PART, text)
            if self._opens(text, part, openings) and not any(meet(span, part) for span in told)
        ]
        return without(text, asking).strip() if asking else ""

    def opens_each(self, text: str, openings: Sequence[Span]) -> bool:
        """Whether every sentence that says anything opens with a question for information."""
        return all(
            self._opens(text, sentence, openings)
            for sentence in sentences(text)
            if self._first(text, sentence) is not None
        )

    def _opens(self, text: str, part: Span, openings: Sequence[Span]) -> bool:
        """Whether the first word of weight in a part belongs to an opening of a question."""
        first = self._first(text, part)
        return first is not None and any(part.start <= way.start <= first for way in openings)

    def _first(self, text: str, part: Span) -> int | None:
        """Return where the first word of weight in a part begins."""
        words = _WORD.finditer(text, part.start, part.end)
        return next((word.start() for word in words if word.group().casefold() not in self._idle), None)


def holds_question(text: str) -> bool:
    """Whether a question mark stands in a message."""
    return any(mark in text for mark in _QUESTION_MARKS)


def ends_asking(text: str) -> bool:
    """Whether a message ends with a question mark."""
    return text.rstrip().endswith(_QUESTION_MARKS)


def sentences(text: str) -> Iterator[Span]:
    """Yield where each sentence of a text stands."""
    return _cut(_SENTENCE, text)


def _cut(pattern: re.Pattern[str], text: str) -> Iterator[Span]:
    return (Span(start=part.start(), end=part.end()) for part in pattern.finditer(text))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
