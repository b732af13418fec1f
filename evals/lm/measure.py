"""Playing conversations with and without a model, and comparing how they end."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from statistics import median

from evals.lm.rubric import prefer, score
from evals.patient import finish
from knowledge import Knowledge
from knowledge.files import read_yaml
from triage import Encounter, Sentence, SummaryDraft, TriagePipeline, Verdict, guard
from triage.drafting import Drafter
from triage.facts import Facts
from triage.generation import ChatModel
from triage.types import Card, Passage, Stopped, never


@dataclass(frozen=True, slots=True)
class Pair:
    """One conversation played twice."""

    opener: str
    language: str
    plain: tuple[Sentence, ...]
    worded: tuple[Sentence, ...]
    verdicts: tuple[Verdict, ...]
    same_questions: int
    questions: int
    failures: tuple[str, ...]
    labels: tuple[str, ...]
    seconds: float

    @property
    def kept(self) -> int:
        """How many reviewed sentences the worded reply still says."""
        texts = [sentence.text for sentence in self.worded]
        return len(self.plain) - len(guard.uncovered(texts, self.plain, self.language))

    @property
    def preferred(self) -> int:
        """1 for the worded reply, -1 for the reviewed text, 0 for a tie."""
        worded = score(self.worded, self.plain, self.labels, self.language)
        return prefer(worded, score(self.plain, self.plain, self.labels, self.language))


@dataclass(frozen=True, slots=True)
class Measure:
    """What a model did in one language."""

    language: str
    pairs: tuple[Pair, ...]

    @property
    def survived(self) -> float:
        """Share of drafted sentences that the guard let pass."""
        verdicts = [verdict for pair in self.pairs for verdict in pair.verdicts]
        return sum(verdict.allowed for verdict in verdicts) / len(verdicts) if verdicts else 0.0

    @property
    def facts_kept(self) -> float:
        """Share of reviewed sentences that the replies still say."""
        facts = sum(len(pair.plain) for pair in self.pairs)
        return sum(pair.kept for pair in self.pairs) / facts if facts else 0.0

    @property
    def questions_kept(self) -> float:
        """Share of turns with the same next question."""
        return sum(pair.same_questions for pair in self.pairs) / sum(pair.questions for pair in self.pairs)

    @property
    def preferred(self) -> float:
        """Share of pairs, ties left out, in which the worded reply was rated higher; 0 when all are ties."""
        decided = [pair.preferred for pair in self.pairs if pair.preferred]
        return sum(item > 0 for item in decided) / len(decided) if decided else 0.0

    @property
    def seconds(self) -> float:
        """Median seconds of a draft."""
        return median(pair.seconds for pair in self.pairs)


class _Listening(Drafter):
    """A drafter that keeps its verdicts, and how long it took."""

    def __init__(self, knowledge: Knowledge, model: ChatModel) -> None:
        super().__init__(knowledge, model)
        self.verdicts: list[Verdict] = []
        self.seconds = 0.0

    def compose(
        self,
        message: str,
        card: Card,
        passages: Sequence[Passage],
        language: str,
        facts: Facts,
        stopped: Stopped = never,
        *,
        of_another: bool = False,
    ) -> Iterator[tuple[Sentence | None, Verdict]]:
        started = time.perf_counter()
        try:
            drafted = super().compose(message, card, passages, language, facts, stopped, of_another=of_another)
            for sentence, verdict in drafted:
                self.verdicts.append(verdict)
                yield sentence, verdict
        finally:
            self.seconds = time.perf_counter() - started


def openers(language: str) -> tuple[str, ...]:
    """Return the first messages in a language; none when there are none."""
    raw = read_yaml(files("evals.lm") / "openers.yaml")
    found = raw.get(language, []) if isinstance(raw, dict) else []
    return tuple(str(text) for text in found)


def measure(plain: TriagePipeline, model: ChatModel, language: str, texts: Iterable[str]) -> Iterator[Pair]:
    """Yield each conversation, played twice.

    Args:
        plain: The engine without a model.
        model: The language model.
        language: Language of the messages.
        texts: First messages.
    """
    for text in texts:
        yield play_pair(plain, model, language, text)


def summarise(
    plain: TriagePipeline, drafter: Drafter, language: str, texts: Iterable[str]
) -> Iterator[tuple[SummaryDraft, float]]:
    """Yield the draft for a clinician of each conversation, played without the model, and the seconds it took."""
    for text in texts:
        encounter = _play(plain, language, text)
        with _writing(drafter, plain):
            started = time.perf_counter()
            draft = plain.draft_summary(encounter, [language])
            took = time.perf_counter() - started
        yield draft, took


def play_pair(plain: TriagePipeline, model: ChatModel, language: str, text: str) -> Pair:
    """Play one conversation without and with the model, denying every danger."""
    without = _play(plain, language, text).turns
    listening = _Listening(plain.knowledge, model)
    with _writing(listening, plain):
        turns = _play(plain, language, text).turns
    ids = [[turn.reply.question.id if turn.reply.question else "" for turn in found] for found in (without, turns)]
    facts = [finding for turn in turns for finding in turn.extraction.findings if finding.text]
    labels = [plain.knowledge.label(finding.concept, language) for finding in facts if finding.origin == "words"]
    return Pair(
        opener=text,
        language=language,
        plain=without[-1].reply.sentences,
        worded=turns[-1].reply.sentences,
        verdicts=tuple(listening.verdicts),
        same_questions=sum(a == b for a, b in zip(*ids, strict=False)),
        questions=max(map(len, ids)),
        failures=turns[-1].audit.failures,
        labels=tuple(dict.fromkeys(labels)),
        seconds=listening.seconds,
    )


@contextmanager
def _writing(drafter: Drafter, pipeline: TriagePipeline) -> Iterator[None]:
    before, pipeline.composer = pipeline.composer, drafter
    try:
        yield
    finally:
        pipeline.composer = before


def _play(pipeline: TriagePipeline, language: str, text: str) -> Encounter:
    encounter = Encounter(language=language, country="MA")
    finish(pipeline, encounter, pipeline.respond(encounter, text))
    return encounter
