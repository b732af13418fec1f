"""`salama eval lm`: measure a model as a writer for patients and clinicians, and record whether it may speak."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

import yaml

from evals.lm.measure import Measure, Pair, measure, openers, summarise
from evals.systems.salama import Build
from triage import ConfigurationError, Settings, TriagePipeline, build_pipeline, read_settings
from triage.drafting import Drafter
from triage.generation import GateResult, LimitedChatModel, load_prompts, open_chat_model, warm_up
from triage.generation.gates import FILE
from triage.types import now

_WARM_UP = 600.0
"""Seconds to load a model and read the fixed prefix on a busy machine."""


def main(arguments: Sequence[str], _: Build) -> int:
    """Print the measures of a model by language.

    Raises:
        ConfigurationError: There is no such model, or a language has no prompt or no first messages.
    """
    parser = argparse.ArgumentParser(
        prog="salama eval lm", description="Measure a language model as a patient's writer."
    )
    parser.add_argument("--model", default="auto", help="as SALAMA_LM; the default model when not given")
    parser.add_argument("--languages", nargs="+", default=["en", "fr"], help="written forms to measure (en fr)")
    parser.add_argument("--cases", type=int, default=12, help="first messages in each language (12)")
    parser.add_argument("--limit", type=float, default=60.0, help="seconds for a draft (60); the gate is on quality")
    parser.add_argument("--record", action="store_true", help=f"write the results to {FILE} in the data folder")
    parser.add_argument("--show", action="store_true", help="print both replies of every pair, or every summary")
    parser.add_argument("--summaries", action="store_true", help="measure drafts of a clinician's summary instead")
    options = parser.parse_args(arguments)
    settings = read_settings()
    pipeline, model = _open(settings, options)
    drafter = Drafter(pipeline.knowledge, model)
    if options.summaries:
        print("\n".join(_summaries(pipeline, drafter, options)))
        return 0
    results = []
    for language in options.languages:
        texts = _texts(language, options.cases)
        # The fixed prefix is read once at start-up, as when patients are served.
        model.warm(warm_up(language), limit=_WARM_UP)
        pairs = []
        for pair in measure(pipeline, model, language, texts):
            pairs.append(pair)
            if options.show:
                print("\n".join(_both(pair)), flush=True)
        results.append(Measure(language, tuple(pairs)))
    gates = [_gate(result, drafter) for result in results]
    print(table(results, gates))
    if options.record:
        _record(settings.data / FILE, gates)
    return 0


def table(results: Sequence[Measure], gates: Sequence[GateResult]) -> str:
    """Return the measures in Markdown."""
    lines = [
        "| model | language | cases | drafted sentences that passed | facts kept | question kept | "
        "rated higher / lower / tie | median s | may speak |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for result, gate in zip(results, gates, strict=True):
        verdicts = [verdict for pair in result.pairs for verdict in pair.verdicts]
        votes = [pair.preferred for pair in result.pairs]
        lines.append(
            f"| {gate.model} | {gate.language} | {gate.cases} | {result.survived:.0%} "
            f"({sum(verdict.allowed for verdict in verdicts)}/{len(verdicts)}) | {gate.facts_kept:.0%} | "
            f"{gate.questions_kept:.0%} | {votes.count(1)} / {votes.count(-1)} / {votes.count(0)} | "
            f"{gate.seconds:.1f} | {'yes' if gate.passed else 'no'} |"
        )
    return "\n".join(lines)


def _summaries(pipeline: TriagePipeline, drafter: Drafter, options: argparse.Namespace) -> Iterator[str]:
    """Yield a table of how many drafts for a clinician were shown, and why the others were not."""
    yield "| model | language | conversations | drafts shown | not shown, and why | median s |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for language in options.languages:
        drafts, seconds = [], []
        for draft, took in summarise(pipeline, drafter, language, _texts(language, options.cases)):
            drafts.append(draft)
            seconds.append(took)
            if options.show:
                print(f"{took:.0f} s {draft.outcome} {draft.verdict or ''}: {' '.join(draft.sentences)}", flush=True)
        why = Counter(draft.verdict or draft.outcome for draft in drafts if draft.outcome != "shown")
        told = ", ".join(f"{reason} {count}" for reason, count in why.most_common()) or "-"
        shown = f"{len(drafts) - why.total()} of {len(drafts)}"
        yield f"| {drafter.model} | {language} | {len(drafts)} | {shown} | {told} | {median(seconds):.1f} |"


def _texts(language: str, cases: int) -> tuple[str, ...]:
    texts = openers(language)[:cases]
    if not texts or language not in load_prompts():
        raise ConfigurationError(f"no first messages or no prompt for language {language!r}")
    return texts


def _open(settings: Settings, options: argparse.Namespace) -> tuple[TriagePipeline, LimitedChatModel]:
    plain = settings.model_copy(update={"database": "none", "lm": "none", "lm_url": None, "encoder": "none"})
    pipeline = build_pipeline(plain)
    model = open_chat_model(
        options.model,
        backend=settings.lm_backend,
        models=settings.models,
        url=settings.lm_url,
        key=settings.lm_key.get_secret_value(),
        languages=tuple(options.languages),
        limit=options.limit,
        threads=settings.lm_threads,
    )
    if model is None:
        raise ConfigurationError(f"no language model {options.model!r} to measure; see: salama models list")
    model.load()
    return pipeline, model


def _gate(result: Measure, drafter: Drafter) -> GateResult:
    return GateResult(
        model=drafter.model,
        prompt=drafter.prompt(result.language),
        language=result.language,
        on=now().date(),
        cases=len(result.pairs),
        survived=round(result.survived, 3),
        facts_kept=round(result.facts_kept, 3),
        questions_kept=round(result.questions_kept, 3),
        preferred=round(result.preferred, 3),
        seconds=round(result.seconds, 1),
    )


def _both(pair: Pair) -> list[str]:
    refused = [f"  refused {item.check}:{item.reason}: {item.sentence}" for item in pair.verdicts if not item.allowed]
    return [
        f"{pair.language}: {pair.opener}  ({pair.seconds:.1f} s{''.join(' ' + item for item in pair.failures)})",
        f"  reviewed: {' '.join(item.text for item in pair.plain)}",
        f"  worded:   {' '.join(item.text for item in pair.worded)}",
        *refused,
    ]


def _record(path: Path, gates: Sequence[GateResult]) -> None:
    known = yaml.safe_load(path.read_text(encoding="utf-8"))["items"] if path.is_file() else []
    path.parent.mkdir(parents=True, exist_ok=True)
    items = [*known, *(gate.model_dump(mode="json") for gate in gates)]
    path.write_text(yaml.safe_dump({"items": items}, sort_keys=False), encoding="utf-8")
    print(f"recorded in {path}", file=sys.stderr)
