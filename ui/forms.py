"""What the page's forms do by themselves, before its scripts have come or where they never do."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from ui.api_models import NO_STORE
from ui.chrome import Chrome
from ui.desk import VERBS, Desk, Visit, own_words
from ui.limits import Pace, address
from ui.markup import acting
from ui.turns import Turns
from ui.visits import Page, Visits

MOST_WRITTEN = 20_000
"""Characters of a form field; what is too long for a message is cut by the engine."""


class Leaving(BaseModel):
    """What every form sends: which encounter, and how the page stood."""

    token: str = Field(max_length=400)
    page: Page = "chat"
    lang: str = Field(default="", max_length=20)
    country: str = Field(default="", max_length=2)


class Acting(Leaving):
    """What a button or the field for writing says."""

    say: list[Annotated[str, Field(max_length=MOST_WRITTEN)]] = Field(default_factory=list, max_length=20)
    speak: str = Field(default="", max_length=20)
    place: str = Field(default="", max_length=2)
    who: str = Field(default="", max_length=10)
    number: str = Field(default="", max_length=10)
    unit: str = Field(default="", max_length=40)

    def acts(self) -> tuple[str, str] | None:
        """Return verb and value; None when a number was left empty or nothing was said."""
        if self.unit:
            return ("say", f"{self.number.strip()} {self.unit}") if self.number.strip() else None
        said = " ".join(text for text in self.say if text.strip())
        for verb, value in zip(VERBS, (said, self.speak, self.place, self.who), strict=True):
            if value:
                return verb, value
        return None


def forms(turns: Turns, desk: Desk, visits: Visits, chrome: Chrome, pace: Pace) -> APIRouter:
    """Return the routes of the forms.

    Args:
        turns: Deletes an encounter once no turn of it is under way.
        desk: Carries out what buttons say.
        visits: Reads the tokens of the forms.
        chrome: Writes the page for those who send faster than we read.
        pace: Says how fast messages are played.
    """
    router = APIRouter(prefix="/visit", include_in_schema=False)

    def named(form: Leaving) -> str:
        encounter_id = visits.read(form.token)
        if encounter_id is None:
            raise HTTPException(403, "this form is too old; open the page again")
        return encounter_id

    def given_back(visit: Visit, verb: str, value: str) -> Response:
        known = desk.resumed(visit)
        again = chrome.write(known.language, own_words(verb, value))
        page = chrome.crowded(known.language, known.country, acting(again, desk.fields(known)))
        return HTMLResponse(page, status_code=429, headers=NO_STORE)

    @router.post("/act")
    async def act(request: Request, form: Annotated[Acting, Form()]) -> Response:
        """Play one turn, or change language or country, and show the page again."""
        visit = Visit(id=named(form), language=form.lang, country=form.country or None, page=form.page)
        if acts := form.acts():
            if not await pace.admits(address(request.client), visit.id):
                return await run_in_threadpool(given_back, visit, *acts)
            visit = await run_in_threadpool(lambda: list(desk.act(visit, *acts))[-1][0])
        return _shown(visits, request, visit.id, form, {"lang": visit.language, "country": visit.country or ""})

    @router.post("/restart")
    def restart(request: Request, form: Annotated[Leaving, Form()]) -> Response:
        """Begin anew in the same language and country; the old encounter stays stored."""
        return _shown(visits, request, visits.new_id(), form, {})

    @router.post("/delete")
    def delete(request: Request, form: Annotated[Leaving, Form()]) -> Response:
        """Delete all that was written in this encounter, then begin anew."""
        turns.delete(named(form))
        return _shown(visits, request, visits.new_id(), form, {"deleted": "1"})

    return router


def _shown(visits: Visits, request: Request, encounter_id: str, form: Leaving, more: dict[str, str]) -> Response:
    query = urlencode({"lang": form.lang, "country": form.country, **more})
    response = RedirectResponse(f"/{form.page}/?{query}", status_code=303)
    secure = request.url.scheme == "https"
    response.headers["set-cookie"] = visits.cookie(encounter_id, secure=secure, framed=form.page == "embed")
    return response
