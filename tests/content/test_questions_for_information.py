"""A mere question gets information and a gentle check; a symptom that is told as a question stays triage."""

from __future__ import annotations

import pytest

from knowledge import Disposition, Knowledge
from tests.conftest import Say
from triage import Encounter
from triage.wording import INQUIRY

QUESTIONS = {
    "en": [
        ("how do I store medicines", "medicines-home"),
        ("can I have sushi while pregnant?", "pregnancy-food"),
        ("What are the symptoms of a heart attack?", "chest-pain"),
        ("hello, when should a baby start solid food?", "weaning"),
    ],
    "fr": [
        ("quels vaccins pour mon bébé", "vaccines-child"),
        ("Bonjour, comment arrêter de fumer ?", "smoking"),
        ("Quels sont les signes d'un AVC ?", "weakness-numbness"),
        ("est-ce que l'eau du puits est potable", "safe-water"),
    ],
    "ar": [
        ("كيف أحفظ الأدوية في البيت", "medicines-home"),
        ("هل يمكن للحامل أن تأكل السوشي؟", "pregnancy-food"),
        ("ما هي أعراض الجلطة الدماغية؟", "weakness-numbness"),
    ],
    "ary": [
        ("شنو ناكل وانا حاملة", "pregnancy-food"),
        ("كيفاش نحبس الكارو", "smoking"),
        ("واش نقدر نصوم وفيا السكر؟", "ramadan-illness"),
    ],
    "ary-Latn": [
        ("kifach n7bes lgarro", "smoking"),
        ("fin nkhebbi dwa f dar", "medicines-home"),
        ("chno nakol w ana 7amla", "pregnancy-food"),
    ],
}

TOLD = {
    "en": [
        "why does my chest hurt so much?",
        "is it normal that my baby is blue?",
        "what should I do, my dad is not waking up",
    ],
    "fr": ["pourquoi j'ai si mal à la poitrine ?", "que faire, mon père ne se réveille pas"],
    "ar": ["لماذا يؤلمني صدري بشدة؟", "ماذا أفعل، أبي لا يستيقظ"],
    "ary": ["علاش كيضرني صدري بزاف", "شنو ندير، بابا ما كيفيقش"],
    "ary-Latn": ["3lach kayderrni sdri bezzaf", "chno ndir, baba makayfi9ch"],
}


@pytest.mark.parametrize(
    ("language", "text", "topic"), [(tag, *case) for tag, cases in QUESTIONS.items() for case in cases]
)
def test_a_mere_question_is_answered_at_once(say: Say, language: str, text: str, topic: str) -> None:
    encounter = Encounter(country="MA", language=language)
    turn = say(text, encounter=encounter)
    reply = turn.reply
    assert reply.sentences, "information comes first"
    assert {name.partition(".")[0] for item in reply.sentences for name in item.citations} == {topic}
    assert reply.card is None and not turn.assessment.disposition.is_emergency
    assert reply.question is not None and reply.question.id == INQUIRY
    assert encounter.asked == []


def test_it_is_never_said_that_a_question_was_not_understood(say: Say, knowledge: Knowledge) -> None:
    for language, cases in QUESTIONS.items():
        words = knowledge.say(language).text
        for text, _ in cases:
            notices = say(text, encounter=Encounter(country="MA", language=language)).reply.notices
            assert not {words["not_understood"], words["language_not_spoken"]} & set(notices), text


@pytest.mark.parametrize(("language", "text"), [(tag, text) for tag, texts in TOLD.items() for text in texts])
def test_a_symptom_told_as_a_question_stays_triage(say: Say, language: str, text: str) -> None:
    turn = say(text, encounter=Encounter(country="MA", language=language))
    assert turn.assessment.disposition.is_emergency
    assert turn.reply.card is not None
    assert turn.reply.question is None or turn.reply.question.id != INQUIRY


def test_a_question_about_an_ordinary_symptom_gets_both(say: Say) -> None:
    turn = say("how do I get rid of a cough?", encounter=Encounter(country="MA"))
    assert {item.citations[0].partition(".")[0] for item in turn.reply.sentences} == {"cough"}
    assert turn.reply.card is not None and turn.reply.question is not None
    assert turn.reply.question.id != INQUIRY


def test_a_yes_to_the_check_makes_it_a_complaint(say: Say) -> None:
    encounter = Encounter(country="FR", language="fr")
    say("Quels sont les signes d'un AVC ?", encounter=encounter)
    turn = say("oui", encounter=encounter)
    assert turn.assessment.protocols == ("weakness_numbness",)
    assert turn.reply.card is not None
    assert turn.reply.question is not None and turn.reply.question.id == "stroke.signs"


def test_a_no_to_the_check_ends_it_kindly_and_denies_nothing(say: Say, knowledge: Knowledge) -> None:
    encounter = Encounter(country="MA")
    say("What are the signs of a stroke?", encounter=encounter)
    turn = say("no", encounter=encounter)
    assert turn.reply.notices == (knowledge.say("en").text["closing"],)
    assert turn.reply.question is None and turn.reply.card is None
    assert not any(item.polarity.name == "NEGATED" for item in encounter.findings)


