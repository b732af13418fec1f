"""Questions in Arabic and Darija about prevention and follow-up find their article, by words alone."""

from pathlib import Path

import pytest
import yaml

from knowledge import Knowledge
from triage.retrieval import HybridRetriever, open_retriever
from triage.wording import READ_AS_WELL

QUESTIONS = yaml.safe_load((Path(__file__).parent / "information_questions_arabic.yaml").read_text(encoding="utf-8"))
LEAST_FOUND = {"ar": 0.9, "ary": 0.75, "ary-Latn": 0.75}
"""Share of the questions whose article is among the first five passages. In Darija the article of a complaint may
answer before it, which is no mistake: "do antibiotics help a cold" is answered there too."""


@pytest.fixture(scope="module")
def retriever(knowledge: Knowledge) -> HybridRetriever:
    return open_retriever(knowledge.articles, None, None)


@pytest.mark.parametrize("language", LEAST_FOUND)
def test_questions_find_their_article(retriever: HybridRetriever, language: str) -> None:
    asked = [(slug, text) for slug, texts in QUESTIONS[language].items() for text in texts]
    missed = [text for slug, text in asked if slug not in _found(retriever, text, language)]
    assert len(missed) <= (1 - LEAST_FOUND[language]) * len(asked), missed


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "كيف أصلح إطار الدراجة"),
        ("ar", "ما عاصمة إيطاليا"),
        ("ar", "اكتب قصيدة عن البحر"),
        ("ar", "من فاز في المباراة"),
        ("ary", "كيفاش نصلح البيسكليت"),
        ("ary", "شحال الثمن د الطوموبيل"),
        ("ary-Latn", "chkoun rbe7 lmatch"),
        ("ary-Latn", "kifach ntiyeb tajin"),
    ],
)
def test_a_question_about_something_else_finds_nothing(retriever: HybridRetriever, language: str, text: str) -> None:
    assert _found(retriever, text, language) == set()


def _found(retriever: HybridRetriever, text: str, language: str) -> set[str]:
    for tag in (language, *READ_AS_WELL.get(language, ())):
        passages = retriever.retrieve(text, tag, concepts=(), audience="adult", limit=5)
        if passages:
            return {passage.article_id.rpartition(".")[0] for passage in passages}
    return set()
