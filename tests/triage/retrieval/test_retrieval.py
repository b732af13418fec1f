"""Which passages are found, and when none are."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta

import pytest

from knowledge.schema import Article, Review
from triage.retrieval import HybridRetriever, open_retriever, split_articles
from triage.retrieval.fusion import RANK_CONSTANT, fuse
from triage.retrieval.lexical import LexicalIndex
from triage.types import Passage


@pytest.fixture(scope="module")
def retriever(articles: tuple[Article, ...]) -> HybridRetriever:
    return open_retriever(articles, None, None)


def _find(retriever: HybridRetriever, query: str, language: str = "en", **options: object) -> tuple[Passage, ...]:
    wanted: dict[str, object] = {"concepts": (), "audience": "adult", "limit": 5, **options}
    return retriever.retrieve(query, language, **wanted)  # type: ignore[arg-type]


def test_passages_have_readable_ids_and_keep_every_sentence(articles: tuple[Article, ...]) -> None:
    passages = split_articles(articles)
    ids = [item.passage.id for item in passages]
    assert len(set(ids)) == len(ids)
    assert "headache.en#do-1" in ids and "headache.en#do-2" in ids
    for article in articles:
        said = " ".join(item.passage.text for item in passages if item.passage.article_id == article.id)
        assert said == " ".join(sentence for section in article.sections for sentence in section.sentences)


def test_order_of_articles_does_not_matter(articles: tuple[Article, ...]) -> None:
    assert split_articles(articles) == split_articles(reversed(articles))


@pytest.mark.parametrize(
    ("query", "language", "article"),
    [
        ("my head aches, terrible headaches", "en", "headache.en"),
        ("it hurts in my throat when swallowing", "en", "sore-throat.en"),
        ("I burned my hand", "en", "burn.en"),
        ("j'ai des maux de tête", "fr", "headache.fr"),
        ("je me suis fait une brûlure", "fr", "burn.fr"),
        ("عندي صُداع شديد", "ar", "headache.ar"),
        ("عندي حروق في يدي", "ar", "burn.ar"),
    ],
)
def test_patients_words_find_their_article(retriever: HybridRetriever, query: str, language: str, article: str) -> None:
    assert _find(retriever, query, language)[0].article_id == article


@pytest.mark.parametrize(
    "query", ["", "   ", "hello", "what is the capital of France", "tell me a joke", "!!!", "today"]
)
def test_what_is_about_nothing_here_finds_nothing(retriever: HybridRetriever, query: str) -> None:
    assert _find(retriever, query) == ()


def test_only_what_the_reader_can_read_is_found(retriever: HybridRetriever) -> None:
    for language, read in (("fr", "fr"), ("ary", "ar"), ("ary-Latn", "fr")):
        found = _find(retriever, "headache mal de tête", language, concepts=("headache",))
        assert {passage.language for passage in found} == {read}


def test_an_own_article_comes_instead_of_its_translation(articles: tuple[Article, ...]) -> None:
    french = next(item for item in articles if item.id == "headache.fr")
    own = french.model_copy(update={"id": "headache.ary-Latn", "language": "ary-Latn", "title": "Lwja3 d rras"})
    retriever = open_retriever((*articles, own), None, None)
    found = _find(retriever, "lwja3 d ras", "ary-Latn", concepts=("burn",))
    assert {passage.article_id for passage in found} == {"headache.ary-Latn", "burn.fr"}


def test_patients_words_for_a_topic_are_searched_in_both_scripts(articles: tuple[Article, ...]) -> None:
    retriever = open_retriever(articles, None, None, topics={"ary": {"burn": ["الحرقة"]}})
    assert _find(retriever, "tay7 3liya atay, fia l7er9a", "ary-Latn")[0].article_id == "burn.fr"
    assert _find(retriever, "فيا حرقة كبيرة", "ary")[0].article_id == "burn.ar"


def test_what_is_named_as_no_matter_of_ours_finds_nothing(articles: tuple[Article, ...]) -> None:
    topics = {"en": {"other.cooking": ["burn the cake", "recipe", "oven"]}}
    query = "I burn the cake in the oven"
    assert _find(open_retriever(articles, None, None), query)
    assert _find(open_retriever(articles, None, None, topics=topics), query) == ()


def test_a_clinic_that_signs_quotes_only_what_is_signed(articles: tuple[Article, ...]) -> None:
    signed = [item.model_copy(update={"status": "signed"}) if item.slug == "burn" else item for item in articles]
    retriever = open_retriever(signed, None, None, signed_only=True)
    assert _find(retriever, "I burned my hand")
    assert _find(retriever, "my head aches, terrible headaches", concepts=("headache",)) == ()


def test_a_question_about_a_subject_may_be_answered_for_anybody(retriever: HybridRetriever) -> None:
    found = _find(retriever, "fever, light clothes", audience="everybody")
    assert {passage.article_id for passage in found} == {"fever-adult.en", "fever-child.en"}


def test_an_unknown_long_word_is_taken_for_one_that_begins_like_it() -> None:
    index = LexicalIndex([["vaccination"], ["vaccine"], ["inflammation"]])
    assert index.nearest(["vaccinal"]) == ["vaccination", "vaccine"]
    assert index.nearest(["inflation", "vaccine"]) == ["inflation", "vaccine"]


@pytest.mark.parametrize(
    ("audience", "articles_found"),
    [("adult", {"fever-adult.en"}), ("child", {"fever-child.en"}), ("any", set()), ("pregnancy", set())],
)
def test_advice_for_others_is_never_found(retriever: HybridRetriever, audience: str, articles_found: set[str]) -> None:
    found = _find(retriever, "fever, light clothes", concepts=("fever",), audience=audience)
    assert {passage.article_id for passage in found} == articles_found


def test_an_article_past_its_review_is_not_quoted(articles: tuple[Article, ...]) -> None:
    due = {article.id: article.reviewed.next for article in articles}["burn.en"]
    today = due
    retriever = HybridRetriever(split_articles(articles), today=lambda: today)
    assert _find(retriever, "I burned my hand", concepts=("burn",))
    today = due + timedelta(days=1)
    assert _find(retriever, "I burned my hand", concepts=("burn",)) == ()


def test_only_the_article_past_its_review_falls_silent(articles: tuple[Article, ...]) -> None:
    old = [item.model_copy(update={"reviewed": _ended(item)}) if item.slug == "burn" else item for item in articles]
    retriever = open_retriever(old, None, None)
    assert _find(retriever, "I burned my hand", concepts=("burn",)) == ()
    assert _find(retriever, "my head aches, terrible headaches")[0].article_id == "headache.en"


def _ended(article: Article) -> Review:
    return article.reviewed.model_copy(update={"next": article.reviewed.on.replace(year=2020)})


def test_keywords_are_searched_and_never_shown(articles: tuple[Article, ...]) -> None:
    found = [
        item.model_copy(update={"keywords": ("scald", "hot tea")}) if item.slug == "burn" else item for item in articles
    ]
    assert _find(open_retriever(articles, None, None), "she got a scald") == ()
    shown = _find(open_retriever(found, None, None), "she got a scald")
    assert {passage.article_id for passage in shown} == {"burn.en"}
    assert not any("scald" in f"{passage.title} {passage.text}" for passage in shown)


def test_concepts_find_what_no_word_does(retriever: HybridRetriever) -> None:
    found = _find(retriever, "rasi kaydarni bzzaf", concepts=("headache",), limit=3)
    assert [passage.article_id for passage in found] == ["headache.en"] * 3
    assert found[0].section == "do", "advice comes before background"


def test_rarer_concept_counts_more(retriever: HybridRetriever) -> None:
    found = _find(retriever, "", concepts=("fever", "burn"), audience="adult", limit=2)
    assert found[0].article_id == "burn.en"


def test_same_question_same_answer(articles: tuple[Article, ...]) -> None:
    query, concepts = "headache and a sore throat, I drink water", ("headache", "sore_throat")
    first = _find(open_retriever(articles, None, None), query, concepts=concepts)
    second = _find(open_retriever(tuple(reversed(articles)), None, None), query, concepts=concepts)
    assert first == second


def test_limit_is_kept_and_scores_fall(retriever: HybridRetriever) -> None:
    found = _find(retriever, "headache", concepts=("headache",), limit=2)
    assert len(found) == 2
    assert found[0].score >= found[1].score > 0
    assert _find(retriever, "headache", limit=0) == ()


def test_without_encoder_the_name_says_so(retriever: HybridRetriever) -> None:
    assert retriever.name == "bm25"


def test_no_articles_find_nothing() -> None:
    assert _find(open_retriever((), None, None), "headache") == ()


def test_importing_and_asking_needs_nothing_heavy() -> None:
    """BM25 works where none of the heavy libraries can be imported at all, numpy included."""
    code = """
