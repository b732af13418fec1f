"""A language model that plays a structured case: an option beside the rule-driven patients, reported apart.

The model knows the first message and the facts of the case and nothing of its reference. What it says is not fixed by
the case, so two models, or two versions of one, are two different patients; and simulated patients overstate how well a
system does with people (Bean et al., Nat Med 2026).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from evals.patients import Patient, asks, facts_of, gives_up
from evals.sheet import Sheet
from evals.systems.client import ChatClient, Message, spoken
from evals.systems.post import EndpointError
from evals.vignette import Vignette

MOST_ANSWERS = 10
"""Answers after which the patient has had enough; the patience of most rule-driven ones."""

WARNING = (
    "A language model plays these patients, from structured cases. Simulated patients overstate how well a system does "
    "with people (Bean et al., Nat Med 2026). No number here is comparable with one of the rule-driven patients, or of "
    "another model or version as patient."
)


class PlayedPatient:
    """One case, played by a model.

    Args:
        sheet: What the patient says first and knows.
        client: The model; with temperature 0 and a seed, so that the same server may answer alike.
    """

    hidden = 0
    told: Sequence[str] = ()
    """Which facts came out is not counted: a model may put them in any words."""

    def __init__(self, sheet: Sheet, client: ChatClient) -> None:
        self._sheet = sheet
        self._client = client
        facts = "\n".join(f"- {fact}" for fact in sheet.facts) or "- nothing else"
        prompt = _prompt().format(opening=sheet.opening, facts=facts, manner=sheet.manner)
        # to the model that plays the patient, the service is the user
        self._messages: list[Message] = [{"role": "system", "content": prompt}]
        self._answers = 0

    def first(self) -> str:
        """Return the first message, which is the case's own and not the model's."""
        return self._sheet.opening

    def answer(self, question: str) -> str | None:
        """Return what the patient says to a reply, None when nothing was asked or they have had enough.

        Args:
            question: What the system said last.

        Raises:
            EndpointError: The model gave no usable answer, or an empty one.
        """
        if not asks(question) or self._answers > MOST_ANSWERS:
            return None
        self._answers += 1
        if self._answers > MOST_ANSWERS:
            return gives_up(self._sheet.language)
        self._messages.append({"role": "user", "content": question})
        answer, _ = self._client.ask(self._messages)
        said = spoken(answer)
        if not said:
            raise EndpointError("the patient said nothing")
        self._messages.append({"role": "assistant", "content": said})
        return said

    def vignette(self, said: Sequence[str]) -> Vignette:
        """Return the conversation as a case with its reference."""
        return self._sheet.vignette(said)


def sheet_of(patient: Patient) -> Sheet:
    """Return a rule-driven patient as a structured case."""
    return Sheet(patient.vignette([patient.first()]), facts_of(patient), patient.manner)


@cache
def _prompt() -> str:
    return files("evals.patients").joinpath("played.md").read_text(encoding="utf-8")
