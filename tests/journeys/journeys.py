"""Steps that the journeys share."""

from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe

HEART = "I have crushing chest pain going down my left arm and I'm sweating"


def write(page: Any, text: str) -> None:
    page.fill("#sal-box textarea", text)
    page.click("#sal-send")


def choose(page: Any, name: str) -> None:
    page.locator("#sal-choices").get_by_text(name, exact=True).click()


def until(page: Any, expression: str, arg: object = None) -> None:
    """Wait until an expression holds; the page's own policy forbids the browser to wait on strings for us."""
    for _ in range(100):
        if page.evaluate(expression, arg):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never true: {expression}")


def shot(page: Any, shots: Path, name: str) -> None:
    page.screenshot(path=str(shots / f"{name}-{page.viewport_size['width']}.png"))


def no_violations(page: Any) -> None:
    found = Axe().run(page).response["violations"]
    assert not found, [(item["id"], [node["html"][:160] for node in item["nodes"]]) for item in found]


def answer_until_the_card(page: Any, answers: tuple[str, ...], most: int = 12) -> None:
    """Tap the first answer that begins with one of the given words, until advice is given."""
    for _ in range(most):
        page.wait_for_selector("#sal-question section, #sal-card section", timeout=10_000)
        if page.locator("#sal-card section").count():
            return
        turn = page.locator("#sal-question section").get_attribute("data-turn")
        labels = page.locator("#sal-chips button:visible").all_inner_texts()
        answer = next(label for label in labels if label.startswith(answers))
        page.locator("#sal-chips").get_by_role("button", name=answer, exact=True).click()
        until(page, "(turn) => document.querySelector('#sal-question section')?.dataset.turn !== turn", arg=turn)
    raise AssertionError("no advice after so many answers")
