"""What of a message stands inside and outside of some spans of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from triage.types import Extraction, Finding, Quantity, Span


def meet(one: Span, other: Span) -> bool:
    """Whether two spans share a letter."""
    return one.start < other.end and other.start < one.end


def without(text: str, spans: Iterable[Span]) -> str:
    """Return a text with blanks in place of its spans."""
    letters = list(text)
    for span in spans:
        letters[span.start : span.end] = " " * (span.end - span.start)
    return "".join(letters)


def tells_outside(symptoms: Extraction, spans: Sequence[Span]) -> bool:
    """Whether a symptom stands outside of some spans, such as the words of a request."""
    return any(_is_outside(finding, spans) for finding in symptoms.findings)


def outside(symptoms: Extraction, questions: Sequence[Span]) -> Extraction:
    """Return what a message says besides questions asked back: "can I exercise?" tells of no exercise.

    Who is named where nothing else is told ("can I nurse my baby?", "a remedy of grandmother's?") is not who is ill.

    Args:
        symptoms: What the whole message says.
        questions: Where the questions stand in it.
    """
    if not questions:
        return symptoms
    findings = tuple(item for item in symptoms.findings if _is_outside(item, questions))
    quantities = tuple(item for item in symptoms.quantities if _is_outside(item, questions))
    subject = symptoms.subject if findings or quantities else None
    return symptoms.model_copy(update={"findings": findings, "quantities": quantities, "subject": subject})


def _is_outside(item: Finding | Quantity, spans: Sequence[Span]) -> bool:
    span = item.span
    return span is None or not any(one.start <= span.start and span.end <= one.end for one in spans)
