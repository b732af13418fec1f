"""The 45 classic vignettes (Semigran et al., BMJ 2015;351:h3480) beside the published answers of other systems."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from html import escape
from pathlib import Path

from evals.development import find
from evals.measures import capability_comparison
from evals.metrics import accuracy, emergency_sensitivity, over_triage, safety_of_advice
from evals.plots import Kind, Point, scatter
from evals.result import Result
from evals.runner import run
from evals.systems import System
from evals.systems.recorded import language_models, symptom_checkers
from evals.systems.salama import Build, Salama
from evals.vignette import SuiteError, Vignette

_NOTE = (
    "The vignettes are public since 2015, in the third person of clinicians; symptom checkers were used by people who "
    "entered each case, on the cases they accepted; language models saw the text, five runs each. None of it is safety "
    "evidence."
)


def beside_peers(folder: Path, ours: System, out: Path) -> str:
    """Measure a system, write `peers.md`, `peers.html` and `peers.svg`, and return the table.

    Args:
        folder: Where `dev_gold.jsonl`, `symptomcheckR/` and `semigran45/` lie.
        ours: The system under test.
        out: Folder for the report.

    Raises:
        SuiteError: The vignettes or the answers are not there.
    """
    vignettes = _vignettes(folder)
    checkers = symptom_checkers(folder / "symptomcheckR" / "symptom_checker_results.csv", vignettes)
    models = language_models(folder / "semigran45" / "medask_llm_results.jsonl", vignettes)
    answers = {**checkers, **models}
    mine = {ours.name: run(ours, list(vignettes.values()))}
    table = _table({**mine, **dict(sorted(answers.items(), key=lambda item: -(accuracy(item[1]).value or 0)))}, 45)
    points = [_point("Salama", results, "ours") for results in mine.values()]
    points += [_point(name, results, "checker") for name, results in checkers.items()]
    points += [_point(name, results, "model") for name, results in models.items()]
    plot = scatter(points, "accuracy", "safety of advice")
    out.mkdir(parents=True, exist_ok=True)
    (out / "peers.md").write_text(f"{table}\n\n{_NOTE}\n", encoding="utf-8")
    (out / "peers.svg").write_text(f"{plot}\n", encoding="utf-8")
    (out / "peers.html").write_text(
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Peers</title>'
        f"<body>{plot}<pre>{escape(table)}</pre><p>{_NOTE}</p></body></html>\n",
        encoding="utf-8",
    )
    return table


def _vignettes(folder: Path) -> dict[int, Vignette]:
    for item, cases in find(folder):
        if item.name == "semigran45" and cases:
            return {int(case.id.rpartition("-")[2]): case for case in cases}
    raise SuiteError(f"{folder}: no dev_gold.jsonl with the 45 classic vignettes; name the folder that holds it")


def _point(name: str, results: Sequence[Result], kind: Kind) -> Point:
    return Point(name, accuracy(results).value or 0.0, safety_of_advice(results).value or 0.0, kind)


def _table(systems: dict[str, list[Result]], offered: int) -> str:
    lines = [
        "| system | cases | accuracy | emergencies found | safety of advice | over-triage | capability score |",
        "|---|---|---|---|---|---|---|",
    ]
    scores = capability_comparison(systems)
    for name, results in systems.items():
        found = (accuracy, emergency_sensitivity, safety_of_advice, over_triage)
        cells = " | ".join(f"{metric(results).value or 0:.0%}" for metric in found)
        cases = {item.vignette.id for item in results}
        lines.append(f"| {name} | {len(cases)} of {offered} | {cells} | {scores[name].value or 0:.0f} |")
    return "\n".join(lines)


def main(arguments: Sequence[str], build: Build) -> int:
    """Print the table and write it with its plot.

    Raises:
        SuiteError: The vignettes or the answers are not in the folder.
    """
    parser = argparse.ArgumentParser(
        prog="salama eval peers", description="The 45 classic vignettes beside published answers of other systems."
    )
    parser.add_argument("folder", type=Path, help="folder with semigran45/ and symptomcheckR/")
    parser.add_argument("--out", type=Path, default=Path("reports"), help="folder for peers.md, .html and .svg")
    options = parser.parse_args(arguments)
    print(beside_peers(options.folder, Salama(build(False)), options.out))
    return 0
