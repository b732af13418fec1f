"""What must hold after every turn, whatever a patient writes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.vocabulary import Disposition
from triage import Encounter, Turn

MOST_QUESTIONS = 8


@dataclass(frozen=True)
class Before:
    """What a turn may not lose."""

    floor: Disposition
    retractions: int
    read_back: bool
    """Whether a retraction was read back and waits for confirmation."""

    @classmethod
    def of(cls, encounter: Encounter) -> Before:
        """Return the state of an encounter before its next turn."""
        return cls(encounter.floor, len(encounter.retractions), bool(encounter.retracting))


def broken(before: Before, encounter: Encounter, turn: Turn) -> Iterator[str]:
    """Yield every invariant that a turn breaks, in words.

    Args:
        before: The state before the turn.
        encounter: The encounter after it.
        turn: The turn.
    """
    found, reply = turn.assessment, turn.reply
    retracted = len(encounter.retractions) > before.retractions
    if found.floor < before.floor and not retracted:
        yield f"the floor fell from {before.floor.name} to {found.floor.name} without a retraction"
    if retracted and not before.read_back:
        yield "a retraction was not read back before"
    if encounter.floor != found.floor:
        yield "the encounter keeps another floor than the turn"
    if not found.floor <= found.disposition <= found.ceiling:
        yield f"{found.disposition.name} is not between {found.floor.name} and {found.ceiling.name}"
    if found.disposition.is_emergency and reply.worded_by is not None:
        yield "a model worded an emergency reply"
    if found.disposition.is_emergency and (reply.card is None or reply.card.disposition is not found.disposition):
        yield "an emergency reply is without its card"
    if not reply.urgent_help or (encounter.country and not any(sign.isdigit() for sign in reply.urgent_help)):
        yield "the reply does not say how to get urgent help here"
    if any(not sentence.citations for sentence in reply.sentences):
        yield "a sentence is without a citation"
    if turn.audit.failures:
        yield f"stages failed: {', '.join(turn.audit.failures)}"
    if len(encounter.asked) > MOST_QUESTIONS:
        yield f"{len(encounter.asked)} questions were asked"
    if len(set(encounter.asked)) < len(encounter.asked):
        yield "a question was asked twice"
