"""Whole conversations: answers are read as a person means them, nothing is asked twice, the level moves for a reason."""

from __future__ import annotations

import pytest

from knowledge.vocabulary import Disposition
from tests.conftest import Say
from triage import Encounter, TriagePipeline
from triage.encounter import Turn


def _play(say: Say, language: str, *messages: str) -> tuple[Encounter, Turn]:
    encounter = Encounter(language=language, country="FR" if language == "fr" else "GB")
    return encounter, say(*messages, encounter=encounter)


def _asked(turn: Turn) -> str | None:
    return turn.reply.question.id if turn.reply.question else None


@pytest.mark.parametrize(
    ("language", "opening", "answer"),
    [
        ("en", "I have a sore throat", "no i can breathe fine, just blocked up"),
        ("en", "my little boy won't stop coughing at night, he is four", "no he breathes ok, runs around all day"),
        ("en", "my husband is 61 and feels a bit off", "no he's talking normally"),
        ("en", "I rolled my ankle last night", "no it's just a bit blue on the outside"),
        ("en", "red eye and it is gunky in the mornings", "just itchy, no pain"),
        ("fr", "j'ai mal à la gorge depuis 3 jours", "non je respire bien"),
        ("fr", "j'ai mal à la tête depuis 2 jours", "non tout est électrique chez moi"),
        ("fr", "j'ai une rage de dents depuis hier soir", "la joue est un peu gonflée, c'est tout"),
        ("fr", "brûlures d'estomac depuis une semaine", "non les selles sont normales"),
    ],
)
def test_an_answer_that_says_all_is_well_makes_no_emergency(say: Say, language: str, opening: str, answer: str) -> None:
    encounter, turn = _play(say, language, opening)
    assert _asked(turn) is not None
    while _asked(turn) is not None and len(encounter.turns) < 12:
        turn = say(answer, encounter=encounter)
        assert not turn.assessment.floor.is_emergency, _asked(turn)


@pytest.mark.parametrize(
    ("language", "opening", "answer", "danger"),
    [
        ("en", "I have a cough", "no i can't breathe", "breathing_difficulty"),
        ("en", "my husband feels unwell", "no one can wake him", "hard_to_wake"),
        ("fr", "mon père tousse", "non il ne respire pas", "not_breathing_normally"),
        ("fr", "j'ai mal au dos", "non mais je vomis du sang", "vomiting_blood"),
    ],
)
def test_danger_told_after_a_no_is_heard(
    pipeline: TriagePipeline, say: Say, language: str, opening: str, answer: str, danger: str
) -> None:
    encounter, turn = _play(say, language, opening, answer)
    assert danger in pipeline.facts(encounter).present
    assert turn.assessment.floor.is_emergency


@pytest.mark.parametrize(
    ("language", "opening", "answer"),
    [
        ("en", "I have a sore throat", "don't think so"),
        ("en", "I have a sore throat", "no dear, I can speak and swallow and do everything perfectly well"),
        ("en", "I have a sore throat", "no thank god"),
        ("fr", "j'ai mal à la gorge", "je ne crois pas"),
        ("fr", "j'ai mal à la gorge", "pas à ma connaissance"),
        ("fr", "j'ai mal à la gorge", "non heureusement"),
        ("fr", "j'ai mal à la gorge", "non c'est venu petit à petit, je ne m'inquiète pas trop"),
    ],
)
def test_the_ways_people_say_no_are_answers(say: Say, language: str, opening: str, answer: str) -> None:
    encounter, turn = _play(say, language, opening)
    question = _asked(turn)
    assert question is not None
    assert _asked(say(answer, encounter=encounter)) != question
    assert not encounter.unsure


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("age", ["38", "41"])
def test_an_age_is_no_temperature(pipeline: TriagePipeline, say: Say, language: str, age: str) -> None:
    opening = {"en": "I have diarrhoea since last night", "fr": "j'ai la diarrhée depuis hier soir"}[language]
    encounter, turn = _play(say, language, opening)
    assert _asked(turn) == "person.age"
    say(age, encounter=encounter)
    assert "fever" not in pipeline.facts(encounter).present


@pytest.mark.parametrize(
    ("language", "opening", "first"),
    [
        ("en", "My tooth is throbbing and my cheek is a bit puffy", "toothache"),
        ("en", "cut my finger slicing onions, it was bleeding but it's stopped now", "wound_cut"),
        ("fr", "brûlures d'estomac depuis une semaine", "heartburn"),
        ("fr", "mon père de 75 ans tousse et il est fatigué", "cough"),
        ("fr", "je pleure tout le temps", "low_mood"),
    ],
)
def test_the_complaint_named_first_decides(say: Say, language: str, opening: str, first: str) -> None:
    _, turn = _play(say, language, opening)
    assert turn.assessment.protocols[0] == first


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("en", "my nose bled this morning but it stopped after 5 minutes"),
        ("en", "held it under cold water for 20 minutes after burning my finger"),
        ("en", "I cut my thumb on a tin lid on Friday, it looks clean and dry"),
        ("en", "My daughter has a runny nose. She eats, she plays, she drives me up the wall"),
        ("en", "my head feels like cotton wool, just a rotten cold"),
        ("fr", "j'ai saigné du nez ce matin mais ça s'est arrêté au bout de 5 minutes"),
        ("fr", "je me suis brûlé le bout du doigt, je l'ai passé vingt minutes sous l'eau froide"),
        ("fr", "je me suis cogné le coude et j'ai eu cette décharge électrique dans le bras, maintenant tout va bien"),
    ],
)
def test_harmless_stories_stay_calm(say: Say, language: str, message: str) -> None:
    _, turn = _play(say, language, message)
    assert turn.assessment.disposition <= Disposition.TODAY


