"""Measures that are no shares, on numbers worked out by hand."""

import pytest

from evals import measures
from evals.measures import Mean
from evals.metrics import METRICS
from evals.result import Proportion, Result
from evals.vignette import Vignette
from knowledge import Disposition

D = Disposition


def case(
    reference: str, advised: Disposition | None, name: str = "x", *levels: Disposition, due: int | None = None
) -> Result:
    turns = ["t"] * max(1, len(levels))
    raw = {"id": name, "turns": turns, "reference": reference.split(), "due": due}
    return Result(Vignette.model_validate(raw), advised, levels=levels)


def test_two_levels_apart_and_comprehensiveness() -> None:
    cases = [
        case("ambulance", D.EMERGENCY_DEPARTMENT),  # one below
        case("ambulance", D.TODAY),  # two below
        case("soon", None),
        case("self_care", D.SOON),  # two above
        case("self_care routine", D.SOON),  # one above the most urgent right one
    ]
    assert METRICS["under_triage_by_two"](cases) == Proportion(2, 5)
    assert METRICS["over_triage_by_two"](cases) == Proportion(1, 5)
    assert METRICS["comprehensiveness"](cases) == Proportion(4, 5)


@pytest.mark.parametrize(
    # Clopper and Pearson's limits: 0 of 10 is 1 - 0.025 ** (1 / 10); 5 of 10 as in every table of them
    ("hits", "n", "low", "high"),
    [(0, 10, 0.0, 0.3085), (10, 10, 0.6915, 1.0), (5, 10, 0.1871, 0.8129), (299, 299, 0.9877, 1.0)],
)
def test_the_exact_interval(hits: int, n: int, low: float, high: float) -> None:
    assert Proportion(hits, n).exact() == pytest.approx((low, high), abs=1e-4)


def test_nothing_has_no_exact_interval() -> None:
    assert Proportion(0, 0).exact() is None


def test_the_capability_score_as_by_hand() -> None:
    # case a: solved by one of two (p = 0.5); case b: by both (p = 1); A gains 0.5 and 0, B -0.5 and 0
    a = [case("soon", D.SOON, "a"), case("soon", D.SOON, "b")]
    b = [case("soon", D.AMBULANCE, "a"), case("soon", D.SOON, "b")]
    assert measures.capability_comparison({"A": a, "B": b}) == {"A": Mean(62.5, 2), "B": Mean(37.5, 2)}
    # whoever accepts only the easy case gains nothing by it
    assert measures.capability_comparison({"A": a, "B": b, "C": b[1:]})["C"] == Mean(50.0, 1)
    assert measures.capability_comparison({"A": a})["A"] == Mean(None, 0)


def test_the_cost_of_a_case() -> None:
    cases = [case("ambulance", D.TODAY), case("self_care", D.SOON), case("soon", D.SOON), case("today", None)]
    assert measures.cost(cases, 20) == Mean((2 * 20 + 2 + 0 + 3 * 20) / 4, 4)
    assert measures.cost([], 20) == Mean(None, 0)


def test_false_banners_by_bayes_rule() -> None:
    emergencies = [case("ambulance", D.AMBULANCE)] * 9 + [case("ambulance", D.SOON)]
    calm = [case("soon", D.AMBULANCE)] + [case("soon", D.SOON)] * 9
    # 0.1 * 0.9 false against 0.9 * 0.1 true
    assert measures.false_banners(emergencies + calm, 0.1) == pytest.approx(0.5)
    assert measures.false_banners(calm, 0.1) is None


def test_turns_to_escalation_count_from_when_it_is_due() -> None:
    cases = [
        case("ambulance", D.AMBULANCE, "a", D.SOON, D.AMBULANCE, due=2),
        case("ambulance", D.AMBULANCE, "b", D.SOON, D.SOON, D.AMBULANCE, due=1),
        case("ambulance", D.SOON, "c", D.SOON, D.SOON, due=1),
        case("ambulance", D.SOON, "d", D.SOON),
    ]
    assert measures.turns_to_escalation(cases) == Mean((0 + 2 + 2) / 3, 3)
    assert measures.turns_to_escalation([]) == Mean(None, 0)


def test_equivalence_needs_cases_not_only_agreement() -> None:
    few, many = measures.equivalence([(True, True)] * 10), measures.equivalence([(True, True)] * 400)
    assert few is not None and not few.equivalent and many is not None and many.equivalent
    # b = 3, c = 1 of 20: (3.5 - 1.5) / 22 and sqrt(5 - 4 / 22) / 22
    found = measures.equivalence([(True, False)] * 3 + [(False, True)] + [(True, True)] * 16)
    assert found is not None and found.difference == pytest.approx(2 / 22)
    assert found.high - found.difference == pytest.approx(1.645 * (5 - 4 / 22) ** 0.5 / 22, rel=1e-3)
    assert measures.equivalence([]) is None


def test_swaps_find_the_two_sides_of_a_pair() -> None:
    cases = [case("ambulance", D.AMBULANCE, "equity-a-man.en"), case("ambulance", D.SOON, "equity-a-woman.en")]
    assert measures.swaps(cases, "man", "woman") == [(True, False)]


def test_lix_as_by_hand() -> None:
    # 8 words in 2 sentences, of which 2 have more than six letters
    assert measures.lix("Call an ambulance now. Lie down immediately, please.") == pytest.approx(4 + 25)
    assert measures.lix("اتصل بالإسعاف الآن.") == pytest.approx(3 + 100 / 3)
    assert measures.lix("112!") is None
