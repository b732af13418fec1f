"""What patients ask back in the middle of a conversation is answered from reviewed text, and answers none of our questions."""

from __future__ import annotations

from itertools import pairwise

import pytest

from knowledge import Knowledge
from knowledge.schema import Article, SectionKind
from knowledge.vocabulary import LANGUAGES
from tests.conftest import Say
from triage import Encounter, TriagePipeline, Turn
from triage.asked_back import told_by

COMPLAINTS = {
    "en": "I have a sore throat since yesterday",
    "fr": "j'ai mal à la gorge depuis hier",
    "ar": "حلقي يؤلمني منذ أمس",
    "ary": "كتضرني حلقي من البارح",
    "ary-Latn": "kaderrni 7el9i mn lbare7",
}

FROM_THE_ARTICLE = {
    "en": {
        "do": [
            "what can I eat?",
            "can I take something?",
            "what about paracetamol?",
            "what helps?",
            "ok, what can I do against it at home",
        ],
        "about": ["what is it?", "where did I get it?", "how long does it last?", "when will I be better?"],
        "emergency": ["is it serious?", "is this normal", "can it hurt the baby?", "how worried should I be"],
        "see_someone": ["when should I see the doctor again?", "do I need a follow-up?"],
    },
    "fr": {
        "do": [
            "qu'est-ce que je peux manger ?",
            "et le doliprane ?",
            "je peux prendre du doliprane ?",
            "alors je fais quoi ?",
        ],
        "about": [
            "c'est quoi ?",
            "d'où ça vient ?",
            "ça dure combien de temps ?",
            "quand est-ce que je serai guérie ?",
        ],
        "emergency": ["c'est grave docteur ?", "c'est normal ?", "ça peut faire du mal au bébé ?"],
        "see_someone": ["quand est-ce que je dois revoir le médecin ?", "je retourne chez le médecin quand ?"],
    },
    "ar": {
        "do": ["ماذا آكل؟", "والبنادول؟", "هل يمكنني أخذ باراسيتامول؟", "ماذا أفعل في البيت؟"],
        "about": ["ماذا قد يكون هذا؟", "من أين أصابني هذا؟", "كم يدوم هذا؟", "متى سأشفى؟"],
        "emergency": ["هل الأمر خطير", "هل هذا طبيعي؟", "هل يضر هذا الجنين؟"],
        "see_someone": ["متى أعود إلى الطبيب؟", "متى موعد المراجعة؟"],
    },
    "ary": {
        "do": ["شنو ناكل؟", "ودوليبران؟", "واش نقدر ناخد دوليبران؟", "واخا، شنو كينفع؟"],
        "about": ["شنو هادشي؟", "منين جاني هادشي؟", "شحال كيبقا هادشي؟", "فوقاش غنبرا؟"],
        "emergency": ["واش خطير؟", "واش هادشي عادي", "واش كيضر الجنين؟"],
        "see_someone": ["فوقاش نرجع عند الطبيب؟", "واش خاصني نعاود نشوف الطبيب؟"],
    },
    "ary-Latn": {
        "do": ["chno nakol?", "w doliprane?", "wach n9der nakhod doliprane?", "wakha, chno kaynfe3?"],
        "about": ["chno hadchi?", "mnin jani hadchi?", "ch7al kayb9a hadchi?", "fo9ach ghanebra?"],
        "emergency": ["wach khatir?", "wach hadchi 3adi", "wach kayderr ljanin?"],
        "see_someone": ["fo9ach nrje3 3end tbib?", "wach khassni n3awed nchouf tbib?"],
    },
}

