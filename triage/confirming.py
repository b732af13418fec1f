"""The question that confirms a suspicion: fixed reviewed words around the label of a concept, answered yes or no."""

from __future__ import annotations

from knowledge.loader import Knowledge
from knowledge.protocols import Question

_PREFIX = "confirm:"


def confirming_id(concept: str) -> str:
    """Return the id under which the confirming question of a concept is asked and stored."""
    return f"{_PREFIX}{concept}"


def concept_asked(question_id: str) -> str | None:
    """Return the concept that a confirming question asks about; None for any other question."""
    return question_id.removeprefix(_PREFIX) if question_id.startswith(_PREFIX) else None


def confirming_question(knowledge: Knowledge, question_id: str, *, other: bool) -> Question | None:
    """Return a confirming question in every language, or None when the id is of no such question.

    Args:
        knowledge: Content, for the words and the labels.
        question_id: What `confirming_id` returned.
        other: Whether somebody else than the author is ill.
    """
    concept = concept_asked(question_id)
    if concept is None or concept not in knowledge.concepts:
        return None
    key = "confirm_ask_other" if other else "confirm_ask"
    spoken = {tag: knowledge.say(tag).text for tag in knowledge.replies}
    return Question(
        id=question_id,
        ask={tag: text[key].format(label=knowledge.label(concept, tag)) for tag, text in spoken.items()},
        why={tag: text["confirm_why"] for tag, text in spoken.items()},
        options=(concept,),
    )
