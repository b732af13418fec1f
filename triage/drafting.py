"""Drafting: the language model words a reply from passages, and the guard judges each sentence before it goes on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from knowledge.loader import Knowledge
from knowledge.vocabulary import Polarity
from triage import guard
from triage.encounter import Handoff
from triage.errors import EndpointError
from triage.facts import Facts
from triage.generation.chat_model import ChatModel, Stopped, never
from triage.generation.composer import compose, speaks
from triage.generation.prompts import load_prompts
from triage.generation.summariser import can_summarise, summarise
from triage.types import Card, Passage, Sentence, Verdict

_MARKS = {"en": ("has", "has not"), "fr": ("a", "n'a pas")}
"""How the list of facts marks what is present and what is absent, in the languages of the prompts."""


class Drafter:
    """Joins a language model with the guard.

    Args:
        knowledge: Content, for labels.
        model: The language model.
        support: A second opinion on whether passages support a sentence, where there is one.
    """

    def __init__(self, knowledge: Knowledge, model: ChatModel, support: guard.Support | None = None) -> None:
        self._knowledge = knowledge
        self._model = model
        self._support = support
        self.model = model.name

    def prompt(self, language: str) -> str:
        """Return the version of the prompt of a language, for the audit record."""
        return load_prompts()[language].name

    def speaks(self, language: str) -> bool:
        """Whether the model may word replies in a language."""
        return speaks(self._model, language)

    def compose(
        self,
        message: str,
        card: Card,
        passages: Sequence[Passage],
        language: str,
        facts: Facts,
        stopped: Stopped = never,
    ) -> Iterator[tuple[Sentence | None, Verdict]]:
        """Yield each drafted sentence with its verdict; the sentence is None when it was refused.

        Args:
            message: The patient's words, already scrubbed.
            card: The advice of this turn.
            passages: What the model may say.
            language: Written form.
            facts: What is known of the subject.
            stopped: Whether nobody waits for the reply any more.

        Raises:
            EndpointError: The model failed or was too slow.
        """
        told = tuple(
            guard.Told(words, finding.polarity)
            for finding in (*facts.present.values(), *facts.absent.values())
            if finding.text
            for words in (self._knowledge.label(finding.concept, language), finding.text)
        )
        context = guard.Context(
            disposition=card.disposition,
            language=language,
            passages=tuple(passages),
            told=tuple(dict.fromkeys(told)),
            instructions=load_prompts()[language].system,
            support=self._support,
        )
        labels = [self._knowledge.label(name, language) for name, finding in facts.present.items() if finding.text]
        draft = compose(
            self._model,
            card=card,
            passages=passages,
            message=message,
            language=language,
            labels=labels,
            stopped=stopped,
        )
        for text in draft:
            verdict = guard.check(text, context)
            sentence = Sentence(text=text, citations=guard.ground(text, tuple(passages))) if verdict.allowed else None
            yield sentence, verdict

    def complete(self, worded: Sequence[Sentence], reviewed: Sequence[Sentence], language: str) -> tuple[Sentence, ...]:
        """Return the worded sentences, and after them each reviewed one that they do not say already.

        So a reply that a model worded, or began to word, never holds less than the reviewed text.
        """
        return (*worded, *guard.uncovered([sentence.text for sentence in worded], reviewed, language))

    def summarise(self, handoff: Handoff, facts: Facts, language: str) -> tuple[str, ...]:
        """Return a few sentences for a clinician, or none: they are shown whole or not at all.

        Args:
            handoff: The computed hand-over, which stands whether or not there is a summary.
            facts: What is known of the subject.
            language: Language of the clinician.
        """
        if not can_summarise(self._model, language):
            return ()
        known = [
            guard.Told(self._knowledge.label(finding.concept, language), finding.polarity)
            for finding in (*facts.present.values(), *facts.absent.values())
            if finding.text
        ]
        told = tuple(dict.fromkeys(known))
        other = (*handoff.recommendation, *handoff.background)
        marks = _MARKS[language]
        lines = [f"{marks[item.polarity is Polarity.NEGATED]}: {item.label}" for item in told]
        try:
            draft = summarise(self._model, facts=[*lines, *other], language=language)
        except EndpointError:
            return ()
        verdict = guard.check_summary(draft, guard.Stated(told, other, language))
        return draft if verdict.allowed else ()
