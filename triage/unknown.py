"""What is not known yet: what a question asks for, and how conditions look while it is open."""

from __future__ import annotations

from collections.abc import Iterable

from knowledge.protocols import Question
from triage.facts import Facts
from triage.kleene import Atom, Lookup
from triage.red_flags import name_of, quantity_name

_CLOSE = 400
"""Days by which the ends of an age may differ for it to count as told."""


def asked_by(question: Question) -> frozenset[str]:
    """Return the concepts and quantities that a question can make known; ages are one quantity, times their concept."""
    names = set(question.options)
    for choice in question.choices:
        names.update(choice.present, choice.absent, (quantity_name(name) for name in choice.numbers))
    if question.number is not None:
        names.add(quantity_name(question.number))
    return frozenset(names)


def unknown(names: Iterable[str], facts: Facts) -> set[str]:
    """Return those of some concepts and quantities that are not known yet."""
    return {name for name in names if not _is_known(name, facts)}


def while_open(facts: Facts, names: set[str]) -> Lookup:
    """Look atoms up so that what an open question can tell is unknown, and all else not mentioned is not there."""

    def lookup(atom: Atom) -> bool | None:
        known = facts.truth(atom)
        if known is None and name_of(atom) not in names:
            return False
        return known

    return lookup


def _is_known(name: str, facts: Facts) -> bool:
    """Whether a concept is there or not there, or a quantity was told."""
    if name in facts.present or name in facts.absent:
        return True
    if name == "age":
        low, high = facts.age_days
        return high - low < _CLOSE
    if name == "sex":
        return facts.sex is not None
    number = facts.numbers.get(name)
    return (number is not None and number.origin != "implied") or (name.startswith("time:") and name[5:] in facts.times)
