"""`/v1/chat/completions`: the OpenAI chat shape, so that other people's harnesses drive Salama unmodified.

The encounter is the list of messages: each call replays the patient's turns from the first, and nothing is stored.
"""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from triage import Encounter, TriagePipeline, Turn

MOST_TURNS = 60


class ChatMessage(BaseModel):
    """One message in the OpenAI shape; content is text or a list of text parts."""

    role: str
    content: str | list[dict[str, Any]] | None = None

    @property
    def text(self) -> str:
        """The text of the message, parts joined."""
        if isinstance(self.content, list):
            return " ".join(str(part.get("text", "")) for part in self.content)
        return self.content or ""


class ChatRequest(BaseModel):
    """The fields we read; others of the OpenAI protocol are accepted and ignored."""

    messages: list[ChatMessage] = Field(min_length=1)
    model: str = "salama"
    stream: bool = False


def chat_completions(pipeline: TriagePipeline, country: str | None) -> APIRouter:
    """Return the routes below `/v1`.

    Args:
        pipeline: An engine whose store keeps nothing.
        country: Country whose emergency numbers are shown.
    """
    router = APIRouter(prefix="/v1", tags=["openai"])

    @router.get("/models")
    def models() -> dict[str, Any]:
        """List the one model there is."""
        return {"object": "list", "data": [{"id": "salama", "object": "model", "owned_by": "salama"}]}

    @router.post("/chat/completions", response_model=None)
    def complete(request: ChatRequest) -> dict[str, Any] | StreamingResponse:
        """Answer the last message of the patient."""
        texts = [message.text for message in request.messages if message.role == "user"]
        if not texts:
            raise HTTPException(422, "messages: at least one message with role 'user' is needed")
        if len(texts) > MOST_TURNS:
            raise HTTPException(422, f"messages: at most {MOST_TURNS} messages with role 'user'")
        encounter = Encounter(country=country)
        for text in texts:
            turn = pipeline.respond(encounter, text)
        head = {"id": f"chatcmpl-{uuid.uuid4().hex}", "created": int(time.time()), "model": request.model}
        if request.stream:
            return StreamingResponse(_chunks(head, turn), media_type="text/event-stream")
        text = turn.reply.text
        return {
            **head,
            "object": "chat.completion",
            "choices": [
                {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"},
            ],
            "usage": {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0},
            "salama": _result(turn),
        }

    return router


def _result(turn: Turn) -> dict[str, Any]:
    found = turn.assessment
    return {
        "disposition": found.disposition.name.lower(),
        "floor": found.floor.name.lower(),
        "ceiling": found.ceiling.name.lower(),
        "closed": found.closed,
        "red_flags": [hit.rule_id for hit in found.hits],
    }


def _chunks(head: dict[str, Any], turn: Turn) -> Iterator[str]:
    def chunk(delta: dict[str, str], finish: str | None, **more: object) -> str:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        body = {**head, "object": "chat.completion.chunk", "choices": [choice], **more}
        return f"data: {json.dumps(body, ensure_ascii=False)}\n\n"

    yield chunk({"role": "assistant", "content": ""}, None)
    for line in turn.reply.text.splitlines(keepends=True):
        yield chunk({"content": line}, None)
    yield chunk({}, "stop", salama=_result(turn))
    yield "data: [DONE]\n\n"
