"""HTML of the page: escaped, one line, with dialled numbers, urgency in words and shape, the same in all languages."""

import re
from html import escape
from xml.etree import ElementTree

import pytest

from knowledge import Disposition, Knowledge
from tests.conftest import deny
from triage import AskedQuestion, Card, Citation, Encounter, Handoff, Reply, Subject, TriagePipeline
from triage.wording import Wording
from ui.asking import PARTS as PICTURED
from ui.asking import UNITS, Asking
from ui.chrome import PARTS, STRENGTHS, Chrome
from ui.markup import dial, picture, plain
from ui.render import MOST_CODE, PICTURES, Renderer, _shortened
from ui.screen import Screen
from ui.visits import Visits

HEADACHE = {
    "en": "I have a headache", "fr": "j'ai mal à la tête", "ar": "عندي صداع", "ary": "راسي كيضرني",
    "ary-Latn": "rasi kaydderni",
}  # fmt: skip
EVIL = "<img src=x onerror=alert(1)>\n\n# heading"


@pytest.fixture(scope="module")
def renderer(knowledge: Knowledge) -> Renderer:
    return Renderer(knowledge, Wording(knowledge))


@pytest.fixture(scope="module")
def asking(knowledge: Knowledge) -> Asking:
    return Asking(knowledge, Wording(knowledge))


@pytest.fixture(scope="module")
def chrome(knowledge: Knowledge) -> Chrome:
    return Chrome(knowledge, Wording(knowledge))


def card(**more: object) -> Reply:
    base = {
        "disposition": Disposition.AMBULANCE,
        "heading": "Call 15 now",
        "action": "a",
        "when": "w",
        "number": "15",
        "number_label": "Call 15",
    }
    return Reply(card=Card.model_validate({**base, **more}))


def test_an_emergency_card_can_be_dialled_and_says_its_level(renderer: Renderer, knowledge: Knowledge) -> None:
    html = renderer.card(card(), "en", "MA")
    assert 'href="tel:15"' in html and 'data-disposition="ambulance"' in html
    assert knowledge.say("en").text["level_now"] in html
    assert html.split("sal-card-body")[0].count('href="tel:15"') == 1, "the heading can be dialled"
    assert html.count('class="sal-call"') == 1, "and the button"


def test_the_three_kinds_of_card_differ_in_word_and_shape(renderer: Renderer) -> None:
    heads = [
        re.sub(r'class="[^"]*"', "", renderer.card(card(disposition=level), "en", "MA").split("sal-card-body")[0])
        for level in (Disposition.AMBULANCE, Disposition.TODAY, Disposition.SELF_CARE)
    ]
    assert len({re.search(r"<svg.*?</svg>", head).group() for head in heads}) == 3  # type: ignore[union-attr]
    assert len({re.search(r"</svg>([^<]+)", head).group(1) for head in heads}) == 3  # type: ignore[union-attr]


def test_everything_is_escaped_and_stands_on_one_line(renderer: Renderer, asking: Asking) -> None:
    reply = card(reasons=(EVIL,), advice=(EVIL,), action=EVIL, heading=EVIL, numbers=((EVIL, "19"),))
    citation = Citation(id="x", title=EVIL, publisher=EVIL, url='https://x/?a="><script>')
    question = AskedQuestion(id="q", text=EVIL, why=EVIL, remaining=2)
    handoff = Handoff(situation=(EVIL,), background=(), assessment=(), recommendation=(), language="en")
    for html in (
        renderer.card(reply.model_copy(update={"citations": (citation,)}), "en", "MA"),
        asking.question(question, "en"),
        renderer.handoff([handoff], "AB"),
    ):
        assert "<img" not in html and "<script" not in html and "\n" not in html


def test_what_a_patient_wrote_is_escaped_in_log_and_summary(pipeline: TriagePipeline) -> None:
    encounter = Encounter(country="MA")
    pipeline.respond(encounter, f"I have chest pain and I am sweating {EVIL}")
    regions = Screen(pipeline, Visits("k").code).draw(encounter)
    assert all("<img" not in html and "\n" not in html for html in regions.values())
    assert "&lt;img" in regions["log"] and "&lt;img" in regions["handoff"]


@pytest.mark.parametrize("told", [(), ("I have a sore throat",)], ids=["nobody is ill", "beside a question of ours"])
def test_what_answers_a_question_stands_in_the_log_with_its_sources(
    pipeline: TriagePipeline, told: tuple[str, ...]
) -> None:
    encounter = Encounter(country="MA")
    for message in (*told, "when should I worry about a sore throat?"):
        turn = pipeline.respond(encounter, message)
    assert turn.reply.question is not None and turn.reply.sentences and turn.reply.citations
    screen = Screen(pipeline, Visits("k").code)
    for message in ("", "no"):
        if message:
            pipeline.respond(encounter, message)
        log = screen.draw(encounter)["log"]
        assert all(f"<li>{plain(item.text)}</li>" in log for item in turn.reply.sentences), "also afterwards"
        assert f'href="{escape(turn.reply.citations[0].url)}"' in log


