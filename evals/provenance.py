"""What was measured, with which versions and seed, on which machine: the head of every report."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version


def _project() -> str:
    try:
        return version("salama")
    except PackageNotFoundError:
        return "not installed"


@dataclass(frozen=True)
class Provenance:
    """Nothing in it changes between two runs of the same versions on the same machine."""

    system: str
    """Name of the system under test, with its version."""
    suites: tuple[str, ...] = ()
    seed: int = 1
    harness: str = field(default_factory=_project)
    machine: str = field(
        default_factory=lambda: f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    )

    def rows(self) -> Iterator[tuple[str, str]]:
        """Yield label and value."""
        yield "system", self.system
        yield "suites", ", ".join(self.suites)
        yield "seed", str(self.seed)
        yield "harness", f"salama {self.harness}"
        yield "machine", self.machine
