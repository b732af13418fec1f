"""HTML of the advice itself: care card, question, sources and hand-over; everything is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from knowledge import Knowledge
from knowledge.vocabulary import RIGHT_TO_LEFT, Disposition
from triage import AskedQuestion, Card, Citation, Handoff, Reply
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

    def card(self, reply: Reply, language: str, *, turn: int = 0, understood: Iterable[str] = ()) -> str:
        """Return the care card of a reply; a short one while a question stands below it.

        Args:
            reply: The reply.
            language: Written form of the card.
            turn: Number of the turn, by which the page tells a new card from one that grows.
            understood: What we understood so far, in short words.
        """
        card = reply.card
        if card is None:
            return ""
        style, sign = SHAPES[card.disposition]
        parts = [
            f'<h2><span class="sal-sign" aria-hidden="true">{sign}</span> {_dialled(card.heading, card.number)}</h2>',
            _call(card),
            f"<p>{_dialled(card.action, card.number)}</p><p>{escape(card.when)}</p>",
            _lines(card),
        ]
        if reply.question is None:
            parts += self._details(reply, card, language, understood)
        return (
            f'<section class="sal-card sal-{style}" dir="{direction(language)}" lang="{language}" tabindex="-1" '
            f'data-turn="{turn}" data-disposition="{card.disposition.name.lower()}">{"".join(parts)}</section>'
        )

    def _details(self, reply: Reply, card: Card, language: str, understood: Iterable[str]) -> list[str]:
        headings = self._knowledge.say(language).headings
        lead = headings["while_waiting"] if card.disposition.is_emergency else headings["do_now"]
        return [
            _listed(lead, card.advice),
            _listed(headings["article_do"], (sentence.text for sentence in reply.sentences)),
            _listed(card.safety_net[0] if card.safety_net else "", card.safety_net[1:]),
            _listed(headings["why"], card.reasons),
            _folded(headings["understood"], _rows(understood)),
            self.sources(reply.citations, language),
        ]

    def question(self, question: AskedQuestion | None, language: str, turn: int = 0) -> str:
        """Return the question that waits for an answer, how many may follow, and why we ask."""
        if question is None:
            return ""
        words = self._knowledge.say(language).text
        left = words["last_question"]
        if question.remaining:
            left = self._wording.text("question_remaining", language, n=question.remaining)
        progress = "" if question.id.startswith("retract:") else f'<p class="sal-left">{escape(left)}</p>'
        why = f"<details><summary>{escape(words['why_ask'])}</summary><p>{escape(question.why)}</p></details>"
        return (
            f'<section class="sal-question" dir="{direction(language)}" lang="{language}" tabindex="-1" '
            f'data-turn="{turn}">{progress}<h2>{escape(question.text)}</h2>{why}</section>'
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
        return _folded(self._knowledge.say(language).headings["sources"], items, "sal-sources")

    def handoff(self, handoff: Handoff) -> str:
        """Return the SBAR summary for print."""
        words = self._knowledge.say(handoff.language)
        print_button = f'<button type="button" class="sal-print">{escape(words.text["print_summary"])}</button>'
        parts = [f"<h2>{escape(words.text['handoff_title'])}</h2><p>{escape(words.text['handoff_ready'])}</p>"]
        for name in ("situation", "background", "assessment", "recommendation"):
            parts.append(_listed(words.headings[name], getattr(handoff, name)))
        return (
            f'<section class="sal-handoff" dir="{direction(handoff.language)}" lang="{handoff.language}" tabindex="-1">'
            f"{''.join(parts)}{print_button}</section>"
        )


def _rows(items: Iterable[str]) -> str:
    # One line, because a blank line would end the HTML and let what follows be read as Markdown.
    return "".join(f"<li>{escape(' '.join(item.split()))}</li>" for item in items)


def _listed(title: str, items: Iterable[str]) -> str:
    rows = _rows(items)
    return f"<h3>{escape(title)}</h3><ul>{rows}</ul>" if rows else ""


def _folded(title: str, rows: str, style: str = "sal-fold") -> str:
    return f'<details class="{style}"><summary>{escape(title)}</summary><ol>{rows}</ol></details>' if rows else ""


def _dialled(text: str, number: str | None) -> str:
    """Escape a text, and make the emergency number in it one that can be tapped.

    Only for texts without other figures: where the number is 15, "rinse for 15 minutes" is no telephone link.
    """
    parts = text.split(number) if number else [text]
    return dial(number or "").join(escape(part) for part in parts)


def _call(card: Card) -> str:
    if not (card.disposition.is_emergency and card.number and card.number_label):
        return ""
    digits = "".join(sign for sign in card.number if sign.isdigit() or sign == "+")
    return f'<a class="sal-call" href="tel:{digits}">{escape(card.number_label)}</a>'


def _lines(card: Card) -> str:
    rows = "".join(f"<li>{escape(name)}: {dial(number)}</li>" for name, number in card.numbers)
    return f'<ul class="sal-lines">{rows}</ul>' if rows else ""
