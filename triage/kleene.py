"""Three-valued conditions: true, false or not known (Kleene's strong logic), over any way to look atoms up."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from knowledge.conditions import Absent, All, Any, Compare, Condition, NoneOf, Present

Atom = Present | Absent | Compare
_ATOMS = (Present, Absent, Compare)
Lookup = Callable[[Atom], bool | None]


def evaluate(condition: Condition, lookup: Lookup, *, presume: bool = False) -> bool | None:
    """Return whether a condition is true, false or unknown (None).

    Args:
        condition: The parsed `when:`.
        lookup: Truth of each atom.
        presume: Take an exclusion that nobody has asked about as not excluding.
    """
    # Plain loops, and no call of its own for an atom: this runs thousands of times in a turn.
    if isinstance(condition, All):
        result: bool | None = True
        for part in condition.parts:
            value = lookup(part) if isinstance(part, _ATOMS) else evaluate(part, lookup, presume=presume)
            if value is False:
                return False
            if value is None:
                result = None
        return result
    if isinstance(condition, Any):
        return _disjunction(condition.parts, lookup, presume=presume)
    if isinstance(condition, NoneOf):
        excluded = _disjunction(condition.parts, lookup, presume=False)
        return True if presume and excluded is None else _negate(excluded)
    return lookup(condition)


def _disjunction(parts: Iterable[Condition], lookup: Lookup, *, presume: bool) -> bool | None:
    result: bool | None = False
    for part in parts:
        value = lookup(part) if isinstance(part, _ATOMS) else evaluate(part, lookup, presume=presume)
        if value is True:
            return True
        if value is None:
            result = None
    return result


def _negate(value: bool | None) -> bool | None:
    return None if value is None else not value
