"""The widget on a clinic's page: another origin, with a strict policy of its own."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from tests.journeys.browsing import free_port, started
from tests.journeys.journeys import HEART, no_violations, until

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str, str]]:
    """A server whose widget is allowed on one origin only; returns it, that origin, and another one."""
    port = free_port()
    with started(tmp_path_factory.mktemp("framed"), SALAMA_FRAME_ANCESTORS=f'["http://127.0.0.1:{port}"]') as salama:

        class Page(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                script = f'<script src="{salama}/widget.js" data-lang="en" data-country="GB" data-patience="4000" defer></script>'
                words = f'<!doctype html><html lang="en"><title>Clinic</title><main><h1>Clinic</h1><a href="/x">Hours</a></main>{script}'
                self.send_response(200)
                self.send_header("content-type", "text/html")
                self.send_header(
                    "content-security-policy", f"default-src 'none'; script-src {salama}; frame-src {salama}"
                )
                self.end_headers()
                self.wfile.write(words.encode())

            def log_message(self, *_: object) -> None:
                pass

        served = ThreadingHTTPServer(("127.0.0.1", port), Page)
        threading.Thread(target=served.serve_forever, daemon=True).start()
        yield salama, f"http://127.0.0.1:{port}", f"http://localhost:{port}"
        served.shutdown()


@pytest.fixture
def visitor(chromium: Any, clinic: tuple[str, str, str]) -> Iterator[Any]:
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.foreign = []
    own = (clinic[0], clinic[1], clinic[2], "data:", "blob:")
    page.on("request", lambda sent: page.foreign.append(sent.url) if not sent.url.startswith(own) else None)
    yield page
    context.close()


def test_a_patient_asks_on_the_clinics_page(visitor: Any, clinic: tuple[str, str, str]) -> None:
    page = visitor
    page.goto(clinic[1])
    page.evaluate(
        "window.told = []; for (const name of ['disposition', 'handoff'])"
        " document.addEventListener('salama:' + name, (event) => window.told.push([name, event.detail]))"
    )
    opener = page.get_by_role("button", name="Feeling unwell")
    opener.wait_for()
    assert not any("/embed" in frame.url for frame in page.frames), "nothing is loaded before it is asked for"
    opener.focus()
    page.keyboard.press("Enter")
    frame = page.frame_locator("salama-widget iframe")
    frame.locator("#sal-banner strong a[href='tel:999']").wait_for()
    frame.locator("#sal-box textarea").fill(HEART)
    frame.locator("#sal-send").click()
    frame.locator("#sal-alert section").wait_for()
    until(page, "window.told.length > 0")
    assert page.evaluate("window.told") == [["disposition", {"disposition": "ambulance"}]]
    no_violations(page)
    page.keyboard.press("Escape")
    opener.wait_for()
    assert page.evaluate("document.activeElement.shadowRoot.activeElement.className") == "open"
    assert not page.foreign


def test_the_panel_keeps_the_focus_and_the_tab_remembers_it(visitor: Any, clinic: tuple[str, str, str]) -> None:
    page = visitor
    page.goto(clinic[1])
    page.get_by_role("button", name="Feeling unwell").click()
    close = page.get_by_role("button", name="Close")
    focused = "document.querySelector('salama-widget').shadowRoot.activeElement"
    until(page, f"{focused}.textContent === 'Close'")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(f"{focused}.tagName") == "IFRAME"
    assert page.evaluate("sessionStorage.getItem('salama-widget-open')") == "1"
    assert page.evaluate("Object.keys(localStorage).length") == 0
    page.reload()
    close.wait_for()
    close.click()
    page.reload()
    page.get_by_role("button", name="Feeling unwell").wait_for()
    assert not close.is_visible()


def test_a_phone_gets_the_whole_screen(visitor: Any, clinic: tuple[str, str, str]) -> None:
    page = visitor
    page.set_viewport_size({"width": 375, "height": 700})
    page.goto(clinic[1])
    page.get_by_role("button", name="Feeling unwell").click()
    assert page.locator("salama-widget .panel").bounding_box() == {"x": 0, "y": 0, "width": 375, "height": 700}


def test_a_site_that_is_not_listed_is_refused_and_still_gives_the_number(
    visitor: Any, clinic: tuple[str, str, str]
) -> None:
    page = visitor
    page.goto(clinic[2])
    page.get_by_role("button", name="Feeling unwell").click()
    failed = page.locator("salama-widget .failed")
    failed.wait_for()
    assert "999" in failed.inner_text()
    assert page.frame_locator("salama-widget iframe").locator("#sal-box").count() == 0


def test_messages_of_others_are_not_passed_on(visitor: Any, clinic: tuple[str, str, str]) -> None:
    page = visitor
    page.goto(clinic[1])
    page.get_by_role("button", name="Feeling unwell").click()
    page.evaluate("window.told = 0; document.addEventListener('salama:disposition', () => window.told++)")
    page.evaluate("window.postMessage({salama: 'disposition', disposition: 'self_care'}, '*')")
    page.wait_for_timeout(300)
    assert page.evaluate("window.told") == 0


def test_the_demonstration_page_has_the_widget(visitor: Any, clinic: tuple[str, str, str]) -> None:
    visitor.goto(f"{clinic[0]}/demo")
    visitor.get_by_role("button", name="Feeling unwell").click()
    visitor.frame_locator("salama-widget iframe").locator("#sal-box textarea").wait_for()
