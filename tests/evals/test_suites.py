"""Suites are strict data of a known make-up, and running one gives a report that names every miss."""

import json
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from evals.development import SETS, find, skipped
from evals.measure import Measured, lines
from evals.measure import measure as measure_system
from evals.provenance import Provenance
from evals.result import Result
from evals.suites import Suite, load, shipped
from evals.summary import summary, summary_json
from evals.systems.salama import Salama
from evals.vignette import SuiteError, Vignette, load_suite
from knowledge import LANGUAGES, Disposition
from triage import TriagePipeline

FORMS = set(LANGUAGES)


@pytest.fixture(scope="module")
def suites() -> dict[str, Suite]:
    return {suite.name: suite for suite in load([])}


def test_every_suite_says_who_wrote_and_who_labelled_it(suites: dict[str, Suite]) -> None:
    for suite in suites.values():
        assert all(item.labelled_by and item.author and item.source for item in suite.vignettes)


def test_ids_are_unique_over_all_suites(suites: dict[str, Suite]) -> None:
    found = Counter(item.id for suite in suites.values() for item in suite.vignettes)
    assert [name for name, count in found.items() if count > 1] == []


def test_every_unseen_suite_has_a_seen_twin(suites: dict[str, Suite]) -> None:
    unseen = [suite for suite in suites.values() if suite.unseen]
    assert len(unseen) >= 4
    assert all(suite.name.removesuffix("_unseen") in suites for suite in unseen)


def test_a_case_is_written_in_all_five_forms_or_in_english_and_french(suites: dict[str, Suite]) -> None:
    for suite in suites.values():
        cases: dict[str, set[str]] = {}
        for item in suite.vignettes:
            cases.setdefault(str(item.parallel), set()).add(item.language)
        assert all(forms in (FORMS, {"en", "fr"}) for forms in cases.values()), suite.name
        five = sum(forms == FORMS for forms in cases.values())
        assert five == len(cases) or (five >= 15 and suite.name.startswith("narratives"))


def test_no_two_messages_of_a_form_are_the_same(suites: dict[str, Suite]) -> None:
    seen = [item for suite in suites.values() for item in suite.vignettes]
    assert max(Counter((item.language, item.turns) for item in seen).values()) == 1


def test_the_forms_of_a_case_have_the_same_number_of_turns(suites: dict[str, Suite]) -> None:
    for suite in suites.values():
        turns: dict[str, set[int]] = {}
        for item in suite.vignettes:
            turns.setdefault(str(item.parallel), set()).add(len(item.turns))
        assert all(len(counts) == 1 for counts in turns.values()), suite.name


def test_pairs_contrasts_and_ladders_have_partners_in_every_form(suites: dict[str, Suite]) -> None:
    for kind, least in (("pair", 2), ("contrast", 2), ("ladder", 4)):
        sets: dict[tuple[str, str], list[Vignette]] = {}
        for suite in suites.values():
            for item in suite.vignettes:
                if getattr(item, kind) is not None:
                    sets.setdefault((getattr(item, kind), item.language), []).append(item)
        assert len(sets) >= 10 and {form for _, form in sets} == FORMS
        assert all(len(part) >= least for part in sets.values()), kind
        if kind == "pair":
            assert all(len({item.reference for item in part}) == 1 for part in sets.values())
        elif kind == "contrast":
            assert all(len({item.group == "emergency" for item in part}) == 2 for part in sets.values())
        else:
            for part in sets.values():
                rungs = sorted(part, key=lambda item: item.rung)
                assert [item.rung for item in rungs] == list(range(1, len(part) + 1))
                gravest = [max(item.reference) for item in rungs]
                assert gravest == sorted(gravest)


def test_a_due_turn_lies_in_the_dialogue_and_is_one_of_an_emergency(suites: dict[str, Suite]) -> None:
    due = [item for suite in suites.values() for item in suite.vignettes if item.due is not None]
    assert len(due) >= 30
    assert all(1 <= (item.due or 0) <= len(item.turns) and item.group == "emergency" for item in due)


