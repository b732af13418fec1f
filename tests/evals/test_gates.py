"""The gates hold on the shipped suites, and a planted regression breaks them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from evals.gates import broken, load_gates
from evals.metrics import Result
from evals.runner import run
from evals.suites import Suite, load
from evals.systems.salama import Salama
from evals.vignette import SuiteError
from knowledge import Disposition
from triage import TriagePipeline

Measured = Mapping[str, Sequence[Result]]


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
