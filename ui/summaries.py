"""Opening a patient's summary by its code: for clinicians who have the key of their clinic."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, Response, StreamingResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from knowledge import Knowledge
from knowledge.vocabulary import nearest
from triage import Encounter, StorageError, SummaryDraft, TriagePipeline
from triage.fhir import is_installed
from triage.types import now
from ui.api_models import NO_STORE, SummaryAsked, SummaryRead, name
from ui.clinic import hashed
from ui.clinic_html import ClinicNow
from ui.documents import OFFERED, VARIED, document, wants_document
from ui.limits import Rates, address
from ui.markup import plain, sheet
from ui.problems import documented
from ui.render import Renderer
from ui.screen import summaries
from ui.summary_drafts import SummaryDrafts
from ui.turns import Turns
from ui.visits import Visits

log = logging.getLogger("salama")

GOOD_FOR = timedelta(days=3)
"""How long after the patient's last message; the longest that advice lets anyone wait for a doctor."""
ALONE = {
    **NO_STORE,
    "content-security-policy": "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
}
"""The page needs no script, and no other page may stand around it."""
PROBLEMS = {401: "wrong_key", 403: "not_set", 404: "not_found", 406: "no_fhir", 429: "too_often"}

Bearer = Annotated[HTTPAuthorizationCredentials | None, Depends(HTTPBearer(auto_error=False, description="The key."))]


class Opening:
    """Opens summaries to those who have the code and the key, and counts attempts.

    Args:
        pipeline: Has the store.
        visits: Reads codes.
        rates: Counts attempts.
        clinic: Returns the clinic as it is set now, with the hash of its key.
    """

    def __init__(self, pipeline: TriagePipeline, visits: Visits, rates: Rates, clinic: ClinicNow) -> None:
        self._pipeline = pipeline
        self._visits = visits
        self._rates = rates
        self._clinic = clinic

    async def open(self, request: Request, key: str, code: str) -> tuple[SummaryRead, Encounter]:
        """Return a summary with its encounter.

        Raises:
            HTTPException: Too many attempts (429), no key is set (403), another key (401), nothing to open (404).
        """
        wait = await self._rates.wait_for_summary(address(request.client))
        if wait:
            raise HTTPException(429, f"too many attempts; try again in {wait} s", {"retry-after": str(wait)})
        known = self._clinic()
        if known is None or known.handover is None or known.handover.key is None:
            raise HTTPException(403, "this clinic has set no key; see docs/clinic-settings.md, handover.key")
        if not hmac.compare_digest(hashed(key), known.handover.key):
            log.warning("a wrong key came for a summary")
            raise HTTPException(401, "the key is not that of this clinic", {"www-authenticate": "Bearer"})
        found = await run_in_threadpool(self._find, code)
        if found is None:
            older = f"older than {GOOD_FOR.days} days"
            raise HTTPException(404, f"no summary under this code: mistyped, deleted, or {older}")
        # Who asks for what is a matter of the patient's; that it happened is the operator's. Below a warning, nothing
        # is written.
        log.warning("a summary was opened by its code")
        return found

    def _find(self, code: str) -> tuple[SummaryRead, Encounter] | None:
        encounter_id = self._visits.named(code)
        encounter = self._pipeline.store.load(encounter_id) if encounter_id else None
        if encounter is None or not encounter.turns or now() - encounter.turns[-1].message.at > GOOD_FOR:
            return None
        last = encounter.turns[-1]
        read = SummaryRead(
            code=self._visits.code(encounter.id) or "",
            at=last.message.at,
            disposition=name(last.assessment.disposition),
            floor=name(encounter.floor),
            country=encounter.country,
            handoffs=summaries(self._pipeline, encounter, self._clinic())[::-1],
        )
        return read, encounter


