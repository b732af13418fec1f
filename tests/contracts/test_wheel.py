"""The built wheel holds the content and answers from any folder."""

import json
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_the_wheel_answers_in_a_clean_environment(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", str(tmp_path), str(ROOT)],
        check=True,
        capture_output=True,
        timeout=280,
    )
    (wheel,) = tmp_path.glob("salama-*.whl")
    home = tmp_path / "venv"
    venv.create(home, with_pip=True)
    subprocess.run(
        [str(home / "bin" / "python"), "-m", "pip", "install", "--quiet", str(wheel)],
        check=True,
        capture_output=True,
        timeout=280,
    )
    done = subprocess.run(
        [str(home / "bin" / "salama"), "assess"],
        input=json.dumps({"id": "w", "text": "my face is drooping on one side"}).encode() + b"\n",
        capture_output=True,
        cwd=tmp_path,
        timeout=120,
        check=True,
    )
    row = json.loads(done.stdout)
    assert row["disposition"] == "ambulance" and row["id"] == "w"
    assert not (tmp_path / ".salama").exists()
