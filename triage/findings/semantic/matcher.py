"""Reads a message by its meaning: parts whose nearest lay phrases are near enough name a concept, to be asked about."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from knowledge.loader import Knowledge
from knowledge.vocabulary import Polarity
from triage.findings.semantic.bank import Bank, Encoder, fetch_vectors
from triage.findings.semantic.phrases import Extract, gather_phrases
from triage.findings.semantic.segments import split_segments
from triage.findings.semantic.thresholds import Thresholds, still_valid
from triage.types import Extraction, Finding, Span

NEAREST = 3
"""A part of a message is proposed only for so many of the concepts nearest to it."""

MOST_PROPOSALS = 6

log = logging.getLogger("salama")


class SemanticVoice:
    """The sentence encoder as a second reader of messages.

    It is silent until its bank has been read or built, which may take minutes the first time, and in every language
    without thresholds.
    """

    def __init__(
        self, knowledge: Knowledge, encoder: Encoder, thresholds: Thresholds, folder: Path, extract: Extract
    ) -> None:
        """Describe the voice; `prepare` or `start` makes it speak.

        Args:
            knowledge: All content.
            encoder: The encoder.
            thresholds: What was measured with it.
            folder: Where vectors are kept.
            extract: Reads texts by their words.
        """
        self._knowledge = knowledge
        self._encoder = encoder
        self._thresholds = thresholds
        self._folder = folder
        self._extract = extract
        self._ready: dict[str, tuple[Bank, Mapping[str, float]]] = {}
        self._preparing = threading.Lock()

    @property
    def name(self) -> str:
        """What speaks, for the audit record."""
        return f"semantic:{self._encoder.id}"

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages it has a bank in by now."""
        return tuple(self._ready)

    @property
    def waits(self) -> bool:
        """False: a message takes the encoder some ten milliseconds."""
        return False

    def speaks(self, language: str) -> bool:
        """Whether it has a bank in a language by now."""
        return language in self._ready

    def start(self) -> None:
        """Prepare in a thread of its own, so that nobody waits."""
        threading.Thread(target=self._prepare_quietly, daemon=True, name="second-voice").start()

    def prepare(self) -> None:
        """Read or build the bank of every language that has thresholds."""
        with self._preparing:
            self._prepare_all()

    def _prepare_all(self) -> None:
        for language, calibrated in self._thresholds.languages.items():
            if language in self._ready:
                continue
            phrases = gather_phrases(self._knowledge, language, self._extract)
            valid = still_valid(calibrated, language, phrases)
            if not valid or language not in self._encoder.languages:
                continue
            texts = tuple(dict.fromkeys(item.text for item in phrases if not item.held_out))
            bank = Bank(phrases, fetch_vectors(texts, self._folder, self._encoder, language))
            # The first text also loads the encoder, which takes seconds.
            bank.nearness(self._encoder.encode_passages(texts[:1]))
            self._ready = {**self._ready, language: (bank, valid)}

    def propose(
        self, text: str, language: str, *, heard: Extraction, candidates: Mapping[str, str], turn: int
    ) -> tuple[Finding, ...]:
        """Return what a message may be saying, the likeliest first, each with the patient's own words.

        Args:
            text: The scrubbed message.
            language: Its language.
            heard: What the words found; what they judged in a part of the message is not proposed for that part.
            candidates: Not needed: every concept with a threshold is looked for.
            turn: Number of the message.
        """
        if language not in self._ready:
            return ()
        bank, thresholds = self._ready[language]
        segments = split_segments(text)
        if not segments:
            return ()
        scores = bank.nearness(self._encoder.encode_passages([item.text.casefold() for item in segments]))
        spoken = [(item.span, item.concept) for item in heard.findings if item.span is not None]
        place = {concept: number for number, concept in enumerate(bank.concepts)}
        for row, segment in enumerate(segments):
            judged = {concept for span, concept in spoken if span.start < segment.end and segment.start < span.end}
            scores[row, [place[concept] for concept in judged if concept in place]] = -1.0
        best: dict[str, tuple[float, Finding]] = {}
        for row, column in zip(*(ranked(scores, NEAREST) > 0).nonzero(), strict=True):
            concept, nearness = bank.concepts[column], float(scores[row, column])
            over = nearness - thresholds.get(concept, 2.0)
            if over >= 0 and (concept not in best or best[concept][0] < over):
                best[concept] = over, _finding(concept, segments[row].start, segments[row].end, text, turn)
        chosen = sorted(best.values(), key=lambda item: (-item[0], item[1].concept))
        return tuple(finding for _, finding in chosen[:MOST_PROPOSALS])

    def _prepare_quietly(self) -> None:
        try:
            self.prepare()
        except Exception as error:  # whatever a library raises, the words go on alone
            log.error("second voice is silent: %s", type(error).__name__)


def ranked(scores: Any, most: int) -> Any:
    """Return the scores with all but the highest of each row set to -1."""
    import numpy

    if scores.shape[1] <= most:
        return scores
    least = numpy.partition(scores, -most, axis=1)[:, -most][:, None]
    return numpy.where(scores >= least, scores, -1.0)


def _finding(concept: str, start: int, end: int, text: str, turn: int) -> Finding:
    return Finding(
        concept=concept,
        polarity=Polarity.POSSIBLE,
        text=text[start:end],
        span=Span(start=start, end=end),
        turn=turn,
        origin="semantic",
    )
