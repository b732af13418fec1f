"""Suites as tables: CSV with a small file that says which column is what.

# cases.columns.yaml, beside cases.csv
id: Case number
turns: [First message, Second message]   # empty cells are left out
reference: Urgency
levels: {red: ambulance, amber: [today, soon], green: self_care}
language: Language                        # a column, or
constant: {language: fr, country: MA}     # the same for every row
subject: {age_years: Age, sex: Sex}
"""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from evals.vignette import SuiteError, Vignette, read_text, what_is_wrong


class Columns(BaseModel):
    """Which column of a table is what."""

    model_config = ConfigDict(extra="forbid")

    id: str = "id"
    turns: tuple[str, ...] = ("text",)
    reference: str = "reference"
    levels: dict[str, str | list[str]] = {}
    """What the table calls a level, and which of ours that is; our own names where it is empty."""
    language: str | None = None
    subject: dict[str, str] = {}
    constant: dict[str, Any] = {}


def read_table(path: Path, text: str) -> list[Vignette]:
    """Return the rows of a CSV file as vignettes.

    Args:
        path: The file, for its columns file and for messages.
        text: What stands in it.

    Raises:
        SuiteError: The columns file is not right, a column is missing or a row is no vignette.
    """
    columns = _columns(path.with_suffix(".columns.yaml"))
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    wanted = {columns.id, *columns.turns, columns.reference, *columns.subject.values()}
    wanted |= {columns.language} - {None}  # type: ignore[arg-type]
    missing = sorted(wanted - set(rows.fieldnames or ()))
    if missing:
        raise SuiteError(
            f"{path}: no column {missing[0]!r}; the file has: {', '.join(rows.fieldnames or ())}. "
            f"Say which columns to take in {path.with_suffix('.columns.yaml').name}"
        )
    found = []
    for number, row in enumerate(rows, start=2):
        try:
            found.append(_vignette(row, columns))
        except (ValidationError, ValueError) as error:
            raise SuiteError(f"{path}: line {number}: {what_is_wrong(error)}") from None
    return found


def _columns(path: Path) -> Columns:
    if not path.is_file():
        return Columns()
    try:
        return Columns.model_validate(yaml.safe_load(read_text(path)) or {})
    except (yaml.YAMLError, ValidationError) as error:
        raise SuiteError(f"{path}: {what_is_wrong(error)}") from None


def _vignette(row: dict[str, str], columns: Columns) -> Vignette:
    said = row[columns.reference].strip()
    if columns.levels and said not in columns.levels:
        raise ValueError(f"unknown level {said!r}; `levels` has: {', '.join(columns.levels)}")
    levels = columns.levels.get(said, said.replace(",", " ").split())
    subject = {key: _number(row[column]) for key, column in columns.subject.items() if row[column].strip()}
    language = {"language": row[columns.language].strip()} if columns.language else {}
    return Vignette.model_validate(
        {
            "id": row[columns.id].strip(),
            "turns": [row[column] for column in columns.turns if row[column].strip()],
            "reference": [levels] if isinstance(levels, str) else levels,
            "subject": subject,
            **language,
            **columns.constant,
        }
    )


def _number(cell: str) -> object:
    text = cell.strip()
    return int(text) if text.isdigit() else text
