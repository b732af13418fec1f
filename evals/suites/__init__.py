"""The suites: those that ship, and any file of vignettes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

from evals.vignette import Vignette, load_suite

_UNSEEN = "_unseen"


@dataclass(frozen=True)
class Suite:
    """Cases that are measured together."""

    name: str
    vignettes: tuple[Vignette, ...]

    @property
    def unseen(self) -> bool:
        """Whether nobody looks at the cases while mending: only totals are reported."""
        return self.name.endswith(_UNSEEN)

    @property
    def dialogues(self) -> bool:
        """Whether any case has several turns."""
        return any(len(vignette.turns) > 1 for vignette in self.vignettes)


def shipped() -> list[Path]:
    """Return the files of the suites that come with the project."""
    with as_file(files("evals.suites")) as folder:
        return sorted(path for path in folder.iterdir() if path.suffix in (".yaml", ".jsonl"))


def load(paths: Iterable[Path]) -> list[Suite]:
    """Read suites from files; the shipped ones when none is named.

    Raises:
        SuiteError: A file is missing, or a case is no vignette.
    """
    return [Suite(path.stem, tuple(load_suite(path))) for path in list(paths) or shipped()]
