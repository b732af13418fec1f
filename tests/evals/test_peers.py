"""The 45 classic vignettes: ours beside published answers, in one table and one plot that stands alone."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from evals.peers import beside_peers
from evals.systems.salama import Salama
from evals.vignette import SuiteError
from triage import TriagePipeline


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two vignettes, a checker that accepted one of them and a model that answered both."""
    case = {"dataset": "semigran45", "lang": "en"}
    rows = [
        case | {"id": "semigran-1", "text": "crushing chest pain and sweating", "gold_unified": ["emergency"]},
        case | {"id": "semigran-2", "text": "runny nose since yesterday", "gold_unified": ["self_care"]},
    ]
    answers = [
        {"file": "semigran_some-model_1.jsonl", "case_id": 1, "llm_output": "em"},
        {"file": "semigran_some-model_1.jsonl", "case_id": 2, "llm_output": "ne"},
    ]
    (tmp_path / "symptomcheckR").mkdir()
    (tmp_path / "semigran45").mkdir()
    for name, items in (("dev_gold.jsonl", rows), ("semigran45/medask_llm_results.jsonl", answers)):
        (tmp_path / name).write_text("\n".join(map(json.dumps, items)), encoding="utf-8")
    (tmp_path / "symptomcheckR" / "symptom_checker_results.csv").write_text(
        "App_name,Vignette_id,Triage_advice_from_app\nSome <checker>,1,Self-care\nSome <checker>,2,NA\n",
        encoding="utf-8",
    )
    return tmp_path


def test_ours_stands_beside_checkers_and_models(folder: Path, pipeline: TriagePipeline) -> None:
    table = beside_peers(folder, Salama(pipeline), folder / "out").splitlines()
    assert table[2].startswith("| Salama, ") and "| 2 of 45 |" in table[2]
    assert table[3].startswith("| some-model | 2 of 45 | 50% | 100% | 100% | 50% |")
    assert table[4].startswith("| Some <checker> | 1 of 45 | 0% | 0% | 0% | 0% |")


def test_the_plot_stands_alone_and_names_every_system(folder: Path, pipeline: TriagePipeline) -> None:
    beside_peers(folder, Salama(pipeline), folder / "out")
    root = ElementTree.fromstring((folder / "out" / "peers.svg").read_text(encoding="utf-8"))
    names = [item.text or "" for item in root.iter("{http://www.w3.org/2000/svg}title")]
    assert [name.partition(":")[0] for name in names] == ["Salama", "Some <checker>", "some-model"]
    points = [item for item in root.iter("{http://www.w3.org/2000/svg}circle") if item.get("class") != "key"]
    assert len({item.get("fill") for item in points}) == 3
    # wrong and too calm on all it accepted: the corner of the axes
    assert (points[1].get("cx"), points[1].get("cy")) == ("52.0", "328.0")


def test_a_folder_without_the_vignettes_says_what_is_missing(tmp_path: Path, pipeline: TriagePipeline) -> None:
    with pytest.raises(SuiteError, match=r"dev_gold\.jsonl"):
        beside_peers(tmp_path, Salama(pipeline), tmp_path)
