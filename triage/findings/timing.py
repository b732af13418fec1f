"""Whether a match holds now or held once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.checks import MINUTES
from knowledge.vocabulary import Temporality
from triage.findings.clauses import Layout
from triage.findings.cues import Cue, CueSheet
from triage.findings.frames import FrameReader
from triage.findings.matcher import Match
from triage.findings.numerals import NumberCues
from triage.findings.times import Time
from triage.findings.tokens import Token, is_edge

_CONDITION = "condition:"
_MEDICINE = "med:"
_NEAR = 3
_FIRST_YEAR, _LAST_YEAR = 1950, 2024
"""Calendar years that are long past whenever this is read."""
_LONG_PAST = 365.0 * MINUTES["days"]
"""Minutes in a year; what is longer ago than that is history."""
_WEEKS = 14.0 * MINUTES["days"]
"""Minutes after which a reading tells nothing of now."""


@dataclass(frozen=True)
class Kinds:
    """Concepts by how they last, as the lexicons name them."""

    always_heard: frozenset[str]
    acts: frozenset[str]
    sudden: frozenset[str]
    changes: frozenset[str]
    lasting: frozenset[str]
    passing: frozenset[str]
    events: frozenset[str]


class TimeReader:
    """Reads the temporality of all matches of one message."""

    def __init__(
        self,
        tokens: Sequence[Token],
        layout: Layout,
        cues: CueSheet,
        numbers: NumberCues,
        frames: FrameReader,
        present: frozenset[int],
        kinds: Kinds,
        matches: Sequence[Match],
        idle: Sequence[bool],
    ) -> None:
        self._tokens = tokens
        self._idle = idle
        self._layout = layout
        self._cues = cues
        self._frames = frames
        self._kinds = kinds
        self._matches = matches
        self._then = [cue for cue in numbers.all("age_past") if self._is_age(cue.last + 1, numbers)]
        """"When he was one": what the sentence goes on to tell happened then."""
        self._ages = [cue for cue in self._then if self._is_plain_age(cue.last + 1, numbers)]
        """Those that cannot be a distance or a dose ("when I was 200 metres away")."""
        self._year_places = [place for place, token in enumerate(tokens) if _is_year(token)]
        self._present = {layout.clause_of[place] for place in present}
        """Clauses with a verb in the present."""
        since = {place for cue in numbers.all("since") for place in range(cue.first, cue.last + 1)}
        self._sinces = numbers.all("since")
        self._either_way = {
            cue for cue in cues.of("historical") if not since.isdisjoint(range(cue.first, cue.last + 1))
        }
        """Times in words that are "since" as well as "ago" (Darija "hadi")."""

    def when(self, match: Match) -> tuple[Temporality, tuple[Cue, ...]]:
        """Return when the match holds, and the cue that says so."""
        if match.pattern.concept in self._kinds.always_heard and not self._is_dated(match):
            return Temporality.CURRENT, ()
        frame = self._frames.around(match)
        if frame is not None:
            return Temporality.HYPOTHETICAL, (frame,)
        past = self._past(match)
        return (Temporality.HISTORICAL, (past,)) if past is not None else (Temporality.CURRENT, ())

    def is_long_past(self, match: Match, time: Time, *, gone: bool) -> bool:
        """Whether it happened years ago, weeks ago if it has passed, or for years where only what is new is dangerous.

        Illnesses and medicines last. Where one word is "since" and "ago" (Darija "hadi"), only what has gone happened
        then, and what happens at a moment and is told without a verb in the present ("3eddni kelb hadi 5 snin").
        """
        concept = match.pattern.concept
        if concept in self._kinds.passing and time.ago and not time.since and time.minutes[0] >= _WEEKS:
            here, number = self._layout.clause_of[match.first], self._layout.sentence_of[match.first]
            still = any(self._layout.sentence_of[cue.first] == number for cue in self._cues.of("current", "returned"))
            if gone or (self._here(here, "bygone") and not still):
                return True
        if time.minutes[0] < _LONG_PAST:
            return False
        if concept in self._kinds.sudden and not self._has_changed(time):
            return True
        if not time.ago or concept.startswith((_CONDITION, _MEDICINE)):
            return False
        if concept in self._kinds.always_heard:
            # "I took an overdose, but that was fifteen years ago", never "I took one like ten years ago"
            here = self._layout.clause_of[match.first]
            opens = time.first == self._layout.clause_of.index(here)
            return concept in self._kinds.acts and (opens or self.points_back(time)) and not self._is_again(match)
        gone = gone or (concept in self._kinds.events and self._layout.clause_of[match.first] not in self._present)
        return gone or not time.since

    def points_back(self, time: Time) -> bool:
        """Whether a clause is nothing but a time that dates what was said before it ("but that was ten years ago")."""
        clause = self._layout.clause_of
        opener = self._cues.places("ends")
        empty = self._cues.places("ends", "bygone")
        before = [place for place in range(time.first) if clause[place] == clause[time.first]]
        after = time.last + 1
        closed = (
            is_edge(self._tokens, after) or after in self._cues.places("both") or clause[after] != clause[time.last]
        )
        return (
            time.ago
            and closed
            and bool(before)
            and before[0] in opener
            and all(place in empty or self._idle[place] for place in before)
        )

    def in_doubt(self, match: Match) -> Cue | None:
        """Return the "if" or the story around something that is heard all the same, such as a wish to die."""
        if match.pattern.concept not in self._kinds.always_heard:
            return None
        return self._frames.around(match) or self._past(match)

    def _is_dated(self, match: Match) -> bool:
        """Whether an act stands beside a year long past, and nothing says that it is there again."""
        here = self._layout.clause_of[match.first]
        return match.pattern.concept in self._kinds.acts and bool(self._years(here)) and not self._is_again(match)

    def _is_again(self, match: Match) -> bool:
        """Whether something says that a match is there again, or is now."""
        return bool(self._cues.of("returned") or self._here(self._layout.clause_of[match.first], "current"))

    def _has_changed(self, time: Time) -> bool:
        """Whether anything but a time itself speaks of now, of "but", or of what is sudden or worse."""
        cues = self._cues.of("current", "returned", "superlative", "ends")
        return any(not time.first <= cue.first <= time.last for cue in cues) or any(
            match.pattern.concept in self._kinds.changes for match in self._matches
        )

    def well_now(self, match: Match) -> Cue | None:
        """Return the cue that says all is over, when it follows the match in its sentence or the next one."""
        sentence = self._layout.sentence_of
        for cue in self._cues.of("well_now"):
            if cue.first > match.last and 0 <= sentence[cue.first] - sentence[match.last] <= 1:
                return cue
        return None

    def was_measured(self, place: int, times: Sequence[Time]) -> bool:
        """Whether a number is a measurement of long ago ("three weeks ago I had 39.5").

        Args:
            place: First token of the number.
            times: All times of the message.
        """
        here = self._layout.clause_of[place]
        if not any(0 < place - cue.last <= 3 * _NEAR for cue in self._here(here, "bygone")):
            return False
        if self._here(here, "current", "both"):
            return False
        long_ago = (time for time in times if time.ago and time.minutes[0] >= _WEEKS)
        dated = any(self._layout.clause_of[time.first] == here for time in long_ago)
        return dated or bool(self._years(here) or self._here(here, "historical"))

    def _here(self, clause: int, *kinds: str) -> list[Cue]:
        """Return the cues of some kinds in a clause."""
        return [cue for cue in self._cues.of(*kinds) if self._layout.clause_of[cue.first] == clause]

    def _years(self, clause: int) -> list[int]:
        return [place for place in self._year_places if self._layout.clause_of[place] == clause]

    def _since_year(self, match: Match, years: Sequence[int]) -> int | None:
        """Return the year of a "since": of what happened in it ("since the crash in 1999"), or of what lasts from then.

        Nothing but an event may stand between the two ("since Monday like in 2019"), and what has lasted is past only
        where what is new is dangerous and nothing says that it has changed.
        """
        clause, concept = self._layout.clause_of[match.first], match.pattern.concept
        dated = self._kinds.events | self._kinds.sudden
        told = {place for other in self._matches if other.pattern.concept in dated for place in other.places}
        for cue in self._sinces:
            year = next((place for place in years if place > cue.last), None)
            if year is None or self._layout.clause_of[cue.first] != clause:
                continue
            if not all(self._idle[place] or place in told for place in range(cue.last + 1, year)):
                continue
            if concept in self._kinds.events and cue.last < match.first and match.last < year:
                return year
            news = self._cues.of("current", "returned", "superlative", "ends")
            new = any(not cue.first <= other.first <= cue.last for other in news)
            changed = any(other.pattern.concept in self._kinds.changes for other in self._matches)
            if concept in self._kinds.sudden and match.last < cue.first and not new and not changed:
                return year
        return None

    def _lasts(self, cue: Cue, clause: int, match: Match) -> bool:
        """Whether a time in words that could be "ago" is "since": a clause tells what goes on or is a complaint."""
        if cue not in self._either_way or self._here(clause, "bygone"):
            return False
        return clause in self._present or (match.pattern.concept in self._kinds.lasting and self._is_all(cue, match))

    def _is_all(self, cue: Cue, match: Match) -> bool:
        """Whether a clause is a match and its time and nothing else."""
        here = self._layout.clause_of[match.first]
        said = {*match.places, *range(cue.first, cue.last + 1)}
        words = (place for place, token in enumerate(self._tokens) if token.kind == "word")
        return all(place in said for place in words if self._layout.clause_of[place] == here)

    def _past(self, match: Match) -> Cue | None:
        if match.pattern.concept.startswith(_CONDITION):
            # a long illness lasts, however long ago it began
            return None
        sentence = self._layout.sentence_of
        here = self._layout.clause_of[match.first]
        years = self._years(here)
        dated = self._since_year(match, years)
        if dated is not None:
            return Cue("historical", dated, dated)
        # the "now" of "well now" is not when it was
        well = [cue for cue in self._cues.of("well_now") if cue.first > match.last]
        now = [cue.first for cue in self._here(here, "current", "superlative")]
        recent = [place for place in now if not any(cue.first <= place <= cue.last for cue in well)]
        # "he had a stroke in 2019 and speaks well now": told of then, and the year stands nearer
        told = self._here(here, "bygone")
        if recent and not (told and _nearer(years, recent, match)):
            return None
        if any(sentence[cue.first] == sentence[match.first] for cue in self._cues.of("returned")):
            return None
        if years:
            return Cue("historical", years[0], years[0])
        for cue in self._here(here, "historical", "background"):
            if cue.within(match.places) or self._lasts(cue, here, match):
                continue
            if cue.kind == "background" and not self._is_about(cue, match):
                continue
            return cue
        return self._carried_on(match)

    def _carried_on(self, match: Match) -> Cue | None:
        """Return the cue of an earlier clause that still holds: an age of then, or any where the past tense goes on."""
        clause, sentence = self._layout.clause_of, self._layout.sentence_of
        here = clause[match.first]
        breaks = self._cues.of("current", "ends", "returned")
        bygone = self._here(here, "bygone")
        for cue in self._ages:
            if self._follows(cue, match):
                return cue
        for cue in (*self._then, *self._cues.of("historical")):
            if cue.first > match.first or sentence[cue.first] != sentence[match.first] or self._lasts(cue, here, match):
                continue
            if any(cue.last < other.first <= match.last for other in breaks):
                continue
            joined = clause[cue.first] == here or not any(
                number in self._layout.soft for number in range(clause[cue.first] + 1, here + 1)
            )
            if bygone or (cue in self._then and joined):
                return cue
        return None

    def _follows(self, cue: Cue, match: Match) -> bool:
        """Whether an age of then comes right after what happened at it ("my seizures stopped when I was twelve")."""
        clause, sentence = self._layout.clause_of, self._layout.sentence_of
        near = cue.first > match.last and sentence[cue.first] == sentence[match.last]
        if not near or clause[cue.first] - clause[match.last] > 1:
            return False
        between = range(match.last + 1, cue.first)
        told = [place for place in self._cues.places("bygone", "gone") if place < cue.first]
        past = any(clause[place] == clause[match.first] for place in told)
        # "I fainted once when I was fourteen": what happens at a moment is past without "was"
        past = past or (match.pattern.concept in self._kinds.events and clause[match.first] not in self._present)
        return past and not any(self._tokens[place].kind in {"mark", "stop"} for place in between)

    def _is_age(self, place: int, numbers: NumberCues) -> bool:
        """Whether an age stands at a token ("one", "3 weeks", "سنة")."""
        counted = place < len(self._tokens) and self._tokens[place].kind == "number"
        return counted or any(numbers.at(kind, place) for kind in ("number", "unit", "dual", "article"))

    def _is_plain_age(self, place: int, numbers: NumberCues) -> bool:
        """Whether an age has its unit, or is a number at the end of its clause."""
        last = next((cue.last for kind in ("number", "article") for cue in numbers.at(kind, place)), place)
        if any(numbers.at(kind, at) for at in (place, last + 1) for kind in ("age_unit", "dual", "stage")):
            return True
        # "when I was fourteen at school"
        following = is_edge(self._tokens, last + 1) or (self._idle[last + 1] and not self._is_age(last + 2, numbers))
        return following and not numbers.at("article", place)

    def _is_about(self, cue: Cue, match: Match) -> bool:
        """Whether "history of" speaks of what was before: of what is near, no medicine, and not "3-day history of"."""
        counted = any(token.kind == "number" for token in self._tokens[max(0, cue.first - _NEAR) : cue.first])
        near = 0 <= match.first - cue.last <= _NEAR + 1
        return near and not counted and not match.pattern.concept.startswith(_MEDICINE)


def _is_year(token: Token) -> bool:
    """Whether a token is a calendar year that is long past; a round number may be a dose ("2000 mg")."""
    if token.kind != "number" or len(token.text) != 4 or "." in token.text:
        return False
    return _FIRST_YEAR <= int(token.text) <= _LAST_YEAR and int(token.text) % 10 != 0


def _nearer(years: Sequence[int], others: Sequence[int], match: Match) -> bool:
    """Whether a year stands nearer to a match than any other token does."""

    def gap(places: Sequence[int]) -> int:
        return min(max(place - match.last, match.first - place) for place in places)

    return bool(years) and gap(years) < gap(others)
