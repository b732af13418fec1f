"""Steps that the journeys share."""

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

LANGUAGES = pytest.mark.parametrize("language", ["en", "ar"])
WAYS = pytest.mark.parametrize(("language", "width"), [("en", 1280), ("ar", 320)])
"""A desk from left to right, a small telephone from right to left."""
SIZES = ((320, 640), (375, 812), (1280, 900))

HEART = "I have crushing chest pain going down my left arm and I'm sweating"
HEARTS = {
    "en": HEART,
    "ar": "أشعر بألم شديد ضاغط في صدري يمتد إلى ذراعي الأيسر وأتعرق",
    "fr": "j'ai une douleur qui serre dans la poitrine et dans le bras gauche, je transpire",
}
HEADACHES = {"en": "I have a headache", "ar": "عندي صداع", "fr": "j'ai mal à la tête"}
COLDS = {
    "en": "I have a sore throat and a runny nose since two days",
    "ar": "عندي ألم في الحلق وسيلان في الأنف منذ يومين",
}


LEFT = ("AbortError", "Unexpected error Connection errored out")
"""What Gradio says of its own line when a page is left or loaded again: no fault of ours."""


def opened(context: Any, server: str, query: str = "lang=en&country=MA", path: str = "/chat/") -> Any:
    """Open the page and wait until it is alive; what it says to the console and to other hosts is kept."""
    page = context.new_page()
    page.errors, page.foreign = [], []
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.on("console", lambda said: page.errors.append(said.text) if said.type in ("error", "warning") else None)
    own = (server, "data:", "blob:")
    page.on("request", lambda sent: page.foreign.append(sent.url) if not sent.url.startswith(own) else None)
    page.goto(f"{server}{path}?{query}")
    alive(page)
    return page


def alive(page: Any) -> None:
    page.wait_for_selector("#sal-first", state="detached")
    page.wait_for_selector("#sal-log .sal-msg")


def write(page: Any, text: str) -> None:
    page.fill("#sal-box textarea", text)
    page.click("#sal-send")


def choose(page: Any, name: str) -> None:
    """Tap a language or a country."""
    country = page.locator("#sal-country:not([open]) > summary")
    if country.count():
        country.click()
    page.locator("#sal-start").get_by_role("button", name=name, exact=True).click()


def tap(page: Any, answer: str) -> None:
    page.locator("#sal-chips").get_by_role("button", name=answer, exact=True).click()


def answer(page: Any, value: str) -> None:
    """Tap an answer in whatever language it is written."""
    page.locator(f"#sal-chips button[value={value}]").click()


def until(page: Any, expression: str, arg: object = None) -> None:
    """Wait until an expression holds; the page's own policy forbids the browser to wait on strings for us."""
    for _ in range(150):
        if page.evaluate(expression, arg):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never true: {expression}")


def shot(page: Any, shots: Path, name: str) -> None:
    page.screenshot(path=str(shots / f"{name}-{page.viewport_size['width']}.png"))


def no_violations(page: Any) -> None:
    found = Axe().run(page).response["violations"]
    assert not found, [(item["id"], [node["html"][:160] for node in item["nodes"]]) for item in found]


def fits(page: Any) -> None:
    """Nothing stands outside of the screen, all that can be tapped is large enough for a thumb, and Arabic runs its way."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "something is cut off at the side"
    small = page.evaluate(
        "[...document.querySelectorAll('button, summary, textarea, .sal-tick, .sal-number input')]"
        ".filter(e => e.offsetParent && e.checkVisibility({visibilityProperty: true}))"
        ".filter(e => e.getBoundingClientRect().height < 43.5).map(e => e.outerHTML.slice(0, 90))"
    )
    assert not small, small
    astray = page.evaluate(
        "[...document.querySelectorAll('body *')].filter(e => e.checkVisibility() && !e.matches('[dir=auto]'))"
        ".filter(e => ['ar', 'ary'].includes(e.closest('[lang]').lang))"
        ".filter(e => [...e.childNodes].some(n => n.nodeType === 3 && /[\u0600-\u08ff]/.test(n.data)))"
        ".concat(document.documentElement.dir === 'rtl' ? [...document.querySelectorAll('#sal-box textarea')] : [])"
        ".filter(e => getComputedStyle(e).direction !== 'rtl').map(e => e.outerHTML.slice(0, 90))"
    )
    assert not astray, astray


def at_every_size(page: Any, shots: Path, name: str) -> None:
    """Look at a screen on a small phone, a phone and a desk."""
    before = page.viewport_size
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        fits(page)
        no_violations(page)
        shot(page, shots, name)
    page.set_viewport_size(before)


def answer_until_the_card(page: Any, answers: tuple[str, ...], most: int = 12) -> None:
    """Tap the first answer that begins with one of the given words, until advice is given."""
    for _ in range(most):
        page.wait_for_selector("#sal-question section, #sal-card section, #sal-alert section")
        if not page.locator("#sal-question section").count():
            return
        turn, said = page.locator("#sal-question section").get_attribute("data-turn"), ""
        if page.locator(".sal-number").count():
            said = f"35 {page.locator('.sal-number button').first.inner_text()}"
            page.fill(".sal-number input", "35")
            page.locator(".sal-number button").first.click()
        else:
            labels = page.locator("#sal-chips button[name=say]").all_inner_texts()
            tap(page, next(label for label in labels if label.startswith(answers)))
        until(page, "(turn) => document.querySelector('#sal-question section')?.dataset.turn !== turn", arg=turn)
        assert said in page.locator("#sal-log").inner_text()
    raise AssertionError("no advice after so many answers")
