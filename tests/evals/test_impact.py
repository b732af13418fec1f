"""A change that lowers an emergency is found; one that raises or moves anything else is only told."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from evals.impact import Moved, impact, moved
from evals.metrics import Result
from evals.vignette import Vignette
from knowledge import Knowledge
from knowledge.vocabulary import Disposition
from triage import TriagePipeline

AMBULANCE, DEPARTMENT, TODAY, ROUTINE = (
    Disposition.AMBULANCE,
    Disposition.EMERGENCY_DEPARTMENT,
    Disposition.TODAY,
    Disposition.ROUTINE,
)


def result(reference: Disposition, advised: Disposition | None, name: str = "x") -> Result:
    return Result(vignette=Vignette(id=name, turns=("help",), reference=(reference,)), advised=advised)


@pytest.mark.parametrize(
    ("reference", "before", "after", "lowers"),
    [
        (AMBULANCE, AMBULANCE, TODAY, True),
        (AMBULANCE, AMBULANCE, DEPARTMENT, True),
        (DEPARTMENT, AMBULANCE, DEPARTMENT, True),
        (AMBULANCE, TODAY, ROUTINE, True),
        (AMBULANCE, AMBULANCE, None, True),
        (AMBULANCE, TODAY, AMBULANCE, False),
        (ROUTINE, AMBULANCE, ROUTINE, False),
    ],
)
def test_only_emergencies_can_be_lowered(
    reference: Disposition, before: Disposition, after: Disposition | None, lowers: bool
) -> None:
    assert Moved(result(reference, before), result(reference, after)).lowers_an_emergency is lowers


def test_cases_that_stay_are_not_told() -> None:
    before = [result(AMBULANCE, AMBULANCE, "a"), result(TODAY, TODAY, "b")]
    after = [result(AMBULANCE, TODAY, "a"), result(TODAY, TODAY, "b")]
    assert [str(item) for item in moved(before, after)] == ["a: ambulance -> today  LOWERS AN EMERGENCY"]


def test_a_change_of_articles_alone_goes_ahead_and_names_them(
    knowledge: Knowledge, pipeline: TriagePipeline, tmp_path: Path
) -> None:
    suite = tmp_path / "tiny.jsonl"
    case = {"id": "droop", "turns": ["my face is drooping on one side"], "reference": ["ambulance"]}
    suite.write_text(json.dumps(case), encoding="utf-8")
    gone = knowledge.articles[0]
    changed = replace(knowledge, articles=knowledge.articles[1:], withheld=(gone,))
    # no engine reads articles to find the level, so one serves for both
    lines, unharmed = impact(knowledge, changed, lambda _: pipeline, suites=[suite])
    said = "\n".join(lines)
    assert unharmed and f"of 1 articles change: {gone.id}" in said
    assert f"1 imported articles are shown only once they are signed: {gone.id}" in said
    assert "suite tiny: 0 of 1 cases change their level" in said and lines[-1] == "no emergency case is lowered"
