"""The HTTP API over a real application: contract, errors, limits and headers."""

import json
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.triage.fhir.checking import checked, resources
from triage import ConfigurationError, Settings, TriagePipeline
from ui.api_models import Created, NewEncounter, NewMessage
from ui.app import create_app
from ui.openai_chat import ChatRequest
from ui.problems import Problem

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
    with TestClient(create_app(settings, pipeline), raise_server_exceptions=False) as found:
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
        ({"text": "x" * 1_100_000}, 413),
        ({"text": 3}, 422),
        ({}, 422),
        ({"text": "a", "more": 1}, 422),
    ],
)
def test_bad_messages_are_problems(client: TestClient, body: dict, status: int) -> None:
    answer = client.post(f"/api/v1/encounters/{start(client)}/messages", json=body)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == status and told["type"] == "about:blank" and told["title"] and told["detail"]
    assert "15" in told["urgent_help"], "a patient may wait behind this error"


@pytest.mark.parametrize(
    "body",
    ['{"text": {"secret": "HIV"}}', '{"text": "a", "I have HIV": 1}', '{"text": "HIV', '{"text": ["HIV"]}', '"HIV"'],
)
def test_errors_never_repeat_what_the_patient_wrote(client: TestClient, body: str) -> None:
    path = f"/api/v1/encounters/{start(client)}/messages"
    answer = client.post(path, content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 422 and "HIV" not in answer.text


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/api/v1/encounters/0123456789abcdef0123456789abcdef", 404),
        ("GET", "/api/v1/encounters/%00", 404),
        ("DELETE", "/api/v1/encounters/nobody", 404),
        ("PUT", "/api/v1/encounters", 405),
        ("GET", "/v1/chat/completions", 405),
        ("POST", "/api/v1/encounters", 415),
        ("POST", "/v1/chat/completions", 415),
        ("POST", "/chat/gradio_api/upload", 404),
    ],
)
def test_every_error_is_a_problem(client: TestClient, method: str, path: str, status: int) -> None:
    answer = client.request(method, path, content="text=HIV" if status == 415 else None)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status and answer.json()["urgent_help"]
    if status == 405:
        assert answer.headers["allow"] == "POST"


def test_a_body_without_a_length_is_measured_as_it_comes(client: TestClient) -> None:
    def body() -> Iterator[bytes]:
        yield b'{"text": "'
        for _ in range(40):
            yield b"x" * 32_768

    path = f"/api/v1/encounters/{start(client)}/messages"
    answer = client.post(path, content=body(), headers={"content-type": "application/json"})
    assert answer.status_code == 413 and answer.headers["content-type"] == "application/problem+json"


