"""The patient page without a browser: first paint, cookies, and its forms, which need no script."""

import asyncio
import copy
import re
import threading
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any

import gradio as gr
import pytest
from fastapi import Request
from fastapi.testclient import TestClient

from knowledge import Disposition
from triage import Encounter, Settings, StorageError, TriagePipeline
from triage.storage import MemoryStore
from ui.app import create_app
from ui.chrome import Chrome
from ui.desk import Desk, Visit
from ui.limits import Pace, Rates
from ui.patient import PatientPage
from ui.screen import Regions
from ui.turns import Turns
from ui.visits import COOKIE, Visits


@pytest.fixture(scope="module")
def client(pipeline: TriagePipeline, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    settings = Settings.model_validate(
        {"data": tmp_path_factory.mktemp("page"), "lm": "none", "encoder": "none", "secret": "k"}
    )
    with TestClient(create_app(settings, pipeline)) as found:
        yield found


def form(encounter_id: str, **more: str | list[str]) -> dict[str, str | list[str]]:
    return {"token": Visits("k").token(encounter_id), "lang": "en", "country": "MA", **more}


@pytest.mark.parametrize("path", ["/chat/", "/embed/"])
def test_the_page_itself_holds_the_number_and_a_form_that_needs_no_script(client: TestClient, path: str) -> None:
    page = client.get(path, params={"lang": "fr", "country": "GB"})
    assert '<html\n\tid="sal" lang="fr" dir="ltr"' in page.text
    assert 'id="sal-first" lang="fr"' in page.text and 'href="tel:999"' in page.text
    assert 'action="/visit/act"' in page.text and '<textarea name="say"' in page.text
    assert page.text.index("<style>") < page.text.index('id="sal-first"'), "it is readable at once"
    assert page.headers["cache-control"] == "no-store"


def test_files_whose_name_tells_their_content_are_kept_and_the_page_is_not(client: TestClient) -> None:
    page = client.get("/chat/").text
    script = re.search(r'src="\./(assets/[^"]+\.js)"', page)
    assert script is not None
    assert "immutable" in client.get(f"/chat/{script.group(1)}").headers["cache-control"]
    assert "immutable" not in client.get("/chat/assets/missing.js").headers.get("cache-control", "")


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
    header = Visits("k").cookie("x", secure=True, framed=True)
    assert "SameSite=None; Partitioned; Secure" in header and "HttpOnly" in header


def test_a_restarted_server_still_knows_its_cookies(pipeline: TriagePipeline, tmp_path: Path) -> None:
    settings = Settings.model_validate({"data": tmp_path, "lm": "none", "encoder": "none"})
    with TestClient(create_app(settings, pipeline)) as before:
        before.get("/chat/")
        cookie = before.cookies[COOKIE]
    assert (tmp_path / "cookie.key").stat().st_mode & 0o077 == 0, "nobody else may read the key"
    with TestClient(create_app(settings, pipeline), cookies={COOKIE: cookie}) as after:
        assert "set-cookie" not in after.get("/chat/").headers


def test_a_form_plays_a_turn_and_shows_the_page_without_words_in_its_address(
    client: TestClient, pipeline: TriagePipeline
) -> None:
    encounter = Encounter()
    told = "I have crushing chest pain and I am sweating"
    done = client.post("/visit/act", data=form(encounter.id, say=told), follow_redirects=False)
    assert done.status_code == 303 and done.headers["location"] == "/chat/?lang=en&country=MA"
    page = client.get(done.headers["location"], headers={"cookie": f"{COOKIE}={Visits('k').token(encounter.id)}"}).text
    assert told in page and 'data-disposition="ambulance"' in page
    pipeline.store.delete(encounter.id)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"say": ["option:hard_to_wake", "option:new_confusion"]}, "option:hard_to_wake option:new_confusion"),
        ({"number": "3", "unit": "weeks"}, "3 weeks"),
        ({"number": " ", "unit": "weeks"}, None),
        ({"say": "", "speak": "ar"}, None),
        ({"place": "FR"}, None),
    ],
)
def test_what_a_form_says_is_a_message_or_none(
    client: TestClient, pipeline: TriagePipeline, fields: dict[str, str], said: str | None
) -> None:
    encounter = Encounter()
    done = client.post("/visit/act", data=form(encounter.id, **fields), follow_redirects=False)
    assert done.status_code == 303
    stored = pipeline.store.load(encounter.id)
    assert (stored.turns[0].message.text if stored else None) == said
    pipeline.store.delete(encounter.id)


