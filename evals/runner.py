"""Running Salama over a suite."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evals.metrics import Result
from evals.patient import finish
from evals.vignette import Vignette
from evals.workers import spread
from triage import Encounter, Subject, TriagePipeline


def run(
    pipeline: TriagePipeline, vignettes: Iterable[Vignette], *, interview: bool = False, processes: int = 1
) -> Iterator[Result]:
    """Yield the advice after the last turn of each vignette, in order.

    Args:
        pipeline: The engine to measure.
        vignettes: The cases.
        interview: Answer the questions that remain after the last turn, denying danger, and take the advice at the end.
        processes: How many processes share the work.
    """
    yield from spread(lambda vignette: play(pipeline, vignette, interview=interview), vignettes, processes)


def play(pipeline: TriagePipeline, vignette: Vignette, *, interview: bool = False) -> Result:
    """Return the advice for one vignette."""
    encounter = Encounter(
        language=vignette.language if vignette.language in pipeline.knowledge.replies else "en",
        country=vignette.country,
        subject=Subject.model_validate(vignette.subject),
    )
    turns = [pipeline.respond(encounter, text) for text in vignette.turns]
    if interview:
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
    )
