"""Answers to the question that was asked: chips and words."""

from __future__ import annotations

import pytest

from knowledge.protocols import Question
from knowledge.vocabulary import Polarity
from triage.findings import read_answer

WHY = {"en": "?"}
FEVER = Question(id="q", ask=WHY, why=WHY, options=("fever",))
SIGNS = Question(id="q", ask=WHY, why=WHY, options=("sweating", "chest_pain", "limb_numb"))
AGE = Question(id="q", ask=WHY, why=WHY, number="age_years")
TEMPERATURE = Question(id="q", ask=WHY, why=WHY, number="temp_c")
LASTING = Question(id="q", ask=WHY, why=WHY, number="fever.duration_days")
WHEN = Question.model_validate(
    {
        "id": "q", "ask": WHY, "why": WHY,
        "choices": [
            {"label": {"en": "Less than 3 days", "fr": "Moins de 3 jours"}, "numbers": {"fever.duration_days": [0, 2.9]}},
            {"label": {"en": "3 to 7 days", "fr": "3 à 7 jours"}, "numbers": {"fever.duration_days": [3, 7]}},
            {"label": {"en": "Longer", "fr": "Plus longtemps"}, "present": ["ill_feeling"],
             "numbers": {"fever.duration_days": [7.1, 60]}},
        ],
    }
)  # fmt: skip
STILL = Question.model_validate(
    {
        "id": "q", "ask": WHY, "why": WHY,
        "choices": [
            {"label": {"en": "Yes, it hurts now", "fr": "Oui, j'ai mal maintenant"}, "present": ["chest_pain"]},
            {"label": {"en": "No, it has gone", "fr": "Non, c'est parti"}, "absent": ["chest_pain"]},
        ],
    }
)  # fmt: skip


@pytest.fixture
def answer(extract, lexicons):
    def run(text, question, language="en"):
        return read_answer(text, question, language, extract(text, language), lexicons)

    return run


def signs(reading):
    mark = {"affirmed": "", "negated": "-", "possible": "?"}
    return {mark[finding.polarity.value] + finding.concept for finding in reading.findings}


YES = [
    ("yes", "en"), ("Yes!", "en"), ("yeah", "en"), ("yep", "en"), ("yes I do", "en"), ("a bit", "en"), ("a little", "en"), ("sort of", "en"),
    ("kind of", "en"), ("yes a bit", "en"), ("sometimes", "en"), ("oui", "fr"), ("ouais", "fr"), ("si", "fr"), ("un peu", "fr"),
    ("oui un peu", "fr"), ("oui, je crois", "fr"), ("نعم", "ar"), ("نعم قليلا", "ar"), ("أجل", "ar"), ("شوية", "ary"), ("إييه", "ary"), ("اه", "ary"),
    ("iyeh", "ary-Latn"), ("wah", "ary-Latn"), ("ah", "ary-Latn"), ("chwiya", "ary-Latn"), ("ah chwiya", "ary-Latn"), ("oui", "ary-Latn"),
    ("oui", "en"), ("yes", "fr"), ("yes", None), ("نعم", None), ("iyeh", None),
]  # fmt: skip
NO = [
    ("no", "en"), ("No.", "en"), ("nope", "en"), ("nah", "en"), ("nope not really", "en"), ("no not really", "en"), ("not at all", "en"),
    ("none", "en"), ("no I don't", "en"), ("not that I know of", "en"), ("non", "fr"), ("nan", "fr"), ("non pas vraiment", "fr"),
    ("pas du tout", "fr"), ("non merci", "fr"), ("لا", "ar"), ("كلا", "ar"), ("لا أبدا", "ar"), ("لا", "ary"), ("والو", "ary"), ("ماعنديش", "ary"),
    ("la", "ary-Latn"), ("lla", "ary-Latn"), ("walo", "ary-Latn"), ("ma3ndich", "ary-Latn"), ("la walo", "ary-Latn"), ("non", "ary-Latn"),
    ("non", "en"), ("no", "fr"), ("no", None), ("non", None), ("لا", None),
]  # fmt: skip
UNSURE = [
    ("not sure", "en"), ("I don't know", "en"), ("idk", "en"), ("no idea", "en"), ("I have no idea", "en"), ("maybe", "en"), ("hard to say", "en"),
    ("je sais pas", "fr"), ("je ne sais pas", "fr"), ("peut-être", "fr"), ("aucune idée", "fr"), ("لا أعرف", "ar"), ("لست متأكدا", "ar"), ("ربما", "ar"),
    ("ma3reftch", "ary-Latn"), ("ymken", "ary-Latn"), ("ماعرفتش", "ary"), ("unsure", "en"),
]  # fmt: skip
WHY_ASKED = [
    ("why", "en"), ("why?", "en"), ("why do you ask?", "en"), ("what for?", "en"), ("pourquoi ?", "fr"), ("pourquoi cette question ?", "fr"),
    ("لماذا؟", "ar"), ("لماذا هذا السؤال", "ar"), ("علاش", "ary"), ("3lach?", "ary-Latn"), ("3lach katsewel", "ary-Latn"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "language"), YES)
