"""The command line: clear errors, exit codes, no traceback."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.triage.fhir.checking import checked
from triage import Encounter, Settings, TriagePipeline, build_pipeline
from ui.cli import main


def salama(*words: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    import os

    return subprocess.run(
        [sys.executable, "-m", "ui.cli", *words],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, **environment},
        check=False,
    )


def test_content_check_counts_and_says_unsigned() -> None:
    done = salama("content", "check")
    assert done.returncode == 0, done.stderr
    assert "rules" in done.stdout and "not clinically signed" in done.stdout


def test_settings_hide_secrets() -> None:
    done = salama("settings", SALAMA_LM_KEY="topsecret", SALAMA_SECRET="hidden")
    assert "SALAMA_PORT=7860" in done.stdout
    assert "topsecret" not in done.stdout and "hidden" not in done.stdout


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({"SALAMA_PORT": "many"}, "SALAMA_PORT"),
        ({"SALAMA_LANGUAGE": "xx"}, "ary-Latn"),
        ({"SALAMA_LM_TIMEOUT": "-1"}, "SALAMA_LM_TIMEOUT"),
        ({"SALAMA_DATABASE": "nonsense"}, "SALAMA_DATABASE"),
    ],
)
def test_a_wrong_setting_is_one_clear_line(environment: dict[str, str], says: str) -> None:
    done = salama("purge", "--days", "1", **environment)
    assert done.returncode == 2
    assert says in done.stderr and "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_chat_talks_until_the_input_ends(tmp_path: Path) -> None:
    done = salama("chat", stdin="I have chest pain and my arm hurts\n1\n", SALAMA_DATA=str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "15" in done.stdout and "***" in done.stdout


def test_a_stored_encounter_is_exported_and_purged(tmp_path: Path) -> None:
    environment = {"SALAMA_DATA": str(tmp_path)}
    salama("chat", stdin="I have a cough\n", **environment)
    unknown = salama("export", "nobody", **environment)
    assert unknown.returncode == 2 and "nobody" in unknown.stderr
    assert "1 encounters deleted" in salama("purge", "--days", "0", **environment).stdout


def test_coverage_is_written_where_it_is_wanted(tmp_path: Path) -> None:
    done = salama("content", "coverage", "--out", str(tmp_path / "docs" / "coverage.md"))
    assert done.returncode == 0 and "0 gaps under ambulance rules" in done.stdout, done.stderr
    assert "| domain | concepts |" in (tmp_path / "docs" / "coverage.md").read_text(encoding="utf-8")


def test_random_dialogues_are_played_by_number(tmp_path: Path) -> None:
    done = salama("eval", "--dialogues", "3", "--first", "20", "--seed", "2")
    assert done.returncode == 0 and "3 random dialogues (seed 2)" in done.stdout, done.stdout + done.stderr
    missing = salama("eval", "nothing.yaml")
    assert missing.returncode == 2 and "nothing.yaml" in missing.stderr


def test_a_stored_encounter_is_exported_as_a_document(
    pipeline: TriagePipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SALAMA_DATA", str(tmp_path))
    # the content is loaded once; the store is the command's own
    monkeypatch.setattr("ui.cli.build_pipeline", lambda settings: build_pipeline(settings, like=pipeline))
    stored = build_pipeline(Settings(data=tmp_path), like=pipeline)
    told, empty = Encounter(country="FR"), Encounter(country="FR")
    stored.respond(told, "I have a cough and 38.5")
    stored.store.save(empty)
    assert main(["export", told.id, "--fhir"]) == 0
    assert checked(capsys.readouterr().out)["language"] == "fr"
    assert main(["export", told.id, "--fhir", "--language", "en"]) == 0
    assert checked(capsys.readouterr().out)["language"] == "en"
    assert main(["export", empty.id, "--fhir"]) == 2
    assert "nothing was told yet" in capsys.readouterr().err
    monkeypatch.setitem(sys.modules, "fhir.resources.R4B.bundle", None)
    assert main(["export", told.id, "--fhir"]) == 2
    assert "pip install 'salama[fhir]'" in capsys.readouterr().err
