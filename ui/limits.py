"""How often, and in which form, requests may come: the door of the HTTP API, and the pace of the patient page."""

from __future__ import annotations

import asyncio
import logging
import math
import re
import time
from collections.abc import Iterable

from limits import RateLimitItem, parse
from limits.aio.storage import Storage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from limits.errors import ConfigurationError as StorageMissing
from limits.storage import storage_from_string

from triage import ConfigurationError
from ui.problems import CHAT, Problems
from ui.security import App, Receive, Scope, Send

log = logging.getLogger("salama")

API = ("/api/v1/", CHAT)
SUMMARIES = parse("20/minute")
"""Attempts to open a summary by its code, from one address: enough for a desk, too few to try codes out."""
PAUSE = 2.0
"""Seconds that a message of the page waits when messages come too fast."""
_MESSAGES = re.compile(r"/api/v1/encounters/([^/]+)/messages")


def address(client: tuple[str, int] | None) -> str:
    """Return the address that requests are counted by.

    Args:
        client: Host and port, as the server tells them.
    """
    return client[0] if client else "unknown"


class Rates:
    """How often clients may ask, and how many messages an encounter may get.

    Args:
        client: Most requests from one address, such as `600/minute`, or `none`.
        encounter: Most messages in one encounter likewise.
        storage: Where they are counted.

    Raises:
        ConfigurationError: A rate or the storage is not one that we can read.
    """

    def __init__(self, *, client: str, encounter: str, storage: str) -> None:
        self._client = _rate("SALAMA_RATE_CLIENT", client)
        self._encounter = _rate("SALAMA_RATE_ENCOUNTER", encounter)
        self._limiter = SlidingWindowCounterRateLimiter(_storage(storage))

    async def wait(self, client: str, encounter_id: str | None = None) -> int:
        """Return the seconds that a request comes too early; 0 when it is welcome.

        A count that cannot be read lets the request pass and tells the operator: a patient waits behind it.

        Args:
            client: Address that asks.
            encounter_id: The encounter that it is a message for.
        """
        asked = [(self._client, "client", client)]
        if encounter_id is not None:
            asked.append((self._encounter, "encounter", encounter_id))
        return await self._early(asked)

    async def wait_for_summary(self, client: str) -> int:
        """Return likewise the seconds that an attempt to open a summary by its code comes too early."""
        return await self._early([(SUMMARIES, "summary", client)])

    async def _early(self, asked: Iterable[tuple[RateLimitItem | None, str, str]]) -> int:
        try:
            for rate, kind, who in asked:
                if rate is not None and not await self._limiter.hit(rate, kind, who):
                    until = (await self._limiter.get_window_stats(rate, kind, who)).reset_time
                    return max(1, math.ceil(until - time.time()))
        except Exception as error:
            log.error("requests cannot be counted (%s); none is refused", type(error).__name__)
        return 0


class Pace:
    """How fast what patients do on the page is carried out.

    On the page nothing is refused for coming early, as the API does: people in fear send short words fast, any of them
    may be the first about a danger sign, and many patients can share one address. What comes early waits `PAUSE`
    seconds, so that of a flood at most one every `PAUSE` seconds per encounter is played, beside its rate. Only what
    comes while something of the same encounter waits already is given back; as the page sends one thing after the
    other, that is no hand, and it is never the first message.

    Args:
        rates: Counts, together with the requests of the API.
    """

    def __init__(self, rates: Rates) -> None:
        self._rates = rates
        self._waiting: set[str] = set()

    async def admits(self, client: str, encounter_id: str) -> bool:
        """Return whether to go on, after a pause if need be; False to give back what was said.

        Args:
            client: Address of the browser.
            encounter_id: The encounter.
        """
        if not await self._rates.wait(client, encounter_id):
            return True
        if encounter_id in self._waiting:
            return False
        self._waiting.add(encounter_id)
        try:
            await asyncio.sleep(PAUSE)
        finally:
            self._waiting.discard(encounter_id)
        return True


class Door:
    """ASGI middleware before the API: refuses what comes too often (429), and bodies that are not JSON (415).

    Args:
        app: The application inside.
        problems: Writes the refusals.
        rates: Counts.
    """

    def __init__(self, app: App, *, problems: Problems, rates: Rates) -> None:
        self._app = app
        self._problems = problems
        self._rates = rates

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or hand it on."""
        if scope["type"] != "http" or not scope["path"].startswith(API) or scope["method"] == "OPTIONS":
            await self._app(scope, receive, send)
            return
        path = scope["path"]
        message = _MESSAGES.fullmatch(path) if scope["method"] == "POST" else None
        wait = await self._rates.wait(address(scope.get("client")), message[1] if message else None)
        if wait:
            detail = f"too many requests; send the next one in {wait} s"
            refusal = self._problems.answer(429, detail, path, headers={"retry-after": str(wait)})
            await refusal(scope, receive, send)
            return
        headers = dict(scope["headers"])
        empty = headers.get(b"content-length", b"0") == b"0" and b"transfer-encoding" not in headers
        if scope["method"] == "POST" and not empty and not _is_json(headers.get(b"content-type", b"")):
            detail = "the body must be JSON; send the header 'content-type: application/json'"
            refusal = self._problems.answer(415, detail, path, headers={"accept-post": "application/json"})
            await refusal(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _is_json(kind: bytes) -> bool:
    essence = kind.split(b";")[0].strip().lower()
    return essence == b"application/json" or (essence.startswith(b"application/") and essence.endswith(b"+json"))


def _rate(setting: str, rate: str) -> RateLimitItem | None:
    if rate == "none":
        return None
    try:
        return parse(rate)
    except ValueError:
        raise ConfigurationError(f"setting {setting} has value {rate!r}; write it like 600/minute, or none") from None


def _storage(address: str) -> Storage:
    try:
        found = storage_from_string(f"async+{address}")
    except (StorageMissing, ValueError) as error:
        kind = address.split("://")[0]
        raise ConfigurationError(
            f"setting SALAMA_RATE_STORAGE: cannot count in {kind!r} ({error}); use memory:// or e.g. redis://host:6379"
        ) from None
    assert isinstance(found, Storage)
    return found
