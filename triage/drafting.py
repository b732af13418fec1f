"""Drafting: the language model words a reply from passages, and the guard judges each sentence before it goes on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from knowledge.loader import Knowledge
from knowledge.vocabulary import Polarity
from triage import guard
from triage.encounter import SummaryDraft
from triage.errors import BusyError, EndpointError
from triage.facts import Facts
from triage.generation.chat_model import ChatModel
from triage.generation.composer import compose, speaks
from triage.generation.prompts import load_prompts
from triage.generation.summariser import TASK as SUMMARISE
from triage.generation.summariser import can_summarise, summarise
from triage.handoff import HandoffItems
from triage.types import Card, Passage, Sentence, Stopped, Verdict, never

MOST_ABSENT = 5
"""Absent signs that the model is given for a summary: an interview denies dozens, and the hand-over has them all."""


class Drafter:
    """Joins a language model with the guard.

    Args:
        knowledge: Content, for labels.
        model: The language model.
        support: A second opinion on whether passages support a sentence, where there is one.
        desk: The same model for clinicians' summaries, under a limit of their own and behind the patients.
    """

    def __init__(
        self,
        knowledge: Knowledge,
        model: ChatModel,
        support: guard.Support | None = None,
        *,
        desk: ChatModel | None = None,
    ) -> None:
        self._knowledge = knowledge
        self._model = model
        self._support = support
        self._desk = desk or model
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
        *,
        of_another: bool = False,
    ) -> Iterator[tuple[Sentence | None, Verdict]]:
        """Yield each drafted sentence with its verdict; the sentence is None when it was refused.

        Args:
            message: The patient's words, already scrubbed.
            card: The advice of this turn.
            passages: What the model may say.
            language: Written form.
            facts: What is known of the subject.
            stopped: Whether nobody waits for the reply any more.
            of_another: Whether who writes is not who is ill.

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
            of_another=of_another,
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

    def summarises(self, language: str) -> bool:
        """Whether the model may write for a clinician in a language."""
        return can_summarise(self._desk, language)

    def summarise(self, items: HandoffItems, stopped: Stopped = never) -> SummaryDraft:
        """Return a few sentences for a clinician: whole, or none of them and why.

        Args:
            items: The statements of the hand-over, which stands whether or not there is a draft.
            stopped: Whether nobody waits for the draft any more.
        """
        language = items.language
        if not self.summarises(language):
            return SummaryDraft(outcome="absent")
        draft = SummaryDraft(
            outcome="failed", language=language, model=self.model, prompt=load_prompts(SUMMARISE)[language].name
        )
        try:
            sentences = summarise(self._desk, facts=self._listed(items), language=language, stopped=stopped)
        except EndpointError as error:
            return draft.model_copy(update={"outcome": "busy" if isinstance(error, BusyError) else "failed"})
        verdict = guard.check_summary(sentences, _stated(items))
        if not verdict.allowed:
            return draft.model_copy(update={"outcome": "refused", "verdict": f"{verdict.check}:{verdict.reason}"})
        return draft.model_copy(update={"outcome": "shown", "sentences": sentences})

    def _listed(self, items: HandoffItems) -> list[str]:
        """Return the statements as the model gets them, below the headings of the hand-over."""
        words = self._knowledge.say(items.language).headings
        parts = {
            "subject": items.about,
            "conditions": items.conditions,
            "medicines": items.medicines,
            "present": items.marked,
            "absent": items.absent[:MOST_ABSENT],
            "advice_given": items.advice,
        }
        return [f"{words[name]}: {item}" for name, part in parts.items() for item in part]


def _stated(items: HandoffItems) -> guard.Stated:
    """Return what a draft may say; only what is absent, age, sex and advice may be left out of it."""
    certain = [item for item in items.reported if item not in items.possible]
    told = {
        Polarity.AFFIRMED: (*items.conditions, *items.medicines, *certain),
        Polarity.POSSIBLE: items.possible,
        Polarity.NEGATED: items.absent,
    }
    return guard.Stated(
        tuple(guard.Told(label, polarity) for polarity, labels in told.items() for label in labels),
        (*items.about, *items.advice),
        items.language,
    )
