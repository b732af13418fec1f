"""Cases of other projects are read as published; what has no level there is left out aloud, never guessed."""

import json
from pathlib import Path
from typing import Any

import pytest

from evals.loaders import structured
from evals.suites import load
from evals.vignette import SuiteError, load_suite
from knowledge import Disposition

HOSPITAL = {Disposition.EMERGENCY_DEPARTMENT, Disposition.AMBULANCE}


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def healthbench(name: str, *tags: str) -> str:
    prompt = [
        {"role": "user", "content": "my arm went numb"},
        {"role": "assistant", "content": "since when?"},
        {"role": "user", "content": "an hour ago"},
    ]
    return json.dumps({"prompt_id": name, "prompt": prompt, "rubrics": [], "example_tags": tags, "canary": "c"})


def test_healthbench_takes_the_level_that_physicians_agreed_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    theme, agreed = "theme:emergency_referrals", "physician_agreed_category:"
    lines = [
        healthbench("now", theme, agreed + "emergent"),
        healthbench("later", theme, agreed + "non-emergent"),
        healthbench("depends", theme, agreed + "conditionally-emergent"),
        healthbench("none", theme),
        healthbench("other", "theme:hedging", agreed + "no-uncertainty"),
    ]
    now, later = load_suite(write(tmp_path, "consensus.jsonl", "\n".join(lines)))
    assert now.turns == ("my arm went numb", "an hour ago") and set(now.reference) == HOSPITAL
    assert set(later.reference) == set(Disposition) - HOSPITAL
    assert now.language == "und" and theme in now.tags
    assert "consensus.jsonl: 3 cases left out" in capsys.readouterr().err


LONDON = {
    "caseData": {
        "caseId": "one",
        "profileInformation": {"age": 31, "biologicalSex": "female"},
        "presentingComplaints": [{"state": "present", "name": "Itching", "id": "1"}],
        "otherFeatures": [
            {"state": "absent", "name": "Fever", "id": "2"},
            {"state": "unsure", "name": "Late period (finding)", "id": "3"},
        ],
    },
    "valuesToPredict": {"expectedTriageLevel": "SC", "condition": {"name": "eczema", "id": "4"}},
}
BERLIN = {
    "caseId": "two",
    "metaData": {"description": "a case"},
    "caseData": {
        "profileInformation": {"age": 70, "biologicalSex": "male"},
        "presentingComplaints": [
            {
                "name": "Headache (finding)",
                "state": "present",
                "attributes": [
                    {"name": "Intensity", "value": {"name": "Severe (severity modifier) (qualifier value)"}},
                ],
            }
        ],
        "otherFeatures": [],
    },
    "valuesToPredict": {"expectedTriageLevel": "EC"},
}


def test_both_models_of_fgai4h_become_sentences_of_the_named_findings(tmp_path: Path) -> None:
    [one] = load_suite(write(tmp_path, "london.json", json.dumps([LONDON])))
    assert one.id == "one" and one.reference == (Disposition.SELF_CARE,)
    assert one.turns == (
        "I have itching. I am 31 years old, female.",
        "I do not have fever. I am not sure whether I have late period.",
    )
    assert one.subject == {"age_years": 31, "sex": "F"}
    [two] = load_suite(write(tmp_path, "berlin.json", json.dumps({"caseSetName": "b", "cases": [BERLIN]})))
    assert two.turns == ("I have headache (severe). I am 70 years old, male.",) and set(two.reference) == HOSPITAL


EVIDENCES = {
    "E_1": {"data_type": "B", "question_en": "Do you have a rash on your arm?", "question_fr": "Avez-vous un bouton?"},
    "E_2": {"data_type": "B", "question_en": "Is your neck stiff?", "question_fr": "Toussez-vous la nuit?"},
    "E_3": {
        "data_type": "M",
        "question_en": "Where does it itch?",
        "question_fr": "Où est-ce que ça gratte?",
        "default_value": "V_0",
        "value_meaning": {"V_0": {"en": "NA", "fr": "NA"}, "V_1": {"en": "nose", "fr": "nez"}},
    },
    "E_4": {
        "data_type": "C",
        "question_en": "How bad is it?",
        "question_fr": "C'est grave comment?",
        "default_value": 0,
        "value_meaning": {},
    },
}
CONDITIONS = {name: {"condition_name": name, "severity": grade} for name, grade in (("A", 1), ("B", 3), ("C", 5))}
HEAD = "AGE,DIFFERENTIAL_DIAGNOSIS,SEX,PATHOLOGY,EVIDENCES,INITIAL_EVIDENCE\n"


