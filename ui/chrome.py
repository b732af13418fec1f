"""HTML around the conversation: banner, first screen, tools, and the page that works without the server."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from urllib.parse import parse_qs

from knowledge import Knowledge
from triage.pictured import pain_told
from triage.wording import Wording
from ui.clinic_html import ClinicNow, ClinicParts, no_clinic
from ui.markup import choice, dialled, fold, named, phones, picture, plain, spoken

MOST_TYPED = 4000
"""Characters that the field for writing takes."""

NAMES = {"en": "English", "fr": "Français", "ar": "العربية", "ary": "الدارجة", "ary-Latn": "Darija"}
"""Languages by their own names."""

COUNTRIES = ("MA", "FR", "GB", "US")
"""Countries offered on the page; any other stands for "another country"."""

ELSEWHERE = "XX"
"""Stands for "another country" in a form, where nothing at all would be lost on the way."""

WHO = {"me": True, "child": False, "other": False}
"""Choices of "who is this for?" (keys `for_...`), and whether the author is the one who is ill."""

DANGERS = ("breathing", "chest", "stroke", "waking", "bleeding", "swelling", "harm")
"""Keys `danger_...` of the signs that call for an ambulance, on the page and without the server."""

PARTS = ("head", "eye", "ear", "tooth", "throat", "chest", "belly", "back", "joint", "leg")
"""Keys `body_...` and pictures of where it may hurt."""

STRENGTHS = ("little", "much", "worst")
"""Keys `pain_...` and faces of how bad it is."""

TOLD = {
    "reading": "reading", "no-voice": "no_voice", "dictate": "dictate",
    "dictate-note": "dictate_note", "dictate-failed": "dictate_failed", "back": "back_again",
}  # fmt: skip
"""Sentences that the page's script shows, by the name of the attribute that hands them over."""


