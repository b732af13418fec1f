"""The patient page: Gradio Blocks around one function that carries out what the page says."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import asdict
from typing import Any, TypeVar

import gradio as gr
from anyio import CapacityLimiter, move_on_after, sleep, to_thread

from knowledge import Knowledge
from triage import Settings
from ui.chrome import MOST_TYPED, Chrome
from ui.desk import VERBS, Desk, Visit
from ui.limits import Pace, address
from ui.markup import acting
from ui.screen import Regions
from ui.visits import Page, Visits

T = TypeVar("T")
State = dict[str, Any]
Updates = dict[Any, Any]

PLACES = ("banner", "head", "start", "log", "alert", "card", "question", "handoff", "told", "tools")
"""Regions of the page in the order in which they are read; the field for writing stands after the question."""

IN_FORMS = ("start", "question", "told", "tools")
"""Regions with buttons that act."""

AT_ONCE = 64
"""Turns and choices of a page that are carried out at the same time, each in a thread."""

LONGEST = 12.0
"""Seconds that a page which is opened during a turn waits for its end; a language model is given up before."""

LOOK_UP = 0.1
"""Seconds between two looks whether it has come."""


class PatientPage:
    """Builds the page and answers its one event.

    Args:
        desk: Draws regions and carries out what buttons say.
        chrome: Reads language and country of the page's address.
        knowledge: The content.
        settings: First language and country of the page.
        visits: Reads the cookie by which a browser comes back to its encounter.
        pace: Says how fast messages are played.
        page: `chat` for the page itself, `embed` for frames.
    """

    def __init__(
        self,
        desk: Desk,
        chrome: Chrome,
        knowledge: Knowledge,
        settings: Settings,
        visits: Visits,
        pace: Pace,
        page: Page = "chat",
    ) -> None:
        self._desk = desk
        self._chrome = chrome
        self._knowledge = knowledge
        self._settings = settings
        self._visits = visits
        self._pace = pace
        self._page = page
        self._hands = CapacityLimiter(AT_ONCE)

    def build(self) -> gr.Blocks:
        """Return the page."""
        words = self._knowledge.say(self._settings.language).text
        with gr.Blocks(title="Salama", analytics_enabled=False) as page:
            self._state = gr.State(None)
            self._regions: dict[str, gr.Markdown] = {}
            for name in PLACES:
                if name == "handoff":
                    self._write(words)
                self._regions[name] = _region(f"sal-{name}")
            # What was written or tapped, put here by the page's script: "number verb value". The number comes back
            # when all of it is done, and only then the next one is sent.
            self._said = gr.Textbox(visible="hidden", elem_id="sal-said", container=False)
            self._go = gr.Button(visible="hidden", elem_id="sal-go")
            self._done = gr.Markdown("", visible="hidden", elem_id="sal-done")
            self._listen(page)
        return page

    def _write(self, words: dict[str, str]) -> None:
        ask = words["placeholder"]
        with gr.Row(elem_id="sal-write"):
            self._box = gr.Textbox(
                label=ask,
                placeholder=ask,
                max_length=MOST_TYPED,
                lines=1,
                max_lines=5,
                scale=5,
                elem_id="sal-box",
                interactive=True,
            )
            self._send = gr.Button(words["send"], variant="primary", scale=1, elem_id="sal-send")

    def _listen(self, page: gr.Blocks) -> None:
        # Without a limit, as what waits, for a turn or for its pace, takes no thread; threads are limited.
        options: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "concurrency_limit": None}
        every = [self._state, *self._regions.values(), self._box, self._send]
        page.load(self._open, [self._state], every, **options)
        self._go.click(self._act, [self._state, self._said], [*every, self._done], trigger_mode="multiple", **options)

    async def _open(self, state: State | None, request: gr.Request) -> Updates:
        """Take up the encounter of this browser where it was left, or begin one as the page's address asks."""
        visit = self._visit(state, request)
        # The page that was shown before may have sent a message as it was left.
        with move_on_after(LONGEST):
            while self._desk.under_way(visit):
                await sleep(LOOK_UP)
        # Not `_aside`: those whose turns wait for a model would hold up the page of others.
        visit, regions = await to_thread.run_sync(self._desk.look, visit)
        return self._updates(visit, regions, words=True)

    async def _act(self, state: State | None, said: str, request: gr.Request) -> AsyncIterator[Updates]:
        number, _, rest = (said or "").partition(" ")
        verb, _, value = rest.partition(" ")
        if verb not in VERBS or not number.isdigit():
            return
        visit = self._visit(state, request)
        if state is None:
            visit = await self._aside(self._desk.resumed, visit)
        if not await self._pace.admits(address(request.client), visit.id):
            regions, words = await self._aside(self._desk.given_back, visit, verb, value)
            back = {self._box: gr.update(value=words)} if words else {}
            yield self._updates(visit, regions, words=False) | back
            yield {self._done: number}
            return
        language = visit.language
        shown: Regions = {}
        steps = self._desk.act(visit, verb, value)
        while (step := await self._aside(next, steps, None)) is not None:
            later, regions = step
            # What did not change is not drawn again: it would lose the focus, and what was opened would close.
            fresh = {name: html for name, html in regions.items() if shown.get(name) != html}
            yield self._updates(later, fresh, words=later.language != language)
            shown |= fresh
            language = later.language
        yield {self._done: number}

    async def _aside(self, function: Callable[..., T], *arguments: object) -> T:
        """Run something that may wait for a store or a model in a thread of the page's own."""
        return await to_thread.run_sync(function, *arguments, limiter=self._hands)

    def _visit(self, state: State | None, request: gr.Request) -> Visit:
        """Return how the page stands; after a restart of the server the cookie alone tells whose it is."""
        if state is not None:
            return Visit(**state)
        query = {key: str(value) for key, value in dict(request.query_params).items()}
        language, country = self._chrome.asked_for(query, self._settings.language, self._settings.country)
        encounter_id = self._visits.in_cookies(str(dict(request.headers).get("cookie", ""))) or self._visits.new_id()
        return Visit(encounter_id, language, country, page=self._page, deleted="deleted" in query)

    def _updates(self, visit: Visit, regions: Regions, *, words: bool) -> Updates:
        fields = self._desk.fields(visit)
        updates: Updates = {
            self._regions[name]: acting(html, fields) if name in IN_FORMS else html for name, html in regions.items()
        }
        updates[self._state] = asdict(visit)
        if words:
            text = self._knowledge.say(visit.language).text
            updates[self._box] = gr.update(label=text["placeholder"], placeholder=text["placeholder"])
            updates[self._send] = gr.update(value=text["send"])
        return updates


def _region(elem_id: str) -> gr.Markdown:
    """Return a region for our own escaped HTML; `gr.HTML` makes scripts from strings, which our policy bars."""
    return gr.Markdown("", elem_id=elem_id, sanitize_html=False, show_label=False, latex_delimiters=[])
