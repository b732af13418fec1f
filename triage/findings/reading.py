"""What stands in a message: its wordings, whether they are denied, and the cues around them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.lexicon import Lexicon
from triage.findings.clauses import Layout, lay_out
from triage.findings.cues import CONTEXT_KINDS, Cue, CueSheet, gather
from triage.findings.families import FAMILY_OF, Family, build_families
from triage.findings.matcher import Match
from triage.findings.openings import (
    NO,
    REFUSALS,
    TURNS,
    answer_phrases,
    answered_no,
    opens_in_doubt,
    set_apart,
    turned_from_no,
)
from triage.findings.polarity import Judgement, PolarityReader
from triage.findings.precedence import Precedence, is_ours, told_apart
from triage.findings.scope import survey
from triage.findings.stream import Stream, read_stream
from triage.findings.tokens import Token, Tokenizer

_AND = "و"
_WHOLE_WORD = 4
"""Letters, its digit among them, from which a word of Arabizi is no number with a unit, as "9d" is ("9d chhour")."""
_PIECE = 4_000
_LONGEST = 60_000
"""A longer text is read at both ends only."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What stands in one piece of a message, before it is asked when it was and whose it is."""

    tokens: Sequence[Token]
    idle: Sequence[bool]
    """Tokens that take no room."""
    layout: Layout
    cues: CueSheet
    """Cues that qualify findings."""
    counted: Sequence[Cue]
    """Cues around numbers."""
    matches: Sequence[Match]
    """Every wording found, in order."""
    present: frozenset[int]
    """Tokens that say what is now, in forms with one word for "since" and "ago"."""
    judged: Sequence[tuple[Match, Judgement]]
    """Those that mean what they say, and whether they are denied."""


