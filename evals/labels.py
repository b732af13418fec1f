"""`salama eval label`: cases out to clinicians as blind sheets, their labels back in, what to adjudicate."""

from __future__ import annotations

import argparse
import csv
import io
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from evals.reading.agreement import kappa
from evals.result import Proportion
from evals.suites import load
from evals.systems.salama import Build
from evals.vignette import SuiteError, Vignette
from knowledge.vocabulary import Disposition

COLUMNS = ("id", "language", "text", "level", "unsure", "note")
LEVELS = tuple(level.name.lower() for level in Disposition)


def sheet(vignettes: Sequence[Vignette], seed: int) -> str:
    """Return the cases as a CSV sheet in an order of the seed's, without reference, advice or tags.

    Each rater gets a sheet with a seed of their own, so that order effects do not agree by themselves.
    """
    order = list(vignettes)
    random.Random(seed).shuffle(order)  # noqa: S311 - reproducible, not secret
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for item in order:
        about = "".join(f"[{key}: {value}] " for key, value in item.subject.items())
        writer.writerow([item.id, item.language, about + "\n".join(item.turns), "", "", ""])
    return text.getvalue()


def read_sheet(path: Path) -> dict[str, str]:
    """Return the levels of a filled sheet by case; rows without a level are left out.

    Raises:
        SuiteError: The file is missing, is no such sheet, or holds an unknown level.
    """
    try:
        rows = list(csv.DictReader(path.open(encoding="utf-8-sig", newline="")))
    except OSError as error:
        raise SuiteError(f"{path}: {error.strerror}") from None
    found: dict[str, str] = {}
    for number, row in enumerate(rows, start=2):
        level = (row.get("level") or "").strip().lower()
        if "id" not in row or level not in ("", *LEVELS):
            raise SuiteError(f"{path}: row {number}: unknown level {level!r}; choose from: {', '.join(LEVELS)}")
        if level:
            found[row["id"]] = level
    return found


def weighted_kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Return Cohen's kappa with quadratic weights over the six levels (Cohen 1968); None of nothing."""
    if not pairs:
        return None
    place = {name: number for number, name in enumerate(LEVELS)}
    one, two = ([place[pair[side]] for pair in pairs] for side in (0, 1))
    seen = sum((a - b) ** 2 for a, b in zip(one, two, strict=True)) / len(pairs)
    chance = sum((a - b) ** 2 for a in one for b in two) / len(pairs) ** 2
    return 1.0 if chance == 0 else 1 - seen / chance


def disputed(first: Mapping[str, str], second: Mapping[str, str]) -> list[str]:
    """Return the cases that a third clinician has to decide: those that the two labelled differently."""
    return sorted(name for name in first.keys() & second.keys() if first[name] != second[name])


def settled(first: Mapping[str, str], second: Mapping[str, str], third: Mapping[str, str]) -> dict[str, str]:
    """Return the final label of each case: what both say, or what the adjudicator says."""
    shared = first.keys() & second.keys()
    agreed = {name: first[name] for name in shared if first[name] == second[name]}
    return agreed | {name: third[name] for name in disputed(first, second) if name in third}


def report(first: Mapping[str, str], second: Mapping[str, str]) -> Iterator[str]:
    """Yield the agreement of two raters and the cases to adjudicate."""
    pairs = [(first[name], second[name]) for name in sorted(first.keys() & second.keys())]
    yield f"labelled by both: {len(pairs)}; by one only: {len(first.keys() ^ second.keys())}"
    if pairs:
        yield f"the same level: {Proportion(sum(a == b for a, b in pairs), len(pairs))}"
        yield f"kappa {kappa(pairs):.2f}, with quadratic weights {weighted_kappa(pairs):.2f}"
        apart = sum(abs(LEVELS.index(a) - LEVELS.index(b)) > 1 for a, b in pairs)
        yield f"two or more levels apart: {apart}"
    for name in disputed(first, second):
        yield f"to adjudicate: {name}: {first[name]} / {second[name]}"


def main(arguments: Sequence[str], _: Build) -> int:
    """Write a blind sheet, or print the agreement of filled ones.

    Raises:
        SuiteError: A suite or sheet is missing or cannot be read.
    """
    parser = argparse.ArgumentParser(
        prog="salama eval label", description="Blind double labels by clinicians: sheets out, agreement back."
    )
    steps = parser.add_subparsers(dest="step", required=True, metavar="STEP")
    out = steps.add_parser("export", help="write a blind sheet of a suite for one rater")
    out.add_argument("suite", type=Path)
    out.add_argument("sheet", type=Path, help="CSV file to write")
    out.add_argument("--seed", type=int, required=True, help="order of the cases; another one for each rater")
    out.add_argument("--only", type=Path, nargs=2, metavar="SHEET", help="only what these two raters disagree on")
    back = steps.add_parser("import", help="agreement of two filled sheets; with a third one the final labels")
    back.add_argument("first", type=Path)
    back.add_argument("second", type=Path)
    back.add_argument("--adjudicated", type=Path, help="filled sheet of the adjudicator")
    back.add_argument("--labels", type=Path, help="JSON file to write the final labels to")
    options = parser.parse_args(arguments)
    if options.step == "export":
        [suite] = load([options.suite])
        wanted = set(disputed(*map(read_sheet, options.only))) if options.only else None
        cases = [item for item in suite.vignettes if wanted is None or item.id in wanted]
        options.sheet.write_text(sheet(cases, options.seed), encoding="utf-8")
        print(f"{len(cases)} cases in {options.sheet}; fill the column `level`")
        return 0
    first, second = read_sheet(options.first), read_sheet(options.second)
    print("\n".join(report(first, second)))
    if options.labels:
        third = read_sheet(options.adjudicated) if options.adjudicated else {}
        final = settled(first, second, third)
        options.labels.write_text(json.dumps(final, indent=1, ensure_ascii=False, sort_keys=True), encoding="utf-8")
        print(f"{len(final)} final labels in {options.labels}")
    return 0
