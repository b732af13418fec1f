"""`/v1/chat/completions`: the OpenAI chat shape, so that other people's harnesses drive Salama unmodified.

The encounter is the list of messages: each call replays the patient's turns from the first, and nothing is stored.
"""

from __future__ import annotations

import copy
import json
import time
import uuid
from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from knowledge.vocabulary import LANGUAGES
from triage import Encounter, TriagePipeline, Turn
from ui.api_models import MOST_CHARACTERS, NO_STORE, STREAMED, Level, name
from ui.problems import documented

MODEL = "salama"
MOST_TURNS = 60
MOST_MESSAGES = 2 * MOST_TURNS + 10
MOST_CHOICES = 16


class Part(BaseModel):
    """One part of a message; only parts of type `text` are read."""

    type: str = "text"
    text: str | None = None


class ChatMessage(BaseModel):
    """One message in the OpenAI shape; only those of role `user` are read, whatever the others say."""

    role: str
    content: str | list[Part] | None = None

    @property
    def text(self) -> str:
        """The text of the message, its text parts on lines of their own."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.type == "text" and part.text)
        return self.content or ""

    @property
    def attached(self) -> bool:
        """Whether it has a part that is not text."""
        return isinstance(self.content, list) and any(part.type != "text" for part in self.content)


class StreamOptions(BaseModel):
    """What a stream may hold besides."""

    include_usage: bool = False


class ChatRequest(BaseModel):
    """The fields that we read; others of the OpenAI protocol are accepted and change nothing."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "model": MODEL,
                    "messages": [{"role": "user", "content": "3ndi lwja3 f sdri"}],
                    "metadata": {"country": "MA"},
                }
            ]
        }
    )

    messages: Annotated[list[ChatMessage], Field(min_length=1, max_length=MOST_MESSAGES)]
    model: Annotated[str, Field(max_length=200)] = MODEL
    n: int = Field(1, ge=1, le=MOST_CHOICES, description="So many equal choices: the same words get the same advice.")
    stream: bool | None = False
    stream_options: StreamOptions | None = None
    metadata: dict[str, Any] | None = Field(
        None, description="`country` (two letters) and `language` set those of the encounter; others are ignored."
    )


class Result(BaseModel):
    """The triage result, beside the reply."""

    disposition: Level
    floor: Level
    ceiling: Level
    closed: bool
    red_flags: list[str] = Field(description="Ids of the rules that hold.")

    @classmethod
    def of(cls, turn: Turn) -> Result:
        """Return the result of a turn."""
        found = turn.assessment
        return cls(
            disposition=name(found.disposition),
            floor=name(found.floor),
            ceiling=name(found.ceiling),
            closed=found.closed,
            red_flags=[hit.rule_id for hit in found.hits],
        )


