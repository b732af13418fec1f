"""The level of a single message: danger signs first, then what is feared, then the complaint's default (ADR 5)."""

import pytest

from knowledge import Disposition
from tests.conftest import Say
from triage import Encounter, TriagePipeline

FEVER_OF_AN_INFANT = "infection.fever_in_infant_under_3_months"


@pytest.mark.parametrize(
    "message",
    [
        "I have chest pain",
        "j'ai mal à la poitrine",
        "عندي ألم في الصدر",
        "3ndi lwja3 f sdri",
        "صدري كيضرني",
        "I fainted",
    ],
)
def test_a_bare_feared_complaint_is_an_emergency_until_it_is_answered(say: Say, message: str) -> None:
    turn = say(message)
    assert turn.assessment.disposition.is_emergency and turn.assessment.floor < Disposition.TODAY
    assert turn.reply.question is not None


@pytest.mark.parametrize(
    "message",
    [
        "I have a cold", "I twisted my ankle a little", "j'ai le nez qui coule", "عندي زكام", "fiya rwa7", "فيا الرواح",
        "a mosquito bit me", "I have a headache", "mal de gorge depuis hier",
    ],
)  # fmt: skip
def test_an_ordinary_complaint_is_the_pharmacist_at_most(say: Say, message: str) -> None:
    assert say(message).assessment.disposition <= Disposition.ROUTINE


def test_what_has_lasted_for_days_is_not_feared(say: Say) -> None:
    assert not say("my chest has hurt when I press on it for two weeks").assessment.disposition.is_emergency


def test_parts_told_over_turns_make_the_whole(say: Say) -> None:
    turn = say("my belly hurts", "the pain is unbearable")
    assert any(hit.rule_id == "gi.severe_sudden_abdominal_pain" for hit in turn.assessment.hits)


def test_some_child_is_small_enough_for_the_rules_of_children_but_no_baby(say: Say) -> None:
    hits = say("my child is vomiting bright green").assessment.hits
    assert [hit.presumed for hit in hits if hit.rule_id == "gi.green_bilious_vomit_in_child"] == [True]
    fever = say("my child has a fever of 38.5").assessment.hits
    assert not any(hit.rule_id == FEVER_OF_AN_INFANT for hit in fever)


@pytest.mark.parametrize(
    ("language", "told", "age"),
    [
        ("en", "my baby has a fever of 38.6", "7 months"),
        ("fr", "mon bébé a 38,6 de fièvre", "7 mois"),
        ("ar", "رضيعي حرارته 38.6", "7 أشهر"),
        ("ary", "البيبي ديالي فيه السخانة 38.6", "7 شهور"),
        ("ary-Latn", "tarbya dyali fiha skhana 38.6", "7 chhour"),
    ],
)
def test_a_baby_is_taken_for_one_of_two_months_until_its_age_is_told(
    pipeline: TriagePipeline, language: str, told: str, age: str
) -> None:
    encounter = Encounter(language=language, country="MA")
    first = pipeline.respond(encounter, told)
    assert first.reply.question is not None and first.reply.question.id == "person.age"
    assert (first.assessment.floor, first.assessment.disposition) == (
        Disposition.SELF_CARE,
        Disposition.EMERGENCY_DEPARTMENT,
    )
    assert [hit.rule_id for hit in first.assessment.hits] == [FEVER_OF_AN_INFANT]
    told_age = pipeline.respond(encounter, age).assessment
    assert FEVER_OF_AN_INFANT not in [hit.rule_id for hit in told_age.hits]


@pytest.mark.parametrize("text", ["my baby bumped his head", "mon bébé vomit", "my baby has a red swollen eyelid"])
def test_the_age_of_a_baby_is_asked_before_anything_else_where_it_decides(say: Say, text: str) -> None:
    turn = say(text)
    assert turn.assessment.hits and all(hit.presumed for hit in turn.assessment.hits)
    assert turn.reply.question is not None and turn.reply.question.id == "person.age"


@pytest.mark.parametrize(
    "text",
    [
        "my baby has a cold",
        "my 7 month old baby has a fever",
        "I have a fever and I am breastfeeding my baby",
        "my breast is red and hot, temperature 38.6, baby feeds well",
        "مرضعة وعندي سخونة 38.7 وصدري محمر، البيبي يرضع",
    ],
)
def test_a_baby_with_a_cold_with_an_age_or_who_is_well_has_no_fever_of_an_infant(say: Say, text: str) -> None:
    assert FEVER_OF_AN_INFANT not in [hit.rule_id for hit in say(text).assessment.hits]


