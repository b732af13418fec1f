"""What a patient told, as observations."""

import pytest

from tests.triage.fhir.checking import Json, checked, observed, resources
from triage import Encounter, TriagePipeline
from triage.types import Quantity


def told(pipeline: TriagePipeline, *messages: str, language: str = "en", **start: object) -> Json:
    """Return the document of what these messages tell."""
    encounter = Encounter.model_validate({"country": "MA", **start})
    for message in messages:
        pipeline.respond(encounter, message)
    return checked(pipeline.document(encounter, language))


def meaning(observation: Json) -> str:
    return str(observation["interpretation"][0]["coding"][0]["code"])


def test_a_finding_is_there_absent_or_possible(pipeline: TriagePipeline) -> None:
    document = told(pipeline, "crushing chest pain for 2 hours, I think I have a fever, no cough")
    pain, cough, fever = (observed(document, name) for name in ("Chest pain", "Cough", "High temperature"))
    assert pain["valueBoolean"] is True and meaning(pain) == "POS"
    assert pain["component"][0]["valueQuantity"] == {
        "value": 2,
        "unit": "h",
        "system": "http://unitsofmeasure.org",
        "code": "h",
    }
    assert "chest" in pain["note"][0]["text"], "the patient's words stand beside it"
    assert cough["valueBoolean"] is False and meaning(cough) == "NEG" and "component" not in cough
    assert "valueBoolean" not in fever and meaning(fever) == "IND" and fever["valueCodeableConcept"]
    assert not any("coding" in item["code"] for item in (pain, cough, fever)), "no code that nobody gave us"


def test_what_was_taken_back_is_absent_without_the_words_that_told_it(pipeline: TriagePipeline) -> None:
    encounter = Encounter(country="MA")
    for message in ("I have chest pain", "I don't have chest pain", "yes"):
        pipeline.respond(encounter, message)
    assert encounter.retractions
    pain = observed(checked(pipeline.document(encounter, "en")), "Chest pain")
    assert pain["valueBoolean"] is False and "note" not in pain


def test_a_temperature_is_coded_as_the_vital_signs_profile_wants_it(pipeline: TriagePipeline) -> None:
    document = told(pipeline, "j'ai 38,5 depuis hier", language="fr")
    fever = observed(document, "température")
    assert fever["code"]["coding"] == [
        {"system": "http://loinc.org", "code": "8310-5", "display": "Body temperature"},
    ]
    assert fever["valueQuantity"] == {
        "value": 38.5,
        "unit": "°C",
        "system": "http://unitsofmeasure.org",
        "code": "Cel",
    }
    assert fever["category"][0]["coding"][0]["code"] == "vital-signs" and fever["effectiveDateTime"]


def test_a_measurement_that_is_not_exact_claims_no_profile(pipeline: TriagePipeline) -> None:
    fever = observed(told(pipeline, "fever 38-39"), "temperature")
    assert "coding" not in fever["code"]
    assert (fever["valueRange"]["low"]["value"], fever["valueRange"]["high"]["value"]) == (38, 39)


def test_a_heat_that_nobody_measured_is_no_measurement(pipeline: TriagePipeline) -> None:
    document = told(pipeline, "I have a fever")
    assert not [item for item in resources(document, "Observation") if item["code"]["text"] == "temperature"]


def test_a_blood_pressure_is_one_panel(pipeline: TriagePipeline) -> None:
    panel = observed(told(pipeline, "my blood pressure is 182/121 and I have a headache"), "blood pressure")
    assert panel["code"]["coding"][0]["code"] == "85354-9" and "valueQuantity" not in panel
    values = {part["code"]["coding"][0]["code"]: part["valueQuantity"]["value"] for part in panel["component"]}
    assert values == {"8480-6": 182, "8462-4": 121}


def test_of_a_pressure_with_one_number_the_other_is_unknown(pipeline: TriagePipeline) -> None:
    panel = observed(told(pipeline, "my blood pressure is 182 and I have a headache"), "blood pressure")
    upper, lower = panel["component"]
    assert upper["valueQuantity"]["value"] == 182
    assert lower["dataAbsentReason"]["coding"][0]["code"] == "unknown" and "valueQuantity" not in lower


def test_a_number_without_a_code_goes_out_under_its_name(pipeline: TriagePipeline) -> None:
    sugar = observed(told(pipeline, "my blood sugar is 18 mmol/l and I feel sick"), "blood glucose")
    assert sugar["code"] == {"text": "blood glucose"} and sugar["valueQuantity"]["code"] == "mmol/L"


@pytest.mark.parametrize(
    ("message", "value", "unit"),
    [
        ("I am 52 and I have a cough", 52, "a"),
        ("my daughter is 9 months old, she has a cough", 9, "mo"),
        ("my baby is 6 weeks old and coughs", 6, "wk"),
        ("my baby is 12 days old and coughs", 12, "d"),
    ],
)
def test_an_age_is_told_in_the_unit_that_people_use(
    pipeline: TriagePipeline, message: str, value: int, unit: str
) -> None:
    age = observed(told(pipeline, message), "age")
    assert (age["valueQuantity"]["value"], age["valueQuantity"]["code"]) == (value, unit)


def test_an_age_that_was_not_told_is_not_guessed(pipeline: TriagePipeline) -> None:
    document = told(pipeline, "I have a cough")
    assert not [item for item in resources(document, "Observation") if item["code"]["text"] == "age"]


def test_background_has_a_section_of_its_own(pipeline: TriagePipeline) -> None:
    document = told(pipeline, "I have asthma and I am 20 weeks pregnant, I have a cough")
    (composition,) = resources(document, "Composition")
    section = next(part for part in composition["section"] if part["title"] == "Background")
    named = {f"urn:uuid:{item['id']}": item["code"].get("text") for item in resources(document, "Observation")}
    assert {named[item["reference"]] for item in section["entry"]} == {"Asthma", "Pregnant"}


def test_nobody_is_told_that_a_man_is_not_pregnant(pipeline: TriagePipeline) -> None:
    encounter = Encounter(country="MA")
    pipeline.respond(encounter, "I am a man of 40 with a cough, no fever")
    assert [*pipeline.facts(encounter).denied] == ["fever"]
    assert "regnant" not in pipeline.document(encounter, "en")


@pytest.mark.parametrize(
    ("message", "name", "wanted"),
    [
        ("I have a fever over 39 and a cough", "temperature", {"low": (39, "Cel")}),
        ("fever 38-39", "temperature", {"low": (38, "Cel"), "high": (39, "Cel")}),
        ("cough for more than 3 hours", "Cough", {"low": (3, "h")}),
        ("cough for less than 6 hours", "Cough", {"low": (0, "h"), "high": (6, "h")}),
    ],
)
def test_a_limit_that_nobody_said_is_in_no_document(
    pipeline: TriagePipeline, message: str, name: str, wanted: dict[str, tuple[float, str]]
) -> None:
    item = observed(told(pipeline, message), name)
    limits = item.get("component", [item])[0]["valueRange"]
    assert {end: (limit["value"], limit["code"]) for end, limit in limits.items()} == wanted


def test_a_measurement_that_has_gone_from_the_content_goes_out_under_its_own_name(pipeline: TriagePipeline) -> None:
    encounter = Encounter(country="MA")
    pipeline.respond(encounter, "I have a cough")
    encounter.quantities.append(Quantity(name="gone_measure", low=7, high=7, text="7", turn=1))
    assert any("gone_measure: 7" in line for line in pipeline.handoff(encounter, "en").assessment)
    assert observed(checked(pipeline.document(encounter, "en")), "gone_measure")["valueQuantity"] == {"value": 7}
