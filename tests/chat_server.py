"""A server on loopback that speaks the OpenAI chat protocol, well or badly."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

DRIP_SECONDS = 0.2
GOOD = ("I am sorry ", "you feel unwell. ", "Drink plenty ", "of water.")


class ChatServer(ThreadingHTTPServer):
    """Answers every chat request in one way, and remembers what it was sent.

    Args:
        way: How it answers; see the methods of the handler.
        pieces: What it says when its way is `good`.
    """

    daemon_threads = True

    def __init__(self, way: str, *pieces: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.way = way
        self.pieces = pieces or GOOD
        self.requests: list[str] = []
        self.asked = threading.Event()
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
        self.server.asked.set()
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
        for piece in self.server.pieces:
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
