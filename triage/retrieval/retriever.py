"""From the patient's message to the passages that may support a reply, or none."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import log
from pathlib import Path
from typing import Any, Protocol

from knowledge.schema import Article
from knowledge.vocabulary import nearest
from triage.errors import StageError
from triage.retrieval.dense import DenseIndex, open_dense_index, write_dense_index
from triage.retrieval.encoder import Encoder
from triage.retrieval.fusion import fuse
from triage.retrieval.lexical import LexicalIndex
from triage.retrieval.passages import IndexedPassage, split_articles
from triage.retrieval.topics import Found, TopicIndex, Topics
from triage.retrieval.words import tokenise
from triage.types import Passage, now

_DEPTH = 30
"""Places of each ranking that are joined; what stands lower cannot reach the few passages we return."""

_FROM_THE_BEST = 2
"""Passages of the best article, before one of each of the next."""

_SECTION_ORDER = ("do", "emergency", "see_someone", "avoid", "about", "spread")
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
            language: Only passages in this language, or in one that its readers read where it has no such article.
            concepts: Concepts found in the encounter.
            audience: `adult`, `child` or `pregnancy`; `any` while unknown, which gives only texts for everybody.
            limit: At most this many.
        """


@dataclass(frozen=True, slots=True)
class _Shelf:
    """What the readers of one language can read."""

    topics: TopicIndex
    passages: LexicalIndex
    places: Mapping[int, int]
    """Position of a passage to its place in `passages`."""


@dataclass(frozen=True, slots=True)
class _Pool:
    """What one patient may be shown."""

    articles: Mapping[str, list[int]]
    """Positions of their passages, in order, by slug."""
    places: frozenset[int]
    """The articles in the index of topics."""
    rows: Any
    """Their rows in the vector index, if there is one."""


