"""Random dialogues by seed: what people of all suites say, in any order, with taps, pressure, denials and noise."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pydantic import StrictStr

from evals.dialogues.invariants import Before, broken
from evals.vignette import Vignette
from evals.workers import spread
from knowledge.files import build, read_yaml
from knowledge.schema import Content
from knowledge.vocabulary import LANGUAGES
from triage import Encounter, TriagePipeline
from triage.storage import MemoryStore

_MOST_TURNS = 9
_MIXED = 0.15
"""Share of dialogues in which every message may be in another written form."""
_REPLAYED = 10
"""Every tenth dialogue is played twice and must be decided alike."""

Texts = tuple[StrictStr, ...]


class Messages(Content):
    """The other things people say, from `messages.yaml`."""

    answers: Texts
    pressure: Texts
    noise: Texts
    danger: Texts
    calm: Texts
    denials: dict[StrictStr, Texts]
    """Ways to deny something by its label, by written form."""


@dataclass(frozen=True)
class Played:
    """One dialogue and what went wrong in it."""

    number: int
    messages: tuple[str, ...]
    emergency: bool
    retracted: bool
    broken: tuple[str, ...]


@dataclass
class Tally:
    """What was played so far."""

    seed: int
    count: int = 0
    turns: int = 0
    emergencies: int = 0
    retracted: int = 0
    broken: int = 0

    def add(self, played: Played) -> None:
        """Count a dialogue."""
        self.count += 1
        self.turns += len(played.messages)
        self.emergencies += played.emergency
        self.retracted += played.retracted
        self.broken += bool(played.broken)

    def __str__(self) -> str:
        return (
            f"{self.count} random dialogues (seed {self.seed}), {self.turns} turns, {self.emergencies} ended as "
            f"emergencies, {self.retracted} with a confirmed retraction: {self.broken} broke an invariant"
        )


@cache
def messages() -> Messages:
    """Return the messages that are not in suites."""
    return build(Messages, read_yaml(files("evals.dialogues") / "messages.yaml"), "messages.yaml")


class Speaker:
    """A patient who says whatever comes to mind.

    Args:
        pipeline: The engine, for the labels of what was found.
        said: Messages of suites by written form.
        chance: Source of all choices.
    """

    def __init__(self, pipeline: TriagePipeline, said: dict[str, Sequence[str]], chance: random.Random) -> None:
        self._pipeline = pipeline
        self._said = said
        self._chance = chance
        self.language = chance.choice(LANGUAGES)
        self._mixed = chance.random() < _MIXED

    def next(self, encounter: Encounter) -> str:
        """Return the next message."""
        chance, other = self._chance, messages()
        language = chance.choice(LANGUAGES) if self._mixed else self.language
        kind = chance.random()
        question = encounter.turns[-1].reply.question if encounter.turns else None
        if question is not None and kind < 0.3:
            return self._answer([option.value for option in question.options])
        if kind < 0.6:
            return chance.choice(self._said[language])
        if kind < 0.7:
            return self._denial(encounter, language)
        pool = chance.choice((other.answers, other.pressure, other.noise, other.danger, other.calm))
        if kind < 0.9:
            return chance.choice(pool)
        return ", ".join([chance.choice(pool), chance.choice(self._said[language]), chance.choice(other.calm)])

    def _answer(self, values: Sequence[str]) -> str:
        """Tap one answer or several."""
        chance = self._chance
        if not values or chance.random() < 0.1:
            return chance.choice(messages().answers)
        return (
            ",".join(chance.sample(values, 2)) if len(values) > 3 and chance.random() < 0.2 else chance.choice(values)
        )

    def _denial(self, encounter: Encounter, language: str) -> str:
        """Deny something that was found, to be asked whether it is taken back."""
        found = sorted({item.concept for item in encounter.findings})
        frames = messages().denials[language]
        if not found:
            return self._chance.choice(messages().calm)
        label = self._pipeline.knowledge.label(self._chance.choice(found), language)
        return self._chance.choice(frames).format(label=label)


def play(pipeline: TriagePipeline, said: dict[str, Sequence[str]], seed: int, number: int) -> Played:
    """Play one dialogue, the same for the same seed and number."""
    chance = random.Random(f"{seed}:{number}")  # noqa: S311 - reproducible, not secret
    speaker = Speaker(pipeline, said, chance)
    country = chance.choice((None, "MA", "FR", "GB"))
    pipeline.store = MemoryStore()
    encounter = Encounter(language=speaker.language, country=country)
    spoken: list[str] = []
    wrong: list[str] = []
    for _ in range(chance.randint(1, _MOST_TURNS)):
        spoken.append(speaker.next(encounter))
        before = Before.of(encounter)
        turn = pipeline.respond(encounter, spoken[-1])
        wrong += [f"turn {turn.number}: {text}" for text in broken(before, encounter, turn)]
    if number % _REPLAYED == 0:
        again = Encounter(language=speaker.language, country=country)
        replayed = [pipeline.respond(again, text) for text in spoken]
        pairs = zip(encounter.turns, replayed, strict=True)
        if any(one.assessment != two.assessment or one.reply != two.reply for one, two in pairs):
            wrong.append("a replay was decided otherwise")
    return Played(number, tuple(spoken), encounter.floor.is_emergency, bool(encounter.retractions), tuple(wrong))


def play_many(
    pipeline: TriagePipeline,
    vignettes: Iterable[Vignette],
    count: int,
    *,
    seed: int = 1,
    first: int = 0,
    processes: int = 1,
) -> Iterator[Played]:
    """Yield `count` dialogues.

    Args:
        pipeline: The engine; its store is replaced by one that forgets.
        vignettes: Whose messages are said.
        count: How many dialogues.
        seed: Seed of all choices.
        first: Number of the first dialogue.
        processes: How many processes share the work.
    """
    said: dict[str, Sequence[str]] = {language: list(messages().danger) for language in LANGUAGES}
    for vignette in vignettes:
        said[vignette.language] = [*said[vignette.language], *vignette.turns]
    yield from spread(lambda number: play(pipeline, said, seed, number), range(first, first + count), processes)
