"""The words of short answers: yes, no, not sure, the second one, and the labels of the options."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.lexicon import Lexicon
from knowledge.protocols import Question
from triage.findings.answer_labels import Label, pointed_at, pointing, read_label, spelled_out, stems
from triage.findings.answer_leads import is_answer, is_plain, lead_of, stands_alone, tells, tells_more, turns_round
from triage.findings.answer_places import Pointed, pointed_by_place
from triage.findings.answer_readers import KINDS, Reader, build_readers
from triage.findings.cues import Cue
from triage.findings.families import FAMILY_OF
from triage.findings.forms import Form
from triage.findings.numerals import NumberCues, Numeral, read_numerals
from triage.findings.openings import REFUSALS, TURNS, answer_phrases, turned_from_no
from triage.findings.stream import Stream
from triage.findings.tokens import Token, Tokenizer
from triage.types import Span


@dataclass(frozen=True, slots=True)
class Said:
    """What short words say, before it is set against the extraction."""

    lead: str | None = None
    """Kind of the answer it opens with: one of yes, no, none, every, somewhat, mild, unsure, why."""
    named: tuple[str, ...] = ()
    """Options that it points at."""
    choice: int | None = None
    only: bool = False
    """It says "just" or "only"."""
    number: tuple[float, float] | None = None
    dated: bool = False
    """It says "since", "for" or "ago"."""
    but: bool = False
    """Behind a "but" it goes on to tell something else ("no, but it is tearing")."""
    opens_with_no: bool = False
    """Its first word is "no", which may belong to the words after it ("no sweating")."""
    denied: tuple[str, ...] = ()
    """Options that it rules out by name ("no blood", "they do fade")."""
    spelled: tuple[str, ...] = ()
    """Options whose label it holds word for word."""
    whole: bool = False
    """It is one of these labels and nothing else."""


class AnswerWords:
    """Reads short answers.

    Args:
        lexicons: Lexicons by language tag.
    """

    def __init__(self, lexicons: Mapping[str, Lexicon]) -> None:
        self._lexicons = lexicons
        self._tokenizer = Tokenizer(frozenset())
        self._readers = build_readers(lexicons)
        self._refusals, self._turns = answer_phrases(lexicons, *REFUSALS), answer_phrases(lexicons, *TURNS)
        self.joiners = frozenset(word for lexicon in lexicons.values() for word in lexicon.numbers.joiners)
        """Words for "and" between numbers, in every form."""
        self._labels: dict[tuple[str, str], Label] = {}

    def read(self, text: str, language: str | None, question: Question, told: Sequence[Span]) -> Said:
        """Return what a message says in answer to a question.

        Args:
            text: The scrubbed message.
            language: Language of the message.
            question: The question that was asked.
            told: Where the message tells of something that is no option; a few of its words point at none.
        """
        tokens = self._tokenizer.tokens(text[:400])
        tokens = turned_from_no(tokens, self._refusals, self._turns) or tokens
        busy = {
            place
            for place, token in enumerate(tokens)
            if any(span.start <= token.start and token.end <= span.end for span in told)
        }
        said: Said | None = None
        for name in self._order(language):
            found = self._said(tokens, self._readers[name], question, language, busy)
            if found.lead or found.named or found.denied or found.spelled or found.choice is not None:
                return found
            if said is None or ((found.number or found.only) and not (said.number or said.only)):
                said = found
        return said or Said()

    def _said(
        self, tokens: Sequence[Token], reader: Reader, question: Question, language: str | None, busy: set[int]
    ) -> Said:
        """Return what a message says as one written form reads it."""
        stream = _stream(tokens, reader.form)
        cues = reader.answers.find(stream)
        numbers = reader.numbers.find(stream)
        numerals = read_numerals(tokens, NumberCues(numbers))
        count = len(question.options) if len(question.options) > 1 else len(question.choices)
        pointed = pointed_by_place(cues, numbers, tokens, stream, reader, count) if count else None
        if pointed is not None and (question.options or len(pointed.chosen) == 1):
            return _pointed(pointed, question)
        # "عندي 25" (I have 25) is no "I have it"
        counts = {numeral.first - 1 for numeral in numerals}
        has = {cue.last for cue in numbers if cue.kind in {"having", "age_weak"}} & counts
        answers = [cue for cue in cues if cue.kind in KINDS and not tells(cue, tokens, stream, reader)]
        answers = [cue for cue in answers if cue.kind != "yes" or cue.last not in has]
        mixed = [
            cue for cue in answers if cue.kind == "mild" and not is_plain(cue, cues, numbers, stream, reader, busy)
        ]
        answers = [cue for cue in answers if cue not in mixed]
        lead = lead_of(answers, tokens, stream, reader)
        if mixed and question.strength and lead == "no":
            # "no, not mild" denies no strong pain
            lead = "unsure"
        if lead is not None and not is_answer(answers, numbers, tokens, stream, reader, question):
            # "no, a bit blue" says no before it tells more
            said_no = answers[0].kind in {"no", "none"} and stands_alone(answers[0], tokens, stream, reader)
            lead = "no" if lead in {"somewhat", "every", "both"} and said_no else None
        if lead == "every" and tells_more(answers, numbers, stream, reader):
            # "everything hurts" does not say that each of these is there
            lead = None
        if lead == "both":
            # "both, in the evening" means two feet where more than two things were asked
            lead = "every" if len(question.options) == 2 else "yes" if answers[0].kind == "yes" else None
        if lead in {None, "no", "none", "unsure"} and turns_round(answers, cues, stream, reader):
            # "no, wait, yes": the last word counts
            lead = "yes"
        spelled, whole = self._spelled(stream, reader, question.options, language)
        named, denied = self._named(cues, tokens, stream, reader, question.options, language, busy)
        opens_with_no = bool(answers) and answers[0].kind == "no" and answers[0].first == stream.places[0]
        choice = _ordinal(cues, len(question.choices))
        return Said(
            lead=lead,
            opens_with_no=opens_with_no,
            named=named,
            denied=denied,
            spelled=spelled,
            whole=whole,
            choice=choice if choice is not None else self._choice(answers, stream, reader, question, language),
            only=any(cue.kind == "only" for cue in cues),
            but=bool(answers) and any(cue.kind == "but" and cue.first > answers[0].last for cue in cues),
            dated=any(cue.kind in {"since", "ago"} and not _is_counted(cue, numbers, numerals) for cue in numbers),
            number=_number(numerals, stream, reader),
        )

    def _order(self, language: str | None) -> list[str]:
        """Return the families, the one of the language first: people say "ok" and "oui" in any."""
        own = FAMILY_OF.get(language or "")
        rest = [name for name in self._readers if name != own and (name != "darija" or language not in {"en", "fr"})]
        return [*([own] if own in self._readers else []), *rest]

    def _named(
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
        place = _ordinal(cues, len(options))
        if place is not None:
            return (options[place],), ()
        taken = {one for cue in cues for one in range(cue.first, cue.last + 1)}
        if not _is_own(reader, language):
            return (), ()
        labels = [self._stems(self._label(concept, language), reader) for concept in options]
        named, denied = pointed_at(labels, tokens, stream, reader, taken, busy)
        return tuple(options[number] for number in named), tuple(options[number] for number in denied)

    def _spelled(
        self, stream: Stream, reader: Reader, options: Sequence[str], language: str | None
    ) -> tuple[tuple[str, ...], bool]:
        """Return the options whose labels a message holds word for word, and whether it is nothing else."""
        if not _is_own(reader, language):
            return (), False
        labels = {concept: self._stems(self._label(concept, language), reader) for concept in options}
        spelled = tuple(concept for concept, label in labels.items() if spelled_out(label, stream, reader))
        return spelled, any(labels[concept].words == tuple(stream.words) for concept in spelled)

    def _choice(
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
        return reader.answers.find(_stream(self._tokenizer.tokens(label), reader.form))

    def _label(self, concept: str, language: str | None) -> str:
        for tag in (language, "en"):
            lexicon = self._lexicons.get(tag or "")
            if lexicon is not None and concept in lexicon.labels:
                return lexicon.labels[concept]
        return concept.replace("_", " ")


def _is_own(reader: Reader, language: str | None) -> bool:
    """Whether a reader reads the language of the labels; another one would miss the "no" on them."""
    return reader.name == FAMILY_OF.get(language or "en")


def _pointed(pointed: Pointed, question: Question) -> Said:
    if question.choices:
        return Said(choice=pointed.chosen[0])
    return Said(named=tuple(question.options[place] for place in pointed.chosen), only=pointed.only)


def _number(numerals: Sequence[Numeral], stream: Stream, reader: Reader) -> tuple[float, float] | None:
    """Return the one number of a message.

    "Some honey" is none, nor is "a scan", though "one" is written alike in French and Darija.
    """
    if len(numerals) != 1 or not (numerals[0].exact or numerals[0].digits):
        return None
    numeral = numerals[0]
    beside = (
        word
        for word, place in zip(stream.words, stream.places, strict=True)
        if not numeral.first <= place <= numeral.last
    )
    if numeral.low == 1 and not numeral.digits and any(word not in reader.filler for word in beside):
        return None
    return numeral.low, numeral.high


def _is_counted(cue: Cue, numbers: Sequence[Cue], numerals: Sequence[Numeral]) -> bool:
    """Whether a cue belongs to a number: the "since" in "قل من 3 شهور" is a "than"."""
    spans = [(other.first, other.last) for other in numbers if other.kind == "less_than"]
    spans += [(numeral.first, numeral.last) for numeral in numerals]
    return any(first <= cue.first and cue.last <= last for first, last in spans)


def _ordinal(cues: Sequence[Cue], count: int) -> int | None:
    """Return the number, from 0, of the option that "the second one" points at within a longer message.

    A single word such as "last" belongs to the next one there ("since last night").
    """
    for cue in cues:
        if cue.kind == "ordinal" and cue.last > cue.first and -count <= int(cue.name) < count:
            return int(cue.name) % count
    return None


def _stream(tokens: Sequence[Token], form: Form) -> Stream:
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
