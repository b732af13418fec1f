"""What the page's forms do by themselves, before its scripts have come or where they never do."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from triage import StorageError
from ui.api_models import NO_STORE
from ui.chrome import NAMES, Chrome
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
        chrome: Writes the page for those whose form is not carried out.
        pace: Says how fast messages are played.
    """
    router = APIRouter(prefix="/visit", include_in_schema=False)

    def stood(form: Leaving, encounter_id: str) -> Visit:
        language = form.lang if form.lang in NAMES else next(iter(NAMES))
        return Visit(encounter_id, language, form.country or None, page=form.page)

    def not_done(status: int, key: str, visit: Visit, again: str) -> Response:
        page = chrome.not_done(key, visit.language, visit.country, acting(again, desk.fields(visit)))
        return HTMLResponse(page, status_code=status, headers=NO_STORE)

    def expired(form: Leaving, words: str = "") -> Response:
        visit = stood(form, visits.new_id())
        return not_done(403, "expired", visit, chrome.write(visit.language, words))

    @router.post("/act")
    async def act(request: Request, form: Annotated[Acting, Form()]) -> Response:
        """Play one turn, or change language or country, and show the page again."""
        acts = form.acts()
        encounter_id = visits.read(form.token)
        if encounter_id is None:
            return expired(form, own_words(*acts) if acts else "")
        visit = stood(form, encounter_id)
        if acts:
            if not await pace.admits(address(request.client), visit.id):
                visit = await run_in_threadpool(desk.resumed, visit)
                return not_done(429, "too_many_messages", visit, chrome.write(visit.language, own_words(*acts)))
            visit = await run_in_threadpool(lambda: list(desk.act(visit, *acts))[-1][0])
        return _shown(visits, request, visit.id, form, {"lang": visit.language, "country": visit.country or ""})

    @router.post("/restart")
    def restart(request: Request, form: Annotated[Leaving, Form()]) -> Response:
        """Begin anew in the same language and country; the old encounter stays stored."""
        return _shown(visits, request, visits.new_id(), form, {})

    @router.post("/delete")
    def delete(request: Request, form: Annotated[Leaving, Form()]) -> Response:
        """Delete all that was written in this encounter, then begin anew; also from a page that stood open too long."""
        encounter_id = visits.read(form.token, ever=True)
        if encounter_id is None:
            return expired(form)
        try:
            turns.delete(encounter_id)
        except StorageError:
            visit = stood(form, encounter_id)
            return not_done(503, "failure", visit, chrome.tools(visit.language, None, begun=True))
        return _shown(visits, request, visits.new_id(), form, {"deleted": "1"})

    return router


def _shown(visits: Visits, request: Request, encounter_id: str, form: Leaving, more: dict[str, str]) -> Response:
    query = urlencode({"lang": form.lang, "country": form.country, **more})
    response = RedirectResponse(f"/{form.page}/?{query}", status_code=303)
    secure = request.url.scheme == "https"
    response.headers["set-cookie"] = visits.cookie(encounter_id, secure=secure, framed=form.page == "embed")
    return response
