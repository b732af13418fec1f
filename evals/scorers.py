"""What a suite may ask for beside the level: pairs, contrasts, ladders, facts, and what no reply may hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from evals.result import Proportion, Result, share

Key = Callable[[Result], str | None]

_NUMBER = 6
"""Digits from which on a number is one of a person, not a dose or a time."""


def pair_agreement(results: Iterable[Result]) -> Proportion:
    """Share of pairs (or larger sets) whose cases all get one of the six levels; no answer is no agreement."""
    sets = grouped(results, lambda item: item.vignette.pair)
    return share(len({item.advised for item in part}) == 1 and part[0].advised is not None for part in sets)


def contrast_accuracy(results: Iterable[Result]) -> Proportion:
    """Share of contrasts whose cases are all right: the deciding word was heard in each."""
    return share(all(item.right for item in part) for part in grouped(results, lambda item: item.vignette.contrast))


def ladder_steps(results: Iterable[Result]) -> Proportion:
    """Share of steps from one rung to the graver next on which the advice does not get calmer; no answer is calmest."""
    steps = (
        (one.advised or 0) <= (two.advised or 0)
        for part in grouped(results, lambda item: item.vignette.ladder)
        for one, two in pairwise(sorted(part, key=lambda item: item.vignette.rung))
    )
    return share(steps)


def facts_stated(results: Iterable[Result]) -> Proportion:
    """Share of must-have facts of which one wording stands in a reply or in its citations."""
    found = []
    for item in results:
        said = plain("\n".join((*item.replies, *item.citations)))
        found += [any(plain(wording) in said for wording in fact) for fact in item.vignette.facts]
    return share(found)


def nothing_forbidden(results: Iterable[Result]) -> Proportion:
    """Share of cases with something forbidden in which no reply holds any of it; no reply at all holds nothing."""
    cases = [item for item in results if item.vignette.forbidden]
    return share(not leaks(item) for item in cases)


def failures(results: Sequence[Result]) -> Iterator[str]:
    """Yield a line for each pair, contrast, ladder, fact or forbidden word that is not as it should be."""
    for part in grouped(results, lambda item: item.vignette.pair):
        if len({item.advised for item in part}) > 1:
            yield f"pair {part[0].vignette.pair}: {_levels(part)}"
    for part in grouped(results, lambda item: item.vignette.contrast):
        if not all(item.right for item in part):
            yield f"contrast {part[0].vignette.contrast}: {_levels(part)}"
    for part in grouped(results, lambda item: item.vignette.ladder):
        rungs = sorted(part, key=lambda item: item.vignette.rung)
        if any((one.advised or 0) > (two.advised or 0) for one, two in pairwise(rungs)):
            yield f"ladder {part[0].vignette.ladder}: {_levels(rungs)}"
    for item in results:
        lacking = [fact[0] for fact in item.vignette.facts if not facts_stated([_only(item, fact)]).hits]
        if lacking:
            yield f"`{item.vignette.id}` does not say: {', '.join(lacking)}"
        if leaks(item):
            yield f"`{item.vignette.id}` says what is forbidden: {', '.join(leaks(item))}"


def _only(result: Result, fact: tuple[str, ...]) -> Result:
    return replace(result, vignette=result.vignette.model_copy(update={"facts": (fact,)}))


def _levels(results: Sequence[Result]) -> str:
    return ", ".join(
        f"`{item.vignette.id}` {item.advised.name.lower() if item.advised else 'none'}" for item in results
    )


def leaks(result: Result) -> list[str]:
    """Return what is forbidden and stands in a reply: as whole words, or as digits in whatever groups."""
    said = "\n".join(plain(reply) for reply in result.replies)
    return [item for item in result.vignette.forbidden if _stands(plain(item), said)]


def _stands(item: str, said: str) -> bool:
    digits = re.sub(r"\D", "", item)
    if len(digits) >= _NUMBER and digits in re.sub(r"(?<=\d)[\s().-]+(?=\d)", "", said):
        return True
    return re.search(rf"(?<!\w){re.escape(item)}(?!\w)", said) is not None


def grouped(results: Iterable[Result], key: Key) -> list[Sequence[Result]]:
    """Return the sets of two or more cases of a written form that share a key; cases without one are left out."""
    found: dict[tuple[str, str], list[Result]] = {}
    for item in results:
        name = key(item)
        if name is not None:
            found.setdefault((name, item.vignette.language), []).append(item)
    return [part for part in found.values() if len(part) > 1]


def plain(text: str) -> str:
    """Return a text casefolded, without accents and Arabic vowel signs, with single spaces."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(mark for mark in folded if not unicodedata.combining(mark))
    return re.sub(r"\s+", " ", bare)


SCORERS = {
    "pair_agreement": pair_agreement,
    "contrast_accuracy": contrast_accuracy,
    "ladder_steps": ladder_steps,
    "facts_stated": facts_stated,
    "nothing_forbidden": nothing_forbidden,
}
"""Each by its name in reports."""
