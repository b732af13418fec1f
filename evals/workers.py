"""Sharing work between processes, without loading the content once for each, or between threads that wait."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from tqdm import tqdm

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")

_CHUNK = 16
_work: Callable[[Any], Any] | None = None


def spread(work: Callable[[Item], Outcome], items: Iterable[Item], processes: int = 1) -> Iterator[Outcome]:
    """Yield the outcome of each item, in order.

    Processes are forked, so they share what the work needs without copying it; where a system cannot fork, one process
    does it all.

    Args:
        work: What is done with an item; its outcome must be picklable.
        items: The items.
        processes: How many processes share the work.
    """
    global _work
    if processes < 2 or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(work, items)
        return
    _work = work
    try:
        with multiprocessing.get_context("fork").Pool(processes) as pool:
            yield from pool.imap(_run, items, chunksize=_CHUNK)
    finally:
        _work = None


def _run(item: object) -> object:
    assert _work is not None
    return _work(item)


def await_all(work: Callable[[Item], Outcome], items: Sequence[Item], threads: int, unit: str) -> list[Outcome]:
    """Return the outcome of each item, in order, with a progress bar; for work that waits for answers of others.

    Args:
        work: What is done with an item.
        items: The items.
        threads: How many calls wait at once.
        unit: What the bar calls an item.
    """
    with ThreadPoolExecutor(max(1, threads)) as pool:
        return list(tqdm(pool.map(work, items), total=len(items), disable=None, unit=unit))
