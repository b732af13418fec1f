"""Parity: the same case must get the same level in whatever written form it comes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from evals.metrics import accuracy, emergency_sensitivity
from evals.result import Proportion, Result
from evals.vignette import group_of


@dataclass(frozen=True)
class Gap:
    """The largest difference of a metric between two written forms."""

    low: str
    high: str
    value: float

    def __str__(self) -> str:
        return f"{self.value * 100:.1f} points ({self.low} to {self.high})"


@dataclass(frozen=True)
class Parity:
    """How alike the written forms are on the cases that exist in each of them."""

    forms: dict[str, tuple[Proportion, Proportion]]
    """Accuracy and emergency sensitivity by written form."""
    agreement: Proportion
    """Share of cases that get one level of three in every form."""
    accuracy_gap: Gap | None
    sensitivity_gap: Gap | None


def parity(results: Iterable[Result]) -> Parity | None:
    """Compare the written forms on their common cases; None when there is only one form, or no common case."""
    cases: dict[str, dict[str, Result]] = {}
    for result in results:
        if result.vignette.parallel is not None:
            cases.setdefault(result.vignette.parallel, {})[result.vignette.language] = result
    forms = sorted({form for case in cases.values() for form in case})
    common = [case for case in cases.values() if len(case) == len(forms)]
    if len(forms) < 2 or not common:
        return None
    parts = {form: [case[form] for case in common] for form in forms}
    alike = [len({_level(result) for result in case.values()}) == 1 for case in common]
    return Parity(
        forms={form: (accuracy(part), emergency_sensitivity(part)) for form, part in parts.items()},
        agreement=Proportion(sum(alike), len(alike)),
        accuracy_gap=_gap(parts, accuracy),
        sensitivity_gap=_gap(parts, emergency_sensitivity),
    )


def _level(result: Result) -> str:
    return "none" if result.advised is None else group_of(result.advised)


def _gap(parts: dict[str, list[Result]], metric: Callable[[Sequence[Result]], Proportion]) -> Gap | None:
    values = {form: value for form, part in parts.items() if (value := metric(part).value) is not None}
    if not values:
        return None
    low, high = min(values, key=lambda form: values[form]), max(values, key=lambda form: values[form])
    return Gap(low, high, values[high] - values[low])
