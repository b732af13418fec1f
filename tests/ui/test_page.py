"""The patient page without a browser: first paint, cookies, and the forms that end a visit."""

import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from triage import Encounter, Settings, TriagePipeline
from ui.app import create_app
from ui.visits import COOKIE, Visits


@pytest.fixture(scope="module")
def client(pipeline: TriagePipeline, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    settings = Settings.model_validate(
        {"data": tmp_path_factory.mktemp("page"), "lm": "none", "encoder": "none", "secret": "k"}
    )
    with TestClient(create_app(settings, pipeline)) as found:
        yield found


@pytest.mark.parametrize("path", ["/chat/", "/embed/"])
def test_the_emergency_number_is_in_the_page_itself(client: TestClient, path: str) -> None:
    page = client.get(path, params={"lang": "fr", "country": "GB"})
    assert '<html\n\tlang="fr" dir="ltr"' in page.text
    assert 'id="sal-first" lang="fr"' in page.text and 'href="tel:999"' in page.text
    assert page.headers["cache-control"] == "no-store"


def test_an_unknown_language_or_country_changes_nothing(client: TestClient) -> None:
    page = client.get("/chat/", params={"lang": '"><script>', "country": "XX"}).text
    assert 'id="sal-first" lang="en"' in page and 'href="tel:15"' in page and '"><script>"' not in page


def test_a_visit_gets_one_opaque_cookie_and_keeps_it(client: TestClient) -> None:
    client.cookies.clear()
    header = client.get("/chat/").headers["set-cookie"]
    assert re.fullmatch(rf"{COOKIE}=\S+; Path=/; HttpOnly; SameSite=Lax", header)
    assert "set-cookie" not in client.get("/chat/").headers


def test_a_forged_or_foreign_cookie_names_no_encounter() -> None:
    visits = Visits("k")
    token = visits.token("an-encounter")
    assert visits.read(token) == "an-encounter"
    assert visits.in_cookies(f"other=1; {COOKIE}={token}") == "an-encounter"
    for wrong in (token[:-1], Visits("another").token("an-encounter"), "", "an-encounter"):
        assert visits.read(wrong) is None and visits.in_cookies(f"{COOKIE}={wrong}") is None


def test_a_framed_page_over_https_keeps_a_cookie_for_each_site() -> None:
    header = Visits("k").fresh_cookie(secure=True, framed=True)
    assert "SameSite=None; Partitioned; Secure" in header and "HttpOnly" in header


def test_deleting_needs_the_signed_form(client: TestClient, pipeline: TriagePipeline) -> None:
    encounter = Encounter()
    pipeline.store.save(encounter)
    refused = client.post("/visit/delete", data={"token": encounter.id}, follow_redirects=False)
    assert refused.status_code == 403 and pipeline.store.load(encounter.id) is not None
    form = {"token": Visits("k").token(encounter.id), "lang": "ar", "country": "MA"}
    done = client.post("/visit/delete", data=form, follow_redirects=False)
    assert done.status_code == 303 and done.headers["location"] == "/chat/?lang=ar&country=MA&deleted=1"
    assert pipeline.store.load(encounter.id) is None


def test_restarting_keeps_what_was_stored(client: TestClient, pipeline: TriagePipeline) -> None:
    encounter = Encounter()
    pipeline.store.save(encounter)
    form = {"token": Visits("k").token(encounter.id), "page": "embed", "lang": "fr"}
    done = client.post("/visit/restart", data=form, follow_redirects=False)
    assert done.headers["location"].startswith("/embed/?lang=fr") and COOKIE in done.headers["set-cookie"]
    assert pipeline.store.load(encounter.id) is not None
    pipeline.store.delete(encounter.id)


def test_a_page_that_is_not_ours_is_not_led_to(client: TestClient) -> None:
    form = {"token": "x", "page": "//evil.example"}
    assert client.post("/visit/restart", data=form, follow_redirects=False).status_code == 422


@pytest.mark.parametrize("path", ["/favicon.ico", "/chat/manifest.json", "/embed/manifest.json", "/widget.js", "/demo"])
def test_what_a_browser_asks_for_is_there(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 200
