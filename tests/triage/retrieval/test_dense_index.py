"""The vector index: made once, refused when stale, and with real encoders."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from knowledge.schema import Article
from triage.errors import ConfigurationError, StageError
from triage.retrieval import HybridRetriever, SentenceEncoder, build_index, open_retriever, split_articles
from triage.retrieval.dense import DenseIndex
from triage.types import Passage


def _find(retriever: HybridRetriever, query: str, language: str = "en", **options: object) -> tuple[Passage, ...]:
    wanted: dict[str, object] = {"concepts": (), "audience": "adult", "limit": 3, **options}
    return retriever.retrieve(query, language, **wanted)  # type: ignore[arg-type]


def _changed(articles: tuple[Article, ...]) -> tuple[Article, ...]:
    first, *others = articles
    return (first.model_copy(update={"title": "Sore head"}), *others)


def test_index_of_these_articles_and_this_encoder_opens(
    articles: tuple[Article, ...], letters: Any, tmp_path: Path
) -> None:
    assert build_index(articles, tmp_path / "index", letters) == len(split_articles(articles))
    retriever = open_retriever(articles, tmp_path / "index", letters)
    assert retriever.name == "bm25+dense:letters"
    assert [path.name for path in tmp_path.iterdir()] == ["index"]


def test_missing_index_names_the_command(articles: tuple[Article, ...], letters: Any, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"no passage index.*salama content index"):
        open_retriever(articles, tmp_path / "index", letters)


def test_index_of_other_articles_is_refused(articles: tuple[Article, ...], letters: Any, tmp_path: Path) -> None:
    build_index(articles, tmp_path, letters)
    with pytest.raises(ConfigurationError, match=r"stale: the articles have changed.*salama content index"):
        open_retriever(_changed(articles), tmp_path, letters)
    with pytest.raises(ConfigurationError, match="stale"):
        open_retriever(articles[1:], tmp_path, letters)


def test_index_of_another_encoder_is_refused(articles: tuple[Article, ...], letters: Any, tmp_path: Path) -> None:
    build_index(articles, tmp_path, letters)
    letters.id = "letters-2"
    with pytest.raises(ConfigurationError, match=r"of encoder 'letters', not 'letters-2'.*salama content index"):
        open_retriever(articles, tmp_path, letters)


@pytest.mark.parametrize("file", ["manifest.json", "passages.faiss"])
def test_broken_index_is_refused(articles: tuple[Article, ...], letters: Any, tmp_path: Path, file: str) -> None:
    build_index(articles, tmp_path, letters)
    (tmp_path / file).write_bytes(b"\0garbage")
    with pytest.raises(ConfigurationError, match="salama content index"):
        open_retriever(articles, tmp_path, letters)


def test_rebuilding_encodes_only_what_changed(articles: tuple[Article, ...], letters: Any, tmp_path: Path) -> None:
    build_index(articles, tmp_path, letters)
    letters.encoded.clear()
    build_index(_changed(articles), tmp_path, letters)
    assert letters.encoded and all(text.startswith("Sore head.") for text in letters.encoded)
    letters.encoded.clear()
    open_retriever(_changed(articles), tmp_path, letters)
    assert letters.encoded == []


def test_languages_the_encoder_does_not_know_get_no_vector(
    articles: tuple[Article, ...], letters: Any, tmp_path: Path
) -> None:
    build_index(articles, tmp_path, letters)
    assert not any("الصداع" in text for text in letters.encoded)
    letters.encoded.clear()
    assert _find(open_retriever(articles, tmp_path, letters), "صداع", "ar")[0].article_id == "headache.ar"
    assert letters.encoded == []


def test_vectors_keep_to_language_and_audience(articles: tuple[Article, ...], letters: Any, tmp_path: Path) -> None:
    build_index(articles, tmp_path, letters)
    retriever = open_retriever(articles, tmp_path, letters)
    found = _find(retriever, "Fever in a child. Do not sponge the child with cold water.", limit=50)
    assert found
    assert {passage.language for passage in found} == {"en"}
    assert "fever-child.en" not in {passage.article_id for passage in found}


def test_nothing_to_index_is_an_error(letters: Any, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="no passages"):
        build_index((), tmp_path, letters)


def test_encoder_that_fails_is_an_error_of_the_stage(
    articles: tuple[Article, ...], letters: Any, tmp_path: Path
) -> None:
    build_index(articles, tmp_path, letters)
    retriever = open_retriever(articles, tmp_path, letters)

    def fail(text: str) -> Any:
        raise RuntimeError(f"cannot encode {text}")

    letters.encode_query = fail
    with pytest.raises(StageError) as caught:
        _find(retriever, "my secret ailment")
    assert "secret" not in str(caught.value)


def test_equal_vectors_are_ordered_by_position() -> None:
    faiss = pytest.importorskip("faiss")
    import numpy

    index = faiss.IndexFlatIP(2)
    index.add(numpy.ones((6, 2), numpy.float32))
    dense = DenseIndex(index, range(10, 16))
    rows = dense.select({11, 13, 15})
    found = dense.search(numpy.ones(2, numpy.float32), rows, 5)
    assert [position for position, _ in found] == [11, 13, 15]


def test_encoder_without_its_folder_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="salama models pull some-encoder"):
        SentenceEncoder(tmp_path / "none", id="some-encoder", floor=0.5, languages=("en",))


def test_folder_that_is_no_encoder_is_an_error(tmp_path: Path) -> None:
    pytest.importorskip("sentence_transformers")
    (tmp_path / "config.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="does not load"):
        SentenceEncoder(tmp_path, id="broken", floor=0.5, languages=("en",)).load()


@pytest.mark.model
@pytest.mark.slow
def test_minilm_finds_other_words_for_the_same(
    articles: tuple[Article, ...], minilm: SentenceEncoder, tmp_path: Path
) -> None:
    build_index(articles, tmp_path, minilm)
    retriever = open_retriever(articles, tmp_path, minilm)
    assert _find(retriever, "my skull is pounding")[0].article_id == "headache.en"
    assert _find(retriever, "I scalded myself on the kettle")[0].article_id == "burn.en"
    assert _find(retriever, "who won the football match") == ()


@pytest.mark.model
@pytest.mark.slow
@pytest.mark.parametrize(
    ("query", "language", "article"),
    [
        ("my head hurts a lot", "en", "headache.en"),
        ("j'ai la tête qui me fait mal", "fr", "headache.fr"),
        ("أشعر بصداع قوي في رأسي", "ar", "headache.ar"),
        ("I burned my hand on the stove", "en", "burn.en"),
    ],
)
def test_multilingual_e5_ranks_the_right_article_first(
    articles: tuple[Article, ...], e5: SentenceEncoder, query: str, language: str, article: str
) -> None:
    passages = [item for item in split_articles(articles) if item.passage.language == language]
    scores = e5.encode_passages([item.text for item in passages]) @ e5.encode_query(query)
    assert passages[int(scores.argmax())].passage.article_id == article


@pytest.mark.model
@pytest.mark.slow
def test_e5_vectors_are_unit_vectors_that_know_meaning_across_languages(e5: SentenceEncoder) -> None:
    import numpy

    query = e5.encode_query("my throat hurts when I swallow")
    near, far = e5.encode_passages(
        ["Mal de gorge. Buvez des boissons fraîches.", "Paris est la capitale de la France."]
    )
    assert query.dtype == numpy.float32
    assert float(numpy.linalg.norm(query)) == pytest.approx(1.0, abs=1e-4)
    assert float(query @ near) > float(query @ far) + 0.05


def test_file_of_another_format_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("sentence_transformers")
    (tmp_path / "e5-small-q4.bin").write_bytes(b"XXXX" + b"\0" * 100)
    with pytest.raises(ConfigurationError, match="is not a version 1 E5S1 file"):
        SentenceEncoder(tmp_path, id="e5", floor=0.5, languages=("en",), q4=True).load()
