"""The grammar of `when:`: parsed here, evaluated in `triage.red_flags`.

A condition is a concept id (`chest_pain`, `condition:diabetes`), a comparison (`age_months < 3`, `sex == 'F'`), or one
of `{all: [...]}`, `{any: [...]}`, `{none: [...]}`, `{present: concept}`, `{absent: concept}`. A mapping with several
keys means all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Operator = Literal["<", "<=", ">", ">=", "=="]

_COMPARISON = re.compile(r"^\s*([a-z][\w.:]*)\s*(<=|>=|==|<|>)\s*('?)([\w.+-]+)\3\s*$")
_CONCEPT = re.compile(r"^(?:(?:condition|med):)?[a-z][a-z0-9_]*(?:\.[a-z]+)?$")


@dataclass(frozen=True, slots=True)
class Present:
    """The subject has the concept now (said, or possible)."""

    concept: str


@dataclass(frozen=True, slots=True)
class Absent:
    """The patient said that the subject does not have the concept."""

    concept: str


@dataclass(frozen=True, slots=True)
class Compare:
    """A quantity compared with a number in the unit that its name ends in, or with a word (`sex == 'F'`)."""

    quantity: str
    operator: Operator
    value: float | str


@dataclass(frozen=True, slots=True)
class All:
    """Every part is true."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one part is true."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class NoneOf:
    """No part is true."""

    parts: tuple[Condition, ...]


Condition = Present | Absent | Compare | All | Any | NoneOf

_GROUPS: dict[str, type[All] | type[Any] | type[NoneOf]] = {"all": All, "any": Any, "none": NoneOf}


def parse(raw: object) -> Condition:
    """Turn the YAML of a `when:` into a condition.

    Args:
        raw: A string, or a mapping with the keys `all`, `any`, `none`, `present`, `absent`.

    Raises:
        ValueError: The text is no condition; the message names the part at fault.
    """
    if isinstance(raw, str):
        return _parse_atom(raw)
    if not isinstance(raw, dict) or not raw:
        raise ValueError(f"{raw!r} is no condition; write a concept, a comparison, or all/any/none/present/absent")
    parts: list[Condition] = []
    for key, value in raw.items():
        if key in _GROUPS:
            if not isinstance(value, list) or not value:
                raise ValueError(f"{key!r} needs a list with at least one condition, not {value!r}")
            parts.append(_GROUPS[key](tuple(parse(part) for part in value)))
        elif key == "present" and isinstance(value, str):
            parts.append(Present(_concept(value)))
        elif key == "absent" and isinstance(value, str):
            parts.append(Absent(_concept(value)))
        else:
            raise ValueError(f"unknown key {key!r} in a condition; choose one of: all, any, none, present, absent")
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def atoms(condition: Condition) -> Iterator[Present | Absent | Compare]:
    """Yield every concept and comparison that a condition looks at."""
    match condition:
        case Present() | Absent() | Compare():
            yield condition
        case All(parts) | Any(parts) | NoneOf(parts):
            for part in parts:
                yield from atoms(part)


def _parse_atom(text: str) -> Condition:
    comparison = _COMPARISON.match(text)
    if comparison:
        quantity, operator, quote, value = comparison.groups()
        if quote or not re.fullmatch(r"[+-]?\d+(\.\d+)?", value):
            return Compare(quantity, operator, value)  # type: ignore[arg-type]
        return Compare(quantity, operator, float(value))  # type: ignore[arg-type]
    return Present(_concept(text))


def _concept(text: str) -> str:
    if not _CONCEPT.match(text):
        raise ValueError(f"{text!r} is neither a concept id nor a comparison such as 'age_months < 3'")
    return text
