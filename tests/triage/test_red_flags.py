"""Rules in three-valued logic: unknown is neither yes nor no."""

import pytest

from knowledge.conditions import parse
from knowledge.schema import RedFlagRule
from knowledge.vocabulary import Disposition
from triage.facts import Facts
from triage.kleene import evaluate
from triage.red_flags import RuleSet
from triage.types import Finding, Quantity

SOURCED = {
    "sources": ["s"],
    "licence": "l",
    "status": "source_checked",
    "reviewed": {"by": "b", "on": "2026-01-01", "next": "2027-01-01"},
    "rationale": "r",
}


def facts(present: str = "", absent: str = "", **numbers: tuple[float, float]) -> Facts:
    found = Facts(
        present={name: Finding(concept=name, text=name, turn=1) for name in present.split()},
        absent={name: Finding(concept=name) for name in absent.split()},
    )
    for name, (low, high) in numbers.items():
        if name == "age_days":
            found.age_days = (low, high)
        else:
            found.numbers[name] = Quantity(name=name, low=low, high=high)
    return found


def rule(when: object, disposition: str = "today", identity: str = "x.y") -> RedFlagRule:
    return RedFlagRule.model_validate(
        {"id": identity, "title": {"en": "t"}, "disposition": disposition, "when": when, **SOURCED}
    )


T, F, U = "t", "f", "u"


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("t", True),
        ("f", False),
        ("u", None),
        ({"absent": "t"}, False),
        ({"absent": "f"}, True),
        ({"absent": "u"}, None),
        ({"all": ["t", "t"]}, True),
        ({"all": ["t", "u"]}, None),
        ({"all": ["u", "f"]}, False),
        ({"any": ["f", "f"]}, False),
        ({"any": ["f", "u"]}, None),
        ({"any": ["u", "t"]}, True),
        ({"none": ["f", "f"]}, True),
        ({"none": ["f", "u"]}, None),
        ({"none": ["u", "t"]}, False),
    ],
)
def test_kleene_truth_table(when: object, expected: bool | None) -> None:
    assert evaluate(parse(when), facts("t", "f").truth) is expected


@pytest.mark.parametrize(
    ("comparison", "low", "high", "expected"),
    [
        ("temp_c >= 38", 38, 38, True),
        ("temp_c >= 38", 37, 37.9, False),
        ("temp_c >= 38", 37, 39, None),
        ("temp_c < 36", 35, 35.9, True),
        ("temp_c < 36", 36, 36, False),
        ("temp_c > 38", 38, 38, False),
        ("temp_c <= 38", 38, 38, True),
    ],
)
def test_a_range_is_compared_as_a_whole(comparison: str, low: float, high: float, expected: bool | None) -> None:
    assert evaluate(parse(comparison), facts(temp_c=(low, high)).truth) is expected


def test_an_unknown_exclusion_leaves_a_rule_presumed() -> None:
    rules = RuleSet([rule({"all": ["t", {"none": ["u"]}]})])
    (hit,) = rules.hits(facts("t"))
    assert hit.presumed
    assert not rules.hits(facts("t u"))
    (certain,) = rules.hits(facts("t", "u"))
    assert not certain.presumed


def test_a_presumed_ambulance_rule_counts_as_certain() -> None:
    rules = RuleSet([rule({"all": ["t", {"none": ["u"]}]}, "ambulance")])
    (hit,) = rules.hits(facts("t"))
    assert hit.disposition is Disposition.AMBULANCE and not hit.presumed


def test_an_unknown_time_is_inside_the_window_of_an_ambulance_rule_only() -> None:
    when = {"all": ["seizure", "seizure.duration_min >= 5"]}
    assert RuleSet([rule(when, "ambulance")]).hits(facts("seizure"))
    assert not RuleSet([rule(when, "today")]).hits(facts("seizure"))


def test_a_hit_carries_the_words_that_made_it() -> None:
    (hit,) = RuleSet([rule({"all": ["a", {"any": ["b", "c"]}]})]).hits(facts("a c"))
    assert [item.text for item in hit.because] == ["a", "c"]


def test_ongoing_is_false_once_it_has_passed() -> None:
    found = facts("chest_pain")
    assert evaluate(parse("chest_pain.ongoing"), found.truth) is True
    found.present["chest_pain"] = found.present["chest_pain"].model_copy(update={"recovered": True})
    assert evaluate(parse("chest_pain.ongoing"), found.truth) is False


def test_the_index_finds_every_rule_that_holds() -> None:
    rules = [
        rule("a", identity="x.a"),
        rule({"any": ["a", "b"]}, identity="x.b"),
        rule({"all": ["b", "age_years < 12"]}, identity="x.c"),
        rule({"any": ["temp_c >= 38", "c"]}, identity="x.d"),
        rule({"all": [{"none": ["a"]}, "b"]}, identity="x.e"),
        rule({"all": ["age_days <= 28", "age_months < 3"]}, identity="x.f"),
    ]
    indexed = RuleSet(rules)
    for found in (
        facts("a"),
        facts("b", "a"),
        facts("b", age_days=(700, 800)),
        facts(temp_c=(39, 39)),
        facts(age_days=(1, 2)),
    ):
        expected = {item.id for item in rules if evaluate(item.condition, found.truth)}
        assert {hit.rule_id for hit in indexed.hits(found) if not hit.presumed} == expected
