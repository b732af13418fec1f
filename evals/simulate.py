"""`salama eval simulate`: conversations of a system with simulated patients, and what it asked out of them."""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, cast

from evals.metrics import METRICS, questions
from evals.patients import Patient, patients
from evals.report import by_language
from evals.result import Proportion, Result
from evals.systems.choose import add_system_options, chosen
from evals.systems.salama import Build
from evals.vignette import SuiteError, Vignette
from knowledge.vocabulary import Disposition

MOST_TURNS = 14
_SHOWN = ("accuracy", "emergency_sensitivity", "false_alarms", "under_triage_by_two", "safety_of_advice")


class Talk(Protocol):
    """One open conversation with a system."""

    def say(self, message: str) -> tuple[str, Disposition | None]:
        """Return the reply to a message and the level that is advised now."""
        ...


class Talks(Protocol):
    """A system that can be talked to turn by turn."""

    @property
    def name(self) -> str:
        """What reports call it."""
        ...

    def talk(self, vignette: Vignette) -> Talk:
        """Begin a conversation with the person of a vignette."""
        ...


@dataclass(frozen=True)
class Conversation:
    """One simulated conversation: its result, and how much of what was hidden came out."""

    result: Result
    hidden: int
    told: int


def converse(system: Talks, patient: Patient) -> Conversation:
    """Let a patient talk to a system until it asks nothing more, or the patient has had enough."""
    said, replies, levels = [patient.first()], list[str](), list[Disposition]()
    talk = system.talk(patient.vignette(said))
    level: Disposition | None = None
    for _ in range(MOST_TURNS):
        reply, level = talk.say(said[-1])
        replies.append(reply)
        levels += [level] if level is not None else levels[-1:]
        answer = patient.answer(reply)
        if answer is None:
            break
        said.append(answer)
    advised = levels[-1] if levels else None
    result = Result(
        vignette=patient.vignette(said),
        advised=advised,
        questions=len(said) - 1,
        levels=tuple(levels),
        replies=tuple(replies),
        failure=None if advised else "no level in any reply",
    )
    return Conversation(result, len(patient.case.hides), len(patient.told))


def findings_recall(conversations: Iterable[Conversation]) -> Proportion:
    """Return the share of hidden findings that were asked out of the patients."""
    items = list(conversations)
    return Proportion(sum(item.told for item in items), sum(item.hidden for item in items))


def findings_per_question(conversations: Iterable[Conversation]) -> float | None:
    """Return how many hidden findings one question brings, over patients who hide some; None of no question."""
    items = [item for item in conversations if item.hidden]
    asked = sum(item.result.questions for item in items)
    return sum(item.told for item in items) / asked if asked else None


def table(system: str, conversations: Sequence[Conversation], seed: int) -> str:
    """Return the report as Markdown."""
    lines = [
        f"## Simulated patients: {system}, seed {seed}",
        "",
        "Rule-driven patients answer what they are asked; they overstate how well a system does with people.",
        "",
        f"| written form | n | {' | '.join(_SHOWN)} | hidden findings asked out | per question | questions |",
        "|---|---" + "|---" * len(_SHOWN) + "|---|---|---|",
    ]
    results = [item.result for item in conversations]
    groups = {"all": results, **by_language(results)}
    for name, part in groups.items():
        ours = [item for item in conversations if name in ("all", item.result.vignette.language)]
        cells = " | ".join(str(METRICS[key](part)) for key in _SHOWN)
        each = findings_per_question(ours)
        lines.append(
            f"| {name} | {len(part)} | {cells} | {findings_recall(ours)} | "
            f"{'n=0' if each is None else f'{each:.2f}'} | {questions(part)} |"
        )
    lines += ["", *(_miss(item) for item in conversations if not item.result.right)]
    return "\n".join(lines) + "\n"


def _miss(item: Conversation) -> str:
    advised = item.result.advised.name.lower() if item.result.advised else "none"
    return (
        f"- `{item.result.vignette.id}` reference {item.result.vignette.group}, advised {advised}, "
        f"{item.told} of {item.hidden} asked out: {' / '.join(item.result.vignette.turns)[:300]}"
    )


def main(arguments: Sequence[str], build: Build) -> int:
    """Print the conversations in one table, and write it.

    Raises:
        SuiteError: The system cannot answer new messages.
    """
    parser = argparse.ArgumentParser(
        prog="salama eval simulate", description="Conversations with rule-driven simulated patients."
    )
    parser.add_argument("--seed", type=int, default=1, help="seed of the patients' manners (1)")
    parser.add_argument("--sample", type=int, default=0, help="only so many patients, chosen by the seed; 0 is all")
    parser.add_argument("--out", type=Path, default=Path("reports"), help="folder for simulate.md")
    add_system_options(parser)
    options = parser.parse_args(arguments)
    system = chosen(options, build)
    if not hasattr(system, "talk"):
        raise SuiteError("a transcript or a mapping cannot answer new messages; give --url, or nothing for Salama")
    talks = cast(Talks, system)
    people = list(patients(options.seed))
    if options.sample:
        people = random.Random(options.seed).sample(people, min(options.sample, len(people)))  # noqa: S311
    text = table(talks.name, [converse(talks, patient) for patient in people], options.seed)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "simulate.md").write_text(text, encoding="utf-8")
    print(text)
    return 0
