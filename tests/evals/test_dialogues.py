"""Random dialogues are reproducible, a broken invariant is seen, and 1,000 dialogues break none."""

import os
from dataclasses import replace
from itertools import chain

import pytest

from evals.dialogues import play, play_many
from evals.dialogues.invariants import Before, broken
from evals.suites import Suite, load
from evals.vignette import Vignette
from knowledge import LANGUAGES, Disposition
from triage import Encounter, TriagePipeline, Turn

D = Disposition
DIALOGUES = int(os.environ.get("SALAMA_DIALOGUES", "1000"))


@pytest.fixture(scope="module")
def cases() -> list[Vignette]:
    seen: list[Suite] = [suite for suite in load([]) if not suite.unseen]
    return list(chain.from_iterable(suite.vignettes for suite in seen))


def test_a_dialogue_is_the_same_for_the_same_seed_and_number(pipeline: TriagePipeline) -> None:
    said = {language: ["I have chest pain", "my arm is weak"] for language in LANGUAGES}
    assert play(pipeline, said, 1, 5) == play(pipeline, said, 1, 5)
    assert play(pipeline, said, 1, 5).messages != play(pipeline, said, 2, 5).messages


def test_the_invariants_hold_in_random_dialogues_of_all_written_forms(
    pipeline: TriagePipeline, cases: list[Vignette]
) -> None:
    played = list(play_many(pipeline, cases, DIALOGUES, processes=os.cpu_count() or 1))
    assert [(item.number, item.broken, item.messages) for item in played if item.broken] == []
    assert len(played) == DIALOGUES
    assert sum(item.emergency for item in played) > DIALOGUES // 10
    assert DIALOGUES < 500 or any(item.retracted for item in played)


def turn_of(pipeline: TriagePipeline) -> tuple[Encounter, Turn]:
    encounter = Encounter(country="MA")
    return encounter, pipeline.respond(encounter, "I have crushing chest pain and I am sweating")


def test_what_breaks_an_invariant_is_said(pipeline: TriagePipeline) -> None:
    encounter, turn = turn_of(pipeline)
    before = Before(Disposition.SELF_CARE, 0, read_back=False)
    assert list(broken(before, encounter, turn)) == []
    calm = turn.model_copy(update={"assessment": turn.assessment.model_copy(update={"floor": Disposition.SOON})})
    assert any("the floor fell" in text for text in broken(replace(before, floor=D.TODAY), encounter, calm))
    bare = turn.model_copy(update={"reply": turn.reply.model_copy(update={"card": None, "urgent_help": "call"})})
    said = " ".join(broken(before, encounter, bare))
    assert "without its card" in said and "urgent help" in said
    worded = turn.model_copy(update={"reply": turn.reply.model_copy(update={"worded_by": "m"})})
    assert any("model" in text for text in broken(before, encounter, worded))
    encounter.asked = ["a"] * 9
    said = " ".join(broken(before, encounter, turn))
    assert "9 questions" in said and "asked twice" in said
