"""Cases of other projects, read in the form in which they are published; none of their texts ships with this one."""

from __future__ import annotations

import sys
from pathlib import Path

from evals.sheet import Sheet
from evals.vignette import SuiteError


def structured(path: Path) -> list[Sheet]:
    """Return the structured cases of a file: patients of DDXPlus (CSV) or cases of FG-AI4H (JSON).

    Raises:
        SuiteError: The file is missing, or of another form.
    """
    from evals.loaders import ddxplus, fgai4h

    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise SuiteError(f"{path}: {error.strerror}") from None
    if path.suffix == ".json":
        return fgai4h.read(path, text)
    if path.suffix == ".csv" and ddxplus.is_release(text):
        return ddxplus.read(path, text)
    raise SuiteError(f"{path}: no structured cases; give a CSV of DDXPlus patients or a JSON file of FG-AI4H cases")


def left_out(path: Path, count: int, why: str) -> None:
    """Say on stderr how many cases of a file are not measured: a suite that shrinks in silence misleads."""
    if count:
        print(f"{path.name}: {count} cases left out: {why}", file=sys.stderr)
