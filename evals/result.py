"""What a system advised for one case, and shares with their intervals."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from scipy.stats import beta

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
    citations: tuple[str, ...] = ()
    """Titles and addresses of the sources under the last reply."""
    failure: str | None = None
    """Why there is no usable answer: a time-out, an error of the endpoint, a reply that says no clear level."""
    confidence: float | None = None
    """How sure the system is, 0 to 1; None where it does not say."""
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

    def exact(self, level: float = 0.95) -> tuple[float, float] | None:
        """Return the Clopper-Pearson interval (Clopper and Pearson 1934), None of nothing.

        Args:
            level: Confidence; 0.95 gives 95 %.
        """
        if not self.n:
            return None
        tail, hits, misses = (1 - level) / 2, self.hits, self.n - self.hits
        low = 0.0 if hits == 0 else float(beta.ppf(tail, hits, misses + 1))
        high = 1.0 if misses == 0 else float(beta.ppf(1 - tail, hits + 1, misses))
        return (low, high)

    def record(self) -> dict[str, float | int | tuple[float, float] | None]:
        """Return the share as it stands in JSON reports."""
        return {"value": self.value, "hits": self.hits, "n": self.n, "interval": self.wilson()}

    def __str__(self) -> str:
        interval = self.wilson()
        if interval is None or self.value is None:
            return "n=0"
        low, high = interval
        return f"{self.value:.1%} ({self.hits}/{self.n}; 95% {low:.1%}-{high:.1%})"


def share(flags: Iterable[bool]) -> Proportion:
    """Return how many of the flags are true."""
    found = list(flags)
    return Proportion(sum(found), len(found))
