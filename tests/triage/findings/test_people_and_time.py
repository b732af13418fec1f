"""Whose a finding is, and when."""

from __future__ import annotations

import pytest

PEOPLE = [
    ("my mother has chest pain", "en", "other", "F", "chest_pain"),
    ("my mum has chest pain", "en", "other", "F", "chest_pain"),
    ("my husband is unconscious", "en", "other", "M", "unresponsive"),
    ("my baby has a fever", "en", "other", None, "fever"),
    ("my 3-year-old son is vomiting", "en", "other", "M", "vomiting"),
    ("my neighbour collapsed", "en", "other", None, "collapse"),
    ("my patient has chest pain", "en", "other", None, "chest_pain"),
    ("he is not breathing", "en", "other", "M", "not_breathing_normally"),
    ("she has a rash", "en", "other", "F", "rash"),
    ("my son fell. he is vomiting", "en", "other", "M", "fall vomiting"),
    ("my daughter fell, she is vomiting and unconscious", "en", "other", "F", "vomiting unresponsive"),
    ("I have chest pain", "en", "self", None, "chest_pain"),
    ("chest pain", "en", None, None, "chest_pain"),
    ("my father died of a heart attack, I have chest pain", "en", "self", None, "chest_pain~family chest_pain"),
    ("family history of heart attack", "en", None, None, "chest_pain~family~past"),
    ("heart attack runs in the family, I have a cough", "en", "self", None, "chest_pain~family cough"),
    ("my husband has a fever and I have chest pain", "en", "self", None, "fever~family chest_pain"),
    ("my friend has a fever and I have chest pain", "en", "self", None, "fever~other chest_pain"),
    ("I have a 3 year old son who has a fever", "en", "other", "M", "fever"),
    ("I think my son has a fever", "en", "other", "M", "?fever"),
    ("my baby stopped moving since yesterday (pregnant)", "en", "self", None, "baby_stopped_moving pregnant"),
    ("ma mère a mal à la poitrine", "fr", "other", "F", "chest_pain"),
    ("mon bébé a de la fièvre", "fr", "other", None, "fever"),
    ("il est sans connaissance", "fr", "other", "M", "unresponsive"),
    ("mon père est mort d'un infarctus", "fr", None, None, "condition:heart_disease~family"),
    ("j'ai mal à la tête, elle est terrible", "fr", "self", None, "headache"),
    ("ma femme est enceinte et a mal à la tête", "fr", "other", "F", "pregnant headache"),
    ("أمي عندها ألم في الصدر", "ar", "other", "F", "chest_pain"),
    ("ابني عنده حمى", "ar", "other", "M", "fever"),
    ("عندي حمى", "ar", "self", None, "fever"),
    ("مات أبي بسبب السكتة وعندي صداع", "ar", "self", None, "stroke_sign~family headache"),
    ("mama 3ndha s3ouba f tanaffous", "ary-Latn", "other", "F", "breathing_difficulty"),
    ("weldi fih skhana", "ary-Latn", "other", "M", "fever"),
    ("bnti 3ndha skhana", "ary-Latn", "other", "F", "fever"),
    ("3ndi skhana", "ary-Latn", "self", None, "fever"),
    ("ولدي فيه السخانة", "ary", "other", "M", "fever"),
]


@pytest.mark.parametrize(("text", "language", "subject", "sex", "wanted"), PEOPLE)
def test_people(extract, check, text, language, subject, sex, wanted):
    check(text, language, wanted)
    extraction = extract(text, language)
    if wanted != "condition:heart_disease~family":
        assert extraction.subject == subject
    if sex is not None:
        assert extraction.sex == sex


def test_what_others_do_to_the_subject_is_about_the_subject(check):
    check("my husband hits me", "en", "domestic_violence")
    check("my husband hits me", "en", "domestic_violence", subject="self")


def test_a_known_subject_is_kept(check):
    check("my mother has chest pain", "en", "chest_pain~family", subject="self")
    check("he is vomiting", "en", "vomiting", subject="other")
    check("chest pain now", "en", "chest_pain", subject="other")


