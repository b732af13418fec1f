"""The language model writes a clinician a few lines from the hand-over; what it writes is checked against the findings.

The hand-over itself is computed and always there; the lines are an addition, shown whole or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from triage.generation.chat_model import ChatMessage, ChatModel
from triage.generation.composer import defuse
from triage.generation.prompts import load_prompts
from triage.generation.sentences import split_sentences
from triage.types import Stopped, never

TASK = "summarise"
MOST_SENTENCES = 5


def can_summarise(model: ChatModel, language: str) -> bool:
    """Whether the model may write in the clinician's language and there is a prompt for it."""
    return language in model.languages and language in load_prompts(TASK)


def summarise(model: ChatModel, *, facts: Sequence[str], language: str, stopped: Stopped = never) -> tuple[str, ...]:
    """Return the drafted sentences; none of them is checked yet.

    Args:
        model: The language model.
        facts: One short statement a line ("Reported: Chest pain", "Absent: Fever", "Advice given: ...").
        language: Language of the clinician; the model must speak it.
        stopped: Whether nobody waits for the draft any more.

    Raises:
        EndpointError: The model failed or was too slow.
        ValueError: The model may not write this language.
    """
    if not can_summarise(model, language):
        raise ValueError(f"{model.name} may not summarise in {language!r}")
    prompt = load_prompts(TASK)[language]
    listed = "\n".join(f"- {defuse(fact)}" for fact in facts)
    text = re.sub(re.escape("{facts}"), lambda _: listed, prompt.request)
    messages = (*prompt.prefix, ChatMessage("user", text))
    return tuple(split_sentences(model.stream(messages, stopped)))[:MOST_SENTENCES]
