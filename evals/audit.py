"""`salama eval audit`: Salama without and with its model, the bare model, a plain retrieval chain and red-flag layers.

All see the same cases. The bare model and the chain are asked over the OpenAI chat shape, as any other endpoint
is, and their replies are read by the disposition reader.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from evals.measure import slug
from evals.metrics import METRICS
from evals.result import Result
from evals.runner import run
from evals.serving import chained, served
from evals.suites import Suite, load
from evals.systems import System
from evals.systems.chat import ChatEndpoint
from evals.systems.client import ChatClient
from evals.systems.layers import RedFlagLayer, sources
from evals.systems.salama import Build, Salama
from evals.vignette import SuiteError, Vignette
from triage import read_settings
from triage.generation import ChatModel, open_chat_model

ASK = (
    "You help patients. Say in one or two sentences where the person should get care and how soon: call an ambulance, "
    "go to the emergency department now, see a doctor today, see a doctor within three days, see a pharmacist, or look "
    "after themselves at home."
)
"""The system prompt of the bare model and the chain; without one a small model never names a level."""
_FROM_PASSAGES = f"{ASK} Answer only from these passages:"
_PASSAGES = 4
_COLUMNS = ("accuracy", "emergency_sensitivity", "false_alarms", "under_triage_by_two", "safety_of_advice")
_MORE = 30.0
"""Seconds beyond the limit of a reply in which the server says that it is over."""
_PAUSE = 10.0
"""Seconds before a call is made again: a local model goes on with a call that was given up until its next word."""
_LOADING = 600.0
"""Seconds to open a model on a busy machine; they count for no case."""
_OF_LAYERS = ("emergency_sensitivity", "false_alarms")
"""A red-flag layer says an emergency or nothing: the other columns would measure what it does not claim."""


@dataclass(frozen=True)
class Row:
    """A line of the table: results, or why there are none."""

    name: str
    results: Sequence[Result] = ()
    skipped: str = ""
    columns: Sequence[str] = _COLUMNS


def main(arguments: Sequence[str], build: Build) -> int:
    """Print the table, and write it and what was answered so far to `--out`.

    Raises:
        SuiteError: A suite is missing, or has no case in the language.
    """
    parser = argparse.ArgumentParser(
        prog="salama eval audit",
        description="Salama without and with its model, the bare model, a retrieval chain and red-flag layers.",
    )
    parser.add_argument("suites", nargs="*", help="files of vignettes; the shipped suites when none is given")
    parser.add_argument("--sample", type=int, default=2, metavar="N", help="cases of each suite (2); 0 is all")
    parser.add_argument("--seed", type=int, default=1, help="seed of the choice (1)")
    parser.add_argument("--language", help="only cases in this written form; small models know English best")
    parser.add_argument("--model", help="language model to audit; the configured one when not given, `none` for none")
    parser.add_argument("--seconds", type=float, default=300.0, help="limit for one reply of the bare model (300)")
    parser.add_argument("--layers", type=Path, metavar="FOLDER", help="files of open red-flag layers (docs/evals.md)")
    parser.add_argument("--resume", action="store_true", help="go on where an earlier run with the same --out stopped")
    parser.add_argument("--out", type=Path, default=Path("reports"), help="folder for audit.md")
    options = parser.parse_args(arguments)
    settings = read_settings()
    suites = [suite.part(options.language) for suite in load(Path(name) for name in options.suites)]
    cases = sample(suites, options.sample, options.seed)
    model = open_chat_model(
        options.model or settings.lm,
        models=settings.models,
        url=settings.lm_url,
        key=settings.lm_key.get_secret_value(),
        limit=options.seconds,
        threads=settings.lm_threads,
    )
    if model is not None:
        model.warm(limit=_LOADING)
    journals = options.out / ".journal"
    if not options.resume:
        for old in journals.glob("audit-*.jsonl"):
            old.unlink()
    rows, text = [], ""
    systems = audit(cases, build, model, seconds=options.seconds, journals=journals)
    for row in chain(layers(cases, options.layers), systems):
        rows.append(row)
        # a small model is slow: what is measured stays when the run is stopped
        text = table(rows, cases, options.seed)
        options.out.mkdir(parents=True, exist_ok=True)
        (options.out / "audit.md").write_text(text, encoding="utf-8")
        print(f"{row.name}: {f'skipped: {row.skipped}' if row.skipped else 'done'}", file=sys.stderr, flush=True)
    print(text)
    return 0


def sample(suites: Sequence[Suite], count: int, seed: int) -> list[Vignette]:
    """Return so many cases of each suite, chosen by the seed; all of a suite that has no more, or where count is 0."""
    chance = random.Random(seed)  # noqa: S311 - reproducible, not secret
    chosen = [
        item
        for suite in suites
        for item in (chance.sample(suite.vignettes, count) if 0 < count < len(suite.vignettes) else suite.vignettes)
    ]
    return sorted(chosen, key=lambda item: item.id)


def audit(
    cases: Sequence[Vignette], build: Build, model: ChatModel | None, *, seconds: float, journals: Path
) -> Iterator[Row]:
    """Yield a row for each system.

    Args:
        cases: The sample.
        build: Builds the engine, with the configured language model or without any.
        model: The same language model by itself; None skips what needs one.
        seconds: Limit for one reply of the model.
        journals: Folder that keeps each answer as it comes; what stands there is not asked again.
    """

    def ask(row: str, system: System, name: str = "") -> list[Result]:
        # answers of another model or other content are no answers of this one
        return run(system, cases, journal=journals / f"audit-{row}-{slug(name or system.name)}.jsonl", quiet=False)

    plain = build(False)
    yield Row("(a) Salama without a model", ask("a", Salama(plain)))
    if model is None:
        why = "no language model is pulled; `salama models pull` fetches one"
        for name in ("(b) Salama with the model", "(c) the bare model", "(d) a plain retrieval chain"):
            yield Row(name, skipped=why)
        return
    yield Row(f"(b) Salama with {model.name}", ask("b", Salama(build(True))))
    retriever = plain.retriever

    def find(message: str) -> list[str]:
        if retriever is None:
            return []
        found = retriever.retrieve(message, "en", concepts=(), audience="adult", limit=_PASSAGES)
        return [passage.text for passage in found]

    def client(address: str) -> ChatClient:
        return ChatClient(address, model.name, timeout=seconds + _MORE, pause=_PAUSE)

    with ExitStack() as stack:
        # the address is another one in each run, so the journal goes by what answers there
        bare = ChatEndpoint(client(stack.enter_context(served(model))), system=ASK)
        yield Row(f"(c) {model.name} alone", ask("c", bare, model.name))
        over = ChatEndpoint(client(stack.enter_context(served(model, chained(find, _FROM_PASSAGES)))))
        name = f"{model.name}, content {plain.knowledge.version[:12]}"
        yield Row(f"(d) {model.name} over the same articles", ask("d", over, name))


def layers(cases: Sequence[Vignette], folder: Path | None) -> Iterator[Row]:
    """Yield a row for each open red-flag layer whose file lies in a folder; a reason where there is none."""
    for source in sources():
        name = f"(e) red-flag layer of {source.name}"
        try:
            if folder is None:
                raise SuiteError(
                    f"name the folder of {source.saved_as} with --layers; it is fetched from {source.source}"
                )
            yield Row(name, run(RedFlagLayer(source, folder), cases), columns=_OF_LAYERS)
        except SuiteError as error:
            yield Row(name, skipped=str(error))


def table(rows: Sequence[Row], cases: Sequence[Vignette], seed: int) -> str:
    """Return the rows as Markdown, shares with their 95 % intervals."""
    emergencies = sum(item.group == "emergency" for item in cases)
    lines = [
        f"{len(cases)} cases (seed {seed}), {emergencies} of them emergencies; three levels, Wilson 95 % intervals.",
        "",
        f"| system | {' | '.join(name.replace('_', ' ') for name in _COLUMNS)} | without a clear level |",
        "|---" + "|---" * len(_COLUMNS) + "|---|",
    ]
    for row in sorted(rows, key=lambda item: item.name[:3]):
        if row.skipped:
            lines.append(f"| {row.name} | skipped: {row.skipped} |" + " |" * len(_COLUMNS))
            continue
        cells = " | ".join(str(METRICS[name](row.results)) if name in row.columns else "-" for name in _COLUMNS)
        unclear = sum(item.advised is None for item in row.results)
        lines.append(f"| {row.name} | {cells} | {unclear} of {len(row.results)} |")
    return "\n".join(lines) + "\n"
