"""The language model as a second reader: it names signs of a list with the patient's words, or nothing.

What it says is only a proposal, so everything that is not exactly right is dropped: other names, other words, other
JSON. It can name nothing that is not on the list, and no level is on any list.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from pydantic import BaseModel, ConfigDict, StrictStr, ValidationError

from knowledge.vocabulary import Polarity
from triage.errors import EndpointError
from triage.generation.chat_model import ChatMessage, ChatModel
from triage.generation.composer import defuse
from triage.generation.prompts import load_prompts
from triage.types import Extraction, Finding, Span

TASK = "propose_findings"
MOST_MESSAGE = 600
"""Characters of the message that the model reads; each costs time before the first word comes."""

MOST_FOUND = 6
LEAST_LETTERS = 3
"""Letters that evidence must have; a shorter quotation says nothing."""


class _Found(BaseModel):
    model_config = ConfigDict(extra="forbid")

    sign: StrictStr
    words: StrictStr


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid")

    found: list[_Found]


class Proposer:
    """Asks a language model what a message may say."""

    def __init__(self, model: ChatModel) -> None:
        """Wrap a model whose calls end within the time that a question may wait."""
        self._model = model

    @property
    def name(self) -> str:
        """What speaks, for the audit record: the model and the version of its prompt."""
        version = max((prompt.version for prompt in load_prompts(TASK).values()), default=0)
        return f"model:{self._model.name}:{TASK}@{version}"

    @property
    def waits(self) -> bool:
        """True: the card is shown before a model is heard."""
        return True

    def speaks(self, language: str) -> bool:
        """Whether the model may be used in a language and there is a prompt for it."""
        return language in self._model.languages and language in load_prompts(TASK)

    def propose(
        self, text: str, language: str, *, heard: Extraction, candidates: Mapping[str, str], turn: int
    ) -> tuple[Finding, ...]:
        """Return what the model finds of the candidates, each with the patient's words where they stand.

        Args:
            text: The scrubbed message.
            language: Its language; the model must speak it.
            heard: Not needed: what the words found is not among the candidates.
            candidates: Concepts to look for, with their labels.
            turn: Number of the message.

        Raises:
            EndpointError: The model failed, was too slow, or did not answer with JSON of the right form.
        """
        if not candidates:
            return ()
        answer = read_answer(_until_whole(self._model.stream(write_request(text, language, candidates))))
        return tuple(_findings(answer, text, candidates, turn))


def write_request(text: str, language: str, candidates: Mapping[str, str]) -> tuple[ChatMessage, ...]:
    """Return the messages of a call: the fixed prefix, then the list and the patient's words as data."""
    prompt = load_prompts(TASK)[language]
    values = {
        "{signs}": "\n".join(f"- {name}: {defuse(label)}" for name, label in candidates.items()),
        "{message}": defuse(text[:MOST_MESSAGE]),
    }
    request = re.sub("|".join(map(re.escape, values)), lambda found: values[found.group()], prompt.request)
    return (*prompt.prefix, ChatMessage("user", request))


def read_answer(text: str) -> Sequence[tuple[str, str]]:
    """Return the (sign, words) pairs of an answer.

    Raises:
        EndpointError: It is not one JSON object of exactly the right form.
    """
    try:
        answer = _Answer.model_validate(json.loads(_fenced(text)))
    except (ValueError, ValidationError, RecursionError):
        raise EndpointError("the language model's proposals are not of the right form") from None
    return [(item.sign, item.words) for item in answer.found[:MOST_FOUND]]


def _until_whole(pieces: Iterator[str]) -> str:
    """Read until one JSON object is whole; small models go on talking."""
    text = ""
    for piece in pieces:
        text += piece
        start = text.find("{")
        if "}" in piece and start >= 0:
            try:
                _, end = json.JSONDecoder().raw_decode(text[start:])
            except (ValueError, RecursionError):
                continue
            return text[start : start + end]
    return text


def _fenced(text: str) -> str:
    return text.strip().removeprefix("```json").removeprefix("```").removesuffix("```").strip()


def _findings(
    answer: Sequence[tuple[str, str]], text: str, candidates: Mapping[str, str], turn: int
) -> Iterator[Finding]:
    for sign, words in answer:
        place = _place(words, text)
        if sign in candidates and place is not None:
            yield Finding(
                concept=sign,
                polarity=Polarity.POSSIBLE,
                text=text[place.start : place.end],
                span=place,
                turn=turn,
                origin="model",
            )


def _place(words: str, text: str) -> Span | None:
    """Return where words stand in the message, spaces and case aside; None when they do not."""
    parts = words.split()
    if sum(map(str.isalpha, words)) < LEAST_LETTERS:
        return None
    found = re.search(r"\s+".join(map(re.escape, parts)), text, re.IGNORECASE)
    return Span(start=found.start(), end=found.end()) if found else None
