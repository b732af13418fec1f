"""An answer whose "no" may deny its verb: "لا يتنفس عادي" is "no, he breathes as always" in speech, not in print.

It is heard as the answer, which it nearly always is; what it would say in print is a suspicion, so that the patient is
asked before anything that was denied with it is believed.
"""

from __future__ import annotations

from dataclasses import replace

from knowledge.vocabulary import Polarity
from triage.encounter import Encounter
from triage.findings import FindingExtractor
from triage.findings.people import Side
from triage.heard import Heard


def with_doubts(
    extractor: FindingExtractor, encounter: Encounter, text: str, heard: Heard, *, turn: int, side: Side | None
) -> Heard:
    """Return what was heard, with what such an answer denies in doubt.

    Args:
        extractor: Reads messages by their words.
        encounter: The encounter before the message.
        text: The scrubbed message.
        heard: What it says as an answer.
        turn: Its number.
        side: Who is ill as far as the encounter knows.
    """
    if not extractor.opens_in_doubt(text):
        return heard
    page = encounter.language
    as_printed = extractor.extract(
        text, heard.language or page, turn=turn, subject=side, page_language=page, as_written=True
    )
    there = {item.concept for item in heard.findings if item.polarity is not Polarity.NEGATED}
    suspected = tuple(
        item.model_copy(update={"polarity": Polarity.POSSIBLE})
        for item in as_printed.findings
        if item.polarity is not Polarity.NEGATED and item.concept not in there
    )
    doubted = {item.concept for item in suspected}
    kept = tuple(item for item in heard.findings if item.concept not in doubted)
    return replace(heard, findings=kept, suspected=suspected)
