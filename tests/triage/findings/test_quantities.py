"""Numbers: ages, measurements, counts, and what is no measurement."""

from __future__ import annotations

import pytest

YEAR = 365.25


def quantity(extract, text, name, language="en", **options):
    found = [item for item in extract(text, language, **options).quantities if item.name == name]
    return (round(found[0].low, 2), round(found[0].high, 2)) if found else None


TEMPERATURES = [
    ("temperature 38.9", "en", 38.9),
    ("temp is 38,9", "en", 38.9),
    ("38.9", "en", 38.9),
    ("fever of 39", "en", 39),
    ("fever 39.5°C", "en", 39.5),
    ("39.5 C", "en", 39.5),
    ("39c", "en", 39),
    ("102 F", "en", 38.89),
    ("102F fever", "en", 38.89),
    ("temperature of 101.5", "en", 38.61),
    ("100.4 degrees", "en", 38),
    ("thirty nine degrees", "en", 39),
    ("36,6 de fièvre", "fr", 36.6),
    ("38 et demi de fièvre", "fr", 38.5),
    ("39 de fièvre", "fr", 39),
    ("j'ai 39", "fr", 39),
    ("fièvre à 40", "fr", 40),
    ("38°5", "fr", 38),
    ("température : 39,2", "fr", 39.2),
    ("حرارتي ٣٨٫٥", "ar", 38.5),
    ("درجة حرارته 39.5", "ar", 39.5),
    ("حرارة 40 درجة", "ar", 40),
    ("درجة حرارته ثمانية وثلاثون ونصف", "ar", 38.5),
    ("skhana 39 men lbare7", "ary-Latn", 39),
    ("3ando 39 w ness", "ary-Latn", 39.5),
    ("38 w ness", "ary-Latn", 38.5),
    ("السخانة تمانية و تلاتين ونص", "ary", 38.5),
]


@pytest.mark.parametrize(("text", "language", "wanted"), TEMPERATURES)
def test_temperature(extract, text, language, wanted):
    assert quantity(extract, text, "temp_c", language)[0] == pytest.approx(wanted, abs=0.02)


def test_a_range_of_temperature_keeps_both_ends(extract):
    assert quantity(extract, "fever 38-39", "temp_c") == (38, 39)
    assert quantity(extract, "plus de 39 depuis hier", "temp_c", "fr")[0] == 39
    assert quantity(extract, "my fever is almost 40", "temp_c") == (39, 40)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("40 ans, douleur poitrine", "fr"),
        ("38 SA", "fr"),
        ("40 weeks pregnant", "en"),
        ("I'm 39", "en"),
        ("my mother is 41", "en"),
        ("took 40 tablets", "en"),
        ("39 of my friends", "en"),
        ("7 ayam w ana mrid", "ary-Latn"),
        ("عمري 40 سنة", "ar"),
        ("if it goes over 39 what should I do", "en"),
    ],
)
def test_no_temperature(extract, text, language):
    assert quantity(extract, text, "temp_c", language) is None


def test_high_temperature_is_fever(check):
    check("temperature 38", "en", "fever")
    check("38.5", "en", "fever")
    check("temperature 37.5", "en", "!fever")
    check("39 depuis hier", "fr", "fever")