def test_language_and_country_change_by_a_form_too(client: TestClient) -> None:
    spoken = client.post("/visit/act", data=form("x", speak="ar"), follow_redirects=False)
    assert spoken.headers["location"] == "/chat/?lang=ar&country=MA"
    moved = client.post("/visit/act", data=form("x", place="XX"), follow_redirects=False)
    assert moved.headers["location"] == "/chat/?lang=en&country="


@pytest.mark.parametrize("name", ["act", "delete"])
def test_a_form_without_its_signature_does_nothing(client: TestClient, pipeline: TriagePipeline, name: str) -> None:
    encounter = Encounter()
    pipeline.store.save(encounter)
    data = {**form(encounter.id, say="hello"), "token": encounter.id}
    refused = client.post(f"/visit/{name}", data=data, follow_redirects=False)
    stored = pipeline.store.load(encounter.id)
    assert refused.status_code == 403 and stored is not None and not stored.turns
    pipeline.store.delete(encounter.id)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_page_that_stood_open_too_long_loses_no_words(
    client: TestClient, pipeline: TriagePipeline, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    words, old = pipeline.knowledge.say(language).text, Encounter().id
    with monkeypatch.context() as later:
        later.setattr("ui.visits.LASTS", -1)
        page = client.post("/visit/act", data=form(old, lang=language, say="I cough <b>"), follow_redirects=False)
    assert page.status_code == 403 and page.headers["content-type"].startswith("text/html")
    assert words["expired"] in page.text and 'href="tel:15"' in page.text and words["danger_lead"] in page.text
    assert ">I cough &lt;b&gt;</textarea>" in page.text
    token = re.search('name="token" value="([^"]+)"', page.text)
    assert token
    fresh = Visits("k").read(token[1])
    data = {**form(old, lang=language, say="I cough <b>"), "token": token[1]}
    assert client.post("/visit/act", data=data, follow_redirects=False).status_code == 303, "it can be sent as it is"
    assert fresh and fresh != old and pipeline.store.delete(fresh)


def test_what_was_written_can_be_deleted_from_an_old_page_and_when_the_store_comes_back(
    client: TestClient, pipeline: TriagePipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    encounter = Encounter()
    pipeline.store.save(encounter)
    monkeypatch.setattr("ui.visits.LASTS", -1)
    with monkeypatch.context() as away:
        away.setattr(pipeline.store, "delete", _out_of_reach)
        failed = client.post("/visit/delete", data=form(encounter.id, lang="fr"), follow_redirects=False)
    assert failed.status_code == 503 and failed.headers["content-type"].startswith("text/html")
    assert "Un problème est survenu" in failed.text and 'formaction="/visit/delete"' in failed.text
    token = re.search('name="token" value="([^"]+)"', failed.text)
    assert token
    data = {**form(encounter.id), "token": token[1]}
    assert client.post("/visit/delete", data=data, follow_redirects=False).status_code == 303
    assert pipeline.store.load(encounter.id) is None


def _out_of_reach(_: str) -> bool:
    raise StorageError("out of reach")


def test_deleting_deletes_and_restarting_keeps(client: TestClient, pipeline: TriagePipeline) -> None:
    encounter = Encounter()
    pipeline.store.save(encounter)
    again = client.post("/visit/restart", data=form(encounter.id, page="embed"), follow_redirects=False)
    assert again.headers["location"].startswith("/embed/?lang=en") and COOKIE in again.headers["set-cookie"]
    assert pipeline.store.load(encounter.id) is not None
    gone = client.post("/visit/delete", data=form(encounter.id), follow_redirects=False)
    assert gone.headers["location"] == "/chat/?lang=en&country=MA&deleted=1"
    assert pipeline.store.load(encounter.id) is None


def test_a_page_that_is_not_ours_is_not_led_to(client: TestClient) -> None:
    data = {"token": "x", "page": "//evil.example"}
    assert client.post("/visit/restart", data=data, follow_redirects=False).status_code == 422


@pytest.mark.parametrize("language", ["en", "fr", "ar", "ary", "ary-Latn"])
def test_the_page_for_when_we_are_away_needs_nothing_else(client: TestClient, language: str) -> None:
    page = client.get("/offline", params={"lang": language, "country": "GB"}).text
    assert f'lang="{language}"' in page and page.count('href="tel:999"') >= 2 and page.count("<li>") >= 7
    assert set(re.findall(r'(?:src|href)="(/[^"]*)"', page)) == {"/static/theme.css", "/static/offline.js"}


@pytest.mark.parametrize(
    "path",
    ["/favicon.ico", "/chat/manifest.json", "/embed/manifest.json", "/widget.js", "/demo", "/sw.js", "/robots.txt",
     "/static/theme.css", "/static/page.js", "/static/offline.js", "/static/fonts/noto-sans-arabic-400.woff2"],
)  # fmt: skip
def test_what_a_browser_asks_for_is_there(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/fonts/OFL.txt", "/static/x"])
def test_no_other_file_is_served(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.fixture
def hurried(
    pipeline: TriagePipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[TestClient, Encounter]]:
    """A page on which an encounter's second message in a minute comes early, and the third of everybody; and an
    encounter in French that has begun."""
    monkeypatch.setattr("ui.limits.PAUSE", 0.6)
    settings = Settings.model_validate(
        {
            "data": tmp_path,
            "lm": "none",
            "encoder": "none",
            "secret": "k",
            "rate_encounter": "1/minute",
            "rate_client": "2/minute",
        }
    )
    encounter = Encounter()
    with TestClient(create_app(settings, pipeline), follow_redirects=False) as client:
        assert (
            client.post("/visit/act", data=form(encounter.id, say="j'ai mal à la tête", lang="fr")).status_code == 303
        )
        yield client, encounter
    pipeline.store.delete(encounter.id)


def test_a_message_that_comes_early_is_heard_all_the_same(
    hurried: tuple[TestClient, Encounter], pipeline: TriagePipeline
) -> None:
    client, encounter = hurried
    told = "j'ai une douleur qui serre dans la poitrine et dans le bras gauche, je transpire"
    assert client.post("/visit/act", data=form(encounter.id, say=told)).status_code == 303
    stored = pipeline.store.load(encounter.id)
    assert stored is not None and stored.floor is Disposition.AMBULANCE


def test_a_flood_is_given_back_with_the_number_and_the_words(
    hurried: tuple[TestClient, Encounter], pipeline: TriagePipeline
) -> None:
    client, encounter = hurried
    with ThreadPoolExecutor(4) as hands:
        answers = list(
            hands.map(
                lambda text: client.post("/visit/act", data=form(encounter.id, say=text)),
                ["je tousse <b>", "je tousse <b>", "je tousse <b>", "je tousse <b>"],
            )
        )
    played = [answer for answer in answers if answer.status_code == 303]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert len(played) == 1 and len(refused) == 3, "one waits, the others are a flood"
    page = refused[0].text.replace("\u00a0", " ")
    words = pipeline.knowledge.say("fr").text
    assert 'lang="fr"' in page and 'href="tel:15"' in page and words["danger_lead"] in page
    assert ">je tousse &lt;b&gt;</textarea>" in page and 'name="token"' in page, "it can be sent again as it is"
    stored = pipeline.store.load(encounter.id)
    assert stored is not None and len(stored.turns) == 2


def test_a_first_message_is_never_given_back(hurried: tuple[TestClient, Encounter], pipeline: TriagePipeline) -> None:
    client, _ = hurried
    ids = [Encounter().id for _ in range(6)]
    with ThreadPoolExecutor(6) as hands:
        answers = list(hands.map(lambda name: client.post("/visit/act", data=form(name, say="chest pain")), ids))
    assert {answer.status_code for answer in answers} == {303}
    for name in ids:
        assert pipeline.store.delete(name)


@pytest.mark.parametrize("way", ["for their pace", "for the end of a turn"])
def test_those_who_wait_hold_nobody_else_up(
    pipeline: TriagePipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """Gradio by itself has 40 events of a page under way at most."""
    monkeypatch.setattr("ui.limits.PAUSE", 600)
    monkeypatch.setattr("ui.patient.LONGEST", 600)
    looked = threading.Event()
    look = Desk.look

    def seen(desk: Desk, visit: Visit) -> tuple[Visit, Regions]:
        looked.set()
        return look(desk, visit)

    monkeypatch.setattr(Desk, "look", seen)
    engine, store, encounter = copy.copy(pipeline), Slow(), Encounter()
    engine.store = store
    cookie = f"{COOKIE}={Visits('k').token(encounter.id)}"
    settings = Settings.model_validate(
        {"data": tmp_path, "lm": "none", "encoder": "none", "secret": "k", "rate_client": "1/minute"}
    )
    with TestClient(create_app(settings, engine)) as client, ThreadPoolExecutor(1) as hands:
        (opens, _), (acts, _) = events = [
            (event["id"], event["targets"]) for event in client.get("/chat/config").json()["dependencies"]
        ]
        assert [targets[0][1] for _, targets in events] == ["load", "click"]

        def sent(event: int, *data: str | None, cookie: str = "") -> None:
            body = {"fn_index": event, "data": data, "session_hash": uuid.uuid4().hex}
            answer = client.post("/chat/gradio_api/queue/join", json=body, headers={"cookie": cookie})
            assert answer.status_code == 200

        if way == "for their pace":
            for _ in range(70):
                sent(acts, None, "1 say who a-stranger")
        else:
            hands.submit(client.post, "/visit/act", data=form(encounter.id, say="I cough"), follow_redirects=False)
            assert store.storing.wait(30)
            for _ in range(70):
                sent(opens, None, cookie=cookie)
            assert not looked.wait(1)
        sent(opens, None)
        assert looked.wait(30)
        store.go.set()


class Slow(MemoryStore):
    """A store that keeps a turn only when it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.storing, self.go = threading.Event(), threading.Event()

    def save(self, encounter: Encounter, audit: Any = None) -> None:
        self.storing.set()
        assert self.go.wait(60)
        super().save(encounter, audit)


def living(turns: Turns) -> tuple[PatientPage, gr.Request]:
    """A page on which an encounter's second message in a minute comes early, and a request for it."""
    engine, visits = turns.pipeline, Visits("k")
    chrome = Chrome(engine.knowledge, engine.wording)
    pace = Pace(Rates(client="none", encounter="1/minute", storage="memory://"))
    page = PatientPage(Desk(turns, chrome, visits), chrome, engine.knowledge, Settings(), visits, pace)
    page.build()
    return page, gr.Request(request=Request({"type": "http", "headers": [], "client": ("10.0.0.1", 1)}))


def test_a_page_that_is_opened_during_a_turn_shows_its_end(pipeline: TriagePipeline) -> None:
    engine, store = copy.copy(pipeline), Slow()
    engine.store = store
    turns = Turns(engine)
    page, request = living(turns)
    encounter = Encounter(country="MA")
    state = {"id": encounter.id, "language": "en", "country": "MA"}
    with ThreadPoolExecutor(2) as hands:
        told = hands.submit(turns.respond, encounter, "I have crushing chest pain and I am sweating")
        assert store.storing.wait(30)
        opened = hands.submit(lambda: asyncio.run(page._open(state, request)))
        wait([opened], timeout=0.5)
        store.go.set()
        assert told.result().assessment.disposition is Disposition.AMBULANCE
        assert 'data-disposition="ambulance"' in str(opened.result()[page._regions["alert"]])


def test_the_living_page_puts_the_words_back_into_the_field(
    pipeline: TriagePipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.limits.PAUSE", 0.1)
    page, request = living(Turns(pipeline))
    encounter = Encounter()
    state = {"id": encounter.id, "language": "en", "country": "MA"}

    async def said(text: str) -> list[dict[object, object]]:
        return [updates async for updates in page._act(state, text, request)]

    async def together() -> list[list[dict[object, object]]]:
        await said("1 say I have a headache")
        return await asyncio.gather(said("2 say I have a fever"), said("3 say and my neck is stiff"))

    # in a thread of its own: a browser of another test may hold the event loop of this one
    with ThreadPoolExecutor(1) as pool:
        heard, given_back = pool.submit(asyncio.run, together()).result()
    assert heard[-1] == {page._done: "2"} and given_back[-1] == {page._done: "3"}
    (told,) = given_back[:-1]
    assert told[page._box]["value"] == "and my neck is stiff"  # type: ignore[index]
    assert "writing faster than I can read" in str(told[page._regions["log"]])
    stored = pipeline.store.load(encounter.id)
    assert stored is not None and len(stored.turns) == 2
    pipeline.store.delete(encounter.id)