class HybridRetriever:
    """BM25, vectors (when there is an encoder) and shared concepts rank articles, joined by reciprocal rank.

    Passages come article by article, so that what is quoted belongs together. The concepts carry languages in which
    neither words nor vectors find much; words that fit one article best keep it above others that share a concept.
    """

    def __init__(
        self,
        passages: tuple[IndexedPassage, ...],
        *,
        topics: Topics | None = None,
        dense: DenseIndex | None = None,
        encoder: Encoder | None = None,
        signed_only: bool = False,
        lexical: bool = True,
        today: Callable[[], date] = lambda: now().date(),
    ) -> None:
        """Index passages for BM25 and remember the vectors, if any.

        An article whose review is due is no longer quoted, though the process may have started before that day.

        Args:
            passages: What `split_articles` returned.
            topics: Patients' words for the topics of articles.
            dense: Vectors of the passages.
            encoder: What made them.
            signed_only: Quote only what a clinician has signed.
            lexical: Whether words choose articles; without them vectors and concepts are measured alone. Words order
                the passages of an article either way.
            today: The day that decides what is out of date.
        """
        self._today = today
        self._passages = passages
        self._topics = topics or {}
        self._dense = dense
        self._encoder = encoder
        self._signed_only = signed_only
        self._lexical = lexical
        holders: dict[str, set[str]] = {}
        for item in passages:
            for concept in item.article.concepts:
                holders.setdefault(concept, set()).add(item.slug)
        slugs = len({item.slug for item in passages})
        self._rarity = {concept: log(1 + slugs / len(having)) for concept, having in holders.items()}
        self._holders = holders
        self._shelf = lru_cache(maxsize=None)(self._read_shelf)
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
        if not pool.articles or limit < 1:
            return ()
        shelf = self._shelf(language)
        by_words = shelf.topics.search(query, pool.places, _DEPTH) if self._lexical else Found()
        # Where words answer, vectors made the first place worse, and cost most of the time of a turn.
        by_meaning, meaning_answers = ([], False) if by_words.answers else self._by_meaning(query, language, pool)
        by_concepts = self._by_concepts(concepts, pool, by_words.slugs)
        if not (by_concepts or by_words.answers or (meaning_answers and not by_words.elsewhere)):
            return ()
        near = [self._passages[position].slug for position in by_meaning]
        articles = fuse([by_words.slugs, tuple(dict.fromkeys(near)), by_concepts])
        places = [shelf.places[position] for position in by_meaning]
        found: list[Passage] = []
        terms = tokenise(query, language)
        for slug, score in articles:
            if len(found) >= limit:
                break
            # The best article gives what is said first; one passage each shows what else may be meant, if anything.
            most = limit if len(articles) == 1 else 1 if found else _FROM_THE_BEST
            for position in self._in_order(terms, shelf, pool.articles[slug], places)[:most]:
                found.append(self._passages[position].passage.model_copy(update={"score": round(score, 6)}))
        return tuple(found[:limit])

    def _in_order(
        self, terms: Sequence[str], shelf: _Shelf, positions: Sequence[int], near: Sequence[int]
    ) -> list[int]:
        """Return the passages of an article, those first that have the words or the meaning of the query."""
        own = {shelf.places[position]: position for position in positions}
        by_words = shelf.passages.rank(terms, list(own))
        fused = [own[place] for place, _ in fuse([by_words, [place for place in near if place in own]])]
        rest = sorted(
            (position for position in positions if position not in fused),
            key=lambda position: (_SECTION_ORDER.index(self._passages[position].passage.section), position),
        )
        return [*fused, *rest]

    def _by_meaning(self, query: str, language: str, pool: _Pool) -> tuple[list[int], bool]:
        if self._dense is None or self._encoder is None or language not in self._encoder.languages or not query.strip():
            return [], False
        try:
            found = self._dense.search(self._encoder.encode_query(query), pool.rows, _DEPTH)
        except Exception as error:  # torch and FAISS raise RuntimeErrors of many kinds; none may end the turn
            raise StageError(f"dense retrieval failed: {type(error).__name__}") from error
        return [position for position, _ in found], bool(found) and found[0][1] >= self._encoder.floor

    def _about(self, position: int) -> tuple[str, ...]:
        return self._passages[position].article.concepts

    def _by_concepts(self, concepts: tuple[str, ...], pool: _Pool, by_words: Sequence[str]) -> list[str]:
        places = {slug: place for place, slug in enumerate(by_words)}
        wanted = frozenset(concepts)
        # Only who holds one of them is looked at, so that a large collection costs no more than a small one.
        holding = {slug for concept in wanted for slug in self._holders.get(concept, ()) if slug in pool.articles}
        shared = {
            slug: sum(self._rarity[name] for name in sorted(wanted.intersection(self._about(pool.articles[slug][0]))))
            for slug in holding
        }
        sharing = [slug for slug, weight in shared.items() if weight]
        return sorted(sharing, key=lambda slug: (-shared[slug], places.get(slug, len(places)), slug))[:_DEPTH]

    def _read_shelf(self, language: str) -> _Shelf:
        """Index what the readers of a language can read: its own articles, others where it has none."""
        own = {item.slug for item in self._passages if item.passage.language == language}
        read = [
            position
            for position, item in enumerate(self._passages)
            if item.passage.language == language
            or (item.passage.language in nearest(language) and item.slug not in own)
        ]
        items = [self._passages[position] for position in read]
        return _Shelf(
            TopicIndex(items, self._topics, language),
            LexicalIndex([tokenise(item.passage.text, language) for item in items]),
            {position: place for place, position in enumerate(read)},
        )

    def _select(self, language: str, audience: str, today: date) -> _Pool:
        articles: dict[str, list[int]] = {}
        for position in self._shelf(language).places:
            item = self._passages[position]
            signed = item.article.status == "signed" or not self._signed_only
            if item.suits(audience) and today <= item.article.reviewed.next and signed:
                articles.setdefault(item.slug, []).append(position)
        allowed = {position for positions in articles.values() for position in positions}
        places = self._shelf(language).topics.places(articles)
        return _Pool(articles, places, None if self._dense is None else self._dense.select(allowed))


def build_index(articles: Iterable[Article], folder: Path, encoder: Encoder) -> int:
    """Encode the passages of all articles into `folder` and return how many there are.

    Raises:
        ConfigurationError: A library is missing, or there are no articles.
    """
    passages = split_articles(articles)
    write_dense_index(passages, folder, encoder)
    return len(passages)


def open_retriever(
    articles: Iterable[Article],
    folder: Path | None,
    encoder: Encoder | None,
    *,
    topics: Topics | None = None,
    signed_only: bool = False,
) -> HybridRetriever:
    """Return the retriever over these articles: BM25, with vectors when encoder, FAISS and index are there.

    Args:
        articles: All articles.
        folder: Where `build_index` wrote the vectors.
        encoder: None for BM25 only.
        topics: Patients' words for the topics of articles.
        signed_only: Quote only what a clinician has signed.

    Raises:
        ConfigurationError: The index is missing or stale; the message says to run `salama content index`.
    """
    passages = split_articles(articles)
    if encoder is None or folder is None or not can_search_vectors() or not passages:
        return HybridRetriever(passages, topics=topics, signed_only=signed_only)
    dense = open_dense_index(passages, folder, encoder)
    return HybridRetriever(passages, topics=topics, dense=dense, encoder=encoder, signed_only=signed_only)


def can_search_vectors() -> bool:
    """Whether the libraries of dense retrieval are installed; nothing heavy is imported to find out."""
    try:
        return all(importlib.util.find_spec(name) is not None for name in ("faiss", "sentence_transformers", "torch"))
    except ImportError:
        return False