def release(folder: Path, *rows: str) -> Path:
    write(folder, "release_conditions.json", json.dumps(CONDITIONS))
    write(folder, "release_evidences.json", json.dumps(EVIDENCES))
    return write(folder, "patients.csv", HEAD + "\n".join(rows) + "\n")


def row(condition: str, *evidences: str, first: str = "E_1") -> str:
    return f'44,[],F,{condition},"{list(evidences)}",{first}'


def test_ddxplus_tells_the_first_evidence_first_in_english_and_french(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = release(
        tmp_path,
        row("A", "E_1", "E_2", "E_3_@_V_1", "E_4_@_7"),
        row("B", "E_1"),
        row("C", "E_2", "E_3_@_V_0", first="E_2"),
    )
    grave, grave_fr, mild, mild_fr = load_suite(path)
    assert grave.turns == (
        "I have a rash on my arm. Female, 44 years old.",
        "Is your neck stiff? Yes. Where does it itch? nose. How bad is it? 7 / 10.",
    )
    assert grave_fr.turns[0] == "J'ai un bouton. Femme, 44 ans." and grave_fr.turns[1].startswith("Toussez-vous la")
    assert set(grave.reference) == HOSPITAL and set(mild.reference) == set(Disposition) - HOSPITAL
    assert grave.parallel == grave_fr.parallel and (grave.language, grave_fr.language) == ("en", "fr")
    assert mild.turns == ("Is your neck stiff? Yes. Female, 44 years old.",), "a default value is nothing said"
    assert mild_fr.subject == {"age_years": 44, "sex": "F"}
    assert "patients.csv: 1 cases left out" in capsys.readouterr().err


def test_a_structured_case_keeps_its_facts_for_a_simulated_patient(tmp_path: Path) -> None:
    [sheet] = structured(write(tmp_path, "london.json", json.dumps([LONDON])))
    assert sheet.opening == "I have itching. I am 31 years old, female." and sheet.facts[0] == "I do not have fever."
    assert len(structured(release(tmp_path, row("A", "E_1", "E_2")))) == 2


def broken(raw: dict[str, Any], level: str) -> str:
    return json.dumps([{**raw, "valuesToPredict": {"expectedTriageLevel": level}}])


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("a.json", "no json", "a.json"),
        ("a.json", '{"name": "x"}', "neither a list of FG-AI4H cases"),
        ("a.json", broken(LONDON, "XX"), "(?s)case 1: .*expectedTriageLevel"),
        ("a.csv", HEAD + row("A", "E_1") + "\n", "release_conditions.json: No such file"),
        ("a.jsonl", '{"example_tags": [], "prompt": 5}\n{"example_tags": 1, "prompt": []}', "line 2"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, name: str, text: str, says: str) -> None:
    with pytest.raises(SuiteError, match=says):
        load_suite(write(tmp_path, name, text))


def test_a_file_without_any_level_is_no_suite(tmp_path: Path) -> None:
    [suite] = load([write(tmp_path, "hard.jsonl", healthbench("a", "theme:hedging"))])
    with pytest.raises(SuiteError, match="hard has no case with a reference"):
        suite.part(None)


def test_a_row_that_names_what_is_not_there_is_named(tmp_path: Path) -> None:
    for bad in (row("Z", "E_1"), row("A", "E_9"), row("A", "E_2")):
        with pytest.raises(SuiteError, match=r"patients.csv: line 2: KeyError"):
            load_suite(release(tmp_path, bad))
    with pytest.raises(SuiteError, match=r"patients.csv: line 3: "):
        load_suite(release(tmp_path, row("A", "E_1"), row("A", "E_1").rpartition(",")[0]))
    with pytest.raises(SuiteError, match="no structured cases"):
        structured(write(tmp_path, "table.csv", "id,text,reference\na,b,soon\n"))
