"""Drafting: the language model words a reply from passages, and the guard judges each sentence before it goes on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from knowledge.loader import Knowledge
from triage import guard
from triage.facts import Facts
from triage.generation.chat_model import ChatModel
from triage.generation.composer import compose, speaks
from triage.generation.prompts import load_prompts
from triage.types import Card, Passage, Sentence, Verdict


class Drafter:
    """Joins a language model with the guard.

    Args:
        knowledge: Content, for labels.
        model: The language model.
    """

    def __init__(self, knowledge: Knowledge, model: ChatModel) -> None:
        self._knowledge = knowledge
        self._model = model
        self.model = model.name

    def prompt(self, language: str) -> str:
        """Return the version of the prompt of a language, for the audit record."""
        return load_prompts()[language].name

    def speaks(self, language: str) -> bool:
        """Whether the model may word replies in a language."""
        return speaks(self._model, language)

    def compose(
        self, message: str, card: Card, passages: Sequence[Passage], language: str, facts: Facts
    ) -> Iterator[tuple[Sentence | None, Verdict]]:
        """Yield each drafted sentence with its verdict; the sentence is None when it was refused.

        Raises:
            EndpointError: The model failed or was too slow.
        """
        told = tuple(
            guard.Told(self._knowledge.label(finding.concept, language), finding.polarity)
            for finding in (*facts.present.values(), *facts.absent.values())
            if finding.text
        )
        context = guard.Context(
            disposition=card.disposition,
            language=language,
            passages=tuple(passages),
            told=tuple(dict.fromkeys(told)),
            instructions=load_prompts()[language].system,
        )
        labels = [self._knowledge.label(name, language) for name, finding in facts.present.items() if finding.text]
        draft = compose(self._model, card=card, passages=passages, message=message, language=language, labels=labels)
        for text in draft:
            verdict = guard.check(text, context)
            sentence = Sentence(text=text, citations=guard.ground(text, tuple(passages))) if verdict.allowed else None
            yield sentence, verdict
