"""The document: who, where, what was told, what was decided, and what made it."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from itertools import chain

from pydantic import ValidationError

from knowledge.loader import Knowledge
from knowledge.vocabulary import Disposition
from triage.encounter import Encounter, Handoff
from triage.errors import ConfigurationError, StageError
from triage.facts import Facts
from triage.fhir.elements import HL7, LOINC, Json, coded, filled, id_of, instant, labelled, narrative, plain, to, urn
from triage.fhir.observations import Observations
from triage.handoff import complaints, title_of

PRIORITY = {
    Disposition.AMBULANCE: "stat",
    Disposition.EMERGENCY_DEPARTMENT: "stat",
    Disposition.TODAY: "asap",
    Disposition.SOON: "urgent",
    Disposition.ROUTINE: "routine",
}
"""Of the service that is proposed; self-care proposes none. https://hl7.org/fhir/R4B/valueset-request-priority.html"""

_URIS = "urn:ietf:rfc:3986"
_ASSERTED = {"AIAST": "Artificial Intelligence asserted"}
"""A conclusion of software, rules included: https://build.fhir.org/ig/HL7/aitransparency-ig/."""
_UNVERIFIED = {"UNCERTREL": "uncertain reliability"}
_REPORTED: dict[bool, dict[str, str]] = {
    True: {"PATRPT": "patient reported"},
    False: {"PACQRPT": "patient acquaintance reported"},
}
"""By whether the patient writes; https://hl7.org/fhir/R4B/security-labels.html."""