AGES = [
    ("Elle a seize jours, je la trouvais chaude. Un peu endormie.", "fr", 16, 16),
    ("6 weeks old", "en", 42, 48),
    ("my baby is 6 weeks old", "en", 42, 48),
    ("my 2 month old", "en", 60.8, 91),
    ("my 3-year-old son", "en", 3 * YEAR, 4 * YEAR - 1),
    ("45F", "en", 45 * YEAR, 46 * YEAR - 1),
    ("67M", "en", 67 * YEAR, 68 * YEAR - 1),
    ("34yo male", "en", 34 * YEAR, 35 * YEAR - 1),
    ("34 y/o", "en", 34 * YEAR, 35 * YEAR - 1),
    ("I'm 52", "en", 52 * YEAR, 53 * YEAR - 1),
    ("I am 52 years old", "en", 52 * YEAR, 53 * YEAR - 1),
    ("aged 70", "en", 70 * YEAR, 71 * YEAR - 1),
    ("my mother is 67", "en", 67 * YEAR, 68 * YEAR - 1),
    ("my mother is 67 and has chest pain", "en", 67 * YEAR, 68 * YEAR - 1),
    ("my baby has a fever", "en", 0, 730),
    ("my newborn has a fever", "en", 0, 28),
    ("baby born yesterday, has a rash", "en", 0, 3),
    ("bébé né hier, il est jaune", "fr", 0, 3),
    ("البيبي تزاد لبارح", "ary", 0, 3),
    ("bebe tzad lbare7", "ary-Latn", 0, 3),
    ("bebe fih skhana", "ary-Latn", 0, 730),
    ("my toddler has a fever", "en", 365, 1460),
    ("my teenager has a fever", "en", 4748, 7304),
    ("my 3 day old baby", "en", 3, 3),
    ("my daughter, 4 years old, has a rash", "en", 4 * YEAR, 5 * YEAR - 1),
    ("j'ai 60 ans", "fr", 60 * YEAR, 61 * YEAR - 1),
    ("60 ans", "fr", 60 * YEAR, 61 * YEAR - 1),
    ("mon bébé de 9 mois", "fr", 273.9, 304),
    ("mon bébé a 9 mois", "fr", 273.9, 304),
    ("ma fille de deux ans", "fr", 2 * YEAR, 3 * YEAR - 1),
    ("bébé de 3 semaines", "fr", 21, 27),
    ("mon nourrisson a de la fièvre", "fr", 0, 730),
    ("عمره 4 سنوات", "ar", 4 * YEAR, 5 * YEAR - 1),
    ("عمرها سنتان", "ar", 2 * YEAR, 3 * YEAR - 1),
    ("عمرها شهر وعندها حمى", "ar", 30, 60),
    ("عمره سنة", "ar", YEAR, 2 * YEAR - 1),
    ("ابني يبلغ من العمر أربع سنوات", "ar", 4 * YEAR, 5 * YEAR - 1),
    ("رضيعي عمره 3 أسابيع", "ar", 21, 27),
    ("3endo 3amin", "ary-Latn", 2 * YEAR, 3 * YEAR - 1),
    ("3ndo 3 snin", "ary-Latn", 3 * YEAR, 4 * YEAR - 1),
    ("weldi 3ndo 5 snin", "ary-Latn", 5 * YEAR, 6 * YEAR - 1),
    ("عندو عامين", "ary", 2 * YEAR, 3 * YEAR - 1),
    ("my daughter is almost 3 months old", "en", 68, 90),
    ("my daughter is under 3 months old", "en", 0, 90),
    ("ma fille a presque 3 mois", "fr", 68, 90),
    ("my son is nearly 4 years old", "en", 3 * YEAR, 4 * YEAR - 1),
    ("ma fille a 3 mois moins une semaine", "fr", 84, 90),
    ("بنتي عمرها 3 شهور الا اسبوع", "ar", 84, 90),
    ("بنتي عمرها 3 شهور الا يومين", "ar", 89, 90),
    ("bnti 3ndha 9rib 3 chhor", "ary-Latn", 68, 90),
    ("بنتي عمرها 3 شهور قل سيمانة", "ary", 84, 90),
    ("bnti 3ndha 3 chhor 9el simana", "ary-Latn", 84, 90),
    ("I'm a man, 40", "en", 40 * YEAR, 41 * YEAR - 1),
    ("je suis un homme, 40", "fr", 40 * YEAR, 41 * YEAR - 1),
    ("my son 4 has a fever", "en", 4 * YEAR, 5 * YEAR - 1),
    ("ma fille 12, mal à la tête", "fr", 12 * YEAR, 13 * YEAR - 1),
    ("ولدي 4 فيه السخانة", "ary", 4 * YEAR, 5 * YEAR - 1),
    ("ولدي عندو 2 شهور هادي يومين وهو سخون", "ary", 60.8, 91),
    ("wldi 3ndo 2 chhour hadi yawmin w howa skhoun", "ary-Latn", 60.8, 91),
    ("bnti 3ndha 3 simanat hadi nhar w hiya skhouna", "ary-Latn", 21, 27),
    ("baby born at 35 weeks, 3 weeks old, fever", "en", 21, 27),
    ("bébé né à 35 semaines, il a 3 semaines, fièvre", "fr", 21, 27),
    ("ولدي تزاد ف 35 سيمانة و عندو 3 سيمانات و فيه السخانة", "ary", 21, 27),
]


