"""What a browser without scripts shows when a request was not served."""

import logging
import re
from collections.abc import Iterator
from html import unescape

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from knowledge import Knowledge
from triage import Encounter, Settings, StorageError, TriagePipeline
from ui.app import create_app
from ui.chrome import NAMES
from ui.desk import Desk
from ui.forms import MOST_WRITTEN
from ui.visits import COOKIE, Visits

MOST = 60_000
BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
TOLD = "my neck is stiff <b>"


@pytest.fixture(scope="module")
def client(pipeline: TriagePipeline, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    settings = Settings.model_validate(
        {
            "data": tmp_path_factory.mktemp("failed"),
            "lm": "none",
            "encoder": "none",
            "secret": "k",
            "max_body": MOST,
            "rate_encounter": "none",
            "rate_client": "none",
        }
    )
    with TestClient(create_app(settings, pipeline), headers=BROWSER, follow_redirects=False) as found:
        yield found


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that needs the desk works, and the error holds the patient's words."""

    def fail(*_: object) -> None:
        raise RuntimeError(TOLD)

    for name in ("act", "look", "resumed"):
        monkeypatch.setattr(Desk, name, fail)


def form(**more: str | list[str]) -> dict[str, str | list[str]]:
    return {"token": Visits("k").token(Encounter().id), "lang": "fr", "country": "GB", **more}


def readable(answer: Response, status: int, language: str, number: str = "999") -> str:
    """Return the page, after a look at what stands on each."""
    assert answer.status_code == status and answer.headers["content-type"].startswith("text/html")
    assert (
        answer.headers["cache-control"] == "no-store" and "frame-ancestors" in answer.headers["content-security-policy"]
    )
    page = answer.text
    assert f'<html id="sal" lang="{language}" dir="{"rtl" if language in ("ar", "ary") else "ltr"}"' in page
    assert page.count(f'href="tel:{number}"') >= 2 and page.count("<li>") >= 7
    assert re.search(r'<a class="sal-again" href="/(chat|embed)/\?lang=', page), "the way back"
    for technical in ("RuntimeError", "Traceback", "about:blank", "Not Found", "detail", "Method", "characters"):
        assert technical not in page
    return page


@pytest.mark.parametrize("language", NAMES)
@pytest.mark.usefixtures("broken")
def test_an_error_that_nobody_foresaw_loses_no_words(
    client: TestClient, knowledge: Knowledge, caplog: pytest.LogCaptureFixture, language: str
) -> None:
    with caplog.at_level(logging.ERROR):
        answer = client.post("/visit/act", data=form(say=TOLD, lang=language))
    page = readable(answer, 500, language)
    assert knowledge.say(language).text["failure"].partition("{")[0] in unescape(page)
    assert ">my neck is stiff &lt;b&gt;</textarea>" in page and "<b>" not in page, "the words can be sent as they are"
    assert "RuntimeError at" in caplog.text and "stiff" not in caplog.text


@pytest.mark.usefixtures("broken")
def test_the_page_that_follows_an_error_sends_to_the_same_encounter(client: TestClient) -> None:
    encounter = Encounter()
    page = client.post("/visit/act", data=form(say=TOLD, token=Visits("k").token(encounter.id), page="embed")).text
    token = re.search('name="token" value="([^"]+)"', page)
    assert token and Visits("k").read(token[1]) == encounter.id
    assert 'name="page" value="embed"' in page and 'href="/embed/?lang=fr' in page and 'value="GB"' in page


@pytest.mark.parametrize(
    ("fields", "written"),
    [
        ({"number": "39.5", "unit": "°C"}, "39.5 °C"),
        ({"say": "option:new_confusion"}, ""),
        ({"speak": "ar"}, ""),
        ({"say": ["", "I cough"]}, "I cough"),
    ],
)
@pytest.mark.usefixtures("broken")
def test_what_was_written_is_kept_and_what_a_button_said_is_not_shown_as_words(
    client: TestClient, fields: dict[str, str | list[str]], written: str
) -> None:
    page = readable(client.post("/visit/act", data=form(**fields)), 500, "fr")
    assert f">{written}</textarea>" in page


def test_a_store_that_fails_is_told_with_the_words(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise StorageError("no space left on /var/data")

    monkeypatch.setattr(Desk, "act", away)
    page = readable(client.post("/visit/act", data=form(say=TOLD)), 503, "fr")
    assert "stiff" in page and "/var/data" not in page


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"say": "a" * (MOST_WRITTEN + 1)}, "too_long"),
        ({"token": "x" * 500, "say": "I cough"}, "failure"),
        ({"page": "//evil.example", "say": "I cough"}, "failure"),
    ],
)
def test_a_form_that_is_not_understood_is_told_and_kept(
    client: TestClient, knowledge: Knowledge, fields: dict[str, str], key: str
) -> None:
    page = readable(client.post("/visit/act", data=form(**fields)), 422, "fr")
    assert knowledge.say("fr").text[key].partition("{")[0] in unescape(page)
    assert f">{fields['say']}</textarea>" in page and "evil" not in page


