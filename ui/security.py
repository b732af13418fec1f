"""Headers, limits and closed doors around every page and endpoint."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

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

    Args:
        app: The application inside.
        frame_ancestors: Web origins that may show pages in a frame.
        max_body: Largest request body in bytes.
    """

    def __init__(self, app: App, *, frame_ancestors: tuple[str, ...], max_body: int) -> None:
        self._app = app
        self._max_body = max_body
        self._headers = [
            (b"content-security-policy", policy(frame_ancestors).encode()),
            (b"x-content-type-options", b"nosniff"),
            (b"referrer-policy", b"no-referrer"),
            (b"permissions-policy", b"camera=(), geolocation=(), payment=()"),
            (b"cross-origin-opener-policy", b"same-origin"),
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or hand it on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if _is_closed(scope["path"]):
            await _refuse(send, 404, self._headers)
            return
        length = dict(scope["headers"]).get(b"content-length", b"0")
        if not length.isdigit() or int(length) > self._max_body:
            await _refuse(send, 413, self._headers)
            return
        received = 0

        async def limited() -> MutableMapping[str, Any]:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self._max_body:
                # A chunked body that grows past the limit: nothing more of it is read.
                return {"type": "http.disconnect"}
            return message

        async def sending(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                given = {name for name, _ in message.get("headers", [])}
                message["headers"] = [
                    *message.get("headers", []),
                    *(header for header in self._headers if header[0] not in given),
                ]
            await send(message)

        await self._app(scope, limited, sending)


def _is_closed(path: str) -> bool:
    marker = "/gradio_api/"
    return marker in path and path.split(marker, 1)[1].startswith(CLOSED)


async def _refuse(send: Send, status: int, headers: list[tuple[bytes, bytes]]) -> None:
    words = {404: b'{"title": "not found", "status": 404}', 413: b'{"title": "message too large", "status": 413}'}[
        status
    ]
    start = [*headers, (b"content-type", b"application/problem+json"), (b"content-length", str(len(words)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": start})
    await send({"type": "http.response.body", "body": words})
