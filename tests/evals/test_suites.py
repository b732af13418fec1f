"""Suites are strict data, and running one gives a report that names every miss."""

import json
from pathlib import Path

import pytest

from evals.perturb import PERTURBATIONS, perturbed
from evals.suites import evaluate, shipped
from evals.vignette import SuiteError, load_suite
from knowledge import LANGUAGES
from triage import TriagePipeline


def test_the_shipped_suites_load_and_say_who_labelled_them() -> None:
    suites = {path.stem: load_suite(path) for path in shipped()}
    assert {"parallel", "dialogues"} <= set(suites)
    for vignettes in suites.values():
        assert len({item.id for item in vignettes}) == len(vignettes)
        assert all(item.labelled_by and item.author for item in vignettes)
    assert {item.language for item in suites["parallel"]} == set(LANGUAGES)
    assert len(suites["parallel"]) >= 400 and len(suites["dialogues"]) >= 80


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("not json", "line 1"),
        ('{"id": "a"}', "turns"),
        ('{"id": "a", "turns": ["x"], "reference": ["urgent"]}', "urgent"),
        ('{"id": "a", "turns": [], "reference": ["soon"]}', "turns"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "s.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SuiteError, match=says):
        load_suite(path)


def test_a_missing_suite_is_named(tmp_path: Path) -> None:
    with pytest.raises(SuiteError, match=r"nothing\.jsonl"):
        load_suite(tmp_path / "nothing.jsonl")


def test_a_run_writes_reports_with_every_miss(pipeline: TriagePipeline, tmp_path: Path) -> None:
    suite = tmp_path / "small.jsonl"
    rows = [
        {"id": "a", "turns": ["I have crushing chest pain and I am sweating"], "reference": ["ambulance"]},
        {"id": "wrong", "turns": ["my face is drooping"], "reference": ["self_care"]},
    ]
    suite.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    lines = list(evaluate(pipeline, [suite], tmp_path / "out"))
    assert any("accuracy" in line and "(1/2" in line for line in lines)
    report = json.loads((tmp_path / "out" / "small.json").read_text(encoding="utf-8"))
    assert report["metrics"]["emergency_sensitivity"]["value"] == 1.0
    text = (tmp_path / "out" / "small.md").read_text(encoding="utf-8")
    assert "`wrong` reference self_care, advised ambulance" in text and "neuro.stroke_signs" in text


def test_perturbations_are_the_same_for_the_same_seed() -> None:
    vignettes = load_suite(next(path for path in shipped() if path.stem == "parallel"))[:25]
    first = [changed.turns for _, _, changed in perturbed(vignettes, 7)]
    assert first == [changed.turns for _, _, changed in perturbed(vignettes, 7)]
    assert {name for name, _, _ in perturbed(vignettes, 7)} == set(PERTURBATIONS)
