"""A model plays a structured case over HTTP: bounded, kept apart, and what fails is no pass."""

import json
from pathlib import Path
from typing import Any

import pytest

from evals.patients import Patient, PatientCase, patients
from evals.patients.conversation import MOST_TURNS, converse
from evals.patients.played import MOST_ANSWERS, WARNING, PlayedPatient, sheet_of
from evals.sheet import Sheet
from evals.simulate import main, table
from evals.systems.chat import ChatEndpoint
from evals.systems.client import ChatClient
from evals.vignette import SuiteError, Vignette
from knowledge import Disposition
from tests.evals.loopback import chat, no_engine

CASE = Vignette(id="one", turns=("my chest feels odd",), reference=(Disposition.AMBULANCE,))
SHEET = Sheet(CASE, ("it goes into my left arm",))


def test_the_model_knows_the_facts_and_not_the_reference(endpoint: Any) -> None:
    server = endpoint(lambda body, number: (200, chat("<think>hm</think> it goes into my arm")))
    patient = PlayedPatient(SHEET, ChatClient(server.url, "p", seed=3))
    assert patient.first() == "my chest feels odd"
    assert patient.answer("Does it spread?") == "it goes into my arm"
    assert patient.answer("Call an ambulance now.") is None
    [body] = server.bodies
    assert body["temperature"] == 0.0 and body["seed"] == 3
    prompt, asked = body["messages"]
    assert "it goes into my left arm" in prompt["content"] and "my chest feels odd" in prompt["content"]
    assert "ambulance" not in json.dumps(body) and asked == {"role": "user", "content": "Does it spread?"}


def test_the_turns_are_bounded(endpoint: Any) -> None:
    player = endpoint(lambda body, number: (200, chat("no")))
    system = endpoint(lambda body, number: (200, chat("See a doctor today. Anything else?")))
    found = converse(ChatEndpoint(ChatClient(system.url, "m")), PlayedPatient(SHEET, ChatClient(player.url, "p")))
    assert len(player.bodies) == MOST_ANSWERS and len(system.bodies) == MOST_ANSWERS + 2 <= MOST_TURNS
    assert found.result.vignette.turns[-1].startswith("enough questions")
    assert found.result.advised is Disposition.TODAY and found.result.questions == MOST_ANSWERS + 1


@pytest.mark.parametrize(
    "answer", [(400, {}), (200, chat("")), (200, chat("<think>what now?</think>")), (200, chat("<think>a no"))]
)
def test_a_patient_that_fails_makes_no_pass(endpoint: Any, answer: tuple[int, object]) -> None:
    player = endpoint(lambda body, number: answer)
    system = endpoint(lambda body, number: (200, chat("Call an ambulance now. Does it spread?")))
    found = converse(ChatEndpoint(ChatClient(system.url, "m")), PlayedPatient(SHEET, ChatClient(player.url, "p")))
    assert found.result.advised is None and str(found.result.failure).startswith("patient: ")
    assert not found.result.right and "advised none (patient: " in table("m", [found], 1, "p")


def test_a_system_that_fails_after_good_advice_makes_no_pass(endpoint: Any) -> None:
    player = endpoint(lambda body, number: (200, chat("yes")))
    system = endpoint(
        lambda body, number: (200, chat("Call an ambulance now. Does it spread?")) if number == 1 else (400, {})
    )
    for patient in (
        PlayedPatient(SHEET, ChatClient(player.url, "p")),
        Patient(PatientCase(id="c", reference=(Disposition.AMBULANCE,), opening={"en": "odd"}), "en", "plain"),
    ):
        system.bodies.clear()
        found = converse(ChatEndpoint(ChatClient(system.url, "m")), patient)
        assert found.result.levels == (Disposition.AMBULANCE,) and found.result.advised is None
        assert "status 400" in str(found.result.failure)


def test_every_shipped_case_can_be_played() -> None:
    sheets = [sheet_of(patient) for patient in patients(1)]
    hiding = next(item for item in sheets if item.case.id.startswith("heart-hidden.fr"))
    assert len(hiding.facts) == 2 and any("bras gauche" in fact for fact in hiding.facts)
    assert hiding.vignette([hiding.opening]).author and hiding.case.parallel == "heart-hidden"
    assert len({item.case.id for item in sheets}) == len(sheets) >= 110


def test_a_run_is_reported_apart_with_its_warning(endpoint: Any, tmp_path: Path) -> None:
    player = endpoint(lambda body, number: (200, chat("no")))
    says = {1: "Any fever?", 3: "Call an ambulance now."}
    system = endpoint(lambda body, number: (200, chat(says[len(body["messages"])])))
    cases = tmp_path / "cases.json"
    case = {
        "caseData": {
            "profileInformation": {"age": 31, "biologicalSex": "female"},
            "presentingComplaints": [{"state": "present", "name": "Itching"}],
            "otherFeatures": [{"state": "absent", "name": "Fever"}],
        },
        "valuesToPredict": {"expectedTriageLevel": "SC"},
    }
    cases.write_text(json.dumps([case]), encoding="utf-8")
    measured = ["--url", system.url, "--model", "m", "--out", str(tmp_path)]
    played = [*measured, "--patient", player.url, "p"]
    assert main([*played, "--cases", str(cases)], no_engine) == 0
    text = (tmp_path / "simulate-played.md").read_text(encoding="utf-8")
    assert WARNING in text and "Patients played by p at" in text and not (tmp_path / "simulate.md").exists()
    [spoken] = (tmp_path / "simulate-played.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(spoken)["turns"] == ["I have itching. I am 31 years old, female.", "no"]
    assert "I do not have fever." in player.bodies[1]["messages"][0]["content"], "after the greeting"
    assert main([*played, "--language", "fr", "--sample", "2", "--threads", "2"], no_engine) == 0
    assert "| fr | 2 |" in (tmp_path / "simulate-played.md").read_text(encoding="utf-8")
    with pytest.raises(SuiteError, match="--cases needs --patient"):
        main([*measured, "--cases", str(cases)], no_engine)
    with pytest.raises(SuiteError, match="no patient in 'de'; there are: ar, ary, ary-Latn, en, fr"):
        main([*measured, "--language", "de"], no_engine)
