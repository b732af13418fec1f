"""Changes of a message that must not change the level: spelling, manner, sex, names, who writes, script, reassurance.

Each is deterministic by seed. They are mechanical on purpose; what a human would write differently belongs in a suite.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from evals.perturb.manner import accompany, add_feeling, add_filler, colour, hesitate, reorder
from evals.perturb.speaker import add_name, quote, swap_sex, third_person
from evals.perturb.spelling import (
    double_spaces,
    drop_punctuation,
    shout,
    stretch,
    strip_accents,
    swap_letters,
    transliterate,
)
from evals.perturb.words import Words, words_of
from evals.result import ORDER
from evals.vignette import Vignette, group_of
from evals.workers import spread
from knowledge.vocabulary import Disposition

Perturb = Callable[[str, Words, random.Random], str]

PERTURBATIONS: dict[str, Perturb] = {
    "swapped letters": swap_letters,
    "no punctuation": drop_punctuation,
    "capitals": shout,
    "filler": add_filler,
    "feeling": add_feeling,
    "stretched": stretch,
    "no accents": strip_accents,
    "spaces": double_spaces,
    "hesitant": hesitate,
    "in company": accompany,
    "colourful": colour,
    "sentence order": reorder,
    "sex": swap_sex,
    "name": add_name,
    "third person": third_person,
    "quoted by a relative": quote,
    "transliterated": transliterate,
}
"""Changes of every message of a case."""

OTHER_SCRIPT = "other script"
REASSURED = "reassured"
_SCRIPTS = {"ary": "ary-Latn", "ary-Latn": "ary"}

NAMES = (*PERTURBATIONS, OTHER_SCRIPT, REASSURED)
"""Every perturbation; the last two change a case as a whole."""


@dataclass(frozen=True)
class Pair:
    """A case and the same case put otherwise."""

    perturbation: str
    original: Vignette
    changed: Vignette


@dataclass(frozen=True)
class Trial:
    """What was advised for both of a pair."""

    perturbation: str
    vignette: Vignette
    changed: tuple[str, ...]
    before: Disposition
    after: Disposition

    @property
    def is_flip(self) -> bool:
        """Whether the level of three changed."""
        return group_of(self.before) != group_of(self.after)

    @property
    def is_downward(self) -> bool:
        """Whether the level of three fell."""
        return ORDER[group_of(self.after)] < ORDER[group_of(self.before)]

    @property
    def is_missed(self) -> bool:
        """Whether an emergency by its reference is no longer advised as one."""
        emergency = min(self.vignette.reference).is_emergency
        return emergency and self.before.is_emergency and not self.after.is_emergency


def perturbed(vignettes: Iterable[Vignette], seed: int, among: Iterable[Vignette] = ()) -> Iterator[Pair]:
    """Yield every change that changes anything.

    Args:
        vignettes: The cases to change.
        seed: Seed of all random choices.
        among: Where the other script of a case is looked for, besides the cases themselves.
    """
    cases = list(vignettes)
    forms = {(item.parallel or "", item.language): item for item in (*among, *cases)}
    for vignette in cases:
        for name, turns in _changes(vignette, seed, forms):
            if turns != vignette.turns:
                language = _SCRIPTS.get(vignette.language, vignette.language)
                update = {"turns": turns, **({"language": language} if name == OTHER_SCRIPT else {})}
                yield Pair(name, vignette, vignette.model_copy(update=update))


def _changes(
    vignette: Vignette, seed: int, forms: Mapping[tuple[str, str], Vignette]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    words = words_of(vignette.language)
    for name, perturb in PERTURBATIONS.items():
        chance = random.Random(f"{seed}:{vignette.id}:{name}")  # noqa: S311 - reproducible, not secret
        yield name, tuple(perturb(text, words, chance) for text in vignette.turns)
    other = forms.get((vignette.parallel or "", _SCRIPTS.get(vignette.language, "")))
    if other is not None and vignette.parallel:
        yield OTHER_SCRIPT, other.turns
    chance = random.Random(f"{seed}:{vignette.id}:{REASSURED}")  # noqa: S311 - reproducible, not secret
    yield REASSURED, (*vignette.turns, chance.choice(words.reassurances))


def try_all(
    advise: Callable[[Vignette], Disposition],
    vignettes: Iterable[Vignette],
    *,
    seed: int = 1,
    among: Iterable[Vignette] = (),
    processes: int = 1,
) -> Iterator[Trial]:
    """Yield what is advised for each perturbed case, beside the advice for the case as it was.

    Args:
        advise: The advice for a vignette.
        vignettes: The cases to change.
        seed: Seed of all random choices.
        among: Where the other script of a case is looked for, besides the cases themselves.
        processes: How many processes share the work.
    """
    pairs: dict[str, list[Pair]] = {}
    for pair in perturbed(vignettes, seed, among):
        pairs.setdefault(pair.original.id, []).append(pair)

    def each(group: list[Pair]) -> list[Trial]:
        before = advise(group[0].original)
        return [
            Trial(pair.perturbation, pair.original, pair.changed.turns, before, advise(pair.changed)) for pair in group
        ]

    for trials in spread(each, pairs.values(), processes):
        yield from trials


def sample(vignettes: Iterable[Vignette], count: int, seed: int) -> list[Vignette]:
    """Return `count` cases, as many of each written form as can be, the same for the same seed."""
    chance = random.Random(f"sample:{seed}")  # noqa: S311 - reproducible, not secret
    forms: dict[str, list[Vignette]] = {}
    for vignette in vignettes:
        forms.setdefault(vignette.language, []).append(vignette)
    for part in forms.values():
        chance.shuffle(part)
    chosen: list[Vignette] = []
    while len(chosen) < count and any(forms.values()):
        chosen += [part.pop() for part in forms.values() if part]
    return chosen[:count]