def test_yes(answer, text, language):
    reading = answer(text, FEVER, language)
    assert (reading.kind, signs(reading)) == ("yes", {"fever"})


@pytest.mark.parametrize(("text", "language"), NO)
def test_no(answer, text, language):
    reading = answer(text, FEVER, language)
    assert (reading.kind, signs(reading)) == ("no", {"-fever"})
    assert signs(answer(text, SIGNS, language)) == {"-sweating", "-chest_pain", "-limb_numb"}


@pytest.mark.parametrize(("text", "language"), UNSURE)
def test_unsure_sets_nothing(answer, text, language):
    for question in (FEVER, SIGNS, AGE, WHEN):
        reading = answer(text, question, language)
        assert (reading.kind, reading.findings, reading.quantities) == ("unsure", (), ())


MILD = [
    ("mild", "en"), ("not that bad", "en"), ("légère", "fr"), ("pas très fort", "fr"), ("خفيف", "ar"), ("مو قوي", "ar"), ("لا مو قوي", "ar"),
    ("خفيف", "ary"), ("ماشي قاصح", "ary"), ("khfif", "ary-Latn"), ("la khfif", "ary-Latn"), ("machi 9ase7", "ary-Latn"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "language"), MILD)
def test_mild_denies_what_is_asked_for_its_strength_and_answers_no_list(answer, text, language):
    strong = answer(text, SIGNS.model_copy(update={"strength": True}), language)
    assert (strong.kind, signs(strong)) == ("no", {"-sweating", "-chest_pain", "-limb_numb"})
    other = answer(text, SIGNS, language)
    refused = text.startswith(("la ", "لا "))
    assert other.kind == ("no" if refused else "vague")


NOT_MILD = [
    ("not mild", "en"), ("no, not mild", "en"), ("it's far from mild", "en"), ("mild before, now unbearable", "en"),
    ("it was mild, now it is horrible", "en"), ("pas léger", "fr"), ("non pas léger", "fr"), ("pas supportable", "fr"), ("مو خفيف", "ar"), ("لا مو خفيف", "ar"),
    ("غير محتمل", "ar"), ("لا يحتمل", "ar"), ("لا ينطاق", "ar"), ("ماشي خفيف", "ary"), ("لا ماشي خفيف", "ary"), ("ما كنقدر نصبر", "ary"),
    ("machi khfif", "ary-Latn"), ("la machi khfif", "ary-Latn"), ("kan khfif daba s3ib bzaf", "ary-Latn"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "language"), NOT_MILD)
def test_what_is_not_mild_or_no_longer_denies_nothing(answer, text, language):
    for asked in (SIGNS, FEVER):
        reading = answer(text, asked.model_copy(update={"strength": True}), language)
        assert reading.kind != "no"
        assert not any(item.polarity is Polarity.NEGATED for item in reading.findings)


