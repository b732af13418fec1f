"""Headers, limits and closed doors around every page and endpoint."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from fastapi import HTTPException
from starlette.middleware.cors import CORSMiddleware

from ui.problems import Problems

log = logging.getLogger("salama")

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Origins = Callable[[], tuple[str, ...]]
"""Web origins as the settings allow them now."""

CLOSED = ("upload", "proxy=", "file=", "file/", "runs", "info", "openapi.json", "api/", "call/", "component_server")
"""Gradio routes that no patient page needs; each has had a security report somewhere."""


def policy(frame_ancestors: tuple[str, ...]) -> str:
    """Return the content security policy of all pages.

    Args:
        frame_ancestors: Web origins that may show the page in a frame; none but our own when empty.
    """
    ancestors = " ".join(("'self'", *frame_ancestors))
    return (
        "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; object-src 'none'; "
        "base-uri 'self'; form-action 'self'; "
        f"frame-ancestors {ancestors}"
    )


class Guarded:
    """ASGI middleware: security headers on every answer, a limit on every body, unused Gradio routes closed.

    An error that nobody foresaw ends here, unless it was a form's: the answer is a problem, or a page for a patient.

    Args:
        app: The application inside.
        frame_ancestors: Web origins that may show pages in a frame.
        max_body: Largest request body in bytes.
        problems: Writes the refusals.
    """

    def __init__(self, app: App, *, frame_ancestors: Origins, max_body: int, problems: Problems) -> None:
        self._app = app
        self._max_body = max_body
        self._frame_ancestors = frame_ancestors
        self._problems = problems

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or hand it on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answering = False
        received = 0

        async def limited() -> MutableMapping[str, Any]:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self._max_body:
                raise HTTPException(413, self._too_large)
            return message

        async def sending(message: MutableMapping[str, Any]) -> None:
            nonlocal answering
            if message["type"] == "http.response.start":
                answering = True
                given = {name for name, _ in message.get("headers", [])}
                own = (header for header in self._headers() if header[0] not in given)
                message["headers"] = [*message.get("headers", []), *own]
            await send(message)

        async def refuse(status: int, detail: str) -> None:
            if not answering:
                await (await self._problems.refusal(scope, status, detail))(scope, receive, sending)

        length = dict(scope["headers"]).get(b"content-length", b"0")
        if _is_closed(scope["path"]):
            await refuse(404, "not found")
        elif not length.isdigit():
            await refuse(400, "the header content-length is no number")
        elif int(length) > self._max_body:
            await refuse(413, self._too_large)
        else:
            try:
                await self._app(scope, limited, sending)
            except HTTPException as error:
                await refuse(error.status_code, str(error.detail))
            except Exception as error:
                report(error)
                await refuse(500, "something went wrong on our side; try again")

    @property
    def _too_large(self) -> str:
        return f"the body is too large; at most {self._max_body} bytes"

    def _headers(self) -> list[tuple[bytes, bytes]]:
        return [
            (b"content-security-policy", policy(self._frame_ancestors()).encode()),
            (b"x-content-type-options", b"nosniff"),
            (b"referrer-policy", b"no-referrer"),
            (b"permissions-policy", b"camera=(), geolocation=(), payment=()"),
            (b"cross-origin-opener-policy", b"same-origin"),
        ]


class AllowedOrigins(CORSMiddleware):
    """Cross-origin calls from the origins that are allowed now, not only from those known at the start.

    Args:
        app: The application inside.
        origins: Web origins that may call.
    """

    def __init__(self, app: App, *, origins: Origins) -> None:
        super().__init__(
            app,
            allow_methods=["GET", "POST", "DELETE"],
            allow_headers=["accept", "content-type", "idempotency-key"],
            expose_headers=["retry-after", "location"],
        )
        self._origins = origins

    def is_allowed_origin(self, origin: str) -> bool:
        """Whether pages of this origin may call."""
        return origin in self._origins()


def _is_closed(path: str) -> bool:
    marker = "/gradio_api/"
    return marker in path and path.split(marker, 1)[1].startswith(CLOSED)


def report(error: BaseException) -> None:
    """Log an error that nobody foresaw: its kind and place, and none of the values, which may be a patient's words."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "unknown"
    log.error("a request failed: %s at %s", type(error).__name__, place)
