"""The whole document: valid for every case of a suite, the same for the same turn, labelled, and without identifiers."""

import json
import sys
from pathlib import Path

import pytest

import evals
from evals.vignette import Vignette, load_suite
from knowledge import Disposition
from tests.triage.fhir.checking import checked, parts, resources
from triage import ConfigurationError, Encounter, StageError, TriagePipeline
from triage.fhir.document import PRIORITY, _validated

SUITES = Path(evals.__file__).parent / "suites"
HEART = "I have crushing chest pain going down my left arm and I'm sweating"


def played(pipeline: TriagePipeline, vignette: Vignette) -> Encounter:
    encounter = Encounter(country=vignette.country or "MA", language=vignette.language)
    for turn in vignette.turns:
        pipeline.respond(encounter, turn)
    return encounter


def codes(meta: dict) -> set[str]:
    return {label["code"] for label in meta["security"]}


@pytest.mark.parametrize("suite", ["people.yaml", "privacy.yaml", "dialogues.yaml"])
def test_every_case_of_a_suite_gives_a_valid_document(pipeline: TriagePipeline, suite: str) -> None:
    vignettes = load_suite(SUITES / suite)
    assert len(vignettes) >= 20
    for vignette in vignettes:
        encounter = played(pipeline, vignette)
        text = pipeline.document(encounter)
        document = checked(text)
        level = encounter.turns[-1].assessment.disposition
        assert [item["priority"] for item in resources(document, "ServiceRequest")] == (
            [PRIORITY[level]] if level in PRIORITY else []
        )
        assert encounter.id not in text, "the id is the key to the encounter"
        held = pipeline.handoff(encounter, document["language"]).model_dump_json()
        for secret in vignette.forbidden:
            assert secret not in text or secret in held, f"{vignette.id}: {secret} is not even in the summary"


def test_the_sections_are_the_summary(pipeline: TriagePipeline) -> None:
    encounter = Encounter(country="MA")
    pipeline.respond(encounter, HEART)
    document = checked(pipeline.document(encounter))
    handoff = pipeline.handoff(encounter, "fr")
    (composition,) = resources(document, "Composition")
    assert document["language"] == composition["language"] == "fr", "clinicians of Morocco read French"
    told = {part["title"]: part["text"]["div"] for part in composition["section"]}
    assert [*told] == ["Situation", "Évaluation", "Recommandation"], "an empty part is left out"
    assert "left arm" in told["Situation"] and handoff.recommendation[0] in told["Recommandation"]


def test_the_same_turn_gives_the_same_document_and_a_later_one_another_of_the_same_person(
    pipeline: TriagePipeline,
) -> None:
    encounter = Encounter(country="MA")
    pipeline.respond(encounter, "I have a cough")
    first = pipeline.document(encounter)
    again = Encounter.model_validate_json(encounter.model_dump_json())
    assert pipeline.document(again) == first
    assert pipeline.document(encounter, "en") != first
    pipeline.respond(encounter, HEART)
    before, after = checked(first), checked(pipeline.document(encounter))
    assert before["identifier"] != after["identifier"] and before["id"] != after["id"]
    for kind in ("Patient", "Encounter", "Composition"):
        (old,), (new,) = resources(before, kind), resources(after, kind)
        assert old["id"] == new["id"]


def test_everything_says_who_reported_it_and_what_concluded_it(pipeline: TriagePipeline) -> None:
    own, other = Encounter(country="MA"), Encounter(country="MA")
    pipeline.respond(own, "I have a bad cough and a fever")
    pipeline.respond(other, "my husband has a bad cough and a fever")
    for encounter, reporter in ((own, "PATRPT"), (other, "PACQRPT")):
        document = checked(pipeline.document(encounter))
        assert codes(document["meta"]) == {reporter, "UNCERTREL", "AIAST"}
        for item in resources(document):
            if item["resourceType"] in ("Patient", "Encounter", "Observation"):
                assert codes(item["meta"]) == {reporter, "UNCERTREL"}
            elif item["resourceType"] != "Device":
                assert codes(item["meta"]) == {"AIAST"}
        (composition,) = resources(document, "Composition")
        assert composition["status"] == "preliminary"


def test_the_software_says_which_content_decided_and_that_nobody_signed_it(pipeline: TriagePipeline) -> None:
    encounter = Encounter(country="MA")
    turn = pipeline.respond(encounter, HEART)
    document = checked(pipeline.document(encounter, "en"))
    (device,) = resources(document, "Device")
    (composition,) = resources(document, "Composition")
    (impression,) = resources(document, "ClinicalImpression")
    assert composition["author"] == [{"reference": f"urn:uuid:{device['id']}"}]
    assert turn.audit.content_version in [item["value"] for item in device["version"]]
    assert any("No clinician has signed" in note["text"] for note in device["note"])
    assert "makes no diagnosis" in composition["text"]["div"]
    assert impression["summary"] == "Ambulance now"
    assert [item["basis"].split()[0] for item in impression["finding"]] == [hit.rule_id for hit in turn.assessment.hits]


