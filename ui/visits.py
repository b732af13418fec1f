"""Coming back to an encounter: an opaque signed cookie with its id, and the two ways to leave it."""

from __future__ import annotations

import secrets
import uuid
from http.cookies import CookieError, SimpleCookie
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from itsdangerous import BadData, URLSafeTimedSerializer
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from triage import TriagePipeline

Page = Literal["chat", "embed"]
"""The patient page by itself, and the one for frames of other sites."""

PAGES: tuple[Page, ...] = ("chat", "embed")
COOKIE = "salama"
LASTS = 12 * 3600
"""Seconds for which a cookie is good; it vanishes with the browser window in any case."""


class Leaving(BaseModel):
    """What the forms send: which encounter, and how the page stood."""

    token: str = Field(max_length=400)
    page: Page = "chat"
    lang: str = Field(default="", max_length=20)
    country: str = Field(default="", max_length=2)


class Visits:
    """Signs and reads the encounter id that a browser keeps; nothing else of the patient is in it.

    Args:
        secret: Key of the signature; a random one when None, good until the next start.
    """

    def __init__(self, secret: str | None) -> None:
        self._signer = URLSafeTimedSerializer(secret or secrets.token_hex(32), salt="encounter")

    def token(self, encounter_id: str) -> str:
        """Return the id, signed."""
        return str(self._signer.dumps(encounter_id))

    def read(self, token: str) -> str | None:
        """Return the id in a token, or None when it is forged, spoilt or too old."""
        try:
            return str(self._signer.loads(token, max_age=LASTS))
        except BadData:
            return None

    def in_cookies(self, header: str) -> str | None:
        """Return the encounter id in a Cookie header, or None."""
        try:
            found = SimpleCookie(header).get(COOKIE)
        except CookieError:
            return None
        return self.read(found.value) if found is not None else None

    def fresh_cookie(self, *, secure: bool, framed: bool) -> str:
        """Return a Set-Cookie header for an encounter that has not begun.

        Args:
            secure: The page came over HTTPS.
            framed: The page is for frames of other sites, which get a cookie of their own for each such site.
        """
        site = "SameSite=None; Partitioned" if framed and secure else "SameSite=Lax"
        return f"{COOKIE}={self.token(uuid.uuid4().hex)}; Path=/; HttpOnly; {site}{'; Secure' if secure else ''}"


def leaving(pipeline: TriagePipeline, visits: Visits) -> APIRouter:
    """Return the routes that end an encounter: plain forms, so that they work whatever the page's scripts do."""
    router = APIRouter(prefix="/visit", include_in_schema=False)

    @router.post("/restart")
    def restart(request: Request, form: Annotated[Leaving, Form()]) -> Response:
        """Begin anew in the same language and country; the old encounter stays stored."""
        return _anew(visits, request, form, {})

    @router.post("/delete")
    def delete(request: Request, form: Annotated[Leaving, Form()]) -> Response:
        """Delete all that was written in this encounter, then begin anew."""
        encounter_id = visits.read(form.token)
        if encounter_id is None:
            raise HTTPException(403, "this form is too old; open the page again")
        pipeline.store.delete(encounter_id)
        return _anew(visits, request, form, {"deleted": "1"})

    return router


def _anew(visits: Visits, request: Request, form: Leaving, more: dict[str, str]) -> Response:
    query = urlencode({"lang": form.lang, "country": form.country, **more})
    response = RedirectResponse(f"/{form.page}/?{query}", status_code=303)
    secure = request.url.scheme == "https"
    response.headers["set-cookie"] = visits.fresh_cookie(secure=secure, framed=form.page == "embed")
    return response