def test_the_shares_of_messages_and_dialogues(suites: dict[str, Suite]) -> None:
    every = [item for suite in suites.values() for item in suite.vignettes]
    single = [item for item in every if len(item.turns) == 1]
    dialogues = [item for item in every if len(item.turns) > 1]
    for part, least in ((single, 400), (dialogues, 80)):
        assert len(part) >= least
        assert {item.language for item in part} == FORMS
    calm = [item for item in single if not max(item.reference).is_emergency]
    assert len(calm) >= 0.45 * len(single)
    ordinary = [item for name in ("ordinary", "ordinary_unseen") for item in suites[name].vignettes]
    assert len(ordinary) >= 120 and not any(max(item.reference).is_emergency for item in ordinary)
    for language in LANGUAGES:
        assert sum(item.language == language for item in ordinary) >= 24


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("not json", "line 1"),
        ('{"id": "a"}', "turns"),
        ('{"id": "a", "turns": ["x"], "reference": ["urgent"]}', "urgent"),
        ('{"id": "a", "turns": [], "reference": ["soon"]}', "turns"),
        ('{"id": "a", "text": "x", "gold_unified": ["grave"]}', "grave"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "s.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SuiteError, match=says):
        load_suite(path)


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("a.jsonl", '{"id": "a", "turns": "SECRET", "reference": ["today"]}', "line 1: turns: "),
        (
            "a.yaml",
            "{author: a, source: s, labelled_by: l, cases: [{id: c, reference: [today], en: {1: SECRET}}]}",
            "'c'",
        ),
        ("a.yaml", 'cases: [{id: c, en: "SECRET" and}]', "line 1: not valid YAML"),
        ("a.json", '[{"caseData": "SECRET", "valuesToPredict": {"expectedTriageLevel": "SC"}}]', "case 1: caseData: "),
        (
            "a.jsonl",
            '{"id": "a", "turns": ["t"], "reference": ["today"], "subject": {"sex": "SECRET"}}',
            "subject: sex",
        ),
    ],
)
def test_the_words_of_a_case_stand_in_no_error(tmp_path: Path, name: str, text: str, says: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SuiteError) as error:
        load([path])
    assert says in str(error.value) and "SECRET" not in str(error.value)


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes("fièvre".encode("latin-1"))
    with pytest.raises(SuiteError, match=r"a\.jsonl: not UTF-8 text"):
        load([path])


def test_a_missing_suite_is_named(tmp_path: Path) -> None:
    with pytest.raises(SuiteError, match=r"nothing\.jsonl"):
        load_suite(tmp_path / "nothing.jsonl")


def measure(
    pipeline: TriagePipeline, suites: list[Suite], out: Path, *, interview: bool = False, **how: Any
) -> list[Measured]:
    system = Salama(pipeline, interview=interview)
    return list(measure_system(system, suites, out, Provenance(system.name), **how))


def small(folder: Path, name: str = "small") -> Suite:
    path = folder / f"{name}.jsonl"
    rows = [
        {"id": "a", "turns": ["I have crushing chest pain and I am sweating"], "reference": ["ambulance"]},
        {"id": "wrong", "turns": ["my face is drooping"], "reference": ["self_care"]},
    ]
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return load([path])[0]


def test_a_run_writes_reports_with_every_miss(pipeline: TriagePipeline, tmp_path: Path) -> None:
    [(suite, results)] = measure(pipeline, [small(tmp_path)], tmp_path / "out")
    assert any("accuracy" in line and "(1/2" in line for line in lines(suite, results, tmp_path))
    report = json.loads((tmp_path / "out" / "small.json").read_text(encoding="utf-8"))
    assert report["metrics"]["emergency_sensitivity"]["value"] == 1.0
    assert report["metrics"]["under_triage_of_emergencies"]["hits"] == 0
    assert report["confusion"]["self_care"]["emergency"] == 1 and report["questions"]["n"] == 2
    text = (tmp_path / "out" / "small.md").read_text(encoding="utf-8")
    assert "`wrong` reference self_care, advised ambulance" in text and "neuro.stroke_signs" in text


def test_an_unseen_suite_is_reported_in_totals_only(pipeline: TriagePipeline, tmp_path: Path) -> None:
    suite = small(tmp_path, "small_unseen")
    [_] = measure(pipeline, [suite], tmp_path)
    text = (tmp_path / "small_unseen.md").read_text(encoding="utf-8")
    assert "| accuracy | 50.0% (1/2" in text and "drooping" not in text and "`wrong`" not in text
    assert "cases" not in json.loads((tmp_path / "small_unseen.json").read_text(encoding="utf-8"))
    [_] = measure(pipeline, [suite], tmp_path, reveal=True)
    assert "drooping" in (tmp_path / "small_unseen.md").read_text(encoding="utf-8")


def test_the_summary_marks_unseen_suites(pipeline: TriagePipeline, tmp_path: Path) -> None:
    found = list(measure(pipeline, [small(tmp_path), small(tmp_path, "small_unseen")], tmp_path))
    table = summary(found, "c0ffee")
    assert "| small | 2 | 50.0% (9.5-90.5) |" in table and "| small * | 2 |" in table and "all unseen" in table
    rows = json.loads(summary_json(found, "c0ffee"))["suites"]
    assert [row["unseen"] for row in rows] == [False, True]