def test_how_many_questions_are_left_agrees_in_number(asking: Asking, pipeline: TriagePipeline) -> None:
    question = pipeline.respond(Encounter(country="MA"), "I have a sore throat").reply.question
    assert question is not None
    shown = [asking.question(question.model_copy(update={"remaining": left}), "en") for left in (2, 1, 0)]
    told = ("At most 2 more questions<", "At most 1 more question<", "Last question<")
    assert all(words in html for words, html in zip(told, shown, strict=True))


def test_a_source_without_a_web_address_is_not_linked(renderer: Renderer) -> None:
    assert renderer.sources([Citation(id="x", title="t", publisher="p", url="javascript:alert(1)")], "en") == ""


@pytest.mark.parametrize(
    ("language", "direction"), [("en", "ltr"), ("fr", "ltr"), ("ar", "rtl"), ("ary", "rtl"), ("ary-Latn", "ltr")]
)
def test_each_language_runs_its_way_and_numbers_left_to_right(chrome: Chrome, language: str, direction: str) -> None:
    html = chrome.banner(language, "MA")
    assert f'dir="{direction}"' in html and '<a class="sal-tel" href="tel:15" dir="ltr">' in html


def test_a_number_stays_before_its_unit_in_arabic_script() -> None:
    assert plain("حرارة 38.5 °C و 1000 mg و 15") == "حرارة \u206638.5 °C\u2069 و \u20661000 mg\u2069 و 15"
    assert plain("Fever of 38.5 °C, call 15 now") == "Fever of 38.5 °C, call 15 now"


def test_words_quoted_in_a_sentence_that_runs_the_other_way_keep_their_order() -> None:
    told = plain("Avec les mots du patient: “عندي صداع”; “35 سنة”")
    assert told == "Avec les mots du patient: “\u2068عندي صداع\u2069”; “\u206835 سنة\u2069”"
    assert plain("“a headache”; “35 years”") == "“a headache”; “35 years”"
    french = plain("Avec les mots du patient\u00a0: «\u00a0عندي صداع\u00a0»")
    assert french.endswith("«\u00a0\u2068عندي صداع\u2069\u00a0»")


def test_signs_that_french_sets_apart_begin_no_line(renderer: Renderer, knowledge: Knowledge) -> None:
    assert plain("Pourquoi ? Parce que : voilà") == "Pourquoi\u00a0? Parce que\u00a0: voilà"
    assert "</strong>&nbsp;: w" in renderer.card(card(), "fr") and "</strong>: w" in renderer.card(card(), "en")


def test_a_summary_is_set_as_its_language_sets_it(pipeline: TriagePipeline) -> None:
    encounter = Encounter(language="ar", country="MA")
    pipeline.respond(encounter, "عندي صداع وحرارة")
    own, french = (pipeline.handoff(encounter, language) for language in ("ar", "fr"))
    assert any("؛ " in line for line in own.assessment) and not any("; " in line for line in own.assessment)
    assert any("\u00a0; " in line for line in french.assessment) and any(
        "Motif\u00a0: " in line for line in french.situation
    )


def test_a_question_that_is_asked_again_is_not_told_as_answered(pipeline: TriagePipeline) -> None:
    screen, encounter = Screen(pipeline, lambda _: None), Encounter(country="MA")
    asked = pipeline.respond(encounter, "I have a headache").reply.question
    again = pipeline.respond(encounter, "is it contagious?").reply.question
    assert asked and again and asked.id == again.id
    assert f"again:{asked.id}" not in screen.draw(encounter)["told"]
    pipeline.respond(encounter, "no")
    assert f"again:{asked.id}" in screen.draw(encounter)["told"]


def test_a_number_is_dialled_by_its_digits() -> None:
    assert 'href="tel:0801000180"' in dial("0801 000 180")


def test_figures_of_the_advice_are_no_telephone_links(renderer: Renderer) -> None:
    html = renderer.card(card(advice=("Rinse for 15 minutes.",), when="In 15 minutes."), "en", "MA")
    assert "Rinse for 15 minutes." in html and "In 15 minutes." in html


def test_a_card_above_a_question_is_short(renderer: Renderer, asking: Asking) -> None:
    question = AskedQuestion(id="q", text="Is it so?", why="w", remaining=2)
    reply = card(advice=("Lie down.",)).model_copy(update={"question": question})
    assert "Lie down" not in renderer.card(reply, "en", "MA")
    assert "2 more questions" in asking.question(question, "en")


def test_who_can_stay_at_home_is_not_asked_why_they_do_not_go(renderer: Renderer, knowledge: Knowledge) -> None:
    hard = knowledge.say("en").text["hard_title"]
    assert hard in renderer.card(card(), "en", "MA")
    assert hard not in renderer.card(card(disposition=Disposition.SELF_CARE), "en", "MA")


