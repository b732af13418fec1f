"""From the patient's message to the passages that may support a reply, or none."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import log
from pathlib import Path
from typing import Any, Protocol

from knowledge.schema import Article
from triage.errors import StageError
from triage.retrieval.dense import DenseIndex, open_dense_index, write_dense_index
from triage.retrieval.encoder import Encoder
from triage.retrieval.fusion import fuse
from triage.retrieval.lexical import LexicalIndex
from triage.retrieval.passages import IndexedPassage, split_articles
from triage.retrieval.words import tokenise
from triage.types import Passage, now

TITLE_STRENGTH = 0.55
"""A passage answers by its words when its title or keywords have one of them and it is at least so strong: about half
of what one rare word brings, so that a common word of a title alone is no answer."""

ANSWERS = ((1.1, 0.3), (2.0, 0.0))
"""Without a word of the title it must reach both numbers of a pair: strength, and the share of the query it has. A rare
word in a query about something else ("how do I cook rice") is no answer."""

_DEPTH = 30
"""Places of each ranking that are joined; what stands lower cannot reach the few passages we return."""

_SECTION_ORDER = ("do", "emergency", "see_someone", "avoid", "about")
"""Which part of an article of the right topic comes first when nothing else tells them apart."""


class Retriever(Protocol):
    """Finds passages that may support what we say."""

    @property
    def name(self) -> str:
        """What it is made of, for the audit record."""

    def retrieve(
        self, query: str, language: str, *, concepts: tuple[str, ...], audience: str, limit: int
    ) -> tuple[Passage, ...]:
        """Return the passages that fit best, best first; none when nothing fits.

        Args:
            query: The patient's message.
            language: Only passages in this language.
            concepts: Concepts found in the encounter.
            audience: `adult`, `child` or `pregnancy`; `any` while unknown, which gives only texts for everybody.
            limit: At most this many.
        """


@dataclass(frozen=True, slots=True)
class _Pool:
    """The passages one patient may be shown."""

    items: Mapping[int, IndexedPassage]
    """By position, in order."""
    rows: Any
    """Their rows in the vector index, if there is one."""


class HybridRetriever:
    """BM25, vectors (when there is an encoder) and shared concepts, joined by reciprocal rank.

    The concepts carry languages in which neither words nor vectors find much: a Darija message about chest pain finds
    the chest-pain article because the findings engine understood it.
    """

    def __init__(
        self,
        passages: tuple[IndexedPassage, ...],
        *,
        dense: DenseIndex | None = None,
        encoder: Encoder | None = None,
        today: Callable[[], date] = lambda: now().date(),
    ) -> None:
        """Index passages for BM25 and remember the vectors, if any.

        An article whose review is due is no longer quoted, though the process may have started before that day.
        """
        self._today = today
        self._passages = passages
        self._dense = dense
        self._encoder = encoder
        self._lexical = {
            language: LexicalIndex(
                [tokenise(item.text, language) if item.passage.language == language else () for item in passages]
            )
            for language in {item.passage.language for item in passages}
        }
        holders: dict[str, set[str]] = {}
        for item in passages:
            for concept in item.concepts:
                holders.setdefault(concept, set()).add(_slug(item))
        slugs = len(set(map(_slug, passages)))
        self._rarity = {concept: log(1 + slugs / len(having)) for concept, having in holders.items()}
        self._pool = lru_cache(maxsize=64)(self._select)

    @property
    def name(self) -> str:
        """`bm25`, or `bm25+dense:` and the encoder's id."""
        return "bm25" if self._encoder is None or self._dense is None else f"bm25+dense:{self._encoder.id}"

    def retrieve(
        self, query: str, language: str, *, concepts: tuple[str, ...], audience: str, limit: int
    ) -> tuple[Passage, ...]:
        """Return the passages that fit best, best first; none when nothing fits."""
        pool = self._pool(language, audience, self._today())
        if not pool.items or limit < 1:
            return ()
        by_words, words_answer = self._by_words(query, language, pool)
        by_meaning, meaning_answers = self._by_meaning(query, language, pool)
        by_concepts = self._by_concepts(concepts, pool, by_words)
        if not (by_concepts or words_answer or meaning_answers):
            return ()
        return tuple(
            pool.items[position].passage.model_copy(update={"score": round(score, 6)})
            for position, score in fuse([by_words, by_meaning, by_concepts])[:limit]
        )

    def _by_words(self, query: str, language: str, pool: _Pool) -> tuple[list[int], bool]:
        """Return positions, and whether the first of them answers the query."""
        index, terms = self._lexical[language], tokenise(query, language)
        found = index.search(terms, pool.items, _DEPTH)
        if not found:
            return [], False
        best, strength = found[0]
        coverage = index.coverage(terms, best)
        answers = any(strength >= least and coverage >= share for least, share in ANSWERS)
        if strength >= TITLE_STRENGTH:
            answers = answers or not set(terms).isdisjoint(tokenise(pool.items[best].topic, language))
        return [position for position, _ in found], answers

    def _by_meaning(self, query: str, language: str, pool: _Pool) -> tuple[list[int], bool]:
        if self._dense is None or self._encoder is None or language not in self._encoder.languages or not query.strip():
            return [], False
        try:
            found = self._dense.search(self._encoder.encode_query(query), pool.rows, _DEPTH)
        except Exception as error:  # torch and FAISS raise RuntimeErrors of many kinds; none may end the turn
            raise StageError(f"dense retrieval failed: {type(error).__name__}") from error
        return [position for position, _ in found], bool(found) and found[0][1] >= self._encoder.floor

    def _by_concepts(self, concepts: tuple[str, ...], pool: _Pool, by_words: list[int]) -> list[int]:
        places = {position: place for place, position in enumerate(by_words)}
        wanted = frozenset(concepts)

        def order(position: int) -> tuple[float, int, int, int]:
            item = pool.items[position]
            shared = sum(self._rarity[concept] for concept in sorted(item.concepts & wanted))
            return -shared, places.get(position, len(places)), _SECTION_ORDER.index(item.passage.section), position

        sharing = (position for position, item in pool.items.items() if item.concepts & wanted)
        return sorted(sharing, key=order)[:_DEPTH]

    def _select(self, language: str, audience: str, today: date) -> _Pool:
        items = {
            position: item
            for position, item in enumerate(self._passages)
            if item.passage.language == language and item.suits(audience) and today <= item.review_due
        }
        return _Pool(items, None if self._dense is None else self._dense.select(items))


