"""The web application: FastAPI with the patient page mounted, safe defaults in one place."""

from __future__ import annotations

import gc
import logging
import os
import secrets

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # noqa: TID251 - must be set before gradio is imported
os.environ["GRADIO_RUN_HISTORY"] = "False"  # noqa: TID251 - else every message is kept in the browser's storage

import gradio as gr
import uvicorn
from fastapi import FastAPI
from fastapi.responses import JSONResponse, RedirectResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest

from knowledge.lexicon import without_collection
from triage import ConfigurationError, Settings, SummaryDraft, TriagePipeline, Turn, build_pipeline
from triage.storage import MemoryStore
from ui.api import encounters
from ui.api_models import name
from ui.assets import assets
from ui.chrome import Chrome
from ui.clinic_file import ClinicFile
from ui.desk import Desk
from ui.failed_pages import FailedPages
from ui.first_paint import FirstPaint
from ui.forms import forms
from ui.limits import Door, Pace, Rates
from ui.openai_chat import chat_completions
from ui.patient import PatientPage
from ui.problems import Problems
from ui.security import AllowedOrigins, Guarded, Origins
from ui.summaries import summaries_by_code
from ui.turns import Turns
from ui.visits import PAGES, Visits
from ui.widget import widget

log = logging.getLogger("salama")

GRACE = 5
"""Seconds that a stopping server waits for replies under way; open pages would else hold it for ever."""
HELD = 512
"""Events that one page has under way at most. Gradio would hold 40, and as many messages that wait because they came
early would stop everybody else; how many are carried out at once, each in a thread, is `ui.patient.AT_ONCE`."""


def create_app(settings: Settings, pipeline: TriagePipeline | None = None) -> FastAPI:
    """Return the application.

    Args:
        settings: All settings.
        pipeline: The engine; built from the settings when None.

    Raises:
        ConfigurationError: The content is unsigned although signed content is required, or a part cannot be built.
    """
    engine = pipeline or build_pipeline(settings)
    if settings.require_signed and engine.knowledge.unsigned:
        raise ConfigurationError(
            f"SALAMA_REQUIRE_SIGNED is set, and the content is not what a clinician signed "
            f"({engine.knowledge.signing.faults()}); "
            "have it signed (salama content sign), or unset SALAMA_REQUIRE_SIGNED for demonstration"
        )
    metrics = Metrics()
    turns = Turns(engine, metrics.count)
    app = FastAPI(title="Salama", version="1", docs_url=None, redoc_url=None, openapi_url="/api/openapi.json")
    clinic = ClinicFile(settings.clinic)
    language, country = settings.language, settings.country
    chrome = Chrome(engine.knowledge, engine.wording, clinic.now)
    secret = _secret(settings)
    visits = Visits(secret)
    desk = Desk(turns, chrome, visits, clinic.now)
    failed = FailedPages(desk, chrome, visits, language, country)
    problems = Problems(engine.wording.text("emergency_banner", language, country), failed)
    problems.install(app)
    rates = Rates(client=settings.rate_client, encounter=settings.rate_encounter, storage=settings.rate_storage)
    app.add_middleware(Door, problems=problems, rates=rates)
    app.add_middleware(AllowedOrigins, origins=_origins(clinic, settings.allowed_origins))
    pace = Pace(rates)
    app.add_middleware(
        FirstPaint,
        desk=desk,
        chrome=chrome,
        visits=visits,
        language=language,
        country=country,
    )
    app.add_middleware(
        Guarded,
        frame_ancestors=_origins(clinic, settings.frame_ancestors),
        max_body=settings.max_body,
        problems=problems,
    )
    app.include_router(encounters(turns, problems, secret, visits, language, clinic.now))
    stateless = build_pipeline(settings.model_copy(update={"database": "none"}), like=engine)
    assert isinstance(stateless.store, MemoryStore)
    app.include_router(chat_completions(stateless, language, country))
    _service_routes(app, engine, metrics, clinic)
    app.include_router(forms(turns, desk, visits, chrome, pace, failed))
    app.include_router(summaries_by_code(turns, visits, rates, clinic.now, language, metrics.count_draft))
    app.include_router(assets(chrome, settings))
    app.include_router(widget(engine.knowledge, clinic))
    for page in PAGES:
        _mount(app, PatientPage(desk, chrome, engine.knowledge, settings, visits, pace, page).build(), page)
    return app


