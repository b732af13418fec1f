"""Options pointed at by their place, and a "no" that is taken back."""

from __future__ import annotations

import pytest

from knowledge.protocols import Question
from knowledge.vocabulary import Polarity
from triage.findings import read_answer

WHY = {"en": "?"}
FOUR = Question(id="q", ask=WHY, why=WHY, options=("sweating", "chest_pain", "limb_numb", "fever"))
ONE = Question(id="q", ask=WHY, why=WHY, options=("sudden_worst_ever",))


@pytest.fixture
def told(extract, lexicons):
    def run(text, language, question=FOUR):
        reading = read_answer(text, question, language, extract(text, language), lexicons)
        there = {item.concept for item in reading.findings if item.polarity is not Polarity.NEGATED}
        denied = {item.concept for item in reading.findings if item.polarity is Polarity.NEGATED}
        places = [place for place, name in enumerate(question.options, start=1) if name in there]
        return places, len(denied)

    return run


@pytest.mark.parametrize(
    ("text", "language", "places"),
    [
        ("1 and 3", "en", [1, 3]), ("2, 4", "en", [2, 4]), ("second and fourth", "en", [2, 4]), ("the first two", "en", [1, 2]),
        ("no. 4", "en", [4]), ("#2", "en", [2]), ("number three", "en", [3]), ("yes the third", "en", [3]), ("the last but one", "en", [3]),
        ("le 2", "fr", [2]), ("n°4", "fr", [4]), ("la première et la dernière", "fr", [1, 4]), ("les deux derniers", "fr", [3, 4]),
        ("الثانية والرابعة", "ar", [2, 4]), ("٢ و ٣", "ar", [2, 3]), ("رقم 4", "ar", [4]), ("نعم الأخيرة", "ar", [4]),
        ("اللولة و الرابعة", "ary", [1, 4]), ("الجوج اللولين", "ary", [1, 2]), ("آه التالتة", "ary", [3]),
        ("lwla o rab3a", "ary-Latn", [1, 4]), ("jouj o tlata", "ary-Latn", [2, 3]), ("ah lkhra", "ary-Latn", [4]),
    ],
)  # fmt: skip
def test_options_are_pointed_at_by_their_places(told, text, language, places):
    assert told(text, language) == (places, 0)


@pytest.mark.parametrize(
    ("text", "language", "places"),
    [
        ("none but 3", "en", [3]), ("none of them except the last", "en", [4]), ("only 2", "en", [2]), ("all except the last one", "en", [1, 2, 3]),
        ("aucun sauf le 3", "fr", [3]), ("rien à part le dernier", "fr", [4]), ("tous sauf le premier", "fr", [2, 3, 4]),
        ("لا شيء إلا الثالثة", "ar", [3]), ("كلها ما عدا الأخيرة", "ar", [1, 2, 3]),
        ("والو من غير التالتة", "ary", [3]), ("walo mn ghir talta", "ary-Latn", [3]), ("kamlin mn ghir lkhra", "ary-Latn", [1, 2, 3]),
    ],
)  # fmt: skip
def test_all_others_are_denied_where_only_some_are_there(told, text, language, places):
    assert told(text, language) == (places, 4 - len(places))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("4", "en"),
        ("7 and 9", "en"),
        ("he is 2", "en"),
        ("2 and a half", "en"),
        ("I went vegan on the first", "en"),
        ("2 and 3 days", "en"),
        ("last night", "en"),
        ("les deux", "fr"),
    ],
)
def test_other_numbers_point_at_nothing(told, text, language):
    assert told(text, language) == ([], 0)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("No. Actually yes", "en"), ("no sorry yes", "en"), ("nope, wait, yeah", "en"), ("non, en fait oui", "fr"), ("non mais si", "fr"),
        ("non... enfin si, d'un coup", "fr"), ("لا، عفوا نعم", "ar"), ("لا بل نعم", "ar"), ("لا، بلاتي، آه", "ary"), ("la, ghlett, ah", "ary-Latn"),
        ("la la ah", "ary-Latn"),
    ],
)  # fmt: skip
def test_a_yes_takes_back_the_no_before_it(told, text, language):
    assert told(text, language, ONE) == ([1], 0)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("no, never", "en"),
        ("no yes no", "en"),
        ("non, il mange bien oui", "fr"),
        ("لا، لا", "ar"),
        ("la la la", "ary-Latn"),
    ],
)
def test_a_no_that_nobody_takes_back_stays(told, text, language):
    assert told(text, language, ONE)[0] == []


@pytest.mark.parametrize(
    ("text", "language"),
    [("all of this no", "en"), ("tout ça non", "fr"), ("كل هذا لا", "ar"), ("kolchi la", "ary-Latn")],
)
def test_all_no_is_none_of_these(told, text, language):
    assert told(text, language) == ([], 4)


def test_a_bare_yes_to_a_list_of_illnesses_makes_nobody_ill(told):
    illnesses = Question(id="q", ask=WHY, why=WHY, options=("limb_injury", "condition:sickle_cell"))
    assert told("yes", "en", illnesses) == ([], 0)


def test_behind_a_but_an_option_is_told(told):
    pains = Question(id="q", ask=WHY, why=WHY, options=("tearing_or_ripping_pain", "faint_or_collapse"))
    assert told("no but it is ripping", "en", pains) == ([1], 1)
