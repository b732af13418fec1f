"""Whether a match holds now or held once."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.vocabulary import Temporality
from triage.findings.clauses import Layout
from triage.findings.cues import Cue, CueSheet
from triage.findings.dating import CONDITION, MEDICINE, DateReader, Kinds
from triage.findings.frames import FrameReader
from triage.findings.matcher import Match
from triage.findings.numerals import NumberCues
from triage.findings.tokens import Token

_NEAR = 3


class TimeReader:
    """Reads the temporality of all matches of one message."""

    def __init__(
        self,
        tokens: Sequence[Token],
        layout: Layout,
        cues: CueSheet,
        numbers: NumberCues,
        frames: FrameReader,
        dates: DateReader,
        kinds: Kinds,
    ) -> None:
        self._tokens = tokens
        self._layout = layout
        self._cues = cues
        self._frames = frames
        self._dates = dates
        self._kinds = kinds
        since = {place for cue in numbers.all("since") for place in range(cue.first, cue.last + 1)}
        self._either_way = {
            cue for cue in cues.of("historical") if not since.isdisjoint(range(cue.first, cue.last + 1))
        }
        """Times in words that are "since" as well as "ago" (Darija "hadi")."""

    def when(self, match: Match) -> tuple[Temporality, tuple[Cue, ...]]:
        """Return when the match holds, and the cue that says so."""
        if match.pattern.concept in self._kinds.always_heard and not self._dates.is_dated(match):
            return Temporality.CURRENT, ()
        frame = self._frames.around(match)
        if frame is not None:
            return Temporality.HYPOTHETICAL, (frame,)
        past = self._past(match)
        return (Temporality.HISTORICAL, (past,)) if past is not None else (Temporality.CURRENT, ())

    def in_doubt(self, match: Match) -> Cue | None:
        """Return the "if" or the story around something that is heard all the same, such as a wish to die."""
        if match.pattern.concept not in self._kinds.always_heard:
            return None
        return self._frames.around(match) or self._past(match)

    def well_now(self, match: Match) -> Cue | None:
        """Return the cue that says all is over, when it follows the match in its sentence or the next one."""
        sentence = self._layout.sentence_of
        for cue in self._cues.of("well_now"):
            if cue.first > match.last and 0 <= sentence[cue.first] - sentence[match.last] <= 1:
                return cue
        return None

    def _lasts(self, cue: Cue, clause: int, match: Match) -> bool:
        """Whether a time in words that could be "ago" is "since": a clause tells what goes on or is a complaint."""
        if cue not in self._either_way or self._layout.cues_in(clause, self._cues, "bygone"):
            return False
        return clause in self._dates.present or (
            match.pattern.concept in self._kinds.lasting and self._is_all(cue, match)
        )

    def _is_all(self, cue: Cue, match: Match) -> bool:
        """Whether a clause is a match and its time and nothing else."""
        here = self._layout.clause_of[match.first]
        said = {*match.places, *range(cue.first, cue.last + 1)}
        words = (place for place, token in enumerate(self._tokens) if token.kind == "word")
        return all(place in said for place in words if self._layout.clause_of[place] == here)

    def _past(self, match: Match) -> Cue | None:
        if match.pattern.concept.startswith(CONDITION):
            # a long illness lasts, however long ago it began
            return None
        sentence = self._layout.sentence_of
        here = self._layout.clause_of[match.first]
        years = self._dates.years(here)
        dated = self._dates.since_year(match, years)
        if dated is not None:
            return Cue("historical", dated, dated)
        # the "now" of "well now" is not when it was
        well = [cue for cue in self._cues.of("well_now") if cue.first > match.last]
        now = [cue.first for cue in self._layout.cues_in(here, self._cues, "current", "superlative")]
        recent = [place for place in now if not any(cue.first <= place <= cue.last for cue in well)]
        # "he had a stroke in 2019 and speaks well now": told of then, and the year stands nearer
        told = self._layout.cues_in(here, self._cues, "bygone")
        if recent and not (told and _nearer(years, recent, match)):
            return None
        if any(sentence[cue.first] == sentence[match.first] for cue in self._cues.of("returned")):
            return None
        if years:
            return Cue("historical", years[0], years[0])
        for cue in self._layout.cues_in(here, self._cues, "historical", "background"):
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
        bygone = self._layout.cues_in(here, self._cues, "bygone")
        for cue in self._dates.plain_ages:
            if self._follows(cue, match):
                return cue
        for cue in (*self._dates.then, *self._cues.of("historical")):
            if cue.first > match.first or sentence[cue.first] != sentence[match.first] or self._lasts(cue, here, match):
                continue
            if any(cue.last < other.first <= match.last for other in breaks):
                continue
            joined = clause[cue.first] == here or not any(
                number in self._layout.soft for number in range(clause[cue.first] + 1, here + 1)
            )
            if bygone or (cue in self._dates.then and joined):
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
        past = past or (match.pattern.concept in self._kinds.events and clause[match.first] not in self._dates.present)
        return past and not any(self._tokens[place].kind in {"mark", "stop"} for place in between)

    def _is_about(self, cue: Cue, match: Match) -> bool:
        """Whether "history of" speaks of what was before: of what is near, no medicine, and not "3-day history of"."""
        counted = any(token.kind == "number" for token in self._tokens[max(0, cue.first - _NEAR) : cue.first])
        near = 0 <= match.first - cue.last <= _NEAR + 1
        return near and not counted and not match.pattern.concept.startswith(MEDICINE)


def _nearer(years: Sequence[int], others: Sequence[int], match: Match) -> bool:
    """Whether a year stands nearer to a match than any other token does."""

    def gap(places: Sequence[int]) -> int:
        return min(max(place - match.last, match.first - place) for place in places)

    return bool(years) and gap(years) < gap(others)
