"""What a change of the content does to the suites and to what patients read, before it is put in force."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.metrics import METRICS
from evals.result import Result
from evals.runner import run
from evals.suites import Suite, load
from evals.systems.salama import Salama
from knowledge import Knowledge
from triage import TriagePipeline
from triage.retrieval.passages import split_articles

Build = Callable[[Knowledge], TriagePipeline]

_METRICS = ("emergency_sensitivity", "false_alarms", "accuracy")


@dataclass(frozen=True)
class Moved:
    """A case whose advice is another after the change."""

    before: Result
    after: Result

    @property
    def lowers_an_emergency(self) -> bool:
        """Whether somebody who needs hospital care now is advised something calmer than before."""
        old, new = self.before.advised, self.after.advised
        return self.before.vignette.group == "emergency" and old is not None and (new is None or new < old)

    def __str__(self) -> str:
        said = " -> ".join(
            "no answer" if item.advised is None else item.advised.name.lower() for item in (self.before, self.after)
        )
        return f"{self.before.vignette.id}: {said}{'  LOWERS AN EMERGENCY' if self.lowers_an_emergency else ''}"


def moved(before: Sequence[Result], after: Sequence[Result]) -> list[Moved]:
    """Return the cases whose final advice differs, in order."""
    pairs = zip(before, after, strict=True)
    return [Moved(old, new) for old, new in pairs if old.advised != new.advised]


def impact(
    old: Knowledge, new: Knowledge, build: Build, *, suites: Sequence[Path] = (), processes: int = 1
) -> tuple[list[str], bool]:
    """Return what a change does, in lines, and whether it may go ahead.

    Cases of unseen suites are counted and never named: whoever reads their ids mends towards them.

    Args:
        old: The content in force.
        new: The changed content.
        build: Builds an engine without a language model on a content.
        suites: Files of vignettes; the shipped suites when empty.
        processes: How many processes share the work.

    Raises:
        SuiteError: A suite is missing or cannot be read.
    """
    cases = load(suites)
    lines = list(_passages(old, new))
    measured: list[list[list[Result]]] = []
    for knowledge in (old, new):
        system = Salama(build(knowledge))
        measured.append([run(system, suite.vignettes, processes=processes) for suite in cases])
    lowered = 0
    for suite, before, after in zip(cases, *measured, strict=True):
        found = moved(before, after)
        worse = sum(item.lowers_an_emergency for item in found)
        lowered += worse
        lines += _suite(suite, before, after, found, worse)
    lines += _totals(cases, *measured)
    lines.append(
        f"BLOCKED: the change lowers {lowered} emergency case(s)" if lowered else "no emergency case is lowered"
    )
    return lines, lowered == 0


def _suite(
    suite: Suite, before: Sequence[Result], after: Sequence[Result], found: Sequence[Moved], worse: int
) -> Iterator[str]:
    name = suite.name + (" (unseen: counts only)" if suite.unseen else "")
    yield f"suite {name}: {len(found)} of {len(before)} cases change their level, {worse} emergencies are lowered"
    if found:
        yield from _metrics(before, after)
    if not suite.unseen:
        yield from (f"    {item}" for item in found)


def _totals(
    cases: Sequence[Suite], before: Sequence[Sequence[Result]], after: Sequence[Sequence[Result]]
) -> Iterator[str]:
    for unseen, called in ((False, "seen"), (True, "unseen")):
        places = [place for place, suite in enumerate(cases) if suite.unseen is unseen]
        if places:
            yield f"all {called} suites:"
            yield from _metrics(*([item for place in places for item in side[place]] for side in (before, after)))


def _metrics(before: Sequence[Result], after: Sequence[Result]) -> Iterator[str]:
    for name in _METRICS:
        metric = METRICS[name]
        yield f"    {name:<22} {metric(before)}  ->  {metric(after)}"


def _passages(old: Knowledge, new: Knowledge) -> Iterator[str]:
    """Yield which passages say something else, and which articles hang on a complaint that changed."""
    before, after = ({item.passage.id: item.passage for item in split_articles(k.articles)} for k in (old, new))
    touched = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    articles = sorted({name.partition("#")[0] for name in touched})
    yield f"{len(touched)} passages of {len(articles)} articles change" + (
        f": {', '.join(articles)}" if articles else ""
    )
    if new.withheld:
        waiting = ", ".join(article.id for article in new.withheld)
        yield f"{len(new.withheld)} imported articles are shown only once they are signed: {waiting}"
    slugs = {
        protocol.article
        for name, protocol in new.protocols.items()
        if protocol.article is not None and old.protocols.get(name) != protocol
    }
    if slugs:
        yield f"articles shown for complaints that change: {', '.join(sorted(slugs))}"