@pytest.mark.parametrize(("text", "language"), [("my headache is mild", "en"), ("mild since yesterday", "en")])
def test_a_complaint_and_its_time_may_stand_beside_mild(answer, text, language):
    assert answer(text, FEVER.model_copy(update={"strength": True}), language).kind == "no"


@pytest.mark.parametrize(
    ("text", "language"), [("9el mn 3 chhor", "ary-Latn"), ("قل من 3 شهور", "ary"), ("أقل من ثلاثة أشهر", "ar")]
)
def test_the_than_of_less_than_dates_nothing(answer, text, language):
    (age,) = answer(text, AGE, language).quantities
    assert age.low == 0 and age.high < 0.25


@pytest.mark.parametrize(
    ("text", "language"), [("a little", "en"), ("un peu", "fr"), ("شوية", "ary"), ("chwiya", "ary-Latn")]
)
def test_a_little_is_no_yes_to_a_question_for_the_strength(answer, text, language):
    assert answer(text, FEVER.model_copy(update={"strength": True}), language).kind == "vague"


@pytest.mark.parametrize(("text", "language"), WHY_ASKED)
def test_why(answer, text, language):
    assert answer(text, FEVER, language).kind == "why"
    assert answer(text, SIGNS, language).kind == "why"


SEVERAL = [
    ("yes", "yes", {"?sweating", "?chest_pain", "?limb_numb"}),
    ("a bit", "vague", set()),
    ("it's mild", "vague", set()),
    ("no, just a bit", "no", {"-sweating", "-chest_pain", "-limb_numb"}),
    ("no, mild", "no", {"-sweating", "-chest_pain", "-limb_numb"}),
    ("a bit of sweating", "options", set()),
    ("just my finger", "other", set()),
    ("I have not had any of that", "no", {"-sweating", "-chest_pain", "-limb_numb"}),
    ("it is not stopping", "unclear", set()),
    ("he is not himself", "unclear", set()),
    ("only at work", "other", set()),
    ("only a cough", "unclear", set()),
    ("none of these", "no", {"-sweating", "-chest_pain", "-limb_numb"}),
    ("none", "no", {"-sweating", "-chest_pain", "-limb_numb"}),
    ("nothing like that", "no", {"-sweating", "-chest_pain", "-limb_numb"}),
    ("just the first one", "options", {"sweating", "-chest_pain", "-limb_numb"}),
    ("the second one", "options", {"chest_pain"}),
    ("the last one", "options", {"limb_numb"}),
    ("the sweating", "options", set()),
    ("sweating", "options", set()),
    ("yes, the sweating", "options", set()),
    ("only the sweating", "options", {"-chest_pain", "-limb_numb"}),
    ("yes both", "yes", {"?sweating", "?chest_pain", "?limb_numb"}),
    ("all of them", "yes", {"sweating", "chest_pain", "limb_numb"}),
    ("yes all", "yes", {"sweating", "chest_pain", "limb_numb"}),
    ("no, but my arm is numb", "options", {"-sweating", "-chest_pain"}),
    ("no but I am sweating", "options", {"-chest_pain", "-limb_numb"}),
    ("no sweating", "options", set()),
    ("my arm is numb", "options", set()),
    ("bananas", "unclear", set()),
    ("option:sweating", "options", {"sweating"}),
    ("option:sweating option:limb_numb", "options", {"sweating", "limb_numb"}),
    ("option:sweating, option:limb_numb", "options", {"sweating", "limb_numb"}),
    ("none", "no", {"-sweating", "-chest_pain", "-limb_numb"}),
    ("unsure", "unsure", set()),
    ("why", "why", set()),
]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("both", "en"), ("both hands, it goes in 15 mins", "en"), ("les deux, le soir", "fr"), ("كلاهما", "ar"), ("بجوج", "ary"),
        ("bjouj", "ary-Latn"),
    ],
)  # fmt: skip
def test_both_answers_a_question_of_two_things_only(answer, text, language):
    two = Question(id="q", ask=WHY, why=WHY, options=("sweating", "chest_pain"))
    assert answer(text, SIGNS, language).kind == "unclear"
    assert answer(text.partition(",")[0].removesuffix(" hands"), two, language).kind == "yes"


