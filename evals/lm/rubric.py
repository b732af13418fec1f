"""A written rubric for two replies to one patient, of features that a program can see.

It stands in for readers and is no reader: it cannot hear warmth, only whether a reply begins with a kind sentence and
names what the patient told. It was written before any model was run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from triage import guard
from triage.types import Sentence

MOST_SENTENCES = 6
MOST_WORDS = 14
"""Mean words of a sentence that still reads easily."""


@dataclass(frozen=True, slots=True)
class Rated:
    """What the rubric sees in one reply; each feature is a point."""

    is_kind: bool
    """It begins with a sentence that is no advice."""
    is_personal: bool
    """It names something that this patient told."""
    is_complete: bool
    """It says all that the reviewed text says."""
    is_short: bool
    is_easy: bool
    repeats_nothing: bool

    @property
    def points(self) -> int:
        """Points out of six."""
        return sum(
            (self.is_kind, self.is_personal, self.is_complete, self.is_short, self.is_easy, self.repeats_nothing)
        )


def score(sentences: Sequence[Sentence], reviewed: Sequence[Sentence], labels: Sequence[str], language: str) -> Rated:
    """Return the features of a reply.

    Args:
        sentences: The reply.
        reviewed: The reviewed text of the same turn.
        labels: What the patient told, in short words.
        language: Language of them all.
    """
    texts = [sentence.text for sentence in sentences]
    words = [len(text.split()) for text in texts] or [0]
    return Rated(
        is_kind=bool(sentences) and not sentences[0].citations,
        is_personal=any(label.casefold() in text.casefold() for label in labels for text in texts),
        is_complete=not guard.uncovered(texts, reviewed, language),
        is_short=len(texts) <= MOST_SENTENCES,
        is_easy=sum(words) / len(words) <= MOST_WORDS,
        repeats_nothing=not any(
            item.citations and not guard.uncovered(texts[:place], [item], language)
            for place, item in enumerate(sentences)
        ),
    )


def prefer(worded: Rated, plain: Rated) -> int:
    """Return 1 when the worded reply is rated higher, -1 when the reviewed text is, 0 for a tie."""
    return (worded.points > plain.points) - (worded.points < plain.points)
