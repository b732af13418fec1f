"""A real server and a real browser."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

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


def opened(chromium: Any, server: str, width: int, height: int) -> Iterator[Any]:
    context = chromium.new_context(viewport={"width": width, "height": height}, locale="en-GB")
    context.set_default_timeout(40_000)
    page = context.new_page()
    page.errors = []
    page.foreign = []
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.on("console", lambda said: page.errors.append(said.text) if said.type == "error" else None)
    own = (server, "data:", "blob:")
    page.on("request", lambda sent: page.foreign.append(sent.url) if not sent.url.startswith(own) else None)
    page.goto(server)
    page.wait_for_selector("#sal-box textarea")
    page.wait_for_selector("#sal-tools input[name=token]:not([value=''])", state="attached")
    yield page
    context.close()


@pytest.fixture(params=[(1280, 900), (375, 812)], ids=["desk", "phone"])
def page(request: pytest.FixtureRequest, chromium: Any, server: str) -> Iterator[Any]:
    yield from opened(chromium, server, *request.param)


@pytest.fixture
def phone(chromium: Any, server: str) -> Iterator[Any]:
    yield from opened(chromium, server, 375, 812)


@pytest.fixture
def shots() -> Path:
    """Where screenshots go, to be looked at."""
    folder = ROOT / "reports" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