class Chrome:
    """Renders what stands around the conversation, in the patient's language."""

    def __init__(self, knowledge: Knowledge, wording: Wording, clinic: ClinicNow = no_clinic) -> None:
        self._knowledge = knowledge
        self._wording = wording
        self._clinic = ClinicParts(knowledge, clinic)

    def asked_for(
        self, query: Mapping[str, Sequence[str] | str], language: str, country: str | None
    ) -> tuple[str, str | None]:
        """Return language and country of a page address; those given here where it names none that we know."""
        lang, place = (_one(query.get(key)) for key in ("lang", "country"))
        known = place in self._knowledge.services
        offered = self._clinic.offered(NAMES)
        first = language if language in offered else next(iter(offered))
        return (lang if lang in offered else first), (place if known else None if place == "" else country)

    def banner(self, language: str, country: str | None) -> str:
        """Return the banner that stays in sight: the number of the chosen country, and the way to a person."""
        words = self._knowledge.say(language).text
        call = f"<strong>{self._dialled('emergency_banner', language, country)}</strong>"
        title = f"{picture('person')}<span>{plain(words['person_now_button'])}</span>"
        person = fold(title, self._person(language, country), elem_id="sal-person", style="sal-person")
        return f'<div class="sal-banner" {spoken(language)}><div class="sal-bar">{call}{person}</div></div>'

    def header(self, language: str, country: str | None, *, begun: bool) -> str:
        """Return the heading of the page: what Salama is, short once the conversation has begun."""
        words = self._knowledge.say(language).text
        unsigned = f'<p class="sal-unsigned">{plain(words["unsigned_banner"])}</p>' if self._knowledge.unsigned else ""
        what = "" if begun else f'<p class="sal-lead">{plain(words["what_i_do"])}</p>'
        told = "".join(f' data-{name}="{escape(words[key])}"' for name, key in TOLD.items())
        away = self.away(language, country)
        clinic = self._clinic.heading(language)
        return (
            f'<div class="sal-header" {spoken(language)}>{clinic}<h1>Salama</h1>{what}{unsigned}'
            f'<div id="sal-words" hidden{told}>{away}</div>'
            f'<template id="sal-mic-sign">{picture("mic")}</template></div>'
        )

    def away(self, language: str, country: str | None) -> str:
        """Return what is shown when the server cannot be reached: whom to call, and for which signs."""
        text = self._dialled("server_away", language, country)
        return f'<div class="sal-away" {spoken(language)}><p><strong>{text}</strong></p>{self.dangers(language)}</div>'

    def dangers(self, language: str) -> str:
        """Return the signs for which nobody waits for a chat."""
        words = self._knowledge.say(language).text
        signs = "".join(f"<li>{plain(words[f'danger_{key}'])}</li>" for key in DANGERS)
        return f"<h2>{plain(words['danger_lead'])}</h2><ul>{signs}</ul>"

    def start(self, language: str, country: str | None, who: str | None, *, begun: bool) -> str:
        """Return the choices before the first message; language and country alone, folded, once it has begun."""
        words = self._knowledge.say(language).text
        tongues = _group(
            words["language_label"],
            "".join(
                choice("speak", tag, name, pressed=tag == language, style="sal-pill", language=tag)
                for tag, name in self._clinic.offered(NAMES).items()
            ),
        )
        places = [*((code, words[f"country_{code}"]) for code in COUNTRIES), (ELSEWHERE, words["country_other"])]
        here = dict(places).get(country or ELSEWHERE, country or "")
        lands = _group(
            words["country_label"],
            "".join(
                choice("place", code, name, pressed=code == (country or ELSEWHERE), style="sal-pill")
                for code, name in places
            ),
        )
        if begun:
            inside = f"{tongues}{lands}"
            return fold(plain(f"{NAMES[language]} · {here}"), inside, elem_id="sal-choices", language=language)
        whom = _group(
            words["for_whom"],
            "".join(choice("who", key, words[f"for_{key}"], pressed=key == who, style="sal-pill") for key in WHO),
        )
        land = fold(named(plain(words["country_label"]), plain(here), language), lands, elem_id="sal-country")
        return (
            f'<div id="sal-choices" {spoken(language)}>{tongues}{land}{whom}{self._body(language)}</div>'
            f"{self.consent(language)}"
        )

    def consent(self, language: str) -> str:
        """Return what sending a message means, what not to write, and the short privacy notice."""
        words = self._knowledge.say(language).text
        more = "".join(f"<p>{plain(words[key])}</p>" for key in ("privacy_more", "data_reply"))
        what = "".join(f"<p>{plain(words[key])}</p>" for key in ("what_i_am", "how_i_decide"))
        return (
            f'<div id="sal-consent" class="sal-consent" {spoken(language)}><p>{plain(words["consent_line"])} '
            f"{plain(words['privacy_note'])}</p>{self._clinic.consent(language)}"
            f"{fold(plain(words['privacy_title']), more)}"
            f"{fold(plain(words['about_me']), what)}</div>"
        )

    def _body(self, language: str) -> str:
        """Return the pictures by which a patient shows where it hurts and how much, without writing a word."""
        words = self._knowledge.say(language).text
        parts = []
        for part in PARTS:
            faces = "".join(
                choice(
                    "say",
                    pain_told(words, part, strength),
                    words[f"pain_{strength}"],
                    sign=picture(f"face_{strength}"),
                )
                for strength in STRENGTHS
            )
            title = f"{picture(f'body_{part}')}<span>{plain(words[f'body_{part}'])}</span>"
            parts.append(fold(title, f'<div class="sal-row">{faces}</div>', style="sal-part"))
        return fold(plain(words["show_where"]), f'<div class="sal-parts">{"".join(parts)}</div>', elem_id="sal-body")

    def tools(self, language: str, undo: str | None, *, begun: bool) -> str:
        """Return what is always within reach: the last answer again, a new start, and the deletion of everything.

        Args:
            language: Written form of the page.
            undo: Id of the question that was answered last.
            begun: Whether there is anything to undo or delete.
        """
        words = self._knowledge.say(language).text
        again = choice("say", f"again:{undo}", words["undo"], style="sal-small") if undo else ""

        def leave(name: str, title: str, ask: str) -> str:
            button = (
                f'<button type="submit" class="sal-small" formaction="/visit/{name}">{plain(words[title])}</button>'
            )
            return fold(plain(words[title]), f"<p>{plain(words[ask])}</p>{button}", elem_id=f"sal-{name}")

        ways = leave("restart", "restart", "restart_ask") + leave("delete", "delete_data", "delete_ask")
        return f'<div class="sal-tools" {spoken(language)}>{again}{ways if begun else ""}</div>'

    def offline(self, language: str, country: str | None) -> str:
        """Return the whole page that a browser keeps for the time when the server cannot be reached."""
        words = self._knowledge.say(language).text
        inside = (
            f'<div role="alert">{self.away(language, country)}</div>{self._person(language, country)}'
            f'<p><a class="sal-again" href="">{plain(words["try_again"])}</a></p>'
        )
        return self._alone(language, country, inside, '<script src="/static/offline.js" defer></script>')

    def not_done(self, key: str, language: str, country: str | None, again: str, back: str) -> str:
        """Return the whole page for someone whose form was not carried out, or whose address led nowhere.

        Args:
            key: Key of the sentence that says why.
            language: Written form of the page.
            country: Country whose numbers are shown.
            again: HTML of the form to send it again.
            back: Address of the conversation.
        """
        to_chat = plain(self._knowledge.say(language).text["to_chat"])
        why = f'<p role="alert"><strong>{self._dialled(key, language, country)}</strong></p>'
        way = f'<p><a class="sal-again" href="{escape(back)}">{to_chat}</a></p>'
        signs = f'<div class="sal-away">{self.dangers(language)}</div>'
        return self._alone(language, country, f"{why}{again}{way}{signs}{self._person(language, country)}")

    def write(self, language: str, text: str = "") -> str:
        """Return the field for writing of a page without scripts, with what stands in it."""
        words = self._knowledge.say(language).text
        ask = escape(words["placeholder"])
        return (
            f'<div class="sal-write"><textarea name="say" rows="2" maxlength="{MOST_TYPED}" aria-label="{ask}"'
            f' placeholder="{ask}">{escape(text)}</textarea>'
            f'<button type="submit" class="sal-send">{plain(words["send"])}</button></div>'
        )

    def _alone(self, language: str, country: str | None, inside: str, script: str = "") -> str:
        return (
            f'<!doctype html><html id="sal" {spoken(language)}><head><meta charset="utf-8"><title>Salama</title>'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            '<link rel="stylesheet" href="/static/theme.css"></head>'
            f'<body><main id="sal-first"><div class="sal-banner"><div class="sal-bar"><strong>'
            f"{self._dialled('emergency_banner', language, country)}</strong></div></div><h1>Salama</h1>"
            f"{inside}</main>{script}</body></html>"
        )

    def _person(self, language: str, country: str | None) -> str:
        """Return how to reach a human being, with the further numbers of the country."""
        services = self._knowledge.services.get(country or "")
        further = [
            (item.name.get(language) or item.name["en"], item.number)
            for item in (services.numbers if services else ())
            if item.confirmed and services and item.number in services.call_order and item.number != services.emergency
        ]
        person = self._dialled("person_now", language, country)
        return f'<div class="sal-panel"><p>{person}</p>{phones(further, language)}</div>'

    def _dialled(self, key: str, language: str, country: str | None) -> str:
        services = self._knowledge.services.get(country or "")
        return dialled(self._wording.text(key, language, country), services.emergency if services else None)


def asked(query_string: bytes) -> dict[str, list[str]]:
    """Return what a page address asks for, also what it leaves empty: a country that is none of those we know."""
    return parse_qs(query_string.decode("ascii", "replace"), keep_blank_values=True)


def _group(title: str, buttons: str) -> str:
    label = f'<p class="sal-label">{plain(title)}</p>'
    return f'<div class="sal-group" role="group" aria-label="{escape(title)}">{label}{buttons}</div>'


def _one(value: Sequence[str] | str | None) -> str | None:
    return value if value is None or isinstance(value, str) else value[0]
