"""A server on loopback that speaks the OpenAI chat protocol, well or badly, and the folder of pulled models."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from knowledge.vocabulary import Disposition
from triage.generation import default_model, find_model
from triage.types import Card, Passage

MODELS = Path(__file__).parents[2] / ".salama" / "models"
DRIP_SECONDS = 0.2


class ChatServer(ThreadingHTTPServer):
    """Answers every chat request in one way, and remembers what it was sent."""

    daemon_threads = True

    def __init__(self, way: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.way = way
        self.requests: list[str] = []
        self.open = True

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


class _Handler(BaseHTTPRequestHandler):
    server: ChatServer
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        return None

    def do_GET(self) -> None:
        body = json.dumps({"data": [{"id": "first-model"}, {"id": "other"}]}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        self.server.requests.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.close_connection = True
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            getattr(self, f"_{self.server.way}")()

    def _head(self, status: int = 200, kind: str = "text/event-stream", **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Connection", "close")
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def _event(self, text: str, reason: str | None = None) -> None:
        delta = {"id": "x", "object": "chat.completion.chunk", "created": 1, "model": "m"}
        choice = {"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": reason}
        self.wfile.write(f"data: {json.dumps({**delta, 'choices': [choice]})}\n\n".encode())
        self.wfile.flush()

    def _good(self) -> None:
        self._head()
        for piece in ("I am sorry ", "you feel unwell. ", "Drink plenty ", "of water."):
            self._event(piece)
        self._event("", "stop")
        self.wfile.write(b"data: [DONE]\n\n")

    def _hang(self) -> None:
        while self.server.open:
            time.sleep(0.05)

    def _hang_after_head(self) -> None:
        self._head()
        self._hang()

    def _kill(self) -> None:
        self._head()
        self._event("Drink plenty of ")
        self.connection.close()

    def _drip(self) -> None:
        self._head()
        while self.server.open:
            self._event("a ")
            time.sleep(DRIP_SECONDS)

    def _drip_comments(self) -> None:
        self._head()
        while self.server.open:
            self.wfile.write(b": still here\n")
            self.wfile.flush()
            time.sleep(DRIP_SECONDS)

    def _error(self) -> None:
        self._head(500, "application/json")
        self.wfile.write(b'{"error": {"message": "out of memory"}}')

    def _garbage(self) -> None:
        self._head()
        self.wfile.write(b"data: \xff\xfe\x00 not json at all\n\n")

    def _html(self) -> None:
        self._head(200, "text/html")
        self.wfile.write(b"<html><body>It works!</body></html>")

    def _wrong_json(self) -> None:
        self._head()
        self.wfile.write(b'data: {"choices": "none", "answer": 42}\n\n')

    def _silent(self) -> None:
        self._head()
        self.wfile.write(b"data: [DONE]\n\n")

    def _huge(self) -> None:
        self._head()
        for _ in range(10_000):
            self._event("water " * 160)

    def _huge_line(self) -> None:
        self._head()
        self.wfile.write(b"data: ")
        for _ in range(10):
            self.wfile.write(b"x" * 1_000_000)

    def _redirect(self) -> None:
        self._head(307, "text/plain", Location=self.server.url.replace("/v1", "/elsewhere/chat/completions"))


@pytest.fixture
def chat_server() -> Iterator[Callable[[str], ChatServer]]:
    """Start servers that answer in a given way."""
    started: list[ChatServer] = []

    def start(way: str) -> ChatServer:
        server = ChatServer(way)
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        started.append(server)
        return server

    yield start
    for server in started:
        server.open = False
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def smollm() -> Path:
    """The pulled SmolLM2 model."""
    model = find_model("smollm2-135m-instruct-q4_1")
    if not model.is_installed(MODELS):
        pytest.skip("get it with: salama models pull smollm2-135m-instruct-q4_1")
    return model.location(MODELS)


@pytest.fixture(scope="session")
def qwen() -> Path:
    """The pulled default language model."""
    model = default_model("language_model")
    if not model.is_installed(MODELS):
        pytest.skip(f"get it with: salama models pull {model.id}")
    return model.location(MODELS)


def _passage(section: str, number: int, *sentences: str, article: str = "cough.en") -> Passage:
    return Passage(
        id=f"{article}#{section}-{number}",
        article_id=article,
        title="Cough",
        section=section,
        text=" ".join(sentences),
        language=article.rsplit(".", 1)[1],
        sources=("s",),
    )


@pytest.fixture
def passages() -> tuple[Passage, ...]:
    return (
        _passage("do", 1, "Drink plenty of water.", "Rest as long as you feel ill.", "Try hot lemon with honey."),
        _passage("do", 2, "Sleep with your head raised."),
        _passage("avoid", 1, "Do not smoke.", "Do not give honey to a baby under 1 year."),
        _passage("see_someone", 1, "See a doctor if the cough lasts more than 3 weeks."),
        _passage("emergency", 1, "Call an ambulance if you cannot breathe."),
        _passage("do", 1, "Put drops in the eye.", article="red-eye.en"),
    )


@pytest.fixture
def card() -> Card:
    return Card(
        disposition=Disposition.SELF_CARE,
        heading="You can look after this at home",
        action="Follow the advice below.",
        when="Look again tomorrow.",
        number=None,
        number_label=None,
    )
