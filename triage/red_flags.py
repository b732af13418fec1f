"""Red-flag rules over facts in Kleene's three-valued logic: pure, no input or output, no clock.

A rule holds when its condition is true; an ambulance rule holds too while nobody has asked about its exclusions (what
stands under `none:`). A rule is *presumed* to hold when only such exclusions, or, for ambulance rules, the time when
something began, are not known: minutes count, so an unknown time is taken to be inside the window until it is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from knowledge.checks import time_of
from knowledge.conditions import All, Any, Compare, Condition, Present, atoms
from knowledge.schema import RedFlagRule
from knowledge.vocabulary import Disposition
from triage.facts import AGE_DAYS, ALWAYS_TOLD, DAYS_PER_YEAR, Facts
from triage.kleene import Atom, Lookup, evaluate
from triage.types import Evidence, RedFlagHit

_SMALL = 5 * DAYS_PER_YEAR
"""Days; below it the age of "my child" has to be told."""
_TINY = 2 * DAYS_PER_YEAR / 12
"""Days; below it the age of "my baby" has to be told."""


class RuleSet:
    """Rules indexed by what must be present for them to hold, so that ten times the rules cost about the same."""

    def __init__(self, rules: Iterable[RedFlagRule]) -> None:
        self.rules = tuple(sorted(rules, key=lambda rule: (-rule.disposition, rule.id)))
        self.names = {rule.id: frozenset(name_of(atom) for atom in atoms(rule.condition)) for rule in self.rules}
        """What each rule looks at: concepts and quantities by `name_of`."""
        self._by_need: dict[str, list[int]] = {}
        self._always: list[int] = []
        for index, rule in enumerate(self.rules):
            needs = needs_of(rule.condition)
            if needs is None:
                self._always.append(index)
            for need in needs or ():
                self._by_need.setdefault(need, []).append(index)

    def touched(self, names: Iterable[str]) -> Iterator[RedFlagRule]:
        """Yield, most urgent first, the rules that could hold given these concepts and quantities."""
        indices = set(self._always)
        for name in names:
            indices.update(self._by_need.get(name, ()))
        for index in sorted(indices):
            yield self.rules[index]

    def hits(self, facts: Facts) -> tuple[RedFlagHit, ...]:
        """Return every rule that holds or is presumed to hold, most urgent first, each with its evidence."""
        found = []
        for rule in self.touched(facts.told):
            holds = evaluate(rule.condition, facts.truth, presume=rule.disposition is Disposition.AMBULANCE)
            if holds is False:
                continue
            if holds is None and not evaluate(rule.condition, _presuming(rule, facts), presume=True):
                continue
            found.append(
                RedFlagHit(
                    rule_id=rule.id,
                    rule_version=rule.version,
                    title=rule.title["en"],
                    disposition=rule.disposition,
                    because=tuple(dict.fromkeys(_evidence(rule.condition, facts))),
                    presumed=holds is None,
                    advice=rule.advice,
                )
            )
        return tuple(found)


def name_of(atom: Atom) -> str:
    """Return what has to become known for an atom to be decided; all ages are `age`, a time is `time:` its concept."""
    return quantity_name(atom.quantity) if isinstance(atom, Compare) else atom.concept


def quantity_name(quantity: str) -> str:
    """Return the name under which a quantity becomes known."""
    time = time_of(quantity)
    return f"time:{time[0]}" if time else "age" if quantity.startswith("age_") else quantity


def _presuming(rule: RedFlagRule, facts: Facts) -> Lookup:
    """Look atoms up so that a time nobody told is inside its window; for hospital rules only "not long ago" is.

    "My child" without an age is taken to be small enough, though not to be a baby, and "my baby" to be two months old.
    """
    baby = facts.is_some_baby
    if not (baby or rule.disposition.is_emergency):
        return facts.truth
    every = rule.disposition is Disposition.AMBULANCE

    def lookup(atom: Atom) -> bool | None:
        known = facts.truth(atom)
        if known is None and isinstance(atom, Compare) and (every or atom.operator in {"<", "<="}):
            if atom.quantity in AGE_DAYS and atom.operator in {"<", "<="}:
                small = float(atom.value) * AGE_DAYS[atom.quantity] >= (_TINY if baby else _SMALL)
                return True if small and (baby or facts.is_some_child) else None
            if not rule.disposition.is_emergency:
                return None
            time = time_of(atom.quantity)
            return True if time is not None and time[0] in facts.present else None
        return known

    return lookup


def needs_of(condition: Condition) -> set[str] | None:
    """Return names of which at least one must be known for the condition to hold; None when nothing is needed."""
    match condition:
        case Present(concept):
            return {concept.removesuffix(".ongoing")}
        case Compare(quantity):
            time = time_of(quantity)
            return {time[0] if time else "age" if quantity.startswith("age_") else quantity}
        case All(parts):
            sets = [needs for part in parts if (needs := needs_of(part)) is not None]
            # age and sex are always looked up, so what needs neither tells more
            return min(sets, key=lambda needs: (not needs.isdisjoint(ALWAYS_TOLD), len(needs)), default=None)
        case Any(parts):
            united: set[str] = set()
            for part in parts:
                needs = needs_of(part)
                if needs is None:
                    return None
                united |= needs
            return united
        case _:
            return None


def _evidence(condition: Condition, facts: Facts) -> Iterator[Evidence]:
    match condition:
        case Present(concept):
            finding = facts.present.get(concept.removesuffix(".ongoing"))
            if finding is not None and facts.truth(condition):
                yield Evidence(turn=finding.turn, text=finding.text, concept=concept)
        case Compare(quantity):
            number = facts.numbers.get(quantity)
            if number is not None and facts.truth(condition):
                yield Evidence(turn=number.turn, text=number.text, concept=quantity)
        case All(parts) | Any(parts):
            for part in parts:
                yield from _evidence(part, facts)
        case _:
            return
