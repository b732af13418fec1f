"""`salama eval audit`: Salama without and with its model, the bare model, and a plain retrieval chain, in one table.

All four see the same cases. The bare model and the chain are asked over the OpenAI chat shape, as any other endpoint
is, and their replies are read by the disposition reader.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from evals.metrics import METRICS
from evals.result import Result
from evals.runner import run
from evals.serving import chained, served
from evals.suites import Suite
from evals.systems import System
from evals.systems.chat import ChatEndpoint
from evals.systems.salama import Salama
from evals.vignette import Vignette
from triage import TriagePipeline
from triage.generation import ChatModel

ASK = (
    "You help patients. Say in one or two sentences where the person should get care and how soon: call an ambulance, "
    "go to the emergency department now, see a doctor today, see a doctor within three days, see a pharmacist, or look "
    "after themselves at home."
)
"""The system prompt of the bare model and the chain; without one a small model never names a level."""
_FROM_PASSAGES = f"{ASK} Answer only from these passages:"
_PASSAGES = 4
_COLUMNS = ("accuracy", "emergency_sensitivity", "false_alarms", "under_triage_by_two", "safety_of_advice")
_TIMEOUT = 120.0
RED_FLAG_LAYERS = (
    "(e) open red-flag layers: left out. Their rule data was read for a probe, but no licence that allows a copy of it "
    "here has been confirmed."
)


@dataclass(frozen=True)
class Row:
    """A line of the table: results, or why there are none."""

    name: str
    results: Sequence[Result] = ()
    skipped: str = ""


def sample(suites: Sequence[Suite], count: int, seed: int) -> list[Vignette]:
    """Return so many cases of the suites, chosen by the seed, an equal share of emergencies and of others."""
    chance = random.Random(seed)  # noqa: S311 - reproducible, not secret
    cases = [item for suite in suites for item in suite.vignettes]
    urgent = [item for item in cases if item.group == "emergency"]
    calm = [item for item in cases if item.group != "emergency"]
    half = min(count // 2, len(urgent))
    chosen = chance.sample(urgent, half) + chance.sample(calm, min(count - half, len(calm)))
    return sorted(chosen, key=lambda item: item.id)


def audit(cases: Sequence[Vignette], build: Callable[[bool], TriagePipeline], model: ChatModel | None) -> Iterator[Row]:
    """Yield a row for each system.

    Args:
        cases: The sample.
        build: Builds the engine, with the configured language model or without any.
        model: The same language model by itself; None skips what needs one.
    """
    plain = build(False)
    yield Row("(a) Salama without a model", run(Salama(plain), cases, quiet=False))
    if model is None:
        why = "no language model is pulled; `salama models pull` fetches one"
        for name in ("(b) Salama with the model", "(c) the bare model", "(d) a plain retrieval chain"):
            yield Row(name, skipped=why)
        return
    yield Row(f"(b) Salama with {model.name}", run(Salama(build(True)), cases, quiet=False))
    retriever = plain.retriever

    def find(message: str) -> list[str]:
        if retriever is None:
            return []
        return [
            passage.text
            for passage in retriever.retrieve(message, "en", concepts=(), audience="adult", limit=_PASSAGES)
        ]

    with ExitStack() as stack:
        bare = ChatEndpoint(stack.enter_context(served(model)), model.name, system=ASK, timeout=_TIMEOUT)
        yield Row(f"(c) {model.name} alone", _asked(bare, cases))
        address = stack.enter_context(served(model, chained(find, _FROM_PASSAGES)))
        chain = ChatEndpoint(address, model.name, timeout=_TIMEOUT)
        yield Row(f"(d) {model.name} over the same articles", _asked(chain, cases))


def _asked(system: System, cases: Sequence[Vignette]) -> list[Result]:
    return run(system, cases, quiet=False)


def table(rows: Sequence[Row], cases: Sequence[Vignette], seed: int) -> str:
    """Return the rows as Markdown, shares with their 95 % intervals."""
    emergencies = sum(item.group == "emergency" for item in cases)
    lines = [
        f"{len(cases)} cases (seed {seed}), {emergencies} of them emergencies; three levels, Wilson 95 % intervals.",
        "",
        f"| system | {' | '.join(name.replace('_', ' ') for name in _COLUMNS)} | without a clear level |",
        "|---" + "|---" * len(_COLUMNS) + "|---|",
    ]
    for row in rows:
        if row.skipped:
            lines.append(f"| {row.name} | skipped: {row.skipped} |" + " |" * len(_COLUMNS))
            continue
        cells = " | ".join(str(METRICS[name](row.results)) for name in _COLUMNS)
        unclear = sum(item.advised is None for item in row.results)
        lines.append(f"| {row.name} | {cells} | {unclear} of {len(row.results)} |")
    return "\n".join([*lines, "", RED_FLAG_LAYERS]) + "\n"
