"""The words of short answers: yes, no, not sure, the second one, and the labels of the options."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.lexicon import Lexicon
from knowledge.protocols import Question
from triage.findings.answer_leads import is_answer, is_plain, lead_of, stands_alone, tells, tells_more, turns_round
from triage.findings.answer_options import OptionReader, answer_stream, ordinal
from triage.findings.answer_places import Pointed, pointed_by_place
from triage.findings.answer_readers import KINDS, Reader, build_readers
from triage.findings.cues import Cue
from triage.findings.families import FAMILY_OF
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
        self._tokenizer = Tokenizer(frozenset())
        self._options = OptionReader(lexicons, self._tokenizer)
        self._readers = build_readers(lexicons)
        self._refusals, self._turns = answer_phrases(lexicons, *REFUSALS), answer_phrases(lexicons, *TURNS)
        self.joiners = frozenset(word for lexicon in lexicons.values() for word in lexicon.numbers.joiners)
        """Words for "and" between numbers, in every form."""

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
        stream = answer_stream(tokens, reader.form)
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
        spelled, whole = self._options.spelled(stream, reader, question.options, language)
        named, denied = self._options.named(cues, tokens, stream, reader, question.options, language, busy)
        opens_with_no = bool(answers) and answers[0].kind == "no" and answers[0].first == stream.places[0]
        choice = ordinal(cues, len(question.choices))
        return Said(
            lead=lead,
            opens_with_no=opens_with_no,
            named=named,
            denied=denied,
            spelled=spelled,
            whole=whole,
            choice=choice if choice is not None else self._options.choice(answers, stream, reader, question, language),
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
