"""Calibration worked out by hand."""

import pytest

from evals.calibration import Calibration, calibration
from evals.result import Result
from evals.vignette import Vignette
from knowledge import Disposition

SOON = Vignette(id="x", turns=("t",), reference=(Disposition.SOON,))


def case(confidence: float | None, right: bool) -> Result:
    return Result(SOON, Disposition.SOON if right else Disposition.AMBULANCE, confidence=confidence)


def test_error_brier_and_risk_as_by_hand() -> None:
    cases = [case(1.0, True), case(1.0, False), case(0.6, True), case(0.6, True), case(0.2, False), case(None, True)]
    found = calibration(cases)
    # bins: two of 1.0 (half right), two of 0.6 (all right), one of 0.2 (wrong)
    assert found.error == pytest.approx((abs(2 - 1) + abs(1.2 - 2) + 0.2) / 5)
    assert found.brier == pytest.approx((0 + 1 + 0.16 + 0.16 + 0.04) / 5)
    assert found.risk == ((2 / 5, 1 / 2), (4 / 5, pytest.approx(1 / 4)), (1.0, pytest.approx(2 / 5)))
    assert found.n == 5


def test_a_system_that_is_as_sure_as_it_is_right_has_no_error() -> None:
    assert calibration([case(0.75, True)] * 3 + [case(0.75, False)]).error == 0
    sure = calibration([case(1.0, True)] * 4)
    assert (sure.error, sure.brier, sure.risk) == (0, 0, ((1.0, 0.0),))


def test_no_answer_is_wrong_however_sure() -> None:
    assert calibration([Result(SOON, None, confidence=1.0)]).brier == 1


def test_calibration_of_nothing_is_none() -> None:
    assert calibration([case(None, True)]) == Calibration(None, None, (), 0) and str(calibration([])) == "n=0"
