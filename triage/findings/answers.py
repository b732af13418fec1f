"""Reading the answer to the question that was asked: a chip, or a few words in any language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Literal

from knowledge.checks import MINUTES, time_of
from knowledge.lexicon import Lexicon
from knowledge.protocols import Question
from knowledge.vocabulary import Polarity, Temporality
from triage.facts import AGE_DAYS
from triage.findings.answer_words import AnswerWords, Said
from triage.types import Extraction, Finding, Quantity

Kind = Literal["yes", "no", "options", "number", "unsure", "why", "vague", "other", "unclear"]
"""A vague answer ("a little", to a list) is understood, but does not tell which; "just my finger" is another thing."""
NO_ANSWER = frozenset({"unclear", "vague", "other"})
"""Kinds that leave the question open."""

_CHIP = re.compile(r"option:\S+|choice:\d+|none|yes|no|unsure|why")
_ORIGIN: Literal["answer"] = "answer"
DURATION = "duration_min"
_SENTENCE_END = re.compile(r"[.!?؟\n]+(?=\s|$)")
_WORD = re.compile(r"[^\W_]+(?:[.,'’][^\W_]+)*")
_VAGUE = 1.5
"""How much longer the end of a time may be for it to be an age ("two or three months"), and no "few weeks"."""
_COMMAS = frozenset(",،;")
_AND = "و"
_GLUED = 3
"""Letters of an Arabic word of which the first may be "and"."""
_BACKGROUND = ("condition:", "med:")
_NEARLY_A_MONTH = 0.7 * MINUTES["months"]
"""Least time that is told in months ("a month less a week")."""
_BESIDE_AGE = 2
"""Most words beside an age that is nothing but a time ("5 weeks please"), unless they say that it is a guess."""


@dataclass(frozen=True, slots=True)
class AnswerReading:
    """What an answer says about its question; what it says beyond that is in the extraction."""

    kind: Kind
    findings: tuple[Finding, ...] = ()
    """Findings to add to those of the extraction."""
    quantities: tuple[Quantity, ...] = ()


_READERS: dict[int, tuple[Mapping[str, Lexicon], AnswerWords]] = {}
_KEPT = 4


def read_answer(
    text: str, question: Question, language: str | None, extraction: Extraction, lexicons: Mapping[str, Lexicon]
) -> AnswerReading:
    """Return what a message says in answer to a question.

    Args:
        text: The scrubbed message, or the values of tapped chips.
        question: The question that was asked.
        language: Language of the message.
        extraction: What the message says by itself; it wins over a general yes or no.
        lexicons: Lexicons by language tag.
    """
    values = text.replace(",", " ").split()
    if values and all(_CHIP.fullmatch(value) for value in values):
        tapped = _chips(values, question, text)
        if tapped is not None:
            return tapped
    elsewhere = [
        item.span for item in extraction.findings if item.span is not None and item.concept not in question.options
    ]
    words = _words(lexicons)
    said = words.read(text, language, question, elsewhere)
    if said.lead == "why" and not extraction.findings:
        return AnswerReading("why")
    if question.number is not None:
        return _number(question.number, said, extraction, text, words.joiners)
    if question.choices:
        return _choice(question, said, extraction, text)
    if said.whole:
        return _label(question, said, extraction, text)
    return _options(question, said, extraction, text)


def _words(lexicons: Mapping[str, Lexicon]) -> AnswerWords:
    """Return the words of answers, built once for each set of lexicons."""
    known = _READERS.get(id(lexicons))
    if known is None or known[0] is not lexicons:
        while len(_READERS) >= _KEPT:
            _READERS.pop(next(iter(_READERS)))
        known = _READERS[id(lexicons)] = (lexicons, AnswerWords(lexicons))
    return known[1]


def _chips(values: Sequence[str], question: Question, text: str) -> AnswerReading | None:
    """Return what tapped chips say; None when they do not belong to the question."""
    chosen = [value.removeprefix("option:") for value in values if value.startswith("option:")]
    if chosen:
        known = [concept for concept in chosen if concept in question.options]
        return AnswerReading("options", _found(known, Polarity.AFFIRMED, text)) if known else None
    value = values[0]
    if value.startswith("choice:"):
        number = int(value.removeprefix("choice:"))
        return _chosen(question, number, text) if number < len(question.choices) else None
    if value in {"why", "unsure"}:
        return AnswerReading("why" if value == "why" else "unsure")
    if not question.options:
        return None
    if value == "yes":
        unclear = _lists_background(question.options)
        return _VAGUE_ANSWER if unclear else AnswerReading("yes", _all_yes(question.options, text))
    return AnswerReading("no", _found(question.options, Polarity.NEGATED, text))


_VAGUE_ANSWER = AnswerReading("vague")


def _lists_background(options: Sequence[str]) -> bool:
    """Whether a bare yes must be asked about again: nobody has every illness of a list."""
    return len(options) > 1 and any(concept.startswith(_BACKGROUND) for concept in options)


def _is_supposed(finding: Finding) -> bool:
    return finding.temporality is Temporality.HYPOTHETICAL


def _label(question: Question, said: Said, extraction: Extraction, text: str) -> AnswerReading:
    """Read an answer that is the label of an option, whatever else its words may say ("confused, does not know")."""
    told = {item.concept for item in extraction.findings if item.polarity is not Polarity.NEGATED}
    spelled = [concept for concept in said.spelled if concept not in told]
    return AnswerReading("options" if len(question.options) > 1 else "yes", _found(spelled, Polarity.AFFIRMED, text))


def _options(question: Question, said: Said, extraction: Extraction, text: str) -> AnswerReading:
    options = question.options
    meant = [finding for finding in extraction.findings if finding.concept in options]
    told = {finding.concept: finding.polarity for finding in meant if not _is_supposed(finding)}
    # "and if my face swells?" does not say that it swells, nor that it does not
    supposed = {finding.concept for finding in meant if _is_supposed(finding)} - told.keys()
    there = [concept for concept in options if told.get(concept, Polarity.NEGATED) is not Polarity.NEGATED]
    named = [concept for concept in said.named if concept not in told and concept not in supposed]
    open_ = [concept for concept in options if concept not in told]
    spelled = [concept for concept in said.spelled if concept not in told and concept not in supposed]
    several = len(options) > 1
    if said.lead == "unsure" and not told:
        return AnswerReading("unsure", _found(spelled, Polarity.POSSIBLE, text))
    if said.lead in {"no", "none"} or (several and said.lead == "somewhat" and said.opens_with_no):
        # "no, just a little" denies a list; where one thing was asked, it is a little of that
        kept = [*spelled, *(named if said.only or said.but else ())]
        return _no(list(dict.fromkeys(kept)), open_, text, told=bool(there))
    named = list(dict.fromkeys((*named, *spelled)))
    if said.lead is None and said.opens_with_no and named and not spelled:
        return AnswerReading("options", _found(named, Polarity.NEGATED, text))
    if said.lead == "every":
        return AnswerReading("yes", _found(open_, Polarity.AFFIRMED, text))
    ruled_out = [concept for concept in said.denied if concept in open_]
    if named or there:
        rest = [concept for concept in open_ if concept not in named] if said.only else ruled_out
        findings = (*_found(named, Polarity.AFFIRMED, text), *_found(rest, Polarity.NEGATED, text))
        return AnswerReading("options" if several else "yes", findings)
    if said.lead == "mild" and not told:
        return AnswerReading("no", _found(options, Polarity.NEGATED, text)) if question.strength else _VAGUE_ANSWER
    if said.lead in {"yes", "somewhat"}:
        if told:
            # "yes, I can walk on it" says what is well
            return AnswerReading("options")
        if several and extraction.findings:
            # "yes, he drinks a little" speaks of something else: which of these, it does not tell
            return AnswerReading("unclear")
        if any(item.name in AGE_DAYS for item in extraction.quantities):
            # "I have 33 years" is an age in Darija and in French, and no "I have it"
            return AnswerReading("unclear")
        if _lists_background(options) or (said.lead == "somewhat" and (several or question.strength)):
            # "a little" says how strong the complaint is more often than that all of these are there
            return _VAGUE_ANSWER
        return AnswerReading("yes", _all_yes(options, text))
    if ruled_out:
        return AnswerReading("options", _found(ruled_out, Polarity.NEGATED, text))
    if told:
        return AnswerReading("no" if len(told) == len(options) else "options")
    if several and said.only and said.lead is None and not extraction.findings:
        # "just my finger": something that we do not ask about, and only that
        return AnswerReading("other")
    return AnswerReading("unsure" if said.lead == "unsure" else "unclear")


def _no(kept: Sequence[str], open_: Sequence[str], text: str, *, told: bool) -> AnswerReading:
    denied = [concept for concept in open_ if concept not in kept]
    findings = (*_found(kept, Polarity.AFFIRMED, text), *_found(denied, Polarity.NEGATED, text))
    return AnswerReading("options" if told or kept else "no", findings)


def _choice(question: Question, said: Said, extraction: Extraction, text: str) -> AnswerReading:
    if said.choice is not None:
        return _chosen(question, said.choice, text)
    lasting = _duration(extraction)
    timed = sum(any(time_of(name) for name in choice.numbers) for choice in question.choices)
    if lasting is not None and timed * 2 > len(question.choices):
        # "since two days" answers "for how long?", not "was there a birth in the last weeks?"
        for number, choice in enumerate(question.choices):
            for name, (low, high) in choice.numbers.items():
                time = time_of(name)
                if time is not None and low * time[1] <= lasting[0] and lasting[1] <= high * time[1]:
                    return _chosen(question, number, text)
    if said.lead == "yes":
        # "yes, some" to "is there blood?" does not tell how much, and tells what all other choices hold
        held = [choice.present for choice in question.choices if choice.present]
        common = [concept for concept in held[0] if all(concept in other for other in held)] if held else []
        return AnswerReading("vague", _found(common, Polarity.AFFIRMED, text)) if common else AnswerReading("unclear")
    return AnswerReading("unsure" if said.lead == "unsure" else "unclear")


def _chosen(question: Question, number: int, text: str) -> AnswerReading:
    choice = question.choices[number]
    findings = (*_found(choice.present, Polarity.AFFIRMED, text), *_found(choice.absent, Polarity.NEGATED, text))
    quantities = tuple(
        Quantity(name=name, low=low, high=high, text=text, origin=_ORIGIN)
        for name, (low, high) in choice.numbers.items()
    )
    return AnswerReading("options", findings, quantities)


def _number(name: str, said: Said, extraction: Extraction, text: str, joiners: AbstractSet[str]) -> AnswerReading:
    given = {quantity.name for quantity in extraction.quantities}
    if name in given or (name in AGE_DAYS and "age_days" in given):
        return AnswerReading("number")
    time = time_of(name)
    lasting = _duration(extraction)
    if time is not None and lasting is not None:
        low, high = lasting[0] / time[1], lasting[1] / time[1]
    elif name in AGE_DAYS and (age := _age(said, extraction, text, joiners)) is not None:
        # "5 weeks" in answer to an age in years is an age all the same.
        low, high = (minutes / MINUTES["days"] / AGE_DAYS[name] for minutes in age)
    elif said.number is not None and not (name in AGE_DAYS and lasting is not None):
        # "since yesterday, five times" is no age
        low, high = said.number
        if name in AGE_DAYS:
            high += 1 - 1 / AGE_DAYS[name]
    else:
        return AnswerReading("unsure" if said.lead == "unsure" else "unclear")
    return AnswerReading("number", (), (Quantity(name=name, low=low, high=high, text=text, origin=_ORIGIN),))


def _age(said: Said, extraction: Extraction, text: str, joiners: AbstractSet[str]) -> tuple[float, float] | None:
    """Return the time that is a sentence of its own, or nearly; "since yesterday" and "10 minutes ago" are no age."""
    times = [
        item
        for item in extraction.quantities
        if item.name == DURATION and (item.high <= _VAGUE * item.low or not item.low)
    ]
    alone = {
        (item.low, item.high)
        for item in times
        if said.lead == "unsure" or _words_beside(item, text) <= _BESIDE_AGE or _opens(item, text, joiners)
    }
    if said.dated or len(alone) != 1:
        return None
    (time,) = alone
    low, high = time
    # "almost 3 months" are not three yet
    return (low, high if low == high else high - MINUTES["days"]) if high >= MINUTES["days"] else None


def _words_beside(time: Quantity, text: str) -> int:
    """Return how many words share the sentence of a time."""
    assert time.span is not None
    before = _SENTENCE_END.split(text[: time.span.start])[-1]
    after = _SENTENCE_END.split(text[time.span.end :], maxsplit=1)[0]
    return sum(_WORD.search(word) is not None for word in (*before.split(), *after.split()))


def _opens(time: Quantity, text: str, joiners: AbstractSet[str]) -> bool:
    """Whether a message opens with months or years and goes on with something else ("3 months and it's 38.5")."""
    assert time.span is not None
    after = text[time.span.end :].lstrip()
    words = _WORD.findall(after)
    joined = bool(words) and words[0].casefold() in joiners
    parted = after[:1] in _COMMAS or joined or (after[:1] == _AND and len(words[0]) > _GLUED)
    return not _WORD.search(text[: time.span.start]) and parted and time.high >= _NEARLY_A_MONTH


def _duration(extraction: Extraction) -> tuple[float, float] | None:
    for quantity in extraction.quantities:
        if quantity.name == DURATION:
            return quantity.low, quantity.high
    return next((finding.minutes for finding in extraction.findings if finding.minutes is not None), None)


def _all_yes(options: Sequence[str], text: str) -> tuple[Finding, ...]:
    """A bare yes to several options does not tell which."""
    return _found(options, Polarity.AFFIRMED if len(options) == 1 else Polarity.POSSIBLE, text)


def _found(concepts: Iterable[str], polarity: Polarity, text: str) -> tuple[Finding, ...]:
    return tuple(Finding(concept=concept, polarity=polarity, text=text, origin=_ORIGIN) for concept in concepts)