@pytest.mark.parametrize("question", ["how do I store medicines", "how much television for a two year old"])
def test_a_question_says_nothing_of_who_is_ill_later(say: Say, question: str) -> None:
    encounter = Encounter(country="MA")
    say(question, encounter=encounter)
    turn = say("my father has crushing chest pain and is sweating", encounter=encounter)
    assert turn.assessment.disposition is Disposition.AMBULANCE


def test_questions_may_follow_each_other(say: Say) -> None:
    encounter = Encounter(country="MA")
    say("how do I store medicines", encounter=encounter)
    turn = say("and how do I stop smoking?", encounter=encounter)
    assert turn.reply.card is None
    assert turn.reply.sentences[0].citations[0].startswith("smoking.")


def test_a_question_about_nothing_of_ours_quotes_nothing(say: Say) -> None:
    turn = say("how do I change a flat tyre", encounter=Encounter(country="MA"))
    assert turn.reply.sentences == ()


CATCHING = [
    ("en", "I have a cold", "is it contagious?", "cold-flu"),
    ("fr", "mon fils a une conjonctivite, l'oeil colle", "c'est contagieux ?", "eye-problem"),
    ("ar", "عندي إسهال منذ أمس", "هل هو معدي؟", "diarrhoea"),
    ("ary", "فيا الرواح والسعلة", "واش كيعدي", "cold-flu"),
    ("ary-Latn", "fiya rwa7 w l7al9 kaydrni", "wach kay3di", "cold-flu"),
]


@pytest.mark.parametrize(("language", "complaint", "question", "topic"), CATCHING)
def test_whether_others_can_catch_it_is_answered_from_the_article_of_the_complaint(
    say: Say, language: str, complaint: str, question: str, topic: str
) -> None:
    encounter = Encounter(country="MA", language=language)
    before = say(complaint, encounter=encounter).assessment.disposition
    turn = say(question, encounter=encounter)
    assert {name for item in turn.reply.sentences for name in item.citations} == {f"{topic}.{language}#spread"}
    assert turn.assessment.disposition is before
    assert turn.reply.question is not None, "the interview goes on"


def test_a_question_that_names_the_illness_is_answered_too(say: Say) -> None:
    turn = say("Is chickenpox contagious?")
    assert {name for item in turn.reply.sentences for name in item.citations} == {"rash-adult.en#spread"}


def test_where_no_article_tells_it_nothing_is_claimed(say: Say, knowledge: Knowledge) -> None:
    turn = say("my back hurts", "is it contagious?")
    assert knowledge.say("en").text["contagion_unknown"] in turn.reply.notices


def test_an_emergency_is_not_interrupted_by_it(say: Say, knowledge: Knowledge) -> None:
    turn = say("crushing chest pain and I am sweating", "is it contagious?")
    assert turn.assessment.disposition.is_emergency
    assert not turn.reply.sentences
    assert knowledge.say("en").text["contagion_unknown"] not in turn.reply.notices


def test_the_stomach_is_no_question_about_catching_it(say: Say) -> None:
    turn = say("معدتي تؤلمني منذ أمس", language="ar")
    assert not any(name.endswith("#spread") for item in turn.reply.sentences for name in item.citations)


WORRYING = [
    (
        "en",
        "I have a sore throat",
        ["when should I worry?", "when should I go to the doctor?", "and what if it gets worse?"],
    ),
    ("fr", "j'ai mal à la gorge", ["quand est-ce que je dois m'inquiéter ?", "et si ça continue, je fais quoi ?"]),
    ("ar", "عندي ألم في الحلق", ["متى أقلق؟", "متى أذهب إلى الطبيب؟"]),
    ("ary", "حلقي كيضرني", ["إمتى نخاف؟", "فوقاش خاصني نمشي للطبيب؟"]),
    ("ary-Latn", "7al9i kaydrni", ["w ila bqa hakka chno ndir?", "fo9ach khassni nmchi l tbib?"]),
]


@pytest.mark.parametrize(("language", "complaint", "questions"), WORRYING)
def test_when_to_worry_is_answered_with_every_sign_of_the_article(
    say: Say, knowledge: Knowledge, language: str, complaint: str, questions: list[str]
) -> None:
    article = next(item for item in knowledge.articles if item.id == f"sore-throat.{language}")
    parts = [part.sentences for part in article.sections if part.kind in ("emergency", "see_someone")]
    signs = [text for part in parts for text in part]
    encounter = Encounter(country="MA", language=language)
    first = say(complaint, encounter=encounter)
    for question in questions:
        turn = say(question, encounter=encounter)
        assert [item.text for item in turn.reply.sentences] == signs, question
        assert turn.assessment.disposition is first.assessment.disposition
        assert turn.reply.question is not None and first.reply.question is not None
        assert turn.reply.question.id == first.reply.question.id, "the interview goes on"
        assert knowledge.say(language).text["not_understood"] not in turn.reply.notices


