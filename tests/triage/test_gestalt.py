"""The gestalt raises the advice where the rules see nothing, until the danger questions are answered."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge import Knowledge
from knowledge.vocabulary import Disposition
from tests.conftest import Say, deny
from triage import Encounter, TriagePipeline, Turn
from triage.gestalt import SURE, WHOLE, Gestalt, features, load_gestalt
from triage.pictured import pain_told

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


CALM = (
    "hello, I wanted to ask about my hay fever tablets because the pharmacy only has the other brand and I sneeze every "
    "spring when the birch trees are out, last year the nose spray from the chemist was good enough for me"
)


@pytest.fixture(scope="module")
def gestalt() -> Gestalt:
    return load_gestalt()


class Always(Gestalt):
    """Hears an emergency in everything; it tests what may come of that."""

    def is_alarmed(self, text: str) -> bool:
        return True


class Sure(Always):
    """Is sure of it, too."""

    def is_sure(self, written: Mapping[int, str], statement: str = "") -> bool:
        return True


@pytest.fixture(scope="module")
def always(gestalt: Gestalt) -> Always:
    return Always(gestalt.weights, gestalt.scales, gestalt.bias, gestalt.version)


@pytest.fixture
def alarmed(pipeline: TriagePipeline, gestalt: Gestalt, always: Always) -> Iterator[TriagePipeline]:
    pipeline.gestalt = always
    yield pipeline
    pipeline.gestalt = gestalt


def _listening(gestalt: Gestalt, judged: list[str]) -> Gestalt:
    """Return the gestalt, noting each text that it judges."""

    class Listening(Gestalt):
        def is_alarmed(self, text: str) -> bool:
            judged.append(text)
            return super().is_alarmed(text)

    return Listening(gestalt.weights, gestalt.scales, gestalt.bias, gestalt.version)


def _deny_all(pipeline: TriagePipeline, encounter: Encounter, turn: Turn) -> Turn:
    while turn.reply.question is not None:
        turn = pipeline.respond(encounter, deny(pipeline, turn.reply.question))
    return turn


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
    assert not gestalt.is_alarmed(light)


def test_one_shape_a_letter_and_one_kind_of_digits() -> None:
    assert features("ÉTÉ à 38") == features("ete a 38")
    assert features("أصابته حمى ٣٩") == features("اصابته حمي 39")
    assert not any(features(""))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("I don't wake him", "I don’t wake him"),
        ("il est tombé, décédé peut-être", "il est tombe\u0301, de\u0301ce\u0301de\u0301 peut-e\u0302tre"),
        ("سقط فجأة ولا يتحرك", "سَقَطَ فَجْأَةً وَلَا يَتَحَرَّكُ"),
        ("help him", "he\u200blp hi\u00adm"),
    ],
    ids=["apostrophes", "accents apart", "vowel signs", "no width"],
)
def test_words_are_the_same_however_a_keyboard_writes_them(one: str, other: str) -> None:
    assert features(one) == features(other)


@pytest.mark.parametrize("text", ["", "hi", "chest", "😀 😀 😀 😀", "١٢٣", "\x00\x01"])
def test_too_few_words_say_nothing(gestalt: Gestalt, text: str) -> None:
    assert not gestalt.is_alarmed(text)
    assert gestalt.alarm({1: text}) is None


@pytest.mark.parametrize("unheard", ["zzyzx qwfpg", "ⵣⵣⵣ ⴰⴰⴰ"])
def test_words_that_were_never_learnt_do_not_calm_the_others(gestalt: Gestalt, unheard: str) -> None:
    learnt = replace(gestalt, weights={piece: 100 for kind in features("he is grey") for piece in kind})
    alone = learnt.strength("he is grey")
    assert learnt.strength(f"he is grey {unheard}") >= alone > 0.9 > learnt.strength(unheard)


def test_calm_words_before_a_grave_message_do_not_calm_it(gestalt: Gestalt) -> None:
    calm, grave = "I have had a runny nose for a week and I sneeze every spring", UNFORESEEN[0][1]
    assert not gestalt.is_alarmed(f"{calm} . {grave}")
    assert gestalt.alarm({1: calm, 2: grave}) is not None


@pytest.mark.parametrize(
    ("language", "told", "question"),
    [
        ("en", "half of grandpa just isn't listening, he put his tea in his lap", "when should I worry?"),
        ("fr", "mon frère fixe le mur, il bave et ses yeux partent de côté", "quand dois-je m'inquiéter ?"),
        ("ar", "عمتي جسمها كله نمل وما تقدر تمشي وبدا من رجليها وطلع لفوق", "متى يجب أن أقلق؟"),
        ("ary", "الواليد 79 عام زلق فالدوش ومابغاش يقدر يوقف", "فوقاش خاصني نقلق؟"),
        ("ary-Latn", "rasi kaydrni w kanti9ayya", "imta khassni n9le9?"),
    ],
)
def test_a_question_at_its_end_does_not_calm_a_message(
    pipeline: TriagePipeline, language: str, told: str, question: str
) -> None:
    for text in (told, f"{told}, {question}", f"{told}. {question}"):
        turn = pipeline.respond(Encounter(language=language, country="MA"), text)
        assert [hit.rule_id for hit in turn.assessment.hits] == [WHOLE], text
        assert turn.assessment.disposition is Disposition.EMERGENCY_DEPARTMENT


def test_what_reads_calm_with_its_question_does_not_alarm_without_it(gestalt: Gestalt) -> None:
    told = "my baby had jaundice and had light treatment"
    assert gestalt.is_alarmed(told)
    assert gestalt.alarm({1: f"{told}, how long does jaundice usually last in babies?"}, told) is None


def test_a_question_in_which_a_sign_is_told_is_judged_with_it(gestalt: Gestalt, pipeline: TriagePipeline) -> None:
    text = "my knee aches since I ran on Sunday, when should I worry about a headache?"
    judged: list[str] = []
    pipeline.gestalt = _listening(gestalt, judged)
    try:
        pipeline.respond(Encounter(country="MA"), text)
    finally:
        pipeline.gestalt = gestalt
    assert judged == [text]


def test_a_story_told_in_pieces_is_judged_as_one(gestalt: Gestalt) -> None:
    pieces = [
        "nan is on the sofa since lunch", "her tea ran out of her mouth", "she calls the cat by my name",
        "she only smiles with half",
    ]  # fmt: skip
    assert not any(gestalt.is_alarmed(piece) for piece in pieces)
    assert gestalt.alarm(dict(enumerate(pieces, start=1))) is not None


@pytest.mark.parametrize(
    ("complaint", "denial"),
    [
        ("headache", "it is not sudden"), ("my son bumped his head", "he has not vomited"),
        ("mon fils s'est cogné la tête", "il n'a pas vomi"),
    ],
)  # fmt: skip
def test_a_sign_that_is_merely_denied_is_no_alarm(pipeline: TriagePipeline, complaint: str, denial: str) -> None:
    encounter = Encounter(country="MA")
    pipeline.respond(encounter, complaint)
    assert not pipeline.respond(encounter, denial).assessment.disposition.is_emergency
    assert encounter.alarm is None


@pytest.mark.parametrize("before", [0, 6, 12])
def test_a_grave_part_of_a_very_long_message_is_heard(gestalt: Gestalt, before: int) -> None:
    calm = f"{CALM} . "
    grave = (
        f"{UNFORESEEN[0][1]}, he fell off his chair and now he does not answer me, his lips are blue, what do I do . "
    )
    text = calm * before + grave + calm * (12 - before)
    assert len(text.split()) > 400
    assert not gestalt.is_alarmed(calm * 12)
    assert gestalt.is_alarmed(text)


def test_a_short_answer_is_not_judged_without_what_it_answers(gestalt: Gestalt) -> None:
    judged: list[str] = []
    _listening(gestalt, judged).alarm({1: CALM, 2: "oh yes, since 1990"})
    assert judged == [f"{CALM} . oh yes, since 1990"]


def test_of_a_long_conversation_the_last_words_are_judged_together(gestalt: Gestalt) -> None:
    judged: list[str] = []
    latest = "it is a little worse today than it was when I wrote"
    _listening(gestalt, judged).alarm({1: CALM * 12, 2: CALM, 3: latest})
    alone, together = sorted(judged, key=len)
    assert alone == latest
    assert together.endswith(f"{CALM} . {alone}")
    assert len(together.replace(" . ", " ").split()) == 400


def test_an_alarm_quotes_the_words_that_tell_most(gestalt: Gestalt) -> None:
    grave = UNFORESEEN[0][1]
    alarm = gestalt.alarm({1: CALM, 4: grave})
    assert alarm is not None
    assert [item.turn for item in alarm.because] == [4, 4, 4]
    assert all(item.text in grave for item in alarm.because)
    assert "my brother" not in [item.text for item in alarm.because]


def test_an_alarm_quotes_an_earlier_message_when_the_latest_tells_nothing(always: Always) -> None:
    grave = UNFORESEEN[0][1]
    alarm = always.alarm({1: grave, 3: "I told you already"})
    assert alarm is not None
    assert {item.turn for item in alarm.because} == {1}
    assert all(item.text in grave for item in alarm.because)
    assert always.alarm({1: grave, 3: "since an hour"}) is None, "a word or two say nothing new as a whole"
    in_a_single_word = always.alarm({1: "putty"})
    assert in_a_single_word is not None
    assert [(item.turn, item.text) for item in in_a_single_word.because] == [(1, "putty")]


def test_it_raises_the_advice_and_no_floor_until_the_questions_are_answered(alarmed: TriagePipeline) -> None:
    encounter = Encounter(country="MA")
    turn = alarmed.respond(encounter, "my knee has been aching a little since I ran on Sunday")
    first = turn.assessment
    assert (first.floor, first.disposition) == (Disposition.SELF_CARE, Disposition.EMERGENCY_DEPARTMENT)
    assert first.hits[-1].rule_id == WHOLE
    assert turn.reply.card is not None
    assert turn.reply.card.reasons == (alarmed.wording.text("whole_message", "en"),)
    assert turn.reply.question is not None
    levels = [turn.assessment.disposition]
    while turn.reply.question is not None:
        turn = alarmed.respond(encounter, deny(alarmed, turn.reply.question))
        levels.append(turn.assessment.disposition)
    assert len(levels) > 4
    assert set(levels[:3]) == {Disposition.EMERGENCY_DEPARTMENT}
    assert set(levels[3:]) == {Disposition.TODAY}
    assert turn.assessment.closed
    assert (turn.assessment.floor, turn.assessment.disposition) == (Disposition.SELF_CARE, Disposition.TODAY)


def test_where_no_question_goes_with_the_complaint_the_danger_signs_are_asked(
    alarmed: TriagePipeline, always: Always
) -> None:
    encounter = Encounter(country="MA")
    interview = alarmed._interview
    facts = alarmed.facts(encounter)
    encounter.asked = list(alarmed.knowledge.questions)
    nothing_left = interview.assess(encounter, facts, ())
    assert nothing_left.question is None
    encounter.asked = []
    alarm = always.alarm({1: "anything at all that is long enough"})
    assert alarm is not None
    following = interview.alarmed(encounter, nothing_left, alarm)
    assert following.question is not None
    assert following.question.id == "universal.danger_now"
    assert not following.assessment.closed


def test_an_alarm_after_the_last_question_asks_for_danger_signs_first(
    pipeline: TriagePipeline, gestalt: Gestalt, always: Always
) -> None:
    encounter = Encounter(country="MA")
    pipeline.gestalt = None
    try:
        before = "my knee has been aching a little since I ran on Sunday"
        turn = _deny_all(pipeline, encounter, pipeline.respond(encounter, before))
        assert turn.assessment.closed and not turn.assessment.disposition.is_emergency
        pipeline.gestalt = always
        turn = pipeline.respond(encounter, "well and now there is that other thing about it")
        assert turn.assessment.disposition == Disposition.EMERGENCY_DEPARTMENT
        assert turn.reply.question is not None
        assert turn.reply.question.id == "universal.danger_now"
        assert {item.turn for item in turn.assessment.hits[-1].because} == {turn.number}
        turn = _deny_all(pipeline, encounter, turn)
    finally:
        pipeline.gestalt = gestalt
    assert turn.assessment.disposition == Disposition.TODAY


@pytest.mark.parametrize("answer", ["no", "unsure"])
def test_where_the_danger_signs_were_asked_before_a_late_alarm_stays(
    pipeline: TriagePipeline, gestalt: Gestalt, always: Always, answer: str
) -> None:
    encounter = Encounter(country="MA")
    pipeline.gestalt = None
    try:
        turn = pipeline.respond(encounter, "I feel a bit strange today")
        assert turn.reply.question is not None
        assert turn.reply.question.id == "universal.danger_now"
        while turn.reply.question is not None:
            told = deny(pipeline, turn.reply.question) if answer == "no" else answer
            turn = pipeline.respond(encounter, told)
        pipeline.gestalt = always
        turn = pipeline.respond(encounter, "well and now there is that other thing about it")
    finally:
        pipeline.gestalt = gestalt
    assert turn.reply.question is None, "no question is asked twice"
    assert turn.assessment.disposition == Disposition.EMERGENCY_DEPARTMENT


def test_what_was_not_known_before_may_be_answered_later(alarmed: TriagePipeline) -> None:
    encounter = Encounter(country="MA")
    turn = alarmed.respond(encounter, "I feel a bit strange today")
    assert turn.reply.question is not None
    assert turn.reply.question.id == "universal.danger_now"
    while turn.reply.question is not None:
        turn = alarmed.respond(encounter, "unsure")
    turn = alarmed.respond(encounter, "again:universal.danger_now")
    assert turn.assessment.disposition == Disposition.EMERGENCY_DEPARTMENT
    turn = _deny_all(alarmed, encounter, turn)
    assert turn.assessment.disposition == Disposition.TODAY


def test_tapped_pictures_are_not_taken_for_own_words(
    pipeline: TriagePipeline, gestalt: Gestalt, knowledge: Knowledge
) -> None:
    judged: list[str] = []
    picture = pain_told(knowledge.say("en").text, "joint", "little")
    encounter = Encounter(country="MA")
    pipeline.gestalt = _listening(gestalt, judged)
    try:
        pipeline.respond(encounter, picture)
        assert not judged
        pipeline.respond(encounter, "it began on Sunday when I had been running")
    finally:
        pipeline.gestalt = gestalt
    assert judged == ["it began on Sunday when I had been running"]


def test_what_other_signs_deny_does_not_lower_a_sure_alarm(pipeline: TriagePipeline, gestalt: Gestalt) -> None:
    pipeline.gestalt = Sure(gestalt.weights, gestalt.scales, gestalt.bias, gestalt.version)
    try:
        encounter = Encounter(country="MA")
        turn = pipeline.respond(encounter, "my knee has been aching a little since I ran on Sunday")
        while turn.reply.question is not None:
            turn = pipeline.respond(encounter, deny(pipeline, turn.reply.question))
    finally:
        pipeline.gestalt = gestalt
    assert len(encounter.turns) > 4
    assert turn.assessment.closed
    assert (turn.assessment.floor, turn.assessment.disposition) == (
        Disposition.SELF_CARE,
        Disposition.EMERGENCY_DEPARTMENT,
    )


@pytest.mark.parametrize(("language", "message"), UNFORESEEN)
def test_only_what_reads_nearly_surely_like_an_emergency_is_sure(gestalt: Gestalt, language: str, message: str) -> None:
    assert gestalt.strength(message) >= SURE
    assert gestalt.is_sure({1: message})
    assert not gestalt.is_sure({1: CALM})
    assert not gestalt.is_sure({1: "is he dead"}), "too few words to be judged"


def test_what_is_told_in_answer_keeps_an_alarm_of_a_known_complaint(alarmed: TriagePipeline) -> None:
    encounter = Encounter(country="MA")
    turn = alarmed.respond(encounter, "my knee has been aching a little since I ran on Sunday")
    while turn.reply.question is not None:
        assert turn.assessment.disposition.is_emergency
        answer = deny(alarmed, turn.reply.question)
        turn = alarmed.respond(encounter, "no, but I have a cough too" if len(encounter.turns) == 1 else answer)
    assert len(encounter.turns) > 4


@pytest.mark.parametrize("answer", ["unsure", "I don't know"])
def test_not_knowing_keeps_the_alarm(alarmed: TriagePipeline, answer: str) -> None:
    encounter = Encounter(country="MA")
    turn = alarmed.respond(encounter, "my knee has been aching a little since I ran on Sunday")
    for _ in range(12):
        if turn.reply.question is None:
            break
        turn = alarmed.respond(encounter, answer)
    assert turn.reply.question is None
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
    pipeline.gestalt = Gestalt(b"", 1.0, 0.0, 1)
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


def test_three_dangers_denied_unasked_leave_it_nothing_to_say(pipeline: TriagePipeline, always: Always) -> None:
    gestalt = pipeline.gestalt
    pipeline.gestalt = always
    try:
        told = "I was stung by a bee on my arm an hour ago, it is red and sore"
        assert pipeline.respond(Encounter(country="MA"), told).assessment.disposition.is_emergency
        denied = f"{told}. No trouble breathing, no swelling of the face and no hives."
        assert not pipeline.respond(Encounter(country="MA"), denied).assessment.disposition.is_emergency
    finally:
        pipeline.gestalt = gestalt


PASSED_OVER = (
    ("fr", "mon fils de 4 ans a le rhume depuis samedi", "c'est juste l'hiver qui veut ça"),
    ("en", "my son who is 4 has a runny nose since Saturday", "it is just that time of the year"),
)


@pytest.mark.parametrize(("language", "complaint", "beside"), PASSED_OVER)
def test_an_answer_that_nobody_understands_is_not_feared_of_somebody_who_reads_calm(
    pipeline: TriagePipeline, language: str, complaint: str, beside: str
) -> None:
    def told(*answers: str) -> Turn:
        encounter = Encounter(country="MA", language=language)
        return [pipeline.respond(encounter, text) for text in (complaint, *answers)][-1]

    assert told(beside, beside).assessment.disposition < Disposition.TODAY
    assert told(beside, "unsure").assessment.disposition >= Disposition.TODAY, "not knowing is an answer"


@pytest.mark.parametrize("worried", ["he is grey like putty and only mumbles and I am so scared", "blorp"])
def test_an_answer_that_nobody_understands_is_feared_where_it_does_not_read_calm(
    pipeline: TriagePipeline, worried: str
) -> None:
    encounter = Encounter(country="MA")
    for text in ("my son who is 4 has a stomach bug", worried, worried):
        turn = pipeline.respond(encounter, text)
    assert encounter.passed_over or turn.assessment.disposition.is_emergency
    assert turn.assessment.disposition >= Disposition.TODAY
