"""The widget on a clinic's page: another origin, with a strict policy of its own."""

import json
import re
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from knowledge import Knowledge
from tests.journeys.browsing import free_port, started
from tests.journeys.journeys import (
    HEART,
    HEARTS,
    LANGUAGES,
    WAYS,
    answer_until_the_card,
    at_every_size,
    fits,
    no_violations,
    shot,
    until,
    write,
)  # fmt: skip
from tests.journeys.journeys import opened as alone
from ui.clinic import hashed

pytestmark = pytest.mark.browser

KEY = "the-key-of-this-clinic"
OPEN = "Feeling unwell"
OPENS = {"en": OPEN, "ar": "هل أنت مريض"}
FOCUSED = "document.querySelector('salama-widget').shadowRoot.activeElement"
TOLD = "document.querySelector('salama-widget').shadowRoot.querySelector('[role=status]')"
SHIFTS = """
window.shifts = 0;
new PerformanceObserver((list) => { for (const one of list.getEntries()) window.shifts += one.value; })
  .observe({ type: "layout-shift", buffered: true });
"""


class Sites(NamedTuple):
    """Web origins: Salama, a clinic whose page is allowed, and a site that is not."""

    salama: str
    clinic: str
    stranger: str


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sites]:
    port, folder = free_port(), tmp_path_factory.mktemp("framed")
    settings = folder / "clinic.yaml"
    settings.write_text(
        f"name: Olive Street Clinic\ncolors: {{main: '#7a3e9d'}}\nallowed_origins: ['http://127.0.0.1:{port}']\n"
        "time_zone: Africa/Casablanca\n"
        "opening_hours: {mon: &all ['00:00-24:00'], tue: *all, wed: *all, thu: *all, fri: *all, sat: *all, sun: *all}\n"
        "services: [{name: Walk-in desk, levels: [self_care, routine, soon, today], address: 12 Olive Street,"
        " phone: '+44 20 7946 0000', map: 'https://www.openstreetmap.org/node/1'}]\n"
        f"handover: {{to: the nurse at the desk, key: '{hashed(KEY)}'}}\n"
        "consent: The nurse can open your summary by its code.\n"
    )
    with started(folder, SALAMA_CLINIC=str(settings)) as salama:

        class Page(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                lang = "ar" if self.path == "/ar" else "en"
                color = ' data-color="#0b5d2c"' if lang == "ar" else ""
                tag = f'<script src="{salama}/widget.js" data-lang="{lang}" data-country="GB" data-patience="8000"{color} defer></script>'
                scripts = tag * (2 if self.path == "/twice" else 1)
                words = (
                    f'<!doctype html><html lang="{lang}" dir="{"rtl" if lang == "ar" else "ltr"}"><title>Clinic</title>'
                    f'<main><h1>Clinic</h1><a href="/x">Hours</a></main>{scripts}'
                )
                self.send_response(200)
                self.send_header("content-type", "text/html; charset=utf-8")
                self.send_header(
                    "content-security-policy",
                    f"default-src 'none'; script-src {salama}; frame-src {salama}; require-trusted-types-for 'script'",
                )
                self.end_headers()
                self.wfile.write(words.encode())

            def log_message(self, *_: object) -> None:
                pass

        served = ThreadingHTTPServer(("127.0.0.1", port), Page)
        threading.Thread(target=served.serve_forever, daemon=True).start()
        yield Sites(salama, f"http://127.0.0.1:{port}", f"http://localhost:{port}")
        served.shutdown()


@pytest.fixture
def visitor(screen: Callable[..., Any], sites: Sites) -> Any:
    page = screen(1280, 800).new_page()
    page.set_default_timeout(15_000)
    page.foreign, page.said = [], []
    own = (*sites, "data:", "blob:")
    page.on("request", lambda sent: page.foreign.append(sent.url) if not sent.url.startswith(own) else None)
    page.on("console", lambda said: page.said.append(said.text) if _ours(said) else None)
    page.add_init_script(SHIFTS)
    return page


def _ours(said: Any) -> bool:
    """Whether a line of the console is about us: not what Chromium says of every such sandbox, nor axe between frames."""
    others = ("An iframe which has both allow-scripts", "Failed to execute 'postMessage' on 'DOMWindow'")
    return said.type in ("error", "warning") and not said.text.startswith(others)


def opened(page: Any, address: str, name: str = OPEN) -> Any:
    """Open the widget and return what is in its frame."""
    page.goto(address)
    page.get_by_role("button", name=name).click()
    frame = page.frame_locator("salama-widget iframe")
    frame.locator("html.sal-ready #sal-box textarea").wait_for()
    return frame


@WAYS
def test_a_patient_asks_on_the_clinics_page(visitor: Any, sites: Sites, shots: Path, language: str, width: int) -> None:
    page = visitor
    page.set_viewport_size({"width": width, "height": 640})
    page.goto(f"{sites.clinic}/{language}")
    page.evaluate(
        "window.told = []; for (const name of ['disposition', 'handoff'])"
        " document.addEventListener('salama:' + name, (event) => window.told.push([name, event.detail]))"
    )
    opener = page.get_by_role("button", name=OPENS[language])
    opener.wait_for()
    no_violations(page)
    assert not any("/embed" in frame.url for frame in page.frames), "nothing is loaded before it is asked for"
    opener.focus()
    page.keyboard.press("Enter")
    assert page.get_by_role("dialog", name="Olive Street Clinic").is_visible()
    assert "top-navigation" not in page.locator("salama-widget iframe").get_attribute("sandbox")
    frame = page.frame_locator("salama-widget iframe")
    frame.locator("html.sal-ready #sal-banner strong a[href='tel:999']").wait_for()
    assert "Olive Street Clinic" not in frame.locator("#sal-head").inner_text(), "the bar says it already"
    no_violations(page)
    frame.locator("#sal-box textarea").fill(HEARTS[language])
    frame.locator("#sal-send").click()
    frame.locator("#sal-alert section").wait_for()
    assert frame.locator("#sal-alert a.sal-call[href='tel:999']").is_visible()
    fits(next(one for one in page.frames if "/embed/" in one.url))
    until(page, "window.told.length > 0")
    assert page.evaluate("window.told") == [["disposition", {"disposition": "ambulance"}]]
    frame.locator("#sal-summary > summary").click()
    until(page, "window.told.length > 1")
    assert page.evaluate("window.told[1]") == ["handoff", {}]
    no_violations(page)
    shot(page, shots, f"widget-emergency-{language}")
    assert page.evaluate("window.shifts") == 0
    assert not page.foreign and not page.said


@WAYS
def test_the_panel_keeps_the_focus_and_gives_it_back(
    visitor: Any, sites: Sites, knowledge: Knowledge, language: str, width: int
) -> None:
    page, close = visitor, knowledge.say(language).text["close"]
    page.set_viewport_size({"width": width, "height": 640})
    frame = opened(page, f"{sites.clinic}/{language}", OPENS[language])
    closer = f"{FOCUSED}.textContent === {json.dumps(close)}"
    until(page, closer)
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(f"{FOCUSED}.tagName") == "IFRAME"
    page.get_by_role("button", name=close).focus()
    seen = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.tagName") == "SALAMA-WIDGET", "the page behind is out of reach"
        seen.add(page.evaluate(f"{FOCUSED}.tagName"))
        if page.evaluate(closer):
            break
    assert seen == {"IFRAME", "BUTTON"}, "the focus went through the chat and came round"
    # Escape closes first what is open in the chat, then the panel, and from wherever the focus stands.
    frame.locator("#sal-person > summary").click()
    page.keyboard.press("Escape")
    assert frame.locator("#sal-person[open]").count() == 0 and page.get_by_role("dialog").is_visible()
    for inside in (True, False):
        if inside:
            frame.locator("#sal-box textarea").focus()
        page.keyboard.press("Escape")
        opener = page.get_by_role("button", name=OPENS[language])
        opener.wait_for()
        assert page.evaluate(f"{FOCUSED}.className") == "open"
        assert not page.get_by_role("dialog").is_visible()
        page.keyboard.press("Enter")
        until(page, closer)
    assert not page.foreign and not page.said


def test_the_tab_remembers_that_it_is_open_and_nothing_else(visitor: Any, sites: Sites) -> None:
    page = visitor
    opened(page, sites.clinic)
    assert page.evaluate("({...sessionStorage})") == {"salama-widget-open": "1"}
    assert page.evaluate("Object.keys(localStorage).length + document.cookie.length") == 0
    page.reload()
    close = page.get_by_role("button", name="Close")
    close.wait_for()
    assert page.evaluate("document.activeElement.tagName") == "BODY", "a reload takes no focus"
    close.click()
    page.reload()
    page.get_by_role("button", name=OPEN).wait_for()
    assert not close.is_visible()


def test_a_phone_gets_the_whole_screen_also_from_right_to_left(visitor: Any, sites: Sites, shots: Path) -> None:
    page = visitor
    page.set_viewport_size({"width": 375, "height": 700})
    frame = opened(page, f"{sites.clinic}/ar", "هل أنت مريض")
    assert page.locator("salama-widget .panel").bounding_box() == {"x": 0, "y": 0, "width": 375, "height": 700}
    assert frame.locator("html").get_attribute("dir") == "rtl"
    close = page.locator("salama-widget .bar button")
    assert close.bounding_box()["x"] < 40 and close.bounding_box()["height"] >= 44
    no_violations(page)
    shot(page, shots, "widget-arabic")
    close.click()
    ground = (
        "getComputedStyle(document.querySelector('salama-widget').shadowRoot.querySelector('.open')).backgroundColor"
    )
    assert page.evaluate(ground) == "rgb(11, 93, 44)", "the colour of the line on the page wins over the clinic's"
    opener = page.locator("salama-widget .open").bounding_box()
    assert opener["x"] < 40 and opener["height"] >= 44
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth && window.shifts === 0")


def test_a_script_that_stands_twice_makes_one_button(visitor: Any, sites: Sites) -> None:
    opened(visitor, f"{sites.clinic}/twice")
    assert visitor.locator("salama-widget").count() == 1


def test_a_site_that_is_not_listed_is_refused_and_still_gives_the_number(visitor: Any, sites: Sites) -> None:
    page = visitor
    page.goto(sites.stranger)
    page.get_by_role("button", name=OPEN).click()
    failed = page.locator("salama-widget .failed")
    failed.wait_for()
    assert failed.locator("a[href='tel:999']").is_visible()
    assert page.frame_locator("salama-widget iframe").locator("#sal-box").count() == 0
    no_violations(page)
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(f"{FOCUSED}.textContent") == "Try again"


def test_a_slow_server_leaves_the_number_in_sight_and_is_waited_for(visitor: Any, sites: Sites) -> None:
    page = visitor
    held = []
    page.route(re.compile(r"/embed/\?"), lambda route: held.append(route))
    page.goto(sites.clinic)
    page.get_by_role("button", name=OPEN).click()
    waiting = page.locator("salama-widget .opening")
    assert waiting.locator("a[href='tel:999']").is_visible() and "opening" in waiting.inner_text()
    heard = page.get_by_role("status")
    until(page, f"{TOLD}.textContent.includes('call 999')")
    assert heard.locator("*").count() == 0, "a screen reader would read its parts in any order"
    no_violations(page)
    page.locator("salama-widget .failed").wait_for()
    until(page, f"!{TOLD}.textContent.includes('opening') && {TOLD}.textContent.includes('call 999')")
    # It comes after all, when the patient had been told that it does not.
    held[0].continue_()
    page.frame_locator("salama-widget iframe").locator("#sal-box textarea").wait_for()
    assert not page.locator("salama-widget .failed").is_visible()


def test_a_server_that_is_away_is_said_at_once_and_tried_again(visitor: Any, sites: Sites, shots: Path) -> None:
    page = visitor
    page.route("**/embed/**", lambda route: route.abort())
    page.goto(sites.clinic)
    page.get_by_role("button", name=OPEN).click()
    failed = page.locator("salama-widget .failed")
    failed.wait_for(timeout=7000)
    assert failed.locator("a[href='tel:999']").is_visible() and failed.locator("li").count() == 7
    shot(page, shots, "widget-away")
    page.unroute("**/embed/**")
    page.get_by_role("button", name="Try again").click()
    page.frame_locator("salama-widget iframe").locator("#sal-box textarea").wait_for()


def test_messages_of_others_are_not_passed_on(visitor: Any, sites: Sites) -> None:
    page = visitor
    opened(page, sites.clinic)
    page.evaluate("window.told = 0; document.addEventListener('salama:disposition', () => window.told++)")
    page.evaluate("window.postMessage({salama: 'disposition', disposition: 'self_care'}, '*')")
    inside = page.frames[1]
    inside.evaluate("window.parent.postMessage({salama: 'disposition', disposition: 'I have HIV'}, '*')")
    inside.evaluate("window.parent.postMessage({salama: 'disposition', disposition: 'today', text: 'HIV'}, '*')")
    until(page, "window.told > 0")
    page.wait_for_timeout(200)
    assert page.evaluate("window.told") == 1, "only ours, and only what is one of the six levels"


def test_the_card_says_where_and_when_the_clinic_sees_such_patients(
    screen: Callable[..., Any], sites: Sites, shots: Path
) -> None:
    page = alone(screen(), sites.salama)
    write(page, "I have a sore throat")
    answer_until_the_card(page, ("None", "No"))
    place = page.locator("#sal-card .sal-places")
    assert "Walk-in desk" in place.inner_text() and "until 24:00" in place.inner_text()
    assert place.locator("a[href='tel:+442079460000']").is_visible()
    place.locator("summary").click()
    assert place.locator("tr").count() == 7
    page.locator("#sal-summary > summary").click()
    assert "the nurse at the desk" in page.locator("#sal-summary").inner_text()
    no_violations(page)
    fits(page)
    place.scroll_into_view_if_needed()
    shot(page, shots, "card-clinic")
    assert not page.errors and not page.foreign


@LANGUAGES
def test_a_clinician_opens_the_summary_by_its_code(
    screen: Callable[..., Any], sites: Sites, shots: Path, language: str
) -> None:
    patient = alone(screen(), sites.salama)
    assert "The nurse can open your summary" in patient.locator("#sal-consent").inner_text()
    write(patient, HEART)
    patient.wait_for_selector("#sal-summary", state="attached")
    patient.locator("#sal-summary > summary").click()
    code = patient.locator(".sal-code bdi").inner_text()
    page = screen().new_page()
    page.goto(f"{sites.salama}/clinic?lang={language}")
    at_every_size(page, shots, f"clinic-{language}")
    page.fill("[name=code]", code.lower().replace("-", " "))
    page.fill("[name=key]", "not the key")
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    assert page.locator("[name=key]").input_value() == "", "the key is never written back"
    page.fill("[name=key]", KEY)
    page.keyboard.press("Enter")
    page.locator(".sal-sbar[lang=fr]").wait_for()
    assert "crushing chest pain" in page.locator(".sal-sbar[lang=en]").inner_text()
    assert code not in page.url and KEY not in page.url
    at_every_size(page, shots, f"clinic-open-{language}")


@LANGUAGES
def test_the_invented_clinic_shows_the_widget(visitor: Any, sites: Sites, shots: Path, language: str) -> None:
    page = visitor
    for width, height in ((375, 812), (1280, 800)):
        page.set_viewport_size({"width": width, "height": height})
        page.goto(f"{sites.salama}/demo?lang={language}")
        page.locator("salama-widget .open").wait_for()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        no_violations(page)
        shot(page, shots, f"demo-{language}")
        page.locator("salama-widget .open").click()
        frame = page.frame_locator("salama-widget iframe")
        frame.locator("html.sal-ready #sal-box textarea").wait_for()
        no_violations(page)
        shot(page, shots, f"demo-{language}-open")
        assert page.evaluate("window.shifts") == 0
        page.evaluate("sessionStorage.clear()")
    assert not page.foreign and not page.said
