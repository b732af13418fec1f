"""A client of the OpenAI chat shape, for a system under test, a judge or a patient."""

from __future__ import annotations

from dataclasses import dataclass, field

from evals.systems.post import EndpointError, Poster

Message = dict[str, str]

GREETING = "Hello"
"""The first word to an endpoint, which only shows that it answers."""


def spoken(answer: str) -> str:
    """Return an answer without what a model thinks aloud before it; one that was cut while it thought says nothing."""
    return answer.rpartition("</think>")[2].partition("<think>")[0].strip()


@dataclass
class ChatClient:
    """Asks one model for the next message of a conversation.

    Args:
        url: Address of the API, with or without `/chat/completions`.
        model: Model name that is sent.
        key: Bearer token, empty for none.
        temperature: Sampling temperature; None leaves it to the endpoint.
        seed: Seed that is sent; None sends none.
        most: Tokens after which an answer is cut; None leaves it to the endpoint.
        timeout: Seconds for one call.
        pause: Seconds before a failed call is made again, doubled each time.
    """

    url: str
    model: str
    key: str = ""
    temperature: float | None = 0.0
    seed: int | None = None
    most: int | None = None
    timeout: float = 60.0
    pause: float = 1.0
    _poster: Poster = field(init=False)

    def __post_init__(self) -> None:
        address = self.url.rstrip("/")
        if not address.endswith("/chat/completions"):
            address += "/chat/completions"
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        self._poster = Poster(address, headers, timeout=self.timeout, pause=self.pause)

    @property
    def name(self) -> str:
        """Model and address."""
        return f"{self.model} at {self.url}"

    def reach(self) -> None:
        """Ask for an answer to a greeting, before a run that would wait in vain.

        Raises:
            EndpointError: No usable answer.
        """
        self.ask([{"role": "user", "content": GREETING}])

    def ask(self, messages: list[Message]) -> tuple[str, int]:
        """Return the next message, and how many calls were repeated.

        Raises:
            EndpointError: No usable answer.
        """
        body: dict[str, object] = {"model": self.model, "messages": messages}
        if self.temperature is not None:
            body["temperature"] = self.temperature
        if self.seed is not None:
            body["seed"] = self.seed
        if self.most is not None:
            body["max_tokens"] = self.most
        answer, again = self._poster.post(body)
        try:
            content = answer["choices"][0]["message"]["content"]
        except (KeyError, IndexError, TypeError):
            raise EndpointError(f"{self.url}: the answer has no choices[0].message.content") from None
        return str(content or ""), again
