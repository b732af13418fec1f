"""What dates a match: calendar years, ages of then, and times long ago."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.checks import MINUTES
from triage.findings.clauses import Layout
from triage.findings.cues import Cue, CueSheet
from triage.findings.matcher import Match
from triage.findings.numerals import NumberCues
from triage.findings.times import Time
from triage.findings.tokens import Token, is_edge

CONDITION = "condition:"
"""Begins the names of long illnesses, which last and tell nothing of who is ill now."""
MEDICINE = "med:"
"""Begins the names of medicines."""
_NEAR = 9
"""Tokens between a past tense and what was measured."""
_FIRST_YEAR, _LAST_YEAR = 1950, 2024
"""Calendar years that are long past whenever this is read."""
_LONG_PAST = 365.0 * MINUTES["days"]
"""Minutes in a year; what is longer ago than that is history."""
_WEEKS = 14.0 * MINUTES["days"]
"""Minutes after which a reading tells nothing of now."""
_DAYS = 2.0 * MINUTES["days"]
"""Minutes after which nobody calls for help."""


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


class DateReader:
    """Reads which matches and measurements of one message belong to a time long gone."""

    def __init__(
        self,
        tokens: Sequence[Token],
        layout: Layout,
        cues: CueSheet,
        numbers: NumberCues,
        present: frozenset[int],
        kinds: Kinds,
        matches: Sequence[Match],
        idle: Sequence[bool],
    ) -> None:
        self._tokens = tokens
        self._idle = idle
        self._layout = layout
        self._cues = cues
        self._kinds = kinds
        self._matches = matches
        self.then = [cue for cue in numbers.all("age_past") if self._is_age(cue.last + 1, numbers)]
        """"When he was one": what the sentence goes on to tell happened then."""
        self.plain_ages = [cue for cue in self.then if self._is_plain_age(cue.last + 1, numbers)]
        """Those that cannot be a distance or a dose ("when I was 200 metres away")."""
        self._year_places = [place for place, token in enumerate(tokens) if _is_year(token)]
        self.present = {layout.clause_of[place] for place in present}
        """Clauses with a verb in the present."""
        self._sinces = numbers.all("since")

    def is_long_past(self, match: Match, time: Time, *, gone: bool) -> bool:
        """Whether it happened years ago, weeks ago if it has passed, or for years where only what is new is dangerous.

        Illnesses and medicines last. Where one word is "since" and "ago" (Darija "hadi"), only what has gone happened
        then, and what happens at a moment and is told without a verb in the present ("3eddni kelb hadi 5 snin").
        """
        concept = match.pattern.concept
        if concept in self._kinds.passing and time.ago and not time.since and time.minutes[0] >= _WEEKS:
            here, number = self._layout.clause_of[match.first], self._layout.sentence_of[match.first]
            still = any(self._layout.sentence_of[cue.first] == number for cue in self._cues.of("current", "returned"))
            if gone or (self._layout.cues_in(here, self._cues, "bygone") and not still):
                return True
        if time.minutes[0] < _LONG_PAST:
            return False
        if concept in self._kinds.sudden and not self._has_changed(time):
            return True
        if not time.ago or concept.startswith((CONDITION, MEDICINE)):
            return False
        if concept in self._kinds.always_heard:
            # "I took an overdose, but that was fifteen years ago", never "I took one like ten years ago"
            here = self._layout.clause_of[match.first]
            opens = time.first == self._layout.clause_of.index(here)
            dated = opens or time.first == match.last + 1 or self.points_back(time)
            return concept in self._kinds.acts and dated and not self._is_again(match)
        gone = gone or (concept in self._kinds.events and self._layout.clause_of[match.first] not in self.present)
        return gone or not time.since

    def is_bygone(self, match: Match, time: Time | None) -> bool:
        """Whether a match is told in the past tense, or happened days ago."""
        ago = time is not None and time.ago and time.minutes[0] >= _DAYS
        return ago or bool(self._layout.cues_in(match.clause, self._cues, "bygone"))

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

    def years(self, clause: int) -> list[int]:
        """Return the tokens of a clause that are calendar years long past."""
        return [place for place in self._year_places if self._layout.clause_of[place] == clause]

    def since_year(self, match: Match, years: Sequence[int]) -> int | None:
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
            if concept in self._kinds.sudden and match.last < cue.first and not self._has_changed(cue):
                return year
        return None

    def is_dated(self, match: Match) -> bool:
        """Whether an act stands beside a year long past, and nothing says that it is there again."""
        here = self._layout.clause_of[match.first]
        return match.pattern.concept in self._kinds.acts and bool(self.years(here)) and not self._is_again(match)

    def _is_again(self, match: Match) -> bool:
        """Whether something says that a match is there again, or is now."""
        return bool(
            self._cues.of("returned")
            or self._layout.cues_in(self._layout.clause_of[match.first], self._cues, "current")
        )

    def _has_changed(self, time: Time | Cue) -> bool:
        """Whether anything but a time itself speaks of now, of "but", or of what is sudden or worse."""
        cues = self._cues.of("current", "returned", "superlative", "ends")
        return any(not time.first <= cue.first <= time.last for cue in cues) or any(
            match.pattern.concept in self._kinds.changes for match in self._matches
        )

    def was_measured(self, place: int, times: Sequence[Time]) -> bool:
        """Whether a number is a measurement of long ago ("three weeks ago I had 39.5").

        Args:
            place: First token of the number.
            times: All times of the message.
        """
        here = self._layout.clause_of[place]
        if not any(0 < place - cue.last <= _NEAR for cue in self._layout.cues_in(here, self._cues, "bygone")):
            return False
        if self._layout.cues_in(here, self._cues, "current", "both"):
            return False
        long_ago = (time for time in times if time.ago and time.minutes[0] >= _WEEKS)
        dated = any(self._layout.clause_of[time.first] == here for time in long_ago)
        return dated or bool(self.years(here) or self._layout.cues_in(here, self._cues, "historical"))

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


def _is_year(token: Token) -> bool:
    """Whether a token is a calendar year that is long past; a round number may be a dose ("2000 mg")."""
    if token.kind != "number" or len(token.text) != 4 or "." in token.text:
        return False
    return _FIRST_YEAR <= int(token.text) <= _LAST_YEAR and int(token.text) % 10 != 0
