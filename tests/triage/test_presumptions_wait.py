"""What is only presumed waits for its question where all that was written reads surely calm (ADR 7)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from knowledge.vocabulary import Disposition
from tests.conftest import deny
from triage import Encounter, TriagePipeline
from triage.gestalt import CALM, Gestalt, load_gestalt
from triage.types import Assessment

GRAVE = "putty"
FEARED = (
    "chest pain when I lift boxes",
    "I fainted at the market",
    "j'ai une gêne pour respirer",
    "كنحس بالضيقة فالنفس شي شوية",
)
CERTAIN = (
    "my husband is not breathing",
    "ma mère a la bouche de travers depuis ce matin",
    "بنتي بلعات بطارية ديال الساعة",
)


class Calm(Gestalt):
    """Hears nothing in anything but one word, and not even that among many others; it tests what may come of that."""

    def strength(self, text: str) -> float:
        return 0.3 if GRAVE in text and len(text.split()) < 12 else CALM / 2


@pytest.fixture
def calm(pipeline: TriagePipeline) -> Iterator[TriagePipeline]:
    known = pipeline.gestalt
    assert known is not None
    pipeline.gestalt = Calm(known.weights, known.scales, known.bias, known.version)
    yield pipeline
    pipeline.gestalt = known


def _first(pipeline: TriagePipeline, message: str) -> Assessment:
    return pipeline.respond(Encounter(country="MA"), message).assessment


@pytest.mark.parametrize("message", FEARED)
def test_what_is_presumed_is_asked_before_it_alarms(
    calm: TriagePipeline, rules_alone: TriagePipeline, message: str
) -> None:
    presumed = _first(rules_alone, message)
    assert presumed.disposition.is_emergency and not presumed.floor.is_emergency
    turn = calm.respond(Encounter(country="MA"), message)
    assert turn.assessment.disposition is Disposition.TODAY
    assert turn.assessment.ceiling.is_emergency, "it is still possible"
    assert not any(hit.disposition.is_emergency for hit in turn.assessment.hits)
    assert turn.reply.question is not None


@pytest.mark.parametrize("message", CERTAIN)
def test_what_is_certain_does_not_wait(calm: TriagePipeline, message: str) -> None:
    assert _first(calm, message).floor.is_emergency


def test_an_answer_that_confirms_it_alarms(calm: TriagePipeline) -> None:
    encounter = Encounter(country="MA")
    turn = calm.respond(encounter, FEARED[0])
    assert turn.reply.question is not None
    turn = calm.respond(encounter, turn.reply.question.options[0].value)
    assert turn.assessment.floor.is_emergency


def test_what_no_question_is_left_for_alarms(calm: TriagePipeline, rules_alone: TriagePipeline) -> None:
    """A presumption that nobody settled, as the patient is never sure, stands in the end as it does without a gestalt."""
    last = []
    for pipeline in (calm, rules_alone):
        encounter = Encounter(country="MA")
        turn = pipeline.respond(encounter, FEARED[0])
        while turn.reply.question is not None:
            turn = pipeline.respond(encounter, "unsure")
        last.append(turn.assessment.disposition)
    assert last[0] == last[1] and last[0].is_emergency


def test_denied_signs_settle_it(calm: TriagePipeline) -> None:
    encounter = Encounter(country="MA")
    turn = calm.respond(encounter, FEARED[1])
    while turn.reply.question is not None:
        turn = calm.respond(encounter, deny(calm, turn.reply.question))
    assert not turn.assessment.disposition.is_emergency


def test_calm_words_do_not_calm_what_came_before(calm: TriagePipeline) -> None:
    encounter = Encounter(country="MA")
    first = calm.respond(encounter, f"I fainted at the market and looked like {GRAVE}").assessment
    then = calm.respond(encounter, "haha it is fine, all is well, thank you so much for asking").assessment
    assert first.disposition.is_emergency and then.disposition.is_emergency


def test_few_words_say_too_little_to_be_calm(calm: TriagePipeline) -> None:
    assert _first(calm, "chest pain").disposition.is_emergency


@pytest.mark.parametrize(
    "message", ["I have been thinking of ending my life these days", "je pense à en finir avec la vie ces temps-ci"]
)
def test_despair_in_calm_words_is_despair(calm: TriagePipeline, rules_alone: TriagePipeline, message: str) -> None:
    assert _first(calm, message).disposition == _first(rules_alone, message).disposition >= Disposition.TODAY


QUESTIONS = [
    ("en", "My stoma is four years old and behaves. Moving abroad, how do I get my bags there?"),
    ("en", "my father died of a stroke ten years ago, should I get checked?"),
    ("fr", "mon père a fait un AVC en 2012, il lui faut une carte de stationnement ?"),
    ("ar", "كيف أجدد بطاقة التأمين الصحي لوالدي؟"),
    ("ary", "كيفاش ندير باش نبدل موعد الطبيب ديال السنان؟"),
    ("ary-Latn", "kifach ndir bach nbeddel rendez-vous dyal tbib snan?"),
]


@pytest.mark.parametrize(("language", "message"), QUESTIONS)
def test_a_question_that_tells_nobody_ill_is_no_complaint(
    pipeline: TriagePipeline, language: str, message: str
) -> None:
    encounter = Encounter(language=language, country="MA")
    turn = pipeline.respond(encounter, message)
    assert turn.assessment.disposition is Disposition.ROUTINE
    assert turn.reply.card is None, "nobody was said to be ill, so no advice"
    assert turn.reply.notices and turn.reply.question is not None, "it is answered, or said that it cannot be"
    ill = pipeline.respond(encounter, "yes")
    assert ill.assessment.disposition > Disposition.ROUTINE


def test_thanks_after_an_answer_do_not_open_an_interview(pipeline: TriagePipeline) -> None:
    encounter = Encounter(language="en", country="MA")
    for message in ("can I fast with my tablets for diabetes?", "no", "thank you"):
        turn = pipeline.respond(encounter, message)
    assert turn.assessment.disposition is Disposition.ROUTINE
    assert turn.reply.question is None and turn.reply.card is None and turn.reply.notices


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("en", "why should I go on living?"),
        ("en", "would they miss me if I was gone?"),
        ("fr", "pourquoi je suis encore en vie ?"),
        ("fr", "je ne vois plus pourquoi continuer à vivre"),
        ("ar", "ما فائدة العيش؟"),
        ("ar", "هل سيفتقدني أحد إذا اختفيت؟"),
        ("ary", "علاش أنا باقي حي؟"),
        ("ary-Latn", "wach ghadi ytwe7cheni chi 7ed ila mchit mn had denya?"),
    ],
)
def test_who_asks_why_to_live_does_not_merely_ask(pipeline: TriagePipeline, language: str, message: str) -> None:
    turn = pipeline.respond(Encounter(language=language, country="MA"), message)
    assert turn.assessment.disposition >= Disposition.TODAY
    assert turn.assessment.protocols == ("suicidal_crisis",)


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("en", "how long do people live with a stoma?"),
        ("en", "would they miss me at work if I stay home?"),
        ("fr", "pourquoi vivre avec un pacemaker demande un suivi ?"),
        ("ar", "ما فائدة فيتامين د؟"),
        ("ary", "شنو الفايدة ديال فيتامين د؟"),
    ],
)
def test_who_asks_about_life_is_not_in_despair(pipeline: TriagePipeline, language: str, message: str) -> None:
    turn = pipeline.respond(Encounter(language=language, country="MA"), message)
    assert "suicidal_crisis" not in turn.assessment.protocols


@pytest.mark.parametrize(
    "message",
    [
        "I swallowed two button batteries, is that ok?",
        "he is slumped by the gate, grey like putty, and only mumbles, what is it?",
        "my chest hurts since this morning, is it the weather?",
    ],
)
def test_a_question_behind_something_told_is_a_complaint(pipeline: TriagePipeline, message: str) -> None:
    assert _first(pipeline, message).disposition >= Disposition.TODAY


def test_what_reads_surely_calm_and_what_does_not() -> None:
    model = load_gestalt()
    assert model.strength("hello, can the nurse renew my hay fever spray, I feel well") < CALM
    assert model.strength("he is slumped by the gate, grey like putty, and only mumbles") > CALM
    assert model.strength("no hablo su idioma y me siento fatal") > CALM, "what was never learnt is not calm"
