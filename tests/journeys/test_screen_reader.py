"""A real screen reader, Orca, reads the page in a real window; `pytest -s` prints what it says.

Skipped where Orca, Xvfb or D-Bus is not installed. There is no sound: what is spoken is read from Orca's own log.
"""

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.journeys.browsing import chromium_path
from tests.journeys.journeys import HEARTS, alive, write
from tests.journeys.listening import NEEDED, Reader, listening

pytestmark = pytest.mark.browser

BURIED = 300
"""Letters that may be spoken before what is urgent: what was typed, that it is being read, the heading."""


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    missing = [name for name in NEEDED if shutil.which(name) is None]
    if missing:
        pytest.skip(f"no {', '.join(missing)} on this machine")
    with listening(tmp_path_factory.mktemp("reader")) as orca:
        yield orca


@pytest.fixture
def window(reader: Reader, chromium: Any, server: str) -> Iterator[Callable[[str], Any]]:
    """Pages in a window that Orca sees."""
    options = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--force-renderer-accessibility"]
    how = {"executable_path": chromium_path(), "headless": False, "env": reader.environment, "args": options}
    browser = chromium.browser_type.launch(**how)

    def page(address: str) -> Any:
        found = browser.new_page()
        found.goto(f"{server}{address}")
        if address.startswith("/chat/"):
            alive(found)
        reader.afresh()
        return found

    yield page
    browser.close()


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_an_emergency_is_spoken_at_once(window: Callable[[str], Any], reader: Reader, language: str) -> None:
    page = window(f"/chat/?lang={language}&country=GB")
    page.focus("#sal-box textarea")
    page.keyboard.insert_text(HEARTS[language])
    page.keyboard.press("Enter")
    page.wait_for_selector("#sal-alert section")
    heading, action = (page.locator(f"#sal-alert {part}").inner_text() for part in ("h2", ".sal-action"))
    assert "999" in heading
    said = reader.hears(heading, action)
    first = next(number for number, text in enumerate(said) if heading in text and action in text)
    assert sum(map(len, said[:first])) < BURIED, "the number is buried"
    assert "▾" not in " ".join(said)


def test_questions_and_advice_are_spoken(window: Callable[[str], Any], reader: Reader) -> None:
    page = window("/chat/?lang=en&country=GB")
    write(page, "I am 35 and I have a runny nose and a cough")
    for _ in range(9):
        page.wait_for_selector("#sal-question section, #sal-card section")
        reader.hears(page.locator(":is(#sal-question, #sal-card) h2").first.inner_text())
        if page.locator("#sal-card section").count():
            break
        turn = page.locator("#sal-question section").get_attribute("data-turn")
        reader.afresh()
        page.locator("#sal-chips button[name=say]").last.press("Enter")
        page.wait_for_selector(f"#sal-question section:not([data-turn='{turn}']), #sal-card section")
    reader.hears(page.locator("#sal-card .sal-action").inner_text(), "How soon")


def test_the_way_to_a_person_and_a_broken_line_are_spoken(window: Callable[[str], Any], reader: Reader) -> None:
    page = window("/chat/?lang=en&country=MA")
    page.focus("#sal-person > summary")
    page.keyboard.press("Enter")
    reader.hears("I need a person now", "call 15: a person will answer")
    reader.afresh()
    page.context.set_offline(True)
    reader.hears("There is no connection. Your message was not sent. I keep trying. If it is urgent, call 15 now.")


def test_the_widget_is_a_dialog_with_a_name(window: Callable[[str], Any], reader: Reader) -> None:
    page = window("/demo?lang=en")
    page.focus("salama-widget .open")
    page.keyboard.press("Enter")
    reader.hears("Salama dialog", "Close")
    reader.afresh()
    page.keyboard.press("Escape")
    reader.hears("Feeling unwell? Ask here")
