"""How far on a pregnancy is, which is told like an age ("she is 28 weeks") or like a time ("36 weeks")."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from knowledge.checks import MINUTES
from knowledge.grammar import Person
from triage.findings.measures import Reading
from triage.findings.months import Age
from triage.findings.numerals import NumberCues
from triage.findings.people import SELF, PeopleReader
from triage.findings.times import Time
from triage.findings.tokens import Token, is_edge

PREGNANT_WEEKS = "pregnant_weeks"

_SHORTEST, _LONGEST = 3, 44
_EARLIEST, _LATE = 4, 20
_SHORT_WORD = 2


class PregnancyReader:
    """Tells the weeks and months of a pregnancy from ages and times.

    Args:
        people: People whose age and sex their word tells.
    """

    def __init__(self, people: Mapping[str, Person]) -> None:
        self._people = people

    def weeks(
        self,
        ages: list[Age],
        times: list[Time],
        tokens: Sequence[Token],
        cues: NumberCues,
        people: PeopleReader,
        *,
        unborn: bool,
    ) -> tuple[Reading | None, list[Age], list[Time]]:
        """Return how far on the pregnancy is, if that is told, and the ages and times that are left.

        Args:
            ages: Ages of the message.
            times: Its times.
            tokens: The message.
            cues: Its words around numbers.
            people: Whose things are.
            unborn: Whether the message is about a baby that is not born.
        """
        names = [name for _, name in people.mentioned]
        if unborn:
            told = _how_far_on([*ages, *times])
            if told is not None:
                return _reading(told), [age for age in ages if age is not told], [t for t in times if t is not told]
            return None, ages, times
        if not any(self._is_young(name) for name in names):
            hers = [age for age in ages if self._may_be_pregnant(age.person or people.holder(age.first, age.last).name)]
            told = _how_far_on(hers)
            if told is not None:
                # no grown woman is some weeks old
                return _reading(told), [age for age in ages if age not in hers], times
        told = _weeks_of_hers(times, cues, tokens)
        if told is not None and not people.writes_for_child:
            # a husband or a father of another sentence is not far on
            beside = people.named_before(told.first)
            if all(name == SELF or self._may_be_pregnant(name) for name in beside):
                return _reading(told), ages, [time for time in times if time is not told]
        return None, ages, times

    def _may_be_pregnant(self, name: str) -> bool:
        """Whether weeks told of a person are those of a pregnancy sooner than an age."""
        person = self._people.get(name)
        return person is not None and person.sex == "F" and person.age_days is None and not person.pronoun

    def _is_young(self, name: str) -> bool:
        person = self._people.get(name)
        return person is not None and person.age_days is not None and not person.age_days[0]


def _weeks_of_hers(times: Sequence[Time], cues: NumberCues, tokens: Sequence[Token]) -> Time | None:
    """Return the time that is the length of a pregnancy: "I'm 28 weeks", or "36 weeks" on its own."""
    for time in times:
        numeral = time.numeral
        if numeral is None or not numeral.low or time.ago or time.since:
            continue
        weeks = time.minutes[0] / MINUTES["weeks"]
        by_week = weeks == numeral.low and weeks <= _LONGEST and weeks % 1 == 0
        announced = any(cues.ending_at(kind, numeral.first - 1) for kind in ("age_bare", "age_is"))
        announced = announced or (
            cues.ending_at("weeks_at", numeral.first - 1) is not None and not cues.at("weeks_of", time.last + 1)
        )
        announced = announced and weeks >= _EARLIEST
        alone = is_edge(tokens, numeral.first - 1) and weeks >= _LATE and not _counts(tokens, time.last + 1)
        if by_week and (announced or alone):
            return time
    return None


def _counts(tokens: Sequence[Token], place: int) -> bool:
    """Whether a short grammar word follows that makes a time the length of something ("24 weeks of back pain")."""
    return place < len(tokens) and tokens[place].kind == "word" and len(tokens[place].text) <= _SHORT_WORD


def _how_far_on(items: Sequence[Age | Time]) -> Age | Time | None:
    """Return the first weeks or months that could be the length of a pregnancy."""
    for item in items:
        numeral = item.numeral
        if numeral is None or not numeral.low or (isinstance(item, Time) and (item.ago or item.since)):
            continue
        minutes = _minutes(item)
        by_week_or_month = minutes / numeral.low in (MINUTES["weeks"], MINUTES["months"])
        if by_week_or_month and _SHORTEST <= round(minutes / MINUTES["weeks"], 1) <= _LONGEST:
            return item
    return None


def _minutes(item: Age | Time) -> float:
    return item.low * MINUTES["days"] if isinstance(item, Age) else item.minutes[0]


def _reading(told: Age | Time) -> Reading:
    weeks = round(_minutes(told) / MINUTES["weeks"], 1)
    return Reading(PREGNANT_WEEKS, weeks, weeks, told.first, told.last)
