"""Wordings of a message with neither time nor person: all that is needed to know what it asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from knowledge.lexicon import Lexicon
from knowledge.vocabulary import Polarity
from triage.findings.reading import MessageReader, pieces
from triage.types import Span


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that mean a concept and are not denied."""

    concept: str
    text: str
    span: Span


class MentionReader:
    """Reads which concepts messages mention.

    Args:
        lexicons: Lexicons by language tag.
    """

    def __init__(self, lexicons: Mapping[str, Lexicon]) -> None:
        self._reader = MessageReader(lexicons)

    def mentions(self, text: str, language: str | None, page_language: str | None) -> Iterator[Mention]:
        """Yield what a message mentions and does not deny, in order.

        Args:
            text: The scrubbed message.
            language: Its language tag; every lexicon is tried when None.
            page_language: Language of the page, whose words are tried too.
        """
        for start, end in pieces(text):
            reading = self._reader.read_wordings(text[start:end], language, page_language)
            if reading is None:
                continue
            for match, said in reading.judged:
                if said.polarity is not Polarity.NEGATED:
                    first, last = reading.tokens[match.first], reading.tokens[match.last]
                    span = Span(start=start + first.start, end=start + last.end)
                    yield Mention(match.pattern.concept, text[span.start : span.end], span)
