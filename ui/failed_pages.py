"""What a patient's browser shows of a request that was not served: a page in their language, never an exception."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from urllib.parse import urlencode

from fastapi.responses import HTMLResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import Scope

from ui.api_models import NO_STORE
from ui.chrome import NAMES, Chrome, asked
from ui.desk import Desk, Visit
from ui.markup import acting
from ui.visits import PAGES, Page, Visits

FORMS = "/visit/"
"""Below this path only forms of patients come."""
PROGRAMS = ("/api/", "/v1/", "/healthz", "/readyz", "/metrics")
"""What programs ask for, also when a browser asks for them."""

WHY = {404: "no_such_page", 405: "no_such_page", 413: "too_long"}
"""Keys of the sentences that say why, by HTTP status."""


class FailedPages:
    """Writes pages for requests that were not served; the emergency number stands on each, and what to do next.

    Args:
        desk: Knows how an encounter was left.
        chrome: Writes the pages.
        visits: Reads tokens and cookies.
        language: Language of the page when nothing tells a better one.
        country: Country likewise.
    """

    def __init__(self, desk: Desk, chrome: Chrome, visits: Visits, language: str, country: str | None) -> None:
        self._desk = desk
        self._chrome = chrome
        self._visits = visits
        self._language = language
        self._country = country

    def wanted(self, scope: Scope) -> bool:
        """Whether a patient reads the answer: a form was sent, or a browser opens an address."""
        path = scope["path"]
        opens = scope["method"] == "GET" and "text/html" in Headers(scope=scope).get("accept", "")
        return path.startswith(FORMS) or (opens and not path.startswith(PROGRAMS))

    async def answer(
        self,
        scope: Scope,
        status: int,
        *,
        form: Mapping[str, str] | None = None,
        words: str = "",
        key: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        """Return the page.

        Args:
            scope: The request.
            status: HTTP status.
            form: What the form says of how the page stood; None when it could not be read.
            words: What the patient wrote, to stand in the field again.
            key: Key of the sentence that says why; chosen by the status when empty.
            headers: Further headers.
        """
        visit = await run_in_threadpool(self._visit, scope, form or {})
        path, language = scope["path"], visit.language
        key = key or WHY.get(status, "failure" if path.startswith(FORMS) else "widget_failed")
        again = ""
        if path == f"{FORMS}act" and scope["method"] == "POST":
            again = self._chrome.write(language, words)
        elif path.startswith(FORMS) and status >= 500:
            again = self._chrome.tools(language, None, begun=True)
        return self.page(status, key, visit, again, headers=headers)

    def page(
        self, status: int, key: str, visit: Visit, again: str, *, headers: Mapping[str, str] | None = None
    ) -> Response:
        """Return a page as above, when all is known already.

        Args:
            status: HTTP status.
            key: Key of the sentence that says why.
            visit: How the page stood.
            again: HTML of what can be sent again.
            headers: Further headers.
        """
        query = urlencode({"lang": visit.language, "country": visit.country or ""})
        back = f"/{visit.page}/?{query}"
        form = acting(again, self._desk.fields(visit))
        told = self._chrome.not_done(key, visit.language, visit.country, form, back)
        return HTMLResponse(told, status_code=status, headers={**NO_STORE, **(headers or {})})

    def stood(self, form: Mapping[str, str], encounter_id: str) -> Visit:
        """Return how the page stood that a form was sent from."""
        lang, page = form.get("lang", ""), form.get("page", "")
        language = lang if lang in NAMES else next(iter(NAMES))
        return Visit(encounter_id, language, form.get("country") or None, page=_known(page))

    def _visit(self, scope: Scope, form: Mapping[str, str]) -> Visit:
        headers = Headers(scope=scope)
        cookie = self._visits.in_cookies(headers.get("cookie", ""))
        # What was written can be deleted from a page that stood open too long, also at the second attempt.
        ever = scope["path"] == f"{FORMS}delete"
        encounter_id = self._visits.read(form.get("token", ""), ever=ever) or cookie or self._visits.new_id()
        if form.get("lang") in NAMES:
            return self.stood(form, encounter_id)
        query = asked(scope["query_string"])
        spoken = _spoken(headers.get("accept-language", ""))
        if spoken and not any(query.get("lang", ())):
            query["lang"] = [spoken]
        language, country = self._chrome.asked_for(query, self._language, self._country)
        visit = Visit(encounter_id, language, country, page=_known(scope["path"].strip("/")))
        # Whatever keeps the encounter from being read may be why this page is needed.
        with suppress(Exception):
            return self._desk.resumed(visit)
        return visit


def _known(page: str) -> Page:
    return next((name for name in PAGES if name == page), PAGES[0])


def _spoken(accepted: str) -> str | None:
    """Return the first language of a browser that we speak."""
    tags = (part.split(";")[0].strip().split("-")[0].lower() for part in accepted.split(","))
    return next((tag for tag in tags if tag in NAMES), None)
