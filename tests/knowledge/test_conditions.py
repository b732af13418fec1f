"""The grammar of `when:` parses what authors write and refuses what they mistype."""

import pytest

from knowledge.conditions import Absent, All, Any, Compare, NoneOf, Present, atoms, parse


@pytest.mark.parametrize(
    ("raw", "parsed"),
    [
        ("chest_pain", Present("chest_pain")),
        ("condition:diabetes", Present("condition:diabetes")),
        ("chest_pain.ongoing", Present("chest_pain.ongoing")),
        ({"absent": "fever"}, Absent("fever")),
        ("age_months < 3", Compare("age_months", "<", 3.0)),
        ("temp_c >= 38.5", Compare("temp_c", ">=", 38.5)),
        ("sex == 'F'", Compare("sex", "==", "F")),
        ({"any": ["a", "b"]}, Any((Present("a"), Present("b")))),
        ({"none": ["a"]}, NoneOf((Present("a"),))),
        ({"all": ["a"], "none": ["b"]}, All((All((Present("a"),)), NoneOf((Present("b"),))))),
    ],
)
def test_a_condition_is_parsed(raw: object, parsed: object) -> None:
    assert parse(raw) == parsed


@pytest.mark.parametrize(
    "raw", ["Chest pain", "", None, 3, [], {}, {"all": []}, {"all": "a"}, {"and": ["a"]}, {"present": 3}, "age <> 3"]
)
def test_anything_else_is_refused(raw: object) -> None:
    with pytest.raises(ValueError):
        parse(raw)


def test_atoms_are_found_at_every_depth() -> None:
    condition = parse({"all": ["a", {"any": ["b < 3", {"none": ["c"]}]}]})
    assert list(atoms(condition)) == [Present("a"), Compare("b", "<", 3.0), Present("c")]
