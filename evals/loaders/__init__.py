"""Cases of other projects, read in the form in which they are published; none of their texts ships with this one."""

from __future__ import annotations

import sys
from pathlib import Path

from evals.sheet import Sheet
from evals.vignette import SuiteError, read_text


def structured(path: Path) -> list[Sheet]:
    """Return the structured cases of a file: patients of DDXPlus (CSV) or cases of FG-AI4H (JSON).

    Raises:
        SuiteError: The file is missing, or of another form.
    """
    found = sheets(path, read_text(path))
    if found is None:
        raise SuiteError(f"{path}: no structured cases; give a CSV of DDXPlus patients or a JSON file of FG-AI4H cases")
    return found


def sheets(path: Path, text: str) -> list[Sheet] | None:
    """Return the structured cases that stand in a file, None where it is of no published form that has any.

    Raises:
        SuiteError: A case is not right, or a file beside it is missing.
    """
    from evals.loaders import ddxplus, fgai4h

    if path.suffix == ".json":
        return fgai4h.read(path, text)
    if path.suffix == ".csv" and ddxplus.is_release(text):
        return ddxplus.read(path, text)
    return None


def left_out(path: Path, count: int, why: str) -> None:
    """Say on stderr how many cases of a file are not measured: a suite that shrinks in silence misleads."""
    if count:
        print(f"{path.name}: {count} cases left out: {why}", file=sys.stderr)
