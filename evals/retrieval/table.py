"""`salama eval retrieval`: words alone, each encoder alone and both joined, on the lay queries."""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Iterator, Sequence

from evals.retrieval.queries import FORMS, Query, load_queries
from evals.retrieval.recall import Recall, measure_recall, row
from evals.systems.salama import Build
from knowledge.loader import load_knowledge
from triage import Settings, read_settings
from triage.retrieval import Retriever
from triage.upkeep import retrievers_to_compare

_TIMED = 40
"""Queries that are timed, one at a time."""


def comparison(settings: Settings, *, misses: bool = False) -> Iterator[str]:
    """Yield the lines of the table as they are measured.

    Args:
        settings: Where models and indexes are.
        misses: Name the queries that were answered wrongly, too.
    """
    queries = load_queries()
    off_topic = sum(not query.topics for query in queries)
    yield f"{len(queries) - off_topic} queries in {len(FORMS)} forms, {off_topic} about something else."
    yield "Recall at 1/5 in %: the right article is that of the first passage / of one of the first five passages."
    yield f"| retriever | {' | '.join(FORMS)} | nothing found off topic | median ms a query | encoder alone ms |"
    yield "|---|" + "---|" * (len(FORMS) + 3)
    for name, retriever, encode in retrievers_to_compare(settings, load_knowledge()):
        recall = recall_of(retriever, queries)
        texts = [query.text for query in queries[:: len(queries) // _TIMED]]
        whole = _median(lambda text, used=retriever: _slugs(used, text, "en"), texts)  # type: ignore[misc]
        alone = f"{_median(encode, texts):.1f}" if encode is not None else "-"
        yield f"{row(name, recall)} {whole:.1f} | {alone} |"
        if misses:
            yield from (
                f"  {item.form}: {item.text!r} found {', '.join(found) or 'nothing'}" for item, found in recall.misses
            )


def recall_of(retriever: Retriever, queries: Sequence[Query]) -> Recall:
    """Return what a retriever finds, asked as a patient's question for information is."""
    return measure_recall(queries, lambda text, form: _slugs(retriever, text, form))


def _slugs(retriever: Retriever, text: str, form: str) -> list[str]:
    found = retriever.retrieve(text, form, concepts=(), audience="everybody", limit=5)
    return list(dict.fromkeys(passage.article_id.rpartition(".")[0] for passage in found))


def _median(run: Callable[[str], object], texts: Sequence[str]) -> float:
    run(texts[0])
    times = []
    for text in texts:
        started = time.perf_counter()
        run(text)
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


def main(arguments: Sequence[str], _: Build) -> int:
    """Print the table as it is measured."""
    parser = argparse.ArgumentParser(
        prog="salama eval retrieval",
        description="Do lay queries find the article that answers them? Words alone, and with each pulled encoder.",
    )
    parser.add_argument("--misses", action="store_true", help="name the queries that were answered wrongly")
    for line in comparison(read_settings(), misses=parser.parse_args(arguments).misses):
        print(line, flush=True)
    return 0
