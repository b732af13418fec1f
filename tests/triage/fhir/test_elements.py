"""The data types: nothing that a patient writes makes them invalid."""

import math
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import LANGUAGES
from triage.fhir.elements import filled, id_of, instant, labelled, narrative, plain, quantity, valued

ANYTHING = st.text(st.characters(exclude_categories=()))


@given(lines=st.lists(ANYTHING), language=st.sampled_from(LANGUAGES))
def test_whatever_is_written_is_told_as_well_formed_xhtml(lines: list[str], language: str) -> None:
    root = ElementTree.fromstring(narrative(lines, language)["div"])
    assert root.get("dir") == ("rtl" if language in ("ar", "ary") else "ltr")
    wanted = [plain(line).replace("\r\n", "\n").replace("\r", "\n") for line in lines]
    assert [part.text or "" for part in root] == wanted


@given(ANYTHING)
def test_a_plain_text_holds_no_sign_that_fhir_forbids(text: str) -> None:
    assert not {sign for sign in plain(text) if ord(sign) < 32} - {"\t", "\n", "\r"}
    plain(text).encode()


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_numbers_have_one_decimal_at_most_and_a_range_two_ends(low: float, high: float) -> None:
    value = valued(low, high, "°C", "Cel")
    kind = "valueQuantity" if round(low, 1) == round(high, 1) else "valueRange"
    assert [*value] == [kind]
    number = quantity(low, None)["value"]
    assert math.isclose(number, low, abs_tol=0.051) and len(str(number).partition(".")[2]) <= 1


def test_what_has_no_value_is_left_out_and_what_is_false_is_kept() -> None:
    assert filled(a=None, b="", c=[], d={}, e=False, f=0, class_="x") == {"e": False, "f": 0, "class": "x"}
    assert quantity(8, None) == {"value": 8}
    assert labelled(PATRPT="patient reported")["security"][0]["code"] == "PATRPT"


def test_an_id_is_always_the_same_and_another_for_another_name() -> None:
    assert id_of("a", "b") == id_of("a", "b") != id_of("a", "c")
    assert instant(datetime(2026, 11, 29, 9, 5, 7, 999, tzinfo=UTC)) == "2026-11-29T09:05:07+00:00"


@pytest.mark.parametrize("text", ["\x00", " \x08 ", "\ud800"])
def test_nothing_is_left_of_signs_that_are_all_forbidden(text: str) -> None:
    assert plain(text) == ""
