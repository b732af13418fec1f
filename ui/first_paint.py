"""What a patient sees and uses before the page's scripts have run, or if they never do: the page as it stands."""

from __future__ import annotations

import gzip
import re
from collections.abc import MutableMapping
from html import escape
from typing import Any

from starlette.concurrency import run_in_threadpool

from ui.chrome import Chrome, asked
from ui.desk import Desk, Visit
from ui.markup import STATIC, acting, direction, spoken
from ui.patient import IN_FORMS, PLACES
from ui.security import App, Receive, Scope, Send
from ui.visits import PAGES, Page, Visits

PATHS: dict[str, Page] = {f"/{page}/": page for page in PAGES}
STYLE = (STATIC / "theme.css").read_text(encoding="utf-8")
SHOWN = '<script>window.parent === window || window.parent.postMessage({ salama: "shown" }, "*")</script>'
"""Tells the widget around the page that it can be read and used."""
_ID = re.compile(r' id="[^"]*"')
_BODY = re.compile(rb"<body[^>]*>")


class FirstPaint:
    """ASGI middleware around the patient page: writes the page into it as plain HTML, and gives a visit its cookie.

    Args:
        app: The application inside.
        desk: Draws the page.
        chrome: Reads language and country of the page's address.
        visits: Makes and reads the cookies.
        language: Language of the page when its address names none.
        country: Country likewise.
    """

    def __init__(
        self,
        app: App,
        *,
        desk: Desk,
        chrome: Chrome,
        visits: Visits,
        language: str,
        country: str | None,
    ) -> None:
        self._app = app
        self._desk = desk
        self._chrome = chrome
        self._visits = visits
        # In the page itself: one round trip less until the number stands there.
        self._head = f'<style>{STYLE}</style><script src="/static/page.js" defer></script>'.encode()
        self._language = language
        self._country = country

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on everything but the page itself."""
        if scope["type"] != "http" or scope["method"] != "GET" or scope["path"] not in PATHS:
            await self._app(scope, receive, _lasting(send) if _is_asset(scope) else send)
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
        query = asked(scope["query_string"])
        language, country = self._chrome.asked_for(query, self._language, self._country)
        known = self._visits.in_cookies(given.get(b"cookie", b"").decode("latin-1"))
        name = PATHS[scope["path"]]
        visit = Visit(known or self._visits.new_id(), language, country, page=name, deleted="deleted" in query)
        page = await run_in_threadpool(self._insert, body, visit)
        headers = [item for item in start["headers"] if item[0] not in (b"content-length", b"cache-control")]
        if b"gzip" in given.get(b"accept-encoding", b""):
            page = gzip.compress(page, 5)
            headers.append((b"content-encoding", b"gzip"))
        headers += [(b"content-length", str(len(page)).encode()), (b"cache-control", b"no-store")]
        if known is None:
            cookie = self._visits.cookie(visit.id, secure=scope["scheme"] == "https", framed=name == "embed")
            headers.append((b"set-cookie", cookie.encode()))
        await send({**start, "headers": headers})
        await send({"type": "http.response.body", "body": page})

    def _insert(self, body: bytes, visit: Visit) -> bytes:
        visit, regions = self._desk.look(visit)
        # Around a frame stands the clinic's own page, which says its name already.
        framed = ' class="sal-embed"' if visit.page == "embed" else ""
        shell = f'id="sal" lang="{escape(visit.language)}" dir="{direction(visit.language)}"{framed}'.encode()
        body = body.replace(b'lang="en"', shell, 1)
        fields = self._desk.fields(visit)
        parts = []
        for name in PLACES:
            if name == "handoff":
                parts.append(acting(self._chrome.write(visit.language), fields))
            html = acting(regions[name], fields) if name in IN_FORMS else regions[name]
            # Without ids: the same regions come again, alive, when the scripts have run.
            parts.append(f'<div class="sal-{name}-region">{_ID.sub("", html)}</div>')
            if name == "head":
                # Without scripts nobody is told when we are away, so the signs stand there from the beginning.
                signs = self._chrome.dangers(visit.language)
                parts.append(f'<noscript><div class="sal-away">{signs}</div></noscript>')
        shown = SHOWN if visit.page == "embed" else ""
        page = f'<main id="sal-first" {spoken(visit.language)}>{"".join(parts)}</main>{shown}'.encode()
        body = body.replace(b"</head>", self._head + b"</head>", 1)
        return _BODY.sub(lambda found: found.group() + page, body, count=1)


def _is_asset(scope: Scope) -> bool:
    return scope["type"] == "http" and any(scope["path"].startswith(f"{page}assets/") for page in PATHS)


def _lasting(send: Send) -> Send:
    """Let the browser keep a file whose name changes with its content, so that a second visit is light."""

    async def sending(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start" and message["status"] == 200:
            headers = [item for item in message["headers"] if item[0] != b"cache-control"]
            message["headers"] = [*headers, (b"cache-control", b"public, max-age=31536000, immutable")]
        await send(message)

    return sending
