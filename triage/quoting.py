"""What vetted articles say, word for word, with the sources behind it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from knowledge.loader import Knowledge
from knowledge.protocols import ByArticle
from knowledge.schema import Article
from knowledge.vocabulary import nearest
from triage.asked_back import told_by
from triage.types import Citation, Passage, RedFlagHit, Sentence, now

MOST_SENTENCES = 4

_SENTENCE_END = re.compile(r"(?<=[.!?؟])\s+")


class Quoting:
    """Quotes the articles of complaints and of what was found, and cites their sources and those of rules."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._articles = {article.id: article for article in knowledge.articles}

    def article(self, protocols: Sequence[str], language: str) -> Article | None:
        """Return the article of the first complaint that has one in date that the patient can be taken to read."""
        for tag in nearest(language):
            for name in protocols:
                protocol = self._knowledge.protocols.get(name)
                found = self._articles.get(f"{protocol.article}.{tag}") if protocol and protocol.article else None
                if found is not None and now().date() <= found.reviewed.next:
                    return found
        return None

    def sentences(self, article: Article | None) -> tuple[Sentence, ...]:
        """Return what can be done at home, as reviewed sentences with their citations."""
        if article is None:
            return ()
        return tuple(Sentence(text=text, citations=(f"{article.id}#do",)) for text in _said(article, "do"))[
            :MOST_SENTENCES
        ]

    def passage(self, article: Article, section: str) -> Passage:
        """Return all that an article says under one heading, such as what can be done at home.

        Args:
            article: The article of the complaint.
            section: Name of the heading, such as `do`.
        """
        return Passage(
            id=f"{article.id}#{section}",
            article_id=article.id,
            title=article.title,
            section=section,
            text=" ".join(_said(article, section)),
            language=article.language,
            sources=article.sources,
        )

    def quote(self, passages: Sequence[Passage]) -> tuple[Sentence, ...]:
        """Return what can be done, word for word with its citation, from the article that fits best.

        Advice of another article would answer another question, even when it ranks above the rest of the best one.
        """
        article = self.article_of(passages)
        if article is None:
            return ()
        best = next(
            (item for item in passages if item.section == "do" and item.article_id == article.id),
            self.passage(article, "do"),
        )
        sentences = (text.strip() for text in _SENTENCE_END.split(best.text))
        return tuple(Sentence(text=text, citations=(best.id,)) for text in sentences if text)[:MOST_SENTENCES]

    def information(
        self, passages: Sequence[Passage], *, signs: bool = False, asked: ByArticle | None = None
    ) -> tuple[Sentence, ...]:
        """Return what an article says to a question: the best passage, what to do, and when to get help at once.

        Args:
            passages: What was found, best first.
            signs: The question is how to recognise something; that is what "get help now if" says.
            asked: What is asked, if it is known; then nothing that answers it is left out, and nothing else is said.
        """
        article = self.article_of(passages)
        if article is None:
            return ()
        best = passages[0]
        about, do, emergency = (
            [(text, f"{article.id}#{kind}") for text in _said(article, kind)] for kind in ("about", "do", "emergency")
        )
        if asked is not None:
            told = [(text, f"{article.id}#{kind}") for kind, texts in told_by(article, asked).items() for text in texts]
        elif best.section == "spread":
            told = [(text, best.id) for text in _said(article, "spread")]
        elif signs:
            told = [*about[:1], *emergency[: MOST_SENTENCES - 1]]
        else:
            found = [(text, best.id) for text in _SENTENCE_END.split(best.text) if text]
            # What to avoid answers nothing before it is said what to do.
            told = found if best.section == "do" else [*found, *do] if best.section == "about" else do
            told = [*told[: MOST_SENTENCES - 1], *emergency[:1]]
        return tuple(Sentence(text=text, citations=(name,)) for text, name in dict(told).items())

    def article_of(self, passages: Sequence[Passage]) -> Article | None:
        """Return the article that was found first."""
        return self._articles.get(passages[0].article_id) if passages else None

    def citations(
        self, sentences: Iterable[Sentence], passages: Sequence[Passage], hits: Sequence[RedFlagHit]
    ) -> tuple[Citation, ...]:
        """Return the sources behind sentences and deciding rules, each once."""
        by_id = {passage.id: passage.sources for passage in passages}
        found: dict[str, Citation] = {}
        cited = dict.fromkeys(name for sentence in sentences for name in sentence.citations)
        for name in cited:
            article = self._articles.get(name.split("#")[0])
            self._cite(found, name, by_id.get(name) or (article.sources if article else ()))
        for hit in hits:
            rule = self._knowledge.rules_by_id.get(hit.rule_id)
            if rule is not None:
                self._cite(found, hit.rule_id, rule.sources)
        return tuple(found.values())

    def _cite(self, found: dict[str, Citation], name: str, sources: Iterable[str]) -> None:
        for source_id in sources:
            source = self._knowledge.sources[source_id]
            found.setdefault(
                source_id, Citation(id=name, title=source.title, publisher=source.publisher, url=source.url)
            )


def _said(article: Article, kind: str) -> list[str]:
    """Return the sentences of all sections of one kind."""
    return [text for section in article.sections if section.kind == kind for text in section.sentences]
