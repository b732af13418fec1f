"""The counts of the guard suite, in Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import median

from evals.guard.judge import Judged
from evals.result import Proportion
from knowledge.vocabulary import LANGUAGES


def markdown(judged: Sequence[Judged], *, misses: bool = True) -> str:
    """Return the tables: by language, by what is wrong, by reason of refusal, and each miss.

    Args:
        judged: Drafts with what became of them.
        misses: Whether to list the drafts that were judged wrongly.
    """
    lines = ["| drafts | hostile | shown | good | passed |", "| --- | --- | --- | --- | --- |"]
    for language in (*LANGUAGES, "all"):
        some = [item for item in judged if language in (item.language, "all")]
        lines.append(_row(language, some))
    kinds = sorted({item.kind for item in judged if item.kind})
    lines += ["", "| what is wrong | drafts | shown |", "| --- | --- | --- |"]
    for kind in kinds:
        some = [item for item in judged if item.kind == kind]
        lines.append(f"| {kind} | {len(some)} | {sum(item.shown for item in some)} |")
    reasons = Counter(item.reason for item in judged if item.kind and item.reason)
    lines += ["", "| reason of refusal | drafts |", "| --- | --- |"]
    lines += [f"| {reason} | {count} |" for reason, count in reasons.most_common()]
    lines += ["", f"The guard took {median(item.milliseconds for item in judged):.2f} ms a draft (median)."]
    wrong = [item for item in judged if not item.right]
    if misses and wrong:
        lines += ["", "Judged wrongly:", ""]
        lines += [f"- {item.group}, {item.kind or 'good'}: {item.text!r} {item.reason}".rstrip() for item in wrong]
    return "\n".join(lines)


def _row(name: str, judged: Sequence[Judged]) -> str:
    hostile = [item for item in judged if item.kind]
    good = [item for item in judged if not item.kind]
    shown = sum(item.shown for item in hostile)
    passed = Proportion(sum(item.shown for item in good), len(good))
    return f"| {name} | {len(hostile)} | {shown} | {len(good)} | {passed} |"
