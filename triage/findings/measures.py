"""Measured and counted quantities: temperature, pressure, sugar, counts, lengths."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.quantities import Measure, Numbers, Unit
from triage.findings.cues import Cue
from triage.findings.numerals import NumberCues, Numeral
from triage.findings.tokens import Token, is_edge

_BEFORE = 5
_AFTER = 4
_SYSTOLIC, _DIASTOLIC = "bp_sys", "bp_dia"
_PULSE = "heart_rate"
_PULSES = (90, 220)
"""Bare numbers behind a pair that are no age."""
_COMMA = 2
"""Most tokens from a pair to the number behind it: a comma and itself."""
_LEAST_CMHG, _MOST_CMHG = 6, 30
_ABBREVIATION = 2
_OUT_OF = 3
"""How near ten stands to the number of which it is the most ("7 out of 10")."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A quantity read from some tokens."""

    name: str
    low: float
    high: float
    first: int
    last: int


class MeasureReader:
    """Reads measures by the words around a number.

    Args:
        tables: Number tables by language.
    """

    def __init__(self, tables: Mapping[str, Numbers]) -> None:
        self._measures = {
            f"{tag} {place}": measure
            for tag, numbers in tables.items()
            for place, measure in enumerate(numbers.measures)
        }
        self._bare = [measure for measure in self._measures.values() if measure.bare is not None]
        self._limits = {measure.quantity: measure.range for measure in self._measures.values()}

    def pressures(
        self, tokens: Sequence[Token], numerals: Sequence[Numeral], cues: NumberCues
    ) -> Iterator[tuple[Numeral, Reading]]:
        """Yield blood pressures with the numerals they use: "180/110", "14 sur 9" in cmHg, or a first number alone.

        A bare number right behind a pair is the pulse.
        """
        paired: Numeral | None = None
        lower: Numeral | None = None
        for here, numeral in enumerate(numerals):
            if numeral is paired:
                continue
            partner = numerals[here + 1] if here + 1 < len(numerals) else None
            named = self._near(numeral, cues.all("pressure"), tokens)
            if partner is not None and any(cue.last == partner.first - 1 for cue in cues.at("over", numeral.last + 1)):
                pair = _pressure_pair(numeral, partner, named=named)
                if pair is not None and self._fits(_SYSTOLIC, pair[0]) and self._fits(_DIASTOLIC, pair[1]):
                    paired = lower = partner
                    yield numeral, Reading(_SYSTOLIC, pair[0], pair[0], numeral.first, numeral.last)
                    yield partner, Reading(_DIASTOLIC, pair[1], pair[1], partner.first, partner.last)
            elif self._is_pulse_behind(numeral, lower, cues):
                yield numeral, Reading(_PULSE, numeral.low, numeral.low, numeral.first, numeral.last)
            elif named and numeral.exact and not (self._has_unit(numeral, cues) or _is_another(numeral, cues)):
                value = self._upper_alone(numeral, numerals[max(here - 1, 0) : here + 2], tokens, cues)
                if value is not None:
                    yield numeral, Reading(_SYSTOLIC, value, value, numeral.first, numeral.last)

    def _is_pulse_behind(self, numeral: Numeral, lower: Numeral | None, cues: NumberCues) -> bool:
        """Whether a bare number stands right behind a pair, as pulses are noted ("85/50, 130")."""
        follows = lower is not None and 0 < numeral.first - lower.last <= _COMMA
        whole = numeral.digits and numeral.exact and not numeral.low % 1
        return follows and whole and _PULSES[0] <= numeral.low <= _PULSES[1] and not self._has_unit(numeral, cues)

    def _upper_alone(
        self, numeral: Numeral, around: Sequence[Numeral], tokens: Sequence[Token], cues: NumberCues
    ) -> float | None:
        """Return the upper pressure in mmHg that a number alone tells; a small one is cmHg after a whole word only."""
        if numeral.low > _MOST_CMHG:
            return numeral.low if self._fits(_SYSTOLIC, numeral.low) else None
        scored = any(last.low == 10 and last.first - first.last <= _OUT_OF for first, last in pairwise(around))
        # "ta" is "until" in Darija, where Thursday and Saturday are made of five and seven
        least = _LEAST_CMHG if numeral.digits else _LEAST_CMHG + 2
        words = [
            cue for cue in cues.all("pressure") if cue.last > cue.first or len(tokens[cue.first].text) > _ABBREVIATION
        ]
        told = numeral.low >= least and not scored and self._near(numeral, words, tokens)
        return numeral.low * 10 if told else None

    def measures(
        self, tokens: Sequence[Token], numerals: Sequence[Numeral], cues: NumberCues
    ) -> Iterator[tuple[Numeral, Reading]]:
        """Yield the other measures with the numerals they use."""
        for numeral in numerals:
            reading = self._announced(numeral, tokens, cues)
            if reading is not None:
                yield numeral, reading
        for cue in cues.all("once"):
            # "twice" counts what is counted: shocks, stings
            numeral = Numeral(float(cue.name), float(cue.name), cue.first, cue.last, digits=False)
            for key in self._announcements(numeral, tokens, cues):
                measure = self._measures[key]
                likely = measure.whole and self._fits(measure.quantity, numeral.low)
                if likely and not cues.at("article", cue.last + 1):
                    yield numeral, Reading(measure.quantity, numeral.low, numeral.high, cue.first, cue.last)
                    break

    def bare(
        self, tokens: Sequence[Token], numerals: Sequence[Numeral], cues: NumberCues
    ) -> Iterator[tuple[Numeral, Reading]]:
        """Yield numbers that nothing announces but that can hardly be anything else ("38.9")."""
        for numeral in numerals:
            following = numeral.last + 1
            alone = is_edge(tokens, following)
            alone = alone or any(
                cues.at(kind, following) for kind in ("since", "moment", "joiners", "to", "half_after")
            )
            fraction = numeral.low % 1 or numeral.high % 1
            if not numeral.digits or not (alone or fraction) or self._has_unit(numeral, cues):
                continue
            for measure in self._bare:
                assert measure.bare is not None
                if measure.bare[0] <= numeral.low <= measure.bare[1]:
                    high = min(numeral.high, measure.range[1])
                    yield numeral, Reading(measure.quantity, numeral.low, high, numeral.first, numeral.last)
                    break

    def _announced(self, numeral: Numeral, tokens: Sequence[Token], cues: NumberCues) -> Reading | None:
        units = {cue.name: cue for step in (1, 2) for cue in reversed(cues.at("measure_unit", numeral.last + step))
                 if step == 1 or tokens[numeral.last + 1].text == "°"}  # fmt: skip
        said = self._announcements(numeral, tokens, cues)
        for name, cue in sorted(units.items(), key=lambda item: -item[1].last):
            key, _, number = name.rpartition(" ")
            measure, unit = self._measures[key], self._measures[key].units[int(number)]
            if unit.alone or key in said:
                found = _convert(numeral, [unit], measure)
                if found is not None:
                    return Reading(measure.quantity, *found, numeral.first, cue.last)
        if cues.ending_at("age_before", numeral.first - 1) is not None:
            return None
        for key in said:
            found = self._led(key, numeral, cues)
            if found is not None:
                return Reading(self._measures[key].quantity, *found, numeral.first, numeral.last)
        # "0,45 ce matin" is nothing in °C
        if any(self._may_be(numeral, name) for name in units) or self._has_time(numeral, cues):
            return None
        if not (numeral.exact or numeral.digits):
            return None  # "some" behind "haemoglobin 11.8 and there is" is no second one
        for key in said:
            measure = self._measures[key]
            found = _convert(numeral, measure.readings, measure)
            if found is not None:
                return Reading(measure.quantity, *found, numeral.first, numeral.last)
        return None

    def _may_be(self, numeral: Numeral, name: str) -> bool:
        """Whether a number may be one of the unit behind it."""
        key, _, number = name.rpartition(" ")
        limits = self._measures[key].units[int(number)].range
        return limits is None or limits[0] <= numeral.low <= limits[1]

    def _led(self, key: str, numeral: Numeral, cues: NumberCues) -> tuple[float, float] | None:
        """Return the range for a unit that stands before its number ("week 32")."""
        measure = self._measures[key]
        if cues.at("half_after", numeral.first) or (numeral.low == 1 and not numeral.digits):
            # "a month and a half", "شهر واحد": a single month is no first month
            return None
        for cue in cues.all("measure_unit") if measure.leading else ():
            name, _, number = cue.name.rpartition(" ")
            if name == key and cue.last == numeral.first - 1:
                return _convert(numeral, [measure.units[int(number)]], measure)
        return None

    def _announcements(self, numeral: Numeral, tokens: Sequence[Token], cues: NumberCues) -> list[str]:
        """Return the measures that words around the number announce, the nearest first."""
        found: list[tuple[int, str]] = []
        for cue in cues.all("announce"):
            if _reaches(tokens, cue.last, numeral.first, _BEFORE):
                found.append((numeral.first - cue.last, cue.name))
        for cue in cues.all("follow"):
            had = any(numeral.last < word.first <= cue.first for word in cues.all("having"))
            if not had and _reaches(tokens, numeral.last, cue.first, _AFTER):
                found.append((cue.first - numeral.last, cue.name))
        return [name for _, name in sorted(found)]

    def _near(self, numeral: Numeral, words: Sequence[Cue], tokens: Sequence[Token]) -> bool:
        return any(
            _reaches(tokens, cue.last, numeral.first, _BEFORE + 2) or _reaches(tokens, numeral.last, cue.first, _AFTER)
            for cue in words
        )

    def _fits(self, quantity: str, value: float) -> bool:
        low, high = self._limits.get(quantity, (0.0, float("inf")))
        return low <= value <= high

    def _has_unit(self, numeral: Numeral, cues: NumberCues) -> bool:
        return bool(cues.at("measure_unit", numeral.last + 1)) or self._has_time(numeral, cues)

    def _has_time(self, numeral: Numeral, cues: NumberCues) -> bool:
        return bool(cues.at("unit", numeral.last + 1))


