"""Conversations of one or more messages that were misread once, each standing for a kind of telling."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge.vocabulary import Disposition
from triage import Encounter, TriagePipeline

TOLD: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "conversations.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("told", TOLD, ids=lambda told: f"{told['in']}: {told['kind']}")
def test_the_last_message_gets_the_advice_that_all_of_them_need(pipeline: TriagePipeline, told: dict[str, Any]) -> None:
    encounter = Encounter(country="MA", language=told["in"])
    for message in told["turns"]:
        turn = pipeline.respond(encounter, message)
    advised = turn.assessment.disposition
    least = Disposition[(told.get("is") or told.get("at_least") or "self_care").upper()]
    most = Disposition[(told.get("is") or told.get("at_most") or "ambulance").upper()]
    assert least <= advised <= most
