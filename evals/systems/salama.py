"""Salama in this process."""

from __future__ import annotations

from evals.patient import finish
from evals.result import Result
from evals.vignette import Vignette
from triage import Encounter, Subject, TriagePipeline


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
        self.name = f"Salama, {model}, content {pipeline.knowledge.version[:12]}"

    def play(self, vignette: Vignette) -> Result:
        """Return the advice after the last turn."""
        pipeline = self._pipeline
        encounter = Encounter(
            language=vignette.language if vignette.language in pipeline.knowledge.replies else "en",
            country=vignette.country,
            subject=Subject.model_validate(vignette.subject),
        )
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
