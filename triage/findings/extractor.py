"""One message to findings and quantities, whatever it is written in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from knowledge.lexicon import Lexicon, Person
from knowledge.vocabulary import Experiencer, Polarity, Temporality
from triage.findings.clauses import lay_out
from triage.findings.cues import CONTEXT_KINDS, NEGATIONS, Cue, CueSheet, gather
from triage.findings.families import FAMILY_OF, Family, build_families
from triage.findings.matcher import Match
from triage.findings.numerals import NumberCues
from triage.findings.people import PeopleReader, Side
from triage.findings.polarity import PolarityReader
from triage.findings.quantities import QuantitiesReader
from triage.findings.scope import survey
from triage.findings.stream import Stream, read_stream
from triage.findings.times import time_of
from triage.findings.timing import TimeReader
from triage.findings.tokens import Token, Tokenizer
from triage.types import Extraction, Finding, Quantity, Span

_AND = "و"
_PEOPLE = frozenset({"person", "own"})
_SURE_ARABIZI = re.compile(r"[a-z][3579][a-z]|^[3579][a-z]{3}")
_ARABIZI = re.compile(r"[a-z][235679]|[235679][a-z]")
"""A digit used as a letter; in a text that is surely English or French, "3am" and "covid19" must not count."""
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
        self._function = {
            name: frozenset(
                word
                for tag, lexicon in lexicons.items()
                if FAMILY_OF[tag] == name
                for word in lexicon.context.function_words
            )
            for name in self._families
        }

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
        families = self._active(tokens, language, page)
        streams = [(family, read_stream(tokens, family)) for family in families]
        if not self._measures and not any(family.matcher.may_match(stream) for family, stream in streams):
            return Extraction()
        idle = _idle(tokens, streams)
        own = self._families.get(FAMILY_OF.get(language or "", ""))
        by_form = {family.name: family.cues.find(stream) for family, stream in streams}
        found = list(_told_apart(by_form, tokens, own))
        cues = gather(cue for cue in found if cue.kind in CONTEXT_KINDS)
        layout = lay_out(tokens, cues, idle)
        masked = [False] * len(tokens)
        for place in cues.places("ignore"):
            masked[place] = True
        matches = [
            match
            for family, stream in streams
            for match in family.matcher.matches(stream, layout.clause_of, masked)
            if own is None or family is own or not _is_ours(match, tokens, own)
        ]
        matches.sort(key=lambda match: (match.first, match.last, match.pattern.concept))
        ground = survey(tokens, layout, cues, matches, idle, _glued(tokens, families))
        polarity = PolarityReader(ground, matches, _compound(streams))
        timing = TimeReader(tokens, layout, cues, self._always_heard)
        unborn = any(match.pattern.concept in self._unborn for match in matches)
        people = PeopleReader(layout, cues, self._people, unborn=unborn)
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

        numbers = NumberCues(cue for cue in found if cue.kind not in CONTEXT_KINDS)
        measured = self._quantities.read(tokens, numbers, idle, layout, cues, people, side, unborn=unborn)
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
        findings += self._quantities.implied(findings, quantities)
        return Extraction(
            findings=tuple(_once(findings)),
            quantities=tuple(quantities),
            sex=measured.sex,
            subject=told if told is not None else measured.side,
            understood=bool(findings or quantities or measured.sex),
        )

    def _active(self, tokens: Sequence[Token], language: str | None, page: str | None) -> list[Family]:
        """Return the families to read with: the language, the page's, and Darija where it shows."""
        wanted = {FAMILY_OF[tag] for tag in (language, page) if tag in FAMILY_OF}
        scripts = {token.script for token in tokens if token.kind == "word"}
        if "arabic" in scripts:
            # Darija borrows from Arabic; in Arabic, the sounds of Darija would find words that nobody wrote
            wanted |= (
                {"arabic"} if language == "ar" and page != "ary" and self._is_read(tokens) else {"arabic", "darija"}
            )
        if "latin" in scripts:
            if language is None:
                wanted |= {"english", "french"}
            elif not wanted & {"english", "french"}:
                # Darija and Arabic borrow French words, and nothing is lost by looking.
                wanted.add("french")
            if self._is_arabizi(tokens, certain=language is not None):
                wanted.add("darija")
        if not scripts - {""}:
            return [family for name, family in self._families.items() if name in wanted or not wanted]
        return [family for name, family in self._families.items() if name in wanted and family.form.scripts & scripts]

    def _is_read(self, tokens: Sequence[Token]) -> bool:
        """Whether standard Arabic reads every word; an unknown one may be Darija taken for Arabic."""
        arabic = self._families.get("arabic")
        words = [token.text for token in tokens if token.script == "arabic"]
        return arabic is not None and all(arabic.book.reads(word) for word in words)

    def _is_arabizi(self, tokens: Sequence[Token], *, certain: bool) -> bool:
        """Whether Darija in Latin letters shows: digits as letters or, where the language is not certain, its words."""
        latin = [token.text for token in tokens if token.script == "latin"]
        if any((_SURE_ARABIZI if certain else _ARABIZI).search(text) for text in latin):
            return True
        if certain:
            return False
        hits = {
            name: sum(text in self._function.get(name, ()) for text in latin)
            for name in ("english", "french", "darija")
        }
        return hits["darija"] > 0 or not (hits["english"] or hits["french"])


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
        and (
            any(family.form.split(token.text) == family.form.split(token.text[1:]) for family in readers)
            or not any(
                family.book.knows(word) and family.form.keeps_first(word)
                for family in readers
                for word in family.form.split(token.text)
            )
        )
    )


