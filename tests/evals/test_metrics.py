"""Metrics on cases counted by hand, and nothing of nothing."""

import pytest

from evals.metrics import METRICS, Spread, accuracy_by_level, confusion, escalation_stickiness, questions
from evals.parity import Gap, parity
from evals.result import Proportion, Result
from evals.vignette import Vignette
from knowledge import Disposition

D = Disposition


def result(reference: str, advised: Disposition | None) -> Result:
    return Result(Vignette.model_validate({"id": "x", "turns": ["t"], "reference": reference.split()}), advised)


CASES = [
    result("ambulance emergency_department", D.AMBULANCE),
    result("ambulance", D.TODAY),
    result("emergency_department", None),
    result("soon today", D.ROUTINE),
    result("soon", D.AMBULANCE),
    result("self_care", D.SELF_CARE),
    result("self_care", D.SOON),
    result("routine", D.SELF_CARE),
]


@pytest.mark.parametrize(
    ("name", "hits", "n"),
    [
        ("accuracy", 3, 8),
        ("emergency_sensitivity", 1, 3),
        ("under_triage_of_emergencies", 2, 3),
        ("false_alarms", 1, 5),
        ("under_triage", 3, 8),
        ("over_triage", 2, 8),
        ("safety_of_advice", 5, 8),
        ("safety_of_advice_lenient", 6, 8),
        ("inclination_to_overtriage", 2, 4),
        ("escalation_stickiness", 0, 0),
    ],
)
def test_a_metric_counts_as_by_hand(name: str, hits: int, n: int) -> None:
    assert METRICS[name](CASES) == Proportion(hits, n)


def test_accuracy_by_level_counts_each_reference_apart() -> None:
    assert accuracy_by_level(CASES) == {
        "emergency": Proportion(1, 3),
        "non_emergency": Proportion(1, 3),
        "self_care": Proportion(1, 2),
    }
    assert {part.value for part in accuracy_by_level([]).values()} == {None}


@pytest.mark.parametrize("name", METRICS)
def test_a_metric_of_nothing_is_none(name: str) -> None:
    found = METRICS[name]([])
    assert found.value is None and found.wilson() is None and str(found) == "n=0"


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (5, 10, 0.2366, 0.7634), (81, 100, 0.7222, 0.8749)],
)
def test_the_wilson_interval(hits: int, n: int, low: float, high: float) -> None:
    assert Proportion(hits, n).wilson() == pytest.approx((low, high), abs=5e-4)


def test_the_confusion_table_counts_every_case_once() -> None:
    table = confusion(CASES)
    assert sum(table.values()) == len(CASES)
    assert table["emergency", "none"] == 1 and table["self_care", "non_emergency"] == 1


def dialogue(reference: str, *levels: Disposition) -> Result:
    vignette = Vignette.model_validate({"id": "x", "turns": ["t"] * len(levels), "reference": reference.split()})
    return Result(vignette, levels[-1], levels=levels)


def test_an_emergency_that_was_found_must_stay_found() -> None:
    cases = [
        dialogue("ambulance", D.AMBULANCE, D.AMBULANCE),
        dialogue("ambulance", D.AMBULANCE, D.TODAY, D.AMBULANCE),
        dialogue("ambulance", D.EMERGENCY_DEPARTMENT, D.TODAY),
        dialogue("ambulance", D.SOON, D.AMBULANCE),
        dialogue("self_care", D.AMBULANCE, D.SOON),
    ]
    assert [case.fell for case in cases] == [False, True, True, False, True]
    assert escalation_stickiness(cases) == Proportion(1, 3)


def test_questions_are_counted_as_median_and_most() -> None:
    vignette = CASES[0].vignette
    assert questions([Result(vignette, None, questions=count) for count in (0, 1, 5)]) == Spread(1, 5, 3)
    assert questions([]) == Spread(None, None, 0) and str(questions([])) == "n=0"


def parallel(case: str, language: str, reference: str, advised: Disposition) -> Result:
    raw = {"id": f"{case}.{language}", "turns": ["t"], "reference": [reference], "language": language, "parallel": case}
    return Result(Vignette.model_validate(raw), advised)


def test_parity_compares_forms_on_their_common_cases_only() -> None:
    found = parity(
        [
            parallel("one", "en", "ambulance", D.AMBULANCE),
            parallel("one", "fr", "ambulance", D.TODAY),
            parallel("two", "en", "soon", D.SOON),
            parallel("two", "fr", "soon", D.TODAY),
            parallel("english only", "en", "soon", D.AMBULANCE),
        ]
    )
    assert found is not None
    assert found.forms["en"] == (Proportion(2, 2), Proportion(1, 1))
    assert found.accuracy_gap == Gap("fr", "en", 0.5) and found.sensitivity_gap == Gap("fr", "en", 1.0)
    assert found.agreement == Proportion(1, 2)


def test_one_form_has_no_parity() -> None:
    assert parity([parallel("one", "en", "soon", D.SOON)]) is None and parity(CASES) is None
