"""The patient page: Gradio Blocks around one function that plays a turn."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

import gradio as gr

from triage import AskedQuestion, Encounter, Reply, Settings, Turn
from triage.wording import Wording
from ui.render import Renderer
from ui.turns import Turns

NAMES = {"en": "English", "fr": "Français", "ar": "العربية", "ary": "الدارجة", "ary-Latn": "Darija"}
"""Languages by their own names."""

COUNTRIES = ("MA", "FR", "GB", "US")
"""Countries offered on the page; any other stands for "another country"."""

MOST_CHIPS = 4
State = dict[str, Any]


class PatientPage:
    """Builds the page and answers its events.

    Args:
        turns: Plays turns.
        settings: First language and country of the page.
        languages: Languages offered.
    """

    def __init__(self, turns: Turns, settings: Settings, languages: tuple[str, ...] = ("en", "fr")) -> None:
        self._turns = turns
        self._pipeline = turns.pipeline
        self._knowledge = turns.pipeline.knowledge
        self._wording = Wording(self._knowledge)
        self._render = Renderer(self._knowledge, self._wording)
        self._language = settings.language if settings.language in languages else languages[0]
        self._country = settings.country
        self._languages = languages

    def build(self) -> gr.Blocks:
        """Return the page."""
        words = self._knowledge.say(self._language).text
        with gr.Blocks(title="Salama", analytics_enabled=False) as page:
            state = gr.State(self._new(self._language, self._country))
            banner = _html(self._render.banner(self._language, self._country), elem_id="sal-banner")
            header = _html(self._render.header(self._language), elem_id="sal-head")
            with gr.Column(elem_id="sal-choices"):
                language = gr.Radio(
                    [(NAMES[tag], tag) for tag in self._languages],
                    value=self._language,
                    label=words["language_label"],
                )
                country = gr.Radio(self._countries(self._language), value=self._country, label=words["country_label"])
            chat = gr.Chatbot(
                value=self._opening(self._language),
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
            alert = _html("", elem_id="sal-alert")
            card = _html("", elem_id="sal-card")
            several = gr.CheckboxGroup([], label=words["all_of_these"], visible=False, elem_id="sal-several")
            with gr.Row(elem_id="sal-chips"):
                chosen = gr.Button(words["send"], visible=False, variant="primary", elem_classes="sal-chip")
                chips = [gr.Button("", visible=False, elem_classes="sal-chip") for _ in range(MOST_CHIPS)]
                why = gr.Button(words["why_ask"], visible=False, variant="secondary", elem_classes="sal-chip")
            with gr.Row(elem_id="sal-write"):
                box = gr.Textbox(
                    label=words["placeholder"],
                    placeholder=words["placeholder"],
                    max_length=4000,
                    lines=2,
                    max_lines=6,
                    scale=5,
                    elem_id="sal-box",
                    autofocus=False,
                )
                send = gr.Button(words["send"], variant="primary", scale=1, elem_id="sal-send")
            with gr.Row(elem_id="sal-more"):
                person = gr.Button(words["person_now_button"], elem_id="sal-person")
                summary = gr.Button(words["handoff_title"], elem_id="sal-summary")
                restart = gr.Button(words["restart"], elem_id="sal-restart")
            handoff = _html("", elem_id="sal-handoff")
            outputs = [state, alert, chat, several, chosen, *chips, why, box, card, handoff]
            fixed = [banner, header, country, box, send, person, summary, restart, why]
            options: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "concurrency_limit": 64}
            gr.on([box.submit, send.click], self._written, [state, box, chat], outputs, **options)
            chosen.click(self._several, [state, several, chat], outputs, **options)
            for position, chip in enumerate(chips):
                chip.click(self._chip(position), [state, chat], outputs, **options)
            why.click(self._why, [state, chat], outputs, **options)
            person.click(self._person, [state, chat], [chat], **options)
            summary.click(self._summary, [state], [handoff], **options)
            restart.click(self._restart, [state], [*outputs], **options)
            language.change(self._switch, [language, country, state], [*outputs, *fixed], **options)
            country.change(self._move, [country, state], [state, banner], **options)
        return page

    def _new(self, language: str, country: str | None) -> State:
        return {"id": None, "language": language, "country": country, "options": []}

    def _countries(self, language: str) -> list[tuple[str, str]]:
        named = [(self._named(tag, language), tag) for tag in COUNTRIES]
        return [*named, (self._knowledge.say(language).text["country_other"], "")]

    def _named(self, country: str, language: str) -> str:
        name = self._knowledge.services[country].name
        return name.get(language) or name["en"]

    def _opening(self, language: str) -> list[dict[str, str]]:
        return [{"role": "assistant", "content": escape(self._pipeline.greeting(language))}]

    def _written(self, state: State, text: str, chat: list[Any]) -> Iterator[list[Any]]:
        yield from self._turn(state, text or "", text or "", chat)

    def _several(self, state: State, values: list[str], chat: list[Any]) -> Iterator[list[Any]]:
        labels = {value: label for label, value in state["choices"]}
        if values:
            yield from self._turn(state, " ".join(values), ", ".join(labels[value] for value in values), chat)
        else:
            yield [gr.skip()] * _OUTPUTS

    def _chip(self, position: int) -> Any:
        def tapped(state: State, chat: list[Any]) -> Iterator[list[Any]]:
            label, value = state["options"][position]
            yield from self._turn(state, value, label, chat)

        return tapped

    def _why(self, state: State, chat: list[Any]) -> Iterator[list[Any]]:
        words = self._knowledge.say(state["language"]).text
        yield from self._turn(state, "why", words["why_ask"], chat)

    def _turn(self, state: State, message: str, shown: str, chat: list[Any]) -> Iterator[list[Any]]:
        encounter = self._encounter(state)
        log = [*chat, {"role": "user", "content": escape(shown)}]
        for item in self._turns.stream(encounter, message):
            reply = item.reply if isinstance(item, Turn) else item
            yield self._show(state, encounter, reply, log)

    def _encounter(self, state: State) -> Encounter:
        stored = self._pipeline.store.load(state["id"]) if state["id"] else None
        encounter = stored or Encounter(language=state["language"], country=state["country"] or None)
        encounter.country = state["country"] or None
        state["id"] = encounter.id
        return encounter

    def _show(self, state: State, encounter: Encounter, reply: Reply, log: list[Any]) -> list[Any]:
        """Return updates of all outputs for a reply."""
        language = encounter.language
        urgent = reply.card is not None and reply.card.disposition.is_emergency
        card = self._render.card(reply, language)
        if reply.question is not None and not urgent:
            card = ""
        alert = f'<div role="alert">{card}</div>' if urgent else ""
        spoken = {"role": "assistant", "content": escape(self._spoken(reply, language))}
        several, single = _options(reply.question)
        words = self._knowledge.say(language).text
        state = {**state, "options": single, "choices": several}
        return [
            state,
            alert,
            [*log, spoken],
            gr.update(choices=several, value=[], visible=bool(several), label=words["all_of_these"]),
            gr.update(visible=bool(several), value=words["send"]),
            *(
                gr.update(value=single[index][0], visible=True) if index < len(single) else gr.update(visible=False)
                for index in range(MOST_CHIPS)
            ),
            gr.update(visible=reply.question is not None, value=words["why_ask"]),
            "",
            "" if urgent else card,
            "",
        ]

    def _spoken(self, reply: Reply, language: str) -> str:
        """Return the words of the chat log; an emergency is told there too, after its own alert."""
        parts = list(reply.notices)
        if reply.card is not None and (reply.question is None or reply.card.disposition.is_emergency):
            parts.append(reply.card.heading)
        parts.append(" ".join(sentence.text for sentence in reply.sentences))
        if reply.question is not None:
            parts.append(reply.question.text)
            if reply.question.remaining:
                lead = self._wording.text("question_remaining", language, n=reply.question.remaining)
                parts.append(f"({lead})")
        return "\n\n".join(part for part in parts if part)

    def _person(self, state: State, chat: list[Any]) -> list[Any]:
        text = self._wording.text("person_now", state["language"], state["country"] or None)
        return [*chat, {"role": "assistant", "content": escape(text)}]

    def _summary(self, state: State) -> str:
        stored = self._pipeline.store.load(state["id"]) if state["id"] else None
        return self._render.handoff(self._pipeline.handoff(stored)) if stored else ""

    def _restart(self, state: State) -> list[Any]:
        language, country = state["language"], state["country"]
        hidden = [gr.update(visible=False)] * (MOST_CHIPS + 2)
        blank = gr.update(choices=[], value=[], visible=False)
        return [self._new(language, country), "", self._opening(language), blank, *hidden, "", "", ""]

    def _switch(self, language: str, country: str, state: State) -> list[Any]:
        """Write the page in another language; a conversation that has begun stays and goes on in it."""
        words = self._knowledge.say(language).text
        state = {**state, "language": language}
        if state["id"] is None:
            first = [state, "", self._opening(language), *[gr.skip()] * (_OUTPUTS - 3)]
        else:
            stored = self._pipeline.store.load(state["id"])
            if stored is not None:
                stored.language = language
                self._pipeline.store.save(stored)
            first = [state, *[gr.skip()] * (_OUTPUTS - 1)]
        return [
            *first,
            self._render.banner(language, country or None),
            self._render.header(language),
            gr.update(choices=self._countries(language), value=country, label=words["country_label"]),
            gr.update(label=words["placeholder"], placeholder=words["placeholder"]),
            gr.update(value=words["send"]),
            gr.update(value=words["person_now_button"]),
            gr.update(value=words["handoff_title"]),
            gr.update(value=words["restart"]),
            gr.update(value=words["why_ask"]),
        ]

    def _move(self, country: str, state: State) -> list[Any]:
        return [{**state, "country": country}, self._render.banner(state["language"], country or None)]


_OUTPUTS = 9 + MOST_CHIPS + 1


def _html(value: str, elem_id: str) -> gr.Markdown:
    """Return a region for our own escaped HTML; `gr.HTML` would need scripts made from strings, which our policy bars."""
    return gr.Markdown(value, elem_id=elem_id, sanitize_html=False, show_label=False, latex_delimiters=[])


def _options(question: AskedQuestion | None) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Split answers into those that can be ticked together and those that are tapped alone."""
    if question is None:
        return [], []
    pairs = [(option.label, option.value) for option in question.options]
    several = [pair for pair in pairs if pair[1].startswith("option:")]
    single = [pair for pair in pairs if not pair[1].startswith("option:")]
    return several, single[:MOST_CHIPS]
