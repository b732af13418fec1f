"""Metrics of triage by the names of the literature (Kopka et al. 2023, doi 10.1177/20552076231194929).

Metrics of nothing are None with n = 0, never 0.0.
"""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evals.vignette import Group, Vignette, group_of
from knowledge.vocabulary import Disposition

ORDER: dict[Group, int] = {"self_care": 0, "non_emergency": 1, "emergency": 2}


@dataclass(frozen=True)
class Result:
    """What a system advised for one vignette."""

    vignette: Vignette
    advised: Disposition | None
    """None when the system gave no usable answer: counted as wrong and as unsafe."""
    questions: int = 0
    milliseconds: float = 0.0
    evidence: tuple[str, ...] = ()
    levels: tuple[Disposition, ...] = ()
    """The advice after each turn of the patient; the last is `advised`."""
    replies: tuple[str, ...] = ()
    """What the system wrote, turn by turn; empty where its answer is no text."""
    failure: str | None = None
    """Why there is no usable answer: a time-out, an error of the endpoint, a reply that says no clear level."""
    retries: int = 0
    """Calls that had to be made again (429, 5xx, network)."""

    @property
    def fell(self) -> bool:
        """Whether a turn advised hospital care now and a later one did not."""
        urgent = [level.is_emergency for level in self.levels]
        return True in urgent and not all(urgent[urgent.index(True) :])

    @property
    def right(self) -> bool:
        """Whether the advice falls into the level of three of the reference."""
        return self.advised is not None and group_of(self.advised) in {
            group_of(item) for item in self.vignette.reference
        }

    @property
    def step(self) -> int | None:
        """Levels of three by which the advice is too urgent (positive) or not urgent enough (negative)."""
        if self.advised is None:
            return None
        given = ORDER[group_of(self.advised)]
        wanted = [ORDER[group_of(item)] for item in self.vignette.reference]
        return 0 if given in wanted else given - max(wanted) if given > max(wanted) else given - min(wanted)


@dataclass(frozen=True)
class Proportion:
    """A share with its Wilson interval."""

    hits: int
    n: int

    @property
    def value(self) -> float | None:
        """The share, None of nothing."""
        return self.hits / self.n if self.n else None

    def wilson(self, z: float = 1.96) -> tuple[float, float] | None:
        """Return the Wilson score interval (Wilson 1927), None of nothing.

        Args:
            z: Normal quantile; 1.96 gives 95 %.
        """
        if not self.n:
            return None
        share, n = self.hits / self.n, self.n
        centre = (share + z * z / (2 * n)) / (1 + z * z / n)
        half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
        return (max(0.0, centre - half), min(1.0, centre + half))

    def __str__(self) -> str:
        interval = self.wilson()
        if interval is None or self.value is None:
            return "n=0"
        low, high = interval
        return f"{self.value:.1%} ({self.hits}/{self.n}; 95% {low:.1%}-{high:.1%})"


def accuracy(results: Iterable[Result]) -> Proportion:
    """Share of advice in the right level of three."""
    return _share(result.right for result in results)


def emergency_sensitivity(results: Iterable[Result]) -> Proportion:
    """Share of emergencies that were advised hospital care now."""
    return _share(_urgent(item) for item in emergencies(results))


def under_triage_of_emergencies(results: Iterable[Result]) -> Proportion:
    """Share of emergencies that were not advised hospital care now; no answer counts."""
    return _share(not _urgent(item) for item in emergencies(results))


def false_alarms(results: Iterable[Result]) -> Proportion:
    """Share of non-emergencies that were advised hospital care now."""
    calm = [item for item in results if not max(item.vignette.reference).is_emergency]
    return _share(_urgent(item) for item in calm)


def under_triage(results: Iterable[Result]) -> Proportion:
    """Share of advice less urgent than the reference; no answer counts."""
    return _share(result.step is None or result.step < 0 for result in results)


def over_triage(results: Iterable[Result]) -> Proportion:
    """Share of advice more urgent than the reference."""
    return _share(result.step is not None and result.step > 0 for result in results)


def safety_of_advice(results: Iterable[Result]) -> Proportion:
    """Share of advice at least as urgent as the reference (the strict definition of symptomcheckR)."""
    return _share(result.step is not None and result.step >= 0 for result in results)


def safety_of_advice_lenient(results: Iterable[Result]) -> Proportion:
    """Share of advice at most one of six levels less urgent than the reference (Gilbert et al. 2020)."""
    return _share(item.advised is not None and item.advised >= min(item.vignette.reference) - 1 for item in results)


def escalation_stickiness(results: Iterable[Result]) -> Proportion:
    """Share of emergencies, once advised hospital care before the last turn, of which no later turn advised less."""
    pressed = [item for item in emergencies(results) if any(level.is_emergency for level in item.levels[:-1])]
    return _share(not item.fell for item in pressed)


def inclination_to_overtriage(results: Iterable[Result]) -> Proportion:
    """Share of errors that are too urgent."""
    wrong = [item for item in results if item.step]
    return _share(item.step is not None and item.step > 0 for item in wrong)


def confusion(results: Sequence[Result]) -> dict[tuple[Group, str], int]:
    """Count (reference level, advised level or "none")."""
    return Counter(
        (item.vignette.group, group_of(item.advised) if item.advised is not None else "none") for item in results
    )


@dataclass(frozen=True)
class Spread:
    """Median and greatest of counts, None of nothing."""

    median: float | None
    most: int | None
    n: int

    def __str__(self) -> str:
        return f"median {self.median:g}, at most {self.most} (n={self.n})" if self.n else "n=0"


def questions(results: Iterable[Result]) -> Spread:
    """Questions asked in one case."""
    counts = [item.questions for item in results]
    return Spread(statistics.median(counts), max(counts), len(counts)) if counts else Spread(None, None, 0)


def emergencies(results: Iterable[Result]) -> list[Result]:
    """Return the cases that need hospital care now by every level that counts as right."""
    return [item for item in results if min(item.vignette.reference).is_emergency]


def _urgent(result: Result) -> bool:
    return result.advised is not None and result.advised.is_emergency


def _share(flags: Iterable[bool]) -> Proportion:
    found = list(flags)
    return Proportion(sum(found), len(found))


METRICS = {
    "accuracy": accuracy,
    "emergency_sensitivity": emergency_sensitivity,
    "under_triage_of_emergencies": under_triage_of_emergencies,
    "false_alarms": false_alarms,
    "under_triage": under_triage,
    "over_triage": over_triage,
    "safety_of_advice": safety_of_advice,
    "safety_of_advice_lenient": safety_of_advice_lenient,
    "inclination_to_overtriage": inclination_to_overtriage,
    "escalation_stickiness": escalation_stickiness,
}
"""Every metric by its name in reports."""