def chat_completions(pipeline: TriagePipeline, language: str, country: str | None) -> APIRouter:
    """Return the routes below `/v1`.

    Args:
        pipeline: An engine whose store keeps nothing.
        language: Language of replies before the patient's own is known.
        country: Country whose emergency numbers are shown when the request names none.
    """
    router = APIRouter(prefix="/v1", tags=["openai"], responses=documented(429, 500, 503))
    # What was answered before is not worded anew by a model: only what was asked matters for the turns after it.
    earlier = copy.copy(pipeline)
    earlier.composer = None

    def play(encounter: Encounter, texts: list[str]) -> Turn:
        try:
            for text in texts[:-1]:
                earlier.respond(encounter, text)
            return pipeline.respond(encounter, texts[-1])
        finally:
            pipeline.store.delete(encounter.id)

    @router.get("/models")
    def models() -> dict[str, Any]:
        """List the one model there is."""
        return {"object": "list", "data": [_model()]}

    @router.get("/models/{model_id}", responses=documented(404))
    def model(model_id: str) -> dict[str, Any]:
        """Describe the one model there is."""
        if model_id != MODEL:
            raise HTTPException(404, f"no such model; there is only {MODEL!r}")
        return _model()

    @router.post("/chat/completions", responses={200: _documented(), **documented(400, 413, 415, 422)})
    def complete(request: ChatRequest) -> Response:
        """Answer the last message of the patient."""
        asked = [message for message in request.messages if message.role == "user"]
        if not asked:
            raise HTTPException(422, "messages: at least one message with role 'user' is needed")
        if len(asked) > MOST_TURNS:
            raise HTTPException(422, f"messages: at most {MOST_TURNS} messages with role 'user'")
        if any(len(message.text) > MOST_CHARACTERS for message in asked):
            raise HTTPException(422, f"messages: at most {MOST_CHARACTERS} characters in each")
        turn = play(_encounter(request, pipeline, language, country), [message.text for message in asked])
        text = turn.reply.text
        if asked[-1].attached:
            text = f"{pipeline.wording.text('attachment_not_read', turn.message.language)}\n{text}"
        head = {"id": f"chatcmpl-{uuid.uuid4().hex}", "created": int(time.time()), "model": request.model}
        if request.stream:
            usage = request.stream_options is not None and request.stream_options.include_usage
            chunks = _chunks(head, text, turn, request.n, usage=usage)
            return StreamingResponse(chunks, media_type="text/event-stream", headers=STREAMED)
        said = {"role": "assistant", "content": text, "refusal": None}
        choices = [
            {"index": index, "message": said, "finish_reason": "stop", "logprobs": None} for index in range(request.n)
        ]
        body = {
            **head,
            "object": "chat.completion",
            "choices": choices,
            "usage": _usage(),
            "salama": Result.of(turn).model_dump(),
        }
        return JSONResponse(body, headers=NO_STORE)

    return router


def _encounter(request: ChatRequest, pipeline: TriagePipeline, language: str, country: str | None) -> Encounter:
    told = request.metadata or {}
    known = {"language": LANGUAGES, "country": tuple(sorted(pipeline.knowledge.services))}
    for key, choices in known.items():
        if key in told and told[key] not in choices:
            raise HTTPException(422, f"metadata.{key}: unknown; choose: {', '.join(choices)}")
    return Encounter(language=told.get("language", language), country=told.get("country", country))


def _model() -> dict[str, Any]:
    return {"id": MODEL, "object": "model", "created": 0, "owned_by": "salama"}


def _usage() -> dict[str, int]:
    """Return zeros: rules decide, and what a model may add is not metered."""
    return {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}


def _chunks(head: dict[str, Any], text: str, turn: Turn, count: int, *, usage: bool) -> Iterator[str]:
    def chunk(choices: list[dict[str, Any]], **more: object) -> str:
        body = {**head, "object": "chat.completion.chunk", "choices": choices, **more}
        return f"data: {json.dumps(body, ensure_ascii=False)}\n\n"

    def delta(index: int, finish: str | None = None, **said: str) -> list[dict[str, Any]]:
        return [{"index": index, "delta": said, "finish_reason": finish}]

    for index in range(count):
        yield chunk(delta(index, role="assistant", content=""))
        for line in text.splitlines(keepends=True):
            yield chunk(delta(index, content=line))
        yield chunk(delta(index, "stop"), salama=Result.of(turn).model_dump())
    if usage:
        yield chunk([], usage=_usage())
    yield "data: [DONE]\n\n"


def _documented() -> dict[str, Any]:
    answer = {
        "type": "object",
        "required": ["id", "object", "created", "model", "choices", "usage", "salama"],
        "properties": {
            "choices": {"type": "array", "items": {"type": "object"}},
            "salama": Result.model_json_schema(),
        },
    }
    return {
        "description": "The reply in the OpenAI shape, with the triage result under `salama`.",
        "content": {
            "application/json": {"schema": answer},
            "text/event-stream": {"schema": {"type": "string"}, "example": "data: {...}\n\ndata: [DONE]\n\n"},
        },
    }
