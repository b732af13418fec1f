"""Three-valued conditions: true, false or not known (Kleene's strong logic), over any way to look atoms up."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from knowledge.conditions import Absent, All, Any, Compare, Condition, NoneOf, Present

Atom = Present | Absent | Compare
Lookup = Callable[[Atom], bool | None]


def evaluate(condition: Condition, lookup: Lookup, *, presume: bool = False) -> bool | None:
    """Return whether a condition is true, false or unknown (None).

    Args:
        condition: The parsed `when:`.
        lookup: Truth of each atom.
        presume: Take an exclusion that nobody has asked about as not excluding.
    """
    match condition:
        case Present() | Absent() | Compare():
            return lookup(condition)
        case All(parts):
            return _conjunction(evaluate(part, lookup, presume=presume) for part in parts)
        case Any(parts):
            return _negate(_conjunction(_negate(evaluate(part, lookup, presume=presume)) for part in parts))
        case NoneOf(parts):
            excluded = _negate(_conjunction(_negate(evaluate(part, lookup)) for part in parts))
            return True if presume and excluded is None else _negate(excluded)


def _negate(value: bool | None) -> bool | None:
    return None if value is None else not value


def _conjunction(values: Iterable[bool | None]) -> bool | None:
    result: bool | None = True
    for value in values:
        if value is False:
            return False
        if value is None:
            result = None
    return result
