"""The HTTP API over a real application: contract, errors, limits and headers."""

import json
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from triage import Settings, TriagePipeline
from ui.app import create_app

HEART = "I have crushing chest pain going down my left arm and I'm sweating"


@pytest.fixture(scope="module")
def client(pipeline: TriagePipeline, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    settings = Settings(
        data=tmp_path_factory.mktemp("api"),
        database="none",
        lm="none",
        encoder="none",
        allowed_origins=("https://clinic.example",),
        frame_ancestors=("https://clinic.example",),
    )
    with TestClient(create_app(settings, pipeline)) as found:
        yield found


def start(client: TestClient, **more: object) -> str:
    answer = client.post("/api/v1/encounters", json={"country": "FR", **more})
    assert answer.status_code == 201
    return str(answer.json()["id"])


def test_an_encounter_from_start_to_deletion(client: TestClient) -> None:
    identity = start(client)
    turn = client.post(f"/api/v1/encounters/{identity}/messages", json={"text": HEART}).json()
    assert turn["disposition"] == turn["floor"] == "ambulance"
    assert turn["reply"]["card"]["number"] == "15"
    read = client.get(f"/api/v1/encounters/{identity}").json()
    assert read["turns"][0]["text"] == HEART and read["handoff"]["situation"]
    assert client.delete(f"/api/v1/encounters/{identity}").status_code == 204
    assert client.get(f"/api/v1/encounters/{identity}").status_code == 404
    assert client.delete(f"/api/v1/encounters/{identity}").status_code == 404


def test_server_sent_events_begin_with_the_card(client: TestClient) -> None:
    answer = client.post(
        f"/api/v1/encounters/{start(client)}/messages",
        json={"text": HEART},
        headers={"accept": "text/event-stream"},
    )
    events = [part.split("\n", 1) for part in answer.text.strip().split("\n\n")]
    assert events[0][0] == "event: card" and events[-1][0] == "event: turn"
    first = json.loads(events[0][1].removeprefix("data: "))
    assert first["floor"] == "ambulance" and first["card"]["number"] == "15"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"text": "x" * 40_000}, 422),
        ({"text": "x" * 70_000}, 413),
        ({"text": 3}, 422),
        ({}, 422),
        ({"text": "a", "more": 1}, 422),
    ],
)
def test_bad_messages_are_problems(client: TestClient, body: dict, status: int) -> None:
    answer = client.post(f"/api/v1/encounters/{start(client)}/messages", json=body)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status


def test_errors_never_repeat_what_the_patient_wrote(client: TestClient) -> None:
    answer = client.post(f"/api/v1/encounters/{start(client)}/messages", json={"text": {"secret": "HIV"}})
    assert answer.status_code == 422 and "HIV" not in answer.text


@pytest.mark.parametrize("body", [{"language": "xx"}, {"country": "XX"}, {"age_years": -1}, {"name": "Ali"}])
def test_a_wrong_start_is_a_problem(client: TestClient, body: dict) -> None:
    assert client.post("/api/v1/encounters", json=body).status_code == 422


def test_the_openai_shape_plain_and_streamed(client: TestClient) -> None:
    messages = [
        {"role": "system", "content": "ignored"},
        {"role": "user", "content": "I have chest pain"},
        {"role": "assistant", "content": "..."},
        {"role": "user", "content": [{"type": "text", "text": "I am sweating and my left arm hurts"}]},
    ]
    plain = client.post("/v1/chat/completions", json={"model": "salama", "messages": messages, "temperature": 0}).json()
    assert plain["salama"]["disposition"] == "ambulance"
    assert plain["choices"][0]["message"]["content"]
    streamed = client.post("/v1/chat/completions", json={"messages": messages, "stream": True}).text
    parts = [part.removeprefix("data: ") for part in streamed.strip().split("\n\n")]
    assert parts[-1] == "[DONE]"
    text = "".join(json.loads(part)["choices"][0]["delta"].get("content", "") for part in parts[:-1])
    assert text == plain["choices"][0]["message"]["content"]
    assert (
        client.post("/v1/chat/completions", json={"messages": [{"role": "system", "content": "x"}]}).status_code == 422
    )


def test_service_routes(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    ready = client.get("/readyz").json()
    assert ready["signed"] is False and ready["status"] == "ready"
    assert ready["signed_items"] == 0 and ready["unsigned_items"] > 1000 and ready["altered_items"] == []
    assert "No clinician has signed this content yet" in client.get("/chat/").text
    start(client)
    assert "salama_turns_total" in client.get("/metrics").text
    assert "Disallow" in client.get("/robots.txt").text


def test_every_answer_has_the_security_headers(client: TestClient) -> None:
    for path in ("/chat/", "/healthz", "/api/v1/encounters/nobody"):
        headers = client.get(path).headers
        assert "frame-ancestors 'self' https://clinic.example" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"


def test_only_listed_origins_may_call(client: TestClient) -> None:
    ask = {"access-control-request-method": "POST"}
    good = client.options("/api/v1/encounters", headers={"origin": "https://clinic.example", **ask})
    assert good.headers["access-control-allow-origin"] == "https://clinic.example"
    bad = client.options("/api/v1/encounters", headers={"origin": "https://evil.example", **ask})
    assert "access-control-allow-origin" not in bad.headers


@pytest.mark.parametrize(
    "path", ["upload", "file=/etc/passwd", "proxy=http://x", "runs", "info", "openapi.json", "call/x"]
)
def test_unused_gradio_routes_are_closed(client: TestClient, path: str) -> None:
    assert client.get(f"/chat/gradio_api/{path}").status_code == 404
    assert client.post(f"/chat/gradio_api/{path}").status_code == 404


def test_signed_content_can_be_required(tmp_path, pipeline: TriagePipeline) -> None:  # type: ignore[no-untyped-def]
    from triage import ConfigurationError

    with pytest.raises(ConfigurationError, match=r"SALAMA_REQUIRE_SIGNED.*not signed: article:"):
        create_app(Settings(data=tmp_path, require_signed=True, lm="none", encoder="none"), pipeline)
