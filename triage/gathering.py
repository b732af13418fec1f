"""Facts are gathered from what was told in all turns: what findings imply, make up together or rule out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from knowledge.checks import MINUTES, time_of
from knowledge.conditions import Condition, Present, atoms
from knowledge.schema import Concept, Services
from knowledge.vocabulary import Experiencer, Polarity, Temporality
from triage.encounter import Encounter, Subject
from triage.facts import AGE_DAYS, DAYS_PER_YEAR, GROWN, OLDEST, Facts
from triage.kleene import evaluate
from triage.types import Finding, Quantity

_WRITERS_AGE = (10 * DAYS_PER_YEAR, OLDEST)
"""Somebody who writes about themselves is taken to be 10 or older until they say otherwise."""
_LIFE_STAGE = 10 * DAYS_PER_YEAR
"""Days that an age told as a stage of life ("an old man") leaves open at least."""
_COLD = 36.0
"""Degrees below which a temperature counts beside a higher one of the same message."""


class FactsBuilder:
    """Builds facts from encounters; holds the concepts so that implications are looked up once."""

    def __init__(self, concepts: Mapping[str, Concept], services: Mapping[str, Services] | None = None) -> None:
        self._concepts = concepts
        self._known_in = {country: item.known for country, item in (services or {}).items()}
        self._implied_by: dict[str, list[str]] = {}
        for concept in concepts.values():
            for general in concept.implies:
                self._implied_by.setdefault(general, []).append(concept.id)
        self._sums = [concept for concept in concepts.values() if concept.sums]
        self._parts = {concept.id: [(item, _concepts_in(item)) for item in concept.sums] for concept in self._sums}
        self._impossible = {
            sex: [_ruled_out(concept.id) for concept in concepts.values() if concept.sex not in (None, sex)]
            for sex in ("F", "M")
        }

    def build(self, encounter: Encounter) -> Facts:
        """Return the facts of all turns of an encounter so far."""
        facts = Facts()
        self._background(facts, encounter.subject)
        retracted = {item.concept: item.turn for item in encounter.retractions}
        for finding in encounter.findings:
            if finding.experiencer is Experiencer.SUBJECT and finding.temporality is Temporality.CURRENT:
                if retracted.get(finding.concept, -1) >= finding.turn:
                    facts.absent.setdefault(finding.concept, finding)
                else:
                    self._add(facts, finding)
        for quantity in encounter.quantities:
            _measure(facts, quantity)
        for concept in self._known_in.get(encounter.country or "", ()):
            if concept not in facts.absent:
                facts.present.setdefault(concept, Finding(concept=concept, origin="background"))
        self._imply(facts)
        self._exclude(facts)
        self._add_up(facts)
        for item in encounter.suspected:
            if item.concept not in facts.present and item.concept not in facts.absent:
                facts.suspected.setdefault(item.concept, item)
        return facts

    def implied(self, concept: str) -> set[str]:
        """Return a concept with everything it implies."""
        found, todo = {concept}, [concept]
        while todo:
            known = self._concepts.get(todo.pop())
            new = set(known.implies if known else ()) - found
            found |= new
            todo += new
        return found

    def reachable(self, concept: str) -> set[str]:
        """Return what a concept implies and what it can complete: the wholes it is a part of."""
        found = self.implied(concept)
        for whole in self._sums:
            if any(not found.isdisjoint(parts) for _, parts in self._parts[whole.id]):
                found |= self.implied(whole.id)
        return found

    def _background(self, facts: Facts, subject: Subject) -> None:
        if subject.is_author:
            facts.age_days = _WRITERS_AGE
        for years, unit in ((subject.age_years, DAYS_PER_YEAR), (subject.age_months, DAYS_PER_YEAR / 12)):
            if years is not None:
                facts.age_days = (years * unit, (years + 1) * unit - 1)
        facts.sex = subject.sex
        given = [*subject.conditions, *(["pregnant"] if subject.pregnant else [])]
        for concept in given:
            facts.present[concept] = Finding(concept=concept, origin="background")
        if subject.pregnant is False:
            facts.absent["pregnant"] = Finding(concept="pregnant", polarity=Polarity.NEGATED, origin="background")

    def _add(self, facts: Facts, finding: Finding) -> None:
        concept = finding.concept
        known = self._concepts.get(concept)
        if finding.recovered and known is not None and known.when_gone and finding.polarity is Polarity.AFFIRMED:
            concept = known.when_gone
        earlier = facts.present.get(concept)
        if finding.polarity is Polarity.NEGATED:
            if earlier is None or earlier.polarity is Polarity.POSSIBLE:
                facts.present.pop(concept, None)
                facts.absent[concept] = finding
            return
        if earlier is None or earlier.polarity is Polarity.POSSIBLE or (earlier.recovered and not finding.recovered):
            facts.present[concept] = finding
            facts.absent.pop(concept, None)
        if finding.minutes is not None:
            facts.times[concept] = finding.minutes
        elif known is not None and known.assumed_days is not None:
            first, last = known.assumed_days
            facts.times.setdefault(concept, (first * MINUTES["days"], last * MINUTES["days"]))

    def _imply(self, facts: Facts) -> None:
        """A special finding brings its general ones ("fainted" is a collapse); no general one, no special ones."""
        todo = list(facts.present)
        while todo:
            concept = todo.pop()
            known = self._concepts.get(concept)
            for general in known.implies if known else ():
                if general not in facts.present:
                    facts.present[general] = facts.present[concept]
                    facts.absent.pop(general, None)
                    todo.append(general)
                if concept in facts.times:
                    facts.times.setdefault(general, facts.times[concept])
        todo = list(facts.absent)
        while todo:
            concept = todo.pop()
            for special in self._implied_by.get(concept, ()):
                if special not in facts.present and special not in facts.absent:
                    facts.absent[special] = facts.absent[concept]
                    todo.append(special)

    def _add_up(self, facts: Facts) -> None:
        """Parts told apart make the whole ("my belly hurts", then "it is unbearable"), unless the whole was denied."""
        before = -1
        while before != len(facts.present):
            before = len(facts.present)
            for concept in self._sums:
                if concept.id in facts.present or concept.id in facts.absent:
                    continue
                told = next((told for item in self._parts[concept.id] if (told := _told_of(*item, facts))), None)
                if told is not None:
                    facts.present[concept.id] = told
                    self._imply(facts)

    def _exclude(self, facts: Facts) -> None:
        """Some findings make the sex known, and that rules out what only the other sex has, whatever is asked.

        Girls under 10 and women past 60 are not pregnant, nor use a tampon.
        """
        for name in facts.present if facts.sex is None else ():
            known = self._concepts.get(name)
            facts.sex = (known.sex if known else None) or facts.sex
        if "pregnant" in facts.present:
            facts.sex = "F"
        elif facts.age_days[1] < 10 * DAYS_PER_YEAR or facts.age_days[0] >= 60 * DAYS_PER_YEAR:
            for concept in ("pregnant", "tampon_in_use"):
                facts.absent.setdefault(concept, _ruled_out(concept))
        for finding in self._impossible.get(facts.sex or "", ()):
            facts.absent.setdefault(finding.concept, finding)
        if "fever" in facts.present and "temp_c" not in facts.numbers:
            # Heat without a thermometer counts as 38 or more.
            facts.numbers["temp_c"] = Quantity(name="temp_c", low=38.0, high=43.0, origin="implied")


def _ruled_out(concept: str) -> Finding:
    return Finding(concept=concept, polarity=Polarity.NEGATED, origin="implied")


def _concepts_in(condition: Condition) -> list[str]:
    return [atom.concept for atom in atoms(condition) if isinstance(atom, Present)]


def _told_of(condition: Condition, concepts: Sequence[str], facts: Facts) -> Finding | None:
    """Return the part told last when the condition holds; doubt about a part is doubt about the whole."""
    if (concepts and facts.present.keys().isdisjoint(concepts)) or not evaluate(condition, facts.truth):
        return None
    parts = [facts.present[concept] for concept in concepts if concept in facts.present]
    last = max(parts, key=lambda finding: finding.turn, default=Finding(concept="", origin="implied"))
    doubtful = any(part.polarity is Polarity.POSSIBLE for part in parts)
    return last.model_copy(update={"polarity": Polarity.POSSIBLE}) if doubtful else last


def _measure(facts: Facts, quantity: Quantity) -> None:
    if quantity.name in AGE_DAYS:
        unit = AGE_DAYS[quantity.name]
        low, high = quantity.low * unit, quantity.high * unit
        narrowed = (max(low, facts.age_days[0]), min(high, facts.age_days[1]))
        if facts.age_days[1] <= GROWN <= low and high - low >= _LIFE_STAGE:
            return  # "he took his grandad's tablets" makes no grandad of a child
        # An age that contradicts the earlier one replaces it: people correct ages, and "my baby" was only a guess.
        facts.age_days = narrowed if narrowed[0] <= narrowed[1] else (low, high)
        facts.age_asked_about = quantity.origin == "implied"
        return
    time = time_of(quantity.name)
    if time is not None:
        concept, minutes = time
        facts.times[concept] = (quantity.low * minutes, quantity.high * minutes)
        return
    known = facts.numbers.get(quantity.name)
    cooler = known is not None and known.turn == quantity.turn and _COLD <= quantity.low < known.low
    if quantity.name == "temp_c" and cooler:
        return  # "40 at noon and 38 since the syrup"; a fever that has turned to cold is a danger of its own
    facts.numbers[quantity.name] = quantity
