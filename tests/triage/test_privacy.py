"""Identifiers go, what triage needs stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.privacy import Scrubber

SCRUBBER = Scrubber(["my name is", "je m'appelle", "smiti", "اسمي", "I am"], not_names=["sick", "pregnant"])


@pytest.mark.parametrize(
    ("text", "gone", "kind"),
    [
        ("write to amina.b@example.org please", "amina", "email"),
        ("see https://example.org/me?id=3 now", "example", "address"),
        ("call me on +212 6 12 34 56 78", "12 34", "phone"),
        ("mon numéro 06 12 34 56 78", "06 12", "phone"),
        ("رقمي 0612345678", "0612345678", "phone"),
        ("my card 4111 1111 1111 1111", "4111", "card"),
        ("CIN BK123456", "123456", "identity"),
        ("1 85 05 78 006 084 36", "006", "identity"),
        ("My name is Fatima Zahra and my chest hurts", "Fatima", "name"),
        ("je m'appelle Youssef, j'ai mal", "Youssef", "name"),
        ("smiti khadija kaydrni rasi", "khadija", "name"),
        ("اسمي فاطمة وعندي ألم", "فاطمة", "name"),
    ],
)
def test_an_identifier_is_removed_and_its_kind_kept(text: str, gone: str, kind: str) -> None:
    scrubbed = SCRUBBER.scrub(text)
    assert gone not in scrubbed.text
    assert kind in scrubbed.redactions


@pytest.mark.parametrize(
    "text",
    [
        "I am 45 and my temperature is 38.9 since 3 days",
        "BP 180/120, pulse 130, sugar 2.5 g/L, SpO2 88",
        "6 weeks pregnant, bleeding since 14:30",
        "il a 2 ans et 39,5 depuis 24 heures",
        "I am sick and I am pregnant",
        "عنده 39 من البارح",
        "took 10 tablets of 500 mg at 10 pm",
        "100 102 103 fever going up",
        "on 2026-11-20 I fell from 3 m",
    ],
)
def test_what_triage_needs_is_kept(text: str) -> None:
    assert SCRUBBER.scrub(text).text == text


@given(st.integers(0, 120), st.floats(30, 45), st.integers(1, 60), st.sampled_from(["days", "hours", "ans", "mois"]))
def test_ages_temperatures_and_durations_survive(age: int, temperature: float, count: int, unit: str) -> None:
    text = f"{age} years old, {temperature:.1f} for {count} {unit}"
    assert SCRUBBER.scrub(text).text == text


@given(st.text(max_size=400))
def test_any_text_is_scrubbed_without_error(text: str) -> None:
    assert isinstance(SCRUBBER.scrub(text).text, str)
