"""HTML of the advice itself: care card, getting there, teach-back, sources and hand-over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

import segno

from knowledge import Knowledge
from knowledge.vocabulary import Disposition
from triage import Card, Citation, Handoff, Reply
from triage.wording import Wording
from ui.clinic_html import ClinicNow, ClinicParts, no_clinic
from ui.markup import dialled, digits, fold, listed, listen, named, phones, picture, plain, spoken

LEVELS = {
    Disposition.AMBULANCE: "now",
    Disposition.EMERGENCY_DEPARTMENT: "now",
    Disposition.TODAY: "soon",
    Disposition.SOON: "soon",
    Disposition.ROUTINE: "look",
    Disposition.SELF_CARE: "look",
}
"""Style, shape and word of each level: urgency is told by words and shape, never by colour alone."""

PICTURES = {
    "call_amb": "call", "worse": "call", "poison": "call", "no_drive": "no_drive", "nbm": "no_food",
    "same_day": "doctor", "soon": "doctor", "rest_sit": "sit", "sit_up": "sit", "lie_down": "lie", "lie_flat": "lie",
    "recov": "side", "left_side": "side", "press": "press", "nose": "press", "ors": "drink", "cpr": "heart",
    "stay_with": "stay", "crisis": "stay", "note_time": "clock", "maternity": "hospital",
}  # fmt: skip
"""Pictures of the commonest actions, by the key of the advice."""

BARRIERS = ("transport", "alone", "cost", "fear", "children")
"""Keys `hard_...` and `refusal_...` of what keeps people from going."""

MOST_CODE = 1100
"""Bytes of a summary in a square code that a cheap telephone can still read."""


class Renderer:
    """Renders parts of the page in the patient's language."""

    def __init__(self, knowledge: Knowledge, wording: Wording, clinic: ClinicNow = no_clinic) -> None:
        self._knowledge = knowledge
        self._wording = wording
        self._clinic = ClinicParts(knowledge, clinic)

    def card(self, reply: Reply, language: str, country: str | None = None, *, turn: int = 0) -> str:
        """Return the care card of a reply; a short one while a question stands below it.

        Args:
            reply: The reply.
            language: Written form of the card.
            country: Country whose number stands in it.
            turn: Number of the turn, by which the page tells a new card from one that grows.
        """
        card = reply.card
        if card is None:
            return ""
        words = self._knowledge.say(language)
        level = LEVELS[card.disposition]
        when = plain(words.headings["when"])
        kicker = f'<p class="sal-kicker">{picture(level)}{plain(words.text[f"level_{level}"])}</p>'
        heading = plain(card.heading)
        if card.number and card.number in card.heading:
            # All of it: a link in its middle would cut the heading in three for those who hear it.
            heading = f'<a href="tel:{digits(card.number)}">{heading}</a>'
        parts = [
            _call(card),
            f'<p class="sal-action">{dialled(card.action, card.number)}</p>',
            f'<p class="sal-when">{named(f"<strong>{when}</strong>", plain(card.when), language)}</p>',
            phones(card.numbers, language),
        ]
        if reply.question is None:
            parts += self._details(reply, card, language, country)
        return (
            f'<section class="sal-card sal-{level}" {spoken(language)} data-speak '
            f'data-turn="{turn}" data-disposition="{card.disposition.name.lower()}">'
            f'<div class="sal-card-head">{kicker}'
            f'<h2 tabindex="-1">{heading}</h2>{listen(words.text["listen"])}</div>'
            f'<div class="sal-card-body">{"".join(parts)}</div></section>'
        )

    def _details(self, reply: Reply, card: Card, language: str, country: str | None) -> list[str]:
        words = self._knowledge.say(language)
        lead = words.headings["while_waiting" if card.disposition.is_emergency else "do_now"]
        until = "emergency" if card.disposition.is_emergency else card.disposition.name.lower()
        return [
            self._clinic.where(card.disposition, language),
            self._steps(lead, card),
            listed(words.headings["article_do"], (sentence.text for sentence in reply.sentences)),
            listed(card.safety_net[0] if card.safety_net else "", card.safety_net[1:]),
            f"<p>{plain(self._wording.text(f'watch_until_{until}', language, country))}</p>",
            listed(words.headings["why"], card.reasons),
            self._barriers(card, language, country),
            self._teach_back(card, language, country),
            self.sources(reply.citations, language),
        ]

    def _steps(self, title: str, card: Card) -> str:
        """Return what to do, each step with its picture."""
        keys = card.advice_keys or ("",) * len(card.advice)
        signs = (picture(PICTURES[key]) if key in PICTURES else '<span aria-hidden="true">•</span>' for key in keys)
        rows = "".join(
            f"<li>{sign}<span>{plain(text)}</span></li>" for sign, text in zip(signs, card.advice, strict=True)
        )
        return f'<h3>{plain(title)}</h3><ol class="sal-steps">{rows}</ol>' if rows else ""

    def _barriers(self, card: Card, language: str, country: str | None) -> str:
        """Return what helps people who cannot get there; who can stay at home needs none of it."""
        if card.disposition <= Disposition.ROUTINE:
            return ""
        text = self._knowledge.say(language).text
        helps = []
        for key in BARRIERS:
            calm = key == "transport" and not card.disposition.is_emergency
            says = self._wording.text("transport_calm" if calm else f"refusal_{key}", language, country)
            if card.disposition.is_emergency or key in ("transport", "fear", "children"):
                helps.append(fold(plain(text[f"hard_{key}"]), f"<p>{dialled(says, card.number)}</p>"))
        return fold(plain(text["hard_title"]), "".join(helps))

    def _teach_back(self, card: Card, language: str, country: str | None) -> str:
        """Ask what the patient will do now, so that a misread card is put right before they leave."""
        words = self._knowledge.say(language)
        offered = sorted({card.disposition, *_beside(card.disposition)}, reverse=True)
        answers = []
        for level in offered:
            heading = words.cards[level.name.lower()]["heading"].format(
                number=card.number or words.text["unknown_number"]
            )
            if level is card.disposition:
                says = plain(words.text["teach_right"])
            else:
                again = words.text["teach_other"].format(heading=card.heading, when=card.when)
                says = dialled(again, card.number)
            answers.append(fold(plain(heading), f"<p>{says}</p>", style="sal-answer"))
        if card.disposition > Disposition.ROUTINE:
            help_ = self._wording.text(
                "refusal_lead_emergency" if card.disposition.is_emergency else "refusal_lead", language
            )
            answers.append(fold(plain(words.text["teach_cannot"]), f"<p>{plain(help_)}</p>", style="sal-answer"))
        return f"<h3>{plain(words.text['teach_ask'])}</h3>{''.join(answers)}"

    def sources(self, citations: Iterable[Citation], language: str) -> str:
        """Return the list of sources, folded."""
        items = "".join(
            f'<li><a href="{escape(item.url)}" target="_blank" rel="noopener noreferrer">'
            f"{plain(item.publisher)}: {plain(item.title)}</a></li>"
            for item in citations
            if item.url.startswith("http")
        )
        title = plain(self._knowledge.say(language).headings["sources"])
        return fold(title, f"<ol>{items}</ol>" if items else "", style="sal-sources")

    def handoff(self, handoffs: Sequence[Handoff], code: str | None) -> str:
        """Return the SBAR summary for screen and print, folded.

        Args:
            handoffs: The summary in the patient's language, and in the clinician's if that is another.
            code: Code of the encounter, to read out at a desk; None when it has none.
        """
        own, last = handoffs[0], handoffs[-1]
        text = self._knowledge.say(own.language).text
        parts = [f"<h2>{plain(text['handoff_title'])}</h2><p>{plain(text['handoff_ready'])}</p>"]
        parts.append(self._clinic.show_to(own.language))
        parts += [self.sbar(item, titled=len(handoffs) > 1) for item in handoffs]
        told = f'{plain(text["code_label"])} <bdi dir="ltr">{plain(code)}</bdi>' if code else ""
        lines = [
            f"Salama {code or ''}".strip(),
            *last.situation,
            *last.background,
            *last.assessment,
            *last.recommendation,
        ]
        parts.append(
            f'<div class="sal-code">{_square(lines, text["qr_label"])}<p><strong>{told}</strong><br>'
            f"{plain(text['qr_note'])}</p></div>"
            f'<button type="button" class="sal-print">{plain(text["print_summary"])}</button>'
        )
        inside = f'<section class="sal-handoff" tabindex="-1">{"".join(parts)}</section>'
        return fold(plain(text["handoff_title"]), inside, elem_id="sal-summary", language=own.language)

    def sbar(self, handoff: Handoff, *, titled: bool = False) -> str:
        """Return the four parts of a summary, below the name of their language if they are titled."""
        words = self._knowledge.say(handoff.language)
        names = ("situation", "background", "assessment", "recommendation")
        lists = "".join(listed(words.headings[name], getattr(handoff, name)) for name in names)
        title = f"<p><strong>{plain(words.text['own_name'])}</strong></p>" if titled else ""
        return f'<div class="sal-sbar" {spoken(handoff.language)}>{title}{lists}</div>'


