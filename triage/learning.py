"""Taking what was heard into the encounter; a confirmed retraction is the only way down."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.vocabulary import Disposition
from triage.encounter import Encounter, Retraction
from triage.gathering import FactsBuilder
from triage.heard import Heard
from triage.red_flags import RuleSet
from triage.types import Quantity


def learn(encounter: Encounter, heard: Heard, facts: FactsBuilder, rules: RuleSet, *, informed: bool = False) -> None:
    """Change an encounter by what a message says.

    Args:
        encounter: The encounter before this message.
        heard: What the message says.
        facts: Builds facts, to find the floor that remains after a retraction.
        rules: The danger signs.
        informed: Whether an article answers the message.
    """
    encounter.language = heard.language or encounter.language
    if encounter.pending not in heard.ask_again:
        # Whoever now answers what they did not know before does know it.
        encounter.unsure = [name for name in encounter.unsure if name != encounter.pending]
        encounter.passed_over = [name for name in encounter.passed_over if name != encounter.pending]
    encounter.unsure += heard.unsure
    encounter.passed_over += heard.passed_over
    encounter.asked = [name for name in encounter.asked if name not in heard.ask_again]
    encounter.pending, encounter.changing = None, False
    encounter.asked_back = heard.asked_back
    idle = encounter.idle
    encounter.small_talk = heard.small_talk and idle and not encounter.inquiry
    # "Thanks" after an answer tells nobody ill either.
    goes_on = encounter.inquiry and heard.small_talk
    encounter.inquiry = idle and (goes_on or (heard.inquiry and (informed or heard.silent)))
    if encounter.inquiry:
        # A mere question tells neither who may be ill later nor how old they are.
        encounter.findings += heard.findings
        return
    if heard.subject is not None and encounter.subject.is_author is None:
        encounter.subject = encounter.subject.model_copy(update={"is_author": heard.subject == "self"})
    if heard.sex is not None and encounter.subject.sex is None:
        encounter.subject = encounter.subject.model_copy(update={"sex": heard.sex})
    if heard.of_another and not encounter.another_since:
        encounter.another_since = len(encounter.turns) + 1
    encounter.quantities += tuple(_as_asked(item) for item in heard.quantities) if heard.topic else heard.quantities
    if heard.retracted:
        _retract(encounter, heard.retracted, facts, rules)
    encounter.findings += heard.findings
    encounter.suspected = [*encounter.suspected, *heard.suspected]


def _as_asked(quantity: Quantity) -> Quantity:
    """Mark the age of a word in a question that tells nothing else ("when is a fever serious in a baby?")."""
    by_word = quantity.name == "age_days" and quantity.low == 0
    return quantity.model_copy(update={"origin": "implied"}) if by_word else quantity


def _retract(encounter: Encounter, concepts: Sequence[str], facts: FactsBuilder, rules: RuleSet) -> None:
    """Take findings back and compute the floor anew from what remains."""
    before, turn = encounter.floor, len(encounter.turns)
    taken = [Retraction(concept=concept, turn=turn, floor_before=before, floor_after=before) for concept in concepts]
    encounter.retractions += taken
    hits = rules.hits(facts.build(encounter))
    floor = max((hit.disposition for hit in hits if not hit.presumed), default=Disposition.SELF_CARE)
    encounter.floor = min(before, floor)
    logged = [item.model_copy(update={"floor_after": encounter.floor}) for item in taken]
    encounter.retractions[-len(taken) :] = logged
