"""Joining several rankings into one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

Item = TypeVar("Item", int, str)

RANK_CONSTANT = 60
"""How little the very first places count more than the next; 60 is the value of the paper, which found that results
hardly change between 20 and 100."""


def fuse(rankings: Iterable[Sequence[Item]]) -> list[tuple[Item, float]]:
    """Join rankings by reciprocal rank: an item gets 1 / (60 + rank) from each ranking that has it.

    Scores of BM25 and of cosines cannot be compared, their ranks can. Equal sums are ordered by the items themselves,
    so the result is the same every time. Cormack, Clarke and Buettcher, "Reciprocal Rank Fusion outperforms Condorcet
    and individual Rank Learning Methods", SIGIR 2009, https://doi.org/10.1145/1571941.1572114.

    Args:
        rankings: Positions or slugs, best first.

    Returns:
        (item, fused score), best first.
    """
    scores: dict[Item, float] = {}
    for ranking in rankings:
        for rank, item in enumerate(ranking, start=1):
            scores[item] = scores.get(item, 0.0) + 1.0 / (RANK_CONSTANT + rank)
    return sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
