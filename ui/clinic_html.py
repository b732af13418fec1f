"""HTML of what a clinic has set: its name, where it sees patients and when, to whom the summary is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape

from knowledge import Knowledge
from knowledge.vocabulary import Disposition, spoken_in
from triage.types import now
from ui.clinic import DAYS, Clinic, OpenPlace
from ui.markup import dial, fold, plain

LOGO = "/clinic-logo"
"""Path of the picture."""

ClinicNow = Callable[[], Clinic | None]
"""Returns the clinic as it is set now; None when there is none."""


def no_clinic() -> Clinic | None:
    """Return no clinic."""
    return None


class ClinicParts:
    """Renders what the clinic has set; nothing when it has set nothing.

    Args:
        knowledge: The content, for the words around it.
        clinic: Returns the clinic as it is set now.
    """

    def __init__(self, knowledge: Knowledge, clinic: ClinicNow) -> None:
        self._knowledge = knowledge
        self._clinic = clinic

    def offered(self, languages: Mapping[str, str]) -> dict[str, str]:
        """Return those of these languages that the clinic offers, in its order."""
        clinic = self._clinic()
        return {tag: languages[tag] for tag in clinic.languages} if clinic else dict(languages)

    def heading(self, language: str) -> str:
        """Return logo and name."""
        clinic = self._clinic()
        if clinic is None:
            return ""
        style = f"background:{clinic.colors.main};color:{clinic.colors.ink}"
        logo = f'<img src="{LOGO}" alt="" height="32">' if clinic.logo else ""
        return f'<p class="sal-clinic" style="{style}">{logo}<bdi>{plain(spoken_in(clinic.name, language))}</bdi></p>'

    def consent(self, language: str) -> str:
        """Return what patients agree to with this clinic."""
        clinic = self._clinic()
        return f"<p>{plain(spoken_in(clinic.consent, language))}</p>" if clinic and clinic.consent else ""

    def where(self, level: Disposition, language: str) -> str:
        """Return where the clinic sees patients with this advice; never a door that is shut when it is urgent."""
        clinic = self._clinic()
        if clinic is None:
            return ""
        words = self._knowledge.say(language).text
        time = now()
        if level is Disposition.TODAY and clinic.shut(level, language, time):
            name = spoken_in(clinic.name, language)
            return f'<p class="sal-shut">{plain(words["clinic_all_shut"].format(name=name))}</p>'
        rows = "".join(f"<li>{_place(place, words)}</li>" for place in clinic.places(level, language, time))
        return f'<h3>{plain(words["clinic_where"])}</h3><ul class="sal-places">{rows}</ul>' if rows else ""

    def show_to(self, language: str) -> str:
        """Return to whom the summary is shown or read out."""
        clinic = self._clinic()
        if clinic is None or clinic.handover is None:
            return ""
        to, phone = spoken_in(clinic.handover.to, language), clinic.handover.phone
        said = plain(self._knowledge.say(language).text["clinic_show_to"].format(to=to))
        return f"<p><strong>{said}</strong>{f' {dial(phone)}' if phone else ''}</p>"


def _place(place: OpenPlace, words: Mapping[str, str]) -> str:
    parts = [f"<strong><bdi>{plain(place.name)}</bdi></strong>"]
    state = {"now": "clinic_open", "later_today": "clinic_later", "not_today": "clinic_not_today"}.get(place.open or "")
    if state:
        parts.append(f"<span>{plain(words[state].format(time=place.at))}</span>")
    if place.address:
        parts.append(f"<bdi>{plain(place.address)}</bdi>")
    if place.phone:
        parts.append(dial(place.phone))
    if place.map:
        link = f'href="{escape(place.map)}" target="_blank" rel="noopener noreferrer"'
        parts.append(f"<a {link}>{plain(words['clinic_map'])}</a>")
    return "<br>".join(parts) + _hours(place.hours, words)


def _hours(hours: Mapping[str, Sequence[str]], words: Mapping[str, str]) -> str:
    if not hours:
        return ""
    rows = "".join(
        f'<tr><th scope="row">{plain(words[f"day_{day}"])}</th>'
        f"<td>{' '.join(f'<bdi dir=ltr>{span}</bdi>' for span in hours[day]) or plain(words['clinic_shut'])}</td></tr>"
        for day in DAYS
    )
    return fold(plain(words["clinic_hours"]), f"<table>{rows}</table>")