def _compound(streams: Sequence[tuple[Family, Stream]]) -> frozenset[int]:
    """Return the tokens in which some form reads several words ("ma3ndich", "d'avc")."""
    found: set[int] = set()
    for _, stream in streams:
        found.update(one for one, other in zip(stream.places, stream.places[1:], strict=False) if one == other)
    return frozenset(found)


def _is_ours(match: Match, tokens: Sequence[Token], own: Family) -> bool:
    """Whether the message's own form knows every word that another form took for a finding.

    The other form then only misreads it: "نمشي" is "I walk" in Darija, and looks like "my freckles" in Arabic.
    """
    return all(own.book.reads(tokens[place].text) for place in match.places)


def _told_apart(found: Mapping[str, Sequence[Cue]], tokens: Sequence[Token], own: Family | None) -> Iterator[Cue]:
    """Yield the cues of all forms; where the message's own form reads a word, the others do not read it otherwise.

    "والدي" is "my father" in Arabic, and sounds like "my son" in Darija; "ولا" is "nor" in Arabic, "or" and "became" in
    Darija, whose "ma" is no French "my".
    """
    taken: dict[str, set[int]] = {"people": set(), "no": set()}
    for cue in found.get(own.name, ()) if own is not None else ():
        for place in range(cue.first, cue.last + 1):
            if cue.kind in _PEOPLE:
                taken["people"].add(place)
            elif cue.kind in NEGATIONS or cue.kind == "either":
                taken["no"].add(place)
    for name, cues in found.items():
        for cue in cues:
            kind = "people" if cue.kind in _PEOPLE else "no" if cue.kind in NEGATIONS or cue.kind == "not_now" else None
            if own is not None and name != own.name and kind is not None:
                alone = cue.first == cue.last and own.book.holds(tokens[cue.first].text)
                if alone or not taken[kind].isdisjoint(range(cue.first, cue.last + 1)):
                    continue
            yield cue


def _words(text: str, tokens: Sequence[Token], cue: Cue) -> str:
    return text[tokens[cue.first].start : tokens[cue.last].end]


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


__all__ = ["CueSheet", "Experiencer", "FindingExtractor", "Temporality"]
