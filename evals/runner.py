"""Running a system over a suite: in parallel, resumable, with a progress bar."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tqdm import tqdm

from evals.result import Result
from evals.systems import System
from evals.vignette import Vignette
from evals.workers import spread
from knowledge.vocabulary import Disposition


def run(
    system: System,
    vignettes: Sequence[Vignette],
    *,
    processes: int = 1,
    threads: int = 1,
    journal: Path | None = None,
    quiet: bool = True,
) -> list[Result]:
    """Return the advice after the last turn of each vignette, in order.

    Args:
        system: What to measure.
        vignettes: The cases.
        processes: How many processes share the work; for systems that work in this process.
        threads: How many calls wait at once; for endpoints.
        journal: File to which each result is added as it comes; what stands in it is not asked again.
        quiet: Show no progress bar.
    """
    known = _read(journal, vignettes) if journal is not None else {}
    open_cases = [vignette for vignette in vignettes if vignette.id not in known]
    bar = tqdm(total=len(vignettes), initial=len(known), disable=quiet or None, unit="case")
    failed = 0
    with bar:
        for result in _played(system, open_cases, processes, threads):
            known[result.vignette.id] = result
            failed += result.advised is None
            if failed:
                bar.set_postfix_str(f"{failed} without an answer")
            if journal is not None:
                _add(journal, result)
            bar.update()
    return [known[vignette.id] for vignette in vignettes]


def _played(system: System, cases: Sequence[Vignette], processes: int, threads: int) -> Iterator[Result]:
    if threads < 2:
        yield from spread(system.play, cases, processes)
        return
    with ThreadPoolExecutor(threads) as pool:
        yield from pool.map(system.play, cases)


def _add(journal: Path, result: Result) -> None:
    journal.parent.mkdir(parents=True, exist_ok=True)
    row = {
        "id": result.vignette.id,
        "turns": result.vignette.turns,
        "advised": result.advised and result.advised.name.lower(),
        "questions": result.questions,
        "milliseconds": result.milliseconds,
        "evidence": result.evidence,
        "levels": [level.name.lower() for level in result.levels],
        "replies": result.replies,
        "citations": result.citations,
        "failure": result.failure,
        "confidence": result.confidence,
        "retries": result.retries,
    }
    with journal.open("a", encoding="utf-8") as file:
        file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _read(journal: Path, vignettes: Iterable[Vignette]) -> dict[str, Result]:
    """Return the results that an earlier run left; a case whose words changed, or that failed, is played again."""
    if not journal.is_file():
        return {}
    cases = {vignette.id: vignette for vignette in vignettes}
    found: dict[str, Result] = {}
    for line in journal.read_text(encoding="utf-8").splitlines():
        try:
            row = json.loads(line)
        except json.JSONDecodeError:
            # the line that was being written when the run was stopped
            continue
        vignette = cases.get(row["id"])
        if vignette is None or tuple(row["turns"]) != vignette.turns or row["failure"]:
            continue
        found[vignette.id] = Result(
            vignette=vignette,
            advised=Disposition.parse(row["advised"]) if row["advised"] else None,
            questions=row["questions"],
            milliseconds=row["milliseconds"],
            evidence=tuple(row["evidence"]),
            levels=tuple(Disposition.parse(level) for level in row["levels"]),
            replies=tuple(row["replies"]),
            citations=tuple(row.get("citations", ())),
            confidence=row.get("confidence"),
            retries=row["retries"],
        )
    return found