class MessageReader:
    """Finds the wordings of messages in all written forms.

    Args:
        lexicons: Lexicons by language tag.
    """

    def __init__(self, lexicons: Mapping[str, Lexicon]) -> None:
        self._families = build_families(lexicons)
        self._precedence = Precedence(self._families, lexicons)
        units = {
            word.casefold()
            for table in (lexicon.numbers for lexicon in lexicons.values())
            for group in (
                *(unit.words for unit in table.units),
                *(unit.words for measure in table.measures for unit in measure.units),
                table.age_short,
                table.months_short,
                tuple(table.sex_letters),
            )
            for phrase in group
            for word in phrase.split()[:1]
        }
        forms = (form for lexicon in lexicons.values() for forms in lexicon.classes.values() for form in forms)
        words = frozenset(
            form for form in forms if form[:1].isdigit() and len(form) >= _WHOLE_WORD and form[1:] in units
        )
        self._tokenizer = Tokenizer(frozenset(units), words)
        self._refusals = answer_phrases(lexicons, *REFUSALS)
        self._turns = answer_phrases(lexicons, *TURNS)
        self._well = frozenset(word for lexicon in lexicons.values() for word in lexicon.answers.well)
        self._own_words = {
            (concept, other)
            for lexicon in lexicons.values()
            for concept, others in lexicon.context.own_words.items()
            for other in others
        }

    def _is_borrowed(self, match: Match, matches: Sequence[Match], idle: Sequence[bool]) -> bool:
        """Whether a match takes a word from afar that belongs to its neighbour ("swollen glands in my neck")."""
        words, close = set(match.places), _is_close(match, idle)
        return any(
            (other.pattern.concept, match.pattern.concept) in self._own_words
            and _is_close(other, idle)
            and (set(other.places) < words if close else not words.isdisjoint(other.places))
            for other in matches
        )

    def read(self, text: str, language: str | None, page: str | None, *, answers: bool = False) -> Reading:
        """Return all that stands in a piece of a message.

        Args:
            text: The piece.
            language: Language tag of the message; every lexicon is tried when None.
            page: Language of the page, whose words are tried too.
            answers: Whether it may answer what was asked.
        """
        tokens, streams = self._streams(text, language, page)
        families = [family for family, _ in streams]
        turned = turned_from_no(tokens, self._refusals, self._turns) if answers else None
        if turned is not None:
            return self._read(turned, [(family, read_stream(turned, family)) for family in families], language, page)
        doubtful = answers and opens_in_doubt(tokens, self._well)
        apart = answered_no(tokens, families, doubtful=doubtful) if answers else None
        if apart is not None:
            reading = self._read(apart, [(family, read_stream(apart, family)) for family in families], language, page)
            denies_on = _negates(tokens[1].text, families)  # "non jamais vomi": a denial of its own behind the "no"
            if doubtful or denies_on or _tells_health(reading):
                return reading
        return self._read(tokens, streams, language, page)

    def opens_in_doubt(self, text: str) -> bool:
        """Whether an answer may say no, or deny the verb it goes on with."""
        return NO in text and opens_in_doubt(self._tokenizer.tokens(text), self._well)

    def read_wordings(self, text: str, language: str | None, page: str | None) -> Reading | None:
        """Return the same, or None at once when no wording has its words near each other: most messages hold none."""
        tokens, streams = self._streams(text, language, page)
        if not any(family.matcher.may_match(stream) for family, stream in streams):
            return None
        return self._read(tokens, streams, language, page)

    def _streams(
        self, text: str, language: str | None, page: str | None
    ) -> tuple[list[Token], list[tuple[Family, Stream]]]:
        """Return the tokens of a piece, and their words as each form reads them."""
        tokens = self._tokenizer.tokens(text)
        families = self._precedence.readers(tokens, language, page)
        tokens = set_apart(tokens, families)
        return tokens, [(family, read_stream(tokens, family)) for family in families]

    def _read(
        self, tokens: list[Token], streams: list[tuple[Family, Stream]], language: str | None, page: str | None
    ) -> Reading:
        idle = _idle(tokens, streams)
        own = self._families.get(FAMILY_OF.get(language or "", ""))
        by_form = {family.name: family.cues.find(stream) for family, stream in streams}
        found = list(told_apart(by_form, tokens, own))
        found += self._precedence.in_pairs(found, tokens)
        cues = gather(cue for cue in found if cue.kind in CONTEXT_KINDS)
        glued = _glued(tokens, [family for family, _ in streams])
        layout = lay_out(tokens, cues, idle, glued)
        ands = cues.starts("both") | glued
        idioms = _idioms(cues, idle)
        bridged = {
            layout.clause_of[place]
            for place, token in enumerate(tokens)
            if token.kind == "word"
            and place
            and tokens[place - 1].kind not in {"mark", "stop"}
            and layout.clause_of[place - 1] != layout.clause_of[place]
        }
        matches = [
            match
            for family, stream in streams
            for match in family.matcher.matches(stream, layout.clause_of, idioms, layout.denied, ands, bridged)
            if own is None
            or family is own
            or family.name == FAMILY_OF.get(page or "")
            or not is_ours(match, tokens, own)
        ]
        matches = [match for match in matches if not self._is_borrowed(match, matches, idle)]
        matches.sort(key=lambda match: (match.first, match.last, match.pattern.concept))
        polarity = PolarityReader(survey(tokens, layout, cues, matches, idle, glued), matches, _compound(streams))
        return Reading(
            tokens=tokens,
            idle=idle,
            layout=layout,
            cues=cues,
            counted=[cue for cue in found if cue.kind not in CONTEXT_KINDS],
            matches=matches,
            present=frozenset(
                place
                for family, stream in streams
                for place, word in zip(stream.places, stream.words, strict=True)
                if family.form.is_present(word)
            ),
            judged=[(match, polarity.judge(match)) for match in matches if not polarity.is_broken(match)],
        )


def _tells_health(reading: Reading) -> bool:
    """Whether words of health follow the "no" of an answer: "no breathing is fine" says that somebody breathes well."""
    return any(match.pattern.negated and all(reading.idle[2 : match.first]) for match in reading.matches)


def _is_close(match: Match, idle: Sequence[bool]) -> bool:
    """Whether the words of a match stand side by side, fillers aside."""
    return all(idle[place] or place in match.places for place in range(match.first, match.last))


def pieces(text: str) -> list[tuple[int, int]]:
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


def _idioms(cues: CueSheet, idle: Sequence[bool]) -> dict[int, frozenset[int]]:
    """Return the tokens of idioms, each with the words of weight of all idioms that it stands in."""
    found: dict[int, frozenset[int]] = {}
    for cue in cues.of("ignore"):
        span = range(cue.first, cue.last + 1)
        words = frozenset(place for place in span if not idle[place]) or frozenset(span)
        for place in span:
            found[place] = found.get(place, frozenset()) | words
    return found


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
