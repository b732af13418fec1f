"""HTML around the conversation: banner, heading, first screen, what stands there before any script, and the tools."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from knowledge import Knowledge
from triage.wording import Wording
from ui.render import dial, direction

NAMES = {"en": "English", "fr": "Français", "ar": "العربية", "ary": "الدارجة", "ary-Latn": "Darija"}
"""Languages by their own names."""

COUNTRIES = ("MA", "FR", "GB", "US")
"""Countries offered on the page; any other stands for "another country"."""

WHO = {"me": True, "child": False, "other": False}
"""Choices of "who is this for?" (keys `for_...`), and whether the author is the one who is ill."""

DANGERS = ("breathing", "chest", "stroke", "waking", "bleeding", "swelling", "harm")
"""Keys `danger_...` of the signs that stand on the page before the chat has opened."""


class Chrome:
    """Renders what stands around the conversation, in the patient's language."""

    def __init__(self, knowledge: Knowledge, wording: Wording) -> None:
        self._knowledge = knowledge
        self._wording = wording

    def asked_for(
        self, query: Mapping[str, Sequence[str] | str], language: str, country: str | None
    ) -> tuple[str, str | None]:
        """Return language and country of a page address; those given here where it names none that we know."""
        lang, place = (_one(query.get(key)) for key in ("lang", "country"))
        known = place in self._knowledge.services
        return (lang if lang in NAMES else language), (place if known else None if place == "" else country)

    def banner(self, language: str, country: str | None) -> str:
        """Return the emergency banner with the number of the chosen country."""
        return (
            f'<div class="sal-banner" dir="{direction(language)}" lang="{language}">'
            f"<strong>{self._dialled('emergency_banner', language, country)}</strong></div>"
        )

    def header(self, language: str, *, begun: bool) -> str:
        """Return the heading of the page: what Salama is and is not, short once the conversation has begun."""
        words = self._knowledge.say(language).text
        unsigned = f'<p class="sal-unsigned">{escape(words["unsigned_banner"])}</p>' if self._knowledge.unsigned else ""
        what = "" if begun else f"<p>{escape(words['what_i_am'])}</p>"
        way = direction(language)
        return f'<div class="sal-header" dir="{way}" lang="{language}"><h1>Salama</h1>{what}{unsigned}</div>'

    def consent(self, language: str) -> str:
        """Return what sending a message means, and what not to write."""
        words = self._knowledge.say(language).text
        return (
            f'<p class="sal-consent" dir="{direction(language)}" lang="{language}">'
            f"{escape(words['consent_line'])} {escape(words['privacy_note'])}</p>"
        )

    def countries(self, language: str) -> list[tuple[str, str]]:
        """Return the countries to choose from, as (name, code)."""
        words = self._knowledge.say(language).text
        return [*((words[f"country_{code}"], code) for code in COUNTRIES), (words["country_other"], "")]

    def whom(self, language: str) -> list[tuple[str, str]]:
        """Return the answers to "who is this for?", as (words, key)."""
        words = self._knowledge.say(language).text
        return [(words[f"for_{key}"], key) for key in WHO]

    def settings(self, language: str, country: str | None) -> str:
        """Return language and country as they are, for the fold that holds the choices."""
        named = {code: name for name, code in self.countries(language)}
        return f"{NAMES[language]} · {named.get(country or '') or country}"

    def first_paint(self, language: str, country: str | None) -> str:
        """Return the page as it stands before its scripts have run: whom to call, and for which signs."""
        words = self._knowledge.say(language).text
        signs = "".join(f"<li>{escape(words[f'danger_{key}'])}</li>" for key in DANGERS)
        return (
            f'<main id="sal-first" lang="{language}" dir="{direction(language)}">{self.banner(language, country)}'
            f"<h1>Salama</h1><p>{escape(words['page_loading'])}</p>"
            f"<noscript><p><strong>{escape(words['page_needs_script'])}</strong></p></noscript>"
            f"<h2>{escape(words['danger_lead'])}</h2><ul>{signs}</ul></main>"
        )

    def tools(self, language: str, country: str | None, token: str, page: str) -> str:
        """Return what is always within reach: a person, a new start, and the deletion of all that was written."""
        words = self._knowledge.say(language).text
        person = f"<p>{self._dialled('person_now', language, country)}</p>"
        hidden = "".join(
            f'<input type="hidden" name="{name}" value="{escape(value)}">'
            for name, value in (("token", token), ("page", page), ("lang", language), ("country", country or ""))
        )

        def leave(name: str, title: str, ask: str) -> str:
            button = f'<button type="submit">{escape(words[title])}</button>'
            form = f'<form method="post" action="/visit/{name}">{hidden}{button}</form>'
            return _fold(f"sal-{name}", words[title], f"<p>{escape(words[ask])}</p>{form}")

        return (
            f'<div class="sal-tools" dir="{direction(language)}" lang="{language}">'
            f"{_fold('sal-person', words['person_now_button'], person)}"
            f"{leave('restart', 'restart', 'restart_ask')}{leave('delete', 'delete_data', 'delete_ask')}</div>"
        )

    def _dialled(self, key: str, language: str, country: str | None) -> str:
        text = escape(self._wording.text(key, language, country))
        services = self._knowledge.services.get(country or "")
        return text.replace(escape(services.emergency), dial(services.emergency)) if services else text


def _fold(elem_id: str, title: str, inside: str) -> str:
    return f'<details id="{elem_id}"><summary>{escape(title)}</summary>{inside}</details>'


def _one(value: Sequence[str] | str | None) -> str | None:
    return value if value is None or isinstance(value, str) else value[0]
