"""The fixed sentences that answer requests and danger that has come up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from knowledge.loader import Knowledge
from knowledge.protocols import Situation, Variant
from triage.encounter import Encounter
from triage.requests import Notice
from triage.types import Assessment

MOST_NOTICES = 2


class RequestReplies:
    """Chooses the fixed sentences for requests and for danger that has come up.

    Args:
        knowledge: The content.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self._table = knowledge.requests
        self._concepts = knowledge.concepts
        self._services = knowledge.services

    def notices(
        self, encounter: Encounter, requests: tuple[str, ...], assessment: Assessment, *, asking: bool
    ) -> tuple[Notice, ...]:
        """Return at most two sentences as (text key, values), danger first.

        Args:
            encounter: The encounter before this turn is stored.
            requests: What the message asks for.
            assessment: What the rules say of it.
            asking: Whether a question of ours follows.
        """
        found: dict[str, Mapping[str, object]] = {}
        before = encounter.turns[-1].assessment if encounter.turns else None
        for situation in self._table.situations:
            anew = before is None or not _holds(situation, before) or bool(set(situation.requests) & set(requests))
            if anew and _holds(situation, assessment):
                found |= dict(self._situation(situation, encounter))
        # Who asks for a way to come to harm is answered to that, and to nothing else.
        urgent = [name for name in requests if any(name in item.requests for item in self._table.situations)]
        for name in urgent or requests:
            while_asking = self._table.while_asking.get(name) if asking else None
            for key in (while_asking,) if while_asking is not None else self._answer(name, assessment):
                found.setdefault(key, {})
        return tuple(found.items())

    def then(self, encounter: Encounter, assessment: Assessment) -> tuple[str, ...]:
        """Return the keys of what is said in turn to who writes on in a situation that has such words."""
        if encounter.subject.is_author is False:
            return ()
        return next((item.then for item in self._table.situations if item.then and _holds(item, assessment)), ())

    def _situation(self, situation: Situation, encounter: Encounter) -> Iterator[Notice]:
        about_other = encounter.subject.is_author is False
        for key in situation.other if about_other and situation.other else situation.say:
            yield key, {}
        if situation.line_text is None or situation.no_line_text is None:
            return
        services = self._services.get(encounter.country or "")
        for number in services.numbers if services else ():
            if number.kind == situation.line and number.confirmed:
                name = number.name.get(encounter.language) or number.name["en"]
                yield situation.line_text, {"name": name, "number": number.number}
                return
        yield situation.no_line_text, {}

    def _answer(self, request: str, assessment: Assessment) -> tuple[str, ...]:
        if assessment.disposition.is_emergency:
            for variant in self._table.variants:
                if variant.request == request and _applies(variant, assessment):
                    return variant.say
        say = self._concepts[request].say
        return () if say is None else (say,)


def _holds(situation: Situation, assessment: Assessment) -> bool:
    hits = {hit.rule_id for hit in assessment.hits}
    return not hits.isdisjoint(situation.rules) or not set(assessment.protocols).isdisjoint(situation.protocols)


def _applies(variant: Variant, assessment: Assessment) -> bool:
    return not variant.rules or any(hit.rule_id in variant.rules for hit in assessment.hits)
