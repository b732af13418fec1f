"""What is told out of turn is acknowledged, and answers no question that asked for something else."""

from __future__ import annotations

import pytest

from knowledge import Knowledge
from knowledge.vocabulary import LANGUAGES
from tests.conftest import Say, deny
from triage import Encounter, TriagePipeline

BELLY = {
    "en": "I have a belly ache",
    "fr": "j'ai mal au ventre",
    "ar": "بطني يؤلمني",
    "ary": "كرشي كتضرني",
    "ary-Latn": "kerchi katdrrni",
}
TEMPERATURE = {
    "en": "temp 38.4",
    "fr": "température 38,4",
    "ar": "الحرارة 38.4",
    "ary": "السخانة 38.4",
    "ary-Latn": "skhana 38.4",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_measurement_told_out_of_turn_is_acknowledged_and_counts(
    say: Say, knowledge: Knowledge, language: str
) -> None:
    encounter = Encounter(country="MA", language=language)
    first = say(BELLY[language], encounter=encounter)
    turn = say(TEMPERATURE[language], encounter=encounter)
    words = knowledge.say(language).text
    assert turn.reply.notices == (f"{words['noted']} {words['question_too']}",)
    assert "fever" in {item.concept for item in encounter.findings}
    assert first.reply.question is not None and turn.reply.question is not None
    assert turn.reply.question.id == first.reply.question.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_alone_answers_no_question_that_asks_for_none(say: Say, knowledge: Knowledge, language: str) -> None:
    encounter = Encounter(country="MA", language=language)
    first = say(BELLY[language], encounter=encounter)
    turn = say("42", encounter=encounter)
    words = knowledge.say(language).text
    assert turn.reply.notices == (f"{words['number_alone'].format(value=42)} {words['question_too']}",)
    assert not encounter.quantities and encounter.language == language
    assert first.reply.question is not None and turn.reply.question is not None
    assert turn.reply.question.id == first.reply.question.id


def test_a_number_alone_does_not_tell_of_a_pregnancy(say: Say, knowledge: Knowledge) -> None:
    encounter = Encounter(country="MA")
    say("pain low in my belly, I am 30 years old, I am a woman", encounter=encounter)
    while encounter.pending is not None and not encounter.pending.startswith("pregnancy."):
        say("none", encounter=encounter)
    assert encounter.pending == "pregnancy.status"
    turn = say("42", encounter=encounter)
    assert knowledge.say("en").text["number_alone"].format(value=42) in turn.reply.notices[0]
    assert encounter.pending == "pregnancy.status"
    assert "pregnant" not in {item.concept for item in encounter.findings}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_taken_for_a_temperature_is_said(say: Say, knowledge: Knowledge, language: str) -> None:
    encounter = Encounter(country="MA", language=language)
    say(BELLY[language], encounter=encounter)
    turn = say("38.4", encounter=encounter)
    assert turn.reply.notices[0].startswith(knowledge.say(language).text["noted_temperature"].format(value="38.4"))
    assert "fever" in {item.concept for item in encounter.findings}


@pytest.mark.parametrize(
    ("told", "counts"), [("I have a belly ache and a fever", True), ("I have a belly ache", False)]
)
def test_a_whole_number_is_a_temperature_only_beside_a_fever(say: Say, told: str, counts: bool) -> None:
    encounter = Encounter(country="MA")
    say(told, "none", encounter=encounter)
    assert encounter.pending != "person.age"
    say("39", encounter=encounter)
    assert any(item.name == "temp_c" for item in encounter.quantities) is counts


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_age_told_late_is_one(say: Say, knowledge: Knowledge, language: str) -> None:
    encounter = Encounter(country="MA", language=language)
    say(BELLY[language], encounter=encounter)
    while encounter.pending != "person.age":
        say("none", encounter=encounter)
    say("unsure", encounter=encounter)
    turn = say("62", encounter=encounter)
    assert turn.reply.notices[0].startswith(knowledge.say(language).text["noted_age"].format(value=62))
    assert [item.low for item in encounter.quantities if item.name == "age_years"] == [62]


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("fr", "faut-il lui mettre une couverture ?"),
        ("en", "can I give him 2 spoons of syrup?"),
        ("fr", "je peux donner 2 cuillères de sirop ?"),
        ("en", "I gave her some honey"),
        ("ary-Latn", "wach n3tih wa7ed lma39a d siro?"),
    ],
)
def test_a_number_in_a_question_of_the_patients_is_nobodys_age(say: Say, language: str, question: str) -> None:
    baby = {"en": "my baby has a fever", "fr": "mon bébé a de la fièvre", "ary-Latn": "rdi3 dyali skhoun"}[language]
    encounter = Encounter(country="MA", language=language)
    first = say(baby, encounter=encounter)
    assert encounter.pending == "person.age"
    turn = say(question, encounter=encounter)
    assert turn.assessment.disposition is first.assessment.disposition
    assert encounter.pending == "person.age"


