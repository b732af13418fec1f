"""One message to findings and quantities, whatever it is written in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from knowledge.checks import MINUTES
from knowledge.lexicon import Lexicon, Person
from knowledge.vocabulary import Experiencer, Polarity, Temporality
from triage.findings.clauses import lay_out
from triage.findings.cues import CONTEXT_KINDS, Cue, gather
from triage.findings.families import FAMILY_OF, Family, build_families
from triage.findings.numerals import NumberCues
from triage.findings.openings import set_apart
from triage.findings.people import PeopleReader, Side
from triage.findings.polarity import PolarityReader
from triage.findings.precedence import Precedence, is_ours, told_apart
from triage.findings.quantities import QuantitiesReader
from triage.findings.scope import survey
from triage.findings.stream import Stream, read_stream
from triage.findings.times import time_of
from triage.findings.timing import TimeReader
from triage.findings.tokens import Token, Tokenizer
from triage.types import Extraction, Finding, Quantity, Span

_AND = "و"
_BABY_DAYS = 730
_PIECE = 4_000
_LONGEST = 60_000
"""A longer text is read at both ends only."""


class FindingExtractor:
    """Reads findings, quantities, sex and subject from messages.

    Everything that depends on the lexicons only is computed here once; `extract` never raises.

    Args:
        lexicons: Lexicons by language tag.
        measures: Read ages, times and measurements too; without them a message that holds no wording is not read on.
    """

    def __init__(self, lexicons: Mapping[str, Lexicon], *, measures: bool = True) -> None:
        self._families = build_families(lexicons)
        self._measures = measures
        self._people: dict[str, Person] = {}
        for lexicon in lexicons.values():
            for name, person in lexicon.context.people.items():
                self._people.setdefault(name, person)
        contexts = [lexicon.context for lexicon in lexicons.values()]
        self._unborn = frozenset(concept for context in contexts for concept in context.unborn)
        self._births = frozenset(concept for context in contexts for concept in context.births)
        self._about_subject = frozenset(concept for context in contexts for concept in context.about_subject)
        self._always_heard = frozenset(concept for context in contexts for concept in context.always_heard)
        tables = {tag: lexicon.numbers for tag, lexicon in lexicons.items()}
        self._quantities = QuantitiesReader(tables, self._people)
        units = {
            word.casefold()
            for table in tables.values()
            for group in (
                *(unit.words for unit in table.units),
                *(unit.words for measure in table.measures for unit in measure.units),
                table.age_short,
                tuple(table.sex_letters),
            )
            for phrase in group
            for word in phrase.split()[:1]
        }
        self._tokenizer = Tokenizer(frozenset(units))
        self._precedence = Precedence(self._families, lexicons)

    def extract(
        self,
        text: str,
        language: str | None,
        *,
        turn: int,
        subject: Side | None = None,
        page_language: str | None = None,
    ) -> Extraction:
        """Return all that the message says.

        Args:
            text: The scrubbed message.
            language: Its language tag; every lexicon is tried when None.
            turn: Number of the patient turn.
            subject: Who is ill as far as the encounter knows already.
            page_language: Language of the page, whose words are tried too.
        """
        pieces = [
            self._piece(text[start:end], start, language, page_language, turn, subject) for start, end in _pieces(text)
        ]
        return pieces[0] if len(pieces) == 1 else _joined(pieces)

    def _piece(
        self, text: str, offset: int, language: str | None, page: str | None, turn: int, subject: Side | None
    ) -> Extraction:
        tokens = self._tokenizer.tokens(text)
        families = self._precedence.readers(tokens, language, page)
        tokens = set_apart(tokens, families)
        streams = [(family, read_stream(tokens, family)) for family in families]
        if not self._measures and not any(family.matcher.may_match(stream) for family, stream in streams):
            return Extraction()
        idle = _idle(tokens, streams)
        own = self._families.get(FAMILY_OF.get(language or "", ""))
        by_form = {family.name: family.cues.find(stream) for family, stream in streams}
        found = list(told_apart(by_form, tokens, own))
        found += self._precedence.in_pairs(found, tokens)
        cues = gather(cue for cue in found if cue.kind in CONTEXT_KINDS)
        glued = _glued(tokens, families)
        layout = lay_out(tokens, cues, idle, glued)
        masked = [False] * len(tokens)
        for place in cues.places("ignore"):
            masked[place] = True
        matches = [
            match
            for family, stream in streams
            for match in family.matcher.matches(stream, layout.clause_of, masked)
            if own is None
            or family is own
            or family.name == FAMILY_OF.get(page or "")
            or not is_ours(match, tokens, own)
        ]
        matches.sort(key=lambda match: (match.first, match.last, match.pattern.concept))
        ground = survey(tokens, layout, cues, matches, idle, glued)
        polarity = PolarityReader(ground, matches, _compound(streams))
        births = frozenset(
            place
            for match in matches
            if match.pattern.concept in self._births
            for place in range(match.first, match.last + 1)
        )
        given = births if not cues.of("person") else frozenset()
        numbers = NumberCues(
            cue
            for cue in found
            # "ولدت" is "I gave birth" and "she was born"
            if cue.kind not in CONTEXT_KINDS and not (cue.kind == "born" and cue.first in given)
        )
        timing = TimeReader(tokens, layout, cues, numbers, self._always_heard)
        unborn = any(match.pattern.concept in self._unborn for match in matches)
        people = PeopleReader(layout, cues, self._people, unborn=unborn, births=births)
        judged = [
            (
                match,
                people.holder(match.first, match.last, frozenset(match.places)),
                polarity.judge(match),
                timing.when(match),
            )
            for match in matches
            if not polarity.is_broken(match)
        ]
        told = people.subject([(match, holder, said.polarity, when) for match, holder, said, (when, _) in judged])
        side = subject or told

        measured = self._quantities.read(
            tokens, numbers, idle, layout, cues, people, side, unborn=unborn, opening=turn == 1
        )
        busy = frozenset(match.clause for match in matches)
        used: set[int] = set()
        findings: list[Finding] = []
        for match, holder, said, (when, when_cues) in judged:
            doubt = timing.in_doubt(match)
            well = timing.well_now(match) if said.polarity is Polarity.AFFIRMED else None
            gone = said.recovered or well is not None
            time = time_of(match.first, match.last, measured.times, layout, busy, recovered=gone)
            if time is not None and when is Temporality.CURRENT and timing.is_long_past(match, time):
                when = Temporality.HISTORICAL
            if time is not None:
                used.add(time.first)
            quoted = [
                *said.cues,
                *when_cues,
                *([well] if well else []),
                *([doubt] if doubt else []),
                *([holder.cue] if holder.cue else []),
            ]
            findings.append(
                Finding(
                    concept=match.pattern.concept,
                    polarity=Polarity.POSSIBLE if doubt and said.polarity is Polarity.AFFIRMED else said.polarity,
                    experiencer=(
                        Experiencer.SUBJECT
                        if match.pattern.concept in self._about_subject
                        else people.experiencer(holder, side)
                    ),
                    temporality=when,
                    text=text[tokens[match.first].start : tokens[match.last].end],
                    span=Span(start=offset + tokens[match.first].start, end=offset + tokens[match.last].end),
                    cues=tuple(dict.fromkeys(_words(text, tokens, cue) for cue in quoted)),
                    minutes=time.minutes if time is not None else None,
                    recovered=gone,
                    turn=turn,
                )
            )
        quantities = [
            Quantity(
                name=item.name,
                low=item.low,
                high=item.high,
                text=text[tokens[item.first].start : tokens[item.last].end],
                span=Span(start=offset + tokens[item.first].start, end=offset + tokens[item.last].end),
                turn=turn,
            )
            for item in [*measured.readings, *measured.alone(used)]
        ]
        quantities = [_newborn(item, findings, self._births) for item in quantities]
        findings += self._quantities.implied(findings, quantities)
        return Extraction(
            findings=tuple(_once(findings)),
            quantities=tuple(quantities),
            sex=measured.sex,
            subject=told if told is not None else measured.side,
            understood=bool(findings or quantities or measured.sex),
        )


def _idle(tokens: Sequence[Token], streams: Sequence[tuple[Family, Stream]]) -> list[bool]:
    """Return which tokens are fillers in some form that reads them."""
    idle = [False] * len(tokens)
    weighty = [False] * len(tokens)
    for _, stream in streams:
        for place, filler in zip(stream.places, stream.filler, strict=True):
            if filler:
                idle[place] = True
            else:
                weighty[place] = weighty[place] or not filler
    return idle


def _glued(tokens: Sequence[Token], families: Sequence[Family]) -> frozenset[int]:
    """Return the tokens that begin with the Arabic "and", which is written as part of the next word."""
    readers = [family for family in families if "arabic" in family.form.scripts]
    return frozenset(
        place
        for place, token in enumerate(tokens)
        if token.script == "arabic"
        and token.text[0] == _AND
        and (_negates(token.text[1:], readers) or not _negates(token.text, readers))
        and (
            any(family.form.split(token.text) == family.form.split(token.text[1:]) for family in readers)
            or not any(
                family.book.knows(word) and family.form.keeps_first(word)
                for family in readers
                for word in family.form.split(token.text)
            )
        )
    )


def _negates(text: str, families: Sequence[Family]) -> bool:
    """Whether a form reads a negator ("والو", nothing, holds no "and"; "ولا", nor, does)."""
    return any(word in family.negators for family in families for word in family.form.split(text))


def _compound(streams: Sequence[tuple[Family, Stream]]) -> frozenset[int]:
    """Return the tokens in which some form reads several words ("ma3ndich", "d'avc")."""
    found: set[int] = set()
    for _, stream in streams:
        found.update(one for one, other in zip(stream.places, stream.places[1:], strict=False) if one == other)
    return frozenset(found)


def _words(text: str, tokens: Sequence[Token], cue: Cue) -> str:
    return text[tokens[cue.first].start : tokens[cue.last].end]


def _newborn(quantity: Quantity, findings: Sequence[Finding], births: frozenset[str]) -> Quantity:
    """Make "baby" the age of the baby whose birth is told."""
    if quantity.name != "age_days" or quantity.low or quantity.high > _BABY_DAYS:
        return quantity
    for finding in findings:
        if finding.concept in births and finding.minutes is not None:
            low, high = (minutes / MINUTES["days"] for minutes in finding.minutes)
            return quantity.model_copy(update={"low": low, "high": max(low, high)})
    return quantity


def _once(findings: Sequence[Finding]) -> Iterator[Finding]:
    seen: set[tuple[object, ...]] = set()
    for finding in findings:
        key = (finding.concept, finding.polarity, finding.experiencer, finding.temporality, finding.span)
        if key not in seen:
            seen.add(key)
            yield finding


def _pieces(text: str) -> list[tuple[int, int]]:
    """Return the parts of a text that are read, cut at blanks; of a very long one the two ends."""
    if len(text) <= _PIECE:
        return [(0, len(text))]
    half = _LONGEST // 2
    spans = [(0, len(text))] if len(text) <= _LONGEST else [(0, half), (len(text) - half, len(text))]
    pieces: list[tuple[int, int]] = []
    for start, end in spans:
        while end - start > _PIECE:
            cut = max(text.rfind(mark, start + _PIECE // 2, start + _PIECE) for mark in (". ", "\n", " "))
            cut = cut + 1 if cut > start else start + _PIECE
            pieces.append((start, cut))
            start = cut
        pieces.append((start, end))
    return pieces


def _joined(pieces: Sequence[Extraction]) -> Extraction:
    sex: Literal["F", "M"] | None = next((piece.sex for piece in pieces if piece.sex), None)
    return Extraction(
        findings=tuple(finding for piece in pieces for finding in piece.findings),
        quantities=tuple(quantity for piece in pieces for quantity in piece.quantities),
        sex=sex,
        subject=next((piece.subject for piece in pieces if piece.subject), None),
        understood=any(piece.understood for piece in pieces),
    )
