"""A real server and a real browser."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.journeys import opened

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def started(folder: Path, **settings: str) -> Iterator[str]:
    """`salama serve` as an operator starts it, without a model."""
    port = free_port()
    environment = {
        **os.environ,
        "SALAMA_PORT": str(port),
        "SALAMA_LM": "none",
        "SALAMA_ENCODER": "none",
        "SALAMA_DATA": str(folder),
        **settings,
    }
    with subprocess.Popen(
        [sys.executable, "-m", "ui.cli", "serve"], env=environment, cwd=ROOT, stdout=subprocess.DEVNULL
    ) as process:
        address = f"http://127.0.0.1:{port}"
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{address}/readyz", timeout=1).read()
                break
            except OSError:
                assert process.poll() is None, "the server stopped"
                time.sleep(0.1)
        yield address
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with started(tmp_path_factory.mktemp("served")) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            args=[
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
                "--disable-background-networking", "--disable-component-update",
            ],
        )  # fmt: skip
        yield browser
        browser.close()


@pytest.fixture
def screen(chromium: Any) -> Iterator[Callable[..., Any]]:
    """Browser windows of any size and kind, closed after the test."""
    contexts = []

    def window(width: int = 375, height: int = 812, **more: Any) -> Any:
        context = chromium.new_context(viewport={"width": width, "height": height}, locale="en-GB", **more)
        context.set_default_timeout(30_000)
        contexts.append(context)
        return context

    yield window
    for context in contexts:
        context.close()


@pytest.fixture
def phone(screen: Callable[..., Any], server: str) -> Any:
    return opened(screen(), server)


@pytest.fixture
def shots() -> Path:
    """Where screenshots go, to be looked at."""
    folder = ROOT / "reports" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