CALLS = [
    ("my husband is on the floor, he is unconscious", "en", "unresponsive"),
    ("my husband was unconscious at the dentist's", "en", "unresponsive~family"),
    ("my husband was found unconscious three weeks ago", "en", "unresponsive~family"),
]


@pytest.mark.parametrize(("text", "language", "wanted"), CALLS)
def test_a_call_for_help_counts_whoever_was_ill_before(check, text, language, wanted):
    check(text, language, wanted, subject="self")


def test_who_calls_for_help_is_who_is_ill_from_then_on(extract):
    assert extract("I have a sore throat. my husband is unconscious", "en").subject == "other"
    assert extract("I have a sore throat. my husband has a fever", "en").subject == "self"


def test_what_the_author_feels_counts_in_an_encounter_about_somebody_else(check):
    check("I have chest pain", "en", "chest_pain", subject="other")


TIME = [
    ("I had seizures when I was twelve", "en", "seizure~past"),
    ("I had a seizure, my son is fine", "en", "seizure"),
    ("I wanted to die last year, I'm doing well now", "en", "?suicidal_thoughts~gone"),
    ("crushing chest pain now, worse than in 2011", "en", "chest_pain"),
    ("my chest pain came on when I was 200 metres from home", "en", "chest_pain"),
    ("my seizures stopped when I was twelve", "en", "seizure~past~gone"),
    ("my seizures stopped when I was 12 years old.", "en", "seizure~past~gone"),
    ("I wanted to die last year and I still do", "en", "?suicidal_thoughts"),
    ("had a stroke last year, now only a headache", "en", "stroke_sign~past headache"),
    ("I had a stroke as a child", "en", "stroke_sign~past"),
    ("I used to have migraines", "en", "headache~past"),
    ("previously had seizures", "en", "seizure~past"),
    ("I had chest pain this morning", "en", "chest_pain"),
    ("had chest pain an hour ago", "en", "chest_pain"),
    ("used to get migraine, now it is back", "en", "headache"),
    ("history of diabetes", "en", "condition:diabetes"),
    ("known diabetic", "en", "condition:diabetes"),
    ("history of stroke", "en", "stroke_sign~past"),
    ("what if my face droops?", "en", "face_droop~if"),
    ("if I get chest pain should I call?", "en", "chest_pain~if"),
    ("should I worry if I get a fever", "en", "fever~if"),
    ("in case of fever what should I take", "en", "fever~if"),
    ("what are the signs of a stroke?", "en", "stroke_sign~if"),
    ("is chest pain always serious?", "en", "chest_pain~if"),
    ("can vomiting be dangerous?", "en", "vomiting~if"),
    ("my chest hurts, is that serious?", "en", "chest_pain"),
    ("is my chest pain serious?", "en", "chest_pain"),
    ("should I worry about my chest pain?", "en", "chest_pain"),
    ("why does my chest hurt?", "en", "chest_pain"),
    ("it hurts in my chest when I press it", "en", "chest_pain"),
    ("my chest hurts when I breathe in", "en", "chest_pain"),
    ("my chest hurts if I breathe in", "en", "chest_pain"),
    ("if I walk my chest hurts", "en", "chest_pain"),
    ("if I press it my chest hurts", "en", "chest_pain"),
    ("I am writing an essay about stroke", "en", "stroke_sign~if"),
    ("in the film he had a heart attack", "en", "chest_pain~if"),
    ("in the movie he collapsed. he was unconscious", "en", "unresponsive~if"),
    ("I saw a movie about it. grandad was unconscious", "en", "unresponsive"),
    ("I was watching tv when my chest hurt", "en", "chest_pain"),
    ("my arm went weak for ten minutes this morning, fine now", "en", "arm_weakness~gone"),
    ("my fever is gone", "en", "fever~gone"),
    ("he's having a seizure", "en", "seizure"),
    ("what is the quickest way to end my life", "en", "suicidal_thoughts"),
    ("what if I kill myself", "en", "?suicidal_thoughts"),
    ("in my song I want to die", "en", "suicidal_thoughts"),
    ("I had a stroke 3 years ago", "en", "stroke_sign~past"),
    ("I have been diabetic since 3 years", "en", "condition:diabetes"),
    # what has been so for years is no stroke, unless something changed
    ("my arm has been weak for 3 years", "en", "arm_weakness~past"),
    ("my arm has been weak for 3 years, it came on suddenly", "en", "arm_weakness sudden_onset"),
    ("she passed out at school", "en", "fainted"),
    ("j'ai fait un avc il y a 3 ans", "fr", "stroke_sign~past"),
    ("diabétique depuis 3 ans", "fr", "condition:diabetes"),
    ("the fever went away", "en", "fever~gone"),
    ("the headache has stopped", "en", "headache~gone"),
    ("fever has not gone away", "en", "fever"),
    ("no longer have a fever", "en", "fever~gone"),
    ("I had chest pain but it went away", "en", "chest_pain~gone"),
    ("antécédents d'avc", "fr", "stroke_sign~past"),
    ("j'ai eu un avc l'an dernier", "fr", "stroke_sign~past"),
    ("si j'ai mal à la poitrine que faire ?", "fr", "chest_pain~if"),
    ("et si j'ai un avc ?", "fr", "stroke_sign~if"),
    ("au cas où j'aurais de la fièvre", "fr", "fever~if"),
    ("quels sont les signes d'un AVC ?", "fr", "stroke_sign~if"),
    ("est-ce que la fièvre est toujours grave ?", "fr", "fever~if"),
    ("si je respire fort j'ai mal à la poitrine", "fr", "chest_pain"),
    ("si mal à la tête que je pleure", "fr", "headache"),
    ("mal à la poitrine quand je respire", "fr", "chest_pain"),
    ("la fièvre a disparu", "fr", "fever~gone"),
    ("la fièvre est partie", "fr", "fever~gone"),
    ("كان عندي ألم في الصدر السنة الماضية", "ar", "chest_pain~past"),
    ("ما هي أعراض السكتة؟", "ar", "stroke_sign~if"),
    ("إذا شعرت بألم في الصدر ماذا أفعل؟", "ar", "chest_pain~if"),
    ("هل ألم الصدر خطير دائما؟", "ar", "chest_pain~if"),
    ("ذهبت الحمى", "ar", "fever~gone"),
    ("kont mrid chhal hadi, daba labas", "ary-Latn", "ill_feeling~past~gone"),
    ("ila jatni skhana chno ndir", "ary-Latn", "fever~if"),
    ("skhana mchat", "ary-Latn", "fever~gone"),
    ("wach skhana dima khatira?", "ary-Latn", "fever~if"),
]