IN_ONE_SENTENCE = {
    "work_unknown": ("can I go to work?", "il peut aller à l'école ?", "هل يمكنني الذهاب إلى العمل؟", "واش نقدر نمشي نخدم؟", "wach n9der nmchi nkhdem?"),
    "activity_unknown": ("can I exercise?", "je peux faire du sport ?", "هل يمكنني ممارسة الرياضة؟", "واش نقدر ندير السبور؟", "wach n9der ndir sport?"),
    "travel_unknown": ("can I fly tomorrow?", "je peux prendre l'avion demain ?", "هل أستطيع السفر غدا؟", "واش نقدر نسافر غدا؟", "wach n9der nsafer ghedda?"),
    "breastfeeding_unknown": ("can I still nurse my baby?", "je peux allaiter mon bébé ?", "هل أستطيع إرضاع طفلي؟", "واش نقدر نرضع ولدي؟", "wach n9der nredde3 weldi?"),
    "test_unknown": ("do I need an X-ray?", "il faut une radio ?", "هل أحتاج إلى تحاليل؟", "واش خاص شي راديو؟", "wach khassni ndir t7alil?"),
    "pharmacist_reply": ("thanks, and the pharmacy?", "merci, et la pharmacie ?", "شكرا، والصيدلية؟", "شكرا، والفرماسيان؟", "chokran, w lfarmasyan?"),
    "alcohol_unknown": ("can I have a beer?", "je peux boire de l'alcool ?", "هل يمكنني شرب الكحول؟", "واش نقدر نشرب الشراب؟", "wach n9der nchreb birra?"),
    "medicine_check": ("strepsils ok?", "je peux prendre du drill ?", "هل آخذ الكورتيزون؟", "واش نقدر ناخد زيرتيك؟", "wach nakhod zyrtec?"),
    "medicine_pain_pills": ("voltaren gel?", "un voltarène en gel c'est bon ?", "ديكلوفيناك؟", "بروفينيد مزيان؟", "profenid mezyan?"),
    "price_unknown": ("how much is a consultation?", "ça coûte combien ?", "كم سعر الكشف؟", "شحال كيتقام الكشف؟", "ch7al nkhelles?"),
    "transport_calm": ("can I take a taxi?", "un taxi ça va ?", "هل تكفي سيارة أجرة؟", "واش نمشي ف طاكسي؟", "wach nmchi f taxi?"),
    "why_calm": ("why see a doctor?", "pourquoi voir un médecin ?", "لماذا الطبيب؟", "علاش نمشي للطبيب؟", "3lach nmchi l tbib?"),
    "which_doctor_reply": ("which doctor should I see?", "je dois voir quel médecin ?", "أي طبيب أزور؟", "عند شمن طبيب نمشي؟", "3end chmen tbib nmchi?"),
}  # fmt: skip


def asked_back(say: Say, language: str, *messages: str) -> tuple[Turn, Turn, Encounter]:
    encounter = Encounter(country="MA", language=language)
    first = say(COMPLAINTS[language], encounter=encounter)
    return first, say(*messages, encounter=encounter), encounter


def stands(first: Turn, turn: Turn, knowledge: Knowledge) -> bool:
    """Whether nothing moved: the level, the facts and our question are what they were, and all was understood."""
    words = knowledge.say(turn.message.language).text
    assert not {words["not_understood"], words["not_understood_again"], words["answer_not_understood"]} & set(
        turn.reply.notices
    )
    assert first.reply.question is not None and turn.reply.question is not None
    same = turn.assessment.disposition is first.assessment.disposition
    told = {item.concept for item in turn.extraction.findings} - {"breastfeeding"}
    return same and not told and turn.reply.question.id == first.reply.question.id


@pytest.mark.parametrize(
    ("language", "section", "question"),
    [(tag, kind, text) for tag, kinds in FROM_THE_ARTICLE.items() for kind, texts in kinds.items() for text in texts],
)
def test_a_question_asked_back_is_answered_from_the_article_of_the_complaint(
    say: Say, knowledge: Knowledge, language: str, section: str, question: str
) -> None:
    first, turn, _ = asked_back(say, language, question)
    assert stands(first, turn, knowledge)
    assert turn.reply.sentences[0].citations == (f"sore-throat.{language}#{section}",)