@pytest.mark.parametrize(
    ("text", "language"),
    [("no, both are fine", "en"), ("no both", "en"), ("non, les deux vont bien", "fr"), ("لا، بجوج مزيانين", "ary")],
)
def test_a_no_before_both_is_a_no(answer, text, language):
    two = Question(id="q", ask=WHY, why=WHY, options=("sweating", "chest_pain"))
    assert answer(text, two, language).kind == "no"
    assert answer(text, SIGNS, language).kind == "no"


@pytest.mark.parametrize(("text", "kind", "wanted"), SEVERAL)
def test_several_options(answer, text, kind, wanted):
    reading = answer(text, SIGNS)
    assert (reading.kind, signs(reading)) == (kind, wanted)


def test_what_the_message_says_wins_over_a_general_answer(answer, extract):
    reading = answer("no, but my arm is numb", SIGNS)
    assert "-limb_numb" not in signs(reading)
    assert any(finding.concept == "limb_numb" for finding in extract("no, but my arm is numb").findings)


def test_a_chip_of_another_question_is_not_taken(answer):
    assert answer("option:fever", SIGNS).kind == "unclear"
    assert answer("choice:9", WHEN).kind == "unclear"


@pytest.mark.parametrize(
    ("text", "language", "years"),
    [
        ("62", "en", 62), ("62 years", "en", 62), ("I am 62", "en", 62), ("sixty two", "en", 62), ("she is 62", "en", 62),
        ("62 ans", "fr", 62), ("soixante-deux ans", "fr", 62), ("j'ai 62 ans", "fr", 62), ("٦٢", "ar", 62), ("62 سنة", "ar", 62),
        ("62 3am", "ary-Latn", 62), ("3mri 62", "ary-Latn", 62),
    ],
)  # fmt: skip
def test_age(answer, extract, text, language, years):
    reading = answer(text, AGE, language)
    assert reading.kind == "number"
    found = {item.name: item.low for item in (*reading.quantities, *extract(text, language).quantities)}
    assert found.get("age_years", found.get("age_days", 0) / 365.25) == pytest.approx(years, abs=0.01)


@pytest.mark.parametrize(
    ("text", "language", "is_age"),
    [
        ("My neighbour told me to try this page. 5 weeks. He had it last year too.", "en", True),
        ("ma voisine m'a dit d'essayer. 5 semaines", "fr", True), ("خمسة أسابيع. زوجي يقول لا شيء", "ar", True),
        ("جارتي قالت ليا جربي هاد الصفحة. 5 د السيمانات", "ary", True), ("5 d simanat. jarti galt walo", "ary-Latn", True),
        ("5 or 6 weeks", "en", True), ("a few weeks", "en", False), ("He has had it for 3 days. I gave syrup.", "en", False),
        ("5 weeks", "en", True), ("omg 5 weeks please", "en", True), ("not sure, 5 weeks I think", "en", True),
        ("euh 5 semaines aidez-moi", "fr", True), ("5 weeks ago", "en", False), ("for 5 weeks", "en", False),
        ("3 شهور، وقلقانة عليها جدا جدا", "ar", True), ("3 months, and I am so worried about her", "en", True),
        ("3 days, and I am so worried about her", "en", False), ("il y a 5 semaines", "fr", False),
        ("been feeling like this 5 weeks", "en", False), ("fever 5 days", "en", False),
    ],
)  # fmt: skip
def test_a_time_that_is_all_of_an_answer_is_an_age(answer, text, language, is_age):
    assert (answer(text, AGE, language).kind == "number") is is_age


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("38.5", "en", 38.5), ("about 38 and a half", "en", 38.5), ("39", "en", 39), ("37", "en", 37), ("38 et demi", "fr", 38.5),
        ("٣٩", "ar", 39), ("38 w ness", "ary-Latn", 38.5),
    ],
)  # fmt: skip
def test_temperature(answer, extract, text, language, value):
    reading = answer(text, TEMPERATURE, language)
    assert reading.kind == "number"
    found = [item.low for item in (*reading.quantities, *extract(text, language).quantities) if item.name == "temp_c"]
    assert found == [value]


