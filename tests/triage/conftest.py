"""The folder of pulled models, and passages to word."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.vocabulary import Disposition
from triage.generation import default_model, find_model
from triage.types import Card, Passage

MODELS = Path(__file__).parents[2] / ".salama" / "models"


@pytest.fixture(scope="session")
def smollm() -> Path:
    """The pulled SmolLM2 model."""
    model = find_model("smollm2-135m-instruct-q4_1")
    if not model.is_installed(MODELS):
        pytest.skip("get it with: salama models pull smollm2-135m-instruct-q4_1")
    return model.location(MODELS)


@pytest.fixture(scope="session")
def qwen() -> Path:
    """The pulled default language model."""
    model = default_model("language_model")
    if not model.is_installed(MODELS):
        pytest.skip(f"get it with: salama models pull {model.id}")
    return model.location(MODELS)


def _passage(section: str, number: int, *sentences: str, article: str = "cough.en") -> Passage:
    return Passage(
        id=f"{article}#{section}-{number}",
        article_id=article,
        title="Cough",
        section=section,
        text=" ".join(sentences),
        language=article.rsplit(".", 1)[1],
        sources=("s",),
    )


@pytest.fixture
def passages() -> tuple[Passage, ...]:
    return (
        _passage("do", 1, "Drink plenty of water.", "Rest as long as you feel ill.", "Try hot lemon with honey."),
        _passage("do", 2, "Sleep with your head raised."),
        _passage("avoid", 1, "Do not smoke.", "Do not give honey to a baby under 1 year."),
        _passage("see_someone", 1, "See a doctor if the cough lasts more than 3 weeks."),
        _passage("emergency", 1, "Call an ambulance if you cannot breathe."),
        _passage("do", 1, "Put drops in the eye.", article="red-eye.en"),
    )


@pytest.fixture
def card() -> Card:
    return Card(
        disposition=Disposition.SELF_CARE,
        heading="You can look after this at home",
        action="Follow the advice below.",
        when="Look again tomorrow.",
        number=None,
        number_label=None,
    )