@pytest.mark.parametrize(
    ("language", "key", "question"),
    [(tag, key, text) for key, texts in IN_ONE_SENTENCE.items() for tag, text in zip(LANGUAGES, texts, strict=True)],
)
def test_what_the_article_does_not_tell_is_answered_honestly_in_one_sentence(
    say: Say, knowledge: Knowledge, language: str, key: str, question: str
) -> None:
    first, turn, _ = asked_back(say, language, question)
    assert stands(first, turn, knowledge)
    assert turn.reply.notices[-1] == knowledge.say(language).text[key] and not turn.reply.sentences


def test_only_the_sentences_of_the_article_that_name_the_subject_are_said(say: Say) -> None:
    encounter = Encounter(country="MA")
    say("my 3 year old son has diarrhoea", encounter=encounter)
    said = [item.text for item in say("can he go to school?", encounter=encounter).reply.sentences]
    assert said == ["Stay away from work or school for 2 days after the last loose stool."]


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("en", "no, what can I eat?"),
        ("fr", "non, c'est grave ?"),
        ("ar", "لا، كم يدوم هذا؟"),
        ("ary", "لا، شنو ناكل؟"),
        ("ary-Latn", "la, chno nakol?"),
    ],
)
def test_an_answer_that_stands_beside_the_question_counts(say: Say, language: str, message: str) -> None:
    first, turn, encounter = asked_back(say, language, message)
    assert "breathing_difficulty" in {item.concept for item in encounter.findings if item.polarity.name == "NEGATED"}
    assert turn.reply.sentences and turn.reply.question is not None and first.reply.question is not None
    assert turn.reply.question.id != first.reply.question.id


@pytest.mark.parametrize(
    ("language", "told", "question"),
    [
        ("en", "I fainted twice", "can I go to work?"),
        ("fr", "je me suis évanoui deux fois", "je peux travailler ?"),
        ("ar", "أغمي علي مرتين", "هل يمكنني الذهاب إلى العمل؟"),
        ("ary", "سخفت جوج مرات", "واش نقدر نمشي نخدم؟"),
        ("ary-Latn", "skheft jouj merrat", "wach n9der nmchi nkhdem?"),
        ("en", "I cannot breathe", "what should I do?"),
        ("ary", "ما كنقدرش نتنفس", "شنو ندير؟"),
    ],
)
def test_danger_told_with_the_question_counts_in_full_and_nothing_stands_beside_it(
    say: Say, language: str, told: str, question: str
) -> None:
    _, alone, _ = asked_back(say, language, told)
    _, both, _ = asked_back(say, language, f"{question} {told}")
    assert both.assessment.disposition is alone.assessment.disposition
    assert both.assessment.floor is alone.assessment.floor and both.assessment.disposition.is_emergency
    assert not both.reply.sentences


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("en", "is it normal that my arm is numb?"),
        ("fr", "c'est normal que mon bras soit engourdi ?"),
        ("ar", "هل من الطبيعي أن ذراعي مخدرة؟"),
        ("ary", "واش عادي يدي منملة؟"),
        ("ary-Latn", "wach 3adi yddi mnemmla?"),
    ],
)
def test_a_sign_told_as_a_question_stays_a_sign(say: Say, language: str, message: str) -> None:
    first, turn, encounter = asked_back(say, language, message)
    assert "limb_numb" in {item.concept for item in encounter.findings}
    assert turn.assessment.disposition >= first.assessment.disposition and not turn.reply.sentences


def test_an_emergency_is_not_interrupted_by_questions(say: Say) -> None:
    for language, kinds in FROM_THE_ARTICLE.items():
        encounter = Encounter(country="MA", language=language)
        said = {"en": "I cannot breathe", "fr": "je ne peux plus respirer", "ar": "لا أستطيع التنفس"}
        card = say(said.get(language, "ما كنقدرش نتنفس"), encounter=encounter).reply.card
        for question in (text for texts in kinds.values() for text in texts):
            reply = say(question, encounter=encounter).reply
            assert reply.card is not None and card is not None
            assert reply.card.disposition is card.disposition and not reply.sentences, question


