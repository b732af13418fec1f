"""Shared fixtures: the real content and the real engine, without encoder and language model; and a server for one."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from knowledge import Knowledge, load_knowledge
from tests.chat_server import ChatServer
from triage import AskedQuestion, Encounter, Settings, TriagePipeline, Turn, build_pipeline


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_knowledge()


@pytest.fixture(scope="session")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> TriagePipeline:
    """The engine with reviewed text only; it stores nothing."""
    settings = Settings(data=tmp_path_factory.mktemp("data"), database="none", lm="none", encoder="none")
    return build_pipeline(settings)


@pytest.fixture(scope="session")
def rules_alone(pipeline: TriagePipeline) -> TriagePipeline:
    """The engine without the gestalt, which hears some of what no rule does, and lets presumed rules wait."""
    return build_pipeline(Settings(database="none", lm="none", encoder="none", gestalt=False), like=pipeline)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path, lm="none", encoder="none")


@pytest.fixture
def chat_server() -> Iterator[Callable[..., ChatServer]]:
    """Start language models that answer in a given way."""
    started: list[ChatServer] = []

    def start(way: str, *pieces: str) -> ChatServer:
        server = ChatServer(way, *pieces)
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        started.append(server)
        return server

    yield start
    for server in started:
        server.open = False
        server.shutdown()
        server.server_close()


def deny(pipeline: TriagePipeline, question: AskedQuestion) -> str:
    """Answer a question as a grown-up without any danger sign would."""
    values = [option.value for option in question.options]
    for answer in ("none", "no"):
        if answer in values:
            return answer
    choices = pipeline.knowledge.questions[question.id].choices
    calmest = min(range(len(choices)), key=lambda place: (len(choices[place].present), -place), default=None)
    return "35" if calmest is None else f"choice:{calmest}"


Say = Callable[..., Turn]


@pytest.fixture
def say(pipeline: TriagePipeline) -> Say:
    """Play messages of one new encounter and return the last turn."""

    def play(*messages: str, encounter: Encounter | None = None, **start: object) -> Turn:
        found = encounter or Encounter.model_validate({"country": "MA", **start})
        for message in messages:
            turn = pipeline.respond(found, message)
        return turn

    return play
