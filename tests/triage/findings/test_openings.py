"""A "no" in front of words of health: what it denies, and what it only answers."""

import pytest

from knowledge.vocabulary import Polarity
from triage import Encounter, TriagePipeline

ANSWERS = [
    ("en", "I have a cough", "no breathing is fine"),
    ("en", "I have a cough", "no breathing ok"),
    ("en", "my head hurts", "no speech is normal walking ok"),
    ("en", "my son has a fever", "no drinking normally"),
    ("fr", "je tousse", "non respiration ok"),
    ("fr", "je tousse", "non la respiration ça va"),
    ("ar", "عندي سعال", "لا التنفس طبيعي"),
    ("ary", "كنكح", "لا التنفس مزيان"),
    ("ary-Latn", "kankoh", "la tanafos mezyan"),
]
DENIALS = [
    ("en", "not drinking well"),
    ("en", "my baby is not drinking well"),
    ("en", "he isn't breathing normally"),
    ("fr", "elle ne boit pas bien"),
    ("fr", "la respiration ne va pas bien"),
    ("ar", "لا تشرب جيدا"),
    ("ar", "لا يتنفس جيدا"),
    ("ary", "ما كيتنفسش مزيان"),
    ("ary-Latn", "makaytnfesch mzyan"),
]


@pytest.mark.parametrize(("language", "complaint", "answer"), ANSWERS)
def test_a_no_that_answers_leaves_the_words_of_health_behind_it(
    rules_alone: TriagePipeline, language: str, complaint: str, answer: str
) -> None:
    encounter = Encounter(language=language, country="MA")
    before = rules_alone.respond(encounter, complaint).assessment
    turn = rules_alone.respond(encounter, answer)
    assert turn.assessment.disposition <= before.disposition
    assert {item.polarity for item in turn.extraction.findings} == {Polarity.NEGATED}


@pytest.mark.parametrize(("language", "message"), DENIALS)
def test_words_of_health_that_are_denied_are_never_health(
    rules_alone: TriagePipeline, language: str, message: str
) -> None:
    for turn in (1, 2):
        found = rules_alone.listener.extractor.extract(message, language, turn=turn).findings
        assert found and any(item.polarity is not Polarity.NEGATED for item in found)


IN_DOUBT = [
    ("ابني بيكح من يومين", "لا يتنفس عادي", "not_breathing_normally"),
    ("ابني عنده زكام", "لا تنفسه طبيعي", "not_breathing_normally"),
    ("ابوي دايخ شوي", "لا يتكلم عادي", "speech_difficulty"),
]


@pytest.mark.parametrize(("complaint", "answer", "doubted"), IN_DOUBT)
def test_a_no_that_may_deny_its_verb_is_asked_about(
    rules_alone: TriagePipeline, complaint: str, answer: str, doubted: str
) -> None:
    for said, calls in (("لا", False), ("نعم", True)):
        encounter = Encounter(language="ar", country="MA")
        rules_alone.respond(encounter, complaint)
        if encounter.pending == "age":
            rules_alone.respond(encounter, "4 سنين")
        turn = rules_alone.respond(encounter, answer)
        assert not turn.assessment.disposition.is_emergency
        assert doubted in {item.concept for item in turn.extraction.suspected}
        assert doubted not in {item.concept for item in turn.extraction.findings}
        assert turn.reply.question is not None and turn.reply.question.id == f"confirm:{doubted}"
        assert rules_alone.respond(encounter, said).assessment.disposition.is_emergency is calls


def test_what_is_told_beside_a_doubt_is_kept(rules_alone: TriagePipeline) -> None:
    encounter = Encounter(language="ar", country="MA")
    rules_alone.respond(encounter, "ابني بيكح من يومين")
    turn = rules_alone.respond(encounter, "لا يتنفس عادي بس عنده حرارة")
    assert ("fever", Polarity.AFFIRMED) in {(item.concept, item.polarity) for item in turn.extraction.findings}


def test_a_no_with_no_verb_behind_it_is_in_no_doubt(rules_alone: TriagePipeline) -> None:
    extractor = rules_alone.listener.extractor
    assert extractor.opens_in_doubt("لا يتنفس عادي")
    assert not extractor.opens_in_doubt("لا عادي والله")


@pytest.mark.parametrize(
    "message", ["لا يتنفس بشكل طبيعي", "ابني لا يتنفس عادي", "لا يتنفس", "لا يتنفس كان طبيعي الصبح"]
)
def test_what_is_denied_in_print_is_never_in_doubt(rules_alone: TriagePipeline, message: str) -> None:
    encounter = Encounter(language="ar", country="MA")
    rules_alone.respond(encounter, "ابني بيكح من يومين")
    assert rules_alone.respond(encounter, message).assessment.floor.is_emergency


@pytest.mark.parametrize(
    ("language", "message", "concept", "polarity"),
    [
        ("ary", "خروجها ولا كحل", "black_tarry_stool", Polarity.AFFIRMED),
        ("ary", "الخروج ديالو ولا كحل", "black_tarry_stool", Polarity.AFFIRMED),
        ("ar", "رجلاي قويتان ولا خدر", "limb_numb", Polarity.NEGATED),
        ("ar", "ليست ركبتي حمراء ولا ساخنة", "joint_swollen_hot", Polarity.NEGATED),
        ("ar", "جلد ساقه ليس أحمر ولا ساخنا ولا مؤلما", "skin_red_hot_painful", Polarity.NEGATED),
    ],
)
def test_a_nor_within_what_is_told_is_a_change_only_where_it_joins(
    rules_alone: TriagePipeline, language: str, message: str, concept: str, polarity: Polarity
) -> None:
    found = rules_alone.listener.extractor.extract(message, language, turn=1, page_language=language).findings
    assert {item.polarity for item in found if item.concept == concept} == {polarity}


@pytest.mark.parametrize("answer", ["no breathing at all", "no he can't breathe", "non respire plus", "لا يتنفس"])
def test_an_answer_of_danger_is_heard(rules_alone: TriagePipeline, answer: str) -> None:
    encounter = Encounter(language="en", country="MA")
    rules_alone.respond(encounter, "my father has a cough")
    assert rules_alone.respond(encounter, answer).assessment.floor.is_emergency