def test_an_error_that_nobody_foresaw_tells_nothing(
    client: TestClient, pipeline: TriagePipeline, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    identity = start(client)

    def broken(*_: object) -> None:
        raise RuntimeError("the patient wrote HIV")

    monkeypatch.setattr(pipeline, "respond", broken)
    answer = client.post(f"/api/v1/encounters/{identity}/messages", json={"text": "HIV"})
    assert answer.status_code == 500 and answer.headers["content-type"] == "application/problem+json"
    streamed = client.post(
        f"/api/v1/encounters/{identity}/messages", json={"text": "HIV"}, headers={"accept": "text/event-stream"}
    )
    assert streamed.text.startswith("event: problem") and '"status":500' in streamed.text
    assert "HIV" not in answer.text + streamed.text + caplog.text
    assert "RuntimeError" in caplog.text, "the operator learns of it"


@pytest.mark.parametrize("body", [{"language": "xx"}, {"country": "XX"}, {"age_years": -1}, {"name": "Ali"}])
def test_a_wrong_start_is_a_problem(client: TestClient, body: dict) -> None:
    assert client.post("/api/v1/encounters", json=body).status_code == 422


def test_a_message_that_is_sent_again_with_its_key_is_not_played_again(client: TestClient) -> None:
    path = f"/api/v1/encounters/{start(client)}/messages"
    key = {"idempotency-key": "first"}
    answers = [client.post(path, json={"text": "I have a headache"}, headers=key) for _ in range(2)]
    assert answers[0].json() == answers[1].json() and answers[0].json()["turn"] == 1
    streamed = client.post(path, json={"text": "I have a headache"}, headers={**key, "accept": "text/event-stream"})
    assert streamed.text.startswith("event: card") and '"turn":1' in streamed.text
    other = client.post(path, json={"text": "I have a fever"}, headers=key)
    assert other.status_code == 422 and "Idempotency-Key" in other.json()["detail"]
    further = client.post(path, json={"text": "I have a fever"}, headers={"idempotency-key": "second"})
    assert further.json()["turn"] == 2
    late = client.post(path, json={"text": "I have a headache"}, headers=key)
    assert late.json() == answers[0].json(), "also after other messages"


def test_a_key_is_good_for_one_encounter(client: TestClient) -> None:
    for _ in range(2):
        path = f"/api/v1/encounters/{start(client)}/messages"
        answer = client.post(path, json={"text": "I have a headache"}, headers={"idempotency-key": "same"})
        assert answer.json()["turn"] == 1


def test_messages_that_come_at_once_are_all_kept(client: TestClient) -> None:
    identity = start(client)
    path = f"/api/v1/encounters/{identity}/messages"
    texts = ["I have a fever", "I have a cough", "I have a headache", HEART]
    with ThreadPoolExecutor(4) as hands:
        turns = [
            answer.json()["turn"] for answer in hands.map(lambda text: client.post(path, json={"text": text}), texts)
        ]
    assert sorted(turns) == [1, 2, 3, 4]
    read = client.get(f"/api/v1/encounters/{identity}").json()
    assert {turn["text"] for turn in read["turns"]} == set(texts) and read["floor"] == "ambulance"


def test_requests_that_come_too_often_wait(pipeline: TriagePipeline, tmp_path: Path) -> None:
    settings = Settings(
        data=tmp_path, database="none", lm="none", encoder="none", rate_encounter="2/minute", rate_client="9/minute"
    )
    with TestClient(create_app(settings, pipeline)) as client:
        first, second = start(client), start(client)
        answers = [client.post(f"/api/v1/encounters/{first}/messages", json={"text": "cough"}) for _ in range(3)]
        assert [answer.status_code for answer in answers] == [200, 200, 429]
        assert 1 <= int(answers[2].headers["retry-after"]) <= 60
        assert answers[2].headers["content-type"] == "application/problem+json"
        assert client.post(f"/api/v1/encounters/{second}/messages", json={"text": "cough"}).status_code == 200
        statuses = [client.get("/v1/models").status_code for _ in range(5)]
        assert statuses[0] == 200 and statuses[-1] == 429
        assert client.get("/healthz").status_code == 200, "only the API is counted"


@pytest.mark.parametrize(
    "wrong", [{"rate_client": "often"}, {"rate_encounter": "3 per"}, {"rate_storage": "nowhere://x"}]
)
def test_a_rate_that_cannot_be_read_stops_the_start(
    pipeline: TriagePipeline, tmp_path: Path, wrong: dict[str, str]
) -> None:
    settings = Settings(data=tmp_path, database="none", lm="none", encoder="none", **wrong)  # type: ignore[arg-type]
    with pytest.raises(ConfigurationError, match=f"SALAMA_{next(iter(wrong)).upper()}"):
        create_app(settings, pipeline)


def test_the_description_has_examples_that_are_right(client: TestClient) -> None:
    described = client.get("/api/openapi.json").json()
    models = [NewEncounter, NewMessage, Created, ChatRequest, Problem]
    for model in models:
        examples = described["components"]["schemas"][model.__name__]["examples"]
        assert [model.model_validate(example) for example in examples]
    paths = described["paths"]
    assert {"/api/v1/encounters", "/api/v1/encounters/{encounter_id}/messages", "/v1/chat/completions"} <= set(paths)
    for path in (path for path in paths if path.startswith(("/api", "/v1"))):
        for operation in paths[path].values():
            assert "application/problem+json" in operation["responses"]["429"]["content"]


PAYLOADS = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "![x](https://evil.example/x.png)",
    "[click](javascript:alert(1))", "\u202eevil\u202c \u2066x", "<b>bold</b> & </section>", "{{7*7}} ${7*7}",
)  # fmt: skip


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payloads_come_back_as_text(client: TestClient, payload: str) -> None:
    identity = start(client)
    answer = client.post(f"/api/v1/encounters/{identity}/messages", json={"text": f"headache {payload}"})
    assert answer.headers["content-type"] == "application/json"
    assert payload not in answer.json()["reply"]["text"], "the reply is made of our own words"
    read = client.get(f"/api/v1/encounters/{identity}")
    assert read.headers["content-type"] == "application/json" and read.headers["x-content-type-options"] == "nosniff"
    assert "headache" in read.json()["turns"][0]["text"]
    chat = client.post("/v1/chat/completions", json={"messages": [{"role": "user", "content": payload}]})
    assert payload not in chat.json()["choices"][0]["message"]["content"]


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


FHIR = {"accept": "application/fhir+json"}


def test_a_record_system_gets_the_hand_over_as_a_document(client: TestClient) -> None:
    identity = start(client, language="en")
    path = f"/api/v1/encounters/{identity}/handoff"
    early = client.get(path, headers=FHIR)
    assert early.status_code == 409 and "nothing was told yet" in early.json()["detail"]
    client.post(f"/api/v1/encounters/{identity}/messages", json={"text": HEART})
    answer = client.get(path, headers=FHIR)
    assert answer.headers["content-type"] == "application/fhir+json"
    assert answer.headers["cache-control"] == "no-store" and answer.headers["vary"].startswith("accept")
    document = checked(answer.text)
    assert document["language"] == "fr", "clinicians of France"
    assert resources(document, "ServiceRequest")[0]["priority"] == "stat"
    assert identity not in answer.text
    assert client.get(path, headers=FHIR, params={"language": "ar"}).json()["language"] == "ar"
    plain = client.get(path).json()
    assert plain["language"] == "fr" and plain["recommendation"] == ["Conseil donné\u00a0: Ambulance maintenant"]
    assert client.get("/api/v1/encounters/nobody/handoff", headers=FHIR).status_code == 404


def test_a_server_that_cannot_write_fhir_says_what_to_install(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    identity = start(client)
    client.post(f"/api/v1/encounters/{identity}/messages", json={"text": HEART})
    monkeypatch.setitem(sys.modules, "fhir.resources.R4B.bundle", None)
    answer = client.get(f"/api/v1/encounters/{identity}/handoff", headers=FHIR)
    assert answer.status_code == 406 and answer.headers["content-type"] == "application/problem+json"
    assert "salama[fhir]" in answer.json()["detail"] and answer.json()["urgent_help"]
    assert client.get(f"/api/v1/encounters/{identity}/handoff").status_code == 200


def test_the_description_offers_the_document(client: TestClient) -> None:
    paths = client.get("/api/openapi.json").json()["paths"]
    for path, method in (("/api/v1/encounters/{encounter_id}/handoff", "get"), ("/api/v1/summaries", "post")):
        answers = paths[path][method]["responses"]
        assert {"application/json", "application/fhir+json"} == answers["200"]["content"].keys()
        assert "406" in answers
