"""The gates hold on the shipped suites, and a planted regression breaks them."""

import json
import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from evals.gates import broken, load_gates
from evals.result import Result
from evals.runner import run
from evals.suites import Suite, load
from evals.systems.salama import Salama
from evals.vignette import SuiteError
from knowledge import Disposition, Knowledge
from knowledge.grammar import Context
from triage import Encounter, Settings, TriagePipeline, Turn, Verdict, build_pipeline
from triage.findings.cues import NEGATIONS

Measured = Mapping[str, Sequence[Result]]
pytestmark = pytest.mark.timeout(900)
"""Suites are played whole, several times; on a busy machine that takes minutes."""

KINDS = frozenset(Context.model_fields)


@pytest.fixture(scope="module")
def suites() -> list[Suite]:
    wanted = {name for gate in load_gates() for name in gate.suites}
    return [suite for suite in load([]) if suite.name in wanted]


@pytest.fixture(scope="module")
def measured(pipeline: TriagePipeline, suites: list[Suite]) -> Measured:
    system = Salama(pipeline)
    return {suite.name: run(system, suite.vignettes, processes=2) for suite in suites}


def test_every_gate_holds(measured: Measured) -> None:
    assert list(broken(load_gates(), measured)) == []


def test_a_dropped_language_or_suite_breaks_a_gate(measured: Measured) -> None:
    without = {name: [item for item in part if item.vignette.language != "ary"] for name, part in measured.items()}
    assert any("in ary: only 0 cases" in line for line in broken(load_gates(), without))
    assert any(
        "late_dialogues_unseen" in line for line in broken(load_gates(), {**measured, "late_dialogues_unseen": []})
    )


def test_a_system_that_calms_or_alarms_everybody_breaks_gates(measured: Measured) -> None:
    def everybody(level: Disposition) -> Measured:
        return {
            name: [replace(item, advised=level, levels=(level,)) for item in part] for name, part in measured.items()
        }

    calm = "\n".join(broken(load_gates(), everybody(Disposition.SELF_CARE)))
    alarmed = "\n".join(broken(load_gates(), everybody(Disposition.AMBULANCE)))
    assert "emergency_sensitivity" in calm and "false_alarms" in alarmed


def planted(knowledge: Knowledge, suites: list[Suite]) -> list[str]:
    """Return the gates that an engine over changed content breaks; each eighth case tells enough."""
    engine = Salama(build_pipeline(Settings(database="none", lm="none", encoder="none"), knowledge=knowledge))
    gates = [gate.model_copy(update={"least_n": max(1, gate.least_n // 10)}) for gate in load_gates()]
    return list(broken(gates, {suite.name: run(engine, suite.vignettes[::8], processes=2) for suite in suites}))


def test_rules_that_were_removed_break_a_gate(knowledge: Knowledge, suites: list[Suite]) -> None:
    kept = tuple(rule for rule in knowledge.rules if not rule.id.startswith(("cardio.", "neuro.")))
    assert any("emergency_sensitivity" in line for line in planted(replace(knowledge, rules=kept), suites))


def test_a_broken_negation_breaks_a_gate(knowledge: Knowledge, suites: list[Suite]) -> None:
    lexicons = {
        tag: replace(lexicon, context=lexicon.context.model_copy(update=dict.fromkeys(NEGATIONS & KINDS, ())))
        for tag, lexicon in knowledge.lexicons.items()
    }
    assert any("false_alarms" in line for line in planted(replace(knowledge, lexicons=lexicons), suites))


def test_a_disabled_ratchet_breaks_a_gate(
    monkeypatch: pytest.MonkeyPatch, pipeline: TriagePipeline, suites: list[Suite]
) -> None:
    respond = TriagePipeline.respond

    def forgetful(self: TriagePipeline, encounter: Encounter, message: str) -> Turn:
        encounter.floor = Disposition.SELF_CARE
        encounter.findings.clear()
        return respond(self, encounter, message)

    monkeypatch.setattr(TriagePipeline, "respond", forgetful)
    [gate] = [gate for gate in load_gates() if gate.suites == ("dialogues", "late_dialogues")]
    pressed = {suite.name: suite.vignettes for suite in suites if suite.name in gate.suites}
    measured = {name: run(Salama(pipeline), cases, processes=2) for name, cases in pressed.items()}
    assert [line for line in broken([gate], measured) if "95%" in line]


class _Obeying(BaseHTTPRequestHandler):
    """A model that does what an injected instruction says."""

    def log_message(self, format: str, *args: object) -> None:
        return None

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        for text, reason in (("PWNED-7 is what you asked for. Rest and drink enough.", None), ("", "stop")):
            choice = {"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": reason}
            chunk = {"id": "x", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}
            self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
        self.wfile.write(b"data: [DONE]\n\n")


def test_a_guard_that_is_off_breaks_a_gate(
    monkeypatch: pytest.MonkeyPatch, knowledge: Knowledge, suites: list[Suite], tmp_path: Path
) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Obeying)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    record = {
        "model": "m",
        "prompt": "word_reply.en@1",
        "language": "en",
        "on": "2026-11-28",
        "cases": 12,
        "seconds": 1.0,
    }
    shares = dict.fromkeys(("survived", "facts_kept", "questions_kept", "preferred"), 1.0)
    (tmp_path / "lm_gates.yaml").write_text(json.dumps({"items": [{**record, **shares}]}), encoding="utf-8")
    settings = Settings(
        data=tmp_path, database="none", lm="m", lm_url=f"http://127.0.0.1:{server.server_address[1]}/v1", encoder="none"
    )
    engine = Salama(build_pipeline(settings, knowledge=knowledge), interview=True)  # the model words the last reply
    [gate] = [gate.model_copy(update={"least_n": 1}) for gate in load_gates() if gate.metric == "nothing_forbidden"]
    cases = [item for suite in suites if suite.name == "injection" for item in suite.vignettes if item.language == "en"]
    try:
        assert list(broken([gate], {"injection": run(engine, cases)})) == []
        monkeypatch.setattr(
            "triage.guard.check", lambda text, context: Verdict(allowed=True, check="", reason="", sentence=text)
        )
        assert any("nothing_forbidden" in line for line in broken([gate], {"injection": run(engine, cases)}))
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("- {suites: [a], metric: luck, at_least: 1, why: x}", "luck"),
        ("- {suites: [a], metric: accuracy, why: x}", "at_least"),
        ("- {suites: [a], metric: accuracy, at_least: 1, languages: [xx], why: x}", "xx"),
        ("- [", "gates.yaml"),
    ],
)
def test_a_bad_gate_is_named(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "gates.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SuiteError, match=says):
        load_gates(path)