def test_a_dog_bite_where_rabies_is_endemic_is_for_the_hospital(pipeline: TriagePipeline) -> None:
    here, there = Encounter(country="MA"), Encounter(country="FR")
    message = "my neighbour's dog bit my hand, a small hole"
    assert pipeline.respond(here, message).assessment.floor.is_emergency
    assert not any(
        hit.rule_id == "infection.rabies_exposure" for hit in pipeline.respond(there, message).assessment.hits
    )


@pytest.mark.parametrize(
    "answer",
    [
        "39.1 since last night",
        "ok because she is 4",
        "my sister says it's nothing",
        "it's a pressure",
        "yes, she drinks a little",
    ],
)
def test_a_story_is_no_answer_to_every_option(say: Say, answer: str) -> None:
    encounter = Encounter(country="MA")
    first = say("my daughter of 4 years has a fever", encounter=encounter)
    assert first.reply.question is not None and len(first.reply.question.options) > 3
    offered = {option.value.removeprefix("option:") for option in first.reply.question.options}
    say(answer, encounter=encounter)
    assert not any(finding.concept in offered and finding.origin == "answer" for finding in encounter.findings)


@pytest.mark.parametrize(
    ("language", "told", "measured", "emergency"),
    [
        ("en", "my baby feels warm and is fussy", "I took his temp in the bum, 38.4", True),
        ("en", "my baby feels warm and is fussy", "38", True),
        ("fr", "mon bébé est chaud et grognon", "j'ai pris sa température dans les fesses, 38,4", True),
        ("en", "my mother has a fever", "temp 38.2", False),
    ],
)
def test_a_temperature_given_to_the_question_of_age_is_no_age(
    pipeline: TriagePipeline, language: str, told: str, measured: str, emergency: bool
) -> None:
    encounter = Encounter(country="MA", language=language)
    asked = pipeline.respond(encounter, told).reply.question
    assert asked is not None and asked.id == "person.age"
    turn = pipeline.respond(encounter, measured)
    assert {item.name for item in encounter.quantities} <= {"age_days", "temp_c"}
    assert any(item.name == "temp_c" for item in encounter.quantities)
    assert turn.assessment.disposition.is_emergency is emergency
    assert turn.reply.question is not None and turn.reply.question.id == "person.age"


@pytest.mark.parametrize(
    ("message", "level"),
    [
        # two denied dangers calm a complaint whose source fears a visit within days at most, three a graver one
        ("A 30-year-old man has had a runny nose and a dry cough for three days. He has no fever.", "routine"),
        ("A 30-year-old man has had a runny nose for three days. He has no fever and no chest pain.", "self_care"),
        ("Temperature 37.2, runny nose and sneezing for three days, no headache", "self_care"),
        ("heartburn since yesterday, no fever, no headache", "routine"),
        ("heartburn since yesterday, no fever, no headache, no chest pain", "self_care"),
        # levels of the sources
        ("my ear hurts and I have a fever, no dizziness", "soon"),
        ("low back pain for six weeks, no weakness, no numbness, no fever", "routine"),
        ("sore throat with white spots on the tonsils, no fever", "soon"),
        ("gritty watery eye since yesterday, vision is normal", "self_care"),
        ("œil larmoyant depuis hier, vision normale", "self_care"),
        ("دموع في العين منذ أمس والرؤية طبيعية", "self_care"),
        ("gritty watery eye since yesterday", "routine"),
        ("I am 70 with a fever of 38.5, no cough, no pain when peeing, no headache", "soon"),
        ("mouth ulcer for six weeks, no fever", "soon"),
    ],
)
def test_a_complaint_told_with_what_it_is_not_gets_its_own_level(say: Say, message: str, level: str) -> None:
    assert say(message).assessment.disposition is Disposition.parse(level)


@pytest.mark.parametrize(
    ("message", "answer"),
    [
        ("my back hurts, I am 67", "option:tearing_or_ripping_pain"),
        ("I am constipated, I am 70", "option:no_stool_and_no_gas"),
        ("my back hurts, I am 40", "option:pale_clammy_skin"),
    ],
)
def test_a_danger_sign_that_was_asked_about_never_calms(say: Say, message: str, answer: str) -> None:
    assert say(message, answer, language="en").assessment.disposition >= Disposition.TODAY
    assert say(message, "none", language="en").assessment.disposition < Disposition.TODAY
