"""Journeys through the real page in a real browser, at the width of a desk and of a phone."""

from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

HEART = "I have crushing chest pain going down my left arm and I'm sweating"
WIDTHS = [(1280, 900), (375, 812)]


@pytest.fixture(params=WIDTHS, ids=["desk", "phone"])
def page(request: pytest.FixtureRequest, chromium: Any, server: str) -> Any:
    width, height = request.param
    context = chromium.new_context(viewport={"width": width, "height": height}, locale="en-GB")
    found = context.new_page()
    found.errors = []
    found.foreign = []
    found.on("pageerror", lambda error: found.errors.append(str(error)))
    found.on(
        "request",
        lambda sent: found.foreign.append(sent.url) if not sent.url.startswith((server, "data:", "blob:")) else None,
    )
    found.goto(server)
    found.wait_for_selector("#sal-box textarea")
    yield found
    context.close()


def write(page: Any, text: str) -> None:
    page.fill("#sal-box textarea", text)
    page.click("#sal-send")


def choose_country(page: Any, name: str) -> None:
    page.locator("#sal-choices").get_by_text(name, exact=True).click()


def shot(page: Any, shots: Path, name: str) -> None:
    width = page.viewport_size["width"]
    page.screenshot(path=str(shots / f"{name}-{width}.png"), full_page=True)


def test_the_page_says_what_it_is_and_whom_to_call(page: Any, shots: Path) -> None:
    assert page.locator("h1").inner_text() == "Salama"
    text = page.locator("body").inner_text()
    assert "not a doctor" in text and "No clinician has signed" in text
    assert page.locator("#sal-banner a[href='tel:15']").is_visible()
    shot(page, shots, "first")


def test_a_heart_attack_shows_the_ambulance_card_with_the_countrys_number(page: Any, shots: Path) -> None:
    choose_country(page, "United Kingdom")
    page.wait_for_selector("#sal-banner a[href='tel:999']")
    write(page, HEART)
    alert = page.locator("#sal-alert [role=alert] section")
    alert.wait_for(timeout=10_000)
    assert alert.get_attribute("data-disposition") == "ambulance"
    assert "999" in alert.inner_text()
    assert alert.locator("a.sal-call[href='tel:999']").is_visible()
    assert page.evaluate("document.activeElement === document.querySelector('#sal-alert section')")
    shot(page, shots, "emergency")
    assert not page.errors and not page.foreign


def test_a_cold_in_french_closes_with_a_citation(page: Any, shots: Path) -> None:
    page.locator("#sal-choices").get_by_text("Français", exact=True).click()
    page.wait_for_function("document.querySelector('#sal-head').innerText.includes('médecin')")
    write(page, "j'ai le nez qui coule et je tousse un peu depuis deux jours, rien d'autre")
    for step in range(9):
        page.wait_for_function(
            "(step) => document.querySelectorAll('#sal-chat .bot, #sal-chat [data-testid=bot]').length >= step + 2"
            " || document.querySelector('#sal-card section')",
            arg=step,
            timeout=15_000,
        )
        page.wait_for_timeout(300)
        if page.locator("#sal-card section").count():
            break
        if step == 0:
            shot(page, shots, "question")
        labels = page.locator("#sal-chips button:visible").all_inner_texts()
        answer = next((label for label in labels if label.startswith(("Aucun", "Non"))), None)
        if answer:
            page.locator("#sal-chips").get_by_role("button", name=answer, exact=True).click()
        else:
            write(page, "34 ans")
        page.wait_for_timeout(500)
    card = page.locator("#sal-card section")
    card.wait_for(timeout=10_000)
    assert card.get_attribute("data-disposition") in ("self_care", "routine")
    card.locator("summary").click()
    assert card.locator(".sal-sources li").count() >= 1
    shot(page, shots, "cold")
    assert not page.errors and not page.foreign


def test_what_a_patient_writes_is_shown_as_text(page: Any) -> None:
    write(page, "<img src=x onerror=\"document.title='owned'\"> ![x](http://evil.example/x.png) <b>bold</b> cough")
    page.wait_for_function("document.querySelector('#sal-chat').innerText.includes('<img src=x')")
    assert page.locator("#sal-chat img[src*=evil], #sal-chat b").count() == 0
    assert page.title() == "Salama"
    assert not page.foreign


def test_nothing_the_patient_wrote_stays_in_the_browser(page: Any) -> None:
    write(page, "I have a secretcough")
    page.wait_for_function("document.querySelector('#sal-chat').innerText.includes('secretcough')")
    page.wait_for_timeout(1000)
    stored = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
    assert "secretcough" not in stored


def test_restart_begins_anew_and_the_summary_can_be_read(page: Any) -> None:
    write(page, HEART)
    page.locator("#sal-alert section").wait_for()
    page.click("#sal-summary")
    page.wait_for_selector(".sal-handoff")
    assert "Possible heart attack" in page.locator(".sal-handoff").inner_text()
    page.click("#sal-restart")
    page.wait_for_function("!document.querySelector('#sal-alert section')")
    assert "crushing" not in page.locator("#sal-chat").inner_text()