def _origins(clinic: ClinicFile, fixed: tuple[str, ...]) -> Origins:
    """Return what gives the web origins that the settings and the clinic's file allow now."""

    def now() -> tuple[str, ...]:
        found = clinic.now()
        return (*fixed, *(found.allowed_origins if found else ()))

    return now


def _secret(settings: Settings) -> str:
    """Return the key that signs cookies: the one that was set, or one kept beside the data so that a restart of the
    server does not cut patients off from their encounters."""
    if settings.secret is not None:
        return settings.secret.get_secret_value()
    kept = settings.data / "cookie.key"
    if settings.database_url is None:
        return secrets.token_hex(32)
    if not kept.is_file():
        settings.data.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_hex(32), encoding="ascii")
    return kept.read_text(encoding="ascii").strip()


def _mount(app: FastAPI, page: gr.Blocks, name: str) -> None:
    # Gradio reads it when the queue is made.
    page.max_threads = HELD
    gr.mount_gradio_app(
        app,
        page.queue(api_open=False, max_size=256),
        path=f"/{name}",
        show_error=False,
        footer_links=[],
        max_file_size=1,
        theme=gr.themes.Base(
            primary_hue="teal",
            neutral_hue="slate",
            text_size="lg",
            font=["Salama", "system-ui", "sans-serif"],
            font_mono=["ui-monospace", "monospace"],
        ),
        head='<meta name="robots" content="noindex"><meta name="color-scheme" content="light">'
        '<link rel="icon" href="/favicon.ico">',
    )


class Metrics:
    """Counts for operators; labels are levels and stages, never words of a patient."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._turns = Counter("salama_turns", "Turns by advised level", ["disposition"], registry=self.registry)
        self._refused = Counter(
            "salama_refused_sentences", "Model sentences refused", ["check", "reason"], registry=self.registry
        )
        self._failed = Counter("salama_stage_failures", "Stages that failed", ["stage"], registry=self.registry)
        self._drafts = Counter(
            "salama_summary_drafts", "Drafts of a clinician's summary", ["outcome", "verdict"], registry=self.registry
        )
        self._seconds = Histogram("salama_turn_seconds", "Time of a whole turn", registry=self.registry)

    def count(self, turn: Turn) -> None:
        """Count one turn."""
        self._turns.labels(name(turn.assessment.disposition)).inc()
        for verdict in turn.audit.verdicts:
            self._refused.labels(*verdict.split(":", 1)).inc()
        for stage in turn.audit.failures:
            self._failed.labels(stage).inc()
        self._seconds.observe(turn.milliseconds / 1000)

    def count_draft(self, draft: SummaryDraft) -> None:
        """Count one draft of a summary, with why it was refused if it was."""
        self._drafts.labels(draft.outcome, draft.verdict or "").inc()


def _service_routes(app: FastAPI, engine: TriagePipeline, metrics: Metrics, clinic: ClinicFile) -> None:
    @app.get("/", include_in_schema=False)
    def home() -> Response:
        return RedirectResponse("/chat/")

    @app.get("/healthz", tags=["service"])
    def healthz() -> dict[str, str]:
        """Say that the process lives."""
        return {"status": "ok"}

    @app.get("/readyz", tags=["service"], response_model=None)
    def readyz() -> Response:
        """Say whether patients can be served, and whether the content is signed."""
        ready = engine.store.ready()
        signing = engine.knowledge.signing
        body = {
            "status": "ready" if ready else "store out of reach",
            "content": engine.knowledge.version,
            "signed": not engine.knowledge.unsigned,
            "signed_items": len(signing.signed),
            "unsigned_items": len(signing.unsigned),
            "altered_items": [*signing.altered, *signing.missing],
            "language_model": engine.composer.model if engine.composer else None,
            "retriever": engine.retriever.name if engine.retriever else None,
            "clinic": clinic.told(),
        }
        return JSONResponse(body, status_code=200 if ready else 503)

    @app.get("/metrics", include_in_schema=False)
    def metrics_text() -> Response:
        return Response(generate_latest(metrics.registry), media_type=CONTENT_TYPE_LATEST)


def serve(settings: Settings) -> int:
    """Serve until stopped; return the exit code."""
    print("Starting; the first time the articles are indexed for search, which takes minutes ...", flush=True)  # noqa: T201
    with without_collection():
        app = create_app(settings)
        gc.freeze()  # what lives as long as the server: looking through it again and again would hold replies up
    print(f"Salama is at http://{settings.host}:{settings.port}", flush=True)  # noqa: T201 - told to the operator
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        log_level="warning",
        server_header=False,
        workers=1,
        timeout_graceful_shutdown=GRACE,
    )
    return 0
