"""The whole page in five languages, right to left where they are written so."""

from pathlib import Path
from typing import Any

import pytest

from tests.journeys.journeys import choose, no_violations, shot, until, write

pytestmark = pytest.mark.browser

HEART = {
    "ar": "أشعر بألم شديد ضاغط في صدري يمتد إلى ذراعي الأيسر وأتعرق",
    "fr": "j'ai une douleur qui serre dans la poitrine et dans le bras gauche, je transpire",
}


def test_arabic_runs_right_to_left_with_its_numbers(page: Any, shots: Path) -> None:
    choose(page, "العربية")
    until(page, "document.documentElement.dir === 'rtl' && document.documentElement.lang === 'ar'")
    shot(page, shots, "first-ar")
    no_violations(page)
    write(page, HEART["ar"])
    alert = page.locator("#sal-alert section")
    alert.wait_for(timeout=10_000)
    assert alert.get_attribute("data-disposition") == "ambulance"
    assert alert.locator("a.sal-call[href='tel:15']").is_visible()
    way = "(selector) => getComputedStyle(document.querySelector(selector)).direction"
    for selector in ("#sal-alert section", "#sal-chat [data-testid=bot] span", "#sal-box textarea", "#sal-banner div"):
        assert page.evaluate(way, selector) == "rtl", selector
    assert page.evaluate(way, "#sal-banner a") == "ltr"
    bot = page.locator("#sal-chat .bot-row .bot.message").first.bounding_box()
    user = page.locator("#sal-chat .user-row .user.message").first.bounding_box()
    assert bot["x"] + bot["width"] > user["x"] + user["width"], (
        "our words stand on the right, the patient's on the left"
    )
    no_violations(page)
    shot(page, shots, "emergency-ar")
    assert not page.errors and not page.foreign


@pytest.mark.parametrize("name", ["English", "Français", "العربية", "الدارجة", "Darija"])
def test_each_language_can_be_chosen_on_the_page(phone: Any, name: str) -> None:
    if name == "English":
        choose(phone, "Français")
        until(phone, "document.documentElement.lang === 'fr'")
    choose(phone, name)
    until(phone, "(name) => document.querySelector('#sal-choices > button').innerText.includes(name)", arg=name)
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_page_follows_the_language_a_patient_writes(phone: Any) -> None:
    write(phone, HEART["fr"])
    phone.wait_for_selector("#sal-alert section[lang=fr]")
    until(phone, "document.documentElement.lang === 'fr'")
    assert phone.locator("#sal-send").inner_text() == "Envoyer"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_emergency_number_and_signs_stand_there_without_scripts(chromium: Any, server: str, language: str) -> None:
    context = chromium.new_context(viewport={"width": 375, "height": 812}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server}/chat/?lang={language}&country=FR")
    assert page.locator("#sal-first a[href='tel:15']").is_visible()
    assert page.locator("#sal-first li").count() >= 6
    assert page.locator("#sal-first noscript").inner_text()
    assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    context.close()


@pytest.mark.parametrize("width", [320, 640])
def test_nothing_is_cut_off_on_a_narrow_or_enlarged_page(chromium: Any, server: str, width: int) -> None:
    """320 px is also 1280 px at 400 %, and 640 px is 1280 px at 200 %."""
    context = chromium.new_context(viewport={"width": width, "height": 450})
    page = context.new_page()
    page.goto(f"{server}/chat/?lang=fr&country=MA")
    page.wait_for_selector("#sal-box textarea")
    write(page, "j'ai mal à la tête")
    page.wait_for_selector("#sal-question section")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    small = page.evaluate(
        "[...document.querySelectorAll('main button, main summary, main textarea')].filter(e => e.offsetParent)"
        ".filter(e => e.offsetHeight < 44 && !e.closest('.icon-button-wrapper')).map(e => e.outerHTML.slice(0, 90))"
    )
    assert small == []
    no_violations(page)
    context.close()
