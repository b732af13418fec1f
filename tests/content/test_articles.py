"""What every English and French article must have, and that an information question finds its article."""

import re
from collections import Counter

import pytest

from knowledge import Knowledge
from knowledge.checks import overdue
from knowledge.reading import hard_to_read
from knowledge.schema import SECTIONS, Article

LAYOUTS = [list(SECTIONS), [kind for kind in SECTIONS if kind != "spread"]]
"""Only some articles say whether others can catch it."""
TOPICS = 125
TELEPHONE = re.compile(r"\d(?:[ .-]?\d){6,}|\b(?:call|dial|appelez le|composez le) \d", re.IGNORECASE)
OPINION = "judge"
"""A fact that the authors judged is no public source."""


@pytest.fixture(scope="module")
def articles(knowledge: Knowledge) -> list[Article]:
    return [article for article in knowledge.articles if article.language in ("en", "fr")]


def test_every_topic_stands_in_english_and_french(articles: list[Article]) -> None:
    languages = Counter(article.slug for article in articles)
    assert [slug for slug, count in languages.items() if count != 2] == []
    assert len(languages) >= TOPICS


def test_both_languages_are_for_the_same_people(articles: list[Article]) -> None:
    by_slug: dict[str, set[tuple[object, ...]]] = {}
    for article in articles:
        by_slug.setdefault(article.slug, set()).add((article.audience, frozenset(article.concepts)))
    assert [slug for slug, found in by_slug.items() if len(found) > 1] == []


def test_every_article_has_all_sections_in_order(articles: list[Article]) -> None:
    wrong = [article.id for article in articles if [section.kind for section in article.sections] not in LAYOUTS]
    empty = [article.id for article in articles if not all(section.sentences for section in article.sections)]
    assert wrong + empty == []


def test_every_article_names_two_public_sources(articles: list[Article], knowledge: Knowledge) -> None:
    for article in articles:
        public = [name for name in dict.fromkeys(article.sources) if name != OPINION]
        assert len(public) >= 2, article.id
        assert all(knowledge.sources[name].url.startswith("http") for name in public), article.id


def test_every_article_is_read_again_within_a_year(articles: list[Article]) -> None:
    for article in articles:
        assert 0 < (article.reviewed.next - article.reviewed.on).days <= 366, article.id
        assert article.licence, article.id


def test_no_article_holds_a_telephone_number(articles: list[Article]) -> None:
    sentences = [(item.id, text) for item in articles for section in item.sections for text in section.sentences]
    assert [found for found in sentences if TELEPHONE.search(found[1])] == []


def test_no_sentence_stands_twice_in_an_article(articles: list[Article]) -> None:
    for article in articles:
        sentences = [sentence for section in article.sections for sentence in section.sentences]
        assert len(set(sentences)) == len(sentences), article.id


def test_every_article_is_easy_to_read(articles: list[Article]) -> None:
    assert [line for line in map(hard_to_read, articles) if line is not None] == []


def test_sentences_are_short(articles: list[Article]) -> None:
    sentences = [(item.id, text) for item in articles for section in item.sections for text in section.sentences]
    assert [found for found in sentences if len(found[1].split()) > 24] == []


def test_an_article_past_its_review_is_reported(knowledge: Knowledge) -> None:
    article = knowledge.articles[0]
    lines = list(overdue(knowledge, article.reviewed.next.replace(year=article.reviewed.next.year + 1)))
    assert f"{article.id}: review was due on {article.reviewed.next.isoformat()}" in lines
    assert not any(line.startswith(article.id) for line in overdue(knowledge, article.reviewed.next))
