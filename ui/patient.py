"""The patient page: Gradio Blocks around one function that plays a turn."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import gradio as gr

from triage import Encounter, Settings, StorageError, Subject, Turn
from triage.wording import Wording
from ui.chrome import NAMES, WHO, Chrome
from ui.render import Renderer
from ui.screen import MOST_CHIPS, Screen, bubble, draw, opening
from ui.turns import Turns
from ui.visits import Page, Visits

State = dict[str, Any]
Updates = dict[Any, Any]


class PatientPage:
    """Builds the page and answers its events.

    Args:
        turns: Plays turns.
        settings: First language and country of the page.
        visits: Reads the cookie by which a browser comes back to its encounter.
        page: `chat` for the page itself, `embed` for frames.
    """

    def __init__(self, turns: Turns, settings: Settings, visits: Visits, page: Page = "chat") -> None:
        self._turns = turns
        self._pipeline = turns.pipeline
        self._knowledge = turns.pipeline.knowledge
        self._wording = Wording(self._knowledge)
        self._render = Renderer(self._knowledge, self._wording)
        self._chrome = Chrome(self._knowledge, self._wording)
        self._visits = visits
        self._language = settings.language
        self._country = settings.country
        self._page = page

    def build(self) -> gr.Blocks:
        """Return the page."""
        language, country = self._language, self._country
        words = self._knowledge.say(language).text
        with gr.Blocks(title="Salama", analytics_enabled=False) as page:
            self._state = gr.State({"id": None, "language": language, "country": country, "who": None})
            self._banner = _html(self._chrome.banner(language, country), "sal-banner")
            self._header = _html(self._chrome.header(language, begun=False), "sal-head")
            with gr.Accordion(self._chrome.settings(language, country), open=True, elem_id="sal-choices") as fold:
                self._fold = fold
                names = [(name, tag) for tag, name in NAMES.items()]
                self._speaks = gr.Radio(names, value=language, label=words["language_label"], elem_id="sal-language")
                places = self._chrome.countries(language)
                self._place = gr.Radio(places, value=country, label=words["country_label"], elem_id="sal-country")
            self._who = gr.Radio(self._chrome.whom(language), value=None, label=words["for_whom"], elem_id="sal-who")
            self._consent = _html(self._chrome.consent(language), "sal-consent")
            self._chat = gr.Chatbot(
                value=opening(self._pipeline, language),
                label="Salama",
                show_label=False,
                elem_id="sal-chat",
                render_markdown=False,
                sanitize_html=True,
                allow_tags=False,
                buttons=[],
                latex_delimiters=[],
                height=None,
                autoscroll=False,
                feedback_options=None,
            )
            self._alert = _html("", "sal-alert")
            self._card = _html("", "sal-card")
            self._question = _html("", "sal-question")
            self._several = gr.CheckboxGroup([], label=words["all_of_these"], visible=False, elem_id="sal-several")
            with gr.Row(elem_id="sal-chips"):
                self._chosen = gr.Button(words["send"], visible=False, variant="primary", elem_id="sal-chosen")
                self._chips = [gr.Button("", visible=False, elem_classes="sal-chip") for _ in range(MOST_CHIPS)]
            with gr.Row(elem_id="sal-write"):
                ask = words["placeholder"]
                self._box = gr.Textbox(
                    label=ask, placeholder=ask, max_length=4000, lines=1, max_lines=5, scale=5, elem_id="sal-box"
                )
                self._send = gr.Button(words["send"], variant="primary", scale=1, elem_id="sal-send")
            self._tools = _html(self._chrome.tools(language, country, "", self._page), "sal-tools")
            self._summary = gr.Button(words["handoff_title"], visible=False, elem_id="sal-summary")
            self._handoff = _html("", "sal-handoff")
            self._listen(page)
        return page

    def _listen(self, page: gr.Blocks) -> None:
        options: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "concurrency_limit": 64}
        state, chat, box = self._state, self._chat, self._box
        fixed = [
            state, self._banner, self._header, self._fold, self._speaks, self._place, self._who, self._consent,
            self._box, self._send, self._tools, self._summary, self._chosen, self._several, chat,
        ]  # fmt: skip
        every = [*fixed, self._alert, self._card, self._question, *self._chips, self._handoff]
        page.load(self._open, [state], every, **options)
        gr.on([box.submit, self._send.click], self._written, [state, box, chat], every, **options)
        self._chosen.click(self._ticked, [state, self._several, chat], every, **options)
        for position, chip in enumerate(self._chips):
            chip.click(self._chip(position), [state, chat], every, **options)
        self._summary.click(self._summarise, [state], [self._handoff], **options)
        self._speaks.input(self._speak, [self._speaks, state], every, **options)
        self._place.input(self._move, [self._place, state], fixed, **options)
        self._who.input(lambda who, state: {**state, "who": who}, [self._who, state], [state], **options)

    def _open(self, state: State, request: gr.Request) -> Updates:
        """Take up the encounter of this browser where it was left, or begin one as the page address asks."""
        query = {key: str(value) for key, value in dict(request.query_params).items()}
        language, country = self._chrome.asked_for(query, self._language, self._country)
        state = {**state, "id": self._cookie(request) or uuid.uuid4().hex, "language": language, "country": country}
        stored = self._load(state["id"])
        if stored is not None and stored.turns:
            state = {**state, "language": stored.language, "country": stored.country}
            return {**self._words(state, begun=True), **self._shown(state, draw(self._pipeline, self._render, stored))}
        greeting = opening(self._pipeline, language, deleted="deleted" in query)
        return {**self._words(state, begun=False), self._state: state, self._chat: greeting}

    def _written(self, state: State, text: str, chat: list[Any], request: gr.Request) -> Iterator[Updates]:
        yield from self._turn(state, text or "", text or "", chat, request)

    def _ticked(self, state: State, values: list[str], chat: list[Any], request: gr.Request) -> Iterator[Updates]:
        labels = {value: label for label, value in state["several"]}
        if values:
            yield from self._turn(state, " ".join(values), ", ".join(labels[value] for value in values), chat, request)

    def _chip(self, position: int) -> Any:
        def tapped(state: State, chat: list[Any], request: gr.Request) -> Iterator[Updates]:
            label, value = state["single"][position]
            yield from self._turn(state, value, label, chat, request)

        return tapped

    def _turn(self, state: State, message: str, told: str, chat: list[Any], request: gr.Request) -> Iterator[Updates]:
        state = {**state, "id": state["id"] or self._cookie(request) or uuid.uuid4().hex}
        encounter = self._encounter(state)
        log = [*chat, bubble("user", told)] if told.strip() else chat
        # Only now, not while the reply grows: what is written or opened meanwhile stays.
        yield {self._chat: log, self._box: "", self._handoff: ""}
        begun = bool(encounter.turns)
        for item in self._turns.stream(encounter, message):
            reply = item.reply if isinstance(item, Turn) else item
            updates: Updates = {}
            if not begun or encounter.language != state["language"]:
                # The page follows the patient into the language they write.
                state = {**state, "language": encounter.language}
                updates, begun = self._words(state, begun=True), True
            yield {**updates, **self._shown(state, draw(self._pipeline, self._render, encounter, reply))}

    def _encounter(self, state: State) -> Encounter:
        stored = self._load(state["id"])
        country = state["country"] or None
        if stored is not None:
            stored.country = country
            return stored
        subject = Subject(is_author=WHO.get(state["who"] or ""))
        return Encounter(id=state["id"], language=state["language"], country=country, subject=subject)

    def _load(self, encounter_id: str | None) -> Encounter | None:
        try:
            return self._pipeline.store.load(encounter_id) if encounter_id else None
        except StorageError:
            # The patient still gets an answer; the store raises its own alarm when the turn is saved.
            return None

    def _cookie(self, request: gr.Request) -> str | None:
        return self._visits.in_cookies(str(dict(request.headers).get("cookie", "")))

    def _shown(self, state: State, screen: Screen) -> Updates:
        """Return the updates that put a screen on the page."""
        single, words = screen.single, self._knowledge.say(state["language"]).text
        choices = list(screen.several)
        return {
            self._state: {**state, "single": single, "several": screen.several},
            self._alert: screen.alert,
            self._chat: screen.log,
            self._card: screen.card,
            self._question: screen.question,
            self._several: gr.update(choices=choices, value=[], visible=bool(choices), label=words["all_of_these"]),
            self._chosen: gr.update(visible=bool(choices), value=words["send"]),
            **{
                chip: gr.update(value=single[index][0], visible=True)
                if index < len(single)
                else gr.update(visible=False)
                for index, chip in enumerate(self._chips)
            },
        }

    def _summarise(self, state: State) -> str:
        stored = self._load(state["id"])
        return self._render.handoff(self._pipeline.handoff(stored)) if stored else ""

    def _speak(self, language: str, state: State) -> Updates:
        """Write the page in another language; a conversation that has begun goes on in it."""
        state = {**state, "language": language}
        stored = self._load(state["id"])
        if stored is None or not stored.turns:
            chat = opening(self._pipeline, language)
            return {**self._words(state, begun=False), self._state: state, self._chat: chat}
        stored.language = language
        self._pipeline.store.save(stored)
        return {**self._words(state, begun=True), self._state: state}

    def _move(self, country: str, state: State) -> Updates:
        state = {**state, "country": country}
        return {**self._around(state), self._state: state}

    def _around(self, state: State) -> Updates:
        """Return what changes with the country."""
        language, country = state["language"], state["country"] or None
        token = self._visits.token(state["id"]) if state["id"] else ""
        return {
            self._banner: self._chrome.banner(language, country),
            self._fold: gr.update(label=self._chrome.settings(language, country)),
            self._tools: self._chrome.tools(language, country, token, self._page),
        }

    def _words(self, state: State, *, begun: bool) -> Updates:
        """Return all that stands around the conversation, in the language of the page."""
        language = state["language"]
        words = self._knowledge.say(language).text
        around = self._around(state)
        return {
            **around,
            self._header: self._chrome.header(language, begun=begun),
            self._fold: gr.update(label=around[self._fold]["label"], open=not begun),
            self._speaks: gr.update(value=language, label=words["language_label"]),
            self._place: gr.update(
                choices=self._chrome.countries(language), value=state["country"] or "", label=words["country_label"]
            ),
            self._who: gr.update(choices=self._chrome.whom(language), label=words["for_whom"], visible=not begun),
            self._consent: gr.update(value=self._chrome.consent(language), visible=not begun),
            self._box: gr.update(label=words["placeholder"], placeholder=words["placeholder"]),
            self._send: gr.update(value=words["send"]),
            self._summary: gr.update(value=words["handoff_title"], visible=begun),
        }


def _html(value: str, elem_id: str) -> gr.Markdown:
    """Return a region for our own escaped HTML; `gr.HTML` makes scripts from strings, which our policy bars."""
    return gr.Markdown(value, elem_id=elem_id, sanitize_html=False, show_label=False, latex_delimiters=[])
