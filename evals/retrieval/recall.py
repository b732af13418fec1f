"""Recall of a retriever on lay queries, by written form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from evals.result import Proportion
from evals.retrieval.queries import FORMS, Query

PLACES = 5

Find = Callable[[str, str], Sequence[str]]
"""Query and written form to the slugs of the articles found, best first, each once."""


@dataclass
class Recall:
    """What a retriever found."""

    first: dict[str, list[bool]] = field(default_factory=dict)
    """By form: whether the first article answers."""
    among: dict[str, list[bool]] = field(default_factory=dict)
    """By form: whether one of the first five articles answers."""
    silent: dict[str, list[bool]] = field(default_factory=dict)
    """By form: whether nothing was found for a query about something else."""
    misses: list[tuple[Query, tuple[str, ...]]] = field(default_factory=list)
    """Queries that were answered wrongly, with what was found."""

    def at(self, places: int, form: str) -> Proportion:
        """Return recall at one place or at five."""
        found = (self.first if places == 1 else self.among).get(form, [])
        return Proportion(sum(found), len(found))

    def off_topic(self, form: str | None = None) -> Proportion:
        """Return the share of queries about something else that found nothing, of one form or of all."""
        found = [value for tag, values in self.silent.items() if form in (None, tag) for value in values]
        return Proportion(sum(found), len(found))


def measure_recall(queries: Iterable[Query], find: Find) -> Recall:
    """Ask every query."""
    result = Recall()
    for query in queries:
        found = tuple(find(query.text, query.form))[:PLACES]
        if query.topics:
            right = not query.topics.isdisjoint(found)
            result.first.setdefault(query.form, []).append(bool(found) and found[0] in query.topics)
            result.among.setdefault(query.form, []).append(right)
        else:
            right = not found
            result.silent.setdefault(query.form, []).append(right)
        if not right:
            result.misses.append((query, found))
    return result


def row(name: str, recall: Recall) -> str:
    """Return one line of the table: recall at 1 and 5 by form in per cent, and the off-topic figure."""
    cells = [
        f"{_percent(recall.at(1, form))}/{_percent(recall.at(PLACES, form))}" if recall.first.get(form) else "-"
        for form in FORMS
    ]
    return f"| {name} | {' | '.join(cells)} | {_percent(recall.off_topic())} |"


def _percent(share: Proportion) -> str:
    return "-" if share.value is None else f"{100 * share.value:.0f}"
