"""The hand-over to human care: an SBAR summary computed from findings, never by a model."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.checks import MINUTES
from knowledge.loader import Knowledge
from knowledge.vocabulary import Polarity
from triage.encounter import Encounter, Handoff
from triage.facts import DAYS_PER_YEAR, Facts
from triage.types import Quantity

_MARKS = {"fr": ("\u00a0: ", "\u00a0; "), "ar": (": ", "؛ "), "ary": (": ", "؛ ")}
"""What stands after a heading and between items, where it is not as in English."""


@dataclass(frozen=True, slots=True)
class HandoffItems:
    """The single statements of a summary, in short words of the clinician's language."""

    about: tuple[str, ...]
    """Age and sex, where they are known."""
    conditions: tuple[str, ...]
    reported: tuple[str, ...]
    """What is present, with how long."""
    possible: frozenset[str]
    """Those of `reported` that are not certain."""
    absent: tuple[str, ...]
    advice: tuple[str, ...]
    """The advice that was given last."""
    language: str

    @property
    def marked(self) -> tuple[str, ...]:
        """What is present, with a mark after what is not certain."""
        return tuple(f"{item} (?)" if item in self.possible else item for item in self.reported)


class HandoffWriter:
    """Writes the summary in the clinician's language, with the patient's own words as evidence."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def summarise(self, encounter: Encounter, facts: Facts, language: str) -> Handoff:
        """Return situation, background, assessment and recommendation of an encounter.

        Args:
            encounter: The encounter with its turns.
            facts: Facts built from it.
            language: Language of the clinician.
        """
        words = self._knowledge.say(language).headings
        items = self.items(encounter, facts, language)
        last = encounter.turns[-1].assessment if encounter.turns else None
        own_words = [text for text in encounter.own_words if text.strip()]
        situation = [
            _line(words["complaint"], self._titles(last.protocols if last else (), language), language),
            _line(words["patient_words"], [f"“{text}”" for text in own_words[:3]], language),
            _line(words["subject"], items.about, language),
        ]
        assessment = [
            _line(
                words["red_flags"],
                [f"{hit.title} ({hit.rule_id} v{hit.rule_version})" for hit in last.hits] if last else [],
                language,
            ),
            _line(words["present"], items.marked, language),
            _line(words["absent"], items.absent, language),
            _line(
                words["measurements"],
                [self._measured(item, language) for item in facts.measured.values()],
                language,
            ),
            _line(
                words["retracted"], [self._label(item.concept, language) for item in encounter.retractions], language
            ),
        ]
        return Handoff(
            situation=_filled(situation),
            background=_filled([_line(words["conditions"], items.conditions, language)]),
            assessment=_filled(assessment),
            recommendation=_filled([_line(words["advice_given"], items.advice, language)]),
            language=language,
        )

    def items(self, encounter: Encounter, facts: Facts, language: str) -> HandoffItems:
        """Return the single statements of which the summary is made; takes what `summarise` takes."""
        labels = {name: self._label(name, language) + self._since(name, facts) for name in facts.reported}
        possible = [name for name, item in facts.reported.items() if item.polarity is Polarity.POSSIBLE]
        words = self._knowledge.say(language).headings
        return HandoffItems(
            about=(*_age(facts), *_sex(facts)),
            conditions=tuple(self._label(name, language) for name in facts.background),
            reported=tuple(labels.values()),
            possible=frozenset(labels[name] for name in possible),
            absent=tuple(self._label(name, language) for name in facts.denied),
            advice=tuple(
                words[f"disposition_{turn.assessment.disposition.name.lower()}"] for turn in encounter.turns[-1:]
            ),
            language=language,
        )

    def _label(self, concept: str, language: str) -> str:
        return self._knowledge.label(concept, language)

    def _measured(self, quantity: Quantity, language: str) -> str:
        known = self._knowledge.measurements[quantity.name]
        return f"{known.named(language)} {_number(quantity.low, quantity.high)} {known.unit}".strip()

    def _titles(self, protocols: Iterable[str], language: str) -> list[str]:
        titles = (self._knowledge.protocols[name].title for name in protocols if name in self._knowledge.protocols)
        return [title.get(language) or title["en"] for title in titles]

    def _since(self, concept: str, facts: Facts) -> str:
        minutes = facts.times.get(concept)
        if minutes is None:
            return ""
        for size, unit in ((MINUTES["days"], "d"), (MINUTES["hours"], "h"), (1, "min")):
            if minutes[1] >= size:
                return f" ({_number(minutes[0] / size, minutes[1] / size)} {unit})"
        return ""


def _line(heading: str, items: Iterable[str], language: str) -> str:
    after, between = _MARKS.get(language, (": ", "; "))
    listed = between.join(items)
    return f"{heading}{after}{listed}" if listed else ""


def _filled(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(line for line in lines if line)


def _age(facts: Facts) -> list[str]:
    low, high = facts.age_days
    if high - low > 20 * DAYS_PER_YEAR:
        return []
    if high < 2 * DAYS_PER_YEAR:
        return [f"{_number(low / 30.44, high / 30.44)} mo"]
    return [f"{_number(low / DAYS_PER_YEAR, high / DAYS_PER_YEAR)} y"]


def _sex(facts: Facts) -> list[str]:
    return [facts.sex] if facts.sex else []


def _number(low: float, high: float) -> str:
    first, last = f"{round(low, 1):g}", f"{round(high, 1):g}"
    return first if first == last or round(high) - round(low) < 1 else f"{round(low):g}-{round(high):g}"