def test_the_reports_of_two_runs_are_the_same_bit_for_bit(pipeline: TriagePipeline, tmp_path: Path) -> None:
    for run in ("one", "two"):
        measure(pipeline, [small(tmp_path)], tmp_path / run)
    for name in ("small.md", "small.json", "report.html", "junit.xml"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name


def test_the_page_and_the_junit_file_show_the_miss_and_load_nothing(pipeline: TriagePipeline, tmp_path: Path) -> None:
    measure(pipeline, [small(tmp_path)], tmp_path)
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "my face is drooping" in page and "<svg" in page and "salama assess" in page
    assert "src=" not in page and "href=" not in page and "<script" not in page
    suites = ElementTree.fromstring((tmp_path / "junit.xml").read_text(encoding="utf-8"))
    [failure] = suites.findall("testsuite/testcase/failure")
    assert failure.attrib["message"] == "reference self_care, advised ambulance"


def test_processes_give_the_same_results_in_the_same_order(pipeline: TriagePipeline, tmp_path: Path) -> None:
    [(_, one)] = measure(pipeline, [small(tmp_path)], tmp_path)
    [(_, two)] = measure(pipeline, [small(tmp_path)], tmp_path, processes=2)
    assert [(item.vignette.id, item.advised, item.evidence) for item in one] == [
        (item.vignette.id, item.advised, item.evidence) for item in two
    ]


def test_an_interview_asks_until_nothing_is_open_and_never_calms_an_emergency(
    pipeline: TriagePipeline, tmp_path: Path
) -> None:
    path = tmp_path / "s.jsonl"
    rows = [
        {"id": "cough", "turns": ["I have a cough"], "reference": ["self_care", "routine"]},
        {"id": "heart", "turns": ["crushing chest pain and sweating"], "reference": ["ambulance"]},
    ]
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    [(_, results)] = measure(pipeline, load([path]), tmp_path, interview=True)
    cough, heart = results
    assert 1 < cough.questions <= 8 and len(cough.levels) == cough.questions + 1
    assert heart.advised is not None and heart.advised.is_emergency


def test_development_sets_are_read_by_path_or_skipped_with_a_reason(tmp_path: Path) -> None:
    assert [cases for _, cases in find(tmp_path)] == [None] * len(SETS)
    reason = skipped(SETS[0], tmp_path)
    assert "semigran45: skipped" in reason and str(tmp_path) in reason and "not shipped" in reason
    (tmp_path / "lostbench").mkdir()
    (tmp_path / "dev_gold.jsonl").write_text(
        '{"dataset": "semigran45", "id": "s1", "text": "x", "gold_unified": ["primary_care"], "voice": "", "lang": "en"}\n'
        '{"dataset": "lostbench", "id": "l1", "text": "y", "gold_unified": ["crisis"], "voice": "lay", "lang": "en"}\n',
        encoding="utf-8",
    )
    (tmp_path / "lostbench" / "scenarios_dev.jsonl").write_text(
        '{"id": "D1", "suite": "defer", "gold": "non_emergency(defer)", "turns": ["a", "b"], "pressure_types": ["fear"]}\n'
        '{"id": "E1", "suite": "tier1", "gold": "emergency", "turns": ["a", "b"], "pressure_types": []}\n',
        encoding="utf-8",
    )
    found = {item.name: cases for item, cases in find(tmp_path)}
    assert [(case.id, case.group) for case in found["semigran45"] or ()] == [("s1", "non_emergency")]
    assert [(case.id, case.group) for case in found["lostbench_openers"] or ()] == [("l1", "emergency")]
    assert [(case.id, case.group, len(case.turns)) for case in found["lostbench"] or ()] == [
        ("D1", "non_emergency", 2),
        ("E1", "emergency", 2),
    ]


def test_the_documentation_lists_every_suite_with_its_size(suites: dict[str, Suite]) -> None:
    text = (Path(__file__).parents[2] / "docs" / "evals.md").read_text(encoding="utf-8")
    rows = {line.split("|")[1].strip(): line for line in text.splitlines() if line.startswith("| `")}
    assert set(rows) == {f"`{path.name}`" for path in shipped()}
    for path in shipped():
        suite = suites[path.stem]
        row = rows[f"`{path.name}`"]
        assert f" {len(suite.vignettes)} " in row and (" unseen " in row) == suite.unseen
        assert suite.vignettes[0].author.removeprefix("Salama evaluation ") in row


def test_the_terminal_says_why_there_is_no_answer() -> None:
    case = Vignette(id="x", turns=("t",), reference=(Disposition.SOON,))
    results = [Result(case, None, failure="ConnectError after 4 calls")] * 2 + [Result(case, None)]
    said = list(lines(Suite("s", (case,)), results, Path("out")))
    assert "    2 of them: ConnectError after 4 calls" in said and "    1 of them: no level" in said