@pytest.mark.parametrize(
    ("text", "language", "days"),
    [
        ("3 days", "en", 3), ("about a week", "en", 7), ("3", "en", 3), ("two days", "en", 2), ("since yesterday", "en", 0.5),
        ("depuis 3 jours", "fr", 3), ("une semaine", "fr", 7), ("منذ يومين", "ar", 2), ("hadi 3 yam", "ary-Latn", 3), ("simana", "ary-Latn", 7),
    ],
)  # fmt: skip
def test_lasting(answer, text, language, days):
    reading = answer(text, LASTING, language)
    assert reading.kind == "number"
    assert reading.quantities[0].name == "fever.duration_days"
    assert reading.quantities[0].low == pytest.approx(days, abs=0.01)


def test_choices(answer):
    assert answer("choice:1", WHEN).quantities[0].low == 3
    assert answer("choice:2", WHEN).findings[0].concept == "ill_feeling"
    assert answer("4 days", WHEN).quantities[0].low == 3
    assert answer("since yesterday", WHEN).quantities[0].high == 2.9
    assert answer("the first one", WHEN).quantities[0].high == 2.9
    assert answer("depuis 5 jours", WHEN, "fr").quantities[0].low == 3
    assert answer("bananas", WHEN).kind == "unclear"


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        ("yes", "en", "chest_pain"), ("no", "en", "-chest_pain"), ("it has gone", "en", "-chest_pain"), ("yes it hurts", "en", "chest_pain"),
        ("oui", "fr", "chest_pain"), ("non", "fr", "-chest_pain"), ("choice:0", "en", "chest_pain"),
    ],
)  # fmt: skip
def test_yes_and_no_as_choices(answer, text, language, wanted):
    assert signs(answer(text, STILL, language)) == {wanted}


@pytest.mark.parametrize(
    ("text", "language"),
    [("no", "en"), ("No.", "en"), ("non", "fr"), ("لا", "ar"), ("لا", "ary"), ("la", "ary-Latn")],
)
def test_no_is_the_choice_that_says_no_more_than_that(answer, knowledge, text, language):
    reading = answer(text, knowledge.questions["background.immune"], language)
    assert {"-immunosuppressed", "-chemo"} <= signs(reading)
    assert "condition:asplenia" not in signs(reading), "no spleen is another answer"


def test_answers_carry_the_words_and_their_origin(answer):
    finding = answer("Yes, I do", FEVER).findings[0]
    assert (finding.text, finding.origin) == ("Yes, I do", "answer")


def test_the_last_one_of_nothing_is_no_choice(answer):
    assert answer("the last one", FEVER).kind == "unclear"
    assert answer("the last one", SIGNS).findings[0].concept == "limb_numb"


BLOOD = Question.model_validate(
    {
        "id": "q", "ask": WHY, "why": WHY,
        "choices": [
            {"label": {"en": "No blood", "fr": "Pas de sang", "ary-Latn": "Ma kaynch ddem"}, "absent": ["coughing_blood"]},
            {"label": {"en": "A few streaks", "fr": "Quelques filets", "ary-Latn": "Chi khyout"}, "present": ["coughing_blood"]},
            {"label": {"en": "More", "fr": "Plus", "ary-Latn": "Kter"},
             "present": ["coughing_blood", "amount_more_than_streaks"]},
        ],
    }
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "language"),
    [("yes", "en"), ("yes, some blood", "en"), ("si, du sang", "fr"), ("ah kayn dem", "ary-Latn"), ("oui", "fr")],
)
def test_a_yes_to_several_choices_holds_what_all_but_the_no_hold(answer, text, language):
    reading = answer(text, BLOOD, language)
    assert "-coughing_blood" not in signs(reading)
    assert (reading.kind, signs(reading)) in [("vague", {"coughing_blood"}), ("options", {"coughing_blood"})]
