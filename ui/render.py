"""HTML for what stands outside the chat log: banner, care card, sources and hand-over; everything is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from knowledge import Knowledge
from knowledge.vocabulary import RIGHT_TO_LEFT, Disposition
from triage import Card, Citation, Handoff, Reply
from triage.wording import Wording

SHAPES = {
    Disposition.AMBULANCE: ("now", "▲"),
    Disposition.EMERGENCY_DEPARTMENT: ("now", "▲"),
    Disposition.TODAY: ("soon", "◆"),
    Disposition.SOON: ("soon", "◆"),
    Disposition.ROUTINE: ("home", "●"),
    Disposition.SELF_CARE: ("home", "●"),
}
"""Style and sign of each level: urgency is told by words and shape, never by colour alone."""


def direction(language: str) -> str:
    """Return `rtl` or `ltr`."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def dial(number: str) -> str:
    """Return a telephone link that shows the number left to right in any text."""
    digits = "".join(sign for sign in number if sign.isdigit() or sign == "+")
    return f'<a class="sal-tel" href="tel:{digits}" dir="ltr">{escape(number)}</a>'


class Renderer:
    """Renders parts of the page in the patient's language."""

    def __init__(self, knowledge: Knowledge, wording: Wording) -> None:
        self._knowledge = knowledge
        self._wording = wording

    def banner(self, language: str, country: str | None) -> str:
        """Return the emergency banner with the number of the chosen country."""
        text = escape(self._wording.text("emergency_banner", language, country))
        services = self._knowledge.services.get(country or "")
        if services is not None:
            text = text.replace(escape(services.emergency), dial(services.emergency))
        return f'<div class="sal-banner" dir="{direction(language)}"><strong>{text}</strong></div>'

    def header(self, language: str) -> str:
        """Return the heading of the page: what Salama is and is not."""
        words = self._knowledge.say(language).text
        unsigned = f'<p class="sal-unsigned">{escape(words["unsigned_banner"])}</p>' if self._knowledge.unsigned else ""
        return (
            f'<header class="sal-header" dir="{direction(language)}" lang="{language}"><h1>Salama</h1>'
            f"<p>{escape(words['what_i_am'])}</p>{unsigned}</header>"
        )

    def card(self, reply: Reply, language: str) -> str:
        """Return the care card of a reply."""
        card = reply.card
        if card is None:
            return ""
        style, sign = SHAPES[card.disposition]
        words = self._knowledge.say(language)
        heading = escape(card.heading)
        if card.number is not None:
            heading = heading.replace(escape(card.number), dial(card.number), 1)
        call = ""
        if card.disposition.is_emergency and card.number and card.number_label:
            call = f'<a class="sal-call" href="tel:{card.number}">{escape(card.number_label)}</a>'
        parts = [
            f'<h2><span class="sal-sign" aria-hidden="true">{sign}</span> {heading}</h2>',
            call,
            f"<p>{escape(card.action)}</p><p>{escape(card.when)}</p>",
            _lines(card),
            _listed(words.headings["while_waiting"], card.advice),
            _listed(words.headings["why"], card.reasons),
            _listed(card.safety_net[0] if card.safety_net else "", card.safety_net[1:]),
            self.sources(reply.citations, language),
        ]
        return (
            f'<section class="sal-card sal-{style}" dir="{direction(language)}" lang="{language}" tabindex="-1" '
            f'data-disposition="{card.disposition.name.lower()}">{"".join(parts)}</section>'
        )

    def sources(self, citations: Iterable[Citation], language: str) -> str:
        """Return the list of sources, folded."""
        items = "".join(
            f'<li><a href="{escape(item.url)}" target="_blank" rel="noopener noreferrer">'
            f"{escape(item.publisher)}: {escape(item.title)}</a></li>"
            for item in citations
            if item.url.startswith("http")
        )
        if not items:
            return ""
        title = escape(self._knowledge.say(language).headings["sources"])
        return f'<details class="sal-sources"><summary>{title}</summary><ol>{items}</ol></details>'

    def handoff(self, handoff: Handoff) -> str:
        """Return the SBAR summary for print."""
        words = self._knowledge.say(handoff.language)
        parts = [f"<h2>{escape(words.text['handoff_title'])}</h2>"]
        for name in ("situation", "background", "assessment", "recommendation"):
            parts.append(_listed(words.headings[name], getattr(handoff, name)))
        return f'<section class="sal-handoff" dir="{direction(handoff.language)}">{"".join(parts)}</section>'


def _listed(title: str, items: Iterable[str]) -> str:
    # One line, because a blank line would end the HTML and let what follows be read as Markdown.
    rows = "".join(f"<li>{escape(' '.join(item.split()))}</li>" for item in items)
    return f"<h3>{escape(title)}</h3><ul>{rows}</ul>" if rows else ""


def _lines(card: Card) -> str:
    rows = "".join(f"<li>{escape(name)}: {dial(number)}</li>" for name, number in card.numbers)
    return f'<ul class="sal-lines">{rows}</ul>' if rows else ""