@pytest.mark.parametrize(("text", "language", "low", "high"), AGES)
def test_age(extract, text, language, low, high):
    found = quantity(extract, text, "age_days", language)
    assert found[0] == pytest.approx(low, abs=1)
    assert found[1] == pytest.approx(high, abs=2)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("chest pain for 3 weeks", "en"),
        ("I had it 5 years ago", "en"),
        ("depuis 3 ans", "fr"),
        ("il y a 2 ans", "fr"),
        ("منذ سنتين", "ar"),
        ("I have breast pain since my baby was born, I have chest pain", "en"),
        ("I am 32 weeks pregnant", "en"),
        ("hadi 3 snin", "ary-Latn"),
        ("j'ai une douleur dans la poitrine", "fr"),
        ("mon père a une douleur", "fr"),
        ("il a avalé un comprimé vers 10h", "fr"),
        ("retard de règles de 2 jours", "fr"),
        ("I have a cough for 3 days", "en"),
        ("3ndi skhana hadi 3 simanat", "ary-Latn"),
        ("أنا أرضع وعندي صداع", "ar"),
        ("الوجع تزاد اليوم", "ary"),
        ("45 F chest pain", "en"),
        ("أرضع، وأحد ثدييّ أحمر، حرارتي 38.5", "ar"),
        ("born at 35 weeks", "en"),
    ],
)
def test_no_age(extract, text, language):
    assert quantity(extract, text, "age_days", language) is None


def test_the_age_of_another_person_is_not_the_subjects(extract):
    text = "I have chest pain, my son is 3 years old"
    assert quantity(extract, text, "age_days", subject="self") is None


def test_sex(extract):
    assert extract("45F chest pain").sex == "F"
    assert extract("je suis enceinte", "fr").sex == "F"
    assert extract("je suis fatiguée", "fr").sex == "F"
    assert extract("my husband has chest pain").sex == "M"
    assert extract("I am a man with a cough").sex == "M"
    assert extract("ana 7amla", "ary-Latn").sex == "F"


PREGNANT = [
    ("I am 32 weeks pregnant", "en", 32),
    ("pregnant 32 weeks", "en", 32),
    ("32 weeks pregnant", "en", 32),
    ("enceinte de 7 mois", "fr", 30.42),
    ("enceinte de 35 semaines", "fr", 35),
    ("38 SA", "fr", 38),
    ("حامل في الشهر الثامن", "ar", 34.76),
    ("حامل 20 أسبوع", "ar", 20),
    ("7amla f chher 8", "ary-Latn", 34.76),
    ("ana 7amla 7 chhor", "ary-Latn", 30.42),
    ("I am 30 weeks and baby not moving", "en", 30),
    ("je ne sens plus le bébé bouger, je suis à 32 semaines", "fr", 32),
    ("j'ai perdu les eaux à 33 semaines", "fr", 33),
]


@pytest.mark.parametrize(("text", "language", "weeks"), PREGNANT)
def test_pregnancy(extract, check, text, language, weeks):
    assert quantity(extract, text, "pregnant_weeks", language)[0] == pytest.approx(weeks, abs=0.05)
    check(text, language, "pregnant")


PRESSURES = [
    ("bp 180/110", "en", 180, 110),
    ("blood pressure is 190 over 120", "en", 190, 120),
    ("180/110", "en", 180, 110),
    ("tension 14/9", "fr", 140, 90),
    ("tension à 18 sur 10", "fr", 180, 100),
    ("j'ai 18 de tension", "fr", 180, None),
    ("18 de tension", "fr", 180, None),
    ("ضغطي 19 على 12", "ar", 190, 120),
    ("الضغط 180/110", "ar", 180, 110),
    ("tonsyou 19 w rasi kaytche9", "ary-Latn", 190, None),
    ("tonsyou 18 w 12", "ary-Latn", 180, 120),
    ("الطونسيو 18", "ary", 180, None),
]


