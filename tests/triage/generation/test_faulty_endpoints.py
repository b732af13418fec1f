"""However a server fails, the caller gets an `EndpointError` in time, and the next turn is not held up."""

import contextlib
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from triage.errors import EndpointError
from triage.generation import ChatMessage, LimitedChatModel, open_chat_model

LIMIT = 1.0
SLACK = 0.7
SECRET = "my chest hurts and my name is Zineb"
MESSAGES = (ChatMessage("system", "Be kind."), ChatMessage("user", SECRET))

Start = Callable[[str], Any]


def _model(server: Any, name: str = "m") -> LimitedChatModel:
    model = open_chat_model(name, models=Path("none"), url=server.url, languages=("en",), limit=LIMIT)
    assert model is not None
    model.load()  # the first import of the client takes longer than the limit
    return model


def test_good_server_streams_its_reply(chat_server: Start) -> None:
    model = _model(chat_server("good"))
    assert "".join(model.stream(MESSAGES)) == "I am sorry you feel unwell. Drink plenty of water."


@pytest.mark.parametrize("way", ["hang", "hang_after_head", "drip", "drip_comments"])
def test_slow_server_is_given_up_at_the_limit(chat_server: Start, way: str) -> None:
    model = _model(chat_server(way))
    started = time.monotonic()
    with pytest.raises(EndpointError):
        list(model.stream(MESSAGES))
    assert time.monotonic() - started < LIMIT + SLACK


@pytest.mark.parametrize(
    "way", ["kill", "error", "garbage", "html", "wrong_json", "silent", "huge", "huge_line", "redirect"]
)
def test_broken_server_fails_well_before_the_limit_ends(chat_server: Start, way: str) -> None:
    model = _model(chat_server(way))
    started = time.monotonic()
    with pytest.raises(EndpointError):
        list(model.stream(MESSAGES))
    assert time.monotonic() - started < LIMIT + SLACK


@pytest.mark.parametrize("way", ["error", "garbage", "wrong_json", "kill", "redirect"])
def test_error_does_not_repeat_the_patients_words(chat_server: Start, way: str) -> None:
    with pytest.raises(EndpointError) as caught:
        list(_model(chat_server(way)).stream(MESSAGES))
    assert "Zineb" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_redirect_is_not_followed(chat_server: Start) -> None:
    server = chat_server("redirect")
    with pytest.raises(EndpointError):
        list(_model(server).stream(MESSAGES))
    assert len(server.requests) == 1


def test_what_came_before_the_server_died_was_handed_out(chat_server: Start) -> None:
    received = []
    with pytest.raises(EndpointError):
        for piece in _model(chat_server("kill")).stream(MESSAGES):
            received.append(piece)
    assert "".join(received) == "Drink plenty of "


def test_hung_calls_do_not_hold_up_others(chat_server: Start) -> None:
    """As many calls as the model takes hang for ever; the next is refused at once, and the good ones go on after."""
    server = chat_server("hang")
    model = _model(server)

    def call() -> None:
        with pytest.raises(EndpointError):
            list(model.stream(MESSAGES))

    threads = [threading.Thread(target=call) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    started = time.monotonic()
    with pytest.raises(EndpointError):
        list(model.stream(MESSAGES))
    assert time.monotonic() - started < LIMIT + SLACK
    server.way, server.open = "good", False  # the hung requests end, and their places come back
    time.sleep(0.5)
    assert "".join(model.stream(MESSAGES)).startswith("I am sorry")


def test_the_line_for_a_busy_model_has_an_end(chat_server: Start) -> None:
    """One call runs and one waits; whoever comes third gets reviewed text at once."""
    server = chat_server("drip")
    model = LimitedChatModel("m", frozenset({"en"}), _model(server)._load, limit=20.0)
    first = model.stream(MESSAGES)
    assert next(first)
    threading.Thread(target=_ignoring, args=(model,), daemon=True).start()
    deadline = time.monotonic() + 5
    while not model._waiting and time.monotonic() < deadline:
        time.sleep(0.01)
    assert model._waiting
    started = time.monotonic()
    with pytest.raises(EndpointError, match="busy"):
        next(model.stream(MESSAGES))
    assert time.monotonic() - started < SLACK
    first.close()  # type: ignore[attr-defined]
    server.open = False


def _ignoring(model: LimitedChatModel) -> None:
    with contextlib.suppress(EndpointError):
        list(model.stream(MESSAGES))


def test_stopping_early_ends_the_request(chat_server: Start) -> None:
    server = chat_server("drip")
    stream = _model(server).stream(MESSAGES)
    assert next(stream)
    stream.close()  # type: ignore[attr-defined]
    deadline = time.monotonic() + 5
    while threading.active_count() and time.monotonic() < deadline:
        if not any(thread.name == "language-model" for thread in threading.enumerate()):
            return
        time.sleep(0.05)
    pytest.fail("the thread of the call goes on")


def test_unreachable_server_fails_at_once() -> None:
    model = open_chat_model("m", models=Path("none"), url="http://127.0.0.1:9/v1", limit=LIMIT)
    assert model is not None
    model.load()
    with pytest.raises(EndpointError):
        list(model.stream(MESSAGES))


def test_first_listed_model_is_used_when_none_is_named(chat_server: Start) -> None:
    server = chat_server("good")
    list(_model(server, "auto").stream(MESSAGES))
    assert '"first-model"' in server.requests[0]


def test_nothing_is_sent_to_a_tracing_service(chat_server: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    tracing = chat_server("good")
    for name, value in {"TRACING": "true", "API_KEY": "k", "ENDPOINT": tracing.url}.items():
        monkeypatch.setenv(f"LANGSMITH_{name}", value)
    model = _model(chat_server("good"))
    list(model.stream(MESSAGES))
    time.sleep(0.5)
    assert tracing.requests == []
