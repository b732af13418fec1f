"""The HTTP API for clinics and evaluators; problem+json for every error, no clinical logic."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Header, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from triage import Encounter, Handoff, Subject, Turn
from triage.types import now
from ui.api_models import (
    NO_STORE,
    STREAMED,
    CardEvent,
    Created,
    EncounterRead,
    Language,
    NewEncounter,
    NewMessage,
    TurnRead,
    TurnTold,
    name,
)
from ui.clinic_html import ClinicNow
from ui.documents import OFFERED, VARIED, document, wants_document
from ui.problems import Problems, documented
from ui.turns import EncounterGone, KeyReused, Once, Turns
from ui.visits import Visits

log = logging.getLogger("salama")

_ID = re.compile("[0-9a-f]{32}")

GONE = "no such encounter"
REUSED = "Idempotency-Key: this key came with another message before; take a new key for a new message"

Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=200,
        description="Any text that is new for each message. A message that is sent again with the same key is "
        "answered with the same turn and not played a second time.",
        examples=["8e03978e-40d5-43dd-bc93-6894a57f9324"],
    ),
]


class Reading:
    """Finds encounters and tells their turns.

    Args:
        turns: Plays messages.
        problems: Writes errors within streams.
        clinic: Returns the clinic as it is set now.
    """

    def __init__(self, turns: Turns, problems: Problems, clinic: ClinicNow) -> None:
        self._turns = turns
        self._problems = problems
        self._clinic = clinic

    def find(self, encounter_id: str) -> Encounter:
        """Return a stored encounter.

        Raises:
            HTTPException: There is none of this id (404).
        """
        known = _ID.fullmatch(encounter_id) and self._turns.pipeline.store.load(encounter_id)
        if not known:
            raise HTTPException(404, GONE)
        return known

    def turn(self, encounter: Encounter, turn: Turn) -> TurnRead:
        """Return a turn as the API gives it, with where the clinic sees such patients as it stands now."""
        clinic = self._clinic()
        places = clinic.places(turn.assessment.disposition, encounter.language, now()) if clinic else []
        return TurnRead.of(turn, places)

    def events(self, encounter: Encounter, text: str, once: Once | None) -> Iterator[str]:
        """Play a message; yield first card and floor, then each checked sentence, last the complete turn."""
        try:
            yield from self._played(encounter, text, once)
        except EncounterGone:
            yield _event("problem", self._problems.told(404, GONE))
        except KeyReused:
            yield _event("problem", self._problems.told(422, REUSED))
        except Exception as error:
            # The answer has begun: its status can no longer say it.
            log.error("a streamed turn failed: %s", type(error).__name__)
            told = self._problems.told(500, "something went wrong on our side; send the message again")
            yield _event("problem", told)

    def _played(self, encounter: Encounter, text: str, once: Once | None) -> Iterator[str]:
        shown, first = 0, True
        for item in self._turns.stream(encounter, text, once):
            turn = item if isinstance(item, Turn) else None
            reply = item.reply if isinstance(item, Turn) else item
            if first:
                floor = turn.assessment.floor if turn else encounter.floor
                yield _event("card", CardEvent(card=reply.card, floor=name(floor), notices=list(reply.notices)))
                first = False
            if turn or reply.worded_by is not None:
                for sentence in reply.sentences[shown:]:
                    yield _event("sentence", sentence)
                shown = max(shown, len(reply.sentences))
            if turn:
                yield _event("turn", self.turn(encounter, turn))


def encounters(
    turns: Turns, problems: Problems, secret: str, visits: Visits, language: str, clinic: ClinicNow
) -> APIRouter:
    """Return the routes below `/api/v1/encounters`.

    Args:
        turns: Plays messages.
        problems: Writes errors within streams.
        secret: Key of the hashes by which a repeated message is known.
        visits: Makes ids and their codes.
        language: Language of an encounter that names none.
        clinic: Returns the clinic as it is set now.
    """
    router = APIRouter(prefix="/api/v1/encounters", tags=["encounters"], responses=documented(422, 429, 500, 503))
    pipeline = turns.pipeline
    countries = pipeline.knowledge.services

    reading = Reading(turns, problems, clinic)

    @router.post("", status_code=201, responses=documented(400, 413, 415))
    def create(new: NewEncounter, response: Response) -> Created:
        """Begin an encounter; its id is the only key to it, so keep it secret."""
        if new.country is not None and new.country not in countries:
            raise HTTPException(422, f"unknown country {new.country!r}; choose: {', '.join(sorted(countries))}")
        encounter = Encounter(
            id=visits.new_id(),
            language=new.language or language,
            country=new.country,
            subject=Subject(age_years=new.age_years, age_months=new.age_months, sex=new.sex, pregnant=new.pregnant),
        )
        pipeline.store.save(encounter)
        response.headers.update({**NO_STORE, "location": f"/api/v1/encounters/{encounter.id}"})
        return Created(
            id=encounter.id,
            greeting=pipeline.greeting(encounter.language),
            language=encounter.language,
            country=encounter.country,
        )

    @router.post(
        "/{encounter_id}/messages",
        response_model=TurnRead,
        responses={200: _streamed(), **documented(400, 404, 413, 415)},
    )
    def message(encounter_id: str, new: NewMessage, request: Request, key: Key = None) -> Response:
        """Send one message; the reply comes as JSON, or as server-sent events when these are accepted.

        The events: `card` (card, floor and notices, before any wording by a model), `sentence` (each checked
        sentence) and `turn` (the whole turn, as in the JSON answer; it has the last word).
        """
        encounter = reading.find(encounter_id)
        once = None if key is None else Once.of(key, new.text, secret)
        try:
            if once is not None:
                once.played(encounter)
            if "text/event-stream" in request.headers.get("accept", ""):
                stream = reading.events(encounter, new.text, once)
                return StreamingResponse(stream, media_type="text/event-stream", headers=STREAMED)
            turn = turns.respond(encounter, new.text, once=once)
        except KeyReused:
            raise HTTPException(422, REUSED) from None
        except EncounterGone:
            raise HTTPException(404, GONE) from None
        return JSONResponse(reading.turn(encounter, turn).model_dump(mode="json"), headers=NO_STORE)

    @router.get("/{encounter_id}", responses=documented(404))
    def read(encounter_id: str, response: Response) -> EncounterRead:
        """Return the encounter with its turns and the hand-over summary."""
        encounter = reading.find(encounter_id)
        response.headers.update(NO_STORE)
        told = [TurnTold(**dict(reading.turn(encounter, turn)), text=turn.message.text) for turn in encounter.turns]
        return EncounterRead.of(encounter, told, pipeline.handoff(encounter), visits.code(encounter.id))

    @router.get(
        "/{encounter_id}/handoff",
        response_model=Handoff,
        responses={200: OFFERED, **documented(404, 406, 409)},
    )
    def handoff(encounter_id: str, request: Request, response: Response, language: Language | None = None) -> Any:
        """Return the hand-over summary, or a FHIR R4B document when `application/fhir+json` is accepted.

        It is in the language of clinicians of the country unless another is asked for.
        """
        encounter = reading.find(encounter_id)
        if not encounter.turns:
            raise HTTPException(409, "nothing was told yet, so there is nothing to hand over; send a message first")
        if wants_document(request):
            return document(pipeline, encounter, language)
        response.headers.update(VARIED)
        return pipeline.handoff(encounter, language or pipeline.knowledge.clinicians_speak(encounter.country))

    @router.delete("/{encounter_id}", status_code=204, responses=documented(404))
    def delete(encounter_id: str) -> Response:
        """Delete all that the patient wrote; the audit record keeps only identifiers and versions."""
        if not _ID.fullmatch(encounter_id) or not turns.delete(encounter_id):
            raise HTTPException(404, GONE)
        return Response(status_code=204)

    return router


def _event(kind: str, data: BaseModel) -> str:
    return f"event: {kind}\ndata: {data.model_dump_json()}\n\n"


def _streamed() -> dict[str, Any]:
    example = (
        'event: card\ndata: {"card": {...}, "floor": "today", "notices": []}\n\n'
        'event: sentence\ndata: {"text": "...", "citations": ["..."]}\n\n'
        'event: turn\ndata: {"turn": 1, "disposition": "today", ...}\n\n'
    )
    return {"content": {"text/event-stream": {"schema": {"type": "string"}, "example": example}}}
