"""What a patient sees before the page's scripts have run, or if they never do: whom to call, and when."""

from __future__ import annotations

import gzip
import re
from collections.abc import MutableMapping
from html import escape
from typing import Any
from urllib.parse import parse_qs

from ui.chrome import Chrome
from ui.render import direction
from ui.security import App, Receive, Scope, Send
from ui.visits import PAGES, Visits

PATHS = {f"/{page}/": page for page in PAGES}
_BODY = re.compile(rb"<body[^>]*>")


class FirstPaint:
    """ASGI middleware around the patient page: writes the emergency words into it, and gives a visit its cookie.

    Args:
        app: The application inside.
        chrome: Writes the words.
        visits: Makes and reads the cookies.
        language: Language of the page when its address names none.
        country: Country likewise.
    """

    def __init__(self, app: App, *, chrome: Chrome, visits: Visits, language: str, country: str | None) -> None:
        self._app = app
        self._chrome = chrome
        self._visits = visits
        self._language = language
        self._country = country

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on everything but the page itself."""
        if scope["type"] != "http" or scope["method"] != "GET" or scope["path"] not in PATHS:
            await self._app(scope, receive, send)
            return
        given = dict(scope["headers"])
        # The page is read here, so it must come as it is; it is packed again below.
        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        start: MutableMapping[str, Any] = {}
        body = bytearray()

        async def gather(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
                return
            if message["type"] != "http.response.body":
                await send(message)
                return
            body.extend(message.get("body", b""))
            if not message.get("more_body"):
                await self._finish(scope, given, start, bytes(body), send)

        await self._app({**scope, "headers": plain}, receive, gather)

    async def _finish(
        self, scope: Scope, given: dict[bytes, bytes], start: MutableMapping[str, Any], body: bytes, send: Send
    ) -> None:
        query = parse_qs(scope["query_string"].decode("ascii", "replace"), keep_blank_values=True)
        page = self._insert(body, query)
        headers = [item for item in start["headers"] if item[0] not in (b"content-length", b"cache-control")]
        if b"gzip" in given.get(b"accept-encoding", b""):
            page = gzip.compress(page, 5)
            headers.append((b"content-encoding", b"gzip"))
        headers += [(b"content-length", str(len(page)).encode()), (b"cache-control", b"no-store")]
        if self._visits.in_cookies(given.get(b"cookie", b"").decode("latin-1")) is None:
            cookie = self._visits.fresh_cookie(
                secure=scope["scheme"] == "https", framed=PATHS[scope["path"]] == "embed"
            )
            headers.append((b"set-cookie", cookie.encode()))
        await send({**start, "headers": headers})
        await send({"type": "http.response.body", "body": page})

    def _insert(self, body: bytes, query: dict[str, list[str]]) -> bytes:
        language, country = self._chrome.asked_for(query, self._language, self._country)
        shell = f'lang="{escape(language)}" dir="{direction(language)}"'.encode()
        body = body.replace(b'lang="en"', shell, 1)
        words = self._chrome.first_paint(language, country).encode()
        return _BODY.sub(lambda found: found.group() + words, body, count=1)
