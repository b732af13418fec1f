"""Which passages a turn needs: those that answer a question for information, and those that support the advice."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.protocols import ByArticle
from knowledge.vocabulary import Temporality, nearest
from triage.asked_back import told_by
from triage.encounter import Encounter
from triage.facts import DAYS_PER_YEAR, Facts
from triage.gathering import FactsBuilder
from triage.heard import Heard
from triage.interview import Interview
from triage.levels import UNCLEAR
from triage.quoting import Quoting
from triage.retrieval import Retriever
from triage.types import Finding, Passage, Reply

MOST_PASSAGES = 5
_GROWN = 16 * DAYS_PER_YEAR
"""Days of age from which articles for adults suit."""


class Library:
    """Looks things up for a turn.

    Args:
        quoting: Knows the article that goes with a complaint.
        facts: Builds facts.
        interview: Knows the complaints that are open.
        retriever: Finds passages, if anything does.
    """

    def __init__(
        self, quoting: Quoting, facts: FactsBuilder, interview: Interview, retriever: Retriever | None
    ) -> None:
        self._quoting = quoting
        self._facts = facts
        self._interview = interview
        self.retriever = retriever

    def answering(self, encounter: Encounter, heard: Heard, text: str) -> tuple[Passage, ...]:
        """Return what answers a question for information: by the patient's own words, or else by what they name.

        A question about a subject names nobody, so articles for every reader may answer it, except that a child or a
        pregnant woman who is spoken of gets what suits them, and so does who has told a complaint of their own.

        Args:
            encounter: The encounter before this message.
            heard: What the message says.
            text: The scrubbed message.
        """
        if heard.tapped is not None:
            return ()
        language = heard.language or encounter.language
        if heard.by_article is not None:
            return self._under(heard.by_article, encounter, heard, language)
        if self.retriever is None or not heard.information:
            return ()
        named = tuple(dict.fromkeys(item.concept for item in heard.findings))
        aside = heard.subject == "other" or "pregnant" in named
        facts = self._told(encounter, heard, heard.findings)
        audience = _audience(facts, otherwise="everybody" if aside or not encounter.findings else "adult")
        found = self.retriever.retrieve(text, language, concepts=(), audience=audience, limit=MOST_PASSAGES)
        if not found and named:
            found = self.retriever.retrieve(text, language, concepts=named, audience=audience, limit=MOST_PASSAGES)
        return found

    def _under(self, asked: ByArticle, encounter: Encounter, heard: Heard, language: str) -> tuple[Passage, ...]:
        """Return what the article of a complaint, told or only named in the question, says to a question."""
        named = [item.model_copy(update={"temporality": Temporality.CURRENT}) for item in heard.findings]
        facts = self._told(encounter, heard, named)
        if facts.is_some_child:
            # "Can my son eat?" is not answered from what is for grown-ups.
            facts.age_days = (0.0, min(facts.age_days[1], _GROWN - 1))
        complaints = self._interview.open_protocols(facts)
        articles = [self._quoting.article([item.id], tag) for item in complaints for tag in nearest(language)]
        if self.retriever is not None and heard.topic and named and not encounter.findings:
            # A question tells no age: that it is about a baby, only its words say.
            concepts = tuple(dict.fromkeys(item.concept for item in named))
            audience = _audience(facts, otherwise="everybody")
            found = self.retriever.retrieve(heard.topic, language, concepts=concepts, audience=audience, limit=1)
            articles = [self._quoting.article_of(found), *articles]
        for article in articles:
            kinds = told_by(article, asked) if article is not None else {}
            if article is not None and kinds:
                return tuple(self._quoting.passage(article, name) for name in kinds)
        return ()

    def _told(self, encounter: Encounter, heard: Heard, findings: Sequence[Finding]) -> Facts:
        """Return the facts with some findings and the quantities of a message that is not learnt yet."""
        said = {
            "findings": [*encounter.findings, *findings],
            "quantities": [*encounter.quantities, *heard.quantities],
        }
        return self._facts.build(encounter.model_copy(update=said))

    def supporting(self, encounter: Encounter, facts: Facts, reply: Reply, *, worded: bool) -> tuple[Passage, ...]:
        """Return what supports the advice, when a model may word it or no article goes with the complaint.

        Args:
            encounter: The encounter with this turn.
            facts: Its facts.
            reply: The reply in fixed words.
            worded: Whether a model may word it.
        """
        emergency = reply.card is None or reply.card.disposition.is_emergency
        if self.retriever is None or emergency or not (worded or not reply.sentences):
            return ()
        complaints = self._interview.open_protocols(facts)
        if complaints[0].id == UNCLEAR:
            # where no complaint was understood, an article would be a guess
            return ()
        language = encounter.language
        titles = [item.title.get(language, "") for item in complaints if item.article is not None]
        words = [finding.text for finding in facts.present.values()]
        found = self.retriever.retrieve(
            # of what was written the longest message tells most: the last one is mostly an answer ("no")
            " ".join(dict.fromkeys([*titles, *words, max(encounter.own_words, key=len, default="")])),
            language,
            concepts=tuple(facts.present),
            audience=_audience(facts, otherwise="adult"),
            limit=MOST_PASSAGES,
        )
        article = self._quoting.article([item.id for item in complaints], language)
        if article is None or article.language != language:
            return found
        return (self._quoting.passage(article, "do"), *(item for item in found if item.section != "do"))


def _audience(facts: Facts, *, otherwise: str) -> str:
    """Return whom articles must suit, as far as it is known."""
    if "pregnant" in facts.present:
        return "pregnancy"
    return "child" if facts.age_days[1] < _GROWN else otherwise
