"""Suites of Salama as an Inspect task, for people who measure with Inspect.

    python -m venv .venv && .venv/bin/pip install -r requirements.txt
    PYTHONPATH=<checkout of this project> .venv/bin/inspect eval triage.py -T suite=urgent.yaml --model openai/gpt-4o

The suites, and the reader that finds the level in a free-text reply, come from the checkout; nothing heavy is imported.
"""

from pathlib import Path

from inspect_ai import Task, task
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.model import ChatMessageUser
from inspect_ai.scorer import CORRECT, INCORRECT, NOANSWER, Score, Target, accuracy, scorer, stderr
from inspect_ai.solver import Generate, TaskState, solver

from evals.reading import read_reply
from evals.vignette import group_of, load_suite


@solver
def converse():
    """Say the patient's turns one after the other, with the model's replies in between."""

    async def solve(state: TaskState, generate: Generate) -> TaskState:
        for text in state.metadata["later_turns"]:
            state = await generate(state)
            state.messages.append(ChatMessageUser(content=text))
        return await generate(state)

    return solve


@scorer(metrics=[accuracy(), stderr()])
def level():
    """Compare the level that is read in the last reply with the reference, on three levels."""

    async def score(state: TaskState, target: Target) -> Score:
        reading = read_reply(state.output.completion)
        if reading.level is None:
            return Score(value=NOANSWER, explanation=f"unclear: {reading.why}")
        group = group_of(reading.level)
        return Score(value=CORRECT if group in target else INCORRECT, answer=group, explanation=reading.evidence)

    return score


@task
def triage(suite: str, language: str = "", limit_per_suite: int = 0) -> Task:
    """Play a suite.

    Args:
        suite: File of vignettes.
        language: Only cases in this written form.
        limit_per_suite: Only the first so many; 0 is all.
    """
    cases = [item for item in load_suite(Path(suite)) if language in ("", item.language)]
    samples = [
        Sample(
            id=item.id,
            input=item.turns[0],
            target=sorted({group_of(level) for level in item.reference}),
            metadata={"later_turns": list(item.turns[1:])},
        )
        for item in cases[: limit_per_suite or None]
    ]
    return Task(dataset=MemoryDataset(samples), solver=converse(), scorer=level())