@pytest.mark.parametrize(("language", "age"), [("fr", "un an ?"), ("en", "he is 1?"), ("en", "one"), ("fr", "un")])
def test_a_short_age_is_still_one(say: Say, language: str, age: str) -> None:
    baby = {"en": "my baby has a fever", "fr": "mon bébé a de la fièvre"}[language]
    encounter = Encounter(country="MA", language=language)
    say(baby, age, encounter=encounter)
    assert encounter.pending != "person.age"


SOMEBODY_ELSE = {
    "en": "and my husband has a cough",
    "fr": "et mon mari il tousse",
    "ar": "وزوجي عنده سعال",
    "ary": "ورجلي كيكحب",
    "ary-Latn": "w rajli kayke7",
}


@pytest.mark.parametrize("language", ["en", "fr", "ar", "ary-Latn"])
def test_one_person_is_looked_at_at_a_time(say: Say, knowledge: Knowledge, language: str) -> None:
    encounter = Encounter(country="MA", language=language)
    first = say(BELLY[language], encounter=encounter)
    turn = say(SOMEBODY_ELSE[language], encounter=encounter)
    words = knowledge.say(language).text["one_at_a_time"].format(number=15)
    assert turn.reply.notices[0].startswith(words)
    assert turn.assessment.protocols == first.assessment.protocols and turn.reply.question is not None
    assert first.reply.question is not None and turn.reply.question.id == first.reply.question.id


def test_what_is_told_of_somebody_else_brings_no_article(say: Say) -> None:
    encounter = Encounter(country="MA")
    turn = say("I have a sore throat", "what about my kid, he has a rash", encounter=encounter)
    assert not turn.reply.sentences


