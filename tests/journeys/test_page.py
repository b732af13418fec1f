"""The whole way from the first screen to the advice, in English and Arabic, on a desk, a phone and a small phone."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from knowledge import Knowledge
from tests.journeys.journeys import (
    COLDS,
    HEARTS,
    LANGUAGES,
    WAYS,
    answer_until_the_card,
    at_every_size,
    choose,
    fits,
    no_violations,
    opened,
    shot,
    tap,
    until,
    write,
)  # fmt: skip
from triage.pictured import pain_told
from ui.chrome import NAMES

pytestmark = pytest.mark.browser

Window = Callable[..., Any]
CALM = {"en": ("No", "None"), "ar": ("لا",)}


@LANGUAGES
def test_from_the_first_screen_to_the_advice(screen: Window, server: str, shots: Path, language: str) -> None:
    page = opened(screen(320, 640), server, f"lang={language}&country=MA")
    way = "rtl" if language == "ar" else "ltr"
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == [language, way]
    assert page.locator("#sal-banner strong a[href='tel:15']").is_visible()
    for part in ("#sal-person > summary", "#sal-choices", "#sal-consent", "#sal-body > summary", "#sal-box textarea"):
        assert page.locator(part).is_visible(), part
    at_every_size(page, shots, f"first-{language}")

    page.locator("#sal-start button[name=who][value=me]").click()
    page.wait_for_selector("#sal-start button[name=who][value=me][aria-pressed=true]")
    write(page, COLDS[language])
    page.wait_for_selector("#sal-question section")
    assert page.locator("#sal-question .sal-left").is_visible(), "how many questions may follow"
    page.wait_for_timeout(200)
    ours, theirs = (page.locator(f"#sal-log .{who}").last.bounding_box() for who in ("sal-bot", "sal-me"))
    gap = theirs["x"] + theirs["width"] - ours["x"] - ours["width"]
    assert gap < 0 if language == "ar" else gap > 0, "what the patient writes stands at the end of the line"
    question, banner, below = (
        page.locator(part).bounding_box() for part in ("#sal-question .sal-ask", "#sal-banner", "#sal-write")
    )
    assert banner["y"] + banner["height"] - 1 <= question["y"], "the banner covers the question"
    assert question["y"] + question["height"] <= below["y"] + 1, "the field for writing covers the question"
    at_every_size(page, shots, f"question-{language}")

    answer_until_the_card(page, CALM[language])
    card = page.locator("#sal-card section")
    assert card.get_attribute("data-disposition") in ("self_care", "routine", "soon")
    assert page.locator("#sal-card .sal-kicker").inner_text().strip(), "urgency is told in words"
    assert page.locator("#sal-card .sal-kicker svg").is_visible(), "urgency is told by a shape"
    until(page, "document.activeElement === document.querySelector('#sal-card h2')")
    shot(page, shots, f"advice-{language}")
    silent = ".sal-bot:not(:has(.sal-listen)), .sal-ask:not(:has(.sal-listen)), .sal-card:not(:has(.sal-listen))"
    assert page.locator(silent).count() == 0, "all that we say can be read aloud"
    for folded in ("#sal-card .sal-sources", "#sal-summary", "#sal-change", "#sal-delete", "#sal-card .sal-answer"):
        page.locator(f"{folded} > summary").first.click()
    assert page.locator("#sal-card .sal-sources a").count() >= 1
    assert page.locator("#sal-summary .sal-square").is_visible()
    assert page.locator("#sal-change button").count() >= 2
    at_every_size(page, shots, f"advice-open-{language}")
    assert not page.errors and not page.foreign


@LANGUAGES
def test_a_heart_attack_shows_the_ambulance_card(screen: Window, server: str, shots: Path, language: str) -> None:
    page = opened(screen(320, 640), server, f"lang={language}&country=GB")
    write(page, HEARTS[language])
    alert = page.locator("#sal-alert section")
    alert.wait_for()
    assert alert.get_attribute("data-disposition") == "ambulance"
    assert "999" in alert.inner_text() and "15" not in alert.inner_text(), "no number but that of the country"
    call = alert.locator("a.sal-call[href='tel:999']")
    until(page, "document.activeElement === document.querySelector('#sal-alert h2')")
    place = call.bounding_box()
    assert place["y"] >= 0 and place["y"] + place["height"] <= 640, "the number is out of sight"
    assert alert.locator(".sal-steps svg").count() >= 2
    way = "(selector) => getComputedStyle(document.querySelector(selector)).direction"
    assert page.evaluate(way, "#sal-alert section") == ("rtl" if language == "ar" else "ltr")
    assert page.evaluate(way, "#sal-banner strong a") == "ltr"
    at_every_size(page, shots, f"emergency-{language}")
    assert not page.errors and not page.foreign


@pytest.mark.parametrize("language", NAMES)
def test_every_language_can_be_chosen(screen: Window, server: str, language: str) -> None:
    phone = opened(screen(), server, f"country=MA&lang={'fr' if language == 'en' else 'en'}")
    choose(phone, NAMES[language])
    until(phone, "(lang) => document.documentElement.lang === lang", arg=language)
    chosen = phone.locator(f"#sal-start button[name=speak][value={language}]")
    assert chosen.get_attribute("aria-pressed") == "true"
    way = "rtl" if language in ("ar", "ary") else "ltr"
    assert phone.locator("html").get_attribute("dir") == way
    assert phone.locator("#sal-banner .sal-banner").get_attribute("lang") == language
    no_violations(phone)


def test_the_number_is_that_of_the_chosen_country(phone: Any) -> None:
    choose(phone, "United Kingdom")
    phone.wait_for_selector("#sal-banner strong a[href='tel:999']")
    choose(phone, "Another country")
    until(phone, "document.querySelector('#sal-banner').innerText.includes('local emergency number')")


@WAYS
def test_a_person_is_always_within_reach(phone: Any, shots: Path, language: str) -> None:
    for place in ("top", "bottom"):
        phone.locator("#sal-person > summary").click()
        assert phone.locator("#sal-person a[href='tel:141']").is_visible()
        fits(phone)
        no_violations(phone)
        shot(phone, shots, f"person-{place}-{language}")
        phone.keyboard.press("Escape")
        assert phone.locator("#sal-person[open]").count() == 0
        phone.evaluate("scrollTo(0, document.body.scrollHeight)")


@LANGUAGES
def test_pictures_say_where_it_hurts_and_how_much(phone: Any, knowledge: Knowledge, shots: Path, language: str) -> None:
    words = knowledge.say(language).text
    phone.locator("#sal-body > summary").click()
    phone.locator(".sal-part > summary", has_text=words["body_belly"]).click()
    at_every_size(phone, shots, f"body-{language}")
    phone.locator(".sal-part[open]").get_by_role("button", name=words["pain_worst"]).click()
    phone.wait_for_selector("#sal-question section")
    assert pain_told(words, "belly", "worst") in phone.locator("#sal-log .sal-me").inner_text()


def test_every_answer_can_be_tapped(phone: Any) -> None:
    """Questions with six choices and "not sure" once showed four of them."""
    write(phone, "I have a headache")
    phone.wait_for_selector("#sal-question section")
    phone.wait_for_timeout(200)
    phone.locator(".sal-why > summary").click()
    assert phone.locator(".sal-why p").is_visible(), "why it is asked"
    phone.locator(".sal-why > summary").click()
    last, below = (phone.locator(part).last.bounding_box() for part in ("#sal-chips button", "#sal-write"))
    assert last["y"] + last["height"] <= below["y"] + 1, "the last answer is in sight"
    seen = 0
    for _ in range(8):
        phone.wait_for_selector("#sal-question section")
        turn = phone.locator("#sal-question section").get_attribute("data-turn")
        if "pregnancy" in phone.locator("#sal-question h2").inner_text():
            seen = phone.locator("#sal-chips button[name=say]").count()
            break
        if phone.locator(".sal-number").count():
            assert phone.locator(".sal-number input").get_attribute("inputmode") == "decimal"
            phone.fill(".sal-number input", "35")
            phone.get_by_role("button", name="years").click()
            until(phone, "document.querySelector('#sal-log').innerText.includes('35 years')")
        else:
            calm = ("No", "None of these")
            labels = phone.locator("#sal-chips button[name=say]").all_inner_texts()
            tap(phone, next(label for label in labels if label in calm))
        until(phone, "(turn) => document.querySelector('#sal-question section')?.dataset.turn !== turn", arg=turn)
    assert seen == 7


def test_the_answer_to_the_patients_own_question_is_read_first(phone: Any) -> None:
    write(phone, "I have a sore throat")
    phone.wait_for_selector("#sal-question section")
    write(phone, "is it contagious?")
    phone.locator("#sal-log .sal-log > .sal-bot:last-child", has_text="Sore throat").wait_for()
    phone.wait_for_timeout(300)
    answer, banner, below = (
        phone.locator(part).last.bounding_box() for part in ("#sal-log .sal-bot", "#sal-banner", "#sal-write")
    )
    assert banner["y"] + banner["height"] - 1 <= answer["y"] < below["y"], "it is in sight, from its beginning"
    assert phone.locator("#sal-log .sal-bot").last.locator("ul li").first.is_visible(), "what the article says"
    no_violations(phone)


def test_numbers_and_latin_words_keep_their_order_in_arabic(screen: Window, server: str) -> None:
    page = opened(screen(), server, "lang=ar&country=MA")
    write(page, "عندي حرارة 38.5 °C وأخذت 1000 mg من Doliprane")
    page.locator("#sal-log .sal-me").wait_for()
    left = """(word) => {
      const text = document.querySelector('#sal-log .sal-me p').firstChild, range = document.createRange();
      const at = text.data.indexOf(word);
      range.setStart(text, at);
      range.setEnd(text, at + word.length);
      return range.getBoundingClientRect().left;
    }"""
    for first, second in (("38.5", "°"), ("°", "C"), ("1000", "mg"), ("Doli", "prane")):
        assert page.evaluate(left, first) < page.evaluate(left, second), f"{first} {second}"
    assert page.evaluate(left, "عندي") > page.evaluate(left, "38.5")


def test_what_a_patient_writes_is_shown_as_text(phone: Any) -> None:
    evil = (
        "<img src=x onerror=\"document.title='owned'\"> ![x](http://evil.example/x.png) <b>bold</b>\n\n# h\n\u202ecough"
    )
    write(phone, evil)
    until(phone, "document.querySelector('#sal-log').innerText.includes('<img src=x')")
    phone.wait_for_selector("#sal-question section, .sal-card")
    assert phone.locator("#sal-log img, #sal-log .sal-me b:not(.sal-sr), #sal-log h1").count() == 0
    assert phone.title() == "Salama"
    assert not phone.foreign


@WAYS
def test_the_summary_is_printed_for_patient_and_clinician(
    phone: Any, knowledge: Knowledge, shots: Path, language: str
) -> None:
    write(phone, HEARTS[language])
    phone.locator("#sal-alert section").wait_for()
    phone.wait_for_selector("#sal-summary", state="attached")
    phone.locator("#sal-summary > summary").click()
    until(phone, "document.activeElement.className === 'sal-handoff'")
    for tongue in (language, "fr"):
        part = phone.locator(f".sal-sbar[lang={tongue}]")
        assert part.inner_text().count(knowledge.say(tongue).headings["situation"]) == 1
    fits(phone)
    no_violations(phone)
    shot(phone, shots, f"summary-{language}")
    phone.emulate_media(media="print")
    for seen in (f".sal-sbar[lang={language}]", ".sal-sbar[lang=fr]", ".sal-square", ".sal-card"):
        assert phone.locator(seen).is_visible(), seen
    for hidden in ("#sal-log", "#sal-write", "#sal-tools", ".sal-print"):
        assert not phone.locator(hidden).is_visible(), hidden
    ink = phone.evaluate("(e => [e.color, e.backgroundColor])(getComputedStyle(document.querySelector('.sal-call')))")
    assert ink == ["rgb(164, 22, 26)", "rgba(0, 0, 0, 0)"], "paper leaves out the ground on which white letters stood"
    printed = phone.pdf(path=str(shots / f"summary-{language}.pdf"), format="A4")
    assert len(printed) > 10_000
