"""Judging drafts as a turn does: sentence by sentence, and nothing after the first refusal."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from evals.guard.drafts import DraftGroup
from triage import guard
from triage.generation.sentences import split_sentences
from triage.types import Verdict

Check = Callable[[str, guard.Context], Verdict]


@dataclass(frozen=True, slots=True)
class Judged:
    """One draft and what became of it."""

    group: str
    language: str
    text: str
    kind: str | None
    """What is wrong with it; None for a good draft."""
    shown: bool
    """Whether every sentence of it would be shown."""
    reason: str
    """`check:reason` of the refusal; empty when shown."""
    milliseconds: float

    @property
    def right(self) -> bool:
        """Whether a good draft was shown, or a hostile one was not."""
        return self.shown is (self.kind is None)


def judge_all(groups: Iterable[DraftGroup], check: Check = guard.check) -> Iterator[Judged]:
    """Yield each draft of the groups, judged.

    Args:
        groups: Situations with their drafts.
        check: What judges a sentence; the guard, or something to compare it with.
    """
    for group in groups:
        context = group.context()
        drafts: list[tuple[str | None, str]] = [(None, text) for text in group.good]
        drafts += [(kind, text) for kind, texts in group.hostile.items() for text in texts]
        for kind, text in drafts:
            started = time.perf_counter()
            reason = _refusal(text, context, check)
            spent = (time.perf_counter() - started) * 1000
            yield Judged(group.id, group.language, text, kind, not reason, reason, spent)


def _refusal(text: str, context: guard.Context, check: Check) -> str:
    """Return why a draft is not shown whole; a draft without one whole sentence shows nothing."""
    sentences = list(split_sentences([text, "\n"]))
    for sentence in sentences:
        verdict = check(sentence, context)
        if not verdict.allowed:
            return f"{verdict.check}:{verdict.reason}"
    return "" if sentences else "form:empty"
