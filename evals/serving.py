"""A language model of ours behind the OpenAI chat shape on loopback: bare, or with passages put before the message."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from evals.reading import read_reply
from triage import EndpointError
from triage.generation import ChatMessage, ChatModel

Prepare = Callable[[list[ChatMessage]], list[ChatMessage]]
"""What is done to the messages before the model reads them."""

MOST_CHARACTERS = 1500
"""After so much a small model repeats itself; a reply is cut there as a token limit would cut it."""


@contextmanager
def served(model: ChatModel, prepare: Prepare = list) -> Iterator[str]:
    """Serve a model while the block runs; give the address of its API.

    Args:
        model: The model; calls come one at a time.
        prepare: What is done to the messages first; nothing for the bare model.
    """
    server = _Server(model, prepare)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def chained(find: Callable[[str], Sequence[str]], instruction: str) -> Prepare:
    """Return what a plain retrieval chain does: the passages that fit the last message go before it.

    Args:
        find: Gives the texts of the passages for a message.
        instruction: What the model is told; the passages follow.
    """

    def prepare(messages: list[ChatMessage]) -> list[ChatMessage]:
        texts = "\n".join(f"- {text}" for text in find(messages[-1].text)) or "- (nothing found)"
        return [ChatMessage("system", f"{instruction}\n\n{texts}"), *messages]

    return prepare


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, model: ChatModel, prepare: Prepare) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.model = model
        self.prepare = prepare
        self.turn = threading.Lock()


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def log_message(self, format: str, *args: object) -> None:
        """Write nothing: messages are patients' words."""

    def do_POST(self) -> None:
        """Answer a chat request."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        messages = [ChatMessage(item["role"], item["content"]) for item in body["messages"]]
        try:
            with self.server.turn:
                text = _bounded(self.server.model.stream(self.server.prepare(messages)))
        except EndpointError as error:
            self._send(504, {"error": {"message": str(error)}})
            return
        choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
        self._send(200, {"object": "chat.completion", "model": self.server.model.name, "choices": [choice]})

    def _send(self, status: int, body: dict[str, Any]) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def _bounded(pieces: Iterator[str]) -> str:
    """Collect a reply up to the greatest length; one that is cut off by the time limit counts as far as it came."""
    text = ""
    try:
        for piece in pieces:
            text += piece
            if len(text) >= MOST_CHARACTERS:
                break
    except EndpointError:
        if read_reply(text).level is None:
            raise
    return text
