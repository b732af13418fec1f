"""What is known of the subject: present, absent or unknown for each concept, and ranges for quantities."""

from __future__ import annotations

from dataclasses import dataclass, field

from knowledge.checks import time_of
from knowledge.conditions import Absent, Compare, Present
from knowledge.vocabulary import Polarity
from triage.types import Finding, Quantity

Range = tuple[float, float]

DAYS_PER_YEAR = 365.25
AGE_DAYS = {"age_days": 1.0, "age_months": DAYS_PER_YEAR / 12, "age_years": DAYS_PER_YEAR}
"""Days in the unit of each quantity of age."""
OLDEST = 130 * DAYS_PER_YEAR
ALWAYS_TOLD = frozenset({"age", "sex"})
"""What every encounter is looked up by, told or not."""
NEWBORN = 28
"""Days up to which a baby is called newborn."""
GROWN = 18 * DAYS_PER_YEAR
"""Days of age from which nobody is a child."""


@dataclass
class Facts:
    """Three-valued view of an encounter.

    A finding that was affirmed stays present however often it is denied later: only a confirmed retraction removes it.
    A possible finding becomes absent when the patient says so.
    """

    present: dict[str, Finding] = field(default_factory=dict)
    absent: dict[str, Finding] = field(default_factory=dict)
    times: dict[str, Range] = field(default_factory=dict)
    """Minutes that a concept has lasted, or since it happened."""
    numbers: dict[str, Quantity] = field(default_factory=dict)
    age_days: Range = (0.0, OLDEST)
    age_asked_about: bool = False
    """The age is that of a word in a question for information, which need not be about somebody who is ill."""
    sex: str | None = None
    suspected: dict[str, Finding] = field(default_factory=dict)
    """What the second voice thinks may be there and nobody has said: unknown to every rule, worth a question."""

    def truth(self, atom: Present | Absent | Compare) -> bool | None:
        """Return whether an atom holds; None when it is not known."""
        if isinstance(atom, Compare):
            return self._compare(atom)
        if atom.concept.endswith(".ongoing"):
            return self._ongoing(atom.concept.removesuffix(".ongoing"))
        if atom.concept in self.present:
            return isinstance(atom, Present)
        if atom.concept in self.absent:
            return isinstance(atom, Absent)
        return None

    def range(self, quantity: str) -> Range | None:
        """Return the (least, most) value of a quantity in the unit of its name, or None when nothing is known."""
        if quantity in AGE_DAYS:
            unit = AGE_DAYS[quantity]
            return (self.age_days[0] / unit, self.age_days[1] / unit)
        time = time_of(quantity)
        if time is not None:
            concept, minutes = time
            known = self.times.get(concept)
            return None if known is None else (known[0] / minutes, known[1] / minutes)
        number = self.numbers.get(quantity)
        return None if number is None else (number.low, number.high)

    @property
    def told(self) -> frozenset[str]:
        """Names of all that is known, by which rules and complaints are looked up; age and sex always count."""
        return frozenset((*self.present, *self.numbers, *self.times, *ALWAYS_TOLD))

    @property
    def background(self) -> dict[str, Finding]:
        """Long illnesses, medicines and pregnancy that are there."""
        return {
            name: item
            for name, item in self.present.items()
            if name.startswith(("condition:", "med:")) or name == "pregnant"
        }

    @property
    def reported(self) -> dict[str, Finding]:
        """What was told to be there, under the concept that was told and not under what follows from it."""
        told: dict[str, Finding] = {}
        elsewhere = {"", *self.background}
        for item in self.present.values():
            new = item.concept not in told or item.polarity is Polarity.POSSIBLE
            if new and item.concept not in elsewhere and item.origin != "background":
                told[item.concept] = item
        return told

    @property
    def denied(self) -> dict[str, Finding]:
        """What was told to be absent, likewise; not that a man is pregnant."""
        return {
            name: item
            for name, item in self.absent.items()
            if item.concept == name and (item.text or item.origin == "background")
        }

    @property
    def measured(self) -> dict[str, Quantity]:
        """The numbers that were told, not those that follow from something else."""
        return {name: item for name, item in self.numbers.items() if item.text}

    @property
    def is_some_child(self) -> bool:
        """Whether all that is known of the age is a word such as "my son"."""
        low, high = self.age_days
        return low == 0 and 10 * DAYS_PER_YEAR <= high < 19 * DAYS_PER_YEAR

    @property
    def is_some_baby(self) -> bool:
        """Whether all that is known of the age is a word such as "my baby"."""
        low, high = self.age_days
        return not self.age_asked_about and low == 0 and NEWBORN < high <= 2 * DAYS_PER_YEAR

    def _ongoing(self, concept: str) -> bool | None:
        if concept in self.absent or f"{concept}.ongoing" in self.absent:
            return False
        if f"{concept}.ongoing" in self.present:
            return True
        finding = self.present.get(concept)
        return None if finding is None else not finding.recovered

    def _compare(self, atom: Compare) -> bool | None:
        if atom.quantity == "sex":
            return None if self.sex is None else self.sex == atom.value
        assert isinstance(atom.value, float)
        time = time_of(atom.quantity)
        if time is not None and time[0].removesuffix(".constant") in self.absent:
            return False
        known = self.range(atom.quantity)
        if known is None:
            return None
        low, high = known
        match atom.operator:
            case ">=":
                return True if low >= atom.value else False if high < atom.value else None
            case ">":
                return True if low > atom.value else False if high <= atom.value else None
            case "<":
                return True if high < atom.value else False if low >= atom.value else None
            case "<=":
                return True if high <= atom.value else False if low > atom.value else None
            case "==":
                return True if low == high == atom.value else None if low <= atom.value <= high else False
