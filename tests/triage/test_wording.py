"""Cards say what can be followed all at once, what saves a life first."""

from collections.abc import Sequence
from itertools import combinations

import pytest

from knowledge import Knowledge
from knowledge.schema import RedFlagRule
from knowledge.vocabulary import Disposition
from tests.conftest import Say
from triage import Encounter
from triage.types import Assessment, RedFlagHit
from triage.wording import MOST_ADVICE, Wording


def _advice(wording: Wording, rules: Sequence[RedFlagRule]) -> tuple[str, ...]:
    hits = tuple(
        RedFlagHit(
            rule_id=rule.id,
            rule_version=1,
            title="any",
            disposition=Disposition.AMBULANCE,
            because=(),
            advice=rule.advice,
        )
        for rule in rules
    )
    level = Disposition.AMBULANCE
    assessment = Assessment(floor=level, ceiling=level, disposition=level, closed=True, hits=hits)
    return wording.card(assessment, "en", "MA", None).advice_keys


def test_first_aid_for_who_does_not_breathe_is_never_cut_for_other_advice(knowledge: Knowledge) -> None:
    urgent = [rule for rule in knowledge.rules if rule.disposition is Disposition.AMBULANCE]
    dying = [rule for rule in urgent if "cpr" in rule.advice]
    assert dying
    wording = Wording(knowledge)
    for rule in dying:
        for one, other in combinations(urgent, 2):
            keys = _advice(wording, [one, other, rule])
            assert "cpr" in keys
            assert len(keys) <= MOST_ADVICE


def test_nobody_is_told_to_leave_and_not_to_move(knowledge: Knowledge) -> None:
    leave = [rule for rule in knowledge.rules if "fresh_air" in rule.advice]
    stay = [rule for rule in knowledge.rules if "keep_still" in rule.advice]
    assert leave
    assert stay
    wording = Wording(knowledge)
    for one in leave:
        for other in stay:
            keys = _advice(wording, [other, one])
            assert "fresh_air" in keys
            assert "keep_still" not in keys


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("en", "I have asthma, I can't breathe and my inhaler is empty"),
        ("fr", "je suis asthmatique, j'étouffe et ma ventoline est vide"),
        ("ar", "عندي ربو ولا أستطيع التنفس وبخاخي فارغ"),
        ("ary", "فيا الربو مخنوق والفونتولين تسالات ليا"),
        ("ary-Latn", "fiya di9a makhnou9 w lventoline tsalat liya"),
    ],
)
def test_who_has_no_inhaler_left_is_not_told_to_use_it(say: Say, language: str, message: str) -> None:
    card = say(message, language=language).reply.card
    assert card is not None
    assert card.disposition is Disposition.AMBULANCE
    assert "reliever" not in card.advice_keys
    assert "sit_up" in card.advice_keys


@pytest.mark.parametrize(
    ("language", "message", "said", "unsaid"),
    [
        ("en", "my baby is 2 weeks old and has 38.7", "fever_child", "skin_to_skin"),
        ("fr", "mon bébé de 2 semaines a 38,7", "fever_child", "skin_to_skin"),
        ("ar", "رضيعي عمره 10 أيام وحرارته 39", "fever_child", "skin_to_skin"),
        ("ary", "با خدام ف الشمس سخن وولا كيخربق", "cool_heat", "lie_down"),
        ("ary-Latn", "terbya dyali 10 iyam fiha skhana 39", "fever_child", "skin_to_skin"),
    ],
)
def test_who_is_too_hot_is_not_told_to_keep_warm(say: Say, language: str, message: str, said: str, unsaid: str) -> None:
    card = say(message, language=language).reply.card
    assert card is not None
    assert said in card.advice_keys
    assert unsaid not in card.advice_keys


@pytest.mark.parametrize(("who", "may_bleed"), [("my uncle", False), ("my aunt", True)])
def test_nobody_is_offered_what_only_the_other_sex_has(say: Say, who: str, may_bleed: bool) -> None:
    encounter = Encounter(country="MA", language="en")
    offered: set[str] = set()
    for message in (f"{who} fainted this morning", "no", "no", "no"):
        question = say(message, encounter=encounter).reply.question
        offered |= {option.value for option in question.options} if question else set()
    assert "option:black_stool_or_bleeding" in offered
    assert ("option:vaginal_bleeding" in offered) is may_bleed
