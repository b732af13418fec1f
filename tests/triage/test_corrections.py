"""Tapping "that is not right" and "change": nothing is lost, nothing falls before it was read back and confirmed."""

import pytest

from knowledge import Disposition
from tests.conftest import Say
from triage import Encounter, TriagePipeline

HEART = "I have crushing chest pain and I am sweating"


def test_a_finding_is_read_back_before_it_is_taken_out(pipeline: TriagePipeline, say: Say) -> None:
    encounter = Encounter(country="MA")
    before = say(HEART, encounter=encounter).assessment
    asked = say("wrong:chest_pain", encounter=encounter)
    assert asked.reply.question is not None and asked.reply.question.id == "retract:chest_pain"
    assert asked.assessment.floor == before.floor
    assert "That is not right" in asked.message.text
    say("yes", encounter=encounter)
    assert encounter.retractions[0].concept == "chest_pain"
    # "Crushing" says chest pain as well: it is a finding of its own and is taken back by itself.
    assert encounter.floor == before.floor
    told = dict.fromkeys(item.concept for item in pipeline.facts(encounter).present.values() if item.origin == "words")
    for concept in told:
        say(f"wrong:{concept}", "yes", encounter=encounter)
    assert encounter.floor < before.floor


def test_anything_but_a_yes_keeps_it(say: Say) -> None:
    encounter = Encounter(country="MA")
    before = say(HEART, encounter=encounter).assessment
    after = say("wrong:chest_pain", "my wife says it is nothing", encounter=encounter).assessment
    assert after.floor == before.floor and not encounter.retractions


def test_what_nobody_told_cannot_be_taken_back(say: Say) -> None:
    turn = say(HEART, "wrong:pregnant")
    assert turn.reply.question is None or not turn.reply.question.id.startswith("retract:")


def test_an_answer_can_be_given_anew_and_raises_at_once(say: Say) -> None:
    encounter = Encounter(country="MA")
    first = say("I have a headache", encounter=encounter).reply.question
    assert first is not None
    next_one = say("no", encounter=encounter).reply.question
    assert next_one is not None and next_one.id != first.id
    again = say(f"again:{first.id}", encounter=encounter).reply.question
    assert again is not None and (again.id, again.options) == (first.id, first.options)
    assert say("yes", encounter=encounter).assessment.floor >= Disposition.EMERGENCY_DEPARTMENT


def test_an_answer_that_is_taken_back_is_read_back_first(say: Say) -> None:
    encounter = Encounter(country="MA")
    first = say("I have a headache", encounter=encounter).reply.question
    assert first is not None
    high = say("yes", encounter=encounter).assessment.floor
    asked = say(f"again:{first.id}", "no", encounter=encounter)
    assert asked.assessment.floor == high
    assert asked.reply.question is not None and asked.reply.question.id.startswith("retract:")
    assert say("yes", encounter=encounter).assessment.floor < high


def test_an_answer_no_rule_rests_on_can_be_taken_back_too(pipeline: TriagePipeline, say: Say) -> None:
    encounter = Encounter(country="MA", language="en")
    question = say("my belly hurts", encounter=encounter).reply.question
    assert question is not None
    options = [item.value for item in question.options if item.value.startswith("option:")]
    ticked = options[0]
    concept = ticked.removeprefix("option:")
    say(ticked, encounter=encounter)
    assert concept in pipeline.facts(encounter).present
    asked = say(f"again:{question.id}", "none", encounter=encounter)
    assert asked.reply.question is not None and asked.reply.question.id == f"retract:{concept}"
    say("yes", encounter=encounter)
    assert concept not in pipeline.facts(encounter).present


def test_the_question_that_waited_comes_back_after_a_correction(say: Say) -> None:
    encounter = Encounter(country="MA")
    waiting = say("I have a headache", encounter=encounter).reply.question
    after = say("wrong:headache", "no", encounter=encounter).reply.question
    assert waiting is not None and after is not None and after.id == waiting.id


@pytest.mark.parametrize(
    ("language", "complaint", "age"),
    [("ary", "راسي كيضرني", "عندي 33 عام"), ("ary-Latn", "rasi kaydderni", "3ndi 33 3am"), ("fr", "j'ai mal à la tête", "j'ai 33 ans")],
)  # fmt: skip
def test_an_age_given_unasked_is_no_yes_to_the_signs_that_were_asked_for(
    pipeline: TriagePipeline, say: Say, language: str, complaint: str, age: str
) -> None:
    encounter = Encounter(country="MA", language=language)
    turn = say(
        complaint, "no" if language == "fr" else "la" if language == "ary-Latn" else "لا", age, encounter=encounter
    )
    assert not turn.assessment.disposition.is_emergency
    assert pipeline.facts(encounter).age_days[0] > 32 * 365
