"""The data types of FHIR of which resources are made."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from html import escape
from typing import Any
from uuid import UUID, uuid5

from knowledge.vocabulary import RIGHT_TO_LEFT

Json = dict[str, Any]
"""A part of a document."""

MEDIA_TYPE = "application/fhir+json"
UCUM = "http://unitsofmeasure.org"
LOINC = "http://loinc.org"
HL7 = "http://terminology.hl7.org/CodeSystem/"

_OURS = UUID("9d2ee2a5-3b0c-5c8e-8f4b-0d7a1c6f4e21")
"""Namespace of our ids: a hash with it leads nobody back to the id of an encounter, the only key to it."""
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What may stand neither in XHTML nor in a FHIR string."""


def id_of(*names: str) -> str:
    """Return the id of what has these names, always the same one."""
    return str(uuid5(_OURS, " ".join(names)))


def urn(name: str) -> str:
    """Return an id as a URI."""
    return f"urn:uuid:{name}"


def to(resource: Json) -> Json:
    """Return a reference to a resource of the same document."""
    return {"reference": urn(resource["id"])}


def coded(system: str, code: str, display: str, text: str | None = None) -> Json:
    """Return a concept with its code, and the words in which it is shown if these are others."""
    return filled(coding=[{"system": system, "code": code, "display": display}], text=text)


def labelled(**labels: str) -> Json:
    """Return the metadata of a resource with these security labels, as code and display."""
    system = f"{HL7}v3-ObservationValue"
    return {"security": [{"system": system, "code": code, "display": display} for code, display in labels.items()]}


def filled(**elements: object) -> Json:
    """Return the elements that have a value; FHIR knows no empty ones."""
    return {name.rstrip("_"): value for name, value in elements.items() if value not in (None, "", [], {})}


def instant(time: datetime) -> str:
    """Return a time with its zone."""
    return time.isoformat(timespec="seconds")


def plain(text: str) -> str:
    """Return a text without signs that FHIR forbids."""
    return _ILLEGAL.sub("", text).strip()


def narrative(lines: Iterable[str], language: str) -> Json:
    """Return lines as the XHTML that a person reads."""
    spoken = f'xml:lang="{language}" lang="{language}" dir="{"rtl" if language in RIGHT_TO_LEFT else "ltr"}"'
    shown = "".join(f"<p>{escape(plain(line))}</p>" for line in lines)
    return {"status": "generated", "div": f'<div xmlns="http://www.w3.org/1999/xhtml" {spoken}>{shown}</div>'}


def quantity(value: float, unit: str | None, code: str | None = None) -> Json:
    """Return a number with one decimal at most.

    Args:
        value: The number.
        unit: As it is shown.
        code: The unit as UCUM writes it.
    """
    number = round(value, 1)
    whole = int(number) if number == int(number) else number
    return filled(value=whole, unit=unit or code, system=UCUM if code else None, code=code)


def valued(low: float | None, high: float | None, unit: str | None, code: str | None = None) -> Json:
    """Return the element for a quantity, or for a range where it is not known exactly.

    Args:
        low: The least; None when nobody said it.
        high: The most, likewise.
        unit: As for `quantity`.
        code: Likewise.
    """
    least, most = (None if end is None else quantity(end, unit, code) for end in (low, high))
    return {"valueQuantity": least} if least == most else {"valueRange": filled(low=least, high=most)}
