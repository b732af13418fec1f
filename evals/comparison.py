"""Two runs over the same cases: who is right where the other is not, and how sure that is."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import binomtest, bootstrap

from evals.systems.salama import Build
from evals.vignette import SuiteError, read_text

Case = Mapping[str, Any]


@dataclass(frozen=True)
class Difference:
    """How B differs from A on one yes-or-no property of the cases that both have."""

    name: str
    only_a: int
    """Cases that only A has right."""
    only_b: int
    n: int
    share: float
    """Share of B minus share of A."""
    low: float
    high: float
    """95 % interval of the difference, by a bootstrap over cases (9,999 draws, fixed seed)."""
    p: float
    """Exact McNemar test: two-sided binomial test of the cases in which they differ."""

    def __str__(self) -> str:
        return (
            f"{self.name}: {self.share * 100:+.1f} points ({self.low * 100:+.1f} to {self.high * 100:+.1f}; "
            f"only A {self.only_a}, only B {self.only_b}, n={self.n}, p={self.p:.3g})"
        )


def compare(first: Path, second: Path) -> tuple[list[Difference], list[str]]:
    """Compare two JSON reports of the same suite.

    Returns:
        The differences, and the ids of emergencies that A found and B lost.

    Raises:
        SuiteError: A file is missing, is no report, or they share no case.
    """
    a, b = _cases(first), _cases(second)
    shared = [name for name in a if name in b]
    if not shared:
        raise SuiteError(f"{first} and {second} have no case in common")
    pairs = [(a[name], b[name]) for name in shared]
    emergencies = [pair for pair in pairs if _is_emergency(pair[0])]
    calm = [pair for pair in pairs if not _is_emergency(pair[0])]
    found = [
        _difference("accuracy", pairs, lambda case: bool(case["right"])),
        _difference("emergencies found", emergencies, _urgent),
        _difference("false alarms", calm, _urgent),
    ]
    lost = [name for name in shared if _is_emergency(a[name]) and _urgent(a[name]) and not _urgent(b[name])]
    return [item for item in found if item is not None], lost


def _difference(name: str, pairs: list[tuple[Case, Case]], holds: Callable[[Case], bool]) -> Difference | None:
    if not pairs:
        return None
    one, two = (np.array([holds(pair[side]) for pair in pairs], dtype=float) for side in (0, 1))
    step = two - one
    only_a, only_b = int((step < 0).sum()), int((step > 0).sum())
    share = float(step.mean())
    low = high = share
    if only_a or only_b:
        interval = bootstrap((step,), np.mean, rng=np.random.default_rng(1), method="percentile").confidence_interval
        low, high = float(interval.low), float(interval.high)
    p = float(binomtest(only_b, only_a + only_b).pvalue) if only_a + only_b else 1.0
    return Difference(name, only_a, only_b, len(pairs), share, low, high, p)


def _is_emergency(case: Case) -> bool:
    return all(level in ("ambulance", "emergency_department") for level in case["reference"])


def _urgent(case: Case) -> bool:
    return case["advised"] in ("ambulance", "emergency_department")


def _cases(path: Path) -> dict[str, Case]:
    try:
        return {case["id"]: case for case in json.loads(read_text(path))["cases"]}
    except (json.JSONDecodeError, KeyError, TypeError):
        raise SuiteError(f"{path}: no report with cases; reports of unseen suites need --reveal") from None


def as_lines(differences: list[Difference], lost: list[str]) -> Iterator[str]:
    """Yield the comparison for the terminal."""
    for item in differences:
        yield str(item)
    yield f"emergencies that A finds and B loses: {len(lost)}{': ' + ', '.join(lost) if lost else ''}"


def main(arguments: Sequence[str], _: Build) -> int:
    """Print how two reports differ.

    Raises:
        SuiteError: A report is missing or holds no cases.
    """
    parser = argparse.ArgumentParser(
        prog="salama eval compare", description="Compare two JSON reports of the same suite."
    )
    parser.add_argument("a", type=Path, help="report of the first system")
    parser.add_argument("b", type=Path, help="report of the second system")
    options = parser.parse_args(arguments)
    for line in as_lines(*compare(options.a, options.b)):
        print(line)
    return 0
