"""How one language says numbers, times and measurements."""

from __future__ import annotations

from typing import Literal

from pydantic import StrictStr

from knowledge.grammar import Range, Words
from knowledge.schema import Content


class Unit(Content):
    """Words of a unit and how to get from it to the unit of its quantity."""

    words: Words = ()
    scale: float = 1.0
    offset: float = 0.0
    """Added before scaling (Fahrenheit)."""
    range: Range | None = None
    """Plausible values in this unit; others are not read with it."""
    alone: bool = False
    """Whether a number with this unit needs no announcement ("120 bpm")."""


class Measure(Content):
    """How a quantity is said."""

    quantity: StrictStr
    range: Range
    """Plausible values of the quantity."""
    before: Words = ()
    """Words before the number that announce it."""
    after: Words = ()
    units: tuple[Unit, ...] = ()
    readings: tuple[Unit, ...] = ()
    """Units to try when none is said; several that fit give a range over all of them. Empty: a unit must be said."""
    bare: Range | None = None
    """Numbers that are read as this quantity without any announcement or unit."""
    leading: bool = False
    """Whether the unit may stand before the number ("week 32")."""
    whole: bool = False
    """Counts: a word such as "twice" will do, and fractions will not."""


class Moment(Content):
    """Words and a range of minutes (days for stages of life)."""

    words: Words
    range: Range


class TimeUnit(Content):
    """A unit of time in minutes."""

    words: Words
    minutes: float
    dual: Words = ()
    """One word for two of it (Arabic)."""
    ages: bool = False
    """Whether a number of it with nothing else is an age ("60 ans")."""


class Numbers(Content):
    """Number words, time and measures of one language."""

    words: dict[StrictStr, float] = {}
    vague: dict[StrictStr, Range] = {}
    half_after: Words = ()
    """"And a half"."""
    quarter_after: Words = ()
    joiners: Words = ()
    """Between the parts of one number ("eight and thirty")."""
    to: Words = ()
    """Between the ends of a range."""
    more_than: Words = ()
    less_than: Words = ()
    almost: Words = ()
    """Before a number that is not reached yet ("almost 3 months")."""
    minus: Words = ()
    """Between a time and what it falls short by ("3 months less a week")."""
    once: dict[StrictStr, float] = {}
    """"Once", "twice"."""
    article: Words = ()
    """Before a unit of time it means one of it ("a week")."""
    labels: Words = ()
    """The number behind them is a name ("type 2", "room 12")."""
    having: Words = ()
    """Between a number and the word of a measure they tell an illness: "my mother, 59, has sugar"."""
    every: Words = ()
    """A rhythm follows, no duration ("every 5 minutes")."""
    units: tuple[TimeUnit, ...] = ()
    since: Words = ()
    ago: Words = ()
    moments: tuple[Moment, ...] = ()
    """Points in time such as "yesterday", as minutes ago."""
    age_before: Words = ()
    """Announces an age: "aged"."""
    age_weak: Words = ()
    """Announces an age in years only: "I am", "il a"."""
    age_bare: Words = ()
    """Announces an age without a unit: "I'm 52"."""
    age_is: Words = ()
    """The same after somebody's name: "my mother is 67"."""
    weeks_at: Words = ()
    """Announces the weeks of a pregnancy: "je suis à 28 semaines"."""
    weeks_of: Words = ()
    """Follows weeks that count to or from something else: "à 3 semaines de mon mariage"."""
    going_on: Words = ()
    """After a time, which is then how long it has gone on and no age ("3ndo simana w howa kaykhebb")."""
    age_past: Words = ()
    """Announces an age that is over, in a sentence about then: "when he was"."""
    born: Words = ()
    """Announces an age as the time since birth: "born", "né il y a"."""
    age_after: Words = ()
    """Follows the unit: "old"."""
    age_short: Words = ()
    """Years old in one word: "45yo"."""
    months_short: Words = ()
    """Months old, glued to the number: "my 3mo"."""
    stages: tuple[Moment, ...] = ()
    """Stages of life with ages in days."""
    sex_letters: dict[StrictStr, Literal["F", "M"]] = {}
    """Letters after an age: "45F"."""
    measures: tuple[Measure, ...] = ()
    pressure: Words = ()
    """Announces a blood pressure."""
    over: Words = ()
    """Between the two numbers of a blood pressure."""
    implies: dict[StrictStr, StrictStr] = {}
    """Comparison of a quantity to the concept it shows, e.g. `temp_c >= 38: fever`."""
    denies: dict[StrictStr, StrictStr] = {}
    """Comparison to the concept that a number right behind its words contradicts: "fever 36.8" is none."""
