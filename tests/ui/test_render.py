"""HTML outside the chat log: escaped, with dialled numbers, urgency in words and shape."""

import pytest

from knowledge import Disposition, Knowledge
from triage import AskedQuestion, Card, Citation, Reply
from triage.wording import Wording
from ui.chrome import Chrome
from ui.render import Renderer, dial


@pytest.fixture(scope="module")
def renderer(knowledge: Knowledge) -> Renderer:
    return Renderer(knowledge, Wording(knowledge))


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


def test_an_emergency_card_can_be_dialled(renderer: Renderer) -> None:
    html = renderer.card(card(), "en")
    assert 'href="tel:15"' in html and 'data-disposition="ambulance"' in html


def test_everything_is_escaped(renderer: Renderer) -> None:
    evil = "<img src=x onerror=alert(1)>"
    reply = card(reasons=(evil,), advice=(evil,), action=evil, heading=evil, numbers=((evil, "19"),))
    citation = Citation(id="x", title=evil, publisher=evil, url='https://x/?a="><script>')
    html = renderer.card(reply.model_copy(update={"citations": (citation,)}), "en")
    assert "<img" not in html and "<script" not in html


def test_a_source_without_a_web_address_is_not_linked(renderer: Renderer) -> None:
    assert renderer.sources([Citation(id="x", title="t", publisher="p", url="javascript:alert(1)")], "en") == ""


@pytest.mark.parametrize(
    ("language", "direction"), [("en", "ltr"), ("fr", "ltr"), ("ar", "rtl"), ("ary", "rtl"), ("ary-Latn", "ltr")]
)
def test_each_language_runs_its_way_and_numbers_left_to_right(
    knowledge: Knowledge, language: str, direction: str
) -> None:
    html = Chrome(knowledge, Wording(knowledge)).banner(language, "MA")
    assert f'dir="{direction}"' in html and '<a class="sal-tel" href="tel:15" dir="ltr">' in html


def test_a_number_is_dialled_by_its_digits() -> None:
    assert 'href="tel:0801000180"' in dial("0801 000 180")


def test_figures_of_the_advice_are_no_telephone_links(renderer: Renderer) -> None:
    html = renderer.card(card(advice=("Rinse for 15 minutes.",), when="In 15 minutes."), "en")
    assert html.count('href="tel:15"') == 2, "the heading and the button"


def test_a_card_above_a_question_is_short(renderer: Renderer) -> None:
    question = AskedQuestion(id="q", text="Is it <b>so</b>?", why="w", remaining=2)
    reply = card(advice=("Lie down.",)).model_copy(update={"question": question})
    assert "Lie down" not in renderer.card(reply, "en")
    asked = renderer.question(question, "en")
    assert "Is it &lt;b&gt;so&lt;/b&gt;?" in asked and "2 more questions" in asked
