"""The HTTP API for clinics and evaluators; problem+json for every error, no clinical logic."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Literal

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from triage import Encounter, StorageError, Subject, Turn
from ui.turns import Turns


class NewEncounter(BaseModel):
    """What may be said at the start of an encounter; all of it optional."""

    model_config = ConfigDict(extra="forbid")

    language: str = "en"
    country: str | None = None
    age_years: float | None = Field(default=None, ge=0, le=130)
    age_months: float | None = Field(default=None, ge=0, le=1560)
    sex: Literal["F", "M"] | None = None
    pregnant: bool | None = None


class NewMessage(BaseModel):
    """One message of the patient, or the value of an answer chip."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(max_length=32_000)


def encounters(turns: Turns) -> APIRouter:
    """Return the routes below `/api/v1/encounters`."""
    router = APIRouter(prefix="/api/v1/encounters", tags=["encounters"])
    pipeline = turns.pipeline
    knowledge = pipeline.knowledge

    @router.post("", status_code=201)
    def create(new: NewEncounter) -> dict[str, Any]:
        """Begin an encounter; its id is the only key to it, so keep it secret."""
        if new.language not in knowledge.replies:
            raise HTTPException(422, f"unknown language {new.language!r}; choose: {', '.join(knowledge.replies)}")
        if new.country is not None and new.country not in knowledge.services:
            raise HTTPException(422, f"unknown country {new.country!r}; choose: {', '.join(knowledge.services)}")
        encounter = Encounter(
            language=new.language,
            country=new.country,
            subject=Subject(age_years=new.age_years, age_months=new.age_months, sex=new.sex, pregnant=new.pregnant),
        )
        pipeline.store.save(encounter)
        return {"id": encounter.id, "greeting": pipeline.greeting(encounter.language)}

    @router.post("/{encounter_id}/messages", response_model=None)
    def message(encounter_id: str, new: NewMessage, request: Request) -> dict[str, Any] | StreamingResponse:
        """Send one message; the reply comes as JSON, or as server-sent events when these are accepted."""
        encounter = _find(turns, encounter_id)
        if "text/event-stream" in request.headers.get("accept", ""):
            return StreamingResponse(_events(turns, encounter, new.text), media_type="text/event-stream")
        return turn_json(turns.respond(encounter, new.text))

    @router.get("/{encounter_id}")
    def read(encounter_id: str) -> dict[str, Any]:
        """Return the encounter with its turns and the hand-over summary."""
        encounter = _find(turns, encounter_id)
        return {
            "id": encounter.id,
            "language": encounter.language,
            "country": encounter.country,
            "floor": encounter.floor.name.lower(),
            "turns": [{"text": turn.message.text, **turn_json(turn)} for turn in encounter.turns],
            "handoff": pipeline.handoff(encounter).model_dump(),
        }

    @router.delete("/{encounter_id}", status_code=204)
    def delete(encounter_id: str) -> Response:
        """Delete all that the patient wrote; the audit record keeps only identifiers and versions."""
        if not pipeline.store.delete(encounter_id):
            raise HTTPException(404, "no such encounter")
        return Response(status_code=204)

    return router


def turn_json(turn: Turn) -> dict[str, Any]:
    """Return a turn as the API gives it."""
    found = turn.assessment
    return {
        "turn": turn.number,
        "disposition": found.disposition.name.lower(),
        "floor": found.floor.name.lower(),
        "ceiling": found.ceiling.name.lower(),
        "closed": found.closed,
        "red_flags": [hit.model_dump(mode="json") for hit in found.hits],
        "reply": {**turn.reply.model_dump(mode="json"), "text": turn.reply.text},
    }


def problems(app: FastAPI) -> None:
    """Make every error a problem+json answer that never repeats what the patient wrote."""

    @app.exception_handler(HTTPException)
    async def known(_: Request, error: HTTPException) -> JSONResponse:
        return _problem(error.status_code, str(error.detail))

    @app.exception_handler(RequestValidationError)
    async def invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        wrong = "; ".join(f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors())
        return _problem(422, wrong)

    @app.exception_handler(StorageError)
    async def storage(_: Request, __: StorageError) -> JSONResponse:
        return _problem(503, "the store is out of reach; try again in a moment")

    @app.exception_handler(Exception)
    async def unknown(_: Request, __: Exception) -> JSONResponse:
        return _problem(500, "something went wrong on our side")


def _problem(status: int, detail: str) -> JSONResponse:
    body = {"title": detail.split(";")[0], "status": status, "detail": detail}
    return JSONResponse(body, status_code=status, media_type="application/problem+json")


def _find(turns: Turns, encounter_id: str) -> Encounter:
    encounter = turns.pipeline.store.load(encounter_id)
    if encounter is None:
        raise HTTPException(404, "no such encounter")
    return encounter


def _events(turns: Turns, encounter: Encounter, text: str) -> Iterator[str]:
    """First event: card and floor; then each checked sentence; last the complete turn."""
    shown = 0
    first = True
    for item in turns.stream(encounter, text):
        if isinstance(item, Turn):
            yield _event("turn", turn_json(item))
            continue
        if first:
            card = item.card.model_dump(mode="json") if item.card else None
            yield _event("card", {"card": card, "floor": encounter.floor.name.lower(), "notices": item.notices})
            first = False
        if item.worded_by is not None:
            for sentence in item.sentences[shown:]:
                yield _event("sentence", sentence.model_dump())
            shown = len(item.sentences)


def _event(name: str, data: dict[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
