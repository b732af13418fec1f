"""Calibration: is a system that is surer also right more often? Only for systems that say how sure they are.

How sure a system is: the share of its samples that agree (`--samples`), or what it states itself (`confidence` in a
transcript). Salama states no probability, so it has none of these.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evals.result import Result

BINS = 10
"""Equal parts of 0 to 1, as in Guo et al. 2017 (On Calibration of Modern Neural Networks), section 2."""


@dataclass(frozen=True)
class Calibration:
    """How well stated confidence fits what was right; None of nothing."""

    error: float | None
    """Expected calibration error: the mean gap between confidence and accuracy of a bin, weighted by its cases."""
    brier: float | None
    """Mean squared gap between confidence and right (1) or wrong (0) (Brier 1950)."""
    risk: tuple[tuple[float, float], ...]
    """Share of cases answered and share of them wrong, the surest alone up to all (El-Yaniv and Wiener 2010)."""
    n: int

    def __str__(self) -> str:
        if self.error is None or self.brier is None:
            return "n=0"
        curve = ", ".join(f"{coverage:.0%}: {risk:.0%}" for coverage, risk in self.risk)
        return f"error {self.error:.3f}, Brier {self.brier:.3f} (n={self.n}); wrong at coverage {curve}"


def calibration(results: Iterable[Result]) -> Calibration:
    """Measure the cases whose system said how sure it is; a case without an answer counts as wrong."""
    stated = [(item.confidence, item.right) for item in results if item.confidence is not None]
    if not stated:
        return Calibration(None, None, (), 0)
    n = len(stated)
    bins: dict[int, list[tuple[float, bool]]] = {}
    for sure, right in stated:
        bins.setdefault(min(BINS - 1, int(sure * BINS)), []).append((sure, right))
    error = sum(abs(sum(sure for sure, _ in part) - sum(right for _, right in part)) for part in bins.values()) / n
    brier = sum((sure - right) ** 2 for sure, right in stated) / n
    return Calibration(error, brier, tuple(_risk(stated)), n)


def _risk(stated: Sequence[tuple[float, bool]]) -> Iterable[tuple[float, float]]:
    """Yield a point for each confidence that occurs: cases that are equally sure are answered together."""
    for least in sorted({sure for sure, _ in stated}, reverse=True):
        answered = [right for sure, right in stated if sure >= least]
        yield len(answered) / len(stated), 1 - sum(answered) / len(answered)