@pytest.mark.parametrize(("text", "language", "upper", "lower"), PRESSURES)
def test_blood_pressure(extract, text, language, upper, lower):
    assert quantity(extract, text, "bp_sys", language) == (upper, upper)
    found = quantity(extract, text, "bp_dia", language)
    assert found == (None if lower is None else (lower, lower))


def test_a_date_or_a_score_is_no_blood_pressure(extract):
    assert quantity(extract, "since 14/9", "bp_sys") is None
    assert quantity(extract, "pain 8/10", "bp_sys") is None
    assert quantity(extract, "pressure in my sinuses 7 out of 10", "bp_sys") is None
    assert quantity(extract, "high blood pressure. 8 tablets left", "bp_sys") is None


def test_a_bare_number_behind_a_pressure_is_the_pulse_unless_it_may_be_an_age(extract):
    assert quantity(extract, "85/50, 130", "heart_rate") == (130, 130)
    assert quantity(extract, "tension 8/5, 130", "heart_rate", "fr") == (130, 130)
    assert quantity(extract, "85/50, 55 years old", "heart_rate") is None
    assert quantity(extract, "bp 150/95, 64", "heart_rate") is None


def test_until_thursday_is_no_blood_pressure(extract):
    assert quantity(extract, "wach nsenna ta nhar lkhmis", "bp_sys", "ary-Latn") is None


GLUCOSE = [
    ("sugar 2.8 mmol", "en", 2.8, 2.8),
    ("blood sugar is 400", "en", 22.2, 22.2),
    ("sugar 70 mg/dl", "en", 3.88, 3.9),
    ("glucose 25", "en", 25, 25),
    ("ma glycémie est à 3", "fr", 16.65, 16.65),
    ("glycémie à 3 g/L", "fr", 16.65, 16.65),
    ("glycémie à 4 grammes", "fr", 22.2, 22.2),
    ("dextro 0,5", "fr", 2.78, 2.78),
    ("السكر 350", "ar", 19.4, 19.5),
    ("skker 3", "ary-Latn", 16.65, 16.65),
    ("skker 4 gram", "ary-Latn", 22.2, 22.2),
    ("my sugar is 2.8", "en", 2.8, 2.8),
    ("my sugar is 2.5 g", "en", 13.88, 13.88),
    ("my sugar is 0.5", "en", 2.78, 2.78),
    ("سكري 2.5", "ar", 13.88, 13.88),
    ("سكري ٢٫٥ غرام", "ar", 13.88, 13.88),
    ("السكر عندي 0.45", "ary", 2.5, 2.5),
    ("glycémie à 54 mg", "fr", 3, 3),
    ("ma glycémie est à 0,45 ce matin", "fr", 2.5, 2.5),
    ("ma glycémie est à 0,45 ce soir", "fr", 2.5, 2.5),
]


@pytest.mark.parametrize(("text", "language", "low", "high"), GLUCOSE)
def test_glucose(extract, text, language, low, high):
    found = quantity(extract, text, "glucose_mmol", language)
    assert found == (pytest.approx(low, abs=0.1), pytest.approx(high, abs=0.1))