BABY = {
    "en": ("my baby has a fever", "can he eat?", "can he go to nursery?"),
    "fr": ("mon bébé a de la fièvre", "il peut manger ?", "il faut une radio ?"),
    "ar": ("رضيعي عنده حمى", "ماذا أعطيه ليأكل؟", "متى أعود إلى الطبيب؟"),
    "ary": ("الرضيع ديالي سخون", "شنو نعطيه ياكل؟", "واش خاصو تحاليل؟"),
    "ary-Latn": ("rdi3 dyali skhoun", "chno n3tih yakol?", "wach khasso t7alil?"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_has_to_wait_while_only_an_answer_can_lower_an_emergency(
    say: Say, knowledge: Knowledge, language: str
) -> None:
    words = knowledge.say(language).text
    told, first, second = BABY[language]
    encounter = Encounter(country="MA", language=language)
    for_now = say(told, encounter=encounter)
    assert for_now.assessment.disposition.is_emergency and not for_now.assessment.floor.is_emergency
    assert words["advice_for_now"] in for_now.reply.notices
    for question, key in ((first, "answer_first"), (second, "answer_decides")):
        turn = say(question, encounter=encounter)
        assert turn.reply.notices == (words[key],)
        assert turn.assessment.disposition is for_now.assessment.disposition and not turn.reply.sentences
        assert turn.reply.question == for_now.reply.question
    assert not any(item.name == "age_years" for item in encounter.quantities)


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_writes_on_beside_an_emergency_never_reads_the_same_words_twice_running(
    say: Say, knowledge: Knowledge, language: str
) -> None:
    encounter = Encounter(country="MA", language=language)
    danger = {"en": "I cannot breathe", "fr": "je ne peux plus respirer", "ar": "لا أستطيع التنفس"}
    say(danger.get(language, "ما كنقدرش نتنفس"), encounter=encounter)
    question = BABY[language][1]
    said = [say(text, encounter=encounter).reply.notices for text in (question, question, "hmm", question, "hmm")]
    assert said[0] == (knowledge.say(encounter.language).text["seen_first"],)
    assert all(said) and all(one != other for one, other in pairwise(said))


def test_what_is_asked_for_a_child_of_no_age_yet_is_not_answered_for_grown_ups(say: Say) -> None:
    encounter = Encounter(country="MA")
    say("my son has a fever", encounter=encounter)
    turn = say("what can I give him to eat?", encounter=encounter)
    assert turn.reply.sentences and {item.citations[0].partition(".")[0] for item in turn.reply.sentences} == {
        "fever-child"
    }


def test_before_a_complaint_other_articles_answer(say: Say) -> None:
    turn = say("what should I eat in pregnancy?", encounter=Encounter(country="MA"))
    assert turn.reply.sentences[0].citations[0].startswith("pregnancy-food.")


@pytest.mark.parametrize(
    ("language", "message"),
    [("fr", "un remède de grand-mère ?"), ("en", "can I still nurse my baby?"), ("ary", "واش نقدر نرضع ولدي؟")],
)
def test_who_is_named_in_a_question_is_not_who_is_ill(say: Say, language: str, message: str) -> None:
    _, _, encounter = asked_back(say, language, message)
    assert encounter.subject.is_author is not False
    assert not any(item.name == "age_days" for item in encounter.quantities)


def test_a_question_gets_the_same_lines_of_an_article_in_every_language(knowledge: Knowledge) -> None:
    """English, French and Arabic articles say the same line by line; few lines may be named in one and not another."""
    articles = {article.id: article for article in knowledge.articles}
    for item in knowledge.requests.by_article:
        if not item.naming:
            continue
        assert set(item.naming) == set(LANGUAGES), item.request
        chosen = {
            tag: {
                (article.slug, kind, _line(article, kind, text))
                for article in articles.values()
                if article.language == tag and article.slug in {p.article for p in knowledge.protocols.values()}
                for kind, texts in told_by(article, item).items()
                for text in texts
            }
            for tag in ("en", "fr", "ar")
        }
        for tag in ("fr", "ar"):
            apart = chosen["en"] ^ chosen[tag]
            assert len(apart) <= max(2, len(chosen["en"]) // 4), (item.request, tag, sorted(apart))


def _line(article: Article, kind: SectionKind, text: str) -> int:
    said = [line for section in article.sections if section.kind == kind for line in section.sentences]
    return said.index(text)


UNKNOWN = {
    "en": "can I still go to the mosque?",
    "fr": "je peux embrasser ma tante ?",
    "ar": "هل يمكنني تقبيل صديقي؟",
    "ary": "واش نبوس صاحبي؟",
    "ary-Latn": "wach nbous sa7bi?",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_that_nothing_answers_is_owned_to_and_passes_none_of_ours_over(
    say: Say, knowledge: Knowledge, language: str
) -> None:
    first, turn, encounter = asked_back(say, language, UNKNOWN[language])
    assert stands(first, turn, knowledge) and not turn.reply.sentences
    assert turn.reply.notices == (knowledge.say(language).text["question_unknown"],)
    assert encounter.unsure == []


@pytest.mark.parametrize(
    ("language", "word"), [("en", "ok"), ("fr", "d'accord"), ("ar", "حسنا"), ("ary", "واخا"), ("ary-Latn", "wakha")]
)
def test_an_ok_to_a_list_of_danger_signs_affirms_none(say: Say, knowledge: Knowledge, language: str, word: str) -> None:
    first, turn, _ = asked_back(say, language, word)
    assert stands(first, turn, knowledge)
    assert turn.reply.notices == (knowledge.say(language).text["question_too"],)


def test_thanks_are_no_farewell_while_a_question_of_ours_waits(say: Say, knowledge: Knowledge) -> None:
    words = knowledge.say("en").text
    _, turn, encounter = asked_back(say, "en", "thank you")
    assert turn.reply.notices == (words["thanks_more"],) and encounter.pending
    assert say("thank you").reply.notices == (words["thanks"],)


@pytest.mark.parametrize(
    ("language", "text"), [("en", "since two days"), ("fr", "depuis deux jours"), ("ar", "منذ يومين")]
)
def test_how_long_it_lasts_is_nobodys_age(say: Say, language: str, text: str) -> None:
    encounter = Encounter(country="MA", language=language)
    complaint = {"en": "sore throat", "fr": "mal de gorge", "ar": "ألم في الحلق"}[language]
    say(complaint, "none", encounter=encounter)
    assert encounter.pending == "person.age"
    turn = say(text, encounter=encounter)
    assert not turn.assessment.disposition.is_emergency
    assert not any(item.name.startswith("age_") for item in encounter.quantities)


def test_another_article_answers_only_what_names_another_subject(say: Say) -> None:
    for question in ("do I have to call somebody's brother", "how do I change a tyre"):
        _, turn, _ = asked_back(say, "en", question)
        assert not turn.reply.sentences, question


@pytest.mark.parametrize(
    ("language", "told", "question"),
    [
        (
            "en",
            ["my belly hurts since yesterday, low down on the right", "it has hurt there for 8 hours"],
            "can I eat?",
        ),
        ("fr", ["j'ai mal au ventre depuis hier", "en bas à droite"], "je peux manger ?"),
    ],
)
def test_no_article_tells_what_to_eat_beside_the_advice_not_to(
    say: Say, knowledge: Knowledge, language: str, told: list[str], question: str
) -> None:
    encounter = Encounter(country="MA", language=language)
    card = say(*told, encounter=encounter).reply.card
    advice = knowledge.say(language).advice["nbm"]
    assert card is not None and advice in card.advice
    # an alarm of the gestalt alone takes over what calmer rules advise, but not "see somebody today"
    assert not (card.disposition.is_emergency and "same_day" in card.advice_keys)
    turn = say(question, encounter=encounter)
    assert advice in turn.reply.notices
    assert not turn.reply.sentences and turn.reply.question is not None


HEART = {
    "en": ("crushing chest pain and I am sweating", "crushing chest pain"),
    "fr": ("j'ai la poitrine qui serre très fort et je transpire", "poitrine qui serre"),
    "ar": ("صدري يؤلمني ويضيق كثيرا وأتعرق", "صدري يؤلمني"),
    "ary": ("صدري كيضرني ومزير وكنعرق", "صدري كيضرني"),
    "ary-Latn": ("sadri kayderni w mziyer w kan3re9", "sadri kayderni"),
}

BESIDE_AN_AMBULANCE = {
    "medicine_emergency": ("aspirin?", "je peux prendre un doliprane ?", "هل آخذ أسبرين؟", "نقدر ناخد سبازفون؟", "spasfon?"),
    "ride_ambulance": ("can my brother drive me?", "mon voisin peut m'emmener", "جاري سيوصلني", "خويا غادي يديني", "rajli ghaywesselni"),
    "help_coming": ("the ambulance is coming", "on attend les secours", "الإسعاف في الطريق", "لابيلانص جاية", "labilans jaya"),
    "help_time": ("the ambulance is not coming", "le 15 ne répond pas", "الإسعاف لا يرد", "لابيلانص ما كتجاوبش", "labilans majatch"),
    "urgent_where": ("where do I go?", "où je vais à Casa ?", "إلى أين أذهب؟", "فين نمشي؟", "fin nmchi?"),
    "urgent_do": ("tell me what to do", "comment je fais ?", "ماذا أفعل؟", "قول ليا شنو ندير", "kifach ndir?"),
    "urgent_serious": ("is it serious?", "c'est grave ?", "هل الأمر خطير؟", "واش خطير؟", "wach khatir?"),
    "refusal_cost": ("how much does it cost?", "combien ça coûte ?", "كم سيكلفني هذا؟", "شحال غادي نخلص؟", "ch7al ghadi nkhelles?"),
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_asked_beside_an_ambulance_is_answered_in_one_sentence_and_lowers_nothing(
    say: Say, knowledge: Knowledge, language: str
) -> None:
    words = knowledge.say(language)
    heading = words.cards["ambulance"]["heading"].format(number="15")
    for key, questions in BESIDE_AN_AMBULANCE.items():
        encounter = Encounter(country="MA", language=language)
        said = questions[LANGUAGES.index(language)]
        turn = say(HEART[language][0], said, encounter=encounter)
        assert turn.reply.notices == (words.text[key].format(number="15", heading=heading),), said
        assert turn.reply.card is not None and turn.reply.card.disposition.name == "AMBULANCE"


@pytest.mark.parametrize("language", LANGUAGES)
def test_why_an_emergency_is_advised_is_answered_with_the_patients_own_words(say: Say, language: str) -> None:
    whys = ("why the hospital?", "pourquoi les urgences ?", "لماذا المستشفى؟", "علاش السبيطار؟", "3lach sbitar?")
    bare = ("why?", "pourquoi", "لماذا؟", "علاش؟", "3lach?")
    told, words = HEART[language]
    for why in (whys, bare):
        turn = say(told, why[LANGUAGES.index(language)], language=language)
        assert len(turn.reply.notices) == 1 and words in turn.reply.notices[0]
        assert turn.assessment.disposition.name == "AMBULANCE"


WHOM_IT_CONCERNS = {
    "medicine_blood_thinner": (
        ("I take warfarin and my knee hurts a little", "can I use voltaren?"),
        ("je prends du sintrom et j'ai mal au genou", "je peux prendre de l'ibuprofène ?"),
        ("أتناول السنتروم وركبتي تؤلمني", "هل آخذ فولتارين؟"),
        ("كناخد سنتروم وكتضرني ركبتي", "فولتارين؟"),
        ("kanakhod sintrom w katderrni rkebti", "wach nakhod voltarene"),
    ),
    "medicine_pregnant": (
        ("I am pregnant and have a blocked nose", "sudafed ok?"),
        ("j'ai le nez bouché et je suis enceinte", "humex c'est ok ?"),
        ("أنا حامل وأنفي مسدود", "هل آخذ دواء الزكام؟"),
        ("أنا حاملة وفيا الرواح", "واش ناخد هيومكس؟"),
        ("ana 7amla w fiya rrwa7", "wach nakhod humex?"),
    ),
    "medicine_child": (
        ("my son is 5 years old and has a cough", "can I give him robitussin?"),
        ("mon fils de 5 ans tousse", "je peux lui donner du toplexil ?"),
        ("ابني عمره 5 سنوات ويسعل", "هل أعطيه شراب السعال؟"),
        ("ولدي عندو 5 سنين وفيه الكحة", "واش نعطيه سيرو د الكحة؟"),
        ("weldi 3endou 5 snin w fih lke7ba", "wach n3tih toplexil?"),
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", WHOM_IT_CONCERNS)
def test_a_question_for_a_medicine_is_answered_for_who_is_ill(
    say: Say, knowledge: Knowledge, key: str, language: str
) -> None:
    told, question = WHOM_IT_CONCERNS[key][LANGUAGES.index(language)]
    turn = say(told, question, language=language)
    if turn.assessment.disposition.is_emergency:
        key = "medicine_emergency"
    assert turn.reply.notices[0] == knowledge.say(language).text[key].format(number="15")


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "I took strepsils and it did not help"),
        ("en", "my uncle works in a pharmacy"),
        ("fr", "je ne peux pas prendre d'aspirine"),
        ("fr", "j'ai pris du drill hier soir"),
        ("ar", "أخذت فولتارين أمس"),
        ("ary", "كليت سبازفون البارح"),
        ("ary-Latn", "chrebt spasfon lbare7"),
    ],
)
def test_who_tells_of_a_medicine_asks_nothing(say: Say, knowledge: Knowledge, language: str, told: str) -> None:
    _, turn, _ = asked_back(say, language, told)
    words = knowledge.say(language).text
    assert not {words["medicine_check"], words["medicine_pain_pills"]} & set(turn.reply.notices)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "i am on warfarin and take brufen for my back"),
        ("fr", "je prends du sintrom et de l'ibuprofène"),
        ("ar", "آخذ وارفارين وأتناول بروفين لظهري"),
        ("ary", "كناخد سنتروم و خديت بروفين"),
        ("ary-Latn", "kanakhod sintrom w khdit brufen"),
        ("ary-Latn", "3tini chi 7aja n9der nakol m3a sintrom l wja3 d rass"),
    ],
)
def test_pain_pills_beside_a_blood_thinner_are_warned_of(
    pipeline: TriagePipeline, knowledge: Knowledge, language: str, told: str
) -> None:
    reply = pipeline.respond(Encounter(language=language, country="MA"), told).reply
    assert knowledge.say(language).text["medicine_blood_thinner"] in reply.text


def test_a_medicine_that_is_taken_is_learnt_from_the_question_about_it(say: Say) -> None:
    encounter = Encounter(country="MA", language="fr")
    say("j'ai mal au genou", "je dois arrêter sintrom ?", encounter=encounter)
    assert "med:anticoagulant" in {item.concept for item in encounter.findings}


@pytest.mark.parametrize("language", LANGUAGES)
def test_thanks_beside_an_emergency_are_answered_kindly_and_never_with_the_advice(
    say: Say, knowledge: Knowledge, language: str
) -> None:
    thanks = {"en": "thank you", "fr": "merci", "ary-Latn": "chokran"}.get(language, "شكرا")
    encounter = Encounter(country="MA", language=language)
    say(HEART[language][0], encounter=encounter)
    words = knowledge.say(language).text
    said = [say(thanks, encounter=encounter).reply.notices for _ in range(3)]
    assert {text for notices in said for text in notices} <= {words["thanks"], words["closing"]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_more_is_told_beside_an_emergency_is_said_back(say: Say, knowledge: Knowledge, language: str) -> None:
    more = {"en": "I feel sick too", "fr": "j'ai envie de vomir aussi", "ar": "وعندي غثيان أيضا"}
    darija = "w fiya lghetyan" if language == "ary-Latn" else "وفيا الغثيان"
    turn = say(HEART[language][0], more.get(language, darija), language=language)
    lead = knowledge.say(language).text["emergency_noted"].partition("{label}")[0]
    assert turn.reply.notices and turn.reply.notices[0].startswith(lead)


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_only_asks_for_prices_or_says_that_nobody_is_ill_is_sent_to_nobody(
    say: Say, knowledge: Knowledge, language: str
) -> None:
    words = knowledge.say(language).text
    asked = {
        "price_unknown": ("how much is a scan?", "prix d'une consultation à Casablanca avec AMO", "كم سعر السكانير؟", "بشحال الكشف؟", "bch7al lconsultation?"),
        "night_pharmacy": ("which pharmacy is open now?", "pharmacie de garde ?", "صيدلية الحراسة؟", "فين كاينة فرماسي محلولة؟", "fin kayna farmasi m7loula?"),
        "nobody_ill": ("nobody is ill", "personne n'est malade", "لا أحد مريض", "ما كاين حد مريض", "ma kayn 7ed mrid"),
    }  # fmt: skip
    for key, questions in asked.items():
        turn = say(questions[LANGUAGES.index(language)], encounter=Encounter(country="MA", language=language))
        assert turn.reply.notices == (words[key].format(number="15"),) and turn.reply.card is None, key


def test_nobody_is_ill_hides_no_complaint(say: Say) -> None:
    assert say("nobody is ill but my chest hurts badly").assessment.disposition.is_emergency
    assert say("crushing chest pain", "nobody is ill").assessment.disposition.is_emergency


def test_the_number_of_the_country_that_is_named_is_said(say: Say) -> None:
    for question, number in (("which number for an ambulance in Dakar?", "1515"), ("which number?", "15")):
        turn = say("my chest feels crushed", question, country="MA")
        assert f" {number}" in turn.reply.notices[0]
    nowhere = say("my chest feels crushed", "which number for an ambulance in Ouagadougou?", country="MA")
    assert not any(letter.isdigit() for letter in nowhere.reply.notices[0])


def test_no_door_is_unlocked_to_who_threatens(say: Say, knowledge: Knowledge) -> None:
    encounter = Encounter(country="MA", language="en")
    say("my husband is hitting me right now", encounter=encounter)
    turn = say("the ambulance is coming", encounter=encounter)
    assert knowledge.say("en").text["help_coming"].format(number="15") not in turn.reply.notices


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_first_question_for_a_medicine_in_pregnancy_gets_the_plain_line_beside_any_article(
    say: Say, knowledge: Knowledge, language: str
) -> None:
    questions = ("can I take ibuprofen while pregnant?", "je peux prendre de l'ibuprofène enceinte ?", "هل يمكنني أخذ إيبوبروفين وأنا حامل؟", "واش نقدر ناخد فولتارين وأنا حاملة؟", "wach n9der nakhod voltarene w ana 7amla?")  # fmt: skip
    turn = say(questions[LANGUAGES.index(language)], language=language)
    assert turn.reply.notices[0] == knowledge.say(language).text["medicine_pregnant"]


def test_why_after_a_wish_to_die_is_answered_with_care_and_no_examination(say: Say) -> None:
    turn = say("I want to die", "why should I call?", language="en")
    assert "I want to die" in turn.reply.notices[0] and "safe" in turn.reply.notices[0]
