"""A language model as a second reader of free-text replies: reported beside the reader, never in its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from evals.systems.client import ChatClient, spoken
from evals.systems.post import EndpointError
from knowledge.vocabulary import Disposition

UNCLEAR = "unclear"
LABELS = (*(level.name.lower() for level in Disposition), UNCLEAR)

_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Judgement:
    """What a judge said of one reply."""

    label: str | None
    """One of `LABELS`; None when the judge gave no usable answer."""
    failure: str | None = None
    """Why there is none."""


class Judge:
    """Asks a model which level a reply names.

    Args:
        client: The model; with temperature 0 and a seed, for answers that can be had again.
    """

    def __init__(self, client: ChatClient) -> None:
        self._client = client

    @property
    def name(self) -> str:
        """Model and address."""
        return self._client.name

    def read(self, reply: str) -> Judgement:
        """Return the level that a reply advises as the judge sees it; never raises for a bad answer.

        Args:
            reply: The reply, in any language.
        """
        messages = [{"role": "system", "content": _prompt()}, {"role": "user", "content": f"Reply:\n<<<\n{reply}\n>>>"}]
        try:
            answer, _ = self._client.ask(messages)
        except EndpointError as error:
            return Judgement(None, str(error))
        named = set(_WORD.findall(spoken(answer).casefold())) & set(LABELS)
        if len(named) != 1:
            return Judgement(None, "several levels named" if named else "no level named")
        return Judgement(named.pop())


@cache
def _prompt() -> str:
    return files("evals.reading").joinpath("judge.md").read_text(encoding="utf-8")
