"""Coming back, starting again and deleting: what stays in the browser is one opaque cookie."""

from typing import Any

import pytest

from tests.journeys.journeys import HEART, choose, until, write

pytestmark = pytest.mark.browser


def test_a_reload_resumes_the_conversation(phone: Any) -> None:
    choose(phone, "France")
    phone.wait_for_selector("#sal-banner a[href='tel:15']")
    choose(phone, "United Kingdom")
    phone.wait_for_selector("#sal-banner a[href='tel:999']")
    write(phone, "I have a headache")
    phone.wait_for_selector("#sal-question section")
    asked = phone.locator("#sal-question h2").inner_text()
    phone.reload()
    phone.wait_for_selector("#sal-question section")
    assert phone.locator("#sal-question h2").inner_text() == asked
    assert "I have a headache" in phone.locator("#sal-chat").inner_text()
    assert phone.locator("#sal-banner a[href='tel:999']").is_visible()
    phone.locator("#sal-chips").get_by_role("button", name="No", exact=True).click()
    until(phone, "(asked) => document.querySelector('#sal-chat').innerText.includes(asked)", arg=asked)


def test_nothing_the_patient_wrote_stays_in_the_browser(phone: Any) -> None:
    write(phone, "I have a secretcough")
    phone.wait_for_selector("#sal-question section, .sal-card")
    phone.wait_for_timeout(500)
    stored = phone.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, location.href])")
    cookies = phone.context.cookies()
    assert "secretcough" not in stored + str(cookies)
    assert [cookie["name"] for cookie in cookies] == ["salama"]
    assert cookies[0]["httpOnly"] and cookies[0]["sameSite"] == "Lax" and cookies[0]["expires"] == -1


def test_a_forged_cookie_opens_nothing(phone: Any, server: str) -> None:
    write(phone, HEART)
    phone.wait_for_selector("#sal-alert section")
    cookie = phone.context.cookies()[0]
    forged = cookie["value"][:-2] + ("AA" if not cookie["value"].endswith("AA") else "BB")
    phone.context.add_cookies([{**cookie, "value": forged}])
    phone.goto(server)
    phone.wait_for_selector("#sal-box textarea")
    phone.wait_for_timeout(1500)
    assert "crushing" not in phone.locator("#sal-chat").inner_text()


def test_restart_begins_anew_in_the_same_language(phone: Any) -> None:
    choose(phone, "Français")
    until(phone, "document.documentElement.lang === 'fr'")
    write(phone, "j'ai mal à la tête")
    phone.wait_for_selector("#sal-question section")
    phone.locator("#sal-restart summary").click()
    phone.locator("#sal-restart button").click()
    phone.wait_for_selector("#sal-who")
    until(phone, "document.documentElement.lang === 'fr'")
    assert "mal à la tête" not in phone.locator("#sal-chat").inner_text()


def test_deleting_is_asked_for_twice_and_deletes(phone: Any) -> None:
    write(phone, "I have a headache")
    phone.wait_for_selector("#sal-question section")
    cookie = phone.context.cookies()[0]
    phone.locator("#sal-delete summary").click()
    assert "cannot be undone" in phone.locator("#sal-delete").inner_text()
    phone.locator("#sal-delete button").click()
    until(phone, "document.querySelector('#sal-chat')?.innerText.includes('has been deleted')")
    phone.context.add_cookies([cookie])
    phone.reload()
    phone.wait_for_selector("#sal-box textarea")
    phone.wait_for_timeout(1500)
    assert "headache" not in phone.locator("#sal-chat").inner_text()