@pytest.mark.parametrize(("text", "language", "wanted"), TIME)
def test_time(check, text, language, wanted):
    check(text, language, wanted)


def minutes(extract, text, concept, language="en"):
    return next(item.minutes for item in extract(text, language).findings if item.concept == concept)


HOUR, DAY, WEEK = 60, 1440, 10080

LASTING = [
    ("chest pain for 2 hours", "en", "chest_pain", (2 * HOUR, 2 * HOUR)),
    ("chest pain for two hours", "en", "chest_pain", (2 * HOUR, 2 * HOUR)),
    ("fever for 3 days", "en", "fever", (3 * DAY, 3 * DAY)),
    ("I have had a cough for a week", "en", "cough", (WEEK, WEEK)),
    ("cough since a week ago", "en", "cough", (WEEK, WEEK)),
    ("half an hour of chest pain", "en", "chest_pain", (30, 30)),
    ("headache for an hour and a half", "en", "headache", (90, 90)),
    ("fever for a few days", "en", "fever", (2 * DAY, 7 * DAY)),
    ("fever for a couple of days", "en", "fever", (2 * DAY, 2 * DAY)),
    ("fever for 2-3 days", "en", "fever", (2 * DAY, 3 * DAY)),
    ("fever for 2 to 3 days", "en", "fever", (2 * DAY, 3 * DAY)),
    ("fever 3d", "en", "fever", (3 * DAY, 3 * DAY)),
    ("fever for more than a week", "en", "fever", (WEEK, WEEK)),
    ("vomiting since yesterday", "en", "vomiting", (720, 2880)),
    ("vomiting since this morning", "en", "vomiting", (60, 720)),
    ("my arm went weak for ten minutes this morning, fine now", "en", "arm_weakness", (10, 10)),
    ("fell 2 weeks ago", "en", "fall", (2 * WEEK, 2 * WEEK)),
    ("fever for 3 days and cough since yesterday", "en", "fever", (3 * DAY, 3 * DAY)),
    ("fever for 3 days and cough since yesterday", "en", "cough", (720, 2880)),
    ("fièvre depuis 3 jours", "fr", "fever", (3 * DAY, 3 * DAY)),
    ("fièvre depuis trois jours", "fr", "fever", (3 * DAY, 3 * DAY)),
    ("fièvre depuis 3j", "fr", "fever", (3 * DAY, 3 * DAY)),
    ("fièvre depuis hier", "fr", "fever", (720, 2880)),
    ("fièvre depuis quelques jours", "fr", "fever", (2 * DAY, 7 * DAY)),
    ("fièvre depuis une semaine", "fr", "fever", (WEEK, WEEK)),
    ("tombé il y a deux heures", "fr", "fall", (2 * HOUR, 2 * HOUR)),
    ("mal à la poitrine depuis une demi-heure", "fr", "chest_pain", (30, 30)),
    ("mal à la tête depuis 1h30", "fr", "headache", (90, 90)),
    ("حمى منذ يومين", "ar", "fever", (2 * DAY, 2 * DAY)),
    ("حمى منذ ثلاثة أيام", "ar", "fever", (3 * DAY, 3 * DAY)),
    ("حمى منذ ٣ أيام", "ar", "fever", (3 * DAY, 3 * DAY)),
    ("حمى منذ أسبوع", "ar", "fever", (WEEK, WEEK)),
    ("ألم في الصدر منذ نصف ساعة", "ar", "chest_pain", (30, 30)),
    ("صداع منذ أمس", "ar", "headache", (720, 2880)),
    ("skhana hadi 3 yam", "ary-Latn", "fever", (3 * DAY, 3 * DAY)),
    ("skhana hadi 3 ayam", "ary-Latn", "fever", (3 * DAY, 3 * DAY)),
    ("skhana hadi tlata d yam", "ary-Latn", "fever", (3 * DAY, 3 * DAY)),
    ("skhana hadi simana", "ary-Latn", "fever", (WEEK, WEEK)),
    ("skhana men lbare7", "ary-Latn", "fever", (720, 2880)),
    ("السخانة هادي سيمانة", "ary", "fever", (WEEK, WEEK)),
    ("السخانة هادي جوج يام", "ary", "fever", (2 * DAY, 2 * DAY)),
]


@pytest.mark.parametrize(("text", "language", "concept", "wanted"), LASTING)
def test_lasting(extract, text, language, concept, wanted):
    low, high = minutes(extract, text, concept, language)
    assert low == pytest.approx(wanted[0])
    assert high >= wanted[1] * 0.99


def test_a_rhythm_is_no_duration(extract):
    assert minutes(extract, "vomiting every 5 minutes", "vomiting") is None


def test_a_time_of_another_statement_is_not_taken(extract):
    assert minutes(extract, "my son had a cold last week and now I cough", "cough") is None


def test_quotes_are_verbatim(extract):
    text = "Hello!! My CHEST really   HURTS…"
    finding = next(item for item in extract(text).findings if item.concept == "chest_pain")
    assert finding.text == "CHEST really   HURTS"
    assert text[finding.span.start : finding.span.end] == finding.text
    assert finding.cues == ("My",)
