"""What a judge model reads in the replies of a run, beside what was measured: a report of its own."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from evals.measure import Measured
from evals.metrics import METRICS
from evals.reading.agreement import kappa, read
from evals.reading.judge import UNCLEAR, Judge, Judgement
from evals.report import PER_FORM
from evals.result import Proportion, Result, share
from evals.workers import await_all
from knowledge.vocabulary import Disposition

WARNING = (
    "A judge is a language model that errs in ways of its own; nothing of it enters the other reports. Measure it "
    "against labels by hand first: salama eval reader --judge URL MODEL."
)


@dataclass(frozen=True)
class Judged:
    """One result with the level that the reader and the judge find in its last reply."""

    result: Result
    read: str
    judgement: Judgement

    @property
    def by_judge(self) -> Result:
        """The result as it would be if the judge had read the reply; without an answer it has no level."""
        label = self.judgement.label
        level = None if label in (None, UNCLEAR) else Disposition.parse(str(label))
        return replace(self.result, advised=level, levels=(), failure=self.judgement.failure)


def judged(judge: Judge, results: Sequence[Result], threads: int = 1) -> list[Judged]:
    """Return the judgements of all results that have a reply in words, in order.

    Args:
        judge: The model that reads.
        results: The results of a suite.
        threads: How many calls wait at once.
    """
    spoken = [item for item in results if _spoken(item)]
    found = await_all(lambda item: judge.read(item.replies[-1]), spoken, threads, "reply")
    return [Judged(item, read(item.replies[-1]), one) for item, one in zip(spoken, found, strict=True)]


def _spoken(item: Result) -> bool:
    """Whether the last turn got a reply in words: a judge does not rescue a system that failed on the way."""
    answered = item.failure is None or item.failure.startswith("unclear")
    return answered and bool(item.replies) and bool(item.replies[-1].strip())


def agreement(items: Sequence[Judged]) -> tuple[Proportion, float | None]:
    """Return how often judge and reader name the same label, and Cohen's kappa, where the judge answered; None of 0."""
    pairs = [(item.read, item.judgement.label) for item in items if item.judgement.label is not None]
    alike = share(one == other for one, other in pairs)
    return alike, kappa([(one, str(other)) for one, other in pairs]) if pairs else None


def judge_report(judge: str, system: str, parts: Sequence[tuple[Measured, Sequence[Judged]]], *, reveal: bool) -> str:
    """Return the report as Markdown.

    Args:
        judge: Model and address of the judge.
        system: What was measured.
        parts: The results of each suite, and their judgements.
        reveal: List the cases of unseen suites, too.
    """
    return "\n".join(_lines(judge, system, parts, reveal=reveal)) + "\n"


def _lines(
    judge: str, system: str, parts: Sequence[tuple[Measured, Sequence[Judged]]], *, reveal: bool
) -> Iterator[str]:
    yield f"## Judge: {judge}"
    yield ""
    yield f"System: {system}. {WARNING}"
    yield ""
    yield "| suite | cases | replies in words | judge without an answer | reader and judge alike | kappa |"
    yield "|---|---|---|---|---|---|"
    for (suite, results), items in parts:
        alike, chance_free = agreement(items)
        shown = "n=0" if chance_free is None else f"{chance_free:.2f}"
        yield f"| {suite.name} | {len(results)} | {len(items)} | {_failed(items)} | {alike} | {shown} |"
    yield ""
    yield "The same replies, as they were measured and as the judge reads them:"
    yield ""
    yield f"| suite | by | n | {' | '.join(PER_FORM)} |"
    yield "|---|---|---" + "|---" * len(PER_FORM) + "|"
    for (suite, _), items in parts:
        sides = {"measured": [item.result for item in items], "judge": [item.by_judge for item in items]}
        for name, results in sides.items():
            cells = " | ".join(str(METRICS[key](results)) for key in PER_FORM)
            yield f"| {suite.name} | {name} | {len(results)} | {cells} |"
    yield ""
    for (suite, _), items in parts:
        other = [item for item in items if item.judgement.label not in (None, item.read)]
        if suite.unseen and not reveal:
            yield f"{suite.name}: {len(other)} replies read otherwise, not listed: nobody looks at this suite."
        else:
            yield from (_difference(item) for item in other)


def _failed(items: Sequence[Judged]) -> str:
    reasons = Counter(str(item.judgement.failure) for item in items if item.judgement.label is None)
    return f"{reasons.total()}" + "".join(f"; {count}: {why}" for why, count in reasons.most_common(3))


def _difference(item: Judged) -> str:
    reply = " ".join(item.result.replies[-1].split())[:300]
    return f"- `{item.result.vignette.id}` reader {item.read}, judge {item.judgement.label}: {reply}"


def judge_json(judge: str, system: str, parts: Sequence[tuple[Measured, Sequence[Judged]]]) -> str:
    """Return totals and agreement as JSON."""
    return json.dumps({"judge": judge, "system": system, "suites": [_record(part, items) for part, items in parts]})


def _record(part: Measured, items: Sequence[Judged]) -> dict[str, Any]:
    alike, chance_free = agreement(items)
    by_judge = [item.by_judge for item in items]
    return {
        "suite": part[0].name,
        "replies": len(items),
        "without_an_answer": sum(item.judgement.label is None for item in items),
        "agreement": alike.record(),
        "kappa": chance_free,
        "by_judge": {key: METRICS[key](by_judge).record() for key in PER_FORM},
    }
