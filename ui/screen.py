"""What the page shows of an encounter: the log, the card and the answers to tap; computed from its turns alone."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from triage import AskedQuestion, Encounter, Reply, TriagePipeline
from ui.render import Renderer

MOST_CHIPS = 4
MOST_UNDERSTOOD = 12
Bubble = dict[str, str]
Option = tuple[str, str]


@dataclass(frozen=True)
class Screen:
    """The conversation as it stands."""

    log: list[Bubble]
    alert: str = ""
    """An emergency card, told at once to those who cannot see it."""
    card: str = ""
    """Any other card."""
    question: str = ""
    several: tuple[Option, ...] = ()
    """Answers that can be ticked together, as (label, value)."""
    single: tuple[Option, ...] = ()
    """Answers that are tapped alone."""


def opening(pipeline: TriagePipeline, language: str, *, deleted: bool = False) -> list[Bubble]:
    """Return the log before the first message."""
    lead = [pipeline.wording.text("delete_done", language)] if deleted else []
    return [bubble("assistant", text) for text in (*lead, pipeline.greeting(language))]


def bubble(role: str, text: str) -> Bubble:
    """Return a message of the log; the text is shown as it is."""
    return {"role": role, "content": escape(text)}


def draw(pipeline: TriagePipeline, render: Renderer, encounter: Encounter, growing: Reply | None = None) -> Screen:
    """Return the screen of an encounter that has begun.

    Args:
        pipeline: The engine.
        render: Writes cards and questions.
        encounter: The encounter, its latest turn included.
        growing: The reply of the latest turn while it still grows.
    """
    language = encounter.language
    latest = encounter.turns[-1]
    reply = growing or latest.reply
    log = opening(pipeline, language)
    for turn in encounter.turns:
        log.append(bubble("user", turn.message.text or "…"))
        if turn is not latest:
            log += _spoken(turn.reply, asked=True)
    log += _spoken(reply, asked=False)
    urgent = reply.card is not None and reply.card.disposition.is_emergency
    card = ""
    if urgent or reply.question is None:
        understood = _understood(pipeline, encounter) if reply.question is None else ()
        card = render.card(reply, language, turn=latest.number, understood=understood)
    several, single = _options(reply.question)
    return Screen(
        log=log,
        alert=f'<div role="alert">{card}</div>' if urgent else "",
        card="" if urgent else card,
        question=render.question(reply.question, language, latest.number),
        several=several,
        single=single,
    )


def _spoken(reply: Reply, *, asked: bool) -> list[Bubble]:
    """Return the bubble of a reply; a question joins it once it has been answered, until then it stands apart."""
    parts = list(reply.notices)
    if reply.card is not None and (reply.question is None or reply.card.disposition.is_emergency):
        parts.append(reply.card.heading)
    if asked and reply.question is not None:
        parts.append(reply.question.text)
    return [bubble("assistant", "\n\n".join(parts))] if parts else []


def _understood(pipeline: TriagePipeline, encounter: Encounter) -> tuple[str, ...]:
    """Return what the patient told us, in short words."""
    present = pipeline.facts(encounter).present.values()
    told = dict.fromkeys(item.concept for item in present if item.origin != "background")
    return tuple(pipeline.knowledge.label(name, encounter.language) for name in told)[:MOST_UNDERSTOOD]


def _options(question: AskedQuestion | None) -> tuple[tuple[Option, ...], tuple[Option, ...]]:
    if question is None:
        return (), ()
    pairs = [(option.label, option.value) for option in question.options]
    several = tuple(pair for pair in pairs if pair[1].startswith("option:"))
    single = tuple(pair for pair in pairs if not pair[1].startswith("option:"))
    return several, single[:MOST_CHIPS]