class DocumentWriter:
    """Writes documents in FHIR.

    Args:
        knowledge: The content, for words and codes.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def export(self, encounter: Encounter, facts: Facts, handoff: Handoff) -> str:
        """Return the document of an encounter as JSON, validated.

        Args:
            encounter: The encounter.
            facts: Facts built from it.
            handoff: Its summary, in the language of the document.

        Raises:
            ConfigurationError: fhir.resources is not installed.
            StageError: Nothing was told yet, or it would be no valid document; the message holds no words of the
                patient.
        """
        if not encounter.turns:
            raise StageError("nothing was told yet in this encounter, so there is nothing to hand over")
        return _validated(_Document(self._knowledge, encounter, facts, handoff).bundle())


class _Document:
    """One document while it is put together."""

    def __init__(self, knowledge: Knowledge, encounter: Encounter, facts: Facts, handoff: Handoff) -> None:
        self._knowledge = knowledge
        self._encounter = encounter
        self._handoff = handoff
        self._words = knowledge.say(handoff.language)
        self._last = encounter.turns[-1]
        self._found = self._last.assessment
        self._level = self._called(self._found.disposition)
        # advice of an interview that goes on must not be read as its end
        open_ = self._words.text["handoff_open"].format(level=self._called(self._found.ceiling))
        self._open = [] if self._found.closed else [open_]
        self._time = instant(self._last.audit.at)
        self._told = {**_REPORTED[encounter.subject.is_author is not False], **_UNVERIFIED}
        self._patient = self._resource(
            "Patient", meta=labelled(**self._told), gender={"F": "female", "M": "male"}.get(facts.sex or "")
        )
        self._contact = self._encountered()
        self._device = self._maker()
        self._observed = Observations(knowledge, encounter, facts, handoff.language, self._patient, self._contact)

    def bundle(self) -> Json:
        """Return the whole document."""
        seen = self._observed
        impression = self._impression()
        sections = {
            "situation": [self._contact, *seen.age],
            "background": seen.background,
            "assessment": [impression, *seen.reported, *seen.denied, *seen.measured],
            "recommendation": self._proposed(impression),
        }
        entries = [self._composition(sections), self._patient, self._device, *chain(*sections.values())]
        # another turn, language, content or release makes another document
        made = [item["value"] for item in self._device["version"]]
        name = id_of(self._encounter.id, "document", str(self._last.number), self._handoff.language, *made)
        return {
            "resourceType": "Bundle",
            "id": name,
            "meta": labelled(**self._told, **_ASSERTED),
            "language": self._handoff.language,
            "identifier": {"system": _URIS, "value": urn(name)},
            "type": "document",
            "timestamp": self._time,
            "entry": [{"fullUrl": urn(item["id"]), "resource": item} for item in entries],
        }

    def _called(self, level: Disposition) -> str:
        return self._words.headings[f"disposition_{level.name.lower()}"]

    def _resource(self, kind: str, **elements: object) -> Json:
        return filled(resourceType=kind, id=id_of(self._encounter.id, kind), **elements)

    def _composition(self, sections: Mapping[str, list[Json]]) -> Json:
        language, note = self._handoff.language, [self._words.text["handoff_note"], *self._open]
        parts = {name: getattr(self._handoff, name) for name in sections}
        return self._resource(
            "Composition",
            meta=labelled(**_ASSERTED),
            language=language,
            text=narrative(note, language),
            identifier={"system": _URIS, "value": urn(id_of(self._encounter.id, "Composition"))},
            # "may be incomplete or unverified"
            status="preliminary",
            type=coded(LOINC, "57133-1", "Referral note"),
            subject=to(self._patient),
            encounter=to(self._contact),
            date=self._time,
            author=[to(self._device)],
            title=self._words.text["handoff_title"],
            section=[
                filled(
                    title=self._words.headings[name],
                    text=narrative(parts[name], language) if parts[name] else None,
                    entry=[to(item) for item in items],
                )
                for name, items in sections.items()
                if items or parts[name]
            ],
        )

    def _encountered(self) -> Json:
        reasons = complaints(self._found, self._knowledge, self._handoff.language)
        return self._resource(
            "Encounter",
            meta=labelled(**self._told),
            status="finished" if self._found.closed else "in-progress",
            class_={"system": f"{HL7}v3-ActCode", "code": "VR", "display": "virtual"},
            subject=to(self._patient),
            period=filled(start=instant(self._encounter.created), end=self._time if self._found.closed else None),
            reasonCode=[{"text": reason} for reason in reasons],
        )

    def _maker(self) -> Json:
        software, content = version("salama"), self._last.audit.content_version
        worded = dict.fromkeys(turn.reply.worded_by for turn in self._encounter.turns if turn.reply.worded_by)
        versions = [("software", software), ("clinical content", content)]
        versions += [("language model that worded replies", model) for model in worded]
        notes = [self._words.text["handoff_note"]]
        notes += [self._words.text["unsigned_banner"]] if self._knowledge.unsigned else []
        return {
            "resourceType": "Device",
            "id": id_of("device", *(value for _, value in versions), self._handoff.language),
            "status": "active",
            "deviceName": [{"name": "Salama", "type": "user-friendly-name"}],
            "type": {"text": "symptom triage software"},
            "version": [{"type": {"text": kind}, "value": value} for kind, value in versions],
            "note": [{"text": note} for note in notes],
        }

    def _impression(self) -> Json:
        seen, headings = self._observed, self._words.headings
        looked_at = {"present": seen.reported, "absent": seen.denied, "measurements": seen.measured}
        return self._resource(
            "ClinicalImpression",
            meta=labelled(**_ASSERTED),
            status="completed" if self._found.closed else "in-progress",
            subject=to(self._patient),
            encounter=to(self._contact),
            effectiveDateTime=self._time,
            date=self._time,
            investigation=[
                {"code": {"text": headings[name]}, "item": [to(item) for item in items]}
                for name, items in looked_at.items()
                if items
            ],
            summary=self._level,
            note=[{"text": note} for note in self._open],
            finding=[
                {
                    "itemCodeableConcept": {"text": plain(title_of(hit, self._knowledge, self._handoff.language))},
                    "basis": f"{hit.rule_id} v{hit.rule_version}{' (presumed)' if hit.presumed else ''}",
                }
                for hit in self._found.hits
            ],
        )

    def _proposed(self, impression: Json) -> list[Json]:
        priority = PRIORITY.get(self._found.disposition)
        if priority is None:
            return []
        request = self._resource(
            "ServiceRequest",
            meta=labelled(**_ASSERTED),
            status="active" if self._found.closed or self._found.disposition.is_emergency else "draft",
            # "without an authorization to act": a clinician decides
            intent="proposal",
            priority=priority,
            code={"text": self._level},
            subject=to(self._patient),
            encounter=to(self._contact),
            authoredOn=self._time,
            requester=to(self._device),
            supportingInfo=[to(impression)],
        )
        return [request]


def is_installed() -> bool:
    """Whether documents can be written here."""
    try:
        return bool(version("fhir.resources"))
    except PackageNotFoundError:
        return False


def _validated(raw: Json) -> str:
    try:
        from fhir.resources.R4B.bundle import Bundle
    except ImportError:
        raise ConfigurationError(
            "a hand-over in FHIR needs the package fhir.resources: pip install 'salama[fhir]'"
        ) from None
    try:
        return str(Bundle.model_validate(raw).model_dump_json())
    except ValidationError as error:
        wrong = ", ".join(".".join(map(str, item["loc"])) for item in error.errors(include_input=False))
        raise StageError(f"the hand-over is no valid FHIR document at {wrong}") from None