def summaries_by_code(
    turns: Turns,
    visits: Visits,
    rates: Rates,
    clinic: ClinicNow,
    language: str,
    count: Callable[[SummaryDraft], None],
) -> APIRouter:
    """Return the routes `POST /api/v1/summaries` and `/clinic`.

    Args:
        turns: Has the engine with its store.
        visits: Reads codes.
        rates: Counts attempts.
        clinic: Returns the clinic as it is set now, with the hash of its key.
        language: Language of the page when its address names none.
        count: Called with every draft of a language model.
    """
    router = APIRouter()
    pipeline = turns.pipeline
    opened = Opening(pipeline, visits, rates, clinic).open
    drafts = SummaryDrafts(pipeline, count)
    page = ClinicPage(pipeline.knowledge, language, Renderer(pipeline.knowledge, pipeline.wording, clinic), drafts)

    @router.post(
        "/api/v1/summaries",
        tags=["summaries"],
        response_model=SummaryRead,
        responses={200: OFFERED, **documented(400, 401, 403, 404, 406, 413, 415, 422, 429, 500, 503)},
    )
    async def read(asked: SummaryAsked, request: Request, response: Response, key: Bearer = None) -> Any:
        """Return a patient's summary by the code on their page, to a clinician with the key of the clinic.

        When `application/fhir+json` is accepted, it is a FHIR R4B document for a record system.
        """
        found, encounter = await opened(request, key.credentials if key else "", asked.code)
        if wants_document(request):
            return await run_in_threadpool(document, pipeline, encounter)
        response.headers.update(VARIED)
        if asked.draft:
            found.draft = await run_in_threadpool(drafts.draft, encounter, found)
        return found

    @router.get("/clinic", include_in_schema=False)
    def ask(lang: str = "") -> Response:
        return HTMLResponse(page.html(lang), headers=ALONE)

    @router.post("/clinic", include_in_schema=False)
    async def show(
        request: Request,
        code: Annotated[str, Form(max_length=40)] = "",
        key: Annotated[str, Form(max_length=200)] = "",
        lang: Annotated[str, Form(max_length=20)] = "",
        draft: Annotated[str, Form(max_length=20)] = "",
        fhir: Annotated[str, Form(max_length=20)] = "",
    ) -> Response:
        try:
            found, encounter = await opened(request, key, code)
            if fhir:
                written = await run_in_threadpool(document, pipeline, encounter)
                named = f"salama-{found.at:%Y-%m-%d-%H%M}.fhir.json"
                written.headers.update({**ALONE, "content-disposition": f'attachment; filename="{named}"'})
                return written
        except StorageError:
            return HTMLResponse(page.html(lang, problem="away", code=code), status_code=503, headers=ALONE)
        except HTTPException as error:
            told = page.html(lang, problem=PROBLEMS[error.status_code], code=code)
            return HTMLResponse(told, status_code=error.status_code, headers={**ALONE, **(error.headers or {})})
        if draft:
            growing = drafts.grow(page.html(lang, found, drafting=True), page.spoken(lang), encounter, found)
            return StreamingResponse(growing, media_type="text/html", headers=ALONE)
        return HTMLResponse(page.html(lang, found), headers=ALONE)

    return router


class ClinicPage:
    """The page with the two fields, and the summary below them.

    Args:
        knowledge: The content, for its note on summaries.
        language: Language when none is asked for.
        renderer: Draws summaries.
        drafts: Draws what a language model drafts.
    """

    def __init__(self, knowledge: Knowledge, language: str, renderer: Renderer, drafts: SummaryDrafts) -> None:
        self._knowledge = knowledge
        self._words, self._written = sheet("clinic")
        self._language = language
        self._renderer = renderer
        self._drafts = drafts

    def spoken(self, language: str) -> str:
        """Return the language of the page when one is asked for."""
        near = (*nearest(language), *nearest(self._language), "en")
        return next(tag for tag in near if tag in self._words)

    def html(
        self,
        language: str,
        found: SummaryRead | None = None,
        *,
        problem: str = "",
        code: str = "",
        drafting: bool = False,
    ) -> str:
        """Return the page.

        Args:
            language: Written form asked for; one that the page does not speak gets the nearest that it does.
            found: The summary to show.
            problem: Key of what went wrong.
            code: What was typed as code; the key is never written back.
            drafting: Whether a language model drafts a few lines, for which there is a place then.
        """
        lang = self.spoken(language)
        words = self._words[lang]
        shown = ""
        if problem:
            shown = f'<p role="alert"><strong>{plain(words[problem].format(days=GOOD_FOR.days))}</strong></p>'
        elif found is not None:
            parts = "".join(self._renderer.sbar(item, titled=len(found.handoffs) > 1) for item in found.handoffs)
            draft = self._drafts.waiting(lang) if drafting else ""
            shown = (
                f'<section class="sal-handoff" aria-labelledby="found"><h2 id="found">{plain(words["summary"])} '
                f'<bdi dir="ltr">{found.code}</bdi></h2>{parts}{draft}</section>'
            )
        if is_installed():
            asked = plain(words["save_fhir"])
            shown = f'<p><button form="sal-ask" class="sal-send" name="fhir" value="true">{asked}</button></p>{shown}'
        shown = self._drafts.button(lang) + shown
        note = plain(self._knowledge.say(lang).text["handoff_note"])
        return self._written(lang, shown=shown, code=plain(code), note=note)
