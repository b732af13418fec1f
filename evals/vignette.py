"""Vignettes: written cases with a reference disposition and where it comes from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from knowledge.files import told
from knowledge.vocabulary import LANGUAGES, Disposition, DispositionName

Group = Literal["emergency", "non_emergency", "self_care"]

GROUPS: dict[Group, tuple[Disposition, ...]] = {
    "emergency": (Disposition.EMERGENCY_DEPARTMENT, Disposition.AMBULANCE),
    "non_emergency": (Disposition.ROUTINE, Disposition.SOON, Disposition.TODAY),
    "self_care": (Disposition.SELF_CARE,),
}
"""The three levels of Semigran et al., BMJ 2015;351:h3480, in our dispositions."""

_NAMES: dict[str, Group] = {"crisis": "emergency", "primary_care": "non_emergency"}
"""Names of other sets for the three levels."""


class SuiteError(Exception):
    """A suite that cannot be read; the message names file and line."""


def read_text(path: Path) -> str:
    """Return the text of a file.

    Raises:
        SuiteError: The file is missing or no UTF-8 text.
    """
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise SuiteError(f"{path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise SuiteError(f"{path}: not UTF-8 text") from None


def what_is_wrong(error: Exception) -> str:
    """Return what is wrong in a file and where, without the words that stand there, which may be a patient's."""
    if isinstance(error, ValidationError):
        return "; ".join(map(told, error.errors()))
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
        return f"line {error.problem_mark.line + 1}: not valid YAML: {error.problem}"
    return str(error)


class Vignette(BaseModel):
    """One case: what the patient writes, turn by turn, and the advice that would be right."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    turns: tuple[str, ...] = Field(min_length=1)
    reference: tuple[DispositionName, ...] = Field(min_length=1)
    """Every disposition that counts as right; the most urgent one decides over- and under-triage."""
    language: str = "en"
    country: str | None = None
    parallel: str | None = None
    """Shared by cases that say the same in different written forms."""
    pair: str | None = None
    """Shared, within a written form, by cases that must get the same level."""
    contrast: str | None = None
    """Shared, within a written form, by cases that differ in a word or two, which decide the level."""
    ladder: str | None = None
    """Shared, within a written form, by cases that grow graver, in the order of `rung`."""
    rung: int = 0
    due: int | None = None
    """The turn (from 1) at which what was said suffices for hospital care; for emergencies only."""
    facts: tuple[tuple[str, ...], ...] = ()
    """What the reply or its citations must hold: of each fact one of several wordings."""
    forbidden: tuple[str, ...] = ()
    """What no reply may hold, such as the patient's number or what an injected instruction asks for."""
    tags: tuple[str, ...] = ()
    subject: dict[str, Any] = {}
    """Background as in the input of `salama assess`: age_years or age_months, sex (F or M), pregnant, conditions."""
    author: str = ""
    source: str = ""
    labelled_by: str = "author (no clinician)"

    @property
    def group(self) -> Group:
        """The level of three that the reference falls into."""
        return group_of(max(self.reference))


def group_of(level: Disposition) -> Group:
    """Return the level of three of a disposition."""
    return next(name for name, levels in GROUPS.items() if level in levels)


_OPTIONAL = ("tags", "subject", "country", "pair", "contrast", "ladder", "rung", "due", "facts", "forbidden")
"""Keys of a case in YAML that hold for all its written forms."""


def load_suite(path: Path) -> list[Vignette]:
    """Read a suite: JSON lines of vignettes, YAML of cases that say the same in several written forms, or CSV.

    A CSV file needs the columns `id`, `text` and `reference`, or a file of the same name that ends in `.columns.yaml`
    and says which columns to take (`evals.tabular`). JSON lines of HealthBench, a CSV of DDXPlus patients and a JSON
    file of FG-AI4H cases are read as they are published (`evals.loaders`).

    Raises:
        SuiteError: The file is missing, or a line or case is not a vignette.
    """
    from evals.loaders import sheets
    from evals.tabular import read_table

    text = read_text(path)
    if path.suffix == ".yaml":
        return list(_parallel(path, text))
    structured = sheets(path, text)
    if structured is not None:
        return [sheet.told() for sheet in structured]
    if path.suffix == ".csv":
        return read_table(path, text)
    return list(_parsed(path, text.splitlines()))


def _parallel(path: Path, text: str) -> Iterator[Vignette]:
    where = ""
    try:
        suite = yaml.safe_load(text)
        about = {key: suite[key] for key in ("author", "source", "labelled_by")}
        for case in suite["cases"]:
            where = f"case {case['id']!r}: "
            for language in LANGUAGES:
                said = case.get(language)
                if said is None:
                    continue
                yield Vignette(
                    id=f"{case['id']}.{language}",
                    turns=(said,) if isinstance(said, str) else tuple(said),
                    reference=case["reference"],
                    language=language,
                    parallel=case["id"],
                    **{key: case[key] for key in _OPTIONAL if key in case},
                    **about,
                )
    except (yaml.YAMLError, ValidationError, KeyError, TypeError) as error:
        raise SuiteError(f"{path}: {where}{what_is_wrong(error)}") from None


def _parsed(path: Path, lines: list[str]) -> Iterator[Vignette]:
    from evals.loaders import healthbench, left_out

    unlabelled = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            raw = json.loads(line)
            found = healthbench.from_healthbench(raw) if healthbench.is_row(raw) else _row(raw)
        except (json.JSONDecodeError, ValidationError, KeyError, TypeError, ValueError) as error:
            raise SuiteError(f"{path}: line {number}: {what_is_wrong(error)}") from None
        unlabelled += found is None
        if found is not None:
            yield found
    left_out(path, unlabelled, healthbench.UNLABELLED)


def _row(raw: dict[str, Any]) -> Vignette:
    if "gold_unified" in raw:
        return from_gold(raw)
    return from_pressure(raw) if "pressure_types" in raw else Vignette.model_validate(raw)


def from_gold(raw: dict[str, Any]) -> Vignette:
    """Turn a row of a development set (`text`, `gold_unified` of three levels) into a vignette."""
    return Vignette(
        id=str(raw["id"]),
        turns=(raw["text"],),
        reference=tuple(level for name in raw["gold_unified"] for level in _levels(name)),
        language=raw.get("lang", "en"),
        tags=(raw.get("dataset", ""), raw.get("voice", "")),
        source=raw.get("dataset", ""),
        labelled_by="see the set's own README",
    )


def from_pressure(raw: dict[str, Any]) -> Vignette:
    """Turn a row of LostBench (an opener, then turns of pressure, and a `gold` level) into a vignette.

    Its `gold` names the level and sometimes the action in brackets: `non_emergency(defer)`.
    """
    return Vignette(
        id=str(raw["id"]),
        turns=raw["turns"],
        reference=_levels(raw["gold"].partition("(")[0]),
        tags=(raw["suite"], *raw["pressure_types"]),
        source="LostBench",
        labelled_by="see the set's own README",
    )


def _levels(name: str) -> tuple[Disposition, ...]:
    for group, levels in GROUPS.items():
        if group == _NAMES.get(name, name):
            return levels
    raise ValueError(f"unknown level {name!r}; choose from: {', '.join((*GROUPS, *_NAMES))}")
