"""Every danger sign carries messages that must raise it and near misses that must not."""

from __future__ import annotations

import pytest

from knowledge import load_knowledge
from knowledge.schema import RedFlagRule
from triage import Encounter, TriagePipeline

RULES = load_knowledge().rules
EXAMPLES = [
    pytest.param(rule.id, message, kind == "fires", id=f"{rule.id}-{kind}-{language}-{place}")
    for rule in RULES
    for kind, messages_by_language in (("fires", rule.fires_on), ("silent", rule.silent_on))
    for language, messages in messages_by_language.items()
    for place, message in enumerate(messages, start=1)
]


@pytest.mark.parametrize(("rule_id", "message", "fires"), EXAMPLES)
def test_an_example_raises_its_rule_and_a_near_miss_does_not(
    rules_alone: TriagePipeline, rule_id: str, message: str, fires: bool
) -> None:
    turn = rules_alone.respond(Encounter(), message)
    assert (rule_id in {hit.rule_id for hit in turn.assessment.hits}) is fires


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_has_examples_in_english_and_french_and_an_english_near_miss(rule: RedFlagRule) -> None:
    assert rule.fires_on.get("en")
    assert rule.fires_on.get("fr")
    assert rule.silent_on.get("en")
