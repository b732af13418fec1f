"""The fixed sentences that answer requests and danger that has come up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from knowledge.loader import Knowledge
from knowledge.protocols import Line, Situation, Variant
from triage.encounter import Encounter
from triage.facts import DAYS_PER_YEAR, Facts
from triage.requests import Notice
from triage.types import Assessment

MOST_NOTICES = 2
_MOST_WORDS = 4
"""Most of the patient's own words that are said back at once."""
_OF_SAFETY = {"mental", "safeguarding"}
"""Domains of rules whose danger no examination rules out."""
_LONGEST_WORDS = 80
"""Most letters that are said back of one thing told."""


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
        self, encounter: Encounter, facts: Facts, requests: tuple[str, ...], assessment: Assessment, *, asking: bool
    ) -> tuple[Notice, ...]:
        """Return at most two sentences as (text key, values), danger first.

        Args:
            encounter: The encounter before this turn is stored.
            facts: Its facts.
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
        lines = {item.request: item for item in self._table.lines}
        abroad = any(name in lines and _is_abroad(lines[name]) for name in requests)
        for name in urgent or requests:
            while_asking = self._table.while_asking.get(name) if asking else None
            line = lines.get(name)
            if line is not None and abroad and not (_is_abroad(line) or line.kinds):
                # "Which number in Dakar?" is not about the country of the page.
                continue
            if line is not None:
                found |= dict([self._line(line, encounter)])
            elif name in self._table.reasons:
                found |= dict([_reasons(assessment)])
            else:
                for key in (while_asking,) if while_asking is not None else self._answer(name, facts, assessment):
                    found.setdefault(key, {})
        return tuple(found.items())

    def is_farewell(self, requests: tuple[str, ...]) -> bool:
        """Whether a message thanks or says goodbye."""
        return any(name in self._table.while_asking for name in requests)

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

    def _line(self, line: Line, encounter: Encounter) -> Notice:
        """Return the sentence that names a telephone number, or owns that none is known."""
        services = None if line.elsewhere else self._services.get(line.country or encounter.country or "")
        if services is None:
            return line.otherwise, {}
        if not line.kinds:
            return line.say, {"line": services.emergency}
        for kind in line.kinds:
            for number in services.numbers:
                if number.kind == kind and number.confirmed:
                    return line.say, {"line": number.number}
        return line.otherwise, {}

    def _answer(self, request: str, facts: Facts, assessment: Assessment) -> tuple[str, ...]:
        for variant in self._table.variants:
            if request in variant.requests and _applies(variant, facts, assessment):
                return variant.say
        say = self._concepts[request].say
        return () if say is None else (say,)


def _is_abroad(line: Line) -> bool:
    return line.elsewhere or line.country is not None


def _holds(situation: Situation, assessment: Assessment) -> bool:
    hits = {hit.rule_id for hit in assessment.hits}
    return not hits.isdisjoint(situation.rules) or not set(assessment.protocols).isdisjoint(situation.protocols)


def _applies(variant: Variant, facts: Facts, assessment: Assessment) -> bool:
    level = assessment.disposition
    if not (level in variant.levels if variant.levels else level.is_emergency):
        return False
    if variant.under_years is not None and facts.age_days[1] > variant.under_years * DAYS_PER_YEAR:
        return False
    if variant.present and facts.present.keys().isdisjoint(variant.present):
        return False
    return not variant.rules or any(hit.rule_id in variant.rules for hit in assessment.hits)


def _reasons(assessment: Assessment) -> Notice:
    """Return why the advice is what it is: the patient's own words that weigh."""
    urgent = assessment.disposition.is_emergency
    weighing = assessment.deciding or assessment.hits
    texts = [item.text.strip(" .,;:!?؟،") for hit in weighing for item in hit.because]
    words = [text for text in dict.fromkeys(texts) if text and len(text) <= _LONGEST_WORDS]
    apart = [one for one in words if not any(one != other and one in other for other in words)][:_MOST_WORDS]
    if not apart:
        return ("why_whole" if urgent else "why_calm"), {}
    if {hit.rule_id.split(".")[0] for hit in weighing} <= _OF_SAFETY:
        return "why_safe", {"words": " … ".join(apart)}
    return ("why_urgent" if urgent else "why_seen"), {"words": " … ".join(apart)}
