"""Simulated patients tell what they are asked and nothing else, the same for the same seed."""

from evals.patients import Patient, PatientCase, patients
from evals.patients.conversation import converse, findings_per_question, findings_recall
from evals.result import Proportion
from evals.simulate import table
from evals.systems.salama import Salama
from evals.vignette import Vignette
from knowledge import LANGUAGES, Disposition
from triage import TriagePipeline

CASE = PatientCase(
    id="c", reference=(Disposition.AMBULANCE,), opening={"en": "my chest feels odd"}, hides=("sweat", "spread")
)


def test_what_is_hidden_comes_out_when_asked_and_once_only() -> None:
    patient = Patient(CASE, "en", "plain")
    assert patient.first() == "my chest feels odd"
    assert patient.answer("Any fever?") == "no"
    assert "left arm" in str(patient.answer("Does the pain spread to your arm?")) and patient.told == ["spread"]
    assert patient.answer("To the arm or jaw?") == "no"
    assert patient.answer("Call an ambulance.") is None


def test_manners_show() -> None:
    assert Patient(CASE, "en", "anxious").first().startswith("I'm really scared")
    assert Patient(CASE, "en", "minimising").first().endswith("probably nothing")
    hasty = Patient(CASE, "en", "impatient")
    said = [hasty.answer("Any fever?") for _ in range(5)]
    assert said[:3] == ["no"] * 3 and "enough questions" in str(said[3]) and said[4] is None


def test_the_same_seed_gives_the_same_patients_in_every_form() -> None:
    one, two = [item.id for item in patients(1)], [item.id for item in patients(1)]
    assert one == two and one != [item.id for item in patients(2)]
    assert len({item.case.id for item in patients(1)}) >= 20 and {item.language for item in patients(1)} == set(
        LANGUAGES
    )


class Asks:
    """Asks about sweat, then sends an ambulance if there is any."""

    name = "asks"

    def talk(self, vignette: Vignette) -> "Asks":
        self._said = 0
        return self

    def say(self, message: str) -> tuple[str, Disposition | None]:
        self._said += 1
        if self._said == 1:
            return "Are you sweating?", Disposition.SOON
        return "Done.", Disposition.AMBULANCE if "sweat" in message else Disposition.SOON


def test_what_was_asked_out_is_counted() -> None:
    found = converse(Asks(), Patient(CASE, "en", "plain"))
    assert found.result.advised is Disposition.AMBULANCE and found.result.questions == 1
    assert findings_recall([found]) == Proportion(1, 2) and findings_per_question([found]) == 1.0
    assert findings_recall([]).value is None and findings_per_question([]) is None
    assert "| all | 1 |" in table("asks", [found], 1)


def test_salama_asks_out_what_is_hidden(pipeline: TriagePipeline) -> None:
    chosen = [item for item in patients(1) if item.case.id in ("heart-hidden", "cold-plain") and item.language == "en"]
    heart, cold = (converse(Salama(pipeline), patient) for patient in chosen)
    assert heart.told >= 1 and heart.result.advised is not None and heart.result.advised.is_emergency
    assert cold.result.right and cold.result.questions >= 1