@pytest.mark.parametrize(
    ("language", "opening", "time"),
    [("en", "it burns when I pee", "since two days"), ("fr", "ça me brûle quand j'urine", "depuis deux jours")],
)
def test_since_when_is_no_birth(pipeline: TriagePipeline, say: Say, language: str, opening: str, time: str) -> None:
    encounter, turn = _play(say, language, opening)
    while _asked(turn) not in (None, "pregnancy.status"):
        turn = say("no" if language == "en" else "non", encounter=encounter)
    assert _asked(turn) == "pregnancy.status"
    say(time, encounter=encounter)
    assert "postpartum" not in pipeline.facts(encounter).present


@pytest.mark.parametrize(
    ("language", "opening", "found", "yes"),
    [
        ("en", "my son swallowed a button battery", "we found the battery under the carpet", "yes"),
        ("fr", "mon fils a avalé une pile", "la pile a été retrouvée sous le tapis", "oui"),
        ("ar", "ابني بلع بطارية", "وجدنا البطارية تحت السجادة لم يبلعها", "نعم"),
        ("ary", "ولدي بلع حجرة د المكانة", "لقيناها تحت الزربية ما بلعهاش", "آه"),
        ("ary-Latn", "weldi bla3 lpile", "l9inaha te7t zerbiya ma bla3hach", "ah"),
    ],
)
def test_a_battery_that_was_found_is_read_back_before_the_emergency_ends(
    say: Say, language: str, opening: str, found: str, yes: str
) -> None:
    encounter, turn = _play(say, language, opening, found)
    assert _asked(turn) == "retract:swallowed_button_battery"
    assert turn.assessment.disposition.is_emergency
    assert not say(yes, encounter=encounter).assessment.disposition.is_emergency


@pytest.mark.parametrize(
    ("language", "opening"),
    [
        ("en", "I'm a man of 55 and I am bleeding"),
        ("fr", "je suis un homme de 55 ans, je saigne"),
        ("ar", "أنا رجل عمري 55 سنة وعندي نزيف"),
    ],
)
def test_no_period_is_asked_of_a_man_who_bleeds(say: Say, language: str, opening: str) -> None:
    _, turn = _play(say, language, opening)
    assert "period_problems" not in turn.assessment.protocols


@pytest.mark.parametrize(
    ("language", "opening", "question"),
    [
        ("en", "my 11 month old has diarrhoea", "how do I make rehydration salts at home?"),
        ("fr", "mon fils de 11 mois a la diarrhée", "comment préparer la solution de réhydratation ?"),
        ("ar", "طفلي 11 شهرا عنده إسهال", "كيف أحضر محلول الإماهة؟"),
        ("ary", "ولدي عندو 11 شهر فيه الجريان", "كيفاش نصايب السيروم؟"),
        ("ary-Latn", "weldi 3ndo 11 chher fih lishal", "kifach nsayeb serum?"),
    ],
)
def test_how_to_make_the_drink_for_diarrhoea_is_told(say: Say, language: str, opening: str, question: str) -> None:
    _, turn = _play(say, language, opening, question)
    assert "6" in turn.reply.notices[0]
    assert "24" in turn.reply.notices[0]


@pytest.mark.parametrize(
    ("language", "opening", "no"),
    [
        ("en", "my 3 year old has a fever and a rash", "no"),
        ("fr", "ma fille de 3 ans a de la fièvre et des boutons", "non"),
        ("ar", "ابنتي عمرها 4 سنوات عندها حمى وطفح", "لا"),
        ("ary", "بنتي عندها 4 سنين فيها السخانة والحبوب", "لا"),
        ("ary-Latn", "bnti 3ndha 4 snin fiha skhana w 7boub", "la"),
    ],
)
def test_a_feverish_child_stays_a_matter_of_today_until_its_skin_was_looked_at(
    rules_alone: TriagePipeline, language: str, opening: str, no: str
) -> None:
    encounter = Encounter(language=language, country="MA")
    turn = rules_alone.respond(encounter, opening)
    while _asked(turn) != "child.skin_neck":
        assert turn.assessment.disposition >= Disposition.TODAY
        turn = rules_alone.respond(encounter, no)
    assert turn.assessment.disposition >= Disposition.TODAY
    assert rules_alone.respond(encounter, no).assessment.disposition < Disposition.TODAY


@pytest.mark.parametrize(
    ("language", "opening"),
    [
        ("en", "my baby is 5 weeks old and he coughs"),
        ("fr", "mon bébé de 5 semaines tousse"),
        ("ar", "رضيعي عمره خمسة أسابيع يسعل"),
        ("ary", "ولدي عندو خمس سيمانات كيكح"),
        ("ary-Latn", "weldi 3ndo 5 simanat kay kou7"),
    ],
)
def test_the_cough_of_a_young_baby_is_a_matter_of_today_until_it_is_known_to_drink(
    rules_alone: TriagePipeline, language: str, opening: str
) -> None:
    turn = rules_alone.respond(Encounter(language=language, country="MA"), opening)
    assert turn.assessment.disposition == Disposition.TODAY
