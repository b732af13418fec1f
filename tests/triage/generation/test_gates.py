"""A model speaks only in the languages of a recorded measurement that passes, with the prompt in use."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from knowledge.errors import ContentError
from triage.generation import GateResult, gated_languages, load_gates, load_prompts, open_chat_model

GOOD: dict[str, Any] = {
    "model": "m",
    "language": "en",
    "on": date(2026, 11, 28),
    "cases": 6,
    "survived": 0.9,
    "facts_kept": 1.0,
    "questions_kept": 1.0,
    "preferred": 0.8,
    "seconds": 3.0,
}


def _gate(**changed: object) -> GateResult:
    return GateResult.model_validate({**GOOD, "prompt": load_prompts()["en"].name, **changed})


@pytest.mark.parametrize(
    ("changed", "speaks"),
    [
        ({}, True),
        ({"survived": 0.69}, False),
        ({"facts_kept": 0.99}, False),
        ({"questions_kept": 0.99}, False),
        ({"preferred": 0.5}, False),
        ({"prompt": "word_reply.en@0"}, False),
        ({"model": "other"}, False),
        ({"language": "es"}, False),
    ],
)
def test_a_model_speaks_where_its_record_passes(changed: dict[str, object], speaks: bool) -> None:
    assert bool(gated_languages("m", [_gate(**changed)])) is speaks


def test_the_latest_record_counts() -> None:
    assert gated_languages("m", [_gate(), _gate(survived=0.1)]) == ()
    assert gated_languages("m", [_gate(survived=0.1), _gate()]) == ("en",)


def test_an_unmeasured_server_speaks_nowhere() -> None:
    model = open_chat_model("m", models=Path("none"), url="http://127.0.0.1:9/v1")
    assert model is not None and model.languages == frozenset()


def test_a_record_of_the_operator_lets_a_model_speak(tmp_path: Path) -> None:
    prompt = load_prompts()["en"].name
    (tmp_path / "lm_gates.yaml").write_text(
        f"items:\n- {{model: m, prompt: {prompt}, language: en, 'on': 2026-11-28, cases: 6, survived: 0.9, "
        "facts_kept: 1.0, questions_kept: 1.0, preferred: 0.8, seconds: 3.0}\n",
        encoding="utf-8",
    )
    model = open_chat_model("m", models=Path("none"), url="http://127.0.0.1:9/v1", records=tmp_path)
    assert model is not None and model.languages == {"en"}


def test_a_wrong_record_names_file_and_key(tmp_path: Path) -> None:
    (tmp_path / "lm_gates.yaml").write_text("items:\n- {model: m}\n", encoding="utf-8")
    with pytest.raises(ContentError, match=r"lm_gates\.yaml"):
        load_gates(tmp_path)


def test_packaged_records_are_of_registered_models() -> None:
    from triage.generation import list_models

    assert {gate.model for gate in load_gates()} <= {model.id for model in list_models()}
