"""An unmodified third-party harness (Inspect) drives Salama's chat endpoint, in an environment of its own."""

import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from triage import Settings
from ui.app import create_app

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "docs" / "examples" / "inspect"
MINUTES = 10


@pytest.fixture(scope="module")
def inspect(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `inspect` command, installed as the example's README line says."""
    folder = tmp_path_factory.mktemp("inspect")
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True, timeout=120)
    done = subprocess.run(
        [str(folder / "bin" / "pip"), "install", "-q", "-r", str(EXAMPLE / "requirements.txt")],
        capture_output=True,
        text=True,
        timeout=MINUTES * 60,
    )
    if done.returncode:
        pytest.skip(f"inspect-ai cannot be installed here: {done.stderr.strip()[-200:]}")
    return folder / "bin" / "inspect"


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    """Salama itself on loopback, without a model."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app = create_app(Settings(data=tmp_path, lm="none", encoder="none", port=port))
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}/v1"
    server.should_exit = True


@pytest.mark.slow
@pytest.mark.timeout(MINUTES * 60)
def test_inspect_measures_salama_over_its_chat_endpoint(inspect: Path, served: str, tmp_path: Path) -> None:
    # Inspect takes no absolute path of a task, and leaves files where it runs: not in the project
    task = shutil.copy(EXAMPLE / "triage.py", tmp_path)
    suite = tmp_path / "two.jsonl"
    rows = [
        {"id": "heart", "turns": ["hello", "crushing chest pain and sweating"], "reference": ["ambulance"]},
        {"id": "wrong", "turns": ["crushing chest pain and sweating"], "reference": ["self_care"]},
    ]
    suite.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    options = {"-T": f"suite={suite}", "--model": "openai-api/salama/salama", "--log-dir": str(tmp_path / "logs")}
    options |= {"--log-format": "json", "--display": "none"}
    done = subprocess.run(
        [str(inspect), "eval", Path(task).name, *(word for pair in options.items() for word in pair)],
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "SALAMA_API_KEY": "none",
            "SALAMA_BASE_URL": served,
        },
        capture_output=True,
        text=True,
        timeout=MINUTES * 60,
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    [log] = (tmp_path / "logs").glob("*.json")
    report = json.loads(log.read_text(encoding="utf-8"))
    assert report["status"] == "success"
    scores = {sample["id"]: sample["scores"]["level"]["value"] for sample in report["samples"]}
    assert scores == {"heart": "C", "wrong": "I"}
