"""Every error as `application/problem+json` (RFC 9457), which never repeats what the patient wrote; as a page where a
patient reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.types import Scope

from triage import StorageError
from ui.failed_pages import FailedPages

CHAT = "/v1/"
"""Below this path errors also carry `error`, where clients of the OpenAI protocol look for it."""


class Wrong(BaseModel):
    """One thing that is wrong with a request."""

    where: str = Field(description="Path to the value, e.g. `body.text`.")
    problem: str


class Problem(BaseModel):
    """An error (RFC 9457)."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "about:blank",
                    "title": "Not Found",
                    "status": 404,
                    "detail": "no such encounter",
                    "urgent_help": "In an emergency call 15",
                }
            ]
        }
    )

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    urgent_help: str = Field(description="How to get urgent help; show it when a patient is waiting.")
    errors: list[Wrong] = Field(default=[], description="What is wrong with the request, one by one.")


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the entries of the OpenAPI description for these error statuses."""
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": HTTPStatus(status).phrase, "content": content} for status in statuses}


class Problems:
    """Writes errors.

    Args:
        urgent_help: Sentence with the emergency number of the server's country; part of every error.
        pages: Writes them for patients.
    """

    def __init__(self, urgent_help: str, pages: FailedPages) -> None:
        self._urgent_help = urgent_help
        self._pages = pages

    async def refusal(
        self,
        scope: Scope,
        status: int,
        detail: str,
        *,
        headers: Mapping[str, str] | None = None,
        errors: Sequence[Wrong] = (),
    ) -> Response:
        """Return the answer to a request that cannot be served: a page for a patient, else as `answer`."""
        if self._pages.wanted(scope):
            return await self._pages.answer(scope, status, headers=headers)
        return self.answer(status, detail, scope["path"], headers=headers, errors=errors)

    def answer(
        self,
        status: int,
        detail: str,
        path: str = "",
        *,
        headers: Mapping[str, str] | None = None,
        errors: Sequence[Wrong] = (),
    ) -> JSONResponse:
        """Return the answer to a request that cannot be served.

        Args:
            status: HTTP status.
            detail: What is wrong and what to do; no words of the patient.
            path: Path of the request.
            headers: Further headers.
            errors: What is wrong, one by one.
        """
        body = self.told(status, detail, errors).model_dump()
        if path.startswith(CHAT):
            kind = "rate_limit_error" if status == 429 else "invalid_request_error" if status < 500 else "api_error"
            body["error"] = {"message": detail, "type": kind, "param": None, "code": None}
        return JSONResponse(
            body,
            status_code=status,
            media_type="application/problem+json",
            headers={"cache-control": "no-store", **(headers or {})},
        )

    def told(self, status: int, detail: str, errors: Sequence[Wrong] = ()) -> Problem:
        """Return an error as it is told, also within a stream that has begun."""
        title = HTTPStatus(status).phrase
        return Problem(title=title, status=status, detail=detail, urgent_help=self._urgent_help, errors=list(errors))

    def install(self, app: FastAPI) -> None:
        """Make an application answer all its own errors like this; those nobody foresaw are caught further outside."""

        describe = app.openapi

        def described() -> dict[str, Any]:
            found = describe()
            schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
            found["components"]["schemas"] |= {**schema.pop("$defs"), "Problem": schema}
            return found

        app.openapi = described  # type: ignore[method-assign]

        @app.exception_handler(HTTPException)
        async def known(request: Request, error: HTTPException) -> Response:
            return await self.refusal(request.scope, error.status_code, str(error.detail), headers=error.headers)

        @app.exception_handler(RequestValidationError)
        async def invalid(request: Request, error: RequestValidationError) -> Response:
            wrong = [_wrong(item) for item in error.errors()]
            detail = "; ".join(f"{item.where}: {item.problem}" for item in wrong)
            return await self.refusal(request.scope, 422, detail, errors=wrong)

        @app.exception_handler(StorageError)
        async def storage(request: Request, _: StorageError) -> Response:
            detail = "the store is out of reach; try again in a moment"
            return await self.refusal(request.scope, 503, detail, headers={"retry-after": "5"})


def _wrong(error: Mapping[str, Any]) -> Wrong:
    where = [str(part) for part in error["loc"]]
    if error["type"] == "extra_forbidden":
        # The name of the key came from outside and may be anything, also a patient's words.
        return Wrong(where=".".join(where[:-1]), problem="unknown key; /api/openapi.json lists the known ones")
    if error["type"] == "json_invalid":
        return Wrong(where=where[0], problem="not valid JSON")
    return Wrong(where=".".join(where), problem=str(error["msg"]))
