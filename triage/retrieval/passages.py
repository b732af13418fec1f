"""Cutting articles into passages: a few sentences of one section, small enough to cite and to be read at a glance."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from knowledge.schema import Article
from triage.types import Passage

SENTENCES_PER_PASSAGE = 3
"""Three short sentences are one piece of advice; a longer passage would support sentences it does not mean."""


@dataclass(frozen=True, slots=True)
class IndexedPassage:
    """A passage with its article, which decides whether it may be shown to this patient."""

    passage: Passage
    article: Article

    @property
    def slug(self) -> str:
        """What the translations of one article have in common."""
        return self.article.slug

    @property
    def topic(self) -> str:
        """What the article is about: its title, and the patients' own words for it."""
        return ", ".join((self.article.title, *self.article.keywords))

    @property
    def text(self) -> str:
        """What the indexes read: the topic counts as part of each passage."""
        return f"{self.topic}. {self.passage.text}"

    def suits(self, audience: str) -> bool:
        """Whether the article is for everybody or for exactly these people.

        Somebody of unknown age gets only what suits everybody: advice for adults can harm a child, and the other way
        round. `everybody` stands for a question about a subject, which nobody in particular asks for themselves.
        """
        return audience == "everybody" or self.article.audience in ("any", audience)


def split_articles(articles: Iterable[Article]) -> tuple[IndexedPassage, ...]:
    """Cut articles into passages, in the order of their ids and sections.

    Sections of one kind share a count, so ids like `chest-pain.en#do-2` are unique, and every passage of a section has
    nearly the same number of sentences.
    """
    found: list[IndexedPassage] = []
    for article in sorted(articles, key=lambda article: article.id):
        counts: dict[str, int] = {}
        for section in article.sections:
            for sentences in _even_parts(section.sentences):
                counts[section.kind] = counts.get(section.kind, 0) + 1
                passage = Passage(
                    id=f"{article.id}#{section.kind}-{counts[section.kind]}",
                    article_id=article.id,
                    title=article.title,
                    section=section.kind,
                    text=" ".join(sentences),
                    language=article.language,
                    sources=article.sources,
                )
                found.append(IndexedPassage(passage, article))
    return tuple(found)


def _even_parts(sentences: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
    count = ceil(len(sentences) / SENTENCES_PER_PASSAGE)
    start = 0
    for number in range(count):
        end = start + ceil((len(sentences) - start) / (count - number))
        yield sentences[start:end]
        start = end
