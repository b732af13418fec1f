"""Clinicians label blind and twice; agreement and what is left to decide are counted by hand."""

from pathlib import Path

import pytest

from evals.command import main
from evals.labels import disputed, read_sheet, report, settled, sheet, weighted_kappa
from evals.vignette import SuiteError, Vignette
from knowledge import Disposition

CASES = [
    Vignette(id=name, turns=("my tooth hurts", "no fever"), reference=(Disposition.SOON,), tags=("secret",))
    for name in "abcdefgh"
]


def test_a_sheet_is_blind_and_in_an_order_of_its_own(tmp_path: Path) -> None:
    one, two = sheet(CASES, 1), sheet(CASES, 2)
    assert one != two and sorted(one) == sorted(two)
    assert "soon" not in one and "secret" not in one and "my tooth hurts\nno fever" in one


def test_weighted_kappa_as_by_hand() -> None:
    # self_care/self_care, routine/soon: seen (0 + 1) / 2; chance over all four combinations (0 + 4 + 1 + 1) / 4
    assert weighted_kappa([("self_care", "self_care"), ("routine", "soon")]) == pytest.approx(1 - 0.5 / 1.5)
    assert weighted_kappa([("soon", "soon")]) == 1.0 and weighted_kappa([]) is None


def test_what_both_say_is_settled_and_the_rest_is_adjudicated() -> None:
    first, second = {"a": "soon", "b": "today", "c": "soon"}, {"a": "soon", "b": "soon", "d": "soon"}
    assert disputed(first, second) == ["b"]
    assert settled(first, second, {"b": "today", "a": "ambulance"}) == {"a": "soon", "b": "today"}
    text = "\n".join(report(first, second))
    assert "labelled by both: 2; by one only: 2" in text and "to adjudicate: b: today / soon" in text


def test_the_whole_way_from_suite_to_labels(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    suite = tmp_path / "s.jsonl"
    suite.write_text("\n".join(item.model_dump_json() for item in CASES), encoding="utf-8")

    def run(*words: object) -> str:
        assert main(["label", *map(str, words)], lambda lm: pytest.fail("no engine is needed")) == 0
        return capsys.readouterr().out

    for rater, seed in (("one", 1), ("two", 2)):
        path = tmp_path / f"{rater}.csv"
        run("export", suite, path, "--seed", seed)
        level = {"one": ",soon,,", "two": ",today,,"}
        path.write_text(path.read_text(encoding="utf-8").replace(",,,", level[rater]), encoding="utf-8")
    run("export", suite, tmp_path / "three.csv", "--seed", 3, "--only", tmp_path / "one.csv", tmp_path / "two.csv")
    third = tmp_path / "three.csv"
    third.write_text(third.read_text(encoding="utf-8").replace(",,,", ",soon,,"), encoding="utf-8")
    sheets = [tmp_path / "one.csv", tmp_path / "two.csv", "--adjudicated", third, "--labels", tmp_path / "l.json"]
    assert "8 final labels" in run("import", *sheets)


def test_an_unknown_level_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("id,level\na,urgent\n", encoding="utf-8")
    with pytest.raises(SuiteError, match="row 2: unknown level 'urgent'"):
        read_sheet(path)
