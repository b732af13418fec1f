"""What perturbations changed, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evals.perturb import NAMES, Trial
from evals.result import Proportion


def markdown(trials: Sequence[Trial], hidden: frozenset[str], content: str) -> str:
    """Return counts of flips for each perturbation and written form, and every emergency that was lost.

    Args:
        trials: What was tried.
        hidden: Ids of cases of unseen suites, which are counted and not shown.
        content: Version of the content that was measured.
    """
    return "\n".join(_lines(trials, hidden, content)) + "\n"


def _lines(trials: Sequence[Trial], hidden: frozenset[str], content: str) -> Iterator[str]:
    cases = {trial.vignette.id for trial in trials}
    yield f"{len(trials)} changed messages or dialogues of {len(cases)} cases; content {content[:12]}"
    yield ""
    yield "| perturbation | level of three changed | down | up | emergencies lost |"
    yield "|---|---|---|---|---|"
    for name in NAMES:
        yield row(name, [trial for trial in trials if trial.perturbation == name])
    yield row("all", trials)
    yield ""
    yield "| written form | level of three changed | down | up | emergencies lost |"
    yield "|---|---|---|---|---|"
    for language in sorted({trial.vignette.language for trial in trials}):
        yield row(language, [trial for trial in trials if trial.vignette.language == language])
    lost = [trial for trial in trials if trial.is_missed]
    shown = [trial for trial in lost if trial.vignette.id not in hidden]
    yield ""
    yield "### Emergencies lost"
    yield ""
    for trial in shown:
        text = " / ".join(trial.changed).replace("\n", " ")[:300]
        yield f"- {trial.perturbation}, `{trial.vignette.id}`: {trial.before.name} -> {trial.after.name}: {text}"
    yield f"- {len(lost) - len(shown)} of unseen suites are not listed"


def row(name: str, trials: Sequence[Trial]) -> str:
    """Return one line of a table."""
    flips = [trial for trial in trials if trial.is_flip]
    down = sum(trial.is_downward for trial in flips)
    missed = [trial.is_missed for trial in trials if min(trial.vignette.reference).is_emergency]
    lost = [missed_one for missed_one in missed if missed_one]
    return (
        f"| {name} | {Proportion(len(flips), len(trials))} | {down} | {len(flips) - down} "
        f"| {len(lost)} of {len(missed)} |"
    )
