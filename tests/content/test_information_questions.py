"""Questions about prevention and follow-up find the article that answers them, by words alone."""

from pathlib import Path

import pytest
import yaml

from knowledge import Knowledge
from triage.retrieval import HybridRetriever, open_retriever

QUESTIONS = yaml.safe_load((Path(__file__).parent / "information_questions.yaml").read_text(encoding="utf-8"))
LEAST_FOUND = 0.9
"""Share of the questions whose article is among the first five passages; vectors, where there are any, find more."""


@pytest.fixture(scope="module")
def retriever(knowledge: Knowledge) -> HybridRetriever:
    return open_retriever(knowledge.articles, None, None)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_questions_find_their_article(retriever: HybridRetriever, language: str) -> None:
    asked = [(slug, text) for slug, texts in QUESTIONS[language].items() for text in texts]
    missed = [text for slug, text in asked if f"{slug}.{language}" not in _found(retriever, text, language)]
    assert len(asked) >= 140
    assert len(missed) <= (1 - LEAST_FOUND) * len(asked), missed


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "how do I repair a bicycle tyre"),
        ("en", "what is the capital of Italy"),
        ("en", "write a poem about the sea"),
        ("fr", "comment réparer un pneu de vélo"),
        ("fr", "quelle est la capitale de l'Italie"),
        ("fr", "écris un poème sur la mer"),
    ],
)
def test_a_question_about_something_else_finds_nothing(retriever: HybridRetriever, language: str, text: str) -> None:
    assert _found(retriever, text, language) == set()


def _found(retriever: HybridRetriever, text: str, language: str) -> set[str]:
    passages = retriever.retrieve(text, language, concepts=(), audience="adult", limit=5)
    return {passage.article_id for passage in passages}
