"""What every document must be, beside what `fhir.resources` refuses: that library does not check codes."""

import json
import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from fhir.resources.R4B.bundle import Bundle

Json = dict[str, Any]

REQUIRED = {
    ("Composition", "status"): {"preliminary", "final", "amended", "entered-in-error"},
    ("Encounter", "status"): {"planned", "arrived", "triaged", "in-progress", "onleave", "finished", "cancelled"},
    ("Observation", "status"): {"registered", "preliminary", "final", "amended", "corrected", "cancelled"},
    ("ClinicalImpression", "status"): {"in-progress", "completed", "entered-in-error"},
    ("ServiceRequest", "status"): {"draft", "active", "on-hold", "revoked", "completed", "entered-in-error"},
    ("ServiceRequest", "intent"): {"proposal", "plan", "directive", "order"},
    ("ServiceRequest", "priority"): {"routine", "urgent", "asap", "stat"},
    ("Device", "status"): {"active", "inactive", "entered-in-error", "unknown"},
    ("Patient", "gender"): {"male", "female", "other", "unknown"},
}
"""Value sets of required bindings (https://hl7.org/fhir/R4B/)."""
WITH_ZONE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
TIMES = ("timestamp", "date", "effectiveDateTime", "authoredOn", "start", "end")


def checked(text: str) -> Json:
    """Return a document after checking that it is one."""
    raw: Json = json.loads(text)
    assert json.loads(Bundle.model_validate(raw).model_dump_json()) == raw, "it comes back as it went out"
    entries = raw["entry"]
    assert raw["type"] == "document" and entries[0]["resource"]["resourceType"] == "Composition"
    urls = [entry["fullUrl"] for entry in entries]
    assert len({*urls}) == len(urls) and all(url == f"urn:uuid:{resource['id']}" for url, resource in _pairs(raw))
    references = {value for key, value in parts(raw) if key == "reference"}
    assert references <= {*urls}, "nothing leads out of the document"
    assert {*urls} - references == {urls[0]}, "all that is in it can be reached from its beginning"
    for key, value in parts(raw):
        assert key not in TIMES or WITH_ZONE.fullmatch(value), f"{key} {value} has no zone"
        assert value not in ("", [], {}, None), f"{key} is empty"
        if key == "div":
            assert "".join(ElementTree.fromstring(value).itertext()).strip()
    for resource in resources(raw):
        for (kind, key), codes in REQUIRED.items():
            assert resource["resourceType"] != kind or resource.get(key, next(iter(codes))) in codes
    (patient,) = resources(raw, "Patient")
    assert patient.keys() <= {"resourceType", "id", "meta", "gender"}, "nobody's name, birth date or number"
    return raw


def resources(document: Json, kind: str | None = None) -> list[Json]:
    """Return the resources of a document, or those of one kind."""
    found = [entry["resource"] for entry in document["entry"]]
    return [item for item in found if kind in (None, item["resourceType"])]


def observed(document: Json, text: str) -> Json:
    """Return the observation of this name."""
    (found,) = [item for item in resources(document, "Observation") if item["code"].get("text") == text]
    return found


def parts(value: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every element with its name."""
    yield key, value
    if isinstance(value, dict):
        for name, part in value.items():
            yield from parts(part, name)
    if isinstance(value, list):
        for part in value:
            yield from parts(part, key)


def _pairs(document: Json) -> Iterator[tuple[str, Json]]:
    for entry in document["entry"]:
        yield entry["fullUrl"], entry["resource"]