@pytest.mark.parametrize(
    ("language", "told", "question"),
    [
        ("en", "my chest hurts", "when should I worry?"),
        ("en", "my son has had a fever for six days", "when should I worry?"),
        ("fr", "j'ai mal à la poitrine", "quand dois-je m'inquiéter ?"),
        ("ar", "أشعر بالقلق وقلبي يخفق بسرعة", "متى أذهب إلى الطبيب؟"),
        ("ary", "كيضرني صدري", "فوقاش نخاف؟"),
        ("ary-Latn", "kaydrni sdri", "fo9ach nmchi l tbib?"),
    ],
)
def test_signs_told_with_the_question_count_in_full(say: Say, language: str, told: str, question: str) -> None:
    alone = say(told, language=language)
    both = say(f"{told}, {question}", language=language)
    found = [
        {(item.concept, item.polarity, item.temporality) for item in turn.extraction.findings} for turn in (alone, both)
    ]
    assert found[0] == found[1]
    assert both.assessment.disposition is alone.assessment.disposition
    assert both.assessment.floor is alone.assessment.floor
    assert both.reply.question is not None and alone.reply.question is not None
    assert both.reply.question.id == alone.reply.question.id


@pytest.mark.parametrize(
    ("language", "question", "topic"),
    [
        ("en", "when should I worry about a fever in a baby?", "fever-child"),
        ("en", "When should I see a doctor about a headache?", "headache"),
        ("fr", "quand consulter pour une fièvre chez un bébé ?", "fever-child"),
        ("ar", "متى يجب أن أقلق من حمى الرضيع؟", "fever-child"),
        ("ary", "فوقاش خاصني نخاف من السخانة عند الرضيع؟", "fever-child"),
    ],
)
def test_a_first_question_when_to_worry_gets_the_signs_of_its_topic(
    say: Say, language: str, question: str, topic: str
) -> None:
    turn = say(question, language=language)
    assert list(dict.fromkeys(name for item in turn.reply.sentences for name in item.citations)) == [
        f"{topic}.{language}#emergency",
        f"{topic}.{language}#see_someone",
    ]
    assert not turn.assessment.disposition.is_emergency


def test_an_age_told_with_the_question_when_to_worry_chooses_the_article(say: Say) -> None:
    turn = say("my son is 2 years old and has a fever, when should I worry?", encounter=Encounter(country="MA"))
    assert {name.partition(".")[0] for item in turn.reply.sentences for name in item.citations} == {"fever-child"}


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "when should I worry?"),
        ("fr", "quand dois-je m'inquiéter ?"),
        ("ar", "متى أقلق؟"),
        ("ary", "إمتى نخاف؟"),
        ("ary-Latn", "fo9ach nkhaf?"),
        ("en", "when should I worry about my son?"),
        ("fr", "quand dois-je consulter pour mon fils ?"),
    ],
)
def test_without_a_complaint_one_cautious_sentence_says_when_to_worry(
    say: Say, knowledge: Knowledge, language: str, question: str
) -> None:
    encounter = Encounter(country="MA", language=language)
    turn = say(question, encounter=encounter)
    assert turn.reply.notices == (knowledge.say(encounter.language).text["worry_unknown"],)
    assert not turn.reply.sentences and not turn.assessment.disposition.is_emergency


def test_an_emergency_is_not_interrupted_by_when_to_worry(say: Say, knowledge: Knowledge) -> None:
    encounter = Encounter(country="MA")
    card = say("crushing chest pain and I am sweating", encounter=encounter).reply.card
    turn = say("when should I worry?", encounter=encounter)
    assert turn.assessment.floor is Disposition.AMBULANCE
    assert turn.reply.card == card and not turn.reply.sentences
    assert knowledge.say("en").text["worry_unknown"] not in turn.reply.notices


def test_an_answered_question_is_not_called_misunderstood_and_ours_is_put_again(say: Say, knowledge: Knowledge) -> None:
    encounter = Encounter(country="MA")
    asked = say("I have a sore throat", encounter=encounter)
    turn = say("what should I eat in pregnancy?", encounter=encounter)
    assert [item.citations[0].partition(".")[0] for item in turn.reply.sentences][:1] == ["pregnancy-food"]
    assert knowledge.say("en").text["not_understood"] not in turn.reply.notices
    assert turn.reply.question is not None and asked.reply.question is not None
    assert turn.reply.question.id == asked.reply.question.id


@pytest.mark.parametrize("question", ["what can I eat?", "what should I not eat?"])
def test_advice_for_pregnant_women_answers_nobody_else_who_is_ill(say: Say, question: str) -> None:
    encounter = Encounter(country="MA")
    say("I have a sore throat", encounter=encounter)
    turn = say(question, encounter=encounter)
    assert not any(name.startswith("pregnancy") for item in turn.reply.sentences for name in item.citations)
