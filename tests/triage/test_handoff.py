"""The summary for a clinician: whole in their language, nothing raw, nothing that nobody said."""

import re
from datetime import UTC, datetime

import pytest

from knowledge import Disposition
from tests.conftest import deny
from triage import Encounter, Handoff, TriagePipeline
from triage.encounter import Subject
from triage.gestalt import WHOLE
from triage.handoff import HandoffWriter
from triage.types import Evidence, RedFlagHit

HEART = "I have had chest pain for 40 minutes and I am sweating, I take warfarin and I have diabetes. I am 58"
LATIN = re.compile("[A-Za-z]{2,}")
UNITS = {"mmHg", "UTC"}


def lines(handoff: Handoff) -> list[str]:
    return [*handoff.situation, *handoff.background, *handoff.assessment, *handoff.recommendation]


def told(pipeline: TriagePipeline, *messages: str, **given: object) -> Encounter:
    encounter = Encounter.model_validate({"country": "MA", **given})
    for message in messages:
        pipeline.respond(encounter, message)
    return encounter


@pytest.mark.parametrize(
    "message",
    [
        HEART,
        "my daughter of 14 months has a fever of 39.5 since 2 days, she is very sleepy",
        "I am 32 weeks pregnant, I have a bad headache and my blood pressure is 165/105",
        "I want to kill myself tonight, I have the pills here",
    ],
    ids=["heart", "child", "pregnant", "suicidal"],
)
def test_an_arabic_summary_has_no_word_in_latin_letters_but_the_patients_own(
    pipeline: TriagePipeline, message: str
) -> None:
    handoff = pipeline.handoff(told(pipeline, message), "ar")
    ours = [line for line in lines(handoff) if message[:10] not in line]
    assert len(ours) == len(lines(handoff)) - 1
    assert {word for line in ours for word in LATIN.findall(line)} <= UNITS, ours


def test_danger_signs_have_titles_in_the_language_of_the_summary_and_english_ones_in_the_record(
    pipeline: TriagePipeline,
) -> None:
    encounter = told(pipeline, HEART)
    assert "Possible heart attack" in [hit.title for hit in encounter.turns[-1].assessment.hits]
    for language, title in (
        ("en", "Possible heart attack"),
        ("fr", "Infarctus possible"),
        ("ar", "احتمال احتشاء عضلة القلب"),
        ("ary", "احتمال احتشاء عضلة القلب"),
        ("ary-Latn", "Infarctus possible"),
    ):
        assert any(title in line for line in pipeline.handoff(encounter, language).assessment), language


def flags(pipeline: TriagePipeline, language: str, *hits: RedFlagHit) -> str:
    """The line of danger signs for an encounter in which just these rules hold."""
    encounter = told(pipeline, "I have a cough")
    turn = encounter.turns[-1]
    assessment = turn.assessment.model_copy(update={"hits": hits})
    encounter.turns[-1] = turn.model_copy(update={"assessment": assessment})
    found = [line for line in pipeline.handoff(encounter, language).assessment if HEADING[language] in line]
    return found[0].split(": ", 1)[1]


HEADING = {"en": "Danger signs", "fr": "Signes de danger"}


def hit(rule: str, *concepts: str, level: str = "ambulance", presumed: bool = False, title: str = "?") -> RedFlagHit:
    because = tuple(Evidence(turn=1, text="...", concept=concept) for concept in concepts)
    return RedFlagHit(
        rule_id=rule,
        rule_version=1,
        title=title,
        disposition=Disposition.parse(level),
        because=because,
        presumed=presumed,
    )


def test_a_rule_that_is_only_presumed_is_marked(pipeline: TriagePipeline) -> None:
    certain, presumed = hit("universal.shock_signs", "a"), hit("neuro.stroke_signs", "b", presumed=True)
    assert flags(pipeline, "fr", certain, presumed) == "Signes de choc\u00a0; Signes d'AVC (?)"
    whole = hit(WHOLE, WHOLE, level="emergency_department", presumed=True)
    assert flags(pipeline, "fr", whole) == "Le message dans son ensemble évoque une urgence (?)"


def test_a_rule_that_has_gone_from_the_content_is_told_as_it_was_recorded(pipeline: TriagePipeline) -> None:
    assert flags(pipeline, "fr", hit("gone.rule", "a", title="An older title")) == "An older title"


