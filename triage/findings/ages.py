"""Ages in any form, as days, and whose they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from knowledge.checks import MINUTES
from knowledge.quantities import Numbers
from triage.facts import DAYS_PER_YEAR
from triage.findings.age_surroundings import begins_anew, begins_time, goes_on, is_parted, named_beside, opens
from triage.findings.months import SHORT_UNIT, WEEK, Age, MonthsReader
from triage.findings.numerals import NumberCues, Numeral
from triage.findings.people import SELF, PeopleReader
from triage.findings.tokens import Token, is_edge

_OLDEST_YEARS = 115
_COLDEST, _HOTTEST, _PER_CENT = 35, 42, 100
_AND = "و"
_GROWN_LETTER = 13
"""A letter fused to a smaller number is a unit sooner than a sex ("2m")."""
_BEFORE_TERM = (22, 41)
"""Weeks after which a baby is born: "born at 35 weeks" is no age."""
_CHILD_YEARS = 17
_LATEST_MONTH = 24
_LONG_LIFE = 40
"""So many years, said alone, are an age: hardly anything else lasts as long."""


class AgesReader:
    """Reads ages by the words around a number, and stages of life such as "toddler".

    Args:
        tables: Number tables by language.
        young: Names of people whose age is told in weeks or months.
        small: Names of people who may be that young, a "he" whom nobody named for one.
    """

    def __init__(self, tables: Mapping[str, Numbers], young: frozenset[str], small: frozenset[str]) -> None:
        self._young = young
        self._small = small
        self._days = {
            f"{tag} {n}": unit.minutes / MINUTES["days"] for tag, t in tables.items() for n, unit in enumerate(t.units)
        }
        self._plain = {f"{tag} {n}" for tag, t in tables.items() for n, unit in enumerate(t.units) if unit.ages}
        self.months = MonthsReader(self._days)
        self._stages = {f"{tag} {n}": stage.range for tag, t in tables.items() for n, stage in enumerate(t.stages)}

    def ages(
        self,
        tokens: Sequence[Token],
        numerals: Sequence[Numeral],
        cues: NumberCues,
        idle: Sequence[bool],
        people: PeopleReader,
        *,
        baby: bool,
        opening: bool,
    ) -> Iterator[Age]:
        """Yield the ages of a message, each told with one unit; `months` joins "a year and two months".

        Args:
            tokens: The message.
            numerals: Its numbers that mean nothing else yet.
            cues: Its number words.
            idle: Tokens that are fillers.
            people: Who is mentioned.
            baby: Whether what is told happens to babies only.
            opening: Whether the message begins the encounter, so that a number in front answers no question.
        """
        mentioned, ending = people.mentioned, people.ending
        for numeral in numerals:
            if cues.is_past_age(numeral.first):
                continue
            apart = numeral.first > 1 and tokens[numeral.first - 1].text in {",", "،"}
            beside = ending.get(numeral.first - (2 if apart else 1), SELF)
            other = any(ending.get(place, SELF) != SELF for place in (numeral.first - 1, numeral.first - 2))
            leads = opening and numeral.first == 0 and self._is_of_somebody_small(mentioned)
            leads = leads or (baby and opens(numeral.first, tokens, idle))
            enclosed = apart and is_edge(tokens, numeral.last + 1)
            # "I'm a man, 40": who is named right before a number between commas may be the writer
            named = beside not in {SELF, *self._young} or (enclosed and beside == SELF and numeral.first - 2 in ending)
            grown = beside if named else None
            begins = numeral.first == 0 and numeral.last + 2 < len(tokens) and is_edge(tokens, numeral.last + 1)
            listed = opening and (enclosed or begins)
            age = self._age(numeral, tokens, cues, idle, mentioned, ending, grown, other, leads, baby, enclosed, listed)
            if age is None and beside in self._young and not apart:
                age = self._of_child(numeral, tokens, cues, beside)
            if age is not None and not self._belies(age, cues):
                yield age
        for cue in cues.all("dual"):
            born = cues.ending_at("born", cue.first - 1) is not None
            if (
                not (cues.is_past_age(cue.first) or goes_on(cue.first, cue.last, cues, mentioned, idle))
                and (born or cues.ending_at("since", cue.first - 1) is None)
                and not (tokens[cue.first].text[:1] == _AND and cues.ending_at("unit", cue.first - 1))
                and cue.name in self._days
                and (
                    born
                    or self._announced_at_all(cue.first, cues, idle)
                    or self._is_beside_a_child(cue.first, cue.last, self._days[cue.name], mentioned)
                )
            ):
                low, high = _span(2, 2, self._days[cue.name])
                yield Age(low, high, cue.first, cue.last, None, named_beside(cue.first, cue.last, mentioned, idle))
        counted = {numeral.last + 1 for numeral in numerals}
        for cue in cues.all("unit"):
            if cue.first in counted or cues.is_past_age(cue.first):
                continue
            announced = any(cues.ending_at(kind, cue.first - 1) for kind in ("age_before", "born"))
            # "عندو شهر واحد", "ابني شهر واحد": what has lasted so long is told without the "one"
            one = any(n.first == cue.last + 1 and n.low == n.high == 1 and not n.digits for n in numerals)
            announced = announced or (one and cues.ending_at("age_weak", cue.first - 1) is not None)
            child = self._is_beside_a_child(cue.first, cue.last, self._days[cue.name], mentioned)
            half = next(iter(cues.at("half_after", cue.last + 1)), None)
            if announced or (child and (one or half or self.months.behind(cue.last + 1, tokens, numerals, cues)[0])):
                # "عمره سنة": one of it; "ابني عام وشهران", "بنتي شهر ونص"
                low, high = _span(1.5, 1.5, self._days[cue.name]) if half else _span(1, 1, self._days[cue.name])
                last = half.last if half else cue.last
                yield Age(low, high, cue.first, last, None, named_beside(cue.first, last, mentioned, idle))
        for cue in cues.all("stage"):
            low, high = self._stages[cue.name]
            yield Age(low, high, cue.first, cue.last)

    def _age(
        self, numeral: Numeral, tokens: Sequence[Token], cues: NumberCues, idle: Sequence[bool],
        people: Sequence[tuple[int, str]], ending: Mapping[int, str], beside: str | None, pronoun: bool, leads: bool,
        baby: bool, enclosed: bool, listed: bool,
    ) -> Age | None:  # fmt: skip
        short = self._short(numeral, tokens, cues, idle, people) or self._months_short(numeral, tokens, cues, people)
        if short is not None:
            return short
        place = numeral.last + 1
        while place < len(tokens) and tokens[place].text in {"-", "–"}:
            place += 1
        units = cues.at("unit", place)
        if not units:
            return self._bare(numeral, tokens, cues, idle, people, beside, pronoun, enclosed, listed)
        unit = units[0]
        days = self._days[unit.name]
        born = cues.ending_at("born", numeral.first - 1)
        term = days == WEEK and _BEFORE_TERM[0] <= numeral.low <= _BEFORE_TERM[1]
        if term and (born is not None or cues.ending_at("born", numeral.first - 2) is not None):
            return None
        if born is None and (
            cues.ending_at("since", numeral.first - 1)
            or cues.ending_at("ago", numeral.first - 1)
            or (cues.at("ago", unit.last + 1) and not begins_time(unit.last + 1, tokens, cues))
            or goes_on(numeral.first, unit.last, cues, people, idle)
        ):
            return None
        after = unit.last + 1
        while after < len(tokens) and tokens[after].text in {"-", "–"}:
            after += 1
        old = next(iter(cues.at("age_after", after)), None)
        last = old.last if old else unit.last
        person = named_beside(numeral.first, last, people, idle)
        is_young = person is not None and person in self._young
        # "bnti fiha skhana 4 yam": days behind what a child has are how long it lasts
        is_young = is_young and (days >= WEEK or not is_parted(numeral.first, person, ending, tokens, idle, cues))
        told = old is not None or is_young or unit.name in self._plain or born is not None
        alone = numeral.first == 0 and last + 1 == len(tokens)
        told = told or (alone and days > SHORT_UNIT and numeral.low >= _LONG_LIFE)
        # "elle a 3 mois, toute molle": an age, unless something is counted ("il a 3 jours de fièvre")
        ends = is_edge(tokens, last + 1)
        parted = pronoun and (ends or begins_anew(last + 1, tokens, cues, people))
        told = told or (parted and self._announced("age_weak", numeral.first, cues, idle))
        told = told or self._announced("age_before", numeral.first, cues, idle)
        # "7 months, watery stools": in front of a message in which nobody speaks of themselves, or of nappies
        ends = ends or (baby and numeral.first == 0)
        told = told or (leads and ends and last + 2 < len(tokens) and WEEK <= days < SHORT_UNIT)
        if not told and not (days > SHORT_UNIT and self._announced("age_weak", numeral.first, cues, idle)):
            return None
        if days < 1 or days * numeral.low > _OLDEST_YEARS * DAYS_PER_YEAR:
            return None
        low, high = _span(numeral.low, numeral.high, days, below=numeral.below)
        return Age(low, high, numeral.first, last, numeral, person)

    def _short(
        self,
        numeral: Numeral,
        tokens: Sequence[Token],
        cues: NumberCues,
        idle: Sequence[bool],
        people: Sequence[tuple[int, str]],
    ) -> Age | None:
        """An age in a medical note: "45yo male", "45F"."""
        place = numeral.last + 1
        if not 1 <= numeral.low <= _OLDEST_YEARS:
            return None
        years = next(iter(cues.at("age_short", place)), None)
        letter = next(iter(cues.at("sex_letter", years.last + 1 if years else place)), None)
        fused = place < len(tokens) and tokens[place].start == tokens[place - 1].end and numeral.low >= _GROWN_LETTER
        if years is None and (letter is None or not fused):
            return None
        low, high = _span(numeral.low, numeral.high, DAYS_PER_YEAR, below=numeral.below)
        last = letter.last if letter else place if years is None else years.last
        person = named_beside(numeral.first, last, people, idle)
        return Age(low, high, numeral.first, last, numeral, person, letter.name if letter else None)

    def _months_short(
        self, numeral: Numeral, tokens: Sequence[Token], cues: NumberCues, people: Sequence[tuple[int, str]]
    ) -> Age | None:
        """An age in months as parents write it: "my 3mo", "7mo won't drink"; "a cough 3mo" is none."""
        place = numeral.last + 1
        glued = place < len(tokens) and tokens[place].start == tokens[place - 1].end
        leads = (numeral.first - 1, SELF) in people or (numeral.first == 0 and place + 2 < len(tokens))
        leads = leads and not cues.at("ago", place + 1)
        if not (glued and leads and cues.at("months_short", place)) or not 1 <= numeral.low <= _LATEST_MONTH:
            return None
        low, high = _span(numeral.low, numeral.high, DAYS_PER_YEAR / 12, below=numeral.below)
        return Age(low, high, numeral.first, place, numeral)

    def _bare(
        self, numeral: Numeral, tokens: Sequence[Token], cues: NumberCues, idle: Sequence[bool],
        people: Sequence[tuple[int, str]], beside: str | None, pronoun: bool, enclosed: bool, listed: bool,
    ) -> Age | None:  # fmt: skip
        """An age without unit: "I'm 52", "aged 70", "my nan 80 fainted", "woman, 39, headache", "arm pain, 61"."""
        following = numeral.last + 1
        ends = is_edge(tokens, following) or idle[following]
        ends = ends or bool(cues.at("joiners", following)) or bool(cues.at("sex_letter", following))
        # Nothing but an age is likely, whatever word follows; 35 to 42 may be a temperature.
        grown = numeral.low >= _GROWN_LETTER and not _COLDEST <= numeral.low <= _HOTTEST and numeral.low != _PER_CENT
        person = named_beside(numeral.first, numeral.last, people, idle) or beside
        said = (ends or grown) and cues.ending_at("age_bare", numeral.first - 1) is not None
        said = said or (cues.ending_at("age_before", numeral.first - 1) is not None)
        said = said or (ends and person is not None and cues.ending_at("age_is", numeral.first - 1) is not None)
        said = said or (beside is not None and (grown or enclosed)) or (listed and grown)
        said = said or (grown and pronoun and self._announced("age_weak", numeral.first, cues, idle))
        whole = numeral.low % 1 == 0 and 1 <= numeral.low <= _OLDEST_YEARS
        if not said or not whole or tokens[min(following, len(tokens) - 1)].text in {"%", "°", "/"}:
            return None
        low, high = _span(numeral.low, numeral.high, DAYS_PER_YEAR, below=numeral.below)
        return Age(low, high, numeral.first, numeral.last, numeral, person)

    def _of_child(self, numeral: Numeral, tokens: Sequence[Token], cues: NumberCues, person: str) -> Age | None:
        """An age in years without the word, right behind a child: "my son 4 has a fever"."""
        following = numeral.last + 1
        whole = numeral.exact and numeral.low % 1 == 0 and 1 <= numeral.low <= _CHILD_YEARS
        if not whole or not (is_edge(tokens, following) or cues.at("having", following)):
            return None
        low, high = _span(numeral.low, numeral.high, DAYS_PER_YEAR)
        return Age(low, high, numeral.first, numeral.last, numeral, person)

    def _belies(self, age: Age, cues: NumberCues) -> bool:
        """Whether the stage of life right before an age is that of somebody older ("my toddler, 3 days now")."""
        before = (cue for cue in cues.all("stage") if 0 < age.first - cue.last <= 2)
        return any(age.high < self._stages[cue.name][0] for cue in before)

    def _is_beside_a_child(self, first: int, last: int, days: float, people: Sequence[tuple[int, str]]) -> bool:
        """Whether weeks or more stand right behind a baby, or years behind any child ("my daughter two years")."""
        before = next((name for place, name in people if place == first - 1), None)
        if before is None or last < first:
            return False
        return before in self._small if days > SHORT_UNIT else before in self._young and days >= WEEK

    def _is_of_somebody_small(self, people: Sequence[tuple[int, str]]) -> bool:
        """Whether nobody speaks of themselves or of a grown person."""
        others = [name for _, name in people if name != SELF]
        return all(name in self._small for name in others) if others else not people

    def _announced_at_all(self, first: int, cues: NumberCues, idle: Sequence[bool]) -> bool:
        return any(self._announced(kind, first, cues, idle) for kind in ("age_before", "age_weak"))

    def _announced(self, kind: str, first: int, cues: NumberCues, idle: Sequence[bool]) -> bool:
        before = first - 1
        while before >= 0:
            if cues.ending_at(kind, before) is not None:
                return True
            if not idle[before]:
                return False
            before -= 1
        return False


def _span(low: float, high: float, days: float, *, below: bool = False) -> tuple[float, float]:
    """Return the days of a told age: somebody of two years is not three yet, somebody of almost three not that."""
    if below:
        return low * days, high * days - 1
    return low * days, max((high + 1) * days - 1, low * days)
