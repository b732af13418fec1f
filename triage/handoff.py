"""The hand-over to human care: an SBAR summary computed from findings, never by a model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from knowledge.loader import Knowledge
from knowledge.vocabulary import Polarity, spoken_in
from triage.amounts import MARKS, PLAIN, Amounts
from triage.encounter import Encounter, Handoff
from triage.facts import Facts
from triage.gestalt import WHOLE
from triage.types import Assessment, Finding, RedFlagHit

_MOST_QUOTES = 3
_FEW_WORDS = 2
"""Words up to which a later message in which nothing was found is an answer such as "not at all"."""


@dataclass(frozen=True, slots=True)
class HandoffItems:
    """The single statements of a summary, in short words of the clinician's language."""

    about: tuple[str, ...]
    """Age and sex, where they are known."""
    conditions: tuple[str, ...]
    """What is known of the person beside this illness, pregnancy with its weeks."""
    medicines: tuple[str, ...]
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
        return tuple(_doubted(item, item in self.possible) for item in self.reported)


class HandoffWriter:
    """Writes the summary in the clinician's language, with the patient's own words as evidence."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def summarise(self, encounter: Encounter, facts: Facts, language: str, zone: str | None = None) -> Handoff:
        """Return situation, background, assessment and recommendation of an encounter.

        Args:
            encounter: The encounter with its turns.
            facts: Facts built from it.
            language: Language of the clinician.
            zone: Time zone of the clinician by its IANA name; that of the country when None.
        """
        words = self._knowledge.say(language).headings
        items = self.items(encounter, facts, language)
        last = encounter.turns[-1].assessment if encounter.turns else None
        other = [words["writer_other"]] if encounter.subject.is_author is False else []
        quotes = [words["quoted"].format(words=text) for text in _telling(encounter)]
        measured = dict(facts.measured)
        if "pregnant" in facts.present:
            # they stand beside the pregnancy
            measured.pop("pregnant_weeks", None)
        parts: dict[str, dict[str, Sequence[str]]] = {
            "situation": {
                "date": self._hour(encounter, language, zone),
                "subject": items.about,
                "writer": other,
                "complaint": complaints(last, self._knowledge, language) if last else (),
                "patient_words": quotes,
            },
            "background": {"conditions": items.conditions, "medicines": items.medicines},
            "assessment": {
                "red_flags": self._red_flags(last.hits if last else (), language),
                "present": items.marked,
                "measurements": Amounts(self._knowledge, language).measured(measured),
                "absent": items.absent,
                "retracted": [self._label(item.concept, language) for item in encounter.retractions],
            },
            "recommendation": {"advice_given": items.advice},
        }
        lines = {
            part: tuple(_line(words[name], told, language) for name, told in rows.items() if told)
            for part, rows in parts.items()
        }
        return Handoff(**lines, language=language)

    def items(self, encounter: Encounter, facts: Facts, language: str) -> HandoffItems:
        """Return the single statements of which the summary is made; takes what `summarise` takes."""
        named = facts.reported
        medicines = [name for name in facts.background if name.startswith("med:")]
        background = [name for name in facts.background if name not in medicines]
        words = self._knowledge.say(language).headings
        amounts = Amounts(self._knowledge, language)
        weeks = amounts.weeks(facts.numbers["pregnant_weeks"]) if "pregnant_weeks" in facts.numbers else ""
        labels = {name: self._label(name, language) + self._since(name, facts, amounts) for name in named}
        kept = {name: label for name, label in labels.items() if not self._is_said_by(name, named, facts)}
        return HandoffItems(
            about=(*amounts.age(facts.age_days), *([words[f"sex_{facts.sex.lower()}"]] if facts.sex else [])),
            conditions=tuple(
                self._label(name, language) + (f" ({weeks})" if name == "pregnant" and weeks else "")
                for name in background
            ),
            medicines=tuple(self._label(name, language) for name in medicines),
            reported=tuple(kept.values()),
            possible=frozenset(label for name, label in kept.items() if named[name].polarity is Polarity.POSSIBLE),
            absent=tuple(self._label(name, language) for name in facts.denied),
            advice=tuple(
                words[f"disposition_{turn.assessment.disposition.name.lower()}"] for turn in encounter.turns[-1:]
            ),
            language=language,
        )

    def _label(self, concept: str, language: str) -> str:
        return self._knowledge.label(concept, language)

    def _red_flags(self, hits: Sequence[RedFlagHit], language: str) -> list[str]:
        return [_doubted(title_of(hit, self._knowledge, language), hit.presumed) for hit in _leading(hits)]

    def _is_said_by(self, concept: str, named: dict[str, Finding], facts: Facts) -> bool:
        """Whether a more special finding says the same ("severe headache" beside "headache"), as surely and as long."""
        return any(
            concept in self._knowledge.concepts[other].implies
            and facts.times.get(concept) == facts.times.get(other)
            and (item.polarity is not Polarity.POSSIBLE or named[concept].polarity is Polarity.POSSIBLE)
            for other, item in named.items()
            if other in self._knowledge.concepts
        )

    def _since(self, concept: str, facts: Facts, amounts: Amounts) -> str:
        told = amounts.lasted(facts.times.get(concept, (0, 0)))
        return f" ({told})" if told else ""

    def _hour(self, encounter: Encounter, language: str, zone: str | None) -> list[str]:
        services = self._knowledge.services.get(encounter.country or "")
        known = ZoneInfo(zone or (services.time_zone if services else None) or "UTC")
        times = [turn.message.at.astimezone(known) for turn in encounter.turns]
        return [Amounts(self._knowledge, language).hour(times[0], times[-1])] if times else []


def title_of(hit: RedFlagHit, knowledge: Knowledge, language: str) -> str:
    """Return the name of a rule that holds, in a language."""
    if hit.rule_id == WHOLE:
        return knowledge.say(language).headings["red_flag_whole"]
    rule = knowledge.rules_by_id.get(hit.rule_id)
    # a rule that has gone from the content since is told as it was recorded
    return spoken_in(rule.title, language) if rule is not None else hit.title


def complaints(assessment: Assessment, knowledge: Knowledge, language: str) -> list[str]:
    """Return the names of the complaints of an assessment, in a language."""
    known = knowledge.protocols
    return [spoken_in(known[name].title, language) for name in assessment.protocols if name in known]


def _line(heading: str, items: Iterable[str], language: str) -> str:
    after, between = MARKS.get(language, PLAIN)
    return f"{heading}{after}{between.join(items)}"


def _doubted(item: str, doubt: bool) -> str:
    return f"{item} (?)" if doubt else item


def _telling(encounter: Encounter) -> list[str]:
    """Return the first messages that say something by themselves; "no" says nothing without its question."""
    written = encounter.written
    found: list[str] = []
    for turn in encounter.turns:
        origins = {item.origin for item in turn.extraction.findings} | {
            item.origin for item in turn.extraction.quantities
        }
        text = written.get(turn.number, "").strip()
        if text and (not found or len(text.split()) > _FEW_WORDS or "words" in origins):
            found.append(text)
    return found[:_MOST_QUOTES]


def _leading(hits: Sequence[RedFlagHit]) -> Iterator[RedFlagHit]:
    """Yield the rules without those that rest on nothing but what a more urgent one rests on, at least as surely.

    "Suicidal thoughts without immediate plan" would contradict the immediate plan that stands beside it.
    """
    rests = {hit.rule_id: {item.concept.removesuffix(".ongoing") for item in hit.because} for hit in hits}
    for hit in hits:
        if not rests[hit.rule_id] or not any(
            other.disposition > hit.disposition
            and other.presumed <= hit.presumed
            and rests[hit.rule_id] <= rests[other.rule_id]
            for other in hits
        ):
            yield hit