def test_a_model_that_worded_a_reply_is_named(pipeline: TriagePipeline) -> None:
    encounter = Encounter(country="MA")
    turn = pipeline.respond(encounter, "I have a cough")
    worded = turn.reply.model_copy(update={"worded_by": "some-model"})
    encounter.turns = [turn.model_copy(update={"reply": worded})]
    (device,) = resources(checked(pipeline.document(encounter)), "Device")
    assert "some-model" in [item["value"] for item in device["version"]]


def test_a_more_urgent_level_never_has_a_lower_priority() -> None:
    order = [None, "routine", "urgent", "asap", "stat"]
    ranks = [order.index(PRIORITY.get(level)) for level in sorted(Disposition)]
    assert ranks == sorted(ranks) and ranks[0] == 0 and ranks[-1] == 4


def test_a_visit_that_has_ended_is_finished_and_another_goes_on(pipeline: TriagePipeline) -> None:
    ended, open_ = Encounter(country="MA"), Encounter(country="MA")
    assert pipeline.respond(ended, HEART).assessment.closed
    assert not pipeline.respond(open_, "I have a cough").assessment.closed
    for encounter, status in ((ended, "finished"), (open_, "in-progress")):
        document = checked(pipeline.document(encounter))
        (visit,) = resources(document, "Encounter")
        assert visit["status"] == status and ("end" in visit["period"]) is (status == "finished")
        assert visit["class"]["code"] == "VR"


def test_advice_while_questions_are_open_is_not_read_as_the_end(pipeline: TriagePipeline) -> None:
    encounter = Encounter(country="MA")
    turn = pipeline.respond(encounter, "I have an earache")
    assert not turn.assessment.closed and turn.assessment.ceiling is Disposition.AMBULANCE
    document = checked(pipeline.document(encounter, "en"))
    (impression,), (request,) = resources(document, "ClinicalImpression"), resources(document, "ServiceRequest")
    assert impression["status"] == "in-progress" and request["status"] == "draft"
    told = "not finished. Still possible, up to: Ambulance now"
    assert told in impression["note"][0]["text"] and told in resources(document)[0]["text"]["div"]
    last = encounter.turns[-1]
    urgent = last.assessment.model_copy(update={"disposition": Disposition.EMERGENCY_DEPARTMENT})
    encounter.turns = [last.model_copy(update={"assessment": urgent})]
    document = checked(pipeline.document(encounter, "en"))
    assert resources(document, "ServiceRequest")[0]["status"] == "active", "an emergency waits for no further answer"
    pipeline.respond(encounter, HEART)
    document = checked(pipeline.document(encounter, "en"))
    assert resources(document, "ServiceRequest")[0]["status"] == "active" and "not finished" not in str(document)


@pytest.mark.parametrize(
    "message", ["\x00\x08 chest pain </p><script>alert(1)</script> &amp; ]]>", "\u202e cough \ud800"]
)
def test_hostile_text_is_text(pipeline: TriagePipeline, message: str) -> None:
    encounter = Encounter(country="MA")
    pipeline.respond(encounter, message)
    text = pipeline.document(encounter)
    checked(text)
    assert "<script" not in text


def test_before_anything_was_told_there_is_no_document(pipeline: TriagePipeline) -> None:
    with pytest.raises(StageError, match="nothing was told yet"):
        pipeline.document(Encounter())


def test_without_the_library_the_error_says_what_to_install(
    pipeline: TriagePipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    encounter = Encounter(country="MA")
    pipeline.respond(encounter, "I have a cough")
    monkeypatch.setitem(sys.modules, "fhir.resources.R4B.bundle", None)
    with pytest.raises(ConfigurationError, match=r"pip install 'salama\[fhir\]'"):
        pipeline.document(encounter)


def test_an_invalid_document_is_refused_without_the_patients_words(pipeline: TriagePipeline) -> None:
    encounter = Encounter(country="MA")
    pipeline.respond(encounter, "I have a cough")
    raw = json.loads(pipeline.document(encounter))
    for _, part in parts(raw):
        if isinstance(part, dict) and part.get("resourceType") == "Observation":
            part["status"] = ["I have HIV"]
    with pytest.raises(StageError, match=r"entry\.\d+\.resource.*status") as refused:
        _validated(raw)
    assert "HIV" not in str(refused.value) and refused.value.__cause__ is None