AGREED = {
    "en": "ok I'll go",
    "fr": "bon ok j'y vais",
    "ar": "حسنا سأذهب",
    "ary": "واخا غادي نمشي",
    "ary-Latn": "wakha ghadi nmchi",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_agrees_to_go_is_not_told_again(say: Say, knowledge: Knowledge, language: str) -> None:
    told = {"en": "I cannot breathe", "fr": "je ne peux plus respirer", "ar": "لا أستطيع التنفس"}
    encounter = Encounter(country="MA", language=language)
    say(told.get(language, "ما كنقدرش نتنفس"), encounter=encounter)
    turn = say(AGREED[language], encounter=encounter)
    assert turn.reply.notices == (knowledge.say(encounter.language).text["emergency_agreed"],)
    assert turn.assessment.disposition.is_emergency


def test_nothing_calmer_than_the_card_stands_beside_an_emergency(say: Say, knowledge: Knowledge) -> None:
    words = knowledge.say("fr").text
    encounter = Encounter(country="FR", language="fr")
    say("j'ai une petite gêne dans la poitrine, sûrement le stress", encounter=encounter)
    said = [
        notice
        for text in (
            "c'est ma femme qui insiste",
            "j'ai pas envie de déranger",
            "combien de temps ils vont me garder ?",
        )
        for notice in say(text, encounter=encounter).reply.notices
    ]
    assert encounter.turns[-1].assessment.disposition.is_emergency and len(said) == 3
    assert not {words["not_understood_again"], words["question_unknown"]} & set(said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_a_crisis_those_who_write_on_are_spoken_to_warmly(say: Say, knowledge: Knowledge, language: str) -> None:
    words = knowledge.say(language).text
    told = {
        "en": "I want to die",
        "fr": "je veux mourir",
        "ar": "أريد أن أموت",
        "ary": "بغيت نموت",
        "ary-Latn": "bghit nmout",
    }
    encounter = Encounter(country="MA", language=language)
    say(told[language], encounter=encounter)
    while encounter.pending is not None:
        say("unsure", encounter=encounter)
    no_plan = {"en": "hmm", "fr": "euh", "ar": "همم", "ary": "همم", "ary-Latn": "hmm"}[language]
    said = [say(no_plan, encounter=encounter).reply.notices for _ in range(3)]
    warm = [words[key].format(number=15) for key in ("crisis_trusted", "crisis_stay", "crisis_means")]
    assert sorted(text for notices in said for text in notices) == sorted(warm)


def test_a_farewell_with_a_greeting_in_it_is_no_greeting(say: Say, knowledge: Knowledge) -> None:
    encounter = Encounter(country="MA", language="ar")
    turn = say(BELLY["ar"], "مع السلامة", encounter=encounter)
    assert knowledge.say("ar").text["greeting"] not in turn.reply.notices


@pytest.mark.parametrize(
    ("language", "told", "text"),
    [("en", "I have a headache", "ok bye"), ("fr", "j'ai mal à la tête", "ok merci"), ("ar", "عندي صداع", "حسنا شكرا")],
)
def test_an_ok_with_thanks_is_no_yes_to_a_danger_sign(
    say: Say, knowledge: Knowledge, language: str, told: str, text: str
) -> None:
    encounter = Encounter(country="MA", language=language)
    first = say(told, encounter=encounter)
    assert encounter.pending == "head.onset"
    turn = say(text, encounter=encounter)
    assert turn.reply.notices == (knowledge.say(language).text["thanks_more"],)
    assert encounter.pending == "head.onset" and turn.assessment.disposition is first.assessment.disposition


@pytest.mark.parametrize(
    ("language", "told", "no"),
    [
        ("en", "my nose runs and I sneeze", "no"),
        ("fr", "j'ai le nez qui coule et j'éternue", "non"),
        ("ar", "أنفي يسيل وأعطس", "لا"),
        ("ary", "نيفي كيسيل وكنعطس", "لا"),
        ("ary-Latn", "nifi kaysil w kan3tes", "la"),
    ],
)
def test_a_no_to_the_advice_is_understood(
    say: Say, pipeline: TriagePipeline, knowledge: Knowledge, language: str, told: str, no: str
) -> None:
    encounter = Encounter(country="MA", language=language)
    turn = say(told, encounter=encounter)
    while turn.reply.question is not None:
        turn = say(deny(pipeline, turn.reply.question), encounter=encounter)
    advised = turn.assessment.disposition
    turn = say(no, encounter=encounter)
    assert turn.reply.notices == (knowledge.say(language).text["nothing_asked"],)
    assert turn.assessment.disposition is advised


@pytest.mark.parametrize(
    ("language", "complaint", "age", "correction", "years"),
    [
        ("en", "my mother has a headache", "she is 60", "sorry 6 not 60, daughter not mother", 6),
        ("en", "my head hurts", "I am 60", "sorry I meant 16", 16),
        ("en", "my son has a headache", "he is 7 weeks old", "7 years not weeks!", 7),
        ("en", "my son has a headache", "he is 7 weeks old", "sorry I meant years", 7),
        ("fr", "ma fille a mal à la tête", "60 ans", "pas 60, 6", 6),
        ("fr", "mon fils a mal à la tête", "il a 7 semaines", "7 ans pas semaines", 7),
        ("ar", "ابني عنده صداع", "عمره 7 أسابيع", "7 سنوات وليس أسابيع", 7),
        ("ar", "ابني عنده صداع", "عمره شهرين", "سنتين مش شهرين", 2),
        ("ary", "ولدي راسو كيضرو", "عندو 7 سيمانات", "عوام ماشي سيمانات", 7),
        ("ary-Latn", "wldi raso kaydro", "3ndo 7 chhour", "7 snin machi chhour", 7),
        ("ar", "ابنتي عندها صداع", "عمرها 60", "عفوا ٦ وليس ٦٠", 6),
        ("ary", "بنتي راسها كيضرها", "عندها 60 عام", "6 ماشي 60", 6),
        ("ary-Latn", "bnti rasha kaydrha", "3ndha 60 3am", "sme7 lia 6", 6),
    ],
)
def test_a_corrected_age_counts_and_is_read_back(
    pipeline: TriagePipeline, knowledge: Knowledge, language: str, complaint: str, age: str, correction: str, years: int
) -> None:
    encounter = Encounter(country="MA", language=language)
    pipeline.respond(encounter, complaint)
    pipeline.respond(encounter, age)
    turn = pipeline.respond(encounter, correction)
    low, _ = pipeline.facts(encounter).age_days
    assert int(low / 365) == years
    assert knowledge.say(language).text["noted_age"].format(value=years) in " ".join(turn.reply.notices)


@pytest.mark.parametrize(
    ("language", "complaint", "age", "months"),
    [
        ("en", "my son has diarrhoea", "7 months", 7),
        ("fr", "ma fille a la diarrhée", "7 mois", 7),
        ("ar", "ابني عنده إسهال", "7 أشهر", 7),
        ("ary", "ولدي فيه الإسهال", "7 شهور", 7),
        ("ary-Latn", "wldi fih lis-hal", "7 chhour", 7),
    ],
)
def test_months_alone_are_the_age_of_a_child_whose_age_is_unknown(
    pipeline: TriagePipeline, language: str, complaint: str, age: str, months: int
) -> None:
    encounter = Encounter(country="MA", language=language)
    pipeline.respond(encounter, complaint)
    pipeline.respond(encounter, age)
    assert int(pipeline.facts(encounter).age_days[0] / 30) == months


@pytest.mark.parametrize("message", ["3 days", "2 weeks", "for 7 months"])
def test_other_times_alone_are_no_age(pipeline: TriagePipeline, message: str) -> None:
    encounter = Encounter(country="MA", language="en")
    pipeline.respond(encounter, "my son has a rash")
    pipeline.respond(encounter, message)
    assert pipeline.facts(encounter).age_days[0] == 0


@pytest.mark.parametrize("message", ["...", "???", "!", "، ،"])
def test_marks_alone_get_the_question_again(pipeline: TriagePipeline, knowledge: Knowledge, message: str) -> None:
    encounter = Encounter(country="MA", language="en")
    first = pipeline.respond(encounter, "I have a sore throat").reply.question
    turn = pipeline.respond(encounter, message)
    assert first is not None and turn.reply.question is not None
    assert turn.reply.question.id == first.id
    assert turn.reply.notices == (knowledge.say("en").text["answer_not_understood"],)


@pytest.mark.parametrize(
    ("language", "complaint", "answer", "key"),
    [
        ("en", "I have a sore throat", "just a little", "which_of_these"),
        ("ary-Latn", "7el9i kaydrni", "chwiya", "which_of_these"),
        ("fr", "j'ai mal à la tête", "un peu", "yes_or_no"),
        ("ar", "عندي صداع", "قليلا", "yes_or_no"),
    ],
)
def test_a_little_gets_the_question_again_in_words_that_say_why(
    pipeline: TriagePipeline, knowledge: Knowledge, language: str, complaint: str, answer: str, key: str
) -> None:
    encounter = Encounter(country="MA", language=language)
    first = pipeline.respond(encounter, complaint).reply.question
    turn = pipeline.respond(encounter, answer)
    assert first is not None and turn.reply.question is not None
    assert turn.reply.question.id == first.id
    assert turn.reply.notices == (knowledge.say(language).text[key],)


@pytest.mark.parametrize(
    ("language", "before", "answer"),
    [
        ("en", ("I have a cough", "45", "no"), "yes"),
        ("ary-Latn", ("fia lke7ba", "50", "la"), "ah kayn dem"),
    ],
)
def test_a_yes_to_several_choices_is_asked_which_fits(
    pipeline: TriagePipeline, knowledge: Knowledge, language: str, before: tuple[str, ...], answer: str
) -> None:
    encounter = Encounter(country="MA", language=language)
    for text in (*before, answer):
        turn = pipeline.respond(encounter, text)
    assert turn.reply.question is not None and turn.reply.question.id == "cough.blood"
    assert turn.reply.notices == (knowledge.say(language).text["which_fits"],)


@pytest.mark.parametrize(
    ("language", "complaint", "answer", "spoken"),
    [
        ("ary-Latn", "rasi kaydrni", "non pas de fièvre", "fr"),
        ("ary-Latn", "rasi kaydrni", "pas de fièvre", "ary-Latn"),
        ("fr", "j'ai mal à la tête", "no fever", "fr"),
        ("fr", "j'ai mal à la tête", "no, I have no fever", "en"),
    ],
)
def test_an_answer_of_few_words_changes_no_language(
    pipeline: TriagePipeline, language: str, complaint: str, answer: str, spoken: str
) -> None:
    encounter = Encounter(country="MA", language=language)
    pipeline.respond(encounter, complaint)
    pipeline.respond(encounter, answer)
    assert encounter.language == spoken


def test_dots_beside_the_advice_to_call_are_heard(pipeline: TriagePipeline, knowledge: Knowledge) -> None:
    encounter = Encounter(country="MA", language="en")
    pipeline.respond(encounter, "I can't breathe")
    turn = pipeline.respond(encounter, "...")
    texts = knowledge.say("en").text
    assert turn.reply.notices
    assert texts["empty_message"] not in turn.reply.notices
    assert turn.reply.card is not None and turn.reply.card.disposition.is_emergency


@pytest.mark.parametrize("message", ["6 tablets not 60", "I am not 40", "sorry, 38.5", "sorry for the 3 messages"])
def test_other_numbers_correct_no_age(pipeline: TriagePipeline, message: str) -> None:
    encounter = Encounter(country="MA", language="en")
    pipeline.respond(encounter, "I have a cough")
    pipeline.respond(encounter, "I am 30")
    pipeline.respond(encounter, message)
    assert int(pipeline.facts(encounter).age_days[0] / 365) == 30


@pytest.mark.parametrize(
    ("language", "first", "then"),
    [
        ("en", "my son has a cough", "ok thanks. now for me: I have pain when I pee"),
        ("fr", "mon mari a mal au dos", "et moi j'ai mal à la gorge"),
        ("ar", "ابني عنده سعال", "وأنا عندي ألم في حلقي"),
        ("ary", "بنتي كتكح", "دابا أنا اللي كنكح"),
        ("ary-Latn", "bnti katko7", "daba ana li kanko7"),
    ],
)
def test_who_goes_on_to_somebody_else_is_told_that_facts_are_not_kept_apart(
    pipeline: TriagePipeline, knowledge: Knowledge, language: str, first: str, then: str
) -> None:
    encounter = Encounter(country="MA", language=language)
    pipeline.respond(encounter, first)
    notices = pipeline.respond(encounter, then).reply.notices
    told = knowledge.say(language).text["another_person"].format(number=15)
    assert told in notices
    assert told not in pipeline.respond(encounter, "none").reply.notices


@pytest.mark.parametrize(
    ("language", "complaint", "correction"),
    [
        ("en", "my son has a fever of 38.5, he is 3 years", "sorry he is 2 months not 3 years"),
        ("fr", "mon fils a 38.5, 3 ans", "pardon, 2 mois et pas 3 ans"),
        ("ary", "ولدي فيه السخانة 38.5، 3 سنين", "لا سمح ليا، عندو 2 شهور ماشي 3 سنين"),
        ("ary-Latn", "wldi 3endo skhana 38.5, 3 snin", "la smeh lia, 3endo 2 chhour machi 3 snin"),
    ],
)
def test_an_age_is_corrected_with_its_unit(
    pipeline: TriagePipeline, language: str, complaint: str, correction: str
) -> None:
    encounter = Encounter(country="MA", language=language)
    assert not pipeline.respond(encounter, complaint).assessment.floor.is_emergency
    turn = pipeline.respond(encounter, correction)
    assert "infection.fever_in_infant_under_3_months" in {hit.rule_id for hit in turn.assessment.hits}


@pytest.mark.parametrize(
    ("language", "complaint", "answer", "years"),
    [
        ("ar", "ظهري يؤلمني", "عندي 25", 25),
        ("ary", "كرشي كتضرني", "عندي 25", 25),
        ("ary", "ضهري كيضرني", "عندي 40 عام راجل", 40),
        ("ary-Latn", "rasi kaydrni", "3endi 12", 12),
        ("fr", "j'ai mal au dos", "j'ai 55", 55),
    ],
)
def test_who_has_a_number_tells_an_age_and_says_yes_to_no_danger_sign(
    pipeline: TriagePipeline, language: str, complaint: str, answer: str, years: int
) -> None:
    encounter = Encounter(country="MA", language=language)
    first = pipeline.respond(encounter, complaint)
    turn = pipeline.respond(encounter, answer)
    assert first.reply.question is not None and len(first.reply.question.options) > 1
    assert not turn.extraction.findings
    assert turn.assessment.disposition <= first.assessment.disposition
    assert int(pipeline.facts(encounter).age_days[0] / 365) == years


def test_a_number_that_may_be_a_temperature_is_asked_about(pipeline: TriagePipeline, knowledge: Knowledge) -> None:
    encounter = Encounter(country="MA", language="ary-Latn")
    pipeline.respond(encounter, "dahri kaydrni")
    turn = pipeline.respond(encounter, "3endi 34")
    assert not turn.extraction.quantities
    assert knowledge.say("ary-Latn").text["number_alone"].format(value=34) in " ".join(turn.reply.notices)


@pytest.mark.parametrize(
    ("language", "told", "answer"),
    [
        ("en", "my daughter has a fever", "two. sorry, two MONTHS"),
        ("en", "my son has a fever", "nine. weeks."),
        ("en", "my daughter has a fever", "month and a half"),
        ("fr", "ma fille a de la fièvre", "10 ans, non pardon 10 jours"),
        ("fr", "mon fils a de la fièvre", "même pas 3 mois"),
        ("ar", "ابني عنده حرارة", "سنتان، عفوا شهران"),
        ("ar", "ابنتي عندها حمى", "شهر واحد"),
        ("ary", "ولدي فيه السخانة", "عامين، لا غلطت شهرين"),
        ("ary", "بنتي سخونة", "قل من شهرين"),
        ("ary-Latn", "bnti fiha skhana", "chher o nss"),
    ],
)
def test_the_age_that_was_meant_is_that_of_an_infant(say: Say, language: str, told: str, answer: str) -> None:
    hits = say(told, answer, language=language).assessment.hits
    assert "infection.fever_in_infant_under_3_months" in {hit.rule_id for hit in hits}


@pytest.mark.parametrize("answer", ["she is two", "2 years and not 3", "no, she is 2 years old"])
def test_an_age_that_nobody_takes_back_stays(say: Say, answer: str) -> None:
    hits = say("my daughter has a fever", answer, language="en").assessment.hits
    assert "infection.fever_in_infant_under_3_months" not in {hit.rule_id for hit in hits}
