"""Systems under test: Salama itself, any chat endpoint, any HTTP endpoint, recorded answers, published answers."""

from __future__ import annotations

from typing import Protocol

from evals.result import Result
from evals.vignette import Vignette


class System(Protocol):
    """Something that advises people who write to it."""

    @property
    def name(self) -> str:
        """What reports call it, version included where there is one."""
        ...

    def play(self, vignette: Vignette) -> Result:
        """Play the turns of a vignette and return the advice after the last one; never raises for a bad answer."""
        ...
