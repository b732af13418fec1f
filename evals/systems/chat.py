"""Any endpoint of the OpenAI chat shape: free text or forced choice, one or several samples."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass

from evals.reading import Reading, read_choice, read_reply
from evals.result import Result
from evals.systems.client import ChatClient, Message
from evals.systems.post import EndpointError
from evals.vignette import Vignette
from knowledge.vocabulary import Disposition

CHOICES = {
    "A": (Disposition.AMBULANCE, "call an ambulance now"),
    "B": (Disposition.EMERGENCY_DEPARTMENT, "go to the emergency department now"),
    "C": (Disposition.TODAY, "see a doctor today"),
    "D": (Disposition.SOON, "see a doctor within two or three days"),
    "E": (Disposition.ROUTINE, "pharmacist or routine appointment"),
    "F": (Disposition.SELF_CARE, "look after yourself at home"),
}
"""Forced choice; the letters are asked for after the patient's last message."""

_ASK = "Where should the patient get care, and how soon? Answer with one letter only.\n" + "\n".join(
    f"{letter}: {words}" for letter, (_, words) in CHOICES.items()
)


@dataclass
class ChatEndpoint:
    """Plays a vignette against `/chat/completions`, turn by turn, with the endpoint's own replies in between.

    Args:
        client: The endpoint and its model.
        system: System prompt, empty for none.
        samples: How often the last answer is asked for; the commonest level counts, a tie the least urgent.
        forced: Ask for one of six letters instead of reading free text.
    """

    client: ChatClient
    system: str = ""
    samples: int = 1
    forced: bool = False

    @property
    def name(self) -> str:
        """The model, the address and how it was asked."""
        return f"{self.client.name}, {'forced choice' if self.forced else 'free text'}"

    def play(self, vignette: Vignette) -> Result:
        """Return the advice after the last turn; a failure of the endpoint is a result without a level."""
        messages = self._begun()
        replies: list[str] = []
        levels: list[Disposition] = []
        confidence: float | None = None
        retries, started = 0, time.perf_counter()
        reading = Reading(None, why="no_advice")
        failure: str | None = None
        try:
            for turn, text in enumerate(vignette.turns, start=1):
                last = turn == len(vignette.turns)
                asked = f"{text}\n\n{_ASK}" if self.forced and last else text
                messages.append({"role": "user", "content": asked})
                sampled = []
                for _ in range(self.samples if last else 1):
                    reply, again = self.client.ask(messages)
                    retries += again
                    sampled.append(reply)
                messages.append({"role": "assistant", "content": sampled[0]})
                replies += sampled
                reading, agreeing = self._decide(sampled, forced=self.forced and last)
                confidence = agreeing / len(sampled) if len(sampled) > 1 else None
                # a turn that only asks leaves the advice of the turn before
                levels += [reading.level] if reading.level is not None else levels[-1:]
        except EndpointError as error:
            failure = str(error)
        level = None if failure else reading.level
        if level is None and failure is None:
            failure = f"unclear: {reading.why}"
        return Result(
            vignette=vignette,
            advised=level,
            milliseconds=(time.perf_counter() - started) * 1000,
            evidence=(reading.evidence,) if reading.evidence else (),
            levels=tuple(levels),
            replies=tuple(replies),
            failure=failure,
            confidence=confidence,
            retries=retries,
        )

    def talk(self, vignette: Vignette) -> Conversing:
        """Begin a conversation; the endpoint learns nothing of the vignette but what is said."""
        return Conversing(self.client, self._begun())

    def _begun(self) -> list[Message]:
        return [{"role": "system", "content": self.system}] if self.system else []

    def _decide(self, sampled: list[str], *, forced: bool) -> tuple[Reading, int]:
        """Return the reading that counts, and how many samples agree with it."""
        letters = {letter: level for letter, (level, _) in CHOICES.items()}
        readings = [read_choice(text, letters) if forced else read_reply(text) for text in sampled]
        counts = Counter(reading.level for reading in readings)
        most = max(counts.values())
        # None (unclear) sorts below every level: a tie never counts for the system
        winner = min((level for level, count in counts.items() if count == most), key=lambda level: level or 0)
        return next(reading for reading in readings if reading.level == winner), most


class Conversing:
    """An open conversation with an endpoint."""

    def __init__(self, client: ChatClient, messages: list[Message]) -> None:
        self._client = client
        self._messages = messages

    def say(self, message: str) -> tuple[str, Disposition | None]:
        """Return the reply and the level that is read in it.

        Raises:
            EndpointError: No usable answer.
        """
        self._messages.append({"role": "user", "content": message})
        reply, _ = self._client.ask(self._messages)
        self._messages.append({"role": "assistant", "content": reply})
        return reply, read_reply(reply).level
