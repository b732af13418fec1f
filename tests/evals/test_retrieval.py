"""The gate of retrieval: lay queries find their article, queries about something else find nothing."""

from __future__ import annotations

import pytest

from evals.retrieval import load_queries, recall_of
from evals.retrieval.queries import FORMS
from evals.retrieval.recall import Recall
from knowledge import Knowledge
from triage.retrieval import open_retriever

LEAST = {"en": 0.95, "fr": 0.95, "ar": 0.9, "ary": 0.85, "ary-Latn": 0.85}
LEAST_OFF_TOPIC = 0.9


@pytest.fixture(scope="module")
def recall(knowledge: Knowledge) -> Recall:
    return recall_of(open_retriever(knowledge.articles, None, None, topics=knowledge.topics), load_queries())


def test_there_are_enough_queries_in_every_form(knowledge: Knowledge) -> None:
    queries = load_queries()
    asked = [query for query in queries if query.topics]
    assert len(asked) >= 300 and len(queries) - len(asked) >= 60
    assert len({(query.form, query.text) for query in queries}) == len(queries)
    assert {form: sum(query.form == form for query in asked) for form in FORMS} == dict.fromkeys(FORMS, 70)
    slugs = {article.slug for article in knowledge.articles}
    assert all(query.topics <= slugs for query in asked)


@pytest.mark.parametrize("form", FORMS)
def test_words_alone_find_the_article(recall: Recall, form: str) -> None:
    found = recall.at(5, form)
    missed = [query.text for query, _ in recall.misses if query.form == form and query.topics]
    assert found.value is not None and found.value >= LEAST[form], missed


def test_what_is_about_something_else_finds_nothing(recall: Recall) -> None:
    found = recall.off_topic()
    assert found.value is not None and found.value >= LEAST_OFF_TOPIC, [
        query.text for query, _ in recall.misses if not query.topics
    ]
