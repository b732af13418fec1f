"""What is told out of turn is acknowledged, and answers no question that asked for something else."""

from __future__ import annotations

import pytest

from knowledge import Knowledge
from knowledge.vocabulary import LANGUAGES
from tests.conftest import Say
from triage import Encounter

BELLY = {
    "en": "I have a belly ache",
    "fr": "j'ai mal au ventre",
    "ar": "بطني يؤلمني",
    "ary": "كرشي كتضرني",
    "ary-Latn": "kerchi katdrrni",
}
TEMPERATURE = {
    "en": "temp 38.4",
    "fr": "température 38,4",
    "ar": "الحرارة 38.4",
    "ary": "السخانة 38.4",
    "ary-Latn": "skhana 38.4",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_measurement_told_out_of_turn_is_acknowledged_and_counts(
    say: Say, knowledge: Knowledge, language: str
) -> None:
    encounter = Encounter(country="MA", language=language)
    first = say(BELLY[language], encounter=encounter)
    turn = say(TEMPERATURE[language], encounter=encounter)
    assert turn.reply.notices == (knowledge.say(language).text["noted"],)
    assert "fever" in {item.concept for item in encounter.findings}
    assert first.reply.question is not None and turn.reply.question is not None
    assert turn.reply.question.id == first.reply.question.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_alone_answers_no_question_that_asks_for_none(say: Say, knowledge: Knowledge, language: str) -> None:
    encounter = Encounter(country="MA", language=language)
    first = say(BELLY[language], encounter=encounter)
    turn = say("42", encounter=encounter)
    assert turn.reply.notices == (knowledge.say(language).text["number_alone"],)
    assert not encounter.quantities and encounter.language == language
    assert first.reply.question is not None and turn.reply.question is not None
    assert turn.reply.question.id == first.reply.question.id


def test_a_number_alone_does_not_tell_of_a_pregnancy(say: Say, knowledge: Knowledge) -> None:
    encounter = Encounter(country="MA")
    say("pain low in my belly, I am 30 years old, I am a woman", encounter=encounter)
    while encounter.pending is not None and not encounter.pending.startswith("pregnancy."):
        say("none", encounter=encounter)
    assert encounter.pending == "pregnancy.status"
    turn = say("42", encounter=encounter)
    assert turn.reply.notices == (knowledge.say("en").text["number_alone"],)
    assert encounter.pending == "pregnancy.status"
    assert "pregnant" not in {item.concept for item in encounter.findings}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_taken_for_a_temperature_is_said(say: Say, knowledge: Knowledge, language: str) -> None:
    encounter = Encounter(country="MA", language=language)
    say(BELLY[language], encounter=encounter)
    turn = say("38.4", encounter=encounter)
    assert turn.reply.notices == (knowledge.say(language).text["noted_temperature"].format(value="38.4"),)
    assert "fever" in {item.concept for item in encounter.findings}


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("fr", "faut-il lui mettre une couverture ?"),
        ("en", "can I give him 2 spoons of syrup?"),
        ("fr", "je peux donner 2 cuillères de sirop ?"),
        ("ary-Latn", "wach n3tih wa7ed lma39a d siro?"),
    ],
)
def test_a_number_in_a_question_of_the_patients_is_nobodys_age(say: Say, language: str, question: str) -> None:
    baby = {"en": "my baby has a fever", "fr": "mon bébé a de la fièvre", "ary-Latn": "rdi3 dyali skhoun"}[language]
    encounter = Encounter(country="MA", language=language)
    first = say(baby, encounter=encounter)
    assert encounter.pending == "person.age"
    turn = say(question, encounter=encounter)
    assert turn.assessment.disposition is first.assessment.disposition
    assert encounter.pending == "person.age"


@pytest.mark.parametrize(("language", "age"), [("fr", "un an ?"), ("en", "he is 1?"), ("en", "one"), ("fr", "un")])
def test_a_short_age_is_still_one(say: Say, language: str, age: str) -> None:
    baby = {"en": "my baby has a fever", "fr": "mon bébé a de la fièvre"}[language]
    encounter = Encounter(country="MA", language=language)
    say(baby, age, encounter=encounter)
    assert encounter.pending != "person.age"
