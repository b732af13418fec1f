"""Patients of DDXPlus (Fansi Tchango et al., NeurIPS 2022, arXiv 2205.09148; CC BY 4.0), in English and in French.

Read is the release, English or French: a CSV of patients (`AGE`, `SEX`, `PATHOLOGY`, `EVIDENCES`, `INITIAL_EVIDENCE`)
with `release_conditions.json` and `release_evidences.json` beside it. The initial evidence is what the patient says
first, the others are the facts. The evidences are questions; `ddxplus.yaml` turns those that are answered by yes into
sentences of the patient, and says how the severity of the condition becomes a reference, which is a proxy: nobody has
triaged them.
"""

from __future__ import annotations

import ast
import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from evals.loaders import left_out
from evals.sheet import Sheet
from evals.vignette import SuiteError, Vignette, read_text
from knowledge.vocabulary import Disposition

_COLUMNS = ("AGE", "SEX", "PATHOLOGY", "EVIDENCES", "INITIAL_EVIDENCE")
_VALUE = "_@_"


def is_release(text: str) -> bool:
    """Return whether a CSV file has the columns of the release."""
    return set(_COLUMNS) <= set(next(csv.reader([text.partition("\n")[0].strip()]), ()))


def read(path: Path, text: str) -> list[Sheet]:
    """Return the patients in English and French; those whose severity gives no reference are left out.

    Args:
        path: The CSV file, for the two other files beside it and for messages.
        text: What stands in it.

    Raises:
        SuiteError: A file beside it is missing or no JSON, or a row names a condition or an evidence that is not in it.
    """
    conditions = _beside(path, "release_conditions.json")
    evidences = _beside(path, "release_evidences.json")
    severities = {str(item["condition_name"]): int(item["severity"]) for item in conditions.values()}
    found: list[Sheet] = []
    unknown = 0
    for number, row in enumerate(csv.DictReader(io.StringIO(text), restval=""), start=2):
        try:
            reference = _reference(severities[row["PATHOLOGY"]])
            if reference is None:
                unknown += 1
                continue
            found += _sheets(row, evidences, reference, f"{path.stem}-{number}")
        except (KeyError, ValueError, SyntaxError) as error:
            raise SuiteError(f"{path}: line {number}: {type(error).__name__} {error}") from None
    left_out(path, unknown, "a severity between severe and mild gives no reference")
    return found


def _beside(path: Path, name: str) -> dict[str, dict[str, Any]]:
    beside = path.with_name(name)
    try:
        loaded: dict[str, dict[str, Any]] = json.loads(read_text(beside))
    except SuiteError as error:
        raise SuiteError(f"{error}; it belongs to the release, beside {path.name}") from None
    except json.JSONDecodeError as error:
        raise SuiteError(f"{beside}: {error}") from None
    return loaded


def _reference(severity: int) -> tuple[Disposition, ...] | None:
    names = _table()["reference"].get(severity)
    return None if names is None else tuple(Disposition.parse(name) for name in names)


def _sheets(
    row: dict[str, str], evidences: dict[str, dict[str, Any]], reference: tuple[Disposition, ...], name: str
) -> Iterator[Sheet]:
    answers: dict[str, list[str]] = {}
    for item in ast.literal_eval(row["EVIDENCES"]):
        code, _, value = item.partition(_VALUE)
        answers.setdefault(code, []).append(value)
    for language in _table()["languages"]:
        words = _words(language)
        said = {code: _said(evidences[code], values, words) for code, values in answers.items()}
        first = said.pop(row["INITIAL_EVIDENCE"].partition(_VALUE)[0]) or ""
        who = words.who[row["SEX"]].format(age=int(row["AGE"]))
        case = Vignette(
            id=f"{name}.{language}",
            turns=(f"{first} {who}".strip(),),
            reference=reference,
            language=language,
            parallel=name,
            tags=("ddxplus",),
            subject={"age_years": int(row["AGE"]), "sex": row["SEX"]},
            author="synthetic, of a rule-based system",
            source="DDXPlus (CC BY 4.0)",
            labelled_by="severity of the condition, a proxy (no triage)",
        )
        yield Sheet(case, tuple(sentence for sentence in said.values() if sentence))


@dataclass(frozen=True)
class _Words:
    language: str
    who: dict[str, str]
    yes: str
    turned: tuple[tuple[re.Pattern[str], str], ...]
    left: re.Pattern[str]


def _said(evidence: dict[str, Any], values: list[str], words: _Words) -> str | None:
    """Return what the patient says of one evidence, None where its value is the default, that is, nothing."""
    question = " ".join(evidence[f"question_{words.language}"].replace("’", "'").split())
    if evidence["data_type"] == "B":
        return _turned(question, words.language)
    meanings = [
        evidence["value_meaning"][value][words.language] if evidence["value_meaning"] else f"{value} / 10"
        for value in values
        if value != str(evidence["default_value"])
    ]
    if not meanings:
        return None
    # a question of yes and no that the release keeps among those with choices; O is the French yes
    if meanings in (["Y"], ["O"]):
        return _turned(question, words.language)
    return f"{question} {', '.join(meanings)}."


@cache
def _turned(question: str, language: str) -> str:
    """Return a question that is answered by yes as a sentence of the patient, or with its answer."""
    words = _words(language)
    bare = question.rstrip("? ").strip()
    for pattern, instead in words.turned:
        bare = pattern.sub(instead, bare)
    if words.left.search(bare):
        return f"{question} {words.yes}"
    return f"{bare[:1].upper()}{bare[1:]}."


@cache
def _words(language: str) -> _Words:
    table = _table()["languages"][language]
    return _Words(
        language=language,
        who=table["who"],
        yes=table["yes"],
        turned=tuple((re.compile(pattern, re.IGNORECASE), instead) for pattern, instead in table["turned"]),
        left=re.compile(table["left"], re.IGNORECASE),
    )


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = yaml.safe_load(files("evals.loaders").joinpath("ddxplus.yaml").read_text(encoding="utf-8"))
    return table
