"""Coming back to an encounter: an opaque signed cookie with its id."""

from __future__ import annotations

import uuid
from http.cookies import CookieError, SimpleCookie
from typing import Literal

from itsdangerous import BadData, URLSafeTimedSerializer

Page = Literal["chat", "embed"]
"""The patient page by itself, and the one for frames of other sites."""

PAGES: tuple[Page, ...] = ("chat", "embed")
COOKIE = "salama"
LASTS = 12 * 3600
"""Seconds for which a cookie is good; it vanishes with the browser window in any case."""


class Visits:
    """Signs and reads the encounter id that a browser keeps; nothing else of the patient is in it.

    Args:
        secret: Key of the signature.
    """

    def __init__(self, secret: str) -> None:
        self._signer = URLSafeTimedSerializer(secret, salt="encounter")

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

    def cookie(self, encounter_id: str, *, secure: bool, framed: bool) -> str:
        """Return a Set-Cookie header that names an encounter.

        Args:
            encounter_id: Its id.
            secure: The page came over HTTPS.
            framed: The page is for frames of other sites, which get a cookie of their own for each such site.
        """
        site = "SameSite=None; Partitioned" if framed and secure else "SameSite=Lax"
        return f"{COOKIE}={self.token(encounter_id)}; Path=/; HttpOnly; {site}{'; Secure' if secure else ''}"


def new_id() -> str:
    """Return the id of an encounter that has not begun."""
    return uuid.uuid4().hex
