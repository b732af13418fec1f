"""A judge model is asked over HTTP and reported beside the reader; its failures are counted and rescue nobody."""

import json
from pathlib import Path
from typing import Any

import pytest

from evals.command import main
from evals.judged import agreement, judge_report, judged
from evals.reading.agreement import NO_ANSWER, agreement_report, by_judge
from evals.reading.judge import Judge
from evals.result import Result
from evals.suites import Suite
from evals.systems.choose import JUDGE_KEY
from evals.systems.client import ChatClient
from evals.vignette import SuiteError, Vignette
from knowledge import Disposition
from tests.evals.loopback import chat, no_engine


def result(name: str, reply: str, advised: Disposition | None, failure: str | None = None) -> Result:
    vignette = Vignette(id=name, turns=("it hurts",), reference=(Disposition.AMBULANCE,))
    return Result(vignette=vignette, advised=advised, replies=(reply,) if reply else (), failure=failure)


def words(body: dict[str, Any]) -> str:
    return str(body["messages"][-1]["content"])


@pytest.mark.parametrize(
    ("answer", "label", "failure"),
    [
        ((200, chat("ambulance")), "ambulance", None),
        (
            (200, chat("<think>soon or today?</think>The level is `emergency_department`.")),
            "emergency_department",
            None,
        ),
        ((200, chat("Unclear.")), "unclear", None),
        ((200, chat("<think>it may be today, but")), None, "no level named"),
        ((200, chat("today or soon")), None, "several levels named"),
        ((200, chat("I cannot say.")), None, "no level named"),
        ((400, {}), None, "status 400"),
        ((200, {"choices": []}), None, "no choices"),
    ],
)
def test_one_level_must_be_named(endpoint: Any, answer: tuple[int, object], label: str | None, failure: str) -> None:
    server = endpoint(lambda body, number: answer)
    found = Judge(ChatClient(server.url, "j", seed=7)).read("Call 112 now.")
    assert (
        found.label == label and (failure is None) == (found.failure is None) and (failure or "") in str(found.failure)
    )
    assert server.bodies[0]["temperature"] == 0.0 and server.bodies[0]["seed"] == 7
    assert "Call 112 now." in words(server.bodies[0]) and server.bodies[0]["messages"][0]["role"] == "system"


def test_reader_and_judge_are_compared_on_the_same_replies(endpoint: Any) -> None:
    results = [
        result("both", "Call an ambulance now.", Disposition.AMBULANCE),
        result("judge-only", "Oh dear oh dear.", None, "unclear: no_advice"),
        result("lost", "Call an ambulance now.", None, "status 500 after 4 calls"),
        result("silent", "", None, "unclear: no_advice"),
        result("broken", "See a doctor today.", Disposition.TODAY),
    ]
    said = {"ambulance now": "ambulance", "Oh dear": "emergency_department", "doctor today": "?"}
    server = endpoint(
        lambda body, number: (200, chat(next(value for key, value in said.items() if key in words(body))))
    )
    items = judged(Judge(ChatClient(server.url, "j")), results, threads=2)
    assert [(item.result.vignette.id, item.read, item.judgement.label) for item in items] == [
        ("both", "ambulance", "ambulance"),
        ("judge-only", "unclear", "emergency_department"),
        ("broken", "today", None),
    ]
    assert len(server.bodies) == 3, "a system that failed on the way is not rescued"
    assert [item.by_judge.advised for item in items] == [Disposition.AMBULANCE, Disposition.EMERGENCY_DEPARTMENT, None]
    assert items[2].by_judge.failure == "no level named"
    alike, chance_free = agreement(items)
    # labels (ambulance, ambulance), (unclear, emergency_department): half alike, a quarter by chance
    assert (alike.hits, alike.n) == (1, 2) and chance_free == pytest.approx(1 / 3)
    of_nothing, by_chance = agreement([])
    assert of_nothing.value is None and by_chance is None
    suite = Suite("mine", tuple(item.vignette for item in results))
    text = judge_report("j", "s", [((suite, results), items)], reveal=False)
    assert "| mine | 5 | 3 | 1; 1: no level named | 50.0% (1/2" in text
    assert "- `judge-only` reader unclear, judge emergency_department: Oh dear" in text and "`both`" not in text
    hidden = Suite("mine_unseen", suite.vignettes)
    unseen = judge_report("j", "s", [((hidden, results), items)], reveal=False)
    assert "judge-only" not in unseen and "1 replies read otherwise, not listed" in unseen


def test_a_judge_is_measured_against_labels_by_hand(endpoint: Any) -> None:
    server = endpoint(lambda body, number: (200, chat("ambulance" if number % 2 else "no idea")))
    text = agreement_report(by_judge(Judge(ChatClient(server.url, "j"))))
    assert "| all | 210 |" in text and f"read as {NO_ANSWER}" in text
    assert agreement_report() != text and NO_ANSWER not in agreement_report()


def test_a_run_with_a_judge_leaves_the_other_reports_as_they_were(
    endpoint: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(JUDGE_KEY, "secret")
    suite = tmp_path / "one.jsonl"
    suite.write_text('{"id": "a", "turns": ["it hurts"], "reference": ["today"]}\n', encoding="utf-8")
    system = endpoint(lambda body, number: (200, chat("See a doctor today.")))
    judge = endpoint(lambda body, number: (200, chat("soon")))
    measured = [str(suite), "--url", system.url, "--model", "m"]
    assert main([*measured, "--out", str(tmp_path / "plain")], no_engine) == 0
    assert main([*measured, "--out", str(tmp_path / "both"), "--judge", judge.url, "j"], no_engine) == 0
    for name in ("one.md", "one.json", "report.html", "junit.xml"):
        assert (tmp_path / "plain" / name).read_bytes() == (tmp_path / "both" / name).read_bytes(), name
    assert not (tmp_path / "plain" / "judge.md").exists()
    assert "reader today, judge soon" in (tmp_path / "both" / "judge.md").read_text(encoding="utf-8")
    [record] = json.loads((tmp_path / "both" / "judge.json").read_text(encoding="utf-8"))["suites"]
    assert record["kappa"] == 0.0 and record["by_judge"]["accuracy"]["value"] == 1.0
    assert "Judge: j at" in capsys.readouterr().out and len(judge.bodies) == 2, "a greeting and a reply"
    with pytest.raises(SuiteError, match="--judge reads replies in free text"):
        main([*measured, "--judge", judge.url, "j", "--samples", "3"], no_engine)
