"""The gates hold on the shipped suites, and a planted regression breaks them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from evals.gates import broken, load_gates
from evals.result import Result
from evals.runner import run
from evals.suites import Suite, load
from evals.systems.salama import Salama
from evals.vignette import SuiteError
from knowledge import Disposition, Knowledge
from knowledge.lexicon import Context
from triage import Encounter, Settings, TriagePipeline, Turn, build_pipeline
from triage.findings.cues import NEGATIONS

Measured = Mapping[str, Sequence[Result]]
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
    measured = {suite.name: run(Salama(pipeline), suite.vignettes, processes=2) for suite in suites if suite.dialogues}
    assert any("escalation_stickiness" in line for line in broken(load_gates(), measured))


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
