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


@pytest.mark.parametrize("answer", ["no breathing at all", "no he can't breathe", "non respire plus", "لا يتنفس"])
def test_an_answer_of_danger_is_heard(rules_alone: TriagePipeline, answer: str) -> None:
    encounter = Encounter(language="en", country="MA")
    rules_alone.respond(encounter, "my father has a cough")
    assert rules_alone.respond(encounter, answer).assessment.floor.is_emergency
