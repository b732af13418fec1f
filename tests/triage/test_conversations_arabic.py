"""Dialogues in Arabic and Darija as patients write them: each answer is read as the person means it."""

from __future__ import annotations

import pytest

from knowledge.vocabulary import Disposition
from triage import Encounter


def asked_of(say, language, *messages):
    """Play messages on a page of a language and return the encounter and its last turn."""
    encounter = Encounter(language=language, country="MA")
    return encounter, say(*messages, encounter=encounter)


@pytest.mark.parametrize(
    ("language", "complaint", "since"),
    [
        ("ary", "فيا الرواح", "جوج أيام"), ("ary", "عندي السخانة", "هادي نص ساعة"), ("ary", "عندي الحمى", "من البارح"),
        ("ary-Latn", "fiya skhana", "hadi 10 d9aye9"), ("ary-Latn", "fiya lzkam", "3 iyam"),
        ("ar", "عندي إسهال", "منذ البارحة، خمس مرات اليوم"),
    ],
)  # fmt: skip
def test_how_long_it_lasts_is_no_age(say, language, complaint, since):
    encounter, turn = asked_of(say, language, complaint, since)
    assert "person.age" in encounter.asked
    assert turn.assessment.disposition < Disposition.EMERGENCY_DEPARTMENT
    assert turn.reply.question is not None
    assert turn.reply.question.id == "person.age", "the age is asked once more"


def test_the_age_of_a_baby_in_months_is_one(say):
    _, turn = asked_of(say, "ary", "البيبي سخون", "شهرين")
    assert turn.assessment.floor >= Disposition.EMERGENCY_DEPARTMENT


def test_an_age_is_no_temperature(say):
    encounter, turn = asked_of(say, "ary", "كنعطس وفيا الرواح")
    assert turn.reply.question is not None
    assert turn.reply.question.id == "person.age"
    say("38", encounter=encounter)
    assert not any(finding.concept == "fever" for finding in encounter.findings)


@pytest.mark.parametrize(
    ("language", "messages"),
    [
        ("ary", ("ولدي سخون", "عندو عامين ونص", "كيشرب ولكن ما بغاش ياكل")),
        ("ary-Latn", ("bebe dyali fih l ishal", "8 chhor", "5 merrat lyoum")),
    ],
)
def test_an_answer_about_something_else_ticks_no_danger_sign(say, language, messages):
    encounter, turn = asked_of(say, language, *messages[:-1])
    assert turn.reply.question is not None
    assert "option:hard_to_wake" in {option.value for option in turn.reply.question.options}
    say(messages[-1], encounter=encounter)
    ticked = {finding.concept for finding in encounter.findings if finding.origin == "answer"}
    assert "hard_to_wake" not in ticked


def test_a_danger_told_in_an_answer_is_kept(say):
    _, turn = asked_of(say, "ary", "بنتي فيها السخانة", "عامين", "لا ما بغاتش تفيق")
    assert turn.assessment.floor is Disposition.AMBULANCE


def test_a_late_danger_is_kept(say):
    _, turn = asked_of(
        say, "ary", "مي عيانة", "71 عام", "لا كتهضر معانا عادي", "صراحة دابا ولات مخلطة وما عرفاتش النهار"
    )
    assert turn.assessment.floor is Disposition.AMBULANCE


def test_denying_fever_denies_nothing_else(say):
    encounter, _ = asked_of(say, "ary", "كنعيا بزاف هاد الأيام", "ما عرفتش", "ما كاينش السخانة")
    denied = {finding.concept for finding in encounter.findings if finding.polarity == "negated"}
    assert "fever" in denied
    assert "chest_pain" not in denied


@pytest.mark.parametrize(
    ("language", "answer"),
    [("ary", "لا كتلعب وكتشرب"), ("ary", "لا كتنقز وتلعب"), ("ary-Latn", "la katl3eb w katchreb")],
)
def test_la_before_a_verb_is_an_answer_in_darija(say, language, answer):
    child = "بنتي فيها السخانة" if language == "ary" else "bnti fiha skhana"
    encounter, _ = asked_of(say, language, child, "عامين" if language == "ary" else "3amayn", answer)
    denied = {finding.concept for finding in encounter.findings if finding.polarity == "negated"}
    assert "hard_to_wake" in denied


