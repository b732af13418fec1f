"""Opening a summary by its code: who may, for how long, and what nobody learns by trying."""

import logging
import re
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient

from tests.triage.fhir.checking import checked, resources
from triage import ConfigurationError, Encounter, Settings, StorageError, TriagePipeline
from ui.app import create_app
from ui.cli import main
from ui.clinic import hashed
from ui.clinic_file import ClinicFile
from ui.summaries import GOOD_FOR
from ui.visits import Visits

HEART = "I have crushing chest pain going down my left arm and I'm sweating"
KEY = "the-key-of-this-clinic"
CLINIC = f"name: C\nconsent: Staff open your summary by its code.\nhandover: {{to: the desk, key: '{hashed(KEY)}'}}\n"


@pytest.fixture
def client(pipeline: TriagePipeline, tmp_path: Path) -> Iterator[TestClient]:
    (tmp_path / "clinic.yaml").write_text(CLINIC)
    settings = Settings.model_validate(
        {"data": tmp_path, "lm": "none", "encoder": "none", "secret": "k", "clinic": tmp_path / "clinic.yaml"}
    )
    with TestClient(create_app(settings, pipeline)) as found:
        yield found


@pytest.fixture
def code(client: TestClient, pipeline: TriagePipeline) -> Iterator[str]:
    """Code of somebody who has told of a heart attack."""
    identity = client.post("/api/v1/encounters", json={"country": "MA", "language": "en"}).json()["id"]
    client.post(f"/api/v1/encounters/{identity}/messages", json={"text": HEART})
    yield str(client.get(f"/api/v1/encounters/{identity}").json()["code"])
    pipeline.store.delete(identity)


def ask(client: TestClient, code: str, key: str | None = KEY) -> tuple[int, dict]:  # type: ignore[type-arg]
    headers = {"authorization": f"Bearer {key}".encode()} if key is not None else {}
    answer = client.post("/api/v1/summaries", json={"code": code}, headers=headers)
    assert "no-store" in answer.headers["cache-control"]
    return answer.status_code, answer.json()


def test_a_code_leads_to_its_id_however_it_is_typed_and_only_with_our_secret() -> None:
    visits = Visits("k")
    ids = {visits.new_id() for _ in range(200)}
    assert len(ids) == 200 and all(re.fullmatch("[0-9a-f]{32}", name) for name in ids)
    for name in ids:
        code = visits.code(name)
        assert code is not None and re.fullmatch(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){2}", code)
        heard = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
        assert visits.named(code) == visits.named(heard) == name
        assert Visits("another").named(code) != name and Visits("another").code(name) is None
    for wrong in ("", "7K3M", "7K3M-Q9XD-02V!", "UUUU-UUUU-UUUU", "7K3M-Q9XD-02VT-1", "é" * 12):
        assert visits.named(wrong) is None
    assert visits.code(Encounter().id) is None, "an id that was not made here has no code"


def test_the_summary_comes_in_the_clinicians_language_first(client: TestClient, code: str) -> None:
    status, told = ask(client, code.lower())
    assert status == 200 and told["code"] == code and told["floor"] == told["disposition"] == "ambulance"
    assert [item["language"] for item in told["handoffs"]] == ["fr", "en"]
    assert any("left arm" in line for line in told["handoffs"][0]["situation"])


def test_without_key_code_or_patient_nothing_is_told(client: TestClient, code: str, pipeline: TriagePipeline) -> None:
    assert ask(client, code, key=None)[0] == ask(client, code, key="guessed")[0] == ask(client, code, "é")[0] == 401
    other = Visits("k").code(Visits("k").new_id())
    refused = [ask(client, wrong) for wrong in (str(other), "nonsense", "")]
    identity = Visits("k").named(code)
    assert identity is not None
    stored = pipeline.store.load(identity)
    assert stored is not None
    (turn,) = stored.turns
    old = turn.message.model_copy(update={"at": turn.message.at - timedelta(days=3, minutes=1)})
    stored.turns = [turn.model_copy(update={"message": old})]
    pipeline.store.save(stored)
    refused.append(ask(client, code))
    pipeline.store.delete(identity)
    refused.append(ask(client, code))
    assert {status for status, _ in refused} == {404}
    assert len({told["detail"] for _, told in refused}) == 1, "expired, deleted and never there look the same"


def test_codes_cannot_be_tried_out(client: TestClient, code: str, pipeline: TriagePipeline) -> None:
    statuses = [ask(client, code, key=f"guess {count}")[0] for count in range(21)]
    assert statuses == [401] * 20 + [429]
    assert ask(client, code)[0] == 429
    page = client.post("/clinic", data={"code": code, "key": KEY, "lang": "fr"})
    assert page.status_code == 429 and "Trop d&#x27;essais" in page.text and int(page.headers["retry-after"]) >= 1
    visits = Visits("k")
    identity = visits.new_id()
    data = {"token": visits.token(identity), "lang": "en", "country": "MA", "say": HEART}
    assert client.post("/visit/act", data=data, follow_redirects=False).status_code == 303
    assert client.post("/api/v1/encounters", json={}).status_code == 201, "patients at the same address are still heard"
    assert pipeline.store.delete(identity)


