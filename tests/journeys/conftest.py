"""One server and one browser for all journeys."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.browsing import ROOT, browsing, chromium_path, started
from tests.journeys.journeys import LEFT, opened


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with started(tmp_path_factory.mktemp("served")) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    path = chromium_path()
    if path is None:
        pytest.skip("no Chromium on this machine")
    with browsing(path) as browser:
        yield browser


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
def language() -> str:
    """Language of the page, where a test names no others."""
    return "en"


@pytest.fixture
def width() -> int:
    """Pixels of the screen, where a test names no others."""
    return 375


@pytest.fixture
def phone(screen: Callable[..., Any], server: str, language: str, width: int) -> Iterator[Any]:
    """The page on a telephone; whatever is done with it, the console stays clean and no other host is asked."""
    page = opened(screen(width), server, f"lang={language}&country=MA")
    yield page
    assert not page.foreign
    # What a test cuts off itself is no fault of ours either.
    others = ("Failed to load resource: net::ERR_FAILED", *LEFT)
    assert [said for said in page.errors if not said.startswith(others)] == []


@pytest.fixture
def shots() -> Path:
    """Where screenshots go, to be looked at."""
    folder = ROOT / "reports" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
