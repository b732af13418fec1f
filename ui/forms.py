"""What the page's forms do by themselves, before its scripts have come or where they never do."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from fastapi.routing import APIRoute
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from triage import StorageError
from ui.chrome import Chrome
from ui.desk import VERBS, Desk, Visit, own_words
from ui.failed_pages import FailedPages
from ui.limits import Pace, address
from ui.security import report
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

    def words(self) -> str:
        """Return what a patient wrote; nothing when a button said it."""
        acts = self.acts()
        return own_words(*acts) if acts else ""


def forms(turns: Turns, desk: Desk, visits: Visits, chrome: Chrome, pace: Pace, failed: FailedPages) -> APIRouter:
    """Return the routes of the forms.

    Args:
        turns: Deletes an encounter once no turn of it is under way.
        desk: Carries out what buttons say.
        visits: Reads the tokens of the forms.
        chrome: Writes the field for writing.
        pace: Says how fast messages are played.
        failed: Writes the page for those whose form is not carried out.
    """
    router = APIRouter(prefix="/visit", include_in_schema=False, route_class=_keeping(failed))

    def stood(form: Leaving, encounter_id: str) -> Visit:
        return failed.stood(form.model_dump(include={"lang", "country", "page"}), encounter_id)

    def expired(form: Leaving, words: str = "") -> Response:
        visit = stood(form, visits.new_id())
        return failed.page(403, "expired", visit, chrome.write(visit.language, words))

    @router.post("/act")
    async def act(request: Request, form: Annotated[Acting, Form()]) -> Response:
        """Play one turn, or change language or country, and show the page again."""
        acts = form.acts()
        encounter_id = visits.read(form.token)
        if encounter_id is None:
            return expired(form, form.words())
        visit = stood(form, encounter_id)
        if acts:
            if not await pace.admits(address(request.client), visit.id):
                visit = await run_in_threadpool(desk.resumed, visit)
                return failed.page(429, "too_many_messages", visit, chrome.write(visit.language, form.words()))
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
        turns.delete(encounter_id)
        return _shown(visits, request, visits.new_id(), form, {"deleted": "1"})

    return router


def _keeping(failed: FailedPages) -> type[APIRoute]:
    """Return routes of which what goes wrong is told on a page where the patient's words still stand."""

    class Kept(APIRoute):
        def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
            carry_out = super().get_route_handler()

            async def handle(request: Request) -> Response:
                key = ""
                try:
                    return await carry_out(request)
                except HTTPException:
                    # The form itself could not be read.
                    raise
                except RequestValidationError as error:
                    status = 422
                    long = any(item["type"] == "string_too_long" and "say" in item["loc"] for item in error.errors())
                    key = "too_long" if long else ""
                except StorageError:
                    status = 503
                except Exception as error:
                    report(error)
                    status = 500
                sent = await request.form()
                fields = {name: value for name, value in sent.items() if isinstance(value, str)}
                said = [text for text in sent.getlist("say") if isinstance(text, str)]
                number, unit = fields.get("number", ""), fields.get("unit", "")
                words = Acting.model_construct(token="", say=said, number=number, unit=unit).words()
                return await failed.answer(request.scope, status, form=fields, words=words, key=key)

            return handle

    return Kept


def _shown(visits: Visits, request: Request, encounter_id: str, form: Leaving, more: dict[str, str]) -> Response:
    query = urlencode({"lang": form.lang, "country": form.country, **more})
    response = RedirectResponse(f"/{form.page}/?{query}", status_code=303)
    secure = request.url.scheme == "https"
    response.headers["set-cookie"] = visits.cookie(encounter_id, secure=secure, framed=form.page == "embed")
    return response
