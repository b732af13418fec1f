"""Coming back, correcting, starting again, deleting; and what happens when the server is away."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from knowledge import Knowledge
from tests.journeys.browsing import free_port, started
from tests.journeys.journeys import (
    COLDS,
    HEADACHES,
    HEARTS,
    LANGUAGES,
    LEFT,
    WAYS,
    alive,
    answer,
    at_every_size,
    choose,
    fits,
    no_violations,
    opened,
    shot,
    until,
    write,
)  # fmt: skip
from ui.chrome import NAMES

pytestmark = pytest.mark.browser

Window = Callable[..., Any]


@WAYS
def test_a_reload_resumes_and_nothing_of_the_patient_stays_in_the_browser(
    phone: Any, knowledge: Knowledge, language: str
) -> None:
    choose(phone, knowledge.say(language).text["country_GB"])
    phone.wait_for_selector("#sal-banner strong a[href='tel:999']")
    written = f"{HEADACHES[language]} secretcough"
    write(phone, written)
    asked = phone.locator("#sal-question h2").inner_text()
    phone.reload()
    alive(phone)
    assert written in phone.locator("#sal-log").inner_text()
    assert phone.locator("#sal-question h2").inner_text() == asked
    assert phone.locator("html").get_attribute("lang") == language
    assert phone.locator("#sal-banner strong a[href='tel:999']").is_visible()
    stored = phone.evaluate(
        "(async () => JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, location.href,"
        " history.state, await indexedDB.databases(), await (await (await caches.open('salama-1')).match('/offline'))?.text()]))()"
    )
    cookies = phone.context.cookies()
    assert "secretcough" not in stored + json.dumps(cookies)
    assert [cookie["name"] for cookie in cookies] == ["salama"]
    assert cookies[0]["httpOnly"] and cookies[0]["sameSite"] == "Lax" and cookies[0]["expires"] == -1
    assert phone.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


@WAYS
def test_a_forged_cookie_opens_nothing(phone: Any, server: str, language: str) -> None:
    write(phone, HEARTS[language])
    phone.wait_for_selector("#sal-alert section")
    cookie = phone.context.cookies()[0]
    forged = cookie["value"][:-2] + ("AA" if not cookie["value"].endswith("AA") else "BB")
    phone.context.add_cookies([{**cookie, "value": forged}])
    phone.goto(f"{server}/chat/?lang={language}")
    alive(phone)
    assert HEARTS[language] not in phone.locator("#sal-log").inner_text()
    assert phone.locator("#sal-log .sal-me, #sal-alert section").count() == 0


@LANGUAGES
def test_a_finding_is_taken_out_only_after_it_was_read_back(screen: Window, server: str, language: str) -> None:
    phone = opened(screen(), server, f"lang={language}&country=MA")
    write(phone, HEARTS[language])
    phone.wait_for_selector("#sal-alert section")
    phone.locator("#sal-change > summary").click()
    phone.locator("#sal-change button[value='wrong:chest_pain']").click()
    phone.locator("#sal-question section[data-turn='2']").wait_for()
    assert phone.locator("#sal-alert section").get_attribute("data-disposition") == "ambulance"
    no_violations(phone)
    answer(phone, "no")
    phone.locator("#sal-alert section[data-turn='3']").wait_for()
    assert phone.locator("#sal-alert section").get_attribute("data-disposition") == "ambulance"
    assert phone.locator("#sal-change button[value='wrong:chest_pain']").count() == 1, "it is kept"
    assert not phone.errors and not phone.foreign


@WAYS
def test_the_last_answer_can_be_changed_with_the_ratchet_kept(
    phone: Any, knowledge: Knowledge, language: str, shots: Path
) -> None:
    text = knowledge.say(language).text
    write(phone, HEADACHES[language])
    phone.wait_for_selector("#sal-question section[data-turn='1']")
    asked = phone.locator("#sal-question h2").inner_text()
    answer(phone, "no")
    phone.wait_for_selector("#sal-question section[data-turn='2']")
    undo = phone.get_by_role("button", name=text["undo"])
    undo.click()
    phone.wait_for_selector("#sal-question section[data-turn='3']")
    assert phone.locator("#sal-question h2").inner_text() == asked
    answer(phone, "yes")
    phone.wait_for_selector("#sal-alert section")
    undo.click()
    phone.wait_for_selector("#sal-question section")
    answer(phone, "no")
    read_back = text["retract_ask"].rpartition("{label}")[2].strip(" .")
    phone.locator("#sal-question h2", has_text=read_back).wait_for()
    assert phone.locator("#sal-alert section").count() == 1, "nothing falls before it was confirmed"
    at_every_size(phone, shots, f"read-back-{language}")
    answer(phone, "yes")
    until(phone, "!document.querySelector('#sal-alert section')")


@WAYS
def test_restart_and_delete(
    screen: Window, server: str, knowledge: Knowledge, shots: Path, language: str, width: int
) -> None:
    text = knowledge.say(language).text
    phone = opened(screen(width), server, "lang=fr&country=MA")
    choose(phone, NAMES[language])
    until(phone, "(lang) => document.documentElement.lang === lang", language)
    write(phone, HEADACHES[language])
    phone.wait_for_selector("#sal-question section")
    phone.locator("#sal-restart > summary").click()
    phone.locator("#sal-restart button").click()
    alive(phone)
    until(phone, "(lang) => document.documentElement.lang === lang", language)
    assert HEADACHES[language] not in phone.locator("#sal-log").inner_text()
    write(phone, COLDS[language])
    phone.wait_for_selector("#sal-question section")
    cookie = phone.context.cookies()[0]
    phone.locator("#sal-delete > summary").click()
    assert text["delete_ask"] in phone.locator("#sal-delete").inner_text()
    at_every_size(phone, shots, f"delete-{language}")
    phone.locator("#sal-delete button").click()
    until(phone, "(told) => document.querySelector('#sal-log')?.innerText.includes(told)", text["delete_done"])
    phone.context.add_cookies([cookie])
    phone.reload()
    alive(phone)
    assert phone.locator("#sal-log .sal-me").count() == 0
    assert [said for said in phone.errors if not said.startswith(LEFT)] == [] and not phone.foreign


def test_the_page_follows_the_language_a_patient_writes_and_keeps_the_one_they_choose(phone: Any) -> None:
    write(phone, HEARTS["fr"])
    phone.wait_for_selector("#sal-alert section[lang=fr]")
    until(phone, "document.documentElement.lang === 'fr'")
    assert phone.locator("#sal-send").inner_text() == "Envoyer"
    phone.locator("#sal-choices > summary").click()
    phone.locator("#sal-choices").get_by_role("button", name="الدارجة").click()
    until(phone, "document.documentElement.dir === 'rtl'")
    assert phone.locator("#sal-send").inner_text() != "Envoyer"


@WAYS
def test_when_the_server_is_out_of_reach_the_numbers_stay_and_the_words_come_back(
    screen: Window, server: str, shots: Path, language: str, width: int
) -> None:
    context = screen(width)
    page = opened(context, server, f"lang={language}&country=GB")
    write(page, HEADACHES[language])
    page.wait_for_selector("#sal-question section")
    until(page, "(async () => Boolean(await (await caches.open('salama-1')).match('/offline')))()")
    context.set_offline(True)
    away = page.locator("#sal-away")
    away.wait_for()
    assert "999" in away.inner_text() and away.locator("li").count() >= 6
    no_violations(page)
    shot(page, shots, f"away-{language}")
    page.reload()
    offline = page.locator("main#sal-first")
    assert "999" in offline.inner_text() and offline.locator("a[href='tel:999']").first.is_visible()
    assert offline.locator("li").count() >= 6
    assert page.locator("html").get_attribute("lang") == language
    fits(page)
    no_violations(page)
    shot(page, shots, f"offline-{language}")
    context.set_offline(False)
    alive(page)
    page.wait_for_selector("#sal-question section")
    assert HEADACHES[language] in page.locator("#sal-log").inner_text(), "the encounter is taken up again"


@pytest.mark.slow
def test_a_server_that_stops_and_starts_again_loses_neither_encounter_nor_message(
    screen: Window, tmp_path: Path
) -> None:
    port = str(free_port())
    with started(tmp_path, SALAMA_PORT=port) as server:
        page = opened(screen(), server, "lang=ar&country=MA")
        write(page, HEADACHES["ar"])
        page.wait_for_selector("#sal-question section")
    write(page, HEARTS["ar"])
    page.wait_for_selector("#sal-away")
    assert page.locator("#sal-box textarea").input_value() == HEARTS["ar"]
    with started(tmp_path, SALAMA_PORT=port):
        page.wait_for_selector("#sal-alert section")
        assert page.locator(".sal-me p").all_inner_texts() == [HEADACHES["ar"], HEARTS["ar"]], "played, and once"


def test_a_message_that_did_not_arrive_is_put_back_into_the_box(phone: Any) -> None:
    phone.route("**/gradio_api/**", lambda route: route.abort())
    phone.route("**/healthz", lambda route: route.abort())
    write(phone, "my neck is stiff")
    phone.wait_for_selector("#sal-typing")
    phone.wait_for_selector("#sal-away")
    assert phone.locator("#sal-box textarea").input_value() == "my neck is stiff", "nothing has to be written twice"
    phone.unroute("**/gradio_api/**")
    phone.unroute("**/healthz")
    phone.wait_for_selector("#sal-log .sal-me", timeout=40_000)
    alive(phone)
    phone.wait_for_selector("#sal-question section, .sal-card")
    assert "my neck is stiff" in phone.locator("#sal-log").inner_text(), "it was sent when the line was back"


def test_a_form_that_has_become_too_old_is_sent_with_a_new_token(screen: Window, server: str) -> None:
    page = opened(screen(), server)
    page.route("**/gradio_api/**", lambda route: route.abort())
    page.evaluate("document.querySelector('#sal-tools [name=token]').value = 'too old'")
    write(page, "my neck is stiff")
    page.wait_for_selector("#sal-typing")
    with page.expect_response("**/visit/act") as refused:
        page.evaluate("window.dispatchEvent(new Event('offline'))")
    assert refused.value.status == 403
    page.locator("#sal-first .sal-me").wait_for()
    assert page.locator("#sal-first .sal-me p").all_inner_texts() == ["my neck is stiff"], "played, and once"


@WAYS
def test_a_form_that_is_refused_and_an_address_that_leads_nowhere_are_told_in_pages(
    screen: Window, server: str, shots: Path, language: str, width: int
) -> None:
    page = screen(width).new_page()
    page.route("**/*.js", lambda route: route.abort())
    page.goto(f"{server}/chat/?lang={language}&country=GB")
    far_too_much = f"{HEADACHES[language]} " * 2500
    field = page.locator("#sal-first textarea")
    # Browsers cut what is too long; one that does not is put in their place.
    field.evaluate("(e) => e.removeAttribute('maxlength')")
    field.fill(far_too_much)
    with page.expect_navigation() as refused:
        page.locator("#sal-first .sal-send").click()
    assert refused.value.status == 422
    assert page.locator("textarea").input_value() == far_too_much, "nothing has to be written twice"
    at_every_size(page, shots, f"refused-{language}")
    page.locator("textarea").fill(HEADACHES[language])
    page.locator(".sal-send").click()
    assert HEADACHES[language] in page.locator("#sal-first .sal-log").inner_text()
    assert page.goto(f"{server}/visit/act").status == 405
    assert page.locator("a[href='tel:999']").first.is_visible(), "country and language of the encounter"
    assert page.locator("html").get_attribute("lang") == language
    at_every_size(page, shots, f"nowhere-{language}")
    page.locator(".sal-again").click()
    assert HEADACHES[language] in page.locator("#sal-first .sal-log").inner_text(), "the encounter is taken up again"