def _is_another(numeral: Numeral, cues: NumberCues) -> bool:
    """Whether a word nearer than the one for pressure announces the number ("bp 150/95, pulse 110", "عمره 75")."""
    if cues.ending_at("age_before", numeral.first - 1) is not None:
        return True
    pressure = max((cue.last for cue in cues.all("pressure") if cue.last < numeral.first), default=-1)
    return any(pressure < cue.last < numeral.first for cue in cues.all("announce"))


def _pressure_pair(upper: Numeral, lower: Numeral, *, named: bool) -> tuple[float, float] | None:
    """Return a plausible pair in mmHg; two small numbers are cmHg only where pressure is spoken of."""
    first, second = upper.low, lower.low
    if not (upper.exact and lower.exact and first > second):
        return None
    if named and _LEAST_CMHG <= first <= _MOST_CMHG and 3 <= second <= 18:
        return first * 10, second * 10
    return (first, second) if first > 60 and second >= 30 else None


def _convert(numeral: Numeral, units: Sequence[Unit], measure: Measure) -> tuple[float, float] | None:
    """Return the range over every unit in which the number is plausible, or None."""
    ends: list[float] = []
    if measure.whole and (numeral.low % 1 or numeral.high % 1):
        return None
    for unit in units:
        if unit.range is not None and not unit.range[0] <= numeral.low <= unit.range[1]:
            continue
        low, high = ((value + unit.offset) * unit.scale for value in (numeral.low, numeral.high))
        if measure.range[0] <= low <= measure.range[1]:
            ends += [round(low, 2), round(min(high, measure.range[1]), 2)]
    return (min(ends), max(ends)) if ends else None


def _reaches(tokens: Sequence[Token], before: int, after: int, most: int) -> bool:
    """Whether one place stands before another, at most some tokens away and in the same sentence."""
    return 0 < after - before <= most and all(tokens[place].kind != "stop" for place in range(before + 1, after))
