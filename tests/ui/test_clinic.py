"""The clinic's file: clear errors, read again when it changes, nobody sent to a shut door."""

import os
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from fastapi.testclient import TestClient

from knowledge import ContentError, Knowledge
from knowledge.vocabulary import Disposition
from triage import ConfigurationError, Settings, TriagePipeline
from ui import clinic_file
from ui.app import create_app
from ui.cli import main
from ui.clinic import Clinic
from ui.clinic_file import ClinicFile, read_clinic
from ui.clinic_html import ClinicParts
from ui.colors import contrast, ink

GOOD = """
name: {en: Example Health Centre, fr: Centre de santé Exemple, ar: المركز الصحي النموذجي}
logo: logo.svg
colors: {main: "#7a3e9d"}
languages: [fr, ar, ary]
time_zone: Africa/Casablanca
opening_hours:
  mon: ["08:30-12:00", "14:00-18:00"]
  tue: ["08:30-12:00"]
closed_on: [2026-12-07]
services:
  - name: {fr: Médecine générale, ar: الطب العام}
    levels: [today, soon, routine]
    address: 12 rue des Oliviers
    phone: "+212 522 00 00 00"
    map: https://www.openstreetmap.org/?mlat=33.59&mlon=-7.62
  - name: Urgences
    levels: [emergency_department]
    opening_hours: {mon: ["00:00-24:00"]}
handover: {to: {fr: l'infirmière d'accueil}, phone: "+212 522 00 00 01"}
consent: {fr: "Le centre garde votre résumé un an.", ar: "يحتفظ المركز بملخصك سنة واحدة."}
allowed_origins: [https://www.clinic.example]
"""
LOGO = "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
MONDAY = datetime(2026, 11, 30, tzinfo=ZoneInfo("Africa/Casablanca"))


