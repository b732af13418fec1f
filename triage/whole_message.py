"""What the gestalt has to say in a turn: that nobody is said to be ill, an alarm, or that a presumption may wait."""

from __future__ import annotations

import re
from collections.abc import Container

from knowledge.vocabulary import Polarity
from triage.encounter import Encounter
from triage.facts import Facts
from triage.gestalt import Gestalt
from triage.heard import Heard
from triage.interview import Interview, Next
from triage.recording import Work

_FEW_WORDS = 5
"""Most words of a message that denies a sign and has no room for another."""
_PARTED = re.compile(r"[.,;:!?،؛؟\n]\s*\S")


class WholeMessage:
    """Lets the gestalt of all that was written speak (docs/adr/0007).

    Args:
        interview: Raises or calms the advice by it.
        pictured: What tapped pictures say: our words, which are not judged.
    """

    def __init__(self, interview: Interview, pictured: Container[str]) -> None:
        self._interview = interview
        self._pictured = pictured

    def merely_asks(self, gestalt: Gestalt | None, encounter: Encounter, heard: Heard, text: str) -> bool:
        """Return whether a message asks something, tells no symptom, and reads surely calm: nobody is said to be ill.

        Args:
            gestalt: The model, if there is one.
            encounter: The encounter before this message.
            heard: What the message says.
            text: The scrubbed message.
        """
        return gestalt is not None and encounter.idle and heard.asks and gestalt.is_calm({1: text})

    def speak(self, gestalt: Gestalt | None, encounter: Encounter, facts: Facts, assessed: Next, work: Work) -> Next:
        """Return what comes next, changed by the gestalt where no rule is sure of an emergency.

        An alarm raises the advice; what reads surely calm makes what is only presumed wait for its question.

        Args:
            gestalt: The model, if there is one.
            encounter: The encounter with the message learnt; its alarm is noted in it.
            facts: Its facts.
            assessed: What rules and interview say.
            work: The turn so far.
        """
        if gestalt is None or encounter.floor.is_emergency or encounter.small_talk or encounter.inquiry:
            return assessed
        told = {**encounter.written, work.number: work.own_words}
        written = {turn: text for turn, text in told.items() if text and text not in self._pictured}
        heard = work.heard
        tells = work.number in written and not (heard.silent or _merely_denies(heard, written[work.number]))
        if not encounter.alarm_sure and tells:
            alarm = gestalt.alarm(written, heard.statement)
            if alarm is not None and self._interview.denies_enough(facts, work.number):
                alarm = None
            if encounter.alarm is None:
                encounter.alarm, encounter.alarm_turn = alarm, work.number
            encounter.alarm_sure = alarm is not None and gestalt.is_sure(written, heard.statement)
        if encounter.alarm is not None:
            return self._interview.alarmed(encounter, assessed, encounter.alarm)
        feared = assessed.assessment.disposition.is_emergency
        if not (feared or encounter.passed_over) or not gestalt.is_calm(written, heard.statement):
            return assessed
        if encounter.passed_over:
            assessed = self._interview.assess(encounter, facts, assessed.assessment.hits, calm=True)
        return self._interview.calmed(assessed)


def _merely_denies(heard: Heard, text: str) -> bool:
    """Whether a few words only say that a sign is not there ("he has not vomited"), which read like the sign."""
    told = [item for item in heard.findings if item.origin == "words"]
    denied = bool(told) and all(item.polarity is Polarity.NEGATED for item in told)
    return denied and len(text.split()) <= _FEW_WORDS and _PARTED.search(text) is None
