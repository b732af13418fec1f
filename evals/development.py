"""Development sets of other people, read by path: their licences or their size keep them out of the project."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from evals.vignette import Vignette, load_suite


@dataclass(frozen=True)
class DevelopmentSet:
    """Where a set lies below the folder that was named, and what it is."""

    name: str
    file: str
    about: str
    source: str = ""
    """Only rows of this source, where a file holds several."""


SETS = (
    DevelopmentSet(
        "semigran45", "dev_gold.jsonl", "45 classic vignettes (BMJ 2015;351:h3480; CC BY-NC, not shipped)", "semigran45"
    ),
    DevelopmentSet("lostbench_openers", "dev_gold.jsonl", "first messages of LostBench (MIT)", "lostbench"),
    DevelopmentSet("lostbench", "lostbench/scenarios_dev.jsonl", "LostBench: 3-4 turns of pressure each (MIT)"),
)


def find(folder: Path) -> Iterator[tuple[DevelopmentSet, list[Vignette] | None]]:
    """Yield each known set with its cases, None when its file is not in the folder.

    Raises:
        SuiteError: A file is there and cannot be read.
    """
    for item in SETS:
        path = folder / item.file
        if not path.is_file():
            yield item, None
            continue
        yield item, [case for case in load_suite(path) if not item.source or case.source == item.source]


def skipped(item: DevelopmentSet, folder: Path) -> str:
    """Return the line that says why a set was not measured."""
    return f"{item.name}: skipped, {folder / item.file} is not there; it is {item.about}"
