"""A reply is read as a person reads it, or not at all."""

from collections import Counter

import pytest

from evals.reading import read_choice, read_reply
from evals.reading.agreement import agreement_report, kappa, labelled_replies, read
from evals.reading.judge import UNCLEAR
from knowledge import LANGUAGES, Disposition

D = Disposition


@pytest.mark.parametrize(
    ("reply", "level"),
    [
        ("Call 911 now, and if you have aspirin, chew one.", D.AMBULANCE),
        ("Call an ambulance if it gets worse.", None),
        ("If your symptoms worsen:\n- call 911\n- lie down", None),
        ("### When to seek emergency care\n- go to the ER for chest pain\n\nRest at home.", D.SELF_CARE),
        ("Do not call an ambulance; see a pharmacist.", D.ROUTINE),
        ("You don't need an ambulance.", None),
        ("You don't need to see a doctor for this.", D.SELF_CARE),
        ("You don't need to see a doctor today.", None),
        ("Go to the emergency department or see a doctor today.", D.TODAY),
        ("Please don't hesitate to see your doctor this week.", D.SOON),
        ("See your doctor, it isn't urgent.", D.ROUTINE),
        ("I hope you feel better tomorrow!", None),
        ("Have you seen a doctor about it?", None),
        ("", None),
    ],
)
def test_conditions_denials_choices_and_questions(reply: str, level: Disposition | None) -> None:
    assert read_reply(reply).level is level


def test_the_reader_says_unclear_rather_than_guess() -> None:
    items = labelled_replies()
    guessed = [item for item in items if read(item.reply) not in (item.label, UNCLEAR)]
    assert len(guessed) <= 0.02 * len(items), [item.reply for item in guessed]
    alike = sum(read(item.reply) == item.label for item in items)
    assert alike >= 0.95 * len(items)


def test_nothing_unclear_is_read_as_an_emergency() -> None:
    unclear = [item for item in labelled_replies() if item.label == UNCLEAR]
    assert len(unclear) >= 40 and {read(item.reply) for item in unclear} == {UNCLEAR}


def test_labelled_replies_cover_every_level_in_every_form() -> None:
    count = Counter((item.language, item.label) for item in labelled_replies())
    labels = [level.name.lower() for level in D] + [UNCLEAR]
    assert min(count[form, label] for form in LANGUAGES for label in labels) >= 3
    assert sum(count.values()) >= 160


def test_the_report_names_every_form_and_part() -> None:
    text = agreement_report()
    assert all(f"| {name} |" in text for name in ("all", "part 1", "part 2", "part 3", *LANGUAGES))


def test_kappa_as_by_hand() -> None:
    # Cohen's own kind of table: 2x2 with 20, 5, 10, 15 gives (0.7 - 0.5) / 0.5
    pairs = [("a", "a")] * 20 + [("a", "b")] * 5 + [("b", "a")] * 10 + [("b", "b")] * 15
    assert kappa(pairs) == pytest.approx(0.4)
    assert kappa([("a", "a")] * 3) == 1.0


def test_a_forced_choice_needs_exactly_one_letter() -> None:
    letters = {"A": D.AMBULANCE, "B": D.TODAY}
    assert read_choice("**B**", letters).level is D.TODAY
    assert read_choice("B: a doctor should see you", letters).level is D.TODAY
    assert read_choice("A or B", letters).why == "several_choices"
    assert read_choice("I cannot say", letters).why == "no_advice"