def test_a_form_that_cannot_be_read_at_all_is_told_too(client: TestClient) -> None:
    kind = {"content-type": "multipart/form-data; boundary=x"}
    page = readable(client.post("/visit/act", content=b"nothing like it", headers=kind), 400, "en", "15")
    assert "<textarea" in page


@pytest.mark.parametrize("told", [True, False], ids=["length told", "length not told"])
def test_far_too_much_at_once_is_told_in_the_language_of_the_encounter(
    client: TestClient, pipeline: TriagePipeline, knowledge: Knowledge, told: bool
) -> None:
    encounter = Encounter(language="ary", country="GB")
    pipeline.respond(encounter, "راسي كيضرني")
    headers = {
        "cookie": f"{COOKIE}={Visits('k').token(encounter.id)}",
        "content-type": "application/x-www-form-urlencoded",
        "accept-language": "de,fr;q=0.8",
    }
    body = b"say=" + b"a" * MOST
    sent = body if told else iter([body])
    page = readable(client.post("/visit/act", content=sent, headers=headers), 413, encounter.language)
    assert knowledge.say(encounter.language).text["too_long"] in page and "<textarea" in page
    pipeline.store.delete(encounter.id)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/visit/act", 405),
        ("GET", "/visit/delete", 405),
        ("PUT", "/visit/act", 405),
        ("POST", "/visit/nothing", 404),
        ("GET", "/visit/", 404),
        ("GET", "/chatt", 404),
    ],
)
def test_an_address_that_leads_nowhere_leads_back_to_the_chat(
    client: TestClient, knowledge: Knowledge, method: str, path: str, status: int
) -> None:
    client.cookies.clear()
    answer = client.request(method, path, headers={"accept-language": "de-DE,de;q=0.9,fr-FR;q=0.8,en;q=0.7"})
    page = readable(answer, status, "fr", "15")
    assert knowledge.say("fr").text["no_such_page"] in unescape(page)
    assert 'href="/chat/?lang=fr&amp;country=MA"' in page and "<textarea" not in page
    assert status != 405 or answer.headers["allow"] == "POST"


@pytest.mark.usefixtures("broken")
def test_a_page_that_cannot_be_drawn_still_gives_the_number(client: TestClient, knowledge: Knowledge) -> None:
    page = readable(client.get("/embed/", params={"lang": "ar", "country": "FR"}), 500, "ar", "15")
    assert knowledge.say("ar").text["widget_failed"] in page and 'href="/embed/?lang=ar&amp;country=FR"' in page


@pytest.mark.usefixtures("broken")
def test_who_is_elsewhere_is_not_given_the_number_of_the_servers_country(client: TestClient) -> None:
    client.cookies.clear()
    page = client.get("/chat/", params={"lang": "en", "country": ""}).text
    assert 'href="tel:' not in page and 'href="/chat/?lang=en&amp;country="' in page


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/api/v1/encounters/unknown", 404), ("GET", "/v1/nothing", 404), ("PUT", "/api/v1/encounters", 405)],
)
def test_programs_get_problems_also_when_a_browser_asks(
    client: TestClient, method: str, path: str, status: int
) -> None:
    answer = client.request(method, path)
    assert answer.status_code == status and answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["urgent_help"]


@pytest.mark.parametrize("path", ["/static/nothing.js", "/nothing"])
def test_a_file_that_is_not_there_is_no_page(client: TestClient, path: str) -> None:
    answer = client.get(path, headers={"accept": "*/*"})
    assert answer.status_code == 404 and answer.headers["content-type"] == "application/problem+json"
