"""A change that lowers an emergency is found; one that raises or moves anything else is only told."""

import pytest

from evals.impact import Moved, moved
from evals.metrics import Result
from evals.vignette import Vignette
from knowledge.vocabulary import Disposition

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
