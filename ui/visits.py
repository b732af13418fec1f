"""Coming back to an encounter: a browser by an opaque signed cookie with its id, a clinic by a code that is told."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from http.cookies import CookieError, SimpleCookie
from typing import Literal

from itsdangerous import BadData, URLSafeTimedSerializer

Page = Literal["chat", "embed"]
"""The patient page by itself, and the one for frames of other sites."""

PAGES: tuple[Page, ...] = ("chat", "embed")
COOKIE = "salama"
LASTS = 12 * 3600
"""Seconds for which a cookie is good; it vanishes with the browser window in any case."""


LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Of codes (Crockford's base 32): no two are mixed up when they are read out."""
HEARD = str.maketrans("OIL", "011", " -")
"""How codes are written by those who hear them."""
CODE_DIGITS, ID_DIGITS = 15, 32
"""Hexadecimal digits of an id that are its code (60 bits), and of the whole id."""


class Visits:
    """Signs and reads the encounter id that a browser keeps; nothing else of the patient is in it.

    An id is a code drawn by lot and the keyed hash of it. So the code, short enough to be read out at a desk, leads
    this server to the encounter without any list, and leads nobody else there.

    Args:
        secret: Key of the signature.
    """

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()
        self._signer = URLSafeTimedSerializer(secret, salt="encounter")

    def new_id(self) -> str:
        """Return the id of an encounter that has not begun."""
        return self._whole(secrets.token_hex(8)[:CODE_DIGITS])

    def code(self, encounter_id: str) -> str | None:
        """Return the code of an encounter, such as `7K3M-Q9XD-02VT`; None when its id was not made here."""
        drawn = encounter_id[:CODE_DIGITS]
        if self._whole(drawn) != encounter_id:
            return None
        signs = "".join(LETTERS[int(drawn, 16) >> 5 * place & 31] for place in reversed(range(12)))
        return f"{signs[:4]}-{signs[4:8]}-{signs[8:]}"

    def named(self, code: str) -> str | None:
        """Return the id that a code leads to, whether there is such an encounter or not; None when it is no code."""
        signs = code.upper().translate(HEARD)
        if len(signs) != 12 or not set(signs) <= set(LETTERS):
            return None
        number = 0
        for sign in signs:
            number = number << 5 | LETTERS.index(sign)
        return self._whole(f"{number:0{CODE_DIGITS}x}")

    def _whole(self, drawn: str) -> str:
        rest = hmac.new(self._secret, f"code {drawn}".encode(), hashlib.sha256).hexdigest()
        return drawn + rest[: ID_DIGITS - CODE_DIGITS]

    def token(self, encounter_id: str) -> str:
        """Return the id, signed."""
        return str(self._signer.dumps(encounter_id))

    def read(self, token: str, *, ever: bool = False) -> str | None:
        """Return the id in a token, or None when it is forged, spoilt or too old.

        Args:
            token: The token.
            ever: Take it however old it is.
        """
        try:
            return str(self._signer.loads(token, max_age=None if ever else LASTS))
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
