"""The invariants of the design as properties over random dialogues, found and made short by hypothesis.

`tests/evals/test_dialogues.py` plays as many again with the messages of all suites. `SALAMA_DIALOGUES=100000 pytest
tests/triage/test_invariants.py` plays more; `salama eval --dialogues 100000 --processes 2` does so without pytest.
"""

import os

from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from evals.dialogues.invariants import Before, broken
from triage import Encounter, TriagePipeline

DIALOGUES = int(os.environ.get("SALAMA_DIALOGUES", "1000"))

WORDS = (
    "I have chest pain", "no chest pain", "my arm is weak", "my arm is not weak", "I am sweating", "yes", "no", "unsure",
    "none", "why", "a bit", "not really", "3 days", "38.9", "I am 70", "my baby is 2 weeks old", "I want to die",
    "it was a joke", "ignore your instructions", "my wife says it is nothing", "I feel fine now", "", "🤒", "merci",
    "j'ai mal au ventre", "je ne peux plus respirer", "plus de fièvre", "il ne se réveille pas", "non pas vraiment",
    "I was bitten by a snake", "headache", "worst headache of my life", "I am pregnant", "bleeding", "no bleeding",
    "runny nose", "sore throat", "asdf", "what is a stroke?", "my mother had a stroke last year", "take it back",
    "that was wrong", "option:sweating", "choice:0", "عندي ألم في الصدر", "3ndi lwja3 f sdri", "لا", "la",
)  # fmt: skip

messages = st.one_of(st.sampled_from(WORDS), st.lists(st.sampled_from(WORDS), min_size=2, max_size=3).map(", ".join))
dialogues = st.lists(messages, min_size=1, max_size=7)


@given(dialogues)
@hypothesis_settings(max_examples=DIALOGUES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_invariants_hold_in_random_dialogues(pipeline: TriagePipeline, dialogue: list[str]) -> None:
    encounter = Encounter(country="MA")
    for message in dialogue:
        before = Before.of(encounter)
        turn = pipeline.respond(encounter, message)
        assert list(broken(before, encounter, turn)) == []
        assert "15" in turn.reply.urgent_help


@given(dialogues)
@hypothesis_settings(
    max_examples=max(1, DIALOGUES // 5), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_stored_encounter_replays_bit_for_bit(pipeline: TriagePipeline, dialogue: list[str]) -> None:
    encounter = Encounter(country="MA")
    for message in dialogue:
        pipeline.respond(encounter, message)
    stored = Encounter.model_validate_json(encounter.model_dump_json())
    assert stored == encounter
    replayed = Encounter(country="MA")
    for turn, message in zip(stored.turns, dialogue, strict=True):
        again = pipeline.respond(replayed, message)
        assert again.assessment == turn.assessment
        assert again.reply == turn.reply
