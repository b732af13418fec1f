"""One message to findings and quantities, whatever it is written in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from functools import partial
from typing import Literal

from knowledge.checks import MINUTES
from knowledge.grammar import CONCEPT_LISTS, Person
from knowledge.lexicon import Lexicon
from knowledge.vocabulary import Experiencer, Polarity, Temporality
from triage.findings.cues import Cue
from triage.findings.dating import CONDITION, DateReader, Kinds
from triage.findings.frames import FrameReader
from triage.findings.implications import Implications
from triage.findings.matcher import Match
from triage.findings.numerals import NumberCues
from triage.findings.people import SELF, Holder, PeopleReader, Side
from triage.findings.polarity import Judgement
from triage.findings.quantities import QuantitiesReader
from triage.findings.reading import MessageReader, pieces
from triage.findings.times import time_of
from triage.findings.timing import TimeReader
from triage.findings.tokens import Token
from triage.types import Extraction, Finding, Quantity, Span

_BABY_DAYS = 730


class FindingExtractor:
    """Reads findings, quantities, sex and subject from messages.

    Everything that depends on the lexicons only is computed here once; `extract` never raises.

    Args:
        lexicons: Lexicons by language tag.
    """

    def __init__(self, lexicons: Mapping[str, Lexicon]) -> None:
        self._reader = MessageReader(lexicons)
        self._people: dict[str, Person] = {}
        for lexicon in lexicons.values():
            for name, person in lexicon.context.people.items():
                self._people.setdefault(name, person)
        strangers = {
            name: person for name, person in self._people.items() if not person.relative and person.age_days is None
        }
        self._strangers = frozenset(strangers)
        self._nouns = frozenset(name for name, person in strangers.items() if not person.pronoun)
        named = {
            key: frozenset(concept for lexicon in lexicons.values() for concept in getattr(lexicon.context, key))
            for key in CONCEPT_LISTS
        }
        self._unborn = named["unborn"]
        self._births = named["births"]
        self._of_babies = named["of_babies"]
        self._of_mothers = named["of_mothers"]
        self._about_subject = named["about_subject"]
        self._calls_for_help = named["calls_for_help"]
        self._vital = named["vital"]
        self._done_to_others = named["done_to_others"]
        self._kinds = Kinds(**{kind.name: named[kind.name] for kind in fields(Kinds)})
        tables = {tag: lexicon.numbers for tag, lexicon in lexicons.items()}
        self._quantities = QuantitiesReader(tables, self._people)
        self._implications = Implications(tables.values())

    def extract(
        self,
        text: str,
        language: str | None,
        *,
        turn: int,
        subject: Side | None = None,
        page_language: str | None = None,
        as_written: bool = False,
    ) -> Extraction:
        """Return all that the message says.

        Args:
            text: The scrubbed message.
            language: Its language tag; every lexicon is tried when None.
            turn: Number of the patient turn.
            subject: Who is ill as far as the encounter knows already.
            page_language: Language of the page, whose words are tried too.
            as_written: Whether a "no" that it opens with denies what follows, as in print, even if it answers.
        """
        found = [
            self._piece(text[start:end], start, language, page_language, turn, subject, as_written)
            for start, end in pieces(text)
        ]
        return found[0] if len(found) == 1 else _joined(found)

    def opens_in_doubt(self, text: str) -> bool:
        """Whether an answer may say no, or deny the verb it goes on with ("لا يتنفس عادي")."""
        return self._reader.opens_in_doubt(text)

    def _piece(
        self,
        text: str,
        offset: int,
        language: str | None,
        page: str | None,
        turn: int,
        subject: Side | None,
        as_written: bool,
    ) -> Extraction:
        reading = self._reader.read(text, language, page, answers=turn > 1 and not offset and not as_written)
        tokens, cues, layout, matches = reading.tokens, reading.cues, reading.layout, reading.matches
        births = frozenset(
            place
            for match in matches
            if match.pattern.concept in self._births
            for place in range(match.first, match.last + 1)
        )
        idioms = cues.places("ignore")
        given = births if not cues.of("person") else frozenset()
        numbers = NumberCues(
            cue
            for cue in reading.counted
            # "ولدت" is "I gave birth" and "she was born"; an idiom counts nothing ("I look six months pregnant")
            if not (cue.kind == "born" and cue.first in given) and cue.first not in idioms
        )
        # once somebody else is the patient, "she" is that one
        strangers = self._nouns if subject == "other" else self._strangers
        frames = FrameReader(tokens, layout, cues, matches, strangers)
        dates = DateReader(tokens, layout, cues, numbers, reading.present, self._kinds, matches, reading.idle)
        timing = TimeReader(tokens, layout, cues, numbers, frames, dates, self._kinds)
        unborn = any(match.pattern.concept in self._unborn for match in matches)
        hers = frozenset(match.last + 1 for match in matches if match.pattern.concept in self._of_mothers)
        numbered = frozenset(layout.clause_of[place] for place, token in enumerate(tokens) if token.kind == "number")
        people = PeopleReader(layout, cues, self._people, unborn=unborn, births=births, hers=hers, numbered=numbered)
        judged = [(match, self._holder(match, people), said, timing.when(match)) for match, said in reading.judged]
        told = people.subject([(match, holder, said.polarity, when) for match, holder, said, (when, _) in judged])
        babies = (
            match.first
            for match, holder, _, (when, _) in judged
            if match.pattern.concept in self._of_babies and when is Temporality.CURRENT
            if holder.name != SELF or holder.cue is None or layout.clause_of[holder.cue.first] != match.clause
        )
        baby = next(babies, None)
        harmed = people.writes_for_child and any(
            match.pattern.concept in self._done_to_others and said.polarity is not Polarity.NEGATED
            for match, _, said, _ in judged
        )
        # nobody who writes has nappies
        told = "other" if baby is not None or harmed else told or ("self" if hers else None)
        ill = frozenset(
            holder.name
            for match, holder, said, (when, _) in judged
            if when is Temporality.CURRENT
            and said.polarity is not Polarity.NEGATED
            and not holder.aside
            and not match.pattern.concept.startswith(CONDITION)
        )
        measure = partial(
            self._quantities.read, tokens, numbers, reading.idle, layout, cues, people,
            dates=dates, ill=ill, unborn=unborn, baby=baby, opening=turn == 1,
        )  # fmt: skip
        side = subject or told
        if side == "self" != told and measure(side="other").needs_help(child=people.writes_for_child):
            # "in fact it is my son, three weeks old, 38.5", in the middle of a conversation about the writer
            side = "other"
        measured = measure(side=side)
        busy = frozenset(match.clause for match in matches)
        back = [time for time in measured.times if dates.points_back(time)]
        used: set[int] = set()
        findings: list[Finding] = []
        calls = False
        # a vital sign of another is why somebody writes, whatever they tell of themselves
        helped = self._calls_for_help | (self._vital if "self" in (subject, told) else frozenset())
        for match, holder, said, (when, when_cues) in judged:
            if match.pattern.aside:
                continue
            doubt = timing.in_doubt(match)
            well = timing.well_now(match) if said.polarity is Polarity.AFFIRMED else None
            gone = said.recovered or well is not None
            time = time_of(match.first, match.last, measured.times, layout, busy, recovered=gone, back=back)
            if time is not None and when is Temporality.CURRENT and dates.is_long_past(match, time, gone=gone):
                when = Temporality.HISTORICAL
            if time is not None:
                used.add(time.first)
            call = (
                match.pattern.concept in helped
                and said.polarity is Polarity.AFFIRMED
                and when is Temporality.CURRENT
                and not (gone or holder.aside or doubt is not None or dates.is_bygone(match, time))
            )
            calls = calls or (call and holder.name != SELF)
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
                    polarity=self._polarity(match, said, doubt),
                    experiencer=(
                        Experiencer.SUBJECT
                        if call or match.pattern.concept in self._about_subject
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
        findings = self._implications.corrected(findings, quantities, text, offset)
        findings += self._implications.implied(findings, quantities)
        return Extraction(
            findings=tuple(_once(findings)),
            quantities=tuple(quantities),
            sex=measured.sex,
            # "my father does not answer me": he is ill, whatever else the writer tells of themselves
            subject="other" if calls else told if told is not None else measured.side,
            understood=bool(findings or quantities or measured.sex),
        )

    def _polarity(self, match: Match, said: Judgement, doubt: Cue | None) -> Polarity:
        """Return whether a match holds: an "if" makes it possible, no "I guess" after a wish to die does."""
        hedged = bool(said.cues) and all(cue.kind == "possible" and cue.first > match.last for cue in said.cues)
        if hedged and match.pattern.concept in self._kinds.always_heard and not match.pattern.possible:
            return Polarity.POSSIBLE if doubt else Polarity.AFFIRMED
        return Polarity.POSSIBLE if doubt and said.polarity is Polarity.AFFIRMED else said.polarity

    def _holder(self, match: Match, people: PeopleReader) -> Holder:
        of_mother = match.pattern.concept in self._of_mothers
        return people.holder(match.first, match.last, frozenset(match.places), of_mother=of_mother)


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


def _joined(pieces: Sequence[Extraction]) -> Extraction:
    sex: Literal["F", "M"] | None = next((piece.sex for piece in pieces if piece.sex), None)
    return Extraction(
        findings=tuple(finding for piece in pieces for finding in piece.findings),
        quantities=tuple(quantity for piece in pieces for quantity in piece.quantities),
        sex=sex,
        subject=next((piece.subject for piece in pieces if piece.subject), None),
        understood=any(piece.understood for piece in pieces),
    )
