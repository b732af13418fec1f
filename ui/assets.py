"""Files that a browser fetches besides the page: style, scripts, fonts, and what it keeps for when we are away."""

from __future__ import annotations

import gzip

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response
from starlette.exceptions import HTTPException

from triage import Settings
from ui.chrome import Chrome
from ui.markup import STATIC

KINDS = {".css": "text/css", ".js": "text/javascript", ".woff2": "font/woff2", ".svg": "image/svg+xml"}
SERVED = {
    "theme.css": STATIC / "theme.css",
    "page.js": STATIC / "page.js",
    "offline.js": STATIC / "offline.js",
    **{f"fonts/{item.name}": item for item in (STATIC / "fonts").iterdir() if item.name.endswith(".woff2")},
}
"""Files by their name under /static/."""


def assets(chrome: Chrome, settings: Settings) -> APIRouter:
    """Return the routes of files.

    Args:
        chrome: Writes the page for when the server cannot be reached.
        settings: First language and country of that page.
    """
    router = APIRouter(include_in_schema=False)
    bodies = {name: item.read_bytes() for name, item in SERVED.items()}
    # Fonts are packed already.
    packed = {name: gzip.compress(body) for name, body in bodies.items() if not name.endswith(".woff2")}
    worker_script, icon_drawing = ((STATIC / name).read_bytes() for name in ("sw.js", "icon.svg"))

    @router.get("/static/{name:path}")
    def static(request: Request, name: str) -> Response:
        if name not in bodies:
            raise HTTPException(404, "not found")
        kind = KINDS[name[name.rindex(".") :]]
        age = 31_536_000 if kind == "font/woff2" else 3600
        headers = {"cache-control": f"public, max-age={age}", "vary": "accept-encoding"}
        if name in packed and "gzip" in request.headers.get("accept-encoding", ""):
            return Response(packed[name], media_type=kind, headers={**headers, "content-encoding": "gzip"})
        return Response(bodies[name], media_type=kind, headers=headers)

    @router.get("/sw.js")
    def worker() -> Response:
        return Response(worker_script, media_type="text/javascript", headers={"cache-control": "no-cache"})

    @router.get("/offline")
    def offline(request: Request) -> Response:
        language, country = chrome.asked_for(dict(request.query_params), settings.language, settings.country)
        return Response(chrome.offline(language, country), media_type="text/html")

    @router.get("/robots.txt")
    def robots() -> Response:
        return PlainTextResponse("User-agent: *\nDisallow: /\n")

    @router.get("/favicon.ico")
    def icon() -> Response:
        return Response(icon_drawing, media_type="image/svg+xml")

    @router.get("/manifest.json")
    @router.get("/chat/manifest.json")
    @router.get("/embed/manifest.json")
    def manifest() -> dict[str, str]:
        return {"name": "Salama", "short_name": "Salama", "start_url": "/chat/", "display": "standalone"}

    return router
