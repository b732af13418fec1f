"""What a clinic's page loads: the widget script with its words, and an invented clinic that shows it."""

from __future__ import annotations

import gzip
import hashlib
import json
from functools import lru_cache

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException

from knowledge import Knowledge
from knowledge.vocabulary import spoken_in
from ui.chrome import DANGERS, NAMES
from ui.clinic import Clinic, Colors
from ui.clinic_file import ClinicFile
from ui.clinic_html import LOGO
from ui.markup import STATIC, direction, sheet

WORDS = {
    "button": "widget_button", "close": "close", "banner": "emergency_banner", "unknown": "unknown_number",
    "loading": "page_loading", "failed": "widget_failed", "again": "try_again",
    "lead": "danger_lead",
}  # fmt: skip
"""Sentences of the script, by its own names, and their keys in the replies."""

DEMO_FILES = {"style.css": "text/css", "events.js": "text/javascript"}
STRICT = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
}
"""A policy as careful clinics set it; the example shows that the widget lives with it."""


def widget(knowledge: Knowledge, clinic: ClinicFile) -> APIRouter:
    """Return the routes `/widget.js`, `/widget.d.ts`, `/demo` and the clinic's logo."""
    router = APIRouter(include_in_schema=False)
    types = (STATIC / "widget.d.ts").read_text(encoding="utf-8")
    words, demo = sheet("demo")

    @lru_cache(maxsize=1)
    def built(_version: int) -> tuple[bytes, bytes, str]:
        script = widget_script(knowledge, clinic.now()).encode()
        return script, gzip.compress(script), f'"{hashlib.sha256(script).hexdigest()[:16]}"'

    @router.get("/widget.js")
    def widget_js(request: Request) -> Response:
        clinic.now()
        script, packed, tag = built(clinic.version)
        # Short, as the clinic may change its file; a browser that asks again gets a few bytes.
        headers = {
            "cache-control": "public, max-age=300",
            "etag": tag,
            "vary": "accept-encoding",
            "cross-origin-resource-policy": "cross-origin",
        }
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        if "gzip" not in request.headers.get("accept-encoding", ""):
            return Response(script, media_type="text/javascript", headers=headers)
        return Response(packed, media_type="text/javascript", headers={**headers, "content-encoding": "gzip"})

    @router.get("/widget.d.ts")
    def widget_types() -> Response:
        return Response(types, media_type="text/plain", headers={"cache-control": "public, max-age=3600"})

    @router.get("/demo")
    def example(lang: str = "") -> Response:
        return HTMLResponse(demo(lang if lang in words else "en"), headers=STRICT)

    @router.get("/demo/{name}")
    def example_file(name: str) -> Response:
        if name not in DEMO_FILES:
            raise HTTPException(404, "not found")
        return Response((STATIC / "demo" / name).read_bytes(), media_type=DEMO_FILES[name])

    @router.get(LOGO)
    def logo() -> Response:
        if clinic.logo is None:
            raise HTTPException(404, "this clinic has no logo")
        body, kind = clinic.logo
        # A drawing may hold scripts; shown as a picture they sleep, opened by itself this policy keeps them asleep.
        headers = {"content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox"}
        return Response(body, media_type=kind, headers={**headers, "cache-control": "public, max-age=300"})

    return router


def widget_script(knowledge: Knowledge, clinic: Clinic | None = None) -> str:
    """Return the script, with its few sentences in all languages and the emergency numbers of all countries.

    Args:
        knowledge: The content.
        clinic: Gives name, colours and languages; none when None.
    """
    languages, colors = {}, clinic.colors if clinic else Colors()
    for tag in clinic.languages if clinic else NAMES:
        text = knowledge.say(tag).text
        languages[tag] = {
            "dir": direction(tag),
            "title": spoken_in(clinic.name, tag) if clinic else "Salama",
            **{name: text[key] for name, key in WORDS.items()},
            "signs": [text[f"danger_{sign}"] for sign in DANGERS],
        }
    words = {
        "languages": languages,
        "numbers": {code: services.emergency for code, services in knowledge.services.items()},
        "color": colors.main,
        "ink": colors.ink,
    }
    script = (STATIC / "widget.js").read_text(encoding="utf-8")
    # A script that stands in a page must not end it, whatever a clinic calls itself.
    told = json.dumps(words, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return script.replace("__WORDS__", told, 1)
