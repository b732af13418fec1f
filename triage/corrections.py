"""Taking something back: nothing is lost, and nothing falls, before it was read back and confirmed."""

from __future__ import annotations

from dataclasses import replace

from knowledge.loader import Knowledge
from knowledge.protocols import Question
from knowledge.vocabulary import Experiencer, Polarity, Temporality
from triage.encounter import Encounter
from triage.findings import AnswerReading, read_answer
from triage.gathering import FactsBuilder
from triage.heard import Heard, waiting
from triage.types import Extraction, Finding


class CorrectionReader:
    """Reads what patients take back.

    Args:
        knowledge: The content.
        facts: Builds facts, to see what is there to be taken back.
    """

    def __init__(self, knowledge: Knowledge, facts: FactsBuilder) -> None:
        self._knowledge = knowledge
        self._facts = facts

    def tapped(self, encounter: Encounter, text: str) -> Heard | None:
        """Return what it means to tap "that is not right" on a finding, or "change" on an earlier answer.

        Nothing is taken out here: the finding is read back, the question is put again.

        Args:
            encounter: The encounter before this message.
            text: The message, without blanks around it.
        """
        kind, _, name = text.partition(":")
        if kind == "wrong":
            return self._wrong(encounter, name)
        return self._again(encounter, name) if kind == "again" else None

    def _wrong(self, encounter: Encounter, name: str) -> Heard | None:
        known = self._facts.build(encounter).present.get(name)
        if known is None:
            return None
        button = self._knowledge.say(encounter.language).text["correct_button"]
        told = f"{button}: {self._knowledge.label(name, encounter.language)}"
        concepts = tuple(dict.fromkeys((name, known.concept)))
        return Heard(read_back=concepts, ask_again=waiting(encounter), tapped=told, silent=True)

    def _again(self, encounter: Encounter, name: str) -> Heard | None:
        shown = [turn.reply.question for turn in encounter.turns if turn.reply.question is not None]
        asked = next((question for question in reversed(shown) if question.id == name), None)
        if asked is None or name not in self._knowledge.questions:
            return None
        button = self._knowledge.say(encounter.language).text["change_button"]
        return Heard(put_again=name, ask_again=waiting(encounter), tapped=f"{button}: {asked.text}", silent=True)

    def confirmed(
        self, encounter: Encounter, text: str, language: str | None, extraction: Extraction, tapped: str | None
    ) -> Heard:
        """Read the answer to a read-back; anything but a clear yes keeps the finding.

        Args:
            encounter: The encounter before this message.
            text: The scrubbed message.
            language: Its written form, if known.
            extraction: What it says besides.
            tapped: What the tapped answer said; None when the patient wrote.
        """
        concept = encounter.retracting[0]
        reading = self.yes_or_no(text, language or encounter.language, concept)
        label = self._knowledge.label(concept, encounter.language)
        confirmed = reading.kind == "yes"
        kept = [item for item in extraction.findings if item.concept not in encounter.retracting]
        return Heard(
            findings=tuple(kept),
            quantities=extraction.quantities,
            retracted=tuple(encounter.retracting) if confirmed else (),
            ask_again=waiting(encounter),
            notices=(("retract_done" if confirmed else "retract_kept", {"label": label}),),
            tapped=tapped,
        )

    def contradiction(self, encounter: Encounter, heard: Heard) -> Heard:
        """Return what was heard with a denial of something that a danger sign rests on; it is read back first.

        Args:
            encounter: The encounter before this message.
            heard: What the message says.
        """
        if not encounter.turns:
            return heard
        affirmed = {item.concept for item in heard.findings if item.polarity is not Polarity.NEGATED}
        facts = self._facts.build(encounter)
        hits = encounter.turns[-1].assessment.hits
        relied_on = dict.fromkeys(item.concept.removesuffix(".ongoing") for hit in hits for item in hit.because)
        changed = self._knowledge.questions.get(encounter.pending or "") if encounter.changing else None
        if changed is not None:
            # The patient corrects an answer, so what they denied now was wrong, whatever rests on it.
            relied_on |= dict.fromkeys(_concepts(changed))
        denied = [item.concept for item in heard.findings if _is_denial(item) and item.concept not in affirmed]
        for concept in relied_on:
            known = facts.present.get(concept)
            if known is None or known.polarity is not Polarity.AFFIRMED:
                continue
            # Denying the general ("no weakness") takes back the special that was told ("my arm is weak").
            if not self._facts.implied(concept).isdisjoint(denied):
                return replace(heard, read_back=tuple(dict.fromkeys((concept, known.concept, *denied))))
        return heard

    def yes_or_no(self, text: str, language: str, concept: str) -> AnswerReading:
        """Return what a message answers to a check that is no question of the content.

        Args:
            text: The scrubbed message.
            language: Its written form.
            concept: What the check is about.
        """
        check = Question.model_validate({"id": "check", "ask": {"en": "?"}, "why": {"en": "?"}, "options": [concept]})
        return read_answer(text, check, language, Extraction(), self._knowledge.lexicons)


def _is_denial(finding: Finding) -> bool:
    return (
        finding.polarity is Polarity.NEGATED
        and finding.experiencer is Experiencer.SUBJECT
        and finding.temporality is Temporality.CURRENT
    )


def _concepts(question: Question) -> list[str]:
    return [*question.options, *(name for choice in question.choices for name in choice.present)]
