"""Running Salama over a suite."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evals.metrics import Result
from evals.vignette import Vignette
from triage import Encounter, Subject, TriagePipeline


def run(pipeline: TriagePipeline, vignettes: Iterable[Vignette]) -> Iterator[Result]:
    """Yield the advice after the last turn of each vignette."""
    for vignette in vignettes:
        encounter = Encounter(
            language=vignette.language if vignette.language in pipeline.knowledge.replies else "en",
            country=vignette.country,
            subject=Subject.model_validate(vignette.subject),
        )
        turns = [pipeline.respond(encounter, text) for text in vignette.turns]
        last = turns[-1].assessment
        evidence = [f"{hit.rule_id}: {', '.join(item.text for item in hit.because)}" for hit in last.hits]
        evidence.append(f"protocols: {', '.join(last.protocols)}")
        yield Result(
            vignette=vignette,
            advised=last.disposition,
            questions=len(encounter.asked),
            milliseconds=sum(turn.milliseconds for turn in turns),
            evidence=tuple(evidence),
        )
