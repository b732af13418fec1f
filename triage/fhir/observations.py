"""What a patient told, as observations: findings that are there, absent or possible, measurements, and the age."""

from __future__ import annotations

from knowledge.loader import Knowledge
from knowledge.measurements import Measurement
from knowledge.vocabulary import Polarity
from triage.amounts import age_told, ends_told, time_told
from triage.encounter import Encounter
from triage.facts import Facts, Range
from triage.fhir.elements import HL7, LOINC, Json, coded, filled, id_of, instant, plain, to, valued
from triage.types import Finding, Quantity

_CATEGORY = f"{HL7}observation-category"
_MEANS = {"POS": "Positive", "NEG": "Negative", "IND": "Indeterminate"}
"""Codes of v3-ObservationInterpretation for the presence, absence and possibility of a clinical sign."""
_UCUM = {"min": "min", "hours": "h", "days": "d", "weeks": "wk", "months": "mo", "years": "a"}


class Observations:
    """Writes the observations of an encounter.

    Args:
        knowledge: The content, for names and codes.
        encounter: The encounter.
        facts: Facts built from it.
        language: Language of the names.
        patient: Resource of whom they are about.
        contact: Resource of the encounter.
    """

    def __init__(
        self, knowledge: Knowledge, encounter: Encounter, facts: Facts, language: str, patient: Json, contact: Json
    ) -> None:
        self._knowledge = knowledge
        self._encounter = encounter
        self._facts = facts
        self._language = language
        self._shared = {"meta": patient["meta"], "subject": to(patient), "encounter": to(contact)}
        self.background = [self._finding(name, item) for name, item in facts.background.items()]
        self.reported = [self._finding(name, item) for name, item in facts.reported.items()]
        self.denied = [self._finding(name, item, absent=True) for name, item in facts.denied.items()]
        self.measured = self._measurements(facts.measured)
        self.age = self._age(facts.age_days)

    def _observation(self, name: str, turn: int, category: str, code: Json, **elements: object) -> Json:
        turns = self._encounter.turns
        told = turns[turn - 1].message.at if 0 < turn <= len(turns) else self._encounter.created
        display = {"survey": "Survey", "vital-signs": "Vital Signs"}[category]
        return filled(
            resourceType="Observation",
            id=id_of(self._encounter.id, "observation", name),
            # "data may be incomplete or unverified": nobody has examined the patient
            status="preliminary",
            category=[coded(_CATEGORY, category, display)],
            code=code,
            effectiveDateTime=instant(told),
            **self._shared,
            **elements,
        )

    def _finding(self, name: str, item: Finding, *, absent: bool = False) -> Json:
        possible = not absent and item.polarity is Polarity.POSSIBLE
        means = "NEG" if absent else "IND" if possible else "POS"
        # what was taken back is absent, and its words say that it is there
        quoted = item.origin == "words" and absent is (item.polarity is Polarity.NEGATED)
        times = None if absent else self._facts.times.get(name)
        return self._observation(
            name,
            item.turn,
            "survey",
            {"text": self._knowledge.label(name, self._language)},
            valueBoolean=None if possible else not absent,
            valueCodeableConcept={"text": "possible"} if possible else None,
            interpretation=[coded(f"{HL7}v3-ObservationInterpretation", means, _MEANS[means])],
            note=[{"text": f"“{plain(item.text)}”"}] if quoted and plain(item.text) else [],
            component=[self._lasting(times)] if times else [],
        )

    def _lasting(self, minutes: Range) -> Json:
        unit, least, most = time_told(minutes)
        onset = self._knowledge.say(self._language).headings["onset"]
        return {"code": {"text": onset}, **valued(least, most, _UCUM[unit], _UCUM[unit])}

    def _measurements(self, told: dict[str, Quantity]) -> list[Json]:
        exact = {name for name, item in told.items() if _is_exact(item)}
        panels = [
            panel
            for panel in self._knowledge.measurements.values()
            if (parts := told.keys() & {*panel.parts}) and parts <= exact
        ]
        found = [self._panel(panel, told) for panel in panels]
        joined = {part for panel in panels for part in panel.parts}
        for name, item in told.items():
            if name not in joined:
                known = self._knowledge.measurement(name)
                coded_so = known.loinc is not None and name in exact
                value = valued(*ends_told(item), known.unit, known.ucum)
                category = "vital-signs" if coded_so else "survey"
                code = self._code(known) if coded_so else {"text": known.named(self._language)}
                found.append(self._observation(name, item.turn, category, code, **value))
        return found

    def _panel(self, panel: Measurement, told: dict[str, Quantity]) -> Json:
        unknown = {"dataAbsentReason": coded(f"{HL7}data-absent-reason", "unknown", "Unknown")}
        parts = []
        for part in map(self._knowledge.measurement, panel.parts):
            item = told.get(part.id)
            value = valued(item.low, item.high, part.unit, part.ucum) if item else unknown
            parts.append({"code": self._code(part), **value})
        turn = max(told[name].turn for name in panel.parts if name in told)
        return self._observation(panel.id, turn, "vital-signs", self._code(panel), component=parts)

    def _code(self, measurement: Measurement) -> Json:
        name = measurement.named(self._language)
        if measurement.loinc is None or measurement.display is None:
            return {"text": name}
        return coded(LOINC, measurement.loinc, measurement.display, name)

    def _age(self, days: Range) -> list[Json]:
        told = age_told(days)
        if told is None:
            return []
        unit, least, most = told
        value = valued(least, most, _UCUM[unit], _UCUM[unit])
        return [self._observation("age", 0, "survey", self._code(self._knowledge.measurement("age")), **value)]


def _is_exact(item: Quantity) -> bool:
    return round(item.low, 1) == round(item.high, 1)
