"""The gestalt raises the advice where the rules see nothing, until the danger questions are answered."""

from pathlib import Path

import pytest

from knowledge.vocabulary import Disposition
from tests.conftest import Say, deny
from triage import Encounter, TriagePipeline
from triage.gestalt import WHOLE, Gestalt, features, load_gestalt

UNFORESEEN = (
    (
        "en",
        "my brother has been slumped by the gate since the party, grey like putty, and only mumbles when I shake him",
    ),
    (
        "fr",
        "papa est tout gris, il est assis par terre dans la cuisine et il marmonne sans me regarder depuis une heure",
    ),
    ("ar", "أبي جالس على الأرض ووجهه رمادي ويتمتم بكلام غير مفهوم ولا ينظر إلي منذ ساعة"),
    ("ary", "با جالس فالارض وجهو رمادي كيتمتم وما كيشوفش فيا هادي ساعة"),
    ("ary-Latn", "ba gales f lard wjho rmadi kaytmtem w makaychoufch fia hadi sa3a"),
)


@pytest.fixture(scope="module")
def gestalt() -> Gestalt:
    return load_gestalt()


class Always(Gestalt):
    """Hears an emergency in everything; it tests what may come of that."""

    def is_alarmed(self, text: str, language: str) -> bool:
        return True


@pytest.fixture
def alarmed(pipeline: TriagePipeline, gestalt: Gestalt) -> TriagePipeline:
    pipeline.gestalt = Always(gestalt.weights, gestalt.scale, gestalt.bias, gestalt.thresholds, gestalt.version)
    yield pipeline
    pipeline.gestalt = gestalt


@pytest.mark.parametrize(("language", "message"), UNFORESEEN)
def test_grave_messages_without_a_known_sign_read_graver_than_light_ones(
    gestalt: Gestalt, language: str, message: str
) -> None:
    light = {
        "en": "my nose has been running since the party and I sneeze a lot when I shake the duvet",
        "fr": "j'ai le nez qui coule depuis la fête et j'éternue beaucoup quand je secoue la couette",
        "ar": "أنفي يسيل منذ الحفلة وأعطس كثيرا عندما أنفض الغطاء",
        "ary": "نيفي كيسيل من العرس وكنعطس بزاف ملي كننفض المانطة",
        "ary-Latn": "nifi kaysil mn l3ers w kan3tes bzaf mli kannfed lmanta",
    }[language]
    assert gestalt.strength(message) > 0.5 > gestalt.strength(light)
    assert not gestalt.is_alarmed(light, language)


def test_one_shape_a_letter_and_one_kind_of_digits() -> None:
    size = 1 << 18
    assert features("ÉTÉ à 38", size) == features("ete a 38", size)
    assert features("أصابته حمى ٣٩", size) == features("اصابته حمي 39", size)
    assert features("", size) == set()


@pytest.mark.parametrize("text", ["", "hi", "chest", "😀 😀 😀 😀", "١٢٣", "\x00\x01"])
def test_too_few_words_say_nothing(gestalt: Gestalt, text: str) -> None:
    assert not gestalt.is_alarmed(text, "en")
    assert gestalt.alarm((), text, "en") is None


def test_an_unknown_form_is_judged_like_the_strictest(gestalt: Gestalt) -> None:
    text = UNFORESEEN[0][1]
    strictest = max(gestalt.thresholds, key=lambda form: gestalt.thresholds[form])
    assert gestalt.is_alarmed(text, "es") == gestalt.is_alarmed(text, strictest)


def test_the_alarm_quotes_the_message(gestalt: Gestalt) -> None:
    text = UNFORESEEN[0][1]
    for words in gestalt.telling(text):
        assert words in text


def test_it_raises_the_advice_and_no_floor_until_the_questions_are_answered(alarmed: TriagePipeline) -> None:
    encounter = Encounter(country="MA")
    turn = alarmed.respond(encounter, "my knee has been aching a little since I ran on Sunday")
    first = turn.assessment
    assert (first.floor, first.disposition) == (Disposition.SELF_CARE, Disposition.EMERGENCY_DEPARTMENT)
    assert first.hits[-1].rule_id == WHOLE
    assert turn.reply.card is not None
    assert turn.reply.card.reasons == (alarmed.wording.text("whole_message", "en"),)
    assert turn.reply.question is not None
    while turn.reply.question is not None:
        assert turn.assessment.disposition == Disposition.EMERGENCY_DEPARTMENT
        turn = alarmed.respond(encounter, deny(alarmed, turn.reply.question))
    assert turn.assessment.closed
    assert (turn.assessment.floor, turn.assessment.disposition) == (Disposition.SELF_CARE, Disposition.TODAY)


def test_where_no_question_goes_with_the_complaint_the_danger_signs_are_asked(alarmed: TriagePipeline) -> None:
    encounter = Encounter(country="MA")
    interview = alarmed._interview
    facts = alarmed.facts(encounter)
    encounter.asked = list(alarmed.knowledge.questions)
    nothing_left = interview.assess(encounter, facts, ())
    assert nothing_left.question is None
    encounter.asked = []
    alarm = alarmed.gestalt.alarm((), "anything at all that is long enough", "en") if alarmed.gestalt else None
    assert alarm is not None
    following = interview.alarmed(encounter, nothing_left, alarm)
    assert following.question is not None
    assert following.question.id == "universal.danger_now"
    assert not following.assessment.closed


@pytest.mark.parametrize("answer", ["unsure", "I don't know"])
def test_not_knowing_keeps_the_alarm(alarmed: TriagePipeline, answer: str) -> None:
    encounter = Encounter(country="MA")
    turn = alarmed.respond(encounter, "my knee has been aching a little since I ran on Sunday")
    for _ in range(12):
        if turn.reply.question is None:
            break
        turn = alarmed.respond(encounter, answer)
    assert turn.assessment.disposition == Disposition.EMERGENCY_DEPARTMENT


@pytest.mark.parametrize("message", ["hello", "what are the symptoms of a heart attack?"])
def test_small_talk_and_questions_for_information_are_never_alarms(alarmed: TriagePipeline, message: str) -> None:
    turn = alarmed.respond(Encounter(country="MA"), message)
    assert not turn.assessment.disposition.is_emergency
    assert WHOLE not in [hit.rule_id for hit in turn.assessment.hits]


def test_what_the_rules_say_is_the_same_with_and_without_it(
    pipeline: TriagePipeline, gestalt: Gestalt, say: Say
) -> None:
    messages = [message for _, message in UNFORESEEN] + ["crushing chest pain", "a runny nose", "I fell off a ladder"]
    try:
        for message in messages:
            pipeline.gestalt = gestalt
            whole = say(message).assessment
            pipeline.gestalt = None
            alone = say(message).assessment
            assert whole.floor == alone.floor
            assert whole.disposition >= alone.disposition
            assert [hit for hit in whole.hits if hit.rule_id != WHOLE] == list(alone.hits)
    finally:
        pipeline.gestalt = gestalt


def test_a_broken_gestalt_leaves_the_turn_to_the_rules(pipeline: TriagePipeline, gestalt: Gestalt, say: Say) -> None:
    pipeline.gestalt = Gestalt(b"", 1.0, 0.0, gestalt.thresholds, 1)
    try:
        turn = say("my nose has been running since the party and I sneeze a lot")
    finally:
        pipeline.gestalt = gestalt
    assert turn.audit.failures == ("gestalt",)
    assert turn.reply.card is not None
    assert "running" not in str(turn.audit)


def test_files_that_are_no_model_are_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"model\.json"):
        load_gestalt(tmp_path)
