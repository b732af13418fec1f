"""What is told to those who cannot see: alerts, the focus, names; `test_screen_reader.py` listens to a real one."""

from typing import Any

import pytest

from tests.journeys.journeys import HEADACHES, HEARTS, LEFT, alive, choose, until, write

pytestmark = pytest.mark.browser

TOLD = "(text) => document.querySelector('#sal-live').textContent.includes(text)"
FOCUSED = "(selector) => document.activeElement.matches(selector)"


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_an_emergency_is_told_at_once_and_as_one_text(phone: Any, language: str) -> None:
    """A whole card in an alert was read in pieces and out of order, the number among the last."""
    write(phone, HEARTS[language])
    phone.wait_for_selector("#sal-alert section")
    until(phone, "document.querySelector('#sal-urgent[role=alert]').textContent !== ''")
    heading = phone.locator("#sal-alert h2")
    told = phone.locator("#sal-urgent")
    assert heading.inner_text() in told.text_content() and "15" in heading.inner_text()
    assert len(told.text_content()) < 300 and told.get_attribute("lang") == language
    assert told.locator("*").count() == 0, "what has parts is read part by part"
    assert heading.locator("a[href='tel:15']").inner_text() == heading.inner_text(), "the heading is one link"
    assert phone.locator("#sal-alert [role=alert]").count() == 0
    until(phone, FOCUSED, "#sal-alert h2")


def test_who_types_hears_the_answers_and_who_taps_is_led_to_the_question(phone: Any) -> None:
    write(phone, "I have a runny nose and a cough")
    phone.wait_for_selector("#sal-question .sal-number")
    write(phone, "35 years")
    phone.wait_for_selector("#sal-question .sal-tick")
    asked = phone.locator("#sal-question h2").inner_text()
    until(phone, TOLD, asked)
    for label in phone.locator("#sal-chips .sal-tick, #sal-chips [name=say]").all_inner_texts():
        assert label.strip() in phone.locator("#sal-live").text_content()
    phone.locator("#sal-chips [value=none]").press("Enter")
    until(phone, "(asked) => !document.querySelector('#sal-question h2').textContent.includes(asked)", asked)
    until(phone, FOCUSED, "#sal-question h2")
    until(phone, TOLD, phone.locator("#sal-question .sal-left").inner_text())
    again = phone.locator("#sal-question h2").inner_text()
    assert again not in phone.locator("#sal-live").text_content(), "the focus tells it already"


def test_who_comes_back_hears_what_is_asked(phone: Any) -> None:
    write(phone, HEADACHES["en"])
    phone.wait_for_selector("#sal-question section")
    asked = phone.locator("#sal-question h2").inner_text()
    phone.reload()
    alive(phone)
    until(phone, TOLD, asked)


def test_another_country_or_language_is_told_with_its_number_and_keeps_the_focus(phone: Any) -> None:
    choose(phone, "United Kingdom")
    until(phone, TOLD, "call 999")
    until(phone, FOCUSED, "#sal-country > summary")
    assert phone.locator("#sal-start button[name=speak][value=ar] span").get_attribute("lang") == "ar"
    choose(phone, "Français")
    until(phone, TOLD, "appelez le 999")
    until(phone, FOCUSED, "button[name=speak][value=fr]")


def test_opening_the_way_to_a_person_tells_it(phone: Any) -> None:
    phone.locator("#sal-person > summary").press("Enter")
    until(phone, TOLD, "141")


def test_marks_for_the_eye_are_not_read(phone: Any) -> None:
    write(phone, HEARTS["en"])
    phone.wait_for_selector("#sal-change")
    tree = phone.context.new_cdp_session(phone).send("Accessibility.getFullAXTree")["nodes"]
    names = [node["name"]["value"] for node in tree if node.get("name", {}).get("value")]
    assert "What I understood" in names
    assert not [name for name in names if set(name) & set("▾▴✓")]


def test_what_is_sent_while_the_line_is_broken_is_not_lost(phone: Any) -> None:
    """It was taken out of the box, nothing was said, and it went nowhere."""
    phone.context.set_offline(True)
    phone.wait_for_selector("#sal-away")
    phone.fill("#sal-box textarea", "my neck is stiff")
    phone.press("#sal-box textarea", "Enter")
    assert "call 15" in phone.locator("#sal-urgent").text_content()
    assert phone.locator("#sal-box textarea").input_value() == "my neck is stiff"
    phone.context.set_offline(False)
    phone.wait_for_selector("#sal-log .sal-me", timeout=40_000)
    assert phone.locator("#sal-log .sal-me p").all_inner_texts() == ["my neck is stiff"]
    phone.errors[:] = [said for said in phone.errors if not said.startswith(("Failed to load resource", *LEFT))]
