"""A real server and a real browser, for the journeys and for the two commands beside them."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def started(folder: Path, **settings: str) -> Iterator[str]:
    """`salama serve` as an operator starts it, without a model."""
    port = settings.setdefault("SALAMA_PORT", str(free_port()))
    environment = {
        **os.environ,
        "SALAMA_LM": "none",
        "SALAMA_ENCODER": "none",
        "SALAMA_DATA": str(folder),
        **settings,
    }
    with subprocess.Popen(
        [sys.executable, "-m", "ui.cli", "serve"], env=environment, cwd=ROOT, stdout=subprocess.DEVNULL
    ) as process:
        address = f"http://127.0.0.1:{port}"
        for _ in range(3000):
            try:
                urllib.request.urlopen(f"{address}/readyz", timeout=1).read()
                break
            except OSError:
                assert process.poll() is None, "the server stopped"
                time.sleep(0.1)
        else:
            raise AssertionError("the server did not start within five minutes")
        try:
            yield address
        finally:
            process.terminate()
            process.wait(timeout=20)


@contextmanager
def serving(address: str | None) -> Iterator[str]:
    """A server that runs already, or one of our own."""
    if address is not None:
        yield address.rstrip("/")
        return
    with tempfile.TemporaryDirectory() as data, started(Path(data)) as own:
        yield own


def chromium_path() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@contextmanager
def browsing(path: str) -> Iterator[Any]:
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
