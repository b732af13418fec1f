"""Somebody else to whom a conversation turns ("now me, not my son"), whose danger signs count beside the first's."""

from __future__ import annotations

from collections.abc import Container, Mapping

from knowledge.loader import Knowledge
from knowledge.vocabulary import Experiencer, Polarity, Temporality
from triage.encounter import Encounter, Subject
from triage.findings import FindingExtractor
from triage.findings.people import Side
from triage.gathering import FactsBuilder
from triage.language import identify
from triage.red_flags import RuleSet
from triage.types import Extraction, RedFlagHit


def tells_of_another(encounter: Encounter, extraction: Extraction, no_telling: Container[str]) -> bool:
    """Whether a message tells what somebody else has now than the one whom the encounter was about so far.

    Args:
        encounter: The encounter before the message.
        extraction: What the message says.
        no_telling: Concepts that tell no illness.
    """
    so_far = encounter.subject.is_author
    if so_far is None or extraction.subject is None or so_far == (extraction.subject == "self"):
        return False
    return any(
        item.concept not in no_telling
        and item.polarity is Polarity.AFFIRMED
        and item.temporality is Temporality.CURRENT
        and (item.experiencer is Experiencer.SUBJECT) is not so_far
        for item in extraction.findings
    )


class SecondPerson:
    """Reads what was told since a conversation turned to somebody else, as if it were told of them alone.

    The first person's facts and questions go on as they were, so nothing that was told of them is lost; of the second
    only emergencies count, which raise the advice.

    Args:
        knowledge: The content.
        extractor: Reads messages by their words.
        facts: Builds facts.
        rules: The danger signs.
    """

    def __init__(self, knowledge: Knowledge, extractor: FindingExtractor, facts: FactsBuilder, rules: RuleSet) -> None:
        self._lexicons = knowledge.lexicons
        self._extractor = extractor
        self._facts = facts
        self._rules = rules

    def hits(self, encounter: Encounter, written: Mapping[int, str]) -> tuple[RedFlagHit, ...]:
        """Return the emergencies of the second person, if there is one.

        Args:
            encounter: The encounter with the latest message learnt.
            written: The patient's own messages by the number of their turn.
        """
        if not encounter.another_since:
            return ()
        apart = self._alone(
            encounter, {turn: text for turn, text in written.items() if text and turn >= encounter.another_since}
        )
        return tuple(hit for hit in self._rules.hits(self._facts.build(apart)) if hit.disposition.is_emergency)

    def _alone(self, encounter: Encounter, written: Mapping[int, str]) -> Encounter:
        """Return an encounter with the second person's messages alone."""
        writes = not encounter.subject.is_author
        apart = Encounter(language=encounter.language, country=encounter.country, subject=Subject(is_author=writes))
        side: Side = "self" if writes else "other"
        for turn, text in written.items():
            language = identify(text, encounter.language, self._lexicons)
            told = self._extractor.extract(text, language, turn=turn, subject=side, page_language=encounter.language)
            apart.findings += told.findings
            apart.quantities += told.quantities
        return apart
