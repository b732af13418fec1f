"""The gestalt: how much a whole message reads like messages that were emergencies.

Rules find danger signs in words they know. A message may be grave in words that nobody foresaw; a linear model over
its words, their pairs, pieces and consonants, learnt from labelled messages, then still hears that
something is wrong. It can raise the advice of a turn, to the emergency department at most, until the danger questions
are answered, or for good where it is nearly sure. Where all that was written reads surely calm, what is only presumed
waits for its question; it lowers nothing that is certain. docs/adr/0007-the-gestalt-raises-the-advice.md says why.
"""

from __future__ import annotations

import json
import math
import re
import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from knowledge.vocabulary import Disposition
from triage.folding import APOSTROPHES, MARKS, fold, fold_arabic, script_of
from triage.sounds import ARABIC, skeleton, sounds
from triage.types import Evidence, RedFlagHit

WHOLE = "gestalt.whole_message"
"""Under this name it stands among the red flags of a turn, always presumed, and as the concept of its evidence."""

RECORD = struct.Struct("<Ib")
"""One feature in the file of weights: its hash and its weight."""

FOLDER = Path(__file__).with_name("gestalt_model")

_LETTERS = rf"[^\W_](?:[^\W_]|[{MARKS}])*"
_WORD = re.compile(rf"{_LETTERS}(?:['{APOSTROPHES}]{_LETTERS})?")
_SIZES = (2, 3, 4, 5)
_GAPS = (2, 3)
"""How far apart words are that are heard together though others stand between them ("legs ... gone numb")."""
_MOST_WORDS = 400
"""Last words of all that was written that are judged together; each message alone is judged whole."""
_STRETCH, _STRIDE = 60, 30
"""Words that are judged together, and words from one stretch to the next."""
_LEAST_WORDS = 4
"""One word or two say too little to be judged by what usually stands around them."""
ALARM = 0.7
"""Probability from which a message reads like an emergency, the same in every written form (docs/adr/0007)."""
SURE = 0.9
"""Probability from which an alarm stays whatever else is denied; `python -m evals.gestalt --ablation` prints how many
of them are right."""
_FAR_FROM_CALM = 0.2
"""Probability that a message with its questions must reach for its statements to alarm."""
CALM = 0.05
"""Probability below which a message reads surely calm; `python -m evals.gestalt` prints how many emergencies do."""
_LEAST_ALONE = 10
"""Words from which a later message is judged by itself as well; fewer are mostly an answer ("yes, since 1990"), which
says little without its question."""
_DIGITS = {ord(digit): str(value) for row in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹") for value, digit in enumerate(row)}


@dataclass(frozen=True, slots=True)
class _Parts:
    """What is heard in a word besides itself."""

    pieces: set[int]
    bones: str


@dataclass(frozen=True)
class Gestalt:
    """A logistic regression over features of six kinds with one byte a weight.

    What a kind (words, pairs of words, pieces of words, consonants of words, pairs of those, words two or three apart)
    has to say does not depend on how many features of it a message has: judged as one heap, the many pieces would drown
    the few words. Consonants are the same in both scripts of Darija, and however its vowels are spelt.

    Args:
        weights: A signed byte for each feature that was learnt, by its hash.
        scales: What a weight of one is worth, by kind.
        bias: The score of an empty message, in log-odds.
        version: Counted up with each new model.
    """

    weights: Mapping[int, int]
    scales: tuple[float, ...]
    bias: float
    version: int

    def strength(self, text: str) -> float:
        """Return the probability, between 0 and 1, that what the gravest stretch of a message tells was an emergency.

        A long story holds much that is calm, in which a few grave words would be lost. Each stretch is one more chance
        to be wrong, so the odds of the gravest are divided by the square root of how many there are.
        """
        words = _words(text)
        if not words:
            return 0.0
        parts = _parts(words)
        starts = range(0, len(words) - _STRETCH + _STRIDE, _STRIDE) if len(words) > _STRETCH else (0,)
        gravest = max(self._weight(_of_words(words[start : start + _STRETCH], parts)) for start in starts)
        return 1 / (1 + math.exp(-(self.bias + gravest)) * math.sqrt(len(starts)))

    def _weight(self, kinds: Iterable[set[int]]) -> float:
        """Return what features speak for an emergency; those that were never learnt do not water down the others."""
        total = 0.0
        for scale, found in zip(self.scales, kinds, strict=True):
            known = [self.weights[piece] for piece in found if piece in self.weights]
            if known:
                total += scale * sum(known) / math.sqrt(len(known))
        return total

    def is_alarmed(self, text: str) -> bool:
        """Whether a message reads like an emergency."""
        return _length(text) >= _LEAST_WORDS and self.strength(text) >= ALARM

    def is_sure(self, written: Mapping[int, str], statement: str = "") -> bool:
        """Whether what was written is an alarm that denials of other signs do not make unlikely.

        Args:
            written: The patient's own messages by the number of their turn, the latest last; at least one.
            statement: The latest without its questions for information, where it has any.
        """
        judged = self._alarming(written, statement)
        return any(_length(text) >= _LEAST_WORDS and self.strength(text) >= SURE for text in judged)

    def alarm(self, written: Mapping[int, str], statement: str = "") -> RedFlagHit | None:
        """Return what stands among the red flags when the latest message, or all that was written, is an emergency's.

        Calm words before it, or a question at its end, must not make a grave message calmer, and a grave story may be
        told in pieces.

        Args:
            written: The patient's own messages by the number of their turn, the latest last; at least one.
            statement: The latest without its questions for information, where it has any.
        """
        if len(written) > 1 and _length(written[max(written)]) < _LEAST_WORDS:
            return None  # "since an hour" says nothing new as a whole; what it is, rules read
        if not any(self.is_alarmed(text) for text in self._alarming(written, statement)):
            return None
        return RedFlagHit(
            rule_id=WHOLE,
            rule_version=self.version,
            title="The whole message reads like an emergency",
            disposition=Disposition.EMERGENCY_DEPARTMENT,
            because=self._evidence(written),
            presumed=True,
        )

    def _alarming(self, written: Mapping[int, str], statement: str) -> set[str]:
        """Return the texts that may alarm: statements without their questions only where the whole does not read calm.

        A question at its end makes a grave message calmer, but hardly turns it: where the whole reads calm, people ask
        about something that has passed, or is not there.
        """
        if statement and self.strength(written[max(written)]) < _FAR_FROM_CALM:
            statement = ""
        return _judged(written, statement)

    def is_calm(self, written: Mapping[int, str], statement: str = "") -> bool:
        """Whether all that was written reads surely calm, and did so at each turn: calm words calm nothing before them.

        Args:
            written: The patient's own messages by the number of their turn, the latest last.
            statement: The latest without its questions for information, where it has any.
        """
        turns = list(written)
        judged: set[str] = set()
        for turn in turns:
            so_far = {number: written[number] for number in turns if number <= turn}
            judged |= _judged(so_far, statement if turn == turns[-1] else "")
        return bool(judged) and all(_length(text) >= _LEAST_WORDS and self.strength(text) < CALM for text in judged)

    def _evidence(self, written: Mapping[int, str]) -> tuple[Evidence, ...]:
        """Return the most telling words of the latest message that has any; else that message as it is."""
        latest = max(written)
        quotes = ((turn, self.telling(written[turn])) for turn in sorted(written, reverse=True))
        turn, words = next((quote for quote in quotes if quote[1]), (latest, (written[latest],)))
        return tuple(Evidence(turn=turn, text=text, concept=WHOLE) for text in words)

    def telling(self, text: str, most: int = 3) -> tuple[str, ...]:
        """Return the pairs of words that tell most, and would by themselves, in the order of the message."""
        words = _words(text)
        parts = _parts(words)
        weighed = []
        for pair, (one, other) in zip(pairwise(words), pairwise(_WORD.finditer(text)), strict=True):
            weighed.append((self._weight(_of_words(pair, parts)), one.start(), other.end()))
        strongest = sorted(weighed, reverse=True)[:most]
        spans = sorted((start, end) for weight, start, end in strongest if self.bias + weight > 0)
        return tuple(text[start:end] for start, end in spans)


def _judged(written: Mapping[int, str], statement: str) -> set[str]:
    """Return the texts that are judged at a turn: all that was written, and the latest message by itself."""
    *before, latest = written.values()
    judged = set()
    for last in filter(None, (latest, statement)):
        judged.add(_end(" . ".join((*before, last))))
        if _length(last) >= _LEAST_ALONE:
            judged.add(last)
    return judged


def load_gestalt(folder: Path = FOLDER) -> Gestalt:
    """Return the model that ships.

    Raises:
        OSError, ValueError, struct.error: The files are absent or broken.
    """
    known = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    weights = dict(RECORD.iter_unpack((folder / "weights.bin").read_bytes()))
    return Gestalt(weights=weights, scales=tuple(known.pop("scales")), **known)


def features(text: str) -> tuple[set[int], ...]:
    """Return the features of a message by kind, as hashes of 32 bits, in the order that `Gestalt` names them."""
    words = _words(text)
    return _of_words(words, _parts(words))


def _words(text: str) -> list[str]:
    return [_plain(match[0]) for match in _WORD.finditer(text)]


def _length(text: str) -> int:
    """Return how many words a text has; counting them does not take their letters apart."""
    return len(_WORD.findall(text))


def _end(text: str) -> str:
    """Return the last words of a long text; what stands before them was judged in its turn."""
    starts = [match.start() for match in _WORD.finditer(text)]
    return text[starts[-_MOST_WORDS] :] if len(starts) > _MOST_WORDS else text


def _of_words(words: Sequence[str], parts: Mapping[str, _Parts]) -> tuple[set[int], ...]:
    bones = [parts[word].bones for word in words]
    return (
        {_hash(f"={word}") for word in words},
        {_hash(f"{one}_{other}") for one, other in pairwise(words)},
        set().union(*(parts[word].pieces for word in words)),
        {_hash(f"~{word}") for word in bones},
        {_hash(f"~{one}_{other}") for one, other in pairwise(bones)},
        {_hash(f"{one}.{other}") for gap in _GAPS for one, other in zip(words, words[gap:], strict=False)},
    )


def _parts(words: Iterable[str]) -> dict[str, _Parts]:
    return {word: _Parts(_of_word(f"<{word}>"), _bones(word)) for word in set(words)}


def _bones(word: str) -> str:
    """Return the consonants that a word sounds like, or all its sounds where it has none."""
    heard = sounds(word).removeprefix(ARABIC)
    return skeleton(heard) or heard


def _of_word(marked: str) -> set[int]:
    """Return the pieces of two to five letters of a word whose ends are marked."""
    return {_hash(marked[start : start + size]) for size in _SIZES for start in range(len(marked) - size + 1)}


def _plain(word: str) -> str:
    """Return a word as it is compared: one shape a letter, one kind of digits."""
    word = word.casefold().translate(_DIGITS)
    return fold_arabic(word) if script_of(word) == "arabic" else fold(word)


def _hash(piece: str) -> int:
    return zlib.crc32(piece.encode())
