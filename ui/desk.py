"""Where a visit is served: draws the page of a browser's encounter and carries out what its buttons say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace

from triage import Encounter, StorageError, Subject, Turn
from ui.chrome import NAMES, WHO, Chrome
from ui.clinic_html import ClinicNow, no_clinic
from ui.screen import Regions, Screen, last_answered
from ui.turns import Turns
from ui.visits import Page, Visits

_BUTTON = re.compile(r"(?:(?:(?:option|choice|wrong|again):\S+|none|yes|no|unsure)\s*)*")

VERBS = ("say", "speak", "place", "who")
"""What buttons of the page can ask for."""


@dataclass(frozen=True)
class Visit:
    """How the page stands in one browser window."""

    id: str
    """Id of the encounter, also of one that has not begun."""
    language: str
    country: str | None
    who: str | None = None
    page: Page = "chat"
    deleted: bool = False
    """Whether everything that was written has just been deleted."""


class Desk:
    """Draws pages and plays turns for visits.

    Args:
        turns: Plays turns.
        chrome: Renders what stands around the conversation.
        visits: Signs the id of the encounter into the forms.
        clinic: Returns the clinic as it is set now.
    """

    def __init__(self, turns: Turns, chrome: Chrome, visits: Visits, clinic: ClinicNow = no_clinic) -> None:
        self._turns = turns
        self._chrome = chrome
        self._visits = visits
        self._screen = Screen(turns.pipeline, visits.code, clinic)

    def resumed(self, visit: Visit) -> Visit:
        """Return the visit with the language and country in which its encounter was left."""
        return _as_left(visit, self._load(visit.id))

    def under_way(self, visit: Visit) -> bool:
        """Whether a turn is under way: a page that is opened before its end would never show it."""
        return self._turns.under_way(visit.id)

    def look(self, visit: Visit) -> tuple[Visit, Regions]:
        """Return the visit as its encounter was left, and all regions of its page."""
        stored = self._load(visit.id)
        if stored is None or not stored.turns:
            return visit, {**self._around(visit, None), **self._screen.opening(visit.language, deleted=visit.deleted)}
        visit = _as_left(visit, stored)
        return visit, {**self._around(visit, stored), **self._screen.draw(stored)}

    def act(self, visit: Visit, verb: str, value: str) -> Iterator[tuple[Visit, Regions]]:
        """Carry out what a button says; yield the visit and the regions that change, as they change."""
        visit = replace(visit, deleted=False)
        if verb == "say":
            yield from self._say(visit, value)
            return
        if verb == "speak" and value in NAMES:
            visit = replace(visit, language=value)
        elif verb == "place":
            visit = replace(visit, country=value if value in self._turns.pipeline.knowledge.services else None)
        elif verb == "who" and value in WHO:
            visit = replace(visit, who=value)
        if verb != "who":
            with suppress(StorageError):
                # The page changes all the same.
                self._turns.choose(visit.id, visit.language, visit.country)
        yield self.look(visit)

    def given_back(self, visit: Visit, verb: str, value: str) -> tuple[Regions, str]:
        """Return the log with the reason why something was not carried out, and the words to put back into the field.

        Args:
            visit: The visit.
            verb: What a button said.
            value: With what.
        """
        log = self._screen.log(self._encounter(visit), notice="too_many_messages")
        return {"log": log}, own_words(verb, value)

    def _say(self, visit: Visit, message: str) -> Iterator[tuple[Visit, Regions]]:
        encounter = self._encounter(visit)
        yield visit, {"log": self._screen.log(encounter, writing=own_words("say", message))}
        begun = bool(encounter.turns)
        for item in self._turns.stream(encounter, message):
            reply = None if isinstance(item, Turn) else item
            regions = self._screen.draw(encounter, reply)
            if not begun or encounter.language != visit.language:
                # The page follows the patient into the language they write.
                visit, begun = replace(visit, language=encounter.language), True
                regions |= self._around(visit, encounter)
            elif reply is None:
                regions["tools"] = self._tools(visit, encounter)
            yield visit, regions

    def _around(self, visit: Visit, encounter: Encounter | None) -> Regions:
        language, country = visit.language, visit.country
        return {
            "banner": self._chrome.banner(language, country),
            "head": self._chrome.header(language, country, begun=encounter is not None),
            "start": self._chrome.start(language, country, visit.who, begun=encounter is not None),
            "tools": self._tools(visit, encounter),
        }

    def _tools(self, visit: Visit, encounter: Encounter | None) -> str:
        undo = last_answered(encounter) if encounter is not None else None
        return self._chrome.tools(visit.language, undo, begun=encounter is not None)

    def fields(self, visit: Visit) -> dict[str, str]:
        """Return what the forms of a page carry with them."""
        return {
            "token": self._visits.token(visit.id),
            "page": visit.page,
            "lang": visit.language,
            "country": visit.country or "",
        }

    def _encounter(self, visit: Visit) -> Encounter:
        stored = self._load(visit.id)
        if stored is not None:
            stored.country = visit.country
            return stored
        subject = Subject(is_author=WHO.get(visit.who or ""))
        return Encounter(id=visit.id, language=visit.language, country=visit.country, subject=subject)

    def _load(self, encounter_id: str) -> Encounter | None:
        try:
            return self._turns.pipeline.store.load(encounter_id)
        except StorageError:
            # The patient still gets an answer; the store raises its own alarm when the turn is saved.
            return None


def own_words(verb: str, value: str) -> str:
    """Return a message, or nothing when a button said it: the log shows its words when the turn is drawn."""
    return value if verb == "say" and not _BUTTON.fullmatch(value.strip()) else ""


def _as_left(visit: Visit, stored: Encounter | None) -> Visit:
    if stored is None or not stored.turns:
        return visit
    return replace(visit, language=stored.language, country=stored.country)
