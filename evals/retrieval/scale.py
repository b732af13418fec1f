"""`python -m evals.retrieval.scale`: how long a query takes over ten times and a hundred times as many passages."""

from __future__ import annotations

import argparse
import random
import statistics
import time

from evals.retrieval.queries import load_queries
from knowledge.loader import load_knowledge
from knowledge.schema import Article
from triage.retrieval import HybridRetriever, split_articles

BUDGET_MS = 10
_LANGUAGE = "en"


def main() -> int:
    """Print the median for the real articles and for made-up ones of the same words, and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=100_000, help="passages of the large collection (100000)")
    options = parser.parse_args()
    knowledge = load_knowledge()
    articles = [article for article in knowledge.articles if article.language == _LANGUAGE]
    queries = [query.text for query in load_queries() if query.form == _LANGUAGE]
    small = _median(articles, queries)
    grown = list(_grown(articles, options.passages))
    large = _median(grown, queries)
    for count, median in ((len(split_articles(articles)), small), (len(split_articles(grown)), large)):
        print(f"{count:>8} passages: median {median:7.2f} ms a query, by words, beside the encoder")
    print(f"ratio {large / small:.1f}; budget {BUDGET_MS} ms over 100000 passages")
    return 0


def _grown(articles: list[Article], wanted: int) -> list[Article]:
    """Return articles with that many passages: sentences of the real ones, drawn by chance, under new names."""
    chance = random.Random(1)  # noqa: S311 (no secret)
    sentences = [text for article in articles for section in article.sections for text in section.sentences]
    grown: list[Article] = []
    count = 0
    while count < wanted:
        model = articles[len(grown) % len(articles)]
        slug = f"{model.slug}-{len(grown)}"
        sections = tuple(
            section.model_copy(update={"sentences": tuple(chance.sample(sentences, len(section.sentences)))})
            for section in model.sections
        )
        made = model.model_copy(update={"id": f"{slug}.{_LANGUAGE}", "slug": slug, "sections": sections})
        count += len(split_articles([made]))
        grown.append(made)
    return grown


def _median(articles: list[Article], queries: list[str]) -> float:
    retriever = HybridRetriever(split_articles(articles))
    times = []
    for text in (queries[0], *queries):
        started = time.perf_counter()
        retriever.retrieve(text, _LANGUAGE, concepts=(), audience="everybody", limit=5)
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times[1:])


if __name__ == "__main__":
    raise SystemExit(main())
