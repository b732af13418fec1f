"""A simulated patient who answers every question by denying danger: how many questions until the interval is closed."""

from __future__ import annotations

from triage import AskedQuestion, Encounter, TriagePipeline, Turn

_MOST_ANSWERS = 12


def deny(question: AskedQuestion, pipeline: TriagePipeline) -> str:
    """Return the answer of somebody without any danger sign; a number that is asked for is not known."""
    values = [option.value for option in question.options]
    if question.id.startswith("retract:"):
        return "no"
    for answer in ("none", "no"):
        if answer in values:
            return answer
    choices = pipeline.knowledge.questions[question.id].choices
    calmest = min(range(len(choices)), key=lambda place: (len(choices[place].present), -place), default=None)
    return "unsure" if calmest is None else f"choice:{calmest}"


def finish(pipeline: TriagePipeline, encounter: Encounter, turn: Turn) -> Turn:
    """Answer question after question until none is asked, and return the last turn."""
    for _ in range(_MOST_ANSWERS):
        if turn.reply.question is None:
            break
        turn = pipeline.respond(encounter, deny(turn.reply.question, pipeline))
    return turn
