"""The widget script: small, complete in every language, nothing from elsewhere."""

import gzip
import json
import re
from importlib.resources import files

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from knowledge import Knowledge
from knowledge.vocabulary import Disposition
from ui.chrome import NAMES
from ui.clinic import Clinic
from ui.clinic_file import ClinicFile
from ui.widget import widget, widget_script

STATIC = files("ui") / "static"


def test_the_widget_is_small(knowledge: Knowledge) -> None:
    assert len(gzip.compress(widget_script(knowledge).encode())) < 12_000


def test_the_widget_speaks_every_language_and_knows_every_number(knowledge: Knowledge) -> None:
    script = widget_script(knowledge)
    assert "__WORDS__" not in script
    for tag in NAMES:
        assert knowledge.say(tag).text["widget_button"] in script
    for services in knowledge.services.values():
        assert f'"{services.country}":"{services.emergency}"' in script


def test_the_widget_names_no_other_host_and_keeps_no_words(knowledge: Knowledge) -> None:
    script = widget_script(knowledge)
    assert set(re.findall(r"https?://[\w.]+", script)) <= {"https://host", "http://www.w3.org"}
    assert "localStorage" not in script and "innerHTML" not in script and "cookie" not in script


def test_the_widget_follows_the_clinic_and_cannot_be_ended_by_its_name(knowledge: Knowledge) -> None:
    clinic = Clinic.model_validate({"name": "</script><b>", "languages": ["ar", "fr"], "colors": {"main": "#7a3e9d"}})
    script = widget_script(knowledge, clinic)
    assert "</script>" not in script.replace("defer></script>", "") and "\\u003c/script>\\u003cb>" in script
    words = json.JSONDecoder().raw_decode(script[script.index("WORDS = ") + len("WORDS = ") :])[0]
    assert list(words["languages"]) == ["ar", "fr"] and words["color"] == "#7a3e9d" and words["ink"] == "#ffffff"


@pytest.mark.parametrize("name", ["widget.js", "widget.d.ts"])
def test_the_widget_and_its_types_know_the_six_levels(name: str) -> None:
    text = (STATIC / name).read_text(encoding="utf-8")
    assert re.findall(
        r'"([a-z_]+)"(?=[,\]; |]+)', text[text.index('"self_care"') : text.index('"ambulance"') + 12]
    ) == [level.name.lower() for level in Disposition]
    assert "disposition" in text and "handoff" in text


@pytest.mark.parametrize(("asked", "shown", "way"), [("en", "en", "ltr"), ("ar", "ar", "rtl"), ("<b>", "en", "ltr")])
def test_the_invented_clinic_speaks_two_languages(knowledge: Knowledge, asked: str, shown: str, way: str) -> None:
    app = FastAPI()
    app.include_router(widget(knowledge, ClinicFile(None)))
    page = TestClient(app).get("/demo", params={"lang": asked}).text
    assert page.startswith(f'<!doctype html>\n<html lang="{shown}" dir="{way}">') and "$" not in page
