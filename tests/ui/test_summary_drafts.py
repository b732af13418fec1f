"""A clinician who asks for it gets a few lines of a language model beside the summary, or one sentence why not."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.chat_server import ChatServer
from triage import Settings, TriagePipeline
from triage.drafting import Drafter
from triage.generation import LimitedChatModel, open_chat_model
from ui.app import create_app
from ui.clinic import hashed
from ui.markup import sheet

WORDS, _ = sheet("clinic")
KEY = "the-key-of-this-clinic"
CLINIC = f"name: C\nconsent: Staff open your summary by its code.\nhandover: {{to: the desk, key: '{hashed(KEY)}'}}\n"
STORY = "I have a sore throat and a cough, no fever"
LIMIT = 2.0
SLACK = 6.0
"""Seconds that a busy machine may need beyond the limit."""

Start = Callable[..., ChatServer]


@pytest.fixture(scope="module")
def client(pipeline: TriagePipeline, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("clinic")
    (folder / "clinic.yaml").write_text(CLINIC)
    settings = Settings.model_validate(
        {"data": folder, "lm": "none", "encoder": "none", "secret": "k", "clinic": folder / "clinic.yaml"}
    )
    with TestClient(create_app(settings, pipeline)) as found:
        yield found


@pytest.fixture(scope="module")
def code(client: TestClient) -> str:
    """Code of somebody who has told a story, in a country whose clinicians read French."""
    identity = client.post("/api/v1/encounters", json={"country": "MA", "language": "en"}).json()["id"]
    client.post(f"/api/v1/encounters/{identity}/messages", json={"text": STORY})
    return str(client.get(f"/api/v1/encounters/{identity}").json()["code"])


@pytest.fixture
def with_model(pipeline: TriagePipeline, monkeypatch: pytest.MonkeyPatch) -> Callable[..., LimitedChatModel]:
    """Give the engine a model that is served at an address."""

    def use(server: ChatServer, *languages: str, limit: float = 60.0) -> LimitedChatModel:
        model = open_chat_model(
            "m", models=Path("none"), url=server.url, languages=languages or ("en", "fr"), limit=60.0
        )
        assert model is not None
        model.load()
        drafter = Drafter(pipeline.knowledge, model, desk=model.after_patients(limit))
        monkeypatch.setattr(pipeline, "composer", drafter)
        return model

    return use


def ask(client: TestClient, code: str) -> dict[str, Any]:
    told = client.post(
        "/api/v1/summaries", json={"code": code, "draft": True}, headers={"authorization": f"Bearer {KEY}"}
    )
    assert told.status_code == 200 and told.json()["handoffs"], "the computed summary always stands"
    found: dict[str, Any] = told.json()["draft"]
    return found


def page(client: TestClient, code: str, language: str) -> str:
    shown = client.post("/clinic", data={"code": code, "key": KEY, "lang": language, "draft": "true"})
    assert shown.status_code == 200 and shown.headers["cache-control"] == "no-store"
    assert "sal-sbar" in shown.text and shown.text.rstrip().endswith("</html>") and KEY not in shown.text
    return shown.text.replace("&#x27;", "'").replace("\u00a0", " ")


GOOD = "Signale mal de gorge et toux. Absent : fièvre."
TURNED = "Signale mal de gorge et toux. Le patient a de la fièvre."


def test_a_faithful_draft_comes_with_the_summary_and_names_its_origin(
    client: TestClient, code: str, chat_server: Start, with_model: Any
) -> None:
    server = chat_server("good", GOOD)
    with_model(server)
    told = ask(client, code)
    assert (told["outcome"], told["language"], told["model"], told["prompt"]) == ("shown", "fr", "m", "summarise.fr@3")
    assert " ".join(told["sentences"]) == GOOD and told["note"] == WORDS["fr"]["draft_shown"]
    assert "throat" not in "".join(server.requests), "the model gets findings, never what the patient wrote"


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_page_shows_the_draft_below_the_summary_as_what_it_is(
    client: TestClient, code: str, chat_server: Start, with_model: Any, language: str
) -> None:
    with_model(chat_server("good", GOOD))
    shown = page(client, code, language)
    assert f'<p lang="fr" dir="ltr">{GOOD}</p>' in shown and WORDS[language]["draft_shown"] in shown
    assert shown.index("sal-sbar") < shown.index(WORDS[language]["draft_waiting"]) < shown.index(GOOD)


def test_only_who_asks_for_a_draft_has_the_model_asked(
    client: TestClient, code: str, chat_server: Start, with_model: Any
) -> None:
    server = chat_server("good", GOOD)
    with_model(server)
    assert WORDS["en"]["open_draft"] in client.get("/clinic", params={"lang": "en"}).text
    assert "sal-sbar" in client.post("/clinic", data={"code": code, "key": KEY, "lang": "en"}).text
    plain = client.post("/api/v1/summaries", json={"code": code}, headers={"authorization": f"Bearer {KEY}"})
    assert plain.json()["draft"] is None and not server.requests


def test_a_draft_that_contradicts_the_findings_is_not_shown_and_is_counted(
    client: TestClient, code: str, chat_server: Start, with_model: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="salama")
    with_model(chat_server("good", TURNED))
    told = ask(client, code)
    assert (told["outcome"], told["sentences"]) == ("refused", [])
    assert told["verdict"] == "contradiction:asserts_denied" and told["note"] == WORDS["fr"]["draft_refused"]
    shown = page(client, code, "en")
    assert "de la fièvre" not in shown and WORDS["en"]["draft_refused"] in shown
    counted = 'salama_summary_drafts_total{outcome="refused",verdict="contradiction:asserts_denied"} 2.0'
    assert counted in client.get("/metrics").text
    assert "gorge" not in caplog.text and "throat" not in caplog.text and code not in caplog.text


def test_a_hung_model_keeps_nobody_beyond_its_limit(
    client: TestClient, code: str, chat_server: Start, with_model: Any
) -> None:
    with_model(chat_server("hang"), limit=LIMIT)
    started = time.monotonic()
    told = ask(client, code)
    assert time.monotonic() - started < LIMIT + SLACK
    assert told["outcome"] == "failed" and told["note"] == WORDS["fr"]["draft_failed"]
    assert WORDS["ar"]["draft_failed"] in page(client, code, "ar")


def test_without_a_model_or_with_one_of_another_language_the_answer_says_so(
    client: TestClient, code: str, chat_server: Start, with_model: Any
) -> None:
    assert WORDS["en"]["open_draft"] not in client.get("/clinic", params={"lang": "en"}).text
    assert WORDS["en"]["draft_absent"] in page(client, code, "en")
    with_model(chat_server("good", GOOD), "ar")
    told = ask(client, code)
    assert (told["outcome"], told["model"]) == ("absent", None) and told["note"] == WORDS["fr"]["draft_absent"]


def test_a_model_that_writes_only_the_patients_language_drafts_in_it(
    client: TestClient, code: str, chat_server: Start, with_model: Any
) -> None:
    with_model(chat_server("good", "Reports sore throat and cough. Absent: high temperature."), "en")
    told = ask(client, code)
    assert (told["outcome"], told["language"], told["note"]) == ("shown", "en", WORDS["en"]["draft_shown"])


def test_patients_come_first(client: TestClient, code: str, chat_server: Start, with_model: Any) -> None:
    """A place that a patient has is not waited for; one that a patient wants is given up."""
    server = chat_server("hang")
    model = with_model(server)
    model._places = threading.BoundedSemaphore(1)
    model._at_once = 1
    told: list[dict[str, Any]] = []
    clinician = threading.Thread(target=lambda: told.append(ask(client, code)))
    clinician.start()
    assert server.asked.wait(30)
    heard: list[str] = []
    patient = threading.Thread(target=lambda: heard.extend(model.within(60.0).stream(())))
    patient.start()
    clinician.join(30)
    assert told[0]["outcome"] == "busy" and told[0]["note"] == WORDS["fr"]["draft_busy"]
    assert ask(client, code)["outcome"] == "busy", "the patient has not got the place yet, and nobody goes before"
    server.way, server.open = "good", False  # the hung call ends, and its place comes back
    patient.join(30)
    assert heard and not patient.is_alive()