def test_a_rule_that_rests_on_nothing_more_is_left_out_beside_a_more_urgent_one(pipeline: TriagePipeline) -> None:
    plan = hit("mental.suicide_attempt_or_imminent_plan", "suicidal_thoughts", "plan_today")
    calmer = hit("mental.suicidal_thoughts_without_immediate_plan", "suicidal_thoughts", level="emergency_department")
    assert flags(pipeline, "en", plan, calmer) == "Suicide attempt or imminent plan"
    doubtful = plan.model_copy(update={"presumed": True})
    assert "without immediate plan" in flags(pipeline, "en", doubtful, calmer), "what is certain stays"
    other = hit("gi.bloody_diarrhoea", "diarrhoea", level="today")
    assert flags(pipeline, "en", plan, other).endswith("Bloody diarrhoea")


def test_what_nobody_said_is_not_told_as_absent(pipeline: TriagePipeline) -> None:
    baby = told(pipeline, "my daughter of 14 months has a fever")
    assert "pregnant" in pipeline.facts(baby).absent
    assert not any("Pregnant" in line for line in lines(pipeline.handoff(baby, "en")))
    woman = told(pipeline, "I have a headache, I am not pregnant")
    assert any(line.startswith("Absent: ") and "Pregnant" in line for line in pipeline.handoff(woman, "en").assessment)


def test_short_answers_are_not_quoted_and_what_is_told_in_few_words_is(pipeline: TriagePipeline) -> None:
    encounter = told(pipeline, "my back hurts since 3 days")
    question = encounter.turns[-1].reply.question
    while question is not None:
        question = pipeline.respond(encounter, "no").reply.question
    pipeline.respond(encounter, "vomiting blood")
    (quotes,) = (line for line in pipeline.handoff(encounter, "fr").situation if "mots du patient" in line)
    assert quotes.endswith("«\u00a0my back hurts since 3 days\u00a0»\u00a0; «\u00a0vomiting blood\u00a0»")


def test_who_writes_and_what_is_known_of_the_person_have_lines_of_their_own(pipeline: TriagePipeline) -> None:
    mother = told(pipeline, "my son of 3 years has a cough", subject=Subject(is_author=False))
    found = lines(pipeline.handoff(mother, "fr"))
    assert "Écrit par\u00a0: un proche, pour le patient" in found
    assert "Au sujet de\u00a0: 3 ans\u00a0; sexe masculin" in found
    own = lines(pipeline.handoff(told(pipeline, HEART), "en"))
    assert "Known conditions: Diabetes" in own and "Medicines: Blood thinner medicine" in own
    assert not any(line.startswith("Written by") for line in own)
    woman = lines(pipeline.handoff(told(pipeline, "I am 32 weeks pregnant and my back hurts"), "fr"))
    assert "Terrain\u00a0: Enceinte (32 sem.)" in woman


def test_a_special_finding_says_the_general_one_too(pipeline: TriagePipeline) -> None:
    encounter = told(pipeline, "I have a headache", "the headache is severe")
    assert {"headache", "headache_severe"} <= set(pipeline.facts(encounter).present)
    (present,) = (line for line in pipeline.handoff(encounter, "en").assessment if line.startswith("Reported"))
    assert present == "Reported: Severe headache"


def test_the_hour_is_that_of_the_country_or_of_the_clinic(pipeline: TriagePipeline) -> None:
    encounter = told(pipeline, "I have a cough")
    turn = encounter.turns[-1]
    at = turn.message.model_copy(update={"at": datetime(2026, 7, 1, 22, 30, tzinfo=UTC)})
    encounter.turns[-1] = turn.model_copy(update={"message": at})
    assert pipeline.handoff(encounter, "fr").situation[0] == "Date et heure\u00a0: 01/07/2026, 23:30 (UTC+1)"
    paris = pipeline.handoff(encounter, "fr", "Europe/Paris")
    assert paris.situation[0].endswith("02/07/2026, 00:30 (UTC+2)")
    encounter.country = "US"
    assert pipeline.handoff(encounter, "en").situation[0] == "Date and time: 01 Jul 2026, 22:30 (UTC)"


def test_a_summary_before_the_first_message_is_empty(pipeline: TriagePipeline) -> None:
    encounter = Encounter()
    empty = HandoffWriter(pipeline.knowledge).summarise(encounter, pipeline.facts(encounter), "fr")
    assert lines(empty) == []


def test_measurements_stand_before_all_that_is_absent(pipeline: TriagePipeline) -> None:
    encounter = told(pipeline, "I have a fever of 38.6 and a cough")
    question = encounter.turns[-1].reply.question
    while question is not None:
        question = pipeline.respond(encounter, deny(pipeline, question)).reply.question
    names = [line.split(":")[0] for line in pipeline.handoff(encounter, "en").assessment]
    assert names.index("Measurements") < names.index("Absent")
