"""The hand-over as a FHIR document, for requests that accept it."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from triage import ConfigurationError, Encounter, TriagePipeline
from triage.fhir import MEDIA_TYPE
from ui.api_models import NO_STORE

VARIED = {**NO_STORE, "vary": "accept"}
"""Headers of an answer that is a document to some and a summary to others."""

OFFERED: dict[str, Any] = {"content": {MEDIA_TYPE: {"schema": {"type": "object", "title": "Bundle (FHIR R4B)"}}}}
"""Entry of the OpenAPI description for an answer that may be a document."""


def wants_document(request: Request) -> bool:
    """Whether a request accepts FHIR."""
    return MEDIA_TYPE in request.headers.get("accept", "").lower()


def document(pipeline: TriagePipeline, encounter: Encounter, language: str | None = None) -> Response:
    """Return the answer that is the document of an encounter.

    Args:
        pipeline: Writes it.
        encounter: An encounter that has begun.
        language: Language of the document; that of clinicians of the country when None.

    Raises:
        HTTPException: Documents cannot be written here (406).
    """
    try:
        text = pipeline.document(encounter, language)
    except ConfigurationError as error:
        raise HTTPException(406, str(error)) from None
    return Response(text, media_type=MEDIA_TYPE, headers=VARIED)
