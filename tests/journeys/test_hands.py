"""Everyone's hands, eyes and ears: keyboard, zoom, forced colours, reduced motion, reading aloud, no scripts at all."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.journeys import (
    HEADACHES,
    HEART,
    HEARTS,
    LANGUAGES,
    WAYS,
    alive,
    fits,
    no_violations,
    opened,
    shot,
    until,
    write,
)  # fmt: skip

pytestmark = pytest.mark.browser

Window = Callable[..., Any]


@WAYS
def test_the_keyboard_alone_goes_all_the_way(phone: Any, language: str, shots: Path) -> None:
    page = phone
    seen: list[str] = []
    for _ in range(40):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate("(e => e.name ? e.name + '=' + e.value : e.closest('[id]').id)(document.activeElement)")
        )
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
        assert outline == "3px", f"the focus on {seen[-1]} cannot be seen"
        if seen[-1] == "who=me":
            page.keyboard.press("Enter")
            page.wait_for_selector("button[name=who][value=me][aria-pressed=true]")
            until(page, "document.activeElement.value === 'me'")
        if page.evaluate("document.activeElement.tagName === 'TEXTAREA'"):
            break
    assert "speak=fr" in seen and "who=me" in seen and "sal-person" in seen
    page.keyboard.type(HEADACHES[language])
    page.keyboard.press("Enter")
    page.wait_for_selector("#sal-question section")
    page.locator("#sal-question h2").focus()
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.value") == "no":
            break
    page.keyboard.press("Enter")
    page.wait_for_selector("#sal-question section[data-turn='2']")
    until(page, "document.activeElement.matches('.sal-question h2')")
    page.keyboard.press("Tab")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "checkbox":
            page.keyboard.press("Space")
            break
    assert page.locator(".sal-chosen").is_visible(), "what was ticked can be sent"
    shot(page, shots, f"keyboard-{language}")


BROKEN = """
[...document.querySelectorAll('.sal-bar > strong, .sal-chip span, .sal-ask h2, .sal-card-head h2, .sal-call span')]
  .filter(e => e.checkVisibility()).filter(e => {
    const range = document.createRange();
    range.selectNodeContents(e);
    const ends = [...range.getClientRects()].map(one => Math.round(one.bottom / 12));
    return new Set(ends).size > e.textContent.trim().split(/[\\s']+/).length;
  }).map(e => e.textContent)
"""
"""Texts that stand on more lines than they have words."""


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_twice_and_four_times_enlarged(phone: Any, shots: Path, language: str) -> None:
    """1280 pixels at 200 % are 640 wide, at 400 % they are 320; letters alone grow by a setting of the browser."""
    page = phone
    letters = page.context.new_cdp_session(page)
    for name, told, part in (("question", HEADACHES, "#sal-chips"), ("emergency", HEARTS, "#sal-alert .sal-call")):
        write(page, told[language])
        page.locator(part).wait_for()
        page.wait_for_timeout(200)
        if name == "emergency":
            call = page.locator(part).bounding_box()
            assert 0 <= call["y"] <= page.viewport_size["height"] - 50, "the number is out of sight"
        for width, height, size in ((640, 450, 16), (320, 225, 16), (375, 812, 32)):
            page.set_viewport_size({"width": width, "height": height})
            letters.send("Page.setFontSizes", {"fontSizes": {"standard": size}})
            shot(page, shots, f"enlarged-{name}-{language}")
            fits(page)
            assert page.evaluate(BROKEN) == []
            banner = page.locator("#sal-banner").bounding_box()
            assert banner["y"] + banner["height"] <= height * 0.35, "the banner leaves room for what it stands above"
            if name == "emergency":
                no_violations(page)
        # what is said grows too, and takes a moment for it
        until(page, "parseFloat(getComputedStyle(document.querySelector('#sal-log p')).fontSize) >= 32")


@WAYS
def test_forced_colours_and_reduced_motion(phone: Any, shots: Path, language: str) -> None:
    page = phone
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    edge = "(selector) => getComputedStyle(document.querySelector(selector)).borderTopWidth"
    moving = "[...document.querySelectorAll('*')].filter(e => getComputedStyle(e).animationName !== 'none').length"
    shot(page, shots, f"forced-first-{language}")
    assert page.evaluate(edge, "button[name=speak][aria-pressed=true]") == "4px", "what is chosen is seen by its edge"
    no_violations(page)
    write(page, HEADACHES[language])
    page.wait_for_selector("#sal-question section")
    shot(page, shots, f"forced-question-{language}")
    assert page.evaluate(edge, "#sal-chips button") == "2px"
    no_violations(page)
    write(page, HEARTS[language])
    page.wait_for_selector("#sal-alert section")
    assert page.evaluate(edge, ".sal-call") == "2px"
    assert page.evaluate(moving) == 0
    no_violations(page)
    shot(page, shots, f"forced-emergency-{language}")


SPEECH = """
window.said = [];
class Voice { constructor(text) { this.text = text; } }
window.SpeechSynthesisUtterance = Voice;
Object.defineProperty(window, 'speechSynthesis', { value: {
  getVoices: () => [{ lang: 'en-GB' }], cancel: () => {}, speak: (spoken) => window.said.push(spoken.text),
} });
"""


def test_a_card_is_read_aloud_in_its_order_and_a_missing_voice_is_told(screen: Window, server: str) -> None:
    contexts = screen(), screen()
    for context in contexts:
        # Headless browsers have no voices: one English voice is put in their place.
        context.add_init_script(SPEECH)
    page = opened(contexts[0], server, "lang=en&country=GB")
    write(page, HEART)
    page.locator("#sal-alert .sal-listen").click()
    (said,) = page.evaluate("window.said")
    assert said.startswith("Act now. Call 999 now. ") and "The ill person must not drive" in said
    assert "undefined" not in said and said.count("Call 999 now") == 2
    french = opened(contexts[1], server, "lang=fr&country=FR")
    french.locator("#sal-log .sal-listen").first.click()
    french.wait_for_selector(".sal-no-voice")
    assert french.evaluate("window.said") == []
    no_violations(french)


HEARING = """
window.webkitSpeechRecognition = window.SpeechRecognition = class {
  start() { window.tongue = this.lang; this.onresult({ results: [[{ transcript: "mal au ventre" }]] }); this.onend(); }
};
"""


def test_dictation_tells_who_may_hear_before_it_listens(screen: Window, server: str) -> None:
    context = screen()
    # Headless browsers have no microphone: a sentence is put in its place.
    context.add_init_script(HEARING)
    page = opened(context, server, "lang=fr&country=FR")
    page.click("#sal-mic")
    assert page.locator("#sal-note").is_visible() and page.evaluate("window.tongue") is None
    no_violations(page)
    page.click("#sal-mic")
    assert page.evaluate("window.tongue") == "fr-FR"
    assert page.locator("#sal-box textarea").input_value() == "mal au ventre"


@LANGUAGES
def test_the_whole_way_works_without_scripts(screen: Window, server: str, language: str) -> None:
    page = screen(java_script_enabled=False).new_page()
    page.goto(f"{server}/chat/?lang={language}&country=FR")
    assert page.locator("#sal-first a[href='tel:15']").first.is_visible()
    signs = page.locator("#sal-first noscript li")
    assert signs.count() >= 6 and signs.first.is_visible()
    assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    told = HEADACHES[language]
    page.locator("#sal-first textarea").fill(told)
    page.locator("#sal-first .sal-send").click()
    asked = page.locator("#sal-first .sal-question h2").inner_text()
    assert told in page.locator("#sal-first .sal-log").inner_text()
    assert told not in page.url
    page.locator("#sal-first button[name=say][value=yes]").click()
    page.locator("#sal-first .sal-card").wait_for()
    assert asked in page.locator("#sal-first .sal-log").inner_text()
    assert page.locator("#sal-first .sal-card a[href='tel:15']").first.is_visible()


def test_scripts_that_never_come_leave_the_form_to_go_by_itself_and_once(screen: Window, server: str) -> None:
    page = screen().new_page()
    page.route("**/assets/*.js", lambda route: route.abort())
    page.goto(f"{server}/chat/?lang=en&country=MA", wait_until="commit")
    page.locator("#sal-first textarea").fill("I have a headache")
    page.locator("#sal-first .sal-send").click()
    page.locator("#sal-first .sal-question h2").wait_for()
    assert page.locator("#sal-first .sal-me p").all_inner_texts() == ["I have a headache"]
    page.locator("#sal-first button[name=say][value=no]").click()
    page.locator("#sal-first .sal-question[data-turn='2']").wait_for()
    assert page.locator("#sal-first .sal-me p").all_inner_texts() == ["I have a headache", "No"]


def test_what_is_tapped_before_the_scripts_have_come_is_not_lost(screen: Window, server: str) -> None:
    context = screen()
    page = context.new_page()
    late: list[Any] = []
    come: list[bool] = []
    page.route("**/assets/*.js", lambda route: route.continue_() if come else late.append(route))
    page.goto(f"{server}/chat/?lang=en&country=MA", wait_until="commit")
    page.locator("#sal-first textarea").fill("I have a headache")
    page.locator("#sal-first .sal-send").click()
    assert page.locator("#sal-first").count() == 1
    come.append(True)
    for route in late:
        route.continue_()
    alive(page)
    page.wait_for_selector("#sal-question section")
    assert "I have a headache" in page.locator("#sal-log").inner_text()
    assert page.locator("#sal-box textarea").input_value() == ""
