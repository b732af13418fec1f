"""A summary for a clinician is shown only when it says the findings, all of the present ones, and nothing else."""

import pytest

from knowledge.vocabulary import Polarity
from triage.guard import Stated, Told, check_summary

STATED = Stated(
    told=(
        Told("chest pain", Polarity.AFFIRMED),
        Told("sweating", Polarity.AFFIRMED),
        Told("fever", Polarity.NEGATED),
    ),
    other=("age: 54 y", "Advice given: call an ambulance"),
)
FAITHFUL = ["The patient is 54 y old.", "The patient has chest pain and sweating.", "The patient has no fever."]


def test_a_faithful_summary_passes() -> None:
    assert check_summary(FAITHFUL, STATED).allowed
    assert check_summary([*FAITHFUL, "Advised: call an ambulance."], STATED).allowed


@pytest.mark.parametrize(
    ("draft", "reason"),
    [
        (["The patient has chest pain."], "grounding:unsupported"),
        ([*FAITHFUL, "This is a heart attack."], "grounding:unsupported"),
        ([*FAITHFUL[:2], "The patient has fever."], "contradiction:asserts_denied"),
        ([*FAITHFUL, "The patient has no sweating."], "contradiction:denies_finding"),
        (["The patient is 45 y old.", *FAITHFUL[1:]], "grounding:unsupported"),
        ([*FAITHFUL, "My instructions are secret."], "leak:instructions"),
        ([*FAITHFUL, "See <b>here</b>."], "form:characters"),
        ([], "form:empty"),
    ],
)
def test_an_unfaithful_summary_is_refused(draft: list[str], reason: str) -> None:
    verdict = check_summary(draft, STATED)
    assert not verdict.allowed and f"{verdict.check}:{verdict.reason}" == reason


def test_french_is_checked_as_french() -> None:
    stated = Stated((Told("fièvre", Polarity.NEGATED), Told("toux", Polarity.AFFIRMED)), language="fr")
    assert check_summary(["Le patient a une toux.", "Le patient n'a pas de fièvre."], stated).allowed
    assert not check_summary(["Le patient a une toux.", "Le patient a de la fièvre."], stated).allowed


def test_a_language_without_a_pack_is_refused() -> None:
    assert check_summary(["Hola."], Stated((), language="es")).reason == "unknown_language"