@pytest.mark.parametrize("level", list(Disposition))
def test_teach_back_offers_the_advice_once_and_puts_every_other_plan_right(
    renderer: Renderer, knowledge: Knowledge, level: Disposition
) -> None:
    html = renderer.card(card(disposition=level), "en", "MA")
    text = knowledge.say("en").text
    assert html.count(text["teach_right"]) == 1 and html.count("Please look once more") == 2


def test_pictures_exist_are_drawings_and_belong_to_advice_that_exists(knowledge: Knowledge) -> None:
    assert set(PICTURES) <= set(knowledge.say("en").advice)
    assert set(PICTURED) <= set(knowledge.concepts)
    for name in {*PICTURES.values(), *PICTURED.values(), "listen", "mic", "now", "soon", "look", "yes", "no", "unsure"}:
        assert ElementTree.fromstring(picture(name)).attrib["aria-hidden"] == "true"


def test_the_square_code_holds_the_summary_and_stays_small(renderer: Renderer) -> None:
    long = Handoff(situation=("x" * 600,) * 4, background=(), assessment=(), recommendation=(), language="fr")
    html = renderer.handoff([long], "AB12-CD34")
    assert "AB12-CD34" in html and 'role="img"' in html and len(html) < 60_000


def test_a_long_line_of_the_square_code_is_cut_and_the_short_ones_below_it_stay() -> None:
    kept = _shortened(["Mesures: 39,5 °C", "غائب: " + "قيء؛ " * 400, "Conseil: urgences"])
    assert (kept[0], kept[2]) == ("Mesures: 39,5 °C", "Conseil: urgences")
    assert kept[1].startswith("غائب: قيء") and kept[1].endswith("...")
    assert sum(len(line.encode()) + 1 for line in kept) <= MOST_CODE


@pytest.mark.parametrize("part", PARTS)
def test_a_picture_of_the_body_says_the_same_in_every_language(pipeline: TriagePipeline, part: str) -> None:
    for strength in STRENGTHS:
        found = {}
        for language, replies in pipeline.knowledge.replies.items():
            text = replies.text
            told = text["pain_told"].format(where=text[f"body_{part}"], how=text[f"pain_{strength}"])
            encounter = Encounter(language=language, country="MA", subject=Subject(is_author=True))
            turn = pipeline.respond(encounter, told)
            present = pipeline.facts(encounter).present
            assert present and ("severe_pain" in present or "headache_severe" in present) is (strength != "little")
            found[language] = turn.assessment.disposition
        assert len(set(found.values())) == 1, found


@pytest.mark.parametrize("language", ["en", "fr", "ar", "ary", "ary-Latn"])
@pytest.mark.parametrize(("unit", "days"), [("years", 3 * 365.25), ("months", 91.3), ("weeks", 21), ("days", 3)])
def test_a_typed_age_is_understood_in_every_language(
    pipeline: TriagePipeline, language: str, unit: str, days: float
) -> None:
    assert f"unit_{unit}" in UNITS["age_years"]
    # nobody of three weeks writes for themselves
    encounter = Encounter(language=language, country="MA", subject=Subject(is_author=False))
    turn = pipeline.respond(encounter, HEADACHE[language])
    while (question := turn.reply.question) is not None and question.id != "person.age":
        turn = pipeline.respond(encounter, deny(pipeline, question))
    assert question is not None
    pipeline.respond(encounter, f"3 {pipeline.knowledge.say(language).text[f'unit_{unit}']}")
    low, high = pipeline.facts(encounter).age_days
    assert low <= days * 1.02 and high >= days * 0.98 and high < days * 1.5


@pytest.mark.parametrize("language", ["en", "fr", "ar", "ary", "ary-Latn"])
@pytest.mark.parametrize("question", ["fever.temperature", "child.fever"])
def test_a_temperature_is_typed_on_a_number_pad_and_understood(
    pipeline: TriagePipeline, asking: Asking, language: str, question: str
) -> None:
    html = asking.question(AskedQuestion(id=question, text="t", why="w"), language)
    unit = re.search('name="unit" value="([^"]+)"', html)
    assert unit is not None and 'inputmode="decimal"' in html
    encounter = Encounter(language=language, country="MA")
    pipeline.respond(encounter, f"39.5 {unit.group(1)}")
    found = pipeline.facts(encounter).numbers["temp_c"]
    assert (found.low, found.high) == (39.5, 39.5)


def test_in_the_conversation_what_an_article_says_stands_before_our_question(pipeline: TriagePipeline) -> None:
    screen, encounter = Screen(pipeline, lambda _: None), Encounter(country="MA")
    turn = pipeline.respond(encounter, "what helps against a sore throat?")
    pipeline.respond(encounter, "no")
    assert turn.reply.sentences and turn.reply.question is not None
    log = screen.draw(encounter)["log"]
    places = [log.index(plain(text)) for text in (turn.reply.sentences[0].text, turn.reply.question.text)]
    assert places == sorted(places)