import sys
for name in ("torch", "faiss", "sentence_transformers", "transformers", "numpy", "scipy", "langchain_core", "bm25s"):
    sys.modules[name] = None
from knowledge import load_knowledge
from triage.retrieval import can_search_vectors, open_retriever
articles = [article for article in load_knowledge().articles if article.id == "headache.en"]
retriever = open_retriever(articles, None, None)
found = retriever.retrieve("headache", "en", concepts=("headache",), audience="adult", limit=1)
sys.exit(0 if found and retriever.name == "bm25" and not can_search_vectors() else 1)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_bm25_counts_rare_words_more_and_repetition_less_and_less() -> None:
    index = LexicalIndex([["a", "b"], ["a", "c"], ["a", "c", "c"], ["a", "c", "c", "c"]])
    everywhere = range(4)
    assert index.search(["b"], everywhere, 1)[0][1] > index.search(["c"], everywhere, 1)[0][1]
    scores = dict(index.search(["c"], everywhere, 4))
    assert scores[3] > scores[2] > scores[1]
    assert scores[3] - scores[2] < scores[2] - scores[1]
    assert index.search(["z"], everywhere, 4) == []
    assert index.search(["a", "a"], everywhere, 4) == index.search(["a"], everywhere, 4)
    assert index.search(["c"], {1}, 4) == [(1, scores[1])]


def test_coverage_weighs_words_that_stand_nowhere() -> None:
    index = LexicalIndex([["rice", "water"], ["water"]])
    assert index.coverage(["rice", "bicycle", "chain"], 0) < 0.4
    assert index.coverage(["rice", "water"], 0) == 1.0
    assert index.coverage([], 0) == 0.0


def test_fusion_adds_reciprocal_ranks_and_breaks_ties_by_position() -> None:
    fused = fuse([[7, 3], [3], [9]])
    assert fused[0] == (3, pytest.approx(1 / (RANK_CONSTANT + 2) + 1 / (RANK_CONSTANT + 1)))
    assert [position for position, _ in fused] == [3, 7, 9]
