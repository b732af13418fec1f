"""Endpoints on loopback."""

import threading
from collections.abc import Callable, Iterator

import pytest

from tests.evals.loopback import Answer, Endpoint


@pytest.fixture
def endpoint() -> Iterator[Callable[[Answer], Endpoint]]:
    servers: list[Endpoint] = []

    def start(answer: Answer) -> Endpoint:
        server = Endpoint(answer)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        servers.append(server)
        return server

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()