OTHERS = [
    ("pulse 130", "en", "heart_rate", 130),
    ("heart rate is 45", "en", "heart_rate", 45),
    ("130 bpm", "en", "heart_rate", 130),
    ("pouls à 120", "fr", "heart_rate", 120),
    ("oxygen 88", "en", "spo2_percent", 88),
    ("sats 91%", "en", "spo2_percent", 91),
    ("saturation à 92 %", "fr", "spo2_percent", 92),
    ("الأوكسجين 88", "ar", "spo2_percent", 88),
    ("breathing 60 times a minute", "en", "resp_rate_per_min", 60),
    ("40 breaths per minute", "en", "resp_rate_per_min", 40),
    ("pain 8/10", "en", "pain_score", 8),
    ("8 out of 10", "en", "pain_score", 8),
    ("douleur 8 sur 10", "fr", "pain_score", 8),
    ("diarrhoea 8 times a day", "en", "diarrhoea_stools_per_day", 8),
    ("diarrhée 6 fois par jour", "fr", "diarrhoea_stools_per_day", 6),
    ("20 stings", "en", "sting_count", 20),
    ("stung 15 times", "en", "sting_count", 15),
    ("my icd shocked me twice", "en", "icd_shock_count", 2),
    ("my defibrillator shocked me 3 times", "en", "icd_shock_count", 3),
    ("burns on 10% of his body", "en", "burn_percent", 10),
    ("fell 3 meters", "en", "fall_height_m", 3),
    ("fell 10 feet", "en", "fall_height_m", 3.05),
    ("fell from a height of 2m", "en", "fall_height_m", 2),
    ("chute de 3 mètres", "fr", "fall_height_m", 3),
    ("سقط من علو 3 أمتار", "ar", "fall_height_m", 3),
    ("a cut 6 cm long", "en", "longer_than_cm", 6),
    ("plaie de 5 cm", "fr", "longer_than_cm", 5),
    ("gained 3 kg", "en", "weight_gain_kg", 3),
]


@pytest.mark.parametrize(("text", "language", "name", "value"), OTHERS)
def test_other_measures(extract, text, language, name, value):
    assert quantity(extract, text, name, language)[0] == pytest.approx(value, abs=0.05)


@pytest.mark.parametrize("text", ["3eyyan bzzaf", "7ri9 f kerchi", "9bel ma n3es", "3ndi sda3"])
def test_digits_next_to_letters_are_letters(extract, text):
    assert extract(text, "ary-Latn").quantities == ()


@pytest.mark.parametrize(("text", "low"), [("3 ayam", 4320), ("7 yam", 10080), ("9bel 3 snin", 3 * 525960)])
def test_digits_alone_are_numbers(extract, text, low):
    assert quantity(extract, text, "duration_min", "ary-Latn")[0] == low


def test_measurements_of_somebody_else_are_left_out(extract):
    assert quantity(extract, "my son had 39.5 last week and now I cough", "temp_c") is None


@pytest.mark.parametrize(
    ("text", "language"),
    [("nosebleed every two days", "en"), ("أنفي ينزف كل يومين", "ar"), ("نيفي كيسيل بالدم كل يومين", "ary"),
     ("nifi kaysil b dem kol yawmayn", "ary-Latn")],
)  # fmt: skip
def test_what_comes_every_two_days_has_not_lasted_two_days(extract, text, language):
    assert all(item.minutes is None for item in extract(text, language).findings)


@pytest.mark.parametrize(
    ("text", "language"),
    [("hadchi 3ndo 3 simanat, kankoh", "ary-Latn"), ("3andi mn jouj smanat lkohba", "ary-Latn"), ("هادشي عندو 3 سيمانات، كنكح", "ary")],
)  # fmt: skip
def test_what_has_lasted_for_weeks_is_no_newborn(extract, text, language):
    assert not any(item.name == "age_days" for item in extract(text, language).quantities)


@pytest.mark.parametrize(
    ("text", "language", "weeks"),
    [("PV bleeding at 32 weeks", "en", 32), ("saignements à 12 semaines avec des crampes", "fr", 12), ("surgery at 12 weeks", "en", None)],
)  # fmt: skip
def test_what_happens_at_some_weeks_happens_in_pregnancy(extract, text, language, weeks):
    found = [item.low for item in extract(text, language).quantities if item.name == "pregnant_weeks"]
    assert found == ([] if weeks is None else [weeks])


def test_a_pulse_is_a_whole_number(extract):
    found = {(item.name, item.low) for item in extract("Pulse 88, T 37.6", "en").quantities}
    assert found == {("heart_rate", 88), ("temp_c", 37.6)}


@pytest.mark.parametrize("text", ["my daughter 2 seizures today", "my son 39 fever", "my son 3 times vomited"])
def test_a_number_that_counts_something_is_no_age_of_a_child(extract, text):
    assert quantity(extract, text, "age_days", "en")[1] > 17 * YEAR