def build_index(articles: Iterable[Article], folder: Path, encoder: Encoder) -> int:
    """Encode the passages of all articles into `folder` and return how many there are.

    Raises:
        ConfigurationError: A library is missing, or there are no articles.
    """
    passages = split_articles(articles)
    write_dense_index(passages, folder, encoder)
    return len(passages)


def open_retriever(articles: Iterable[Article], folder: Path | None, encoder: Encoder | None) -> HybridRetriever:
    """Return the retriever over these articles: BM25, with vectors when encoder, FAISS and index are there.

    Args:
        articles: All articles.
        folder: Where `build_index` wrote the vectors.
        encoder: None for BM25 only.

    Raises:
        ConfigurationError: The index is missing or stale; the message says to run `salama content index`.
    """
    passages = split_articles(articles)
    if encoder is None or folder is None or not can_search_vectors() or not passages:
        return HybridRetriever(passages)
    return HybridRetriever(passages, dense=open_dense_index(passages, folder, encoder), encoder=encoder)


def can_search_vectors() -> bool:
    """Whether the libraries of dense retrieval are installed; nothing heavy is imported to find out."""
    try:
        return all(importlib.util.find_spec(name) is not None for name in ("faiss", "sentence_transformers", "torch"))
    except ImportError:
        return False


def _slug(item: IndexedPassage) -> str:
    """Return what the translations of one article have in common."""
    return item.passage.article_id.rpartition(".")[0]
