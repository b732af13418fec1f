"""`salama content`: a clinic imports, signs, compares and tries a change, with the real command and the real content."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from knowledge.overlay import packaged
from triage import ConfigurationError, Settings
from ui.app import create_app
from ui.cli import main

LEAFLET = """---
title: Dry skin at work
slug: skin-work
language: en
licence: CC0-1.0
sources: [nhs-headache]
---
## do
- Use a plain cream.
"""
BY = "Dr Amina N., medical director"
BANNER = "No clinician has signed this content yet"
Salama = Callable[..., tuple[int, str]]


@pytest.fixture
def salama(capsys: pytest.CaptureFixture[str]) -> Salama:
    def run(*words: str) -> tuple[int, str]:
        code = main(["content", *words])
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return code, said.out + said.err

    return run


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clinic's folder with one imported leaflet."""
    place = tmp_path_factory.mktemp("clinic")
    (place / "in").mkdir()
    (place / "in" / "skin-work.md").write_text(LEAFLET, encoding="utf-8")
    assert main(["content", "import", str(place / "in"), "--to", str(place / "content")]) == 0
    return place / "content"


def server(folder: Path, tmp_path: Path) -> TestClient:
    settings = Settings(data=tmp_path, content=folder, require_signed=True, lm="none", encoder="none", database="none")
    return TestClient(create_app(settings))


def test_signed_content_is_served_and_altered_content_is_not(
    folder: Path, tmp_path: Path, salama: Salama, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SALAMA_CONTENT", str(folder))
    code, said = salama("sign", "--by", BY, "--items", "article:skin-work.en")
    assert code == 0 and "1 items signed by Dr Amina N." in said and "not signed: " in said
    code, said = salama("sign", "--by", BY)
    assert code == 0 and "everything is signed" in said
    client = server(folder, tmp_path)
    ready = client.get("/readyz").json()
    assert ready["signed"] is True and ready["unsigned_items"] == 0 and ready["altered_items"] == []
    assert BANNER not in client.get("/chat/").text

    article = folder / "articles" / "skin-work.en.md"
    kept = article.read_text(encoding="utf-8")
    article.write_text(kept.replace("a plain cream", "any cream"), encoding="utf-8")
    try:
        with pytest.raises(ConfigurationError, match=r"altered since it was signed: article:skin-work\.en"):
            server(folder, tmp_path)
        code, said = salama("diff", "--against", "signed")
        assert code == 0
        assert 'Article skin-work.en "Dry skin at work": changed' in said
        assert "'what you can do' says now: Use any cream." in said and "no longer says: Use a plain cream." in said
    finally:
        article.write_text(kept, encoding="utf-8")


def test_a_clinics_folder_is_compared_with_the_packaged_content(
    folder: Path, salama: Salama, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SALAMA_CONTENT", str(folder))
    code, said = salama("diff")
    assert code == 0 and said == 'Article skin-work.en "Dry skin at work": new\n    sentences: what you can do: 1\n'


@pytest.fixture
def suites(tmp_path: Path) -> list[Path]:
    """The same two cases as a seen and as an unseen suite."""
    cases = [
        {"id": "droop", "turns": ["my face is drooping on one side"], "reference": ["ambulance"]},
        {"id": "cold", "turns": ["I have a runny nose"], "reference": ["self_care", "routine"]},
    ]
    lines = "\n".join(json.dumps(case) for case in cases)
    paths = [tmp_path / "tiny.jsonl", tmp_path / "tiny_unseen.jsonl"]
    for path in paths:
        path.write_text(lines.replace('"droop"', f'"{path.stem}.droop"'), encoding="utf-8")
    return paths


def test_a_danger_sign_without_a_title_for_clinicians_is_named(
    tmp_path: Path, salama: Salama, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SALAMA_CONTENT", str(tmp_path))
    (tmp_path / "red_flags").mkdir()
    rules = (packaged() / "red_flags" / "skin.yaml").read_text(encoding="utf-8")
    own = tmp_path / "red_flags" / "skin.yaml"
    own.write_text(re.sub(r"(?m)^    (fr|ar): .*\n", "", rules, count=2), encoding="utf-8")
    code, said = salama("check")
    rule = "rule skin.drug_rash_with_blisters_or_sore_mucosa"
    assert code == 1 and f"untitled: {rule}: no title in fr, ar; a summary would show the English one" in said
    own.write_text(re.sub(r"(?m)^    en: .*\n", "", rules, count=1), encoding="utf-8")
    code, said = salama("check")
    assert code == 2 and f"{rule}: has no English title" in said


def test_a_change_that_lowers_an_emergency_is_blocked(
    tmp_path: Path, suites: list[Path], salama: Salama, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SALAMA_CONTENT", raising=False)
    changed = tmp_path / "changed"
    (changed / "red_flags").mkdir(parents=True)
    rules = (packaged() / "red_flags" / "neuro.yaml").read_text(encoding="utf-8")
    (changed / "red_flags" / "neuro.yaml").write_text(
        rules.replace("disposition: ambulance", "disposition: today"), encoding="utf-8"
    )
    (changed / "articles").mkdir()
    article = (packaged() / "articles" / "cough.en.md").read_text(encoding="utf-8")
    (changed / "articles" / "cough.en.md").write_text(article.replace("\n## do\n", "\n## do\n\n- Sit up.\n"), "utf-8")
    code, said = salama("impact", str(changed), "--suite", str(suites[0]), "--suite", str(suites[1]))
    assert code == 1, said
    assert "of 1 articles change: cough.en" in said
    assert "suite tiny: 1 of 2 cases change their level, 1 emergencies are lowered" in said
    assert "tiny.droop: ambulance -> " in said and "LOWERS AN EMERGENCY" in said
    assert "suite tiny_unseen (unseen: counts only): 1 of 2 cases" in said and "tiny_unseen.droop" not in said
    assert "BLOCKED: the change lowers 2 emergency case(s)" in said


@pytest.mark.parametrize(
    ("words", "content", "says"),
    [
        (("sign", "--by", BY), "", "SALAMA_CONTENT is not set"),
        (("diff", "--against", "signed"), "", "SALAMA_CONTENT is not set"),
        (("check",), "nowhere", "'nowhere' is not a folder"),
        (("impact", "nowhere"), "", "'nowhere' is not a folder"),
        (("import", "nowhere.xml", "--to", "x"), "", "nowhere.xml: is neither a file nor a folder"),
    ],
)
def test_a_mistake_is_one_clear_line(
    words: tuple[str, ...], content: str, says: str, salama: Salama, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SALAMA_CONTENT", content)
    code, said = salama(*words)
    assert code == 2 and says in said and len(said.strip().splitlines()) == 1
