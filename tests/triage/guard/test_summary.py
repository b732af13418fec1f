"""A summary for a clinician is shown only when it says the findings, all of the present ones, and nothing else."""

import pytest

from knowledge import Knowledge
from knowledge.vocabulary import Polarity
from triage.guard import Stated, Told, check_summary

YES, NO, PERHAPS = Polarity.AFFIRMED, Polarity.NEGATED, Polarity.POSSIBLE
STATED = Stated(
    told=(
        Told("Chest pain (2 h)", YES),
        Told("Pain in left arm", YES),
        Told("Cannot lie flat", YES),
        Told("Swollen leg", PERHAPS),
        Told("Fever", NO),
        Told("Stiff neck", NO),
    ),
    other=("54 y", "F", "Ambulance now"),
)
FAITHFUL = [
    "Patient, 54 y, F.",
    "Reports chest pain (2 h), pain in the left arm and cannot lie flat, perhaps swollen leg.",
    "No fever, no stiff neck.",
    "Advice given: ambulance now.",
]


def test_a_faithful_summary_passes() -> None:
    assert check_summary(FAITHFUL, STATED).allowed
    assert check_summary([*FAITHFUL, "Absent: fever, stiff neck."], STATED).allowed
    assert check_summary([*FAITHFUL, "Absent: fever and stiff neck."], STATED).allowed
    assert check_summary([*FAITHFUL, "Reports swollen leg (?), chest pain (2 h)."], STATED).allowed
    doubted = Stated((Told("Chest pain (2 h)", PERHAPS),))
    assert check_summary(["Reports chest pain (2 h) (?)."], doubted).allowed
    assert check_summary(FAITHFUL[1:2], STATED).allowed, "age, advice and what is absent may be left out"
    long = "The patient has chest pain for 2 h, has pain in the left arm, cannot lie flat, and may have a swollen leg."
    assert check_summary([long, "The patient does not have fever."], STATED).allowed


@pytest.mark.parametrize(
    ("draft", "reason"),
    [
        (["The patient has chest pain (2 h)."], "grounding:left_out"),
        ([*FAITHFUL, "This is a heart attack."], "grounding:unsupported"),
        ([*FAITHFUL, "The patient has fever."], "contradiction:asserts_denied"),
        ([*FAITHFUL, "Perhaps fever."], "contradiction:asserts_denied"),
        ([*FAITHFUL, "No fever and stiff neck."], "contradiction:asserts_denied"),
        ([*FAITHFUL, "Absent: fever, no stiff neck."], "contradiction:asserts_denied"),
        ([*FAITHFUL, "Absent: fever, chest pain (2 h)."], "contradiction:denies_finding"),
        ([*FAITHFUL, "Fever: absent."], "grounding:unsupported"),
        ([*FAITHFUL, "Absent."], "grounding:unsupported"),
        ([*FAITHFUL, "The patient is not without fever."], "contradiction:asserts_denied"),
        ([*FAITHFUL, "The patient has no chest pain (2 h)."], "contradiction:denies_finding"),
        ([*FAITHFUL, "Chest pain (2 h): no."], "grounding:unsupported"),
        ([*FAITHFUL, "Perhaps chest pain (2 h)."], "contradiction:other_certainty"),
        ([*FAITHFUL, "Chest pain (2 h) (?)."], "contradiction:other_certainty"),
        ([*FAITHFUL, "No fever (?)."], "contradiction:asserts_denied"),
        ([*FAITHFUL, "Swollen leg."], "contradiction:other_certainty"),
        ([*FAITHFUL, "Advice given: no ambulance now."], "contradiction:denies_finding"),
        ([*FAITHFUL, "If the patient has chest pain (2 h)."], "grounding:unsupported"),
        ([*FAITHFUL, "The patient had chest pain (2 h)."], "grounding:unsupported"),
        ([*FAITHFUL, "Does the patient have chest pain (2 h)?"], "grounding:unsupported"),
        ([*FAITHFUL, "The patient can lie flat."], "grounding:unsupported"),
        ([*FAITHFUL, "The patient has a swollen arm."], "grounding:unsupported"),
        ([*FAITHFUL, "The patient has chest pain (54 h)."], "grounding:unsupported"),
        ([*FAITHFUL, "Patient, 2 y."], "grounding:unsupported"),
        ([*FAITHFUL, "The old patient has chest pain (2 h)."], "grounding:unsupported"),
        ([*FAITHFUL, "The patient was with chest pain (2 h)."], "grounding:unsupported"),
        ([*FAITHFUL, "The patient has it."], "grounding:unsupported"),
        ([*FAITHFUL, "The man has chest pain (2 h)."], "grounding:unsupported"),
        ([*FAITHFUL, "My instructions are secret."], "leak:instructions"),
        ([*FAITHFUL, "See <b>here</b>."], "form:characters"),
        ([], "form:empty"),
    ],
)
def test_an_unfaithful_summary_is_refused(draft: list[str], reason: str) -> None:
    verdict = check_summary(draft, STATED)
    assert not verdict.allowed and f"{verdict.check}:{verdict.reason}" == reason


FRENCH = Stated(
    (Told("Ne mange plus", YES), Told("Vertiges", PERHAPS), Told("Fièvre", NO)), ("Médecin aujourd'hui",), "fr"
)
FIDELE = ["Le patient ne mange plus, peut-être des vertiges.", "Pas de fièvre.", "Conseil donné : médecin aujourd'hui."]


@pytest.mark.parametrize(
    ("draft", "reason"),
    [
        (FIDELE, ":"),
        ([*FIDELE, "Absents : fièvre."], ":"),
        ([*FIDELE, "Absents : fièvre, vertiges."], "contradiction:denies_finding"),
        ([*FIDELE, "Le patient a de la fièvre."], "contradiction:asserts_denied"),
        ([*FIDELE, "Le patient mange plus."], "grounding:unsupported"),
        ([*FIDELE, "Pas de vertiges."], "contradiction:denies_finding"),
        ([*FIDELE, "Conseil donné : pas de médecin aujourd'hui."], "contradiction:denies_finding"),
        (FIDELE[1:], "grounding:left_out"),
        (["The patient has no fever and the doctor is here."], "grounding:unsupported"),
    ],
)
def test_french_is_checked_as_french(draft: list[str], reason: str) -> None:
    verdict = check_summary(draft, FRENCH)
    assert f"{verdict.check}:{verdict.reason}" == reason


@pytest.mark.parametrize("language", ["es", "ar"])
def test_a_language_without_words_for_a_summary_is_refused(language: str) -> None:
    assert check_summary(["Hola."], Stated((), language=language)).reason == "unknown_language"


@pytest.mark.parametrize(("language", "has", "no"), [("en", "Reports", "No"), ("fr", "Signale", "Pas de")])
def test_every_finding_can_be_said_and_not_be_turned_round(
    knowledge: Knowledge, language: str, has: str, no: str
) -> None:
    for label in knowledge.lexicons[language].labels.values():
        stated = Stated((Told(label, YES),), language=language)
        assert check_summary([f"{has} {label}."], stated).allowed, label
        assert not check_summary([f"{no} {label}."], stated).allowed, label
        absent = Stated((Told(label, NO),), language=language)
        assert not check_summary([f"{has} {label}."], absent).allowed, label