def _beside(level: Disposition) -> tuple[Disposition, ...]:
    """Return the levels that people mix up with one: the next more and the next less urgent kind of care."""
    kinds = (Disposition.SELF_CARE, Disposition.SOON, Disposition.TODAY, Disposition.AMBULANCE)
    near = sorted((kind for kind in kinds if kind is not level), key=lambda kind: abs(kind - level))
    return tuple(near[:2])


def _shortened(lines: Sequence[str]) -> list[str]:
    """Return the lines of a square code, the longest (mostly of what is absent) cut short so that all have a place."""
    kept = list(lines)
    while (over := sum(len(line.encode()) + 1 for line in kept) - MOST_CODE) > 0:
        longest = max(kept, key=lambda line: len(line.encode()))
        cut = longest.encode()[: max(len(longest.encode()) - over - 3, 0)].decode(errors="ignore")
        kept[kept.index(longest)] = f"{cut}..."
    return kept


def _square(lines: Sequence[str], label: str) -> str:
    """Return a square code that holds the summary itself, so that no server is needed to read it."""
    code = segno.make("\n".join(_shortened(lines)), micro=False, error="l", encoding="utf-8")
    drawn = code.svg_inline(border=4, omitsize=True, svgclass="sal-square", lineclass=None).strip()
    return drawn.replace("<svg ", f'<svg role="img" aria-label="{escape(label)}" ', 1)


def _call(card: Card) -> str:
    if not (card.disposition.is_emergency and card.number and card.number_label):
        return ""
    label = f"{picture('call')}<span>{plain(card.number_label)}</span>"
    return f'<a class="sal-call" href="tel:{digits(card.number)}">{label}</a>'