@pytest.mark.parametrize("text", ["لا يدي كنحركها عادي", "لا النفس مزيان", "لا كنتنفس عادي"])
def test_no_and_well_is_no_danger(say, text):
    _, turn = asked_of(say, "ary", text)
    assert turn.assessment.floor < Disposition.EMERGENCY_DEPARTMENT


def test_a_denied_swelling_leaves_normal_breathing_normal(say):
    _, turn = asked_of(say, "ary-Latn", "klit fraise w chfayfi 7akkouni. ma tnfekh walo kantnefs 3adi")
    assert turn.assessment.floor < Disposition.EMERGENCY_DEPARTMENT


@pytest.mark.parametrize("text", ["ja b chwiya b chwiya", "bda b chwiya b chwiya"])
def test_a_gradual_headache_is_not_sudden(say, text):
    _, turn = asked_of(say, "ary-Latn", "ra2si kaydrni bzaf", text)
    assert turn.assessment.disposition < Disposition.EMERGENCY_DEPARTMENT


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("ary", "من بعد الماكلة"), ("ary", "لا ما طاحتش"), ("ary", "عندها سبع سنين"), ("ary", "لا أنا راجل"),
        ("ary-Latn", "la ma kandirch les lentilles"),
    ],
)  # fmt: skip
def test_a_short_answer_does_not_change_the_language(say, page, text):
    start = "راسي كيضرني" if page == "ary" else "3ini 7mra"
    encounter, _ = asked_of(say, page, start, text)
    assert encounter.language == page


@pytest.mark.parametrize(("page", "text"), [("ary", "عمره خمس سنوات ولا يأكل جيدا"), ("ary-Latn", "oui je tousse")])
def test_a_whole_sentence_does(say, page, text):
    encounter, _ = asked_of(say, page, text)
    assert encounter.language == ("ar" if page == "ary" else "fr")


@pytest.mark.parametrize(
    ("language", "text", "protocol"),
    [
        ("ary", "حرقت يدي بالما سخون", "burn"), ("ary-Latn", "7re9t yeddi b lma skhoun", "burn"),
        ("ary-Latn", "weldi kay7k7", "cough"),
    ],
)  # fmt: skip
def test_everyday_complaints_are_understood(say, language, text, protocol):
    _, turn = asked_of(say, language, text)
    assert protocol in turn.assessment.protocols


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ary", "كرش مرتي كتوجعها شوية. واش تدير شي حاجة؟"), ("ary", "ضربت صبعي مع الباب وزراق شوية"),
        ("ary", "الطبيب عطاني الحديد حيت عندي فقر الدم"), ("ary", "راسي كيضرني شوية حيت ما شربتش القهوة، حنا فرمضان"),
        ("ary", "ما بقيتش كنشوف الكتابة الصغيرة، عمري 46 عام"), ("ary-Latn", "wldi ma bghach yakol l khodra, 4 snin"),
        ("ary-Latn", "wach sahih l qahwa katdir l9elb?"), ("ar", "مش عارف"), ("ary-Latn", "ma n3ref"),
    ],
)  # fmt: skip
def test_everyday_words_frighten_nobody(say, language, text):
    _, turn = asked_of(say, language, text)
    assert turn.assessment.disposition < Disposition.EMERGENCY_DEPARTMENT


@pytest.mark.parametrize(
    ("language", "text"),
    [("ar", "أمي لا تعرفنا منذ الصباح"), ("ar", "جدي مش عارفنا"), ("ary", "جدتي ما عاداتش كتعرفنا من الصباح")],
)
def test_who_knows_nobody_is_confused(say, language, text):
    _, turn = asked_of(say, language, text)
    assert turn.assessment.floor is Disposition.AMBULANCE


def test_the_door_and_a_thing_have_no_age(say):
    encounter, _ = asked_of(say, "ary-Latn", "drebt rassi m3a lbab, chi 7aja khfifa")
    assert not encounter.quantities
