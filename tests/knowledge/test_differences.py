"""What changed is told in words a nurse reads."""

import pytest

from knowledge.differences import differences
from knowledge.items import Document


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        (
            "rule:cardiac.acs",
            {"title": {"en": "Heart attack"}, "disposition": "ambulance"},
            {"title": {"en": "Heart attack"}, "disposition": "today"},
            ['Danger sign cardiac.acs "Heart attack": changed', "advises today instead of ambulance (CALMER)"],
        ),
        (
            "rule:x",
            {"when": {"all": ["chest_pain", "sweating"]}},
            {"when": {"any": ["chest_pain", {"none": ["age_years < 16"]}, {"absent": "cough"}]}},
            [
                "holds when chest pain or none of (age years < 16) or cough is denied",
                "before: chest pain and sweating",
            ],
        ),
        (
            "protocol:cough",
            {"default": "routine", "questions": ["a", "b"]},
            {"default": "soon", "questions": ["b", "c"]},
            ["soon instead of routine (MORE URGENT)", "questions, new: c", "questions, taken away: a"],
        ),
        (
            "protocol:cough",
            {"questions": ["a", "b"]},
            {"questions": ["b", "a"]},
            ["questions: in another order: b, a"],
        ),
        (
            "article:cough.en",
            {"sections": [{"kind": "do", "sentences": ["Rest.", "Drink."]}]},
            {"sections": [{"kind": "do", "sentences": ["Rest.", "Sleep."]}]},
            ["'what you can do' says now: Sleep.", "'what you can do' no longer says: Drink."],
        ),
        (
            "words:fr",
            {"wordings": {"chest_pain": 3}, "files": {"heart.yaml": "1"}},
            {"wordings": {"chest_pain": 2, "cough": 1}, "files": {"heart.yaml": "2"}},
            [
                "Words of patients in fr: changed",
                "chest pain: 2 wordings instead of 3",
                "cough: 1 wordings instead of 0",
                "heart.yaml",
            ],
        ),
        (
            "replies:en",
            {"text": {"bye": "Bye", "old": "x"}},
            {"text": {"bye": "Take care", "new": "y"}},
            ["text, bye: Take care; before: Bye", "text, new: new (y)", "text, old: taken away (x)"],
        ),
    ],
)
def test_a_change_is_told(name: str, old: Document, new: Document, says: list[str]) -> None:
    told = "\n".join(differences({name: old}, {name: new}))
    for part in says:
        assert part in told, told


def test_new_and_lost_items_are_told() -> None:
    rule: Document = {"title": {"en": "Faint"}, "disposition": "today", "when": "faint"}
    assert list(differences({}, {"rule:faint": rule})) == [
        'Danger sign faint "Faint": new',
        "    advises today; holds when faint",
    ]
    assert list(differences({"rule:faint": rule}, {})) == ['Danger sign faint "Faint": taken away']
    assert list(differences({"rule:faint": rule}, {"rule:faint": rule})) == []
