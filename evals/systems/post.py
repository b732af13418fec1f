"""One POST of JSON that is made again when the other side is busy; what had to be repeated is counted, never hidden."""

from __future__ import annotations

import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpx

_AGAIN = frozenset({408, 409, 425, 429, 500, 502, 503, 504})
_LONGEST_WAIT = 30.0
"""Seconds; a longer `Retry-After` is not waited for."""


class EndpointError(Exception):
    """An endpoint that gives no answer; the message says what it said instead, without the patient's words.

    Args:
        message: What went wrong.
        detail: What the endpoint wrote, which may repeat the message it got.
    """

    def __init__(self, message: str, detail: str = "") -> None:
        super().__init__(message)
        self.detail = detail


@dataclass
class Poster:
    """Posts to one address.

    Args:
        url: Address of the endpoint.
        headers: Headers of every call, such as the key.
        timeout: Seconds for one call.
        tries: Calls before the case counts as failed.
        pause: Seconds before the second call, doubled each time.
    """

    url: str
    headers: Mapping[str, str]
    timeout: float = 60.0
    tries: int = 4
    pause: float = 1.0

    def post(self, body: object) -> tuple[Any, int]:
        """Return the JSON of the answer and how many calls were repeated.

        Raises:
            EndpointError: No usable answer after all tries, or one that asking again does not mend.
        """
        said, wait = "", 0.0
        for attempt in range(self.tries):
            if attempt:
                time.sleep(wait)
            wait = min(_LONGEST_WAIT, self.pause * 2**attempt)
            try:
                answer = httpx.post(
                    self.url, json=body, headers=dict(self.headers), timeout=self.timeout, verify=_certificates()
                )
            except httpx.HTTPError as error:
                said = type(error).__name__
                continue
            if answer.status_code in _AGAIN:
                said = f"status {answer.status_code}"
                asked = answer.headers.get("retry-after", "")
                if asked.replace(".", "", 1).isdigit():
                    wait = min(_LONGEST_WAIT, float(asked))
                continue
            if answer.status_code >= 400:
                raise EndpointError(f"{self.url}: status {answer.status_code}", answer.text[:300])
            try:
                return answer.json(), attempt
            except ValueError:
                raise EndpointError(f"{self.url}: the answer is no JSON") from None
        raise EndpointError(f"{self.url}: {said} after {self.tries} calls")


@cache
def _certificates() -> ssl.SSLContext:
    """Read once: reading the certificates takes longer than a call on loopback."""
    return httpx.create_ssl_context()