def write(folder: Path, text: str = GOOD) -> Path:
    (folder / "logo.svg").write_text(LOGO, encoding="utf-8")
    path = folder / "clinic.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def clinic(tmp_path: Path) -> Clinic:
    return read_clinic(write(tmp_path))[0]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("languages: [fr", "langauges: [fr", ["unknown key 'langauges'", "did you mean 'languages'", "choose from: name, logo"]),
        ("[fr, ar, ary]", "[fr, arabic]", ["languages: unknown 'arabic'", "en, fr, ar, ary, ary-Latn"]),
        ("  tue:", "  tuesday:", ["opening_hours", "unknown day 'tuesday'", "did you mean 'tue'", "mon, tue, wed"]),
        ("08:30-12:00\", \"14", "8h30-12h\", \"14", ["opening_hours.mon.0", "'8h30-12h' is no span", "08:30-12:00"]),
        ("14:00-18:00", "18:00-02:00", ["opening_hours.mon.1", "a night takes two spans"]),
        ("[today, soon", "[todya, soon", ["services.0.levels.0", "unknown level 'todya'", "did you mean 'today'", "self_care"]),
        ("[emergency_department]", "[ambulance]", ["services.1.levels.0", "the card says to call"]),
        ("    address", "    adress", ["services.0", "unknown key 'adress'", "did you mean 'address'"]),
        ("Africa/Casablanca", "Casablanca", ["time_zone", "unknown time zone 'Casablanca'", "Africa/Casablanca"]),
        ("time_zone: Africa/Casablanca\n", "", ["time_zone: needed with opening_hours"]),
        ('"#7a3e9d"', '"#ffd43b"', ["colors", "#ffd43b on a white page has a contrast of 1.4", "darker"]),
        ('"#7a3e9d"', '"#7a3e9d", letters: "#806090"', ["contrast of 1.", "take #ffffff"]),
        ('"#7a3e9d"', "purple", ["colors.main", "#[0-9a-fA-F]{6}"]),
        ("https://www.clinic.example", "'*'", ["allowed_origins.0", "'*' is no web origin", "https://www.clinic.example"]),
        ("https://www.clinic.example", "https://www.clinic.example/page", ["is no web origin"]),
        ("https://www.openstreetmap.org", "javascript:alert(1)//", ["services.0.map"]),
        (', ar: "يحتفظ المركز بملخصك سنة واحدة."', "", ["consent: no text for 'ar'"]),
        ("logo.svg", "logo.gif", ["logo: 'logo.gif'", ".svg, .png, .webp, .jpg"]),
        ("logo.svg", "missing.svg", ["logo: 'missing.svg' cannot be read"]),
        ("languages:", "name: twice\nlanguages:", ["key 'name' stands twice"]),
        ("name: {", "name: [", ["not valid YAML"]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_file_key_and_choices(tmp_path: Path, old: str, new: str, told: list[str]) -> None:
    assert old in GOOD
    with pytest.raises(ContentError) as caught:
        read_clinic(write(tmp_path, GOOD.replace(old, new, 1)))
    assert "clinic.yaml" in str(caught.value)
    for words in told:
        assert words in str(caught.value)


def test_a_wrong_file_stops_the_start(tmp_path: Path, pipeline: TriagePipeline) -> None:
    with pytest.raises(ConfigurationError, match=r"SALAMA_CLINIC.*cannot be read"):
        ClinicFile(tmp_path / "none.yaml")
    settings = Settings(data=tmp_path, database="none", lm="none", encoder="none", clinic=write(tmp_path, "nam: x"))
    with pytest.raises(ConfigurationError, match=r"SALAMA_CLINIC.*unknown key 'nam'"):
        create_app(settings, pipeline)


@pytest.mark.parametrize(
    ("hour", "minute", "state", "at"),
    [
        (8, 29, "later_today", "08:30"),
        (8, 30, "now", "12:00"),
        (12, 0, "later_today", "14:00"),
        (17, 59, "now", "18:00"),
    ],
)
def test_it_is_open_when_the_hours_say_so(clinic: Clinic, hour: int, minute: int, state: str, at: str) -> None:
    place = clinic.places(Disposition.TODAY, "fr", MONDAY.replace(hour=hour, minute=minute))[0]
    assert (place.open, place.at, place.name) == (state, at, "Médecine générale")
    assert place.hours["mon"] == ["08:30-12:00", "14:00-18:00"] and place.hours["sun"] == []


def test_the_hours_are_those_of_the_clinic_and_not_of_the_server(clinic: Clinic) -> None:
    # Casablanca was one hour ahead of UTC on that day.
    utc = datetime(2026, 11, 30, 7, 35, tzinfo=UTC)
    assert clinic.places(Disposition.TODAY, "fr", utc)[0].open == "now"


def test_nobody_is_sent_to_a_shut_door(clinic: Clinic) -> None:
    evening, tuesday = MONDAY.replace(hour=19), MONDAY.replace(day=1, month=12, hour=9)
    assert clinic.places(Disposition.TODAY, "fr", evening) == [] and clinic.shut(Disposition.TODAY, "fr", evening)
    assert clinic.places(Disposition.SOON, "fr", evening)[0].open == "not_today", "there is time until it opens"
    assert clinic.places(Disposition.EMERGENCY_DEPARTMENT, "fr", evening)[0].name == "Urgences"
    assert clinic.places(Disposition.EMERGENCY_DEPARTMENT, "fr", tuesday) == []
    assert clinic.places(Disposition.AMBULANCE, "fr", MONDAY) == []
    holiday = MONDAY.replace(day=7, month=12, hour=9)
    assert clinic.places(Disposition.TODAY, "fr", holiday) == []


def test_a_place_without_hours_is_shown_without_a_promise() -> None:
    clinic = Clinic.model_validate({"name": "X", "services": [{"name": "Desk", "levels": ["today"]}]})
    place = clinic.places(Disposition.TODAY, "ar", MONDAY)[0]
    assert (place.open, place.at, place.hours) == (None, None, {})


def test_the_card_says_where_and_when(clinic: Clinic, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = ClinicParts(knowledge, lambda: clinic)
    monkeypatch.setattr("ui.clinic_html.now", lambda: MONDAY.replace(hour=9))
    shown = parts.where(Disposition.TODAY, "fr")
    for words in (
        "Médecine générale",
        "Ouvert maintenant, jusqu&#x27;à 12:00",
        'href="tel:+212522000000"',
        "Lundi",
        "mlat=",
    ):
        assert words in shown
    monkeypatch.setattr("ui.clinic_html.now", lambda: MONDAY.replace(hour=20))
    assert "est fermé pour aujourd" in parts.where(Disposition.TODAY, "fr")
    assert "urgences" in parts.where(Disposition.TODAY, "fr").lower()
    assert parts.where(Disposition.AMBULANCE, "fr") == ""
    assert "infirmière" in parts.show_to("fr") and "tel:+212522000001" in parts.show_to("fr")


def test_what_a_clinic_writes_is_text_and_nothing_else(knowledge: Knowledge) -> None:
    evil = "<img src=x onerror=alert(1)>"
    clinic = Clinic.model_validate(
        {
            "name": evil,
            "consent": evil,
            "handover": {"to": evil},
            "services": [{"name": evil, "levels": ["soon"], "address": evil}],
        }
    )
    parts = ClinicParts(knowledge, lambda: clinic)
    shown = parts.heading("en") + parts.consent("en") + parts.where(Disposition.SOON, "en") + parts.show_to("en")
    assert "<img" not in shown and shown.count("&lt;img") == 5


def test_without_a_clinic_nothing_is_shown(knowledge: Knowledge) -> None:
    parts = ClinicParts(knowledge, lambda: None)
    assert parts.heading("en") + parts.consent("en") + parts.where(Disposition.TODAY, "en") + parts.show_to("en") == ""


def test_a_change_is_taken_up_and_a_broken_one_is_not(
    tmp_path: Path, pipeline: TriagePipeline, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(clinic_file, "LOOK_EVERY", 0.0)
    path = write(tmp_path)
    settings = Settings(data=tmp_path, database="none", lm="none", encoder="none", clinic=path, country="MA")
    with TestClient(create_app(settings, pipeline)) as client:

        def change(text: str, at: int) -> None:
            path.write_text(text, encoding="utf-8")
            os.utime(path, (at, at))

        page = client.get("/chat/").text
        assert "Centre de santé Exemple" in page and 'lang="fr"' in page and "Le centre garde" in page
        assert 'value="en"' not in page and 'value="ary"' in page, "only the languages of the clinic are offered"
        headers = client.get("/healthz").headers
        assert "frame-ancestors 'self' https://www.clinic.example" in headers["content-security-policy"]
        origin = {"origin": "https://www.clinic.example"}
        assert client.get("/readyz", headers=origin).headers["access-control-allow-origin"] == origin["origin"]
        logo = client.get("/clinic-logo")
        assert logo.text == LOGO and "default-src 'none'" in logo.headers["content-security-policy"]
        script = client.get("/widget.js")
        assert "#7a3e9d" in script.text and '"en":' not in script.text
        assert client.get("/widget.js", headers={"if-none-match": script.headers["etag"]}).status_code == 304

        change(GOOD.replace("Centre de santé Exemple", "Nouveau centre").replace("www.clinic", "new.clinic"), 1)
        assert "Nouveau centre" in client.get("/chat/").text and "Nouveau centre" in client.get("/widget.js").text
        assert "https://new.clinic.example" in client.get("/healthz").headers["content-security-policy"]
        assert client.get("/readyz").json()["clinic"] == {"file": "clinic.yaml", "error": None}

        change("name: [broken", 2)
        assert "Nouveau centre" in client.get("/chat/").text, "the last right version stays"
        ready = client.get("/readyz")
        assert ready.status_code == 200 and "not valid YAML" in ready.json()["clinic"]["error"]
        assert "its last right version stays in use" in caplog.text
        path.unlink()
        assert "Nouveau centre" in client.get("/chat/").text

        change(GOOD, 3)
        assert "Centre de santé Exemple" in client.get("/chat/").text
        assert client.get("/readyz").json()["clinic"]["error"] is None


def test_the_api_tells_where_to_go(tmp_path: Path, pipeline: TriagePipeline) -> None:
    path = tmp_path / "clinic.yaml"
    path.write_text(
        "name: X\nservices: [{name: Desk, levels: [self_care, routine, soon, today, emergency_department]}]"
    )
    settings = Settings(data=tmp_path, database="none", lm="none", encoder="none", clinic=path)
    with TestClient(create_app(settings, pipeline)) as client:
        identity = client.post("/api/v1/encounters", json={"country": "FR"}).json()["id"]
        mild = client.post(f"/api/v1/encounters/{identity}/messages", json={"text": "I have a cold"}).json()
        assert [place["name"] for place in mild["places"]] == ["Desk"]
        worst = "crushing chest pain going down my left arm"
        bad = client.post(f"/api/v1/encounters/{identity}/messages", json={"text": worst}).json()
        assert bad["disposition"] == "ambulance" and bad["places"] == []


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert (ink("#ffd43b"), ink("#0b7285")) == ("#000000", "#ffffff")


def test_a_file_can_be_checked_before_it_is_put_in_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clinic", "check", str(write(tmp_path))]) == 0
    assert "clinic.yaml is right" in capsys.readouterr().out
    assert main(["clinic", "check", str(write(tmp_path, "name: X\ncolours: {}"))]) == 2
    assert "did you mean 'colors'" in capsys.readouterr().err


def test_the_example_of_the_documentation_is_right(tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "docs" / "clinic-settings.md").read_text(encoding="utf-8")
    example = text.split("```yaml\n")[1].split("```")[0]
    clinic, logo = read_clinic(write(tmp_path, example))
    assert clinic.languages == ("fr", "ar", "ary") and logo is not None
