"""Answers that were recorded elsewhere: a transcript, or the published per-case advice of other systems."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from evals.reading import read_reply
from evals.result import Result
from evals.vignette import SuiteError, Vignette, read_text, what_is_wrong
from knowledge.vocabulary import Disposition, DispositionName


class Record(BaseModel):
    """One line of a transcript: the replies to the turns of a case, or the level that was advised."""

    model_config = ConfigDict(extra="forbid")

    id: str
    replies: tuple[str, ...] = ()
    level: DispositionName | None = None
    """Wins over the replies where both are given."""
    confidence: float | None = Field(default=None, ge=0, le=1)
    """How sure the system said it was."""


class Transcript:
    """Scores replies that were recorded as JSON lines; a case without a line has no answer.

    Args:
        path: The file.

    Raises:
        SuiteError: The file is missing, or a line is no record.
    """

    def __init__(self, path: Path) -> None:
        self.name = f"transcript {path.name}"
        self._records: dict[str, Record] = {}
        for number, line in enumerate(read_text(path).splitlines(), start=1):
            if not line.strip():
                continue
            try:
                record = Record.model_validate_json(line)
            except ValidationError as error:
                raise SuiteError(f"{path}: line {number}: {what_is_wrong(error)}") from None
            self._records[record.id] = record

    def play(self, vignette: Vignette) -> Result:
        """Return what was recorded for a case."""
        record = self._records.get(vignette.id)
        if record is None:
            return Result(vignette=vignette, advised=None, failure="not recorded")
        readings = [read_reply(reply) for reply in record.replies]
        levels: list[Disposition] = []
        for reading in readings:
            levels += [reading.level] if reading.level is not None else levels[-1:]
        last = readings[-1] if readings else None
        advised = record.level or (last.level if last else None)
        return Result(
            vignette=vignette,
            advised=advised,
            evidence=(last.evidence,) if last and last.evidence else (),
            levels=tuple(levels) or ((advised,) if advised else ()),
            replies=record.replies,
            failure=None if advised else f"unclear: {last.why if last else 'no_advice'}",
            confidence=record.confidence,
        )


def write_transcript(path: Path, results: Iterable[Result]) -> None:
    """Write what a system said as a transcript, so that it can be scored again without asking it again."""
    lines = (
        json.dumps({"id": item.vignette.id, "replies": item.replies}, ensure_ascii=False) + "\n" for item in results
    )
    path.write_text("".join(lines), encoding="utf-8")


_ADVICE: dict[str, Disposition] = {
    "Emergency": Disposition.EMERGENCY_DEPARTMENT,
    "em": Disposition.EMERGENCY_DEPARTMENT,
    "Non-Emergency": Disposition.TODAY,
    "ne": Disposition.TODAY,
    "Self-care": Disposition.SELF_CARE,
    "sc": Disposition.SELF_CARE,
}
"""What the publications call the three levels."""

_RUN = re.compile(r"_\d+$")


def symptom_checkers(path: Path, vignettes: Mapping[int, Vignette]) -> dict[str, list[Result]]:
    """Return the published advice of 22 symptom checkers on the 45 classic vignettes, by system.

    Rows without an advice are left out, as in the publication: a checker is measured on what it accepted.

    Args:
        path: `symptom_checker_results.csv` (Schmieding et al. 2022, Zenodo 6054092).
        vignettes: The vignettes by their number, from 1.

    Raises:
        SuiteError: The file is missing or lacks a column.
    """
    found: dict[str, list[Result]] = {}
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                advice = _ADVICE.get(row["Triage_advice_from_app"])
                vignette = vignettes.get(int(row["Vignette_id"]))
                if advice is not None and vignette is not None:
                    found.setdefault(row["App_name"], []).append(Result(vignette=vignette, advised=advice))
    except (OSError, KeyError, ValueError) as error:
        raise SuiteError(f"{path}: {error}") from None
    return found


def language_models(path: Path, vignettes: Mapping[int, Vignette]) -> dict[str, list[Result]]:
    """Return the published advice of language models on the same vignettes, every run of a model together.

    Args:
        path: `medask_llm_results.jsonl`: one line a case and run, with the file of the benchmark it came from.
        vignettes: The vignettes by their number, from 1.

    Raises:
        SuiteError: The file is missing, or a line is no record of the benchmark.
    """
    found: dict[str, list[Result]] = {}
    try:
        for line in read_text(path).splitlines():
            row = json.loads(line)
            name = Path(row["file"]).stem
            vignette = vignettes.get(row["case_id"])
            if name.startswith("semigran_") and vignette is not None:
                model = _RUN.sub("", name.removeprefix("semigran_"))
                result = Result(vignette=vignette, advised=_ADVICE.get(row["llm_output"]))
                found.setdefault(model, []).append(result)
    except (KeyError, json.JSONDecodeError) as error:
        raise SuiteError(f"{path}: {error}") from None
    return found