def test_the_operator_learns_that_it_happened_and_nothing_more(
    client: TestClient, code: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert logging.getLogger("salama").level == logging.NOTSET, "what is below a warning is not written"
    ask(client, code)
    ask(client, code, key="guessed-key")
    written = [(record.levelname, record.getMessage()) for record in caplog.records if record.name == "salama"]
    assert written == [
        ("WARNING", "a summary was opened by its code"),
        ("WARNING", "a wrong key came for a summary"),
    ]
    for secret in (code, KEY, "guessed-key"):
        assert secret not in caplog.text


def test_a_clinic_without_a_key_opens_nothing(pipeline: TriagePipeline, tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, database="none", lm="none", encoder="none")
    with TestClient(create_app(settings, pipeline)) as client:
        assert ask(client, "7K3M-Q9XD-02VT", "")[0] == 403
        assert "no key" in client.post("/clinic", data={"code": "7K3M-Q9XD-02VT", "key": "x"}).text


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_page_shows_the_summary_and_keeps_nothing(client: TestClient, code: str, language: str) -> None:
    first = client.get("/clinic", params={"lang": language})
    assert f'lang="{language}"' in first.text and "$" not in first.text and "<script" not in first.text
    shown = client.post("/clinic", data={"code": code, "key": KEY, "lang": language})
    assert shown.status_code == 200 and code in shown.text and "left arm" in shown.text
    assert KEY not in shown.text and not shown.cookies
    wrong = client.post("/clinic", data={"code": '"><b>', "key": "guessed-key", "lang": language})
    assert wrong.status_code == 401 and '"><b>' not in wrong.text and "guessed-key" not in wrong.text
    for answer in (first, shown, wrong):
        assert answer.headers["cache-control"] == "no-store"
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(("asked", "shown"), [("ary", "ar"), ("ary-Latn", "fr"), ("xx", "en"), ("", "en")])
def test_the_page_speaks_the_nearest_language_that_it_can(client: TestClient, asked: str, shown: str) -> None:
    page = client.get("/clinic", params={"lang": asked}).text
    assert f'<html id="sal" lang="{shown}" dir="{"rtl" if shown == "ar" else "ltr"}">' in page


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_page_says_how_long_a_code_is_good(client: TestClient, language: str) -> None:
    page = client.post("/clinic", data={"code": "nonsense", "key": KEY, "lang": language})
    assert page.status_code == 404 and "{" not in page.text and f" {GOOD_FOR.days} " in page.text


def test_a_store_out_of_reach_is_told_on_the_page(
    client: TestClient, code: str, pipeline: TriagePipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_: str) -> None:
        raise StorageError("away")

    with monkeypatch.context() as patch:
        patch.setattr(pipeline.store, "load", away)
        assert ask(client, code)[0] == 503
        assert "out of reach" in client.post("/clinic", data={"code": code, "key": KEY}).text


def test_the_patients_page_shows_the_code(client: TestClient, pipeline: TriagePipeline) -> None:
    visits = Visits("k")
    identity = visits.new_id()
    data = {"token": visits.token(identity), "lang": "en", "country": "MA", "say": HEART}
    page = client.post("/visit/act", data=data).text
    assert f'<bdi dir="ltr">{visits.code(identity)}</bdi>' in page
    pipeline.store.delete(identity)


def test_a_key_is_made_by_a_command_and_only_its_hash_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["clinic", "key"]) == 0
    key, line = (text.rsplit(": ", 1)[1] for text in capsys.readouterr().out.splitlines())
    assert hashed(key) == line and len(key) >= 40
    file = tmp_path / "clinic.yaml"
    for wrong, why in (
        (CLINIC.replace("sha256:", ""), r"handover\.key: .*salama clinic key"),
        (CLINIC.replace("consent: Staff open your summary by its code.\n", ""), "consent: needed with handover.key"),
    ):
        file.write_text(wrong)
        with pytest.raises(ConfigurationError, match=why):
            ClinicFile(file)


def test_a_record_system_opens_the_summary_as_a_document_with_code_and_key(client: TestClient, code: str) -> None:
    def ask_for_fhir(key: str) -> httpx.Response:
        headers = {"authorization": f"Bearer {key}", "accept": "application/fhir+json"}
        return client.post("/api/v1/summaries", json={"code": code}, headers=headers)

    answer = ask_for_fhir(KEY)
    assert answer.headers["content-type"] == "application/fhir+json"
    document = checked(answer.text)
    assert document["language"] == "fr" and resources(document, "ServiceRequest")[0]["priority"] == "stat"
    assert code not in answer.text, "a record is read by others"
    assert ask_for_fhir("guessed").status_code == 401


def test_the_page_saves_the_document(client: TestClient, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for language in ("en", "fr", "ar"):
        assert "(FHIR)" in client.get("/clinic", params={"lang": language}).text
    form = {"code": code, "key": KEY, "lang": "en", "fhir": "true"}
    saved = client.post("/clinic", data=form)
    checked(saved.text)
    assert re.fullmatch(r'attachment; filename="salama-[\d-]+\.fhir\.json"', saved.headers["content-disposition"]), (
        "no code in the name of a file"
    )
    assert saved.headers["cache-control"] == "no-store"
    monkeypatch.setitem(sys.modules, "fhir.resources.R4B.bundle", None)
    page = client.post("/clinic", data=form)
    assert page.status_code == 406 and "cannot write FHIR" in page.text
