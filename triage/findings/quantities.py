"""All numbers of a message as quantities of the subject, with times and sex."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from knowledge.grammar import Person
from knowledge.quantities import Numbers
from triage.facts import DAYS_PER_YEAR
from triage.findings.ages import AgesReader
from triage.findings.clauses import Layout
from triage.findings.cues import CueSheet
from triage.findings.dating import DateReader
from triage.findings.measures import MeasureReader, Reading
from triage.findings.months import Age
from triage.findings.numerals import NumberCues, Numeral, read_numerals
from triage.findings.people import SELF, PeopleReader, Side
from triage.findings.pregnancy import PREGNANT_WEEKS, PregnancyReader
from triage.findings.times import Time, TimesReader
from triage.findings.tokens import Token

_AGE = "age_days"
_DURATION = "duration_min"
_YOUNG_DAYS = 4 * DAYS_PER_YEAR
_IN_NAPPIES = 3 * DAYS_PER_YEAR
"""Age by which most children are dry by day (NHS, "How to potty train"); the fontanelle closes long before."""
_FEVER = 38.0
_INFANT_DAYS = 92
"""Degrees from which, and days up to which, a fever of an infant is an emergency (NICE NG143)."""
_AFTER_BIRTH = 84
"""Days of age up to which a child tells that its mother gave birth lately, as the complaint after a birth has it."""

Sex = Literal["F", "M"]


@dataclass(frozen=True)
class Measured:
    """What numbers tell: readings, times not yet attached to findings, sex, and who is ill."""

    readings: tuple[Reading, ...]
    times: tuple[Time, ...]
    sex: Sex | None
    side: Side | None

    def needs_help(self, *, child: bool) -> bool:
        """Return whether these numbers alone need help: a fever of a child, or an age of three months at most.

        Args:
            child: Whether a child is spoken of.
        """
        return any(
            (child and item.name == "temp_c" and item.low >= _FEVER)
            or (item.name == _AGE and item.high <= _INFANT_DAYS)
            for item in self.readings
        )

    def alone(self, used: set[int]) -> Iterator[Reading]:
        """Yield the times as a duration of whatever is spoken of, when no finding took any of them."""
        for time in () if used else self.times:
            yield Reading(_DURATION, *time.minutes, time.first, time.last)


class QuantitiesReader:
    """Reads every number of a message, each once.

    Args:
        tables: Number tables by language.
        people: People whose age and sex their word tells.
    """

    def __init__(self, tables: Mapping[str, Numbers], people: Mapping[str, Person]) -> None:
        self._people = people
        young = frozenset(
            name for name, person in people.items() if person.age_days is not None and person.age_days[0] < _YOUNG_DAYS
        )
        self._young = young
        self._small = young | {name for name, person in people.items() if person.pronoun}
        self._measures = MeasureReader(tables)
        self._times = TimesReader(tables)
        self._ages = AgesReader(tables, young, self._small)
        self._pregnancy = PregnancyReader(people)

    def read(
        self,
        tokens: Sequence[Token],
        cues: NumberCues,
        idle: Sequence[bool],
        layout: Layout,
        context: CueSheet,
        people: PeopleReader,
        side: Side | None,
        dates: DateReader,
        *,
        ill: Collection[str],
        unborn: bool,
        baby: int | None,
        opening: bool,
    ) -> Measured:
        """Return all quantities, those of other people, suppositions and measurements of long ago left out.

        Args:
            tokens: The message.
            cues: Its words around numbers.
            idle: Tokens that take no room.
            layout: Clauses and sentences.
            context: Cues of the message.
            people: Whose things are.
            side: Who is ill.
            dates: What dates things.
            ill: Names of those who are told to have something now.
            unborn: Whether the message is about a baby that is not born, so that "30 weeks" is how far on it is.
            baby: First token of what happens to babies only, if any is told.
            opening: Whether the message begins the encounter, and answers nothing.
        """
        numerals = read_numerals(tokens, cues)
        readings: list[Reading] = []

        def take(found: Iterator[tuple[Numeral, Reading]]) -> None:
            nonlocal numerals
            used = []
            for numeral, reading in found:
                used.append(numeral)
                readings.append(reading)
            numerals = [numeral for numeral in numerals if numeral not in used]

        take(self._measures.pressures(tokens, numerals, cues))
        take(self._measures.measures(tokens, numerals, cues))
        single = list(self._ages.ages(tokens, numerals, cues, idle, people, baby=baby is not None, opening=opening))
        ages = self._ages.months.joined(single, tokens, numerals, cues)
        numerals = [item for item in numerals if not cues.is_past_age(item.first)]
        used = [age.numeral for age in ages if age.numeral is not None]
        numerals = [numeral for numeral in numerals if numeral not in used]
        aged = {place for age in ages for place in range(age.first, age.last + 1)}
        times = [
            time for time in self._times.times(numerals, cues, idle) if not aged & set(range(time.first, time.last + 1))
        ]
        if not any(reading.name == PREGNANT_WEEKS for reading in readings):
            weeks, ages, times = self._pregnancy.weeks(ages, times, tokens, cues, people, unborn=unborn)
            readings += [weeks] if weeks is not None else []
        timed = [time.numeral for time in times]
        numerals = [numeral for numeral in numerals if numeral not in timed]
        take(self._measures.bare(tokens, numerals, cues))

        long_ago = {layout.clause_of[item.first] for item in readings if dates.was_measured(item.first, times)}
        supposed = context.of("hypothetical", "fiction")
        kept = [
            reading
            for reading in readings
            if not any(
                layout.clause_of[cue.first] == layout.clause_of[reading.first] and cue.last < reading.first
                for cue in supposed
            )
            and self._is_subject(people, reading.first, reading.last, side)
            and layout.clause_of[reading.first] not in long_ago
        ]
        # their time is not that of a symptom told beside them
        times = [time for time in times if layout.clause_of[time.first] not in long_ago]
        age, whose, sex = self._age(ages, people, side, baby)
        if age is not None:
            kept.append(age)
        sex = sex or self._sex(context, people, side, ill)
        if side == "self" != whose and sex != "M":
            kept += self._since_birth(ages, people)
        return Measured(tuple(kept), tuple(times), sex, whose)

    def _is_subject(self, people: PeopleReader, first: int, last: int, side: Side | None) -> bool:
        holder = people.holder(first, last)
        if holder.aside:
            return False
        return holder.name == SELF or holder.carried or side == "other" or side is None

    def _age(
        self, ages: Sequence[Age], people: PeopleReader, side: Side | None, baby: int | None
    ) -> tuple[Reading | None, Side | None, Sex | None]:
        """Return the subject's age, who has it, and the sex told with it; words only where no number is."""
        best: tuple[tuple[bool, bool, float], Age, Side] | None = None
        for age in ages:
            holder = people.holder(age.first, age.last)
            theirs = SELF if holder.carried and side == "self" else holder.name
            name = age.person if age.person is not None else theirs
            whose: Side = "self" if name == SELF and baby is None else "other"
            elsewhere = side is not None and whose != side and (name != SELF or holder.cue is not None)
            if holder.aside or (elsewhere and not self._is_infant(name, age, people)):
                continue
            # "baby, born yesterday": of two words for an age the one that says more
            wide = 0.0 if age.numeral is not None else age.high - age.low
            rank = (age.numeral is not None or age.person is not None, age.person is not None, -wide)
            if best is None or rank > best[0]:
                best = (rank, age, whose)
        if best is not None:
            _, age, whose = best
            sex: Sex | None = "F" if age.sex == "F" else "M" if age.sex == "M" else None
            told: Side | None = whose if whose == "other" or age.sex is None else None
            return Reading(_AGE, age.low, age.high, age.first, age.last), told, sex
        for place, name in people.mentioned:
            person = self._people.get(name)
            if name != SELF and person is not None and person.age_days is not None and side in {None, "other"}:
                low, high = person.age_days
                return (
                    Reading(_AGE, low, min(high, _IN_NAPPIES) if baby is not None and not low else high, place, place),
                    "other",
                    None,
                )
        if baby is not None and all(self._may_be_small(name) for _, name in people.mentioned):
            return Reading(_AGE, 0, _IN_NAPPIES, baby, baby), "other", None
        return None, None, None

    def _since_birth(self, ages: Sequence[Age], people: PeopleReader) -> Iterator[Reading]:
        """Yield how long ago the ill writer gave birth, by the age of a newborn ("he is 3 weeks, I have 39")."""
        for age in ages:
            name = age.person or people.holder(age.first, age.last).name
            if name in self._young and age.high <= _AFTER_BIRTH:
                yield Reading("postpartum_days", age.low, age.high, age.first, age.last)

    def _may_be_small(self, name: str) -> bool:
        return name == SELF or name in self._small

    def _is_infant(self, name: str, age: Age, people: PeopleReader) -> bool:
        """Whether "she is sixteen days old" opens the message: an infant is written for, whatever "I" does in it."""
        person = self._people.get(name)
        first = people.mentioned[0] if people.mentioned else None
        opens = first is not None and first[1] == name and first[0] <= age.first
        return opens and person is not None and person.pronoun and age.high <= _YOUNG_DAYS

    def _sex(self, context: CueSheet, people: PeopleReader, side: Side | None, ill: Collection[str]) -> Sex | None:
        names = [name for _, name in people.mentioned]
        if side == "other" or (side is None and SELF not in names):
            # "my neighbour told me to ask: my son woke with pain" is about the son
            for name in (*(name for name in names if name in ill), *names):
                person = self._people.get(name)
                if person is not None and person.sex is not None:
                    return person.sex
        if side != "other":
            for cue in context.of("sex"):
                return "F" if cue.name == "F" else "M"
        return None
