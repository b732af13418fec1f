"""Metrics on cases counted by hand, and nothing of nothing."""

import pytest

from evals.metrics import METRICS, Proportion, Result, confusion
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
        ("false_alarms", 1, 5),
        ("under_triage", 3, 8),
        ("over_triage", 2, 8),
        ("safety_of_advice", 5, 8),
        ("inclination_to_overtriage", 2, 4),
    ],
)
def test_a_metric_counts_as_by_hand(name: str, hits: int, n: int) -> None:
    assert METRICS[name](CASES) == Proportion(hits, n)


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
