"""How near an encoder finds drafts to the passages: why its threshold is where it is, and why it is a second lock."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import median

from evals.guard.drafts import DraftGroup
from triage import guard
from triage.generation.sentences import split_sentences
from triage.retrieval import Encoder


def nearness_table(encoder: Encoder, groups: Iterable[DraftGroup]) -> str:
    """Return the nearness of good drafts to what they cite and of hostile ones to anything, by kind, in Markdown.

    Args:
        encoder: The encoder.
        groups: Situations with their drafts; those in languages it does not know are left out.
    """
    measured = guard.measured_nearness(encoder)
    least = measured.least if measured else 0.0
    nearness = guard.Nearness(encoder, least)
    found: dict[str, list[float]] = {}
    for group in groups:
        if group.language not in encoder.languages:
            continue
        passages = group.cited()
        for kind, texts in (("good", group.good), *group.hostile.items()):
            for sentence in (part for text in texts for part in split_sentences([text, "\n"])):
                cited = guard.ground(sentence, passages) if kind == "good" else [item.id for item in passages]
                if cited:
                    near = nearness.nearest(sentence, [item for item in passages if item.id in cited])
                    found.setdefault(kind, []).append(near)
    lines = [
        f"{encoder.id}; refused below {least:g}",
        "",
        "| drafts | sentences | least | median | most | refused by nearness |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for kind, values in sorted(found.items()):
        refused = sum(value < least for value in values)
        lines.append(
            f"| {kind} | {len(values)} | {min(values):.3f} | {median(values):.3f} | {max(values):.3f} | {refused} |"
        )
    return "\n".join(lines)
