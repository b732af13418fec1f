"""Any server that speaks the OpenAI chat protocol, e.g. vLLM, llama.cpp or a hosted one, over a bounded connection."""

from __future__ import annotations

import time
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

import httpx
from pydantic import SecretStr

from triage.errors import EndpointError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

MOST_BYTES = 1_000_000
"""A streamed reply of 160 tokens takes about 50 kB; a server that sends more than this is broken or hostile."""


class BoundedTransport(httpx.HTTPTransport):
    """HTTP that ends each exchange at a deadline and a size, however the bytes come.

    Ordinary time-outs count the silence between two reads: a server that sends a byte a second, or a comment line
    that completes no event, would hold a thread for ever.
    """

    def __init__(self, limit: float) -> None:
        """Allow `limit` seconds and `MOST_BYTES` for each exchange; environment proxies are not used."""
        super().__init__(retries=0)
        self._limit = limit

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request and bound its response."""
        deadline = time.monotonic() + self._limit
        response = super().handle_request(request)
        if not isinstance(response.stream, httpx.SyncByteStream):
            raise EndpointError("the response is no byte stream")
        response.stream = _BoundedStream(response.stream, deadline)
        return response


class _BoundedStream(httpx.SyncByteStream):
    def __init__(self, stream: httpx.SyncByteStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def __iter__(self) -> Iterator[bytes]:
        total = 0
        for part in self._stream:
            total += len(part)
            if total > MOST_BYTES:
                raise httpx.ReadError(f"more than {MOST_BYTES} bytes")
            if time.monotonic() > self._deadline:
                raise httpx.ReadTimeout("deadline passed")
            yield part

    def close(self) -> None:
        self._stream.close()


def open_endpoint(url: str, model: str | None, key: str, limit: float, max_tokens: int) -> BaseChatModel:
    """Return a LangChain chat model for an OpenAI-compatible server.

    Args:
        url: Base address, ending in `/v1` with most servers.
        model: Model name there; None for the first one the server lists.
        key: API key; servers without keys ignore it.
        limit: Seconds for each exchange.
        max_tokens: Longest reply.

    Raises:
        EndpointError: The server does not answer, or lists no model.
    """
    from langchain_openai import ChatOpenAI

    # Replies of another shape than the protocol's make pydantic print parts of them; replies are nobody's to read.
    warnings.filterwarnings("ignore", message="Pydantic serializer warnings", module="pydantic.main")
    client = httpx.Client(transport=BoundedTransport(limit), timeout=limit, follow_redirects=False)
    if model is None:
        model = _first_model(client, url, key)
    chat: BaseChatModel = ChatOpenAI(
        base_url=url,
        api_key=SecretStr(key),
        model=model,
        use_responses_api=False,
        max_retries=0,
        timeout=limit,
        temperature=0.0,
        # The older name of this limit is the one that every compatible server understands.
        extra_body={"max_tokens": max_tokens},
        stream_usage=False,
        http_client=client,
    )
    return chat


def _first_model(client: httpx.Client, url: str, key: str) -> str:
    try:
        answer = client.get(f"{url.rstrip('/')}/models", headers={"Authorization": f"Bearer {key}"})
        answer.raise_for_status()
        return str(answer.json()["data"][0]["id"])
    except (httpx.HTTPError, ValueError, LookupError, TypeError) as error:
        raise EndpointError(f"the server at {url} lists no model: {type(error).__name__}") from None
