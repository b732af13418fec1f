"""Salama in this process."""

from __future__ import annotations

from collections.abc import Callable

from evals.patient import finish
from evals.result import Result
from evals.vignette import Vignette
from knowledge.vocabulary import Disposition
from triage import Encounter, Subject, TriagePipeline

Build = Callable[[bool], TriagePipeline]
"""Builds the engine, with the configured language model or without any."""


class Salama:
    """The engine itself; its level is read from the assessment, not from the words.

    Args:
        pipeline: The engine to measure.
        interview: Answer the questions that remain after the last turn, denying danger, and take the advice at the end.
    """

    def __init__(self, pipeline: TriagePipeline, *, interview: bool = False) -> None:
        self._pipeline = pipeline
        self._interview = interview
        model = pipeline.composer.model if pipeline.composer else "no language model"
        gestalt = f"gestalt {pipeline.gestalt.version}" if pipeline.gestalt else "no gestalt"
        self.name = f"Salama, {model}, content {pipeline.knowledge.version[:12]}, {gestalt}"

    def play(self, vignette: Vignette) -> Result:
        """Return the advice after the last turn."""
        pipeline, encounter = self._pipeline, self._encounter(vignette)
        turns = [pipeline.respond(encounter, text) for text in vignette.turns]
        if self._interview:
            finish(pipeline, encounter, turns[-1])
            turns = encounter.turns
        last = turns[-1].assessment
        evidence = [f"{hit.rule_id}: {', '.join(item.text for item in hit.because)}" for hit in last.hits]
        evidence.append(f"protocols: {', '.join(last.protocols)}")
        return Result(
            vignette=vignette,
            advised=last.disposition,
            questions=len(encounter.asked),
            milliseconds=sum(turn.milliseconds for turn in turns),
            evidence=tuple(evidence),
            levels=tuple(turn.assessment.disposition for turn in turns),
            replies=tuple(turn.reply.text for turn in turns),
            citations=tuple(f"{item.title} {item.url}" for item in turns[-1].reply.citations),
        )

    def talk(self, vignette: Vignette) -> Conversing:
        """Begin a conversation with the person of a vignette."""
        return Conversing(self._pipeline, self._encounter(vignette))

    def _encounter(self, vignette: Vignette) -> Encounter:
        return Encounter(
            language=vignette.language if vignette.language in self._pipeline.knowledge.replies else "en",
            country=vignette.country,
            subject=Subject.model_validate(vignette.subject),
        )


class Conversing:
    """An open conversation with the engine."""

    def __init__(self, pipeline: TriagePipeline, encounter: Encounter) -> None:
        self._pipeline = pipeline
        self._encounter = encounter

    def say(self, message: str) -> tuple[str, Disposition]:
        """Return the question that is asked, or the whole reply when none is, and the advice now."""
        turn = self._pipeline.respond(self._encounter, message)
        question = turn.reply.question
        if question is None:
            # the safety net of a last reply may hold a question mark, which would not be one to the patient
            return turn.reply.text.replace("?", ".").replace("؟", "."), turn.assessment.disposition
        options = " / ".join(option.label for option in question.options)
        return f"{question.text}\n{options}?", turn.assessment.disposition
