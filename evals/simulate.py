"""`salama eval simulate`: conversations of a system with simulated patients, and what it asked out of them."""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar, cast

from evals.loaders import structured
from evals.metrics import METRICS, questions
from evals.patients import Patient, patients
from evals.patients.conversation import (
    Conversation,
    Person,
    Talks,
    converse,
    findings_per_question,
    findings_recall,
)
from evals.patients.played import WARNING, PlayedPatient, sheet_of
from evals.report import by_language
from evals.result import Result
from evals.sheet import Sheet
from evals.systems.choose import PATIENT_KEY, add_system_options, chosen, helping_model
from evals.systems.client import ChatClient
from evals.systems.salama import Build
from evals.vignette import SuiteError
from evals.workers import await_all

Case = TypeVar("Case", Patient, Sheet)

_RULE_DRIVEN = "Rule-driven patients answer what they are asked; they overstate how well a system does with people."
_SHOWN = ("accuracy", "emergency_sensitivity", "false_alarms", "under_triage_by_two", "safety_of_advice")


def table(system: str, conversations: Sequence[Conversation], seed: int, player: str = "") -> str:
    """Return the report as Markdown.

    Args:
        system: What was measured.
        conversations: With every patient.
        seed: Of the patients' manners, and of the model that plays them.
        player: The model that plays the patients; empty for rule-driven ones.
    """
    heading = f"Patients played by {player}, temperature 0" if player else "Simulated patients"
    lines = [
        f"## {heading}: {system}, seed {seed}",
        "",
        WARNING if player else _RULE_DRIVEN,
        "",
        f"| written form | n | {' | '.join(_SHOWN)} | failed | hidden findings asked out | per question | questions |",
        "|---|---" + "|---" * len(_SHOWN) + "|---|---|---|---|",
    ]
    results = [item.result for item in conversations]
    groups = {"all": results, **by_language(results)}
    for name, part in groups.items():
        ours = [item for item in conversations if name in ("all", item.result.vignette.language)]
        cells = " | ".join(str(METRICS[key](part)) for key in _SHOWN)
        each = findings_per_question(ours)
        lines.append(
            f"| {name} | {len(part)} | {cells} | {_failed(part)} | {findings_recall(ours)} | "
            f"{'n=0' if each is None else f'{each:.2f}'} | {questions(part)} |"
        )
    lines += ["", *(_miss(item) for item in conversations if not item.result.right)]
    return "\n".join(lines) + "\n"


def _failed(results: Iterable[Result]) -> int:
    return sum(item.failure is not None for item in results)


def _miss(item: Conversation) -> str:
    advised = item.result.advised.name.lower() if item.result.advised else f"none ({item.result.failure})"
    return (
        f"- `{item.result.vignette.id}` reference {item.result.vignette.group}, advised {advised}, "
        f"{item.told} of {item.hidden} asked out: {' / '.join(item.result.vignette.turns)[:300]}"
    )


def main(arguments: Sequence[str], build: Build) -> int:
    """Print the conversations in one table, and write it; those with a model as patient go to files of their own.

    Raises:
        SuiteError: The system cannot answer new messages, or there are no such patients.
    """
    options = _parser().parse_args(arguments)
    if options.cases is not None and options.patient is None:
        raise SuiteError("--cases needs --patient URL MODEL: rule-driven patients play the cases that ship only")
    system = chosen(options, build)
    if not hasattr(system, "talk"):
        raise SuiteError("a transcript cannot answer new messages; give --url or --mapping, or nothing for Salama")
    talks = cast(Talks, system)
    player = helping_model(options.patient, PATIENT_KEY, options.seed) if options.patient is not None else None
    people = _people(options, player)
    found = await_all(lambda patient: converse(talks, patient), people, options.threads, "patient")
    text = table(talks.name, found, options.seed, player.name if player else "")
    options.out.mkdir(parents=True, exist_ok=True)
    name = "simulate-played" if player else "simulate"
    (options.out / f"{name}.md").write_text(text, encoding="utf-8")
    if player:
        # what a model says cannot be had again from the seed alone, so it is kept
        spoken = "".join(json.dumps(_spoken(item), ensure_ascii=False) + "\n" for item in found)
        (options.out / f"{name}.jsonl").write_text(spoken, encoding="utf-8")
    print(text)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="salama eval simulate", description="Conversations with simulated patients: rule-driven, or a model."
    )
    parser.add_argument("--seed", type=int, default=1, help="seed of the patients' manners, and of --patient (1)")
    parser.add_argument("--sample", type=int, default=0, help="only so many patients, chosen by the seed; 0 is all")
    parser.add_argument("--language", help="only patients in this written form, e.g. fr")
    parser.add_argument(
        "--patient",
        nargs=2,
        metavar=("URL", "MODEL"),
        help=f"OpenAI-compatible model that plays the patients, reported apart; its key from {PATIENT_KEY}",
    )
    parser.add_argument(
        "--cases", type=Path, metavar="FILE", help="structured cases of DDXPlus or FG-AI4H for --patient"
    )
    parser.add_argument("--out", type=Path, default=Path("reports"), help="folder for the reports")
    add_system_options(parser)
    return parser


def _people(options: argparse.Namespace, player: ChatClient | None) -> list[Person]:
    """Return the patients that the options name, the same for the same seed."""
    if player is None:
        return list(_wanted(list(patients(options.seed)), options))
    sheets = structured(options.cases) if options.cases else [sheet_of(patient) for patient in patients(options.seed)]
    return [PlayedPatient(sheet, player) for sheet in _wanted(sheets, options)]


def _wanted(cases: Sequence[Case], options: argparse.Namespace) -> Sequence[Case]:
    """Return the cases of the written form and of the sample that the options name.

    Raises:
        SuiteError: There is no case in that form.
    """
    wanted = [case for case in cases if options.language in (None, case.language)]
    if not wanted:
        forms = sorted({case.language for case in cases})
        raise SuiteError(f"no patient in {options.language!r}; there are: {', '.join(forms)}")
    if not options.sample:
        return wanted
    return random.Random(options.seed).sample(wanted, min(options.sample, len(wanted)))  # noqa: S311


def _spoken(item: Conversation) -> dict[str, Any]:
    result = item.result
    return {
        "id": result.vignette.id,
        "turns": result.vignette.turns,
        "replies": result.replies,
        "advised": result.advised and result.advised.name.lower(),
        "failure": result.failure,
    }
