"""The reply that needs no language model: reviewed sentences, always available.

Every sentence comes from `replies/<language>.yaml`, from a question, or from a vetted article with its citation.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from itertools import chain

from knowledge.loader import Knowledge
from knowledge.protocols import ByArticle, Question
from knowledge.schema import Article, Replies, Services
from knowledge.vocabulary import Disposition, nearest
from triage.asked_back import told_by
from triage.gestalt import WHOLE
from triage.pictured import all_told
from triage.types import (
    AnswerOption,
    AskedQuestion,
    Assessment,
    Card,
    Citation,
    Passage,
    RedFlagHit,
    Reply,
    Sentence,
    now,
)

INQUIRY = "inquiry"
"""Id of the check that follows information: is anybody ill now?"""
MOST_REASONS = 4
MOST_ADVICE = 4
MOST_SENTENCES = 4
MOST_SAFETY_NET = 4

_SENTENCE_END = re.compile(r"(?<=[.!?؟])\s+")
LINES = {"poisoning": "poison", "mental": "suicide_helpline", "safeguarding": "child_protection"}
"""Kind of telephone line that goes with a domain of rules."""


class Wording:
    """Writes cards, questions and reviewed replies in the patient's language."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._articles = {article.id: article for article in knowledge.articles}
        self._rules = {rule.id: rule for rule in knowledge.rules}
        self.pictured = frozenset(chain.from_iterable(all_told(each.text) for each in knowledge.replies.values()))
        """What a tapped picture of the body says: our words, not the patient's."""

    def text(self, key: str, language: str, country: str | None = None, **values: object) -> str:
        """Return a fixed sentence with the emergency number of the country filled in.

        Args:
            key: Key of `text` in `replies/<language>.yaml`.
            language: Written form.
            country: Two letters; None when unknown.
            values: Further placeholders.
        """
        replies = self._knowledge.say(language)
        if country not in self._knowledge.services and f"{key}_unknown_country" in replies.text:
            key = f"{key}_unknown_country"
        return replies.text[key].format(**{"number": self._number(replies, country), **values})

    def card(self, assessment: Assessment, language: str, country: str | None, article: Article | None) -> Card:
        """Return the advice of a turn in fixed words."""
        replies = self._knowledge.say(language)
        level = assessment.disposition
        words = {key: self._fill(text, replies, country) for key, text in replies.cards[level.name.lower()].items()}
        deciding = assessment.deciding
        services = self._knowledge.services.get(country or "")
        keys = tuple(dict.fromkeys(key for hit in deciding for key in hit.advice))[:MOST_ADVICE]
        return Card(
            disposition=level,
            heading=words["heading"],
            action=words["action"],
            when=words["when"],
            number=services.emergency if services else None,
            number_label=self.text("call_button", language, country) if services else None,
            reasons=self.reasons(deciding, language),
            advice=tuple(self._fill(replies.advice[key], replies, country) for key in keys),
            advice_keys=keys,
            safety_net=() if level.is_emergency else self._safety_net(replies, article, language, country),
            numbers=self._lines(deciding, services, language),
        )

    def reasons(self, hits: Iterable[RedFlagHit], language: str) -> tuple[str, ...]:
        """Return what the patient told us that makes rules hold, in short words."""
        evidence = dict.fromkeys(item.concept for hit in hits for item in hit.because)
        labels = (self._reason(concept, language) for concept in evidence)
        return tuple(dict.fromkeys(label for label in labels if label))[:MOST_REASONS]

    def _reason(self, concept: str, language: str) -> str:
        if concept == WHOLE:
            return self._knowledge.say(language).text["whole_message"]
        base = concept.removesuffix(".ongoing")
        return self._knowledge.label(base, language) if base in self._knowledge.concepts else ""

    def question(self, question: Question, language: str, remaining: int, known: Container[str] = ()) -> AskedQuestion:
        """Return a question with its chips as the patient sees it; what they told us already is not offered again."""
        text = self._knowledge.say(language).text
        if question.choices:
            options = [
                AnswerOption(label=_in(choice.label, language), value=f"choice:{index}")
                for index, choice in enumerate(question.choices)
            ]
        elif len(question.options) > 1:
            options = [
                AnswerOption(label=self._knowledge.label(concept, language), value=f"option:{concept}")
                for concept in question.options
                if concept not in known
            ]
            options.append(AnswerOption(label=text["none_of_these"], value="none"))
        elif question.options:
            options = [AnswerOption(label=text["yes"], value="yes"), AnswerOption(label=text["no"], value="no")]
        else:
            options = []
        options.append(AnswerOption(label=text["not_sure"], value="unsure"))
        return AskedQuestion(
            id=question.id,
            text=_in(question.ask, language),
            why=_in(question.why, language),
            options=tuple(options),
            remaining=remaining,
        )

    def retraction(self, concepts: Sequence[str], language: str) -> AskedQuestion:
        """Return the read-back of findings that the patient seems to take back."""
        text = self._knowledge.say(language).text
        ask = text["retract_ask"].format(label=", ".join(self._knowledge.label(name, language) for name in concepts))
        options = (
            AnswerOption(label=text["retract_yes"], value="yes"),
            AnswerOption(label=text["retract_no"], value="no"),
        )
        return AskedQuestion(id=f"retract:{concepts[0]}", text=ask, why=text["emergency_stays"], options=options)

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

    def inquiry(self, language: str) -> AskedQuestion:
        """Return the gentle check that follows information."""
        text = self._knowledge.say(language).text
        options = (AnswerOption(label=text["yes"], value="yes"), AnswerOption(label=text["no"], value="no"))
        return AskedQuestion(id=INQUIRY, text=text["information_check"], why=text["information_why"], options=options)

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
            if hit.rule_id in self._rules:
                self._cite(found, hit.rule_id, self._rules[hit.rule_id].sources)
        return tuple(found.values())

    def _cite(self, found: dict[str, Citation], name: str, sources: Iterable[str]) -> None:
        for source_id in sources:
            source = self._knowledge.sources[source_id]
            found.setdefault(
                source_id, Citation(id=name, title=source.title, publisher=source.publisher, url=source.url)
            )

    def failure(self, language: str, country: str | None) -> Reply:
        """Return the fixed safe reply for a turn in which the engine itself failed."""
        replies = self._knowledge.say(language)
        words = {key: self._fill(text, replies, country) for key, text in replies.cards["today"].items()}
        return Reply(
            card=Card(disposition=Disposition.TODAY, number=None, number_label=None, **words),
            notices=(self.text("failure", language, country),),
            urgent_help=self.text("urgent_help", language, country),
        )

    def _safety_net(
        self, replies: Replies, article: Article | None, language: str, country: str | None
    ) -> tuple[str, ...]:
        lead = self.text("safety_net_lead", language, country)
        signs: list[str] = []
        if article is not None:
            for section in article.sections:
                if section.kind in ("emergency", "see_someone"):
                    signs += section.sentences[:2]
        if not signs:
            signs = [replies.text[f"safety_net_{key}"] for key in ("worse", "breathing", "faint", "worry")]
        return (lead, *signs[:MOST_SAFETY_NET])

    def _lines(
        self, hits: Sequence[RedFlagHit], services: Services | None, language: str
    ) -> tuple[tuple[str, str], ...]:
        if services is None:
            return ()
        kinds = {LINES[domain] for hit in hits if (domain := hit.rule_id.split(".")[0]) in LINES}
        return tuple(
            (_in(number.name, language), number.number)
            for number in services.numbers
            if number.kind in kinds and number.confirmed
        )

    def _number(self, replies: Replies, country: str | None) -> str:
        services = self._knowledge.services.get(country or "")
        return services.emergency if services else replies.text["unknown_number"]

    def _fill(self, text: str, replies: Replies, country: str | None) -> str:
        return text.replace("{number}", self._number(replies, country))


def _said(article: Article, kind: str) -> list[str]:
    """Return the sentences of all sections of one kind."""
    return [text for section in article.sections if section.kind == kind for text in section.sentences]


def _in(text: dict[str, str], language: str) -> str:
    return text.get(language) or text["en"]
