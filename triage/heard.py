"""What a message brings to the encounter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from knowledge.protocols import ByArticle
from triage.encounter import Encounter
from triage.requests import Notice
from triage.types import Finding, Quantity


@dataclass(frozen=True)
class Heard:
    """What a message brings to the encounter."""

    language: str | None = None
    """The written form of the message; None when it could not be told."""
    findings: tuple[Finding, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    subject: Literal["self", "other"] | None = None
    sex: Literal["F", "M"] | None = None
    unsure: tuple[str, ...] = ()
    """Ids of questions that the patient cannot answer, or passed over."""
    passed_over: tuple[str, ...] = ()
    """Ids of those of them whose answers nobody understood."""
    ask_again: tuple[str, ...] = ()
    """Ids of questions that still wait for an answer."""
    retracted: tuple[str, ...] = ()
    """Concepts whose retraction was confirmed."""
    read_back: tuple[str, ...] = ()
    """Concepts that the patient seems to take back; the first is read back to them."""
    notices: tuple[Notice, ...] = ()
    """Keys of fixed sentences that go before the reply, with their values."""
    why: bool = False
    """The patient asks why we ask."""
    tapped: str | None = None
    """What the tapped answers said; None when the patient wrote."""
    silent: bool = False
    """Nothing new was said: no advice text is repeated."""
    suspected: tuple[Finding, ...] = ()
    """What it may say besides; it is asked about and never counts by itself."""
    requests: tuple[str, ...] = ()
    """What the message asks for, the request to answer first in front."""
    small_talk: bool = False
    """The message says nothing that would be a reason to see anybody."""
    put_again: str | None = None
    """Id of an earlier question that the patient wants to answer anew."""
    information: bool = False
    """It asks for information, which an article may give."""
    inquiry: bool = False
    """It does nothing else: nobody is said to be ill."""
    asks: bool = False
    """It asks something, whatever about, and tells nothing that somebody has now."""
    signs: bool = False
    """What it asks for are the signs of something."""
    by_article: ByArticle | None = None
    """What it asks for is answered by the article of the complaint."""
    asked_back: bool = False
    """It puts a question of the patient's beside ours."""
    topic: str = ""
    """What a question that only asks is about: its other words."""
    statement: str = ""
    """The message without its questions for information, where something is told beside them."""
    of_another: bool = False
    """It begins to tell of somebody else than the one it was about so far."""
    agrees: bool = False
    """It says "ok" or "I am going" and nothing else."""


def waiting(encounter: Encounter) -> tuple[str, ...]:
    """Return the id of the question that waits for its answer, if there is one."""
    return (encounter.pending,) if encounter.pending else ()
