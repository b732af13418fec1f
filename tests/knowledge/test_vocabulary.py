"""Levels are ordered, named and compared in one place."""

import pytest

from knowledge.vocabulary import Disposition, is_over_triage, is_under_triage, nearest

NAMES = ["self_care", "routine", "soon", "today", "emergency_department", "ambulance"]


def test_levels_are_ordered_by_urgency() -> None:
    assert [level.name.lower() for level in sorted(Disposition)] == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_level_is_read_by_its_name(name: str) -> None:
    assert Disposition.parse(name).name.lower() == name


@pytest.mark.parametrize("wrong", ["", "urgent", "AMBULANCE", 6, None, True])
def test_anything_else_is_refused_with_the_choices(wrong: object) -> None:
    with pytest.raises(ValueError, match="self_care, routine, soon, today, emergency_department, ambulance"):
        Disposition.parse(wrong)


@pytest.mark.parametrize("advised", list(Disposition))
@pytest.mark.parametrize("reference", list(Disposition))
def test_under_and_over_triage_exclude_each_other(advised: Disposition, reference: Disposition) -> None:
    assert is_under_triage(advised, reference) == (advised < reference)
    assert is_over_triage(advised, reference) == (advised > reference)
    assert is_under_triage(advised, reference) + is_over_triage(advised, reference) + (advised == reference) == 1


def test_only_the_two_highest_levels_are_emergencies() -> None:
    assert [level for level in Disposition if level.is_emergency] == [
        Disposition.EMERGENCY_DEPARTMENT,
        Disposition.AMBULANCE,
    ]


def test_the_nearest_forms_begin_with_the_form_itself() -> None:
    assert [nearest(form) for form in ("en", "ary", "ary-Latn")] == [("en",), ("ary", "ar"), ("ary-Latn", "fr")]
