"""Which options and choices of a question the words of an answer name, by their labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from knowledge.lexicon import Lexicon
from knowledge.protocols import Question
from triage.findings.answer_labels import Label, pointed_at, pointing, read_label, spelled_out, stems
from triage.findings.answer_readers import Reader
from triage.findings.cues import Cue
from triage.findings.families import FAMILY_OF
from triage.findings.forms import Form
from triage.findings.stream import Stream
from triage.findings.tokens import Token, Tokenizer


class OptionReader:
    """Reads answers against the labels of a question.

    Args:
        lexicons: Lexicons by language tag, with the labels of options.
        tokenizer: Cuts labels of choices as it cuts answers.
    """

    def __init__(self, lexicons: Mapping[str, Lexicon], tokenizer: Tokenizer) -> None:
        self._lexicons = lexicons
        self._tokenizer = tokenizer
        self._labels: dict[tuple[str, str], Label] = {}

    def named(
        self,
        cues: Sequence[Cue],
        tokens: Sequence[Token],
        stream: Stream,
        reader: Reader,
        options: Sequence[str],
        language: str | None,
        busy: set[int],
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the options that a message points at, and those that it rules out."""
        if len(options) < 2:
            return (), ()
        place = ordinal(cues, len(options))
        if place is not None:
            return (options[place],), ()
        if not _is_own(reader, language):
            return (), ()
        taken = {one for cue in cues for one in range(cue.first, cue.last + 1)}
        labels = [self._stems(self._label(concept, language), reader) for concept in options]
        named, denied = pointed_at(labels, tokens, stream, reader, taken, busy)
        return tuple(options[number] for number in named), tuple(options[number] for number in denied)

    def spelled(
        self, stream: Stream, reader: Reader, options: Sequence[str], language: str | None
    ) -> tuple[tuple[str, ...], bool]:
        """Return the options whose labels a message holds word for word, and whether it is nothing else."""
        if not _is_own(reader, language):
            return (), False
        labels = {concept: self._stems(self._label(concept, language), reader) for concept in options}
        spelled = tuple(concept for concept, label in labels.items() if spelled_out(label, stream, reader))
        return spelled, any(labels[concept].words == tuple(stream.words) for concept in spelled)

    def choice(
        self, answers: Sequence[Cue], stream: Stream, reader: Reader, question: Question, language: str | None
    ) -> int | None:
        """Return the choice that the words of a message name, or that its "yes" or "no" agrees with."""
        labels = [choice.label.get(language or "") or choice.label["en"] for choice in question.choices]
        if not labels or not _is_own(reader, language):
            return None
        spelled = [
            number for number, label in enumerate(labels) if spelled_out(self._stems(label, reader), stream, reader)
        ]
        if len(spelled) == 1:
            return spelled[0]
        pointed = pointing([self._stems(label, reader).all for label in labels], stems(stream, reader, set()))
        denies = any(word in reader.negators for word in stream.words)
        denies = denies or any(cue.kind in {"no", "none"} for cue in answers)
        # "yes, some blood" is not the label "No blood"
        pointed = [number for number in pointed if denies or self._stems(labels[number], reader).plain]
        if len(pointed) == 1:
            return pointed[0]
        # an answer in the middle of a story answers something else ("I vomited a little")
        opening = [cue.kind for cue in answers if cue.first == stream.places[0]]
        lead = next((kind for kind in opening if kind in {"yes", "no", "none", "somewhat"}), None)
        if lead is None:
            return None
        wanted = {"somewhat": "yes", "none": "no"}.get(lead, lead)
        agreeing = [
            number
            for number, label in enumerate(labels)
            if any(cue.kind == wanted and cue.first == 0 for cue in self._label_cues(label, reader))
        ]
        if wanted == "no" and not agreeing:
            # "no" to "is there blood?" where the label says "no blood"
            first_words = [(reader.form.words(label.casefold().split()[:1]) or [()])[0] for label in labels]
            agreeing = [
                number
                for number, words in enumerate(first_words)
                if words and words[0] in reader.negators and not question.choices[number].present
            ]
        if len(agreeing) > 1:
            # "no" is the label "No", and not "No spleen"
            agreeing = [number for number in agreeing if not self._stems(labels[number], reader).all]
        return agreeing[0] if len(agreeing) == 1 else None

    def _stems(self, label: str, reader: Reader) -> Label:
        """Return the stems of a label of the content, which are worked out once."""
        key = (reader.name, label)
        if key not in self._labels:
            self._labels[key] = read_label(label, reader)
        return self._labels[key]

    def _label_cues(self, label: str, reader: Reader) -> list[Cue]:
        return reader.answers.find(answer_stream(self._tokenizer.tokens(label), reader.form))

    def _label(self, concept: str, language: str | None) -> str:
        for tag in (language, "en"):
            lexicon = self._lexicons.get(tag or "")
            if lexicon is not None and concept in lexicon.labels:
                return lexicon.labels[concept]
        return concept.replace("_", " ")


def _is_own(reader: Reader, language: str | None) -> bool:
    """Whether a reader reads the language of the labels; another one would miss the "no" on them."""
    return reader.name == FAMILY_OF.get(language or "en")


def ordinal(cues: Sequence[Cue], count: int) -> int | None:
    """Return the number, from 0, of the option that "the second one" points at within a longer message.

    A single word such as "last" belongs to the next one there ("since last night").
    """
    for cue in cues:
        if cue.kind == "ordinal" and cue.last > cue.first and -count <= int(cue.name) < count:
            return int(cue.name) % count
    return None


def answer_stream(tokens: Sequence[Token], form: Form) -> Stream:
    """Return the words of an answer as one written form reads them."""
    stream = Stream()
    seen = [
        (place, token) for place, token in enumerate(tokens) if token.kind == "number" or token.script in form.scripts
    ]
    # a comma ends what a "la ... ch" of Darija denies: "la blati, lkerch menfoukha"
    ends = {
        at
        for at, ((one, _), (two, _)) in enumerate(pairwise(seen))
        if any(token.kind in {"mark", "stop"} for token in tokens[one + 1 : two])
    }
    split = form.join([form.split(token.text) for _, token in seen], ends)
    for (place, token), words in zip(seen, split, strict=True):
        for word in (token.text,) if token.kind == "number" else words:
            stream.words.append(word)
            stream.places.append(place)
    return stream
