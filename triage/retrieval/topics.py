"""Which articles a query is about, by its words, and whether it is about anything of ours at all."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from knowledge.vocabulary import nearest
from triage.retrieval.lexical import LexicalIndex
from triage.retrieval.passages import IndexedPassage
from triage.retrieval.words import tokenise

Topics = Mapping[str, Mapping[str, Sequence[str]]]
"""By language and slug: patients' words for a topic. Slugs that begin with `other.` are no matter of ours."""

TITLE_STRENGTH, TITLE_SHARE = 0.55, 0.25
"""An article answers by its words when its title or keywords have one of them, it is at least so strong (about half of
what one rare word brings), and it has at least so much of the query."""

TEXT_STRENGTH, TEXT_SHARE = 1.2, 0.5
"""Without a word of the title it must reach both. A rare word in a query about something else is no answer."""

_OTHER = "other."
_TITLE_WEIGHT = 2
"""Title and keywords count as if they stood there twice."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a query is about."""

    slugs: tuple[str, ...] = ()
    """Slugs of articles, best first."""
    answers: bool = False
    """Whether the first of them may be shown as an answer."""
    elsewhere: bool = False
    """Whether the query is rather about something that is no matter of ours."""


class TopicIndex:
    """BM25 over whole articles for the readers of one written form; translations are one topic.

    A query is short and its words are spread over an article, so whole articles are found more surely than passages.
    """

    def __init__(self, passages: Iterable[IndexedPassage], topics: Topics, form: str) -> None:
        """Index the articles that readers of a form can read.

        Args:
            passages: Those that they can read, in the order of their ids.
            topics: Patients' words.
            form: Written form.
        """
        self._form = form
        self._known = _readable(topics, form)
        heads: dict[str, list[str]] = {}
        bodies: dict[str, list[str]] = {}
        for item in passages:
            if item.slug not in heads:
                heads[item.slug] = self._terms(item.topic, *self._known.get(item.slug, ()))
            bodies.setdefault(item.slug, []).extend(self._terms(item.passage.text))
        for slug, words in self._known.items():
            if slug.startswith(_OTHER):
                heads[slug], bodies[slug] = self._terms(*words), []
        self._slugs = sorted(heads)
        self._heads = [frozenset(heads[slug]) for slug in self._slugs]
        self._index = LexicalIndex([heads[slug] * _TITLE_WEIGHT + bodies[slug] for slug in self._slugs])

    def _terms(self, *texts: str) -> list[str]:
        return tokenise(" , ".join(texts), self._form)

    def places(self, allowed: Container[str]) -> frozenset[int]:
        """Return the places of articles that may be found, in the form that `search` wants; worth keeping."""
        return frozenset(place for place, slug in enumerate(self._slugs) if slug in allowed or slug.startswith(_OTHER))

    def search(self, query: str, places: Container[int], limit: int) -> Found:
        """Return the articles that have the words of a query.

        Args:
            query: Any text.
            places: What `places` returned.
            limit: At most this many.
        """
        terms = self._index.nearest(dict.fromkeys(self._terms(query)))
        found = self._index.search(terms, places, limit)
        if not found:
            return Found()
        best, strength = found[0]
        share = self._index.coverage(terms, best)
        titled = strength >= TITLE_STRENGTH and share >= TITLE_SHARE and not self._heads[best].isdisjoint(terms)
        slugs = tuple(self._slugs[place] for place, _ in found)
        elsewhere = slugs[0].startswith(_OTHER)
        return Found(
            slugs=tuple(slug for slug in slugs if not slug.startswith(_OTHER)),
            answers=not elsewhere and (titled or (strength >= TEXT_STRENGTH and share >= TEXT_SHARE)),
            elsewhere=elsewhere,
        )


def _readable(topics: Topics, form: str) -> dict[str, list[str]]:
    """Return the words for each topic in the forms that help; Latin Darija is found by its Arabic spelling."""
    found: dict[str, list[str]] = {}
    spellings = ("ary",) if form == "ary-Latn" else ()
    for tag in dict.fromkeys((form, *spellings, *nearest(form))):
        for slug, words in topics.get(tag, {}).items():
            found.setdefault(slug, []).extend(words)
    return found
