"""What a clinic's page loads: the widget script with its words, and an invented clinic that shows it."""

from __future__ import annotations

import json
from importlib.resources import files

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from knowledge import Knowledge
from ui.chrome import NAMES
from ui.markup import direction

STATIC = files("ui") / "static"


def widget(knowledge: Knowledge) -> APIRouter:
    """Return the routes `/widget.js` and `/demo`."""
    router = APIRouter(include_in_schema=False)
    script = widget_script(knowledge)
    demo = (STATIC / "demo.html").read_text(encoding="utf-8")

    @router.get("/widget.js")
    def widget_js() -> Response:
        return Response(script, media_type="text/javascript", headers={"cache-control": "public, max-age=3600"})

    @router.get("/demo")
    def example() -> Response:
        return HTMLResponse(demo)

    return router


def widget_script(knowledge: Knowledge) -> str:
    """Return the script, with its few sentences in all languages and the emergency numbers of all countries."""
    languages = {}
    for tag in NAMES:
        text = knowledge.say(tag).text
        languages[tag] = {
            "dir": direction(tag),
            "button": text["widget_button"],
            "close": text["close"],
            "banner": text["emergency_banner"],
            "unknown": text["unknown_number"],
            "failed": text["page_needs_script"],
        }
    numbers = {code: services.emergency for code, services in knowledge.services.items()}
    words = json.dumps({"languages": languages, "numbers": numbers}, ensure_ascii=False, separators=(",", ":"))
    return (STATIC / "widget.js").read_text(encoding="utf-8").replace("__WORDS__", words, 1)
