"""Journeys through the real page in a real browser, at the width of a desk and of a phone."""

from pathlib import Path
from typing import Any

import pytest

from tests.journeys.journeys import HEART, answer_until_the_card, choose, no_violations, shot, until, write

pytestmark = pytest.mark.browser


def test_the_page_says_what_it_is_and_whom_to_call(page: Any, shots: Path) -> None:
    assert page.locator("h1").inner_text() == "Salama"
    text = page.locator("body").inner_text()
    assert "not a doctor" in text and "No clinician has signed" in text and "Who is this for?" in text
    assert page.locator("#sal-banner a[href='tel:15']").is_visible()
    assert page.locator("#sal-box textarea").is_visible()
    no_violations(page)
    shot(page, shots, "first")
    assert not page.errors and not page.foreign


def test_a_heart_attack_shows_the_ambulance_card_with_the_countrys_number(page: Any, shots: Path) -> None:
    choose(page, "United Kingdom")
    page.wait_for_selector("#sal-banner a[href='tel:999']")
    write(page, HEART)
    alert = page.locator("#sal-alert [role=alert] section")
    alert.wait_for(timeout=10_000)
    assert alert.get_attribute("data-disposition") == "ambulance"
    assert "999" in alert.inner_text() and "15 now" not in alert.inner_text()
    call = alert.locator("a.sal-call[href='tel:999']")
    assert call.is_visible()
    until(page, "document.activeElement === document.querySelector('#sal-alert section')")
    place = call.bounding_box()
    assert place is not None and place["y"] >= 0 and place["y"] + place["height"] <= page.viewport_size["height"]
    no_violations(page)
    shot(page, shots, "emergency")
    assert not page.errors and not page.foreign


def test_a_question_stands_on_the_screen_with_its_answers(page: Any, shots: Path) -> None:
    write(page, "I have a headache")
    question = page.locator("#sal-question section")
    question.wait_for(timeout=10_000)
    page.wait_for_timeout(300)
    banner = page.locator("#sal-banner").bounding_box()
    below = page.locator("#sal-write").bounding_box()
    for part in (question, page.locator("#sal-chips button").last):
        place = part.bounding_box()
        assert place["y"] >= banner["y"] + banner["height"] - 1
        assert place["y"] + place["height"] <= below["y"] + 1
    assert "more question" in question.inner_text().lower() or "Last question" in question.inner_text()
    no_violations(page)
    shot(page, shots, "question")


def test_a_cold_in_french_closes_with_a_citation(page: Any, shots: Path) -> None:
    choose(page, "Français")
    until(page, "document.querySelector('#sal-head').innerText.includes('médecin')")
    write(page, "j'ai le nez qui coule et je tousse un peu depuis deux jours, rien d'autre, j'ai 34 ans")
    answer_until_the_card(page, ("Aucun", "Non", "Rien", "Pas"))
    card = page.locator("#sal-card section")
    assert card.get_attribute("data-disposition") in ("self_care", "routine")
    card.locator(".sal-sources summary").click()
    assert card.locator(".sal-sources li").count() >= 1
    no_violations(page)
    shot(page, shots, "cold")
    assert not page.errors and not page.foreign


def test_what_a_patient_writes_is_shown_as_text(page: Any) -> None:
    write(page, "<img src=x onerror=\"document.title='owned'\"> ![x](http://evil.example/x.png) <b>bold</b> cough")
    until(page, "document.querySelector('#sal-chat').innerText.includes('<img src=x')")
    page.wait_for_selector("#sal-question section, .sal-card")
    assert page.locator("#sal-chat img[src*=evil], #sal-chat b").count() == 0
    assert page.title() == "Salama"
    assert not page.foreign


def test_the_summary_can_be_read_and_printed(page: Any) -> None:
    write(page, HEART)
    page.locator("#sal-alert section").wait_for()
    page.click("#sal-summary")
    page.wait_for_selector(".sal-handoff")
    assert "Possible heart attack" in page.locator(".sal-handoff").inner_text()
    until(page, "document.activeElement.className === 'sal-handoff'")
    no_violations(page)
    page.emulate_media(media="print")
    assert page.locator(".sal-handoff").is_visible() and page.locator(".sal-card").is_visible()
    assert not page.locator("#sal-chat").is_visible() and not page.locator("#sal-write").is_visible()


def test_a_person_is_always_within_reach(page: Any) -> None:
    page.locator("#sal-person summary").click()
    assert page.locator("#sal-person a[href='tel:15']").is_visible()
