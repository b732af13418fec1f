"""Tapping "that is not right" and "change": nothing is lost, nothing falls before it was read back and confirmed."""

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
    after = say("yes", encounter=encounter).assessment
    assert after.floor < before.floor and encounter.retractions[0].concept == "chest_pain"
    assert "chest_pain" not in pipeline.facts(encounter).present


def test_anything_but_a_yes_keeps_it(pipeline: TriagePipeline, say: Say) -> None:
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
    turn = say("my belly hurts", encounter=encounter)
    for _ in range(6):
        question = turn.reply.question
        assert question is not None
        options = [item.value for item in question.options if item.value.startswith("option:")]
        if "option:vomiting" in options or "option:diarrhoea" in options:
            break
        values = [item.value for item in question.options]
        turn = say(next(v for v in ("none", "no", "choice:0", "unsure") if v in values), encounter=encounter)
    ticked = next(item for item in options if item in ("option:vomiting", "option:diarrhoea"))
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
