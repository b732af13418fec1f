"""The suites: those that ship, and any file of vignettes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

from pydantic import ValidationError

from evals.vignette import SuiteError, Vignette, load_suite, what_is_wrong
from triage import Subject

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

    def part(self, language: str | None, limit: int = 0) -> Suite:
        """Return the cases of one written form, or only the first ones; 0 is no limit.

        Raises:
            SuiteError: The suite has no case in that form, or none at all.
        """
        if not self.vignettes:
            raise SuiteError(f"{self.name} has no case with a reference; nothing can be measured on it")
        cases = tuple(item for item in self.vignettes if language in (None, item.language))
        if not cases:
            forms = sorted({item.language for item in self.vignettes})
            raise SuiteError(f"{self.name} has no case in {language!r}; it has: {', '.join(forms)}")
        return Suite(self.name, cases[: limit or None])


def shipped() -> list[Path]:
    """Return the files of the suites that come with the project."""
    with as_file(files("evals.suites")) as folder:
        return sorted(path for path in folder.iterdir() if path.suffix in (".yaml", ".jsonl"))


def load(paths: Iterable[Path]) -> list[Suite]:
    """Read suites from files; the shipped ones when none is named.

    Raises:
        SuiteError: A file is missing, or a case is no vignette.
    """
    return [Suite(path.stem, tuple(_checked(path))) for path in list(paths) or shipped()]


def _checked(path: Path) -> Iterator[Vignette]:
    """Refuse a background that no encounter can begin with now, and not in the middle of a run."""
    for vignette in load_suite(path):
        try:
            Subject.model_validate(vignette.subject)
        except ValidationError as error:
            raise SuiteError(f"{path}: case {vignette.id!r}: subject: {what_is_wrong(error)}") from None
        yield vignette
