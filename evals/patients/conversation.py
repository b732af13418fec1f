"""One conversation of a system with a simulated patient, and how much of what was hidden came out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from evals.result import Proportion, Result
from evals.systems.post import EndpointError
from evals.vignette import Vignette
from knowledge.vocabulary import Disposition

MOST_TURNS = 14


class Talk(Protocol):
    """One open conversation with a system."""

    def say(self, message: str) -> tuple[str, Disposition | None]:
        """Return the reply to a message and the level that is advised now; raises EndpointError for no answer."""
        ...


class Person(Protocol):
    """A simulated patient."""

    @property
    def hidden(self) -> int:
        """How many facts have to be asked for."""
        ...

    @property
    def told(self) -> Sequence[str]:
        """Which of them were asked out."""
        ...

    def first(self) -> str:
        """Return the first message."""
        ...

    def answer(self, question: str) -> str | None:
        """Return what the patient says to a reply, None at the end; raises EndpointError for no answer."""
        ...

    def vignette(self, said: Sequence[str]) -> Vignette:
        """Return the conversation as a case with its reference."""
        ...


class Talks(Protocol):
    """A system that can be talked to turn by turn."""

    @property
    def name(self) -> str:
        """What reports call it."""
        ...

    def talk(self, vignette: Vignette) -> Talk:
        """Begin a conversation with the person of a vignette."""
        ...


@dataclass(frozen=True)
class Conversation:
    """One simulated conversation: its result, and how much of what was hidden came out."""

    result: Result
    hidden: int
    told: int


def converse(system: Talks, patient: Person) -> Conversation:
    """Let a patient talk to a system until it asks nothing more, or the patient has had enough.

    A side that gives no answer ends the conversation, which then has no level, whatever was advised before.
    """
    said, replies, levels = [patient.first()], list[str](), list[Disposition]()
    talk = system.talk(patient.vignette(said))
    failure: str | None = None
    for _ in range(MOST_TURNS):
        try:
            reply, level = talk.say(said[-1])
        except EndpointError as error:
            failure = str(error)
            break
        replies.append(reply)
        levels += [level] if level is not None else levels[-1:]
        try:
            answer = patient.answer(reply)
        except EndpointError as error:
            failure = f"patient: {error}"
            break
        if answer is None:
            break
        said.append(answer)
    advised = levels[-1] if levels and failure is None else None
    result = Result(
        vignette=patient.vignette(said),
        advised=advised,
        questions=len(said) - 1,
        levels=tuple(levels),
        replies=tuple(replies),
        failure=failure or (None if advised else "no level in any reply"),
    )
    return Conversation(result, patient.hidden, len(patient.told))


def findings_recall(conversations: Iterable[Conversation]) -> Proportion:
    """Return the share of hidden findings that were asked out of the patients."""
    items = list(conversations)
    return Proportion(sum(item.told for item in items), sum(item.hidden for item in items))


def findings_per_question(conversations: Iterable[Conversation]) -> float | None:
    """Return how many hidden findings one question brings, over patients who hide some; None of no question."""
    items = [item for item in conversations if item.hidden]
    asked = sum(item.result.questions for item in items)
    return sum(item.told for item in items) / asked if asked else None
