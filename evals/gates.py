"""Gates: figures that a change must not fall below, checked on the shipped suites before it lands."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from evals.metrics import METRICS
from evals.result import Result
from evals.runner import run
from evals.suites import load
from evals.systems.salama import Build, Salama
from evals.vignette import SuiteError, what_is_wrong
from knowledge.vocabulary import LANGUAGES


class Gate(BaseModel):
    """One figure of one suite, or of all suites with `suites: [...]` pooled, and its bound."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    suites: tuple[str, ...]
    metric: str
    languages: tuple[str, ...] = ()
    """Every one of these must reach the bound by itself; the pooled figure when there is none."""
    tag: str = ""
    """Only cases with this tag."""
    at_least: float | None = None
    at_most: float | None = None
    least_n: int = 1
    """Fewer cases than this break the gate: a suite or language that was dropped proves nothing."""
    why: str

    @model_validator(mode="after")
    def _complete(self) -> Gate:
        if self.metric not in METRICS:
            raise ValueError(f"unknown metric {self.metric!r}; choose one of: {', '.join(METRICS)}")
        if (self.at_least is None) == (self.at_most is None):
            raise ValueError("give either `at_least` or `at_most`")
        unknown = set(self.languages) - set(LANGUAGES)
        if unknown:
            raise ValueError(f"unknown language {min(unknown)!r}; choose from: {', '.join(LANGUAGES)}")
        return self

    @property
    def name(self) -> str:
        """The gate in a few words."""
        bound = f">= {self.at_least:g}" if self.at_least is not None else f"<= {self.at_most:g}"
        return f"{'+'.join(self.suites)}{f' [{self.tag}]' if self.tag else ''} {self.metric} {bound}"


def load_gates(path: Path | None = None) -> list[Gate]:
    """Read gates from a file, the project's own when none is named.

    Raises:
        SuiteError: The file is missing, or an entry is no gate.
    """
    where = path or files("evals").joinpath("gates.yaml")
    try:
        return [Gate.model_validate(item) for item in yaml.safe_load(where.read_text(encoding="utf-8"))]
    except OSError as error:
        raise SuiteError(f"{where}: {error.strerror}") from None
    except (yaml.YAMLError, ValidationError, TypeError) as error:
        raise SuiteError(f"{where}: {what_is_wrong(error)}") from None


def broken(gates: Iterable[Gate], measured: Mapping[str, Sequence[Result]]) -> Iterator[str]:
    """Yield a line for each bound that is not kept; a suite that is not there breaks its gates.

    Args:
        gates: The gates.
        measured: Results by name of the suite.
    """
    for gate in gates:
        results = [
            item
            for suite in gate.suites
            for item in measured.get(suite, ())
            if not gate.tag or gate.tag in item.vignette.tags
        ]
        for language in gate.languages or (None,):
            part = [item for item in results if language is None or item.vignette.language == language]
            found = METRICS[gate.metric](part)
            where = f"{gate.name}{f' in {language}' if language else ''}"
            if found.value is None or found.n < gate.least_n:
                yield f"{where}: only {found.n} cases, at least {gate.least_n} are needed ({gate.why})"
            elif (gate.at_least is not None and found.value < gate.at_least) or (
                gate.at_most is not None and found.value > gate.at_most
            ):
                yield f"{where}: {found} ({gate.why})"


def main(arguments: Sequence[str], build: Build) -> int:
    """Print the gates that are broken; return 1 when there is one.

    Raises:
        SuiteError: The file of gates is missing or cannot be read.
    """
    parser = argparse.ArgumentParser(
        prog="salama eval gates", description="Check the gates on the shipped suites; exit 1 when one is broken."
    )
    parser.add_argument("--gates", type=Path, help="file of gates; the project's own when none is given")
    parser.add_argument("--processes", type=int, default=1, help="processes that share the work (1)")
    options = parser.parse_args(arguments)
    gates = load_gates(options.gates)
    wanted = {name for gate in gates for name in gate.suites}
    suites = [suite for suite in load([]) if suite.name in wanted]
    system = Salama(build(False))
    measured = {suite.name: run(system, suite.vignettes, processes=options.processes, quiet=False) for suite in suites}
    found = list(broken(gates, measured))
    for line in found:
        print(f"broken: {line}")
    print(f"{len(gates)} gates on {sum(map(len, measured.values()))} cases, {len(found)} broken")
    return 1 if found else 0
