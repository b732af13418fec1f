"""Facts: what was affirmed stays until it is taken back; what is not said stays unknown."""

import pytest

from knowledge.conditions import Compare, Present, parse
from knowledge.schema import Concept
from knowledge.vocabulary import Disposition, Experiencer, Polarity, Temporality
from triage.encounter import Encounter, Retraction, Subject
from triage.gathering import FactsBuilder
from triage.types import Finding, Quantity

CONCEPTS = {
    item.id: item
    for item in (
        Concept(id="chest_pain"),
        Concept(id="chest_tight_heavy", implies=("chest_pain",)),
        Concept(id="face_droop", when_gone="stroke_sign_resolved"),
        Concept(id="stroke_sign_resolved", implies=("stroke_sign",)),
        Concept(id="stroke_sign"),
        Concept(id="fever"),
        Concept(id="pregnant", sex="F"),
        Concept(id="testicle_pain", sex="M"),
        Concept(id="chemo", assumed_days=(0, 42)),
    )
}
BUILDER = FactsBuilder(CONCEPTS)


def said(concept: str, polarity: Polarity = Polarity.AFFIRMED, turn: int = 1, **more: object) -> Finding:
    return Finding(concept=concept, polarity=polarity, turn=turn, text=concept, **more)  # type: ignore[arg-type]


def truth(encounter: Encounter, atom: str) -> bool | None:
    condition = parse(atom)
    assert isinstance(condition, Present | Compare)
    return BUILDER.build(encounter).truth(condition)


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        ([], None),
        ([said("chest_pain")], True),
        ([said("chest_pain", Polarity.POSSIBLE)], True),
        ([said("chest_pain", Polarity.NEGATED)], False),
        ([said("chest_pain", Polarity.NEGATED), said("chest_pain", turn=2)], True),
        ([said("chest_pain"), said("chest_pain", Polarity.NEGATED, 2)], True),
        ([said("chest_pain", Polarity.POSSIBLE), said("chest_pain", Polarity.NEGATED, 2)], False),
        ([said("chest_tight_heavy")], True),
        ([said("chest_pain", experiencer=Experiencer.FAMILY)], None),
        ([said("chest_pain", temporality=Temporality.HISTORICAL)], None),
        ([said("chest_pain", temporality=Temporality.HYPOTHETICAL)], None),
    ],
)
def test_what_was_said_decides(findings: list[Finding], expected: bool | None) -> None:
    assert truth(Encounter(findings=findings), "chest_pain") is expected


def test_no_chest_pain_means_no_heavy_chest_pain_either() -> None:
    encounter = Encounter(findings=[said("chest_pain", Polarity.NEGATED)])
    assert truth(encounter, "chest_tight_heavy") is False


def test_a_confirmed_retraction_removes_what_was_said_before_it() -> None:
    taken_back = Retraction(
        concept="chest_pain", turn=1, floor_before=Disposition.AMBULANCE, floor_after=Disposition.SELF_CARE
    )
    encounter = Encounter(findings=[said("chest_pain")], retractions=[taken_back])
    assert truth(encounter, "chest_pain") is False
    encounter.findings.append(said("chest_pain", turn=2))
    assert truth(encounter, "chest_pain") is True


def test_a_stroke_sign_that_passed_becomes_its_own_finding_with_its_time() -> None:
    encounter = Encounter(findings=[said("face_droop", recovered=True, minutes=(60.0, 120.0))])
    assert truth(encounter, "stroke_sign_resolved") is True
    assert truth(encounter, "stroke_sign.onset_days <= 7") is True
    assert truth(encounter, "face_droop") is None


def test_heat_without_a_thermometer_counts_as_38() -> None:
    assert truth(Encounter(findings=[said("fever")]), "temp_c >= 38") is True
    assert truth(Encounter(findings=[said("fever")]), "temp_c >= 39") is None


@pytest.mark.parametrize(
    ("subject", "atom", "expected"),
    [
        (Subject(), "age_years < 12", None),
        (Subject(is_author=True), "age_months < 3", False),
        (Subject(is_author=True), "age_years >= 40", None),
        (Subject(age_months=2), "age_months < 3", True),
        (Subject(age_months=3), "age_months < 3", False),
        (Subject(age_years=65), "age_years >= 65", True),
        (Subject(sex="M"), "pregnant", False),
        (Subject(age_years=70, sex="F"), "pregnant", False),
        (Subject(age_years=30, sex="F"), "pregnant", None),
        (Subject(pregnant=True), "sex == 'F'", True),
        (Subject(conditions=("condition:diabetes",)), "condition:diabetes", True),
    ],
)
def test_background_is_known_from_the_start(subject: Subject, atom: str, expected: bool | None) -> None:
    assert truth(Encounter(subject=subject), atom) is expected


def test_a_later_exact_age_replaces_a_guess_and_a_narrower_one_narrows_it() -> None:
    baby = Quantity(name="age_days", low=0, high=730)
    assert truth(Encounter(quantities=[baby]), "age_months < 3") is None
    assert truth(Encounter(quantities=[baby, Quantity(name="age_days", low=300, high=330)]), "age_months < 3") is False
    corrected = [Quantity(name="age_days", low=300, high=330), Quantity(name="age_days", low=20, high=27)]
    assert truth(Encounter(quantities=corrected), "age_months < 3") is True


def test_what_is_told_without_a_time_is_taken_to_be_recent_where_that_is_safer() -> None:
    assert truth(Encounter(findings=[said("chemo")]), "chemo_weeks <= 6") is True
    assert truth(Encounter(findings=[said("chemo", minutes=(525600.0, 525600.0))]), "chemo_weeks <= 6") is False


@pytest.mark.parametrize(
    ("first", "second", "turns", "counts"),
    [(40, 38, (1, 1), 40), (38, 40, (1, 1), 40), (39, 35, (1, 1), 35), (40, 38, (1, 2), 38), (37, 39, (1, 2), 39)],
)
def test_the_highest_temperature_of_a_message_counts_and_a_later_message_corrects_it(
    first: float, second: float, turns: tuple[int, int], counts: float
) -> None:
    told = [
        Quantity(name="temp_c", low=value, high=value, turn=turn)
        for value, turn in zip((first, second), turns, strict=True)
    ]
    assert BUILDER.build(Encounter(quantities=tuple(told))).numbers["temp_c"].low == counts


@pytest.mark.parametrize(("sex", "of_the_other"), [("M", "pregnant"), ("F", "testicle_pain")])
def test_what_only_the_other_sex_has_is_ruled_out_unless_it_was_told(sex: str, of_the_other: str) -> None:
    encounter = Encounter(subject=Subject(sex=sex))  # type: ignore[arg-type]
    assert truth(encounter, of_the_other) is False
    encounter.findings.append(said(of_the_other))
    assert truth(encounter, of_the_other) is True
