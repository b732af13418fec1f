"""Durations and times ago, as minutes, and the findings that they belong to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from knowledge.quantities import Numbers
from triage.findings.clauses import Layout
from triage.findings.cues import Cue
from triage.findings.numerals import NumberCues, Numeral, short_by

Range = tuple[float, float]

_HOUR = 60.0
_WEEK = 10080.0
_YEAR = 525_960.0


@dataclass(frozen=True, slots=True)
class Time:
    """How long, or how long ago, in minutes."""

    minutes: Range
    first: int
    last: int
    numeral: Numeral | None = None
    """The number in it."""
    ago: bool = False
    since: bool = False
    """Said to last ("for", "since")."""


class TimesReader:
    """Reads durations by the words around a number, and moments such as "yesterday".

    Args:
        tables: Number tables by language.
    """

    def __init__(self, tables: Mapping[str, Numbers]) -> None:
        self._units = {
            f"{tag} {place}": unit.minutes for tag, table in tables.items() for place, unit in enumerate(table.units)
        }
        self._moments = {
            f"{tag} {place}": item.range for tag, table in tables.items() for place, item in enumerate(table.moments)
        }

    def times(self, numerals: Sequence[Numeral], cues: NumberCues, idle: Sequence[bool]) -> list[Time]:
        """Return every duration and moment, in order of place."""
        found: list[Time] = []
        by_place = {numeral.first: numeral for numeral in numerals}
        added: set[Numeral] = set()
        for numeral in numerals:
            if numeral in added:
                continue
            place = numeral.last + 1
            while place < len(idle) and idle[place] and not cues.at("unit", place):
                place += 1
            for cue in cues.at("unit", place):
                if cues.ending_at("every", numeral.first - 1) is None:
                    unit = self._units[cue.name]
                    last = cue.last
                    more = next(iter(cues.at("half_after", last + 1)), None)
                    extra = 0.5 * unit if more is not None else 0.0
                    rest = by_place.get(last + 1)
                    if unit == _HOUR and rest is not None and rest.high < _HOUR and not cues.at("unit", rest.last + 1):
                        extra, last = rest.low, rest.last
                        added.add(rest)
                    less, last = short_by(last + 1, numerals, cues, self._units)
                    found.append(self._time(
                        (numeral.low * unit + extra - less, numeral.high * unit + extra - less),
                        numeral.first, more.last if more else last, numeral, cues,
                    ))  # fmt: skip
                break
        taken = {place for time in found for place in range(time.first, time.last + 1)}
        for cue in cues.all("dual"):
            unit = self._units[cue.name]
            if cue.first not in taken and cues.ending_at("every", cue.first - 1) is None:
                below = cues.ending_at("less_than", cue.first - 1) or cues.ending_at("almost", cue.first - 1)
                least = 0.0 if below else 2 * unit
                found.append(self._time((least, 2 * unit), cue.first, cue.last, None, cues))
        named = {place for cue in cues.all("moment") for place in range(cue.first, cue.last + 1)}
        for cue in cues.all("unit"):
            if cue.first in named:
                continue
            # "for a week", "il y a une heure", "hadi simana": one of it
            unit = self._units[cue.name]
            before = cue.first - 1
            while before >= 0 and idle[before]:
                before -= 1
            timed = (
                cues.ending_at("since", before)
                or cues.ending_at("ago", before)
                or cues.ending_at("since", cue.first - 1)
            )
            timed = timed or cues.ending_at("ago", cue.first - 1) or next(iter(cues.at("ago", cue.last + 1)), None)
            timed = timed or self._one(cue.first - 1, numerals, cues)
            more = next(iter(cues.at("half_after", cue.last + 1)), None)
            one = any(item.first == cue.last + 1 and item.low == item.high == 1 for item in numerals)
            # "a month and a half", "شهر واحد", and a unit that is all that is said
            timed = timed or (cue if more or one or _is_all(cue, cues, idle) else None)
            if cue.first not in taken and timed is not None:
                lasting = unit * (1.5 if more else 1)
                found.append(self._time((lasting, lasting), cue.first, more.last if more else cue.last, None, cues))
        taken = {place for time in found for place in range(time.first, time.last + 1)}
        for cue in cues.all("moment"):
            if cue.first not in taken:
                since = bool(cues.at("since", cue.first))
                found.append(Time(self._moments[cue.name], cue.first, cue.last, since=since))
        return self._with_months(sorted(found, key=lambda time: time.first), cues)

    def _with_months(self, times: Sequence[Time], cues: NumberCues) -> list[Time]:
        """Make one time of "a year and two months", which is neither a year nor two months."""
        years = {
            cue.last: (cue.first, self._units[cue.name]) for cue in cues.all("unit") if self._units[cue.name] >= _YEAR
        }
        joined: list[Time] = []
        for time in times:
            before = time.first - 1 - bool(cues.ending_at("joiners", time.first - 1))
            is_part = _WEEK < time.minutes[0] < _YEAR and not time.since
            if is_part and joined and joined[-1].last == before and joined[-1].minutes[0] >= _YEAR:
                longer = joined.pop()
                low, high = (one + two for one, two in zip(longer.minutes, time.minutes, strict=True))
                joined.append(replace(longer, minutes=(low, high), last=time.last, ago=longer.ago or time.ago))
            elif is_part and time.numeral is None and before in years:
                first, year = years[before]
                joined.append(replace(time, minutes=(time.minutes[0] + year, time.minutes[1] + year), first=first))
            else:
                joined.append(time)
        return joined

    def _one(self, place: int, numerals: Sequence[Numeral], cues: NumberCues) -> Cue | None:
        """Return the article of "a week", unless it is the rhythm of "3 times a week"."""
        counted = any(0 <= place - numeral.last <= 2 for numeral in numerals)
        rhythm = cues.ending_at("once", place - 1)
        return None if counted or rhythm is not None else cues.ending_at("article", place)

    def _time(self, minutes: Range, first: int, last: int, numeral: Numeral | None, cues: NumberCues) -> Time:
        ago = next((cue for cue in cues.at("ago", last + 1) if not _begins(cue, cues)), None)
        before = cues.ending_at("ago", first - 1)
        since = cues.ending_at("since", first - 1)
        return Time(
            minutes,
            before.first if before else since.first if since else first,
            ago.last if ago else last,
            numeral,
            ago=ago is not None or before is not None,
            since=since is not None,
        )


def _is_all(unit: Cue, cues: NumberCues, idle: Sequence[bool]) -> bool:
    """Whether a message says nothing but a unit, and perhaps "he has"."""
    light = {place for cue in cues.all("age_weak") for place in range(cue.first, cue.last + 1)}
    rest = {place for place, no_weight in enumerate(idle) if not no_weight} - light
    return len(rest) == 1 and unit.first in rest


def _begins(ago: Cue, cues: NumberCues) -> bool:
    """Whether an "ago" belongs to the time after it: "4 years, half an hour ago" with the Arabic word in front."""
    place = ago.last + 1
    if cues.at("number", place) and not cues.at("unit", place):
        place += 1
    return any(cues.at(kind, place) for kind in ("unit", "dual"))


def time_of(
    first: int,
    last: int,
    times: Sequence[Time],
    layout: Layout,
    busy: frozenset[int],
    *,
    recovered: bool = False,
    back: Sequence[Time] = (),
) -> Time | None:
    """Return the time that belongs to a finding: the nearest in its clause, or alone in the next clause.

    Args:
        first: First token of the finding.
        last: Its last token.
        times: All times of the message.
        layout: Clauses and sentences.
        busy: Clauses that hold findings.
        recovered: It has gone, so how long it lasted says more than when it was.
        back: Times that date the clause before their own ("but that was ten years ago").
    """
    clause, sentence = layout.clause_of, layout.sentence_of

    def gap(time: Time) -> tuple[bool, int, int]:
        moment = recovered and time.numeral is None
        return (moment, time.first - last, 0) if time.first > last else (moment, max(first - time.last, 0), 1)

    here = [time for time in times if clause[time.first] == clause[first]]
    if not here:
        here = [
            time
            for time in back
            if sentence[time.first] == sentence[first]
            and busy.isdisjoint(_opened(clause[first], clause[time.first]))
            and first < time.first
        ]
    # "yesterday, lasted five minutes": a moment alone leaves open how long
    moments = [time for time in here if time.numeral is None and not time.since]
    told = len(moments) < len(here)
    if told and not recovered:
        lasting = [time for time in here if time.numeral is not None and not time.ago] if moments else []
        return min(lasting or here, key=gap)
    near = [
        time
        for time in times
        if sentence[time.first] == sentence[first]
        and abs(clause[time.first] - clause[first]) <= 2
        and clause[time.first] not in busy
        and all(number in layout.soft for number in _opened(clause[time.first], clause[first]))
    ]
    if moments and not told and not recovered:
        return min(
            (time for time in near if time.since and time.numeral is not None), key=gap, default=min(here, key=gap)
        )
    return min([*here, *near], key=gap, default=None)


def _opened(one: int, other: int) -> range:
    """Return the clauses that were opened on the way from one clause to the other."""
    return range(min(one, other) + 1, max(one, other) + 1)
