"""Single checks, and what happens when one of them fails."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge.errors import ContentError
from knowledge.vocabulary import LANGUAGES, Disposition, Polarity
from triage.guard import Context, Told, check, form, ground, load_packs, uncovered
from triage.guard.language_pack import read_pack
from triage.guard.leak import repeats
from triage.guard.words import Mood, clauses, same_word
from triage.types import Passage, Sentence


def _passage(text: str, section: str = "do", number: int = 1, language: str = "en") -> Passage:
    return Passage(
        id=f"a.{language}#{section}-{number}",
        article_id=f"a.{language}",
        title="A",
        section=section,
        text=text,
        language=language,
        sources=(),
    )


def _context(*passages: Passage, level: Disposition = Disposition.SELF_CARE, language: str = "en") -> Context:
    return Context(disposition=level, language=language, passages=passages)


def test_every_language_has_its_rules_and_says_whether_a_native_read_them() -> None:
    packs = load_packs()
    assert set(packs) == set(LANGUAGES)
    for pack in packs.values():
        assert {rule.check for rule in pack.rules} == {"claims", "diagnosis", "floor", "leak"}
        assert {rule.from_level for rule in pack.rules} >= {Disposition.TODAY, Disposition.EMERGENCY_DEPARTMENT}
        assert len({rule.id for rule in pack.rules}) == len(pack.rules)
    assert packs["en"].native_review and not packs["ary"].native_review


def test_pattern_that_is_no_regular_expression_stops_the_start(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "xx.yaml"
    path.write_text(
        "language: xx\nversion: 1\nnative_review: true\nfunction_words: []\nnegators: []\nconditionals: []\n"
        "conjunctions: []\nendings: ['']\nrules: [{id: broken, check: claims, patterns: ['(unclosed']}]\n",
        encoding="utf-8",
    )
    with pytest.raises(ContentError, match=r"xx\.yaml.*is not a regular expression"):
        read_pack(path)


def test_an_exception_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(sentence: str) -> str | None:
        raise RuntimeError("broken check")

    monkeypatch.setattr(form, "fault", fail)
    verdict = check("Drink water.", _context(_passage("Drink water.")))
    assert (verdict.allowed, verdict.check, verdict.reason) == (False, "error", "exception")


def test_unknown_language_is_a_refusal() -> None:
    verdict = check("Drink water.", replace(_context(_passage("Drink water.")), language="xx"))
    assert (verdict.check, verdict.reason) == ("language", "unknown_language")


def test_passage_of_another_language_supports_nothing() -> None:
    assert not check("Drink water.", _context(_passage("Drink water.", language="fr"))).allowed


def test_reviewed_sentence_passes_word_for_word_unless_it_is_calmer_than_the_card() -> None:
    passage = _passage("Measure the fever twice a day. Rest at home for 3 days.")
    assert check("Measure the fever twice a day.", _context(passage)).allowed
    assert not check("Measure the fever three times a day.", _context(passage)).allowed
    assert check("Rest at home for 3 days.", _context(passage)).allowed
    assert check("Rest at home for 3 days.", _context(passage, level=Disposition.TODAY)).check == "floor"


@pytest.mark.parametrize("level", list(Disposition))
def test_a_sentence_allowed_at_a_level_is_allowed_at_every_calmer_one(level: Disposition) -> None:
    passage = _passage("Drink water. See a doctor tomorrow. Call if it gets worse. Lie down and keep warm.")
    for sentence in ("Drink water.", "See a doctor tomorrow.", "Call if it gets worse.", "Lie down and keep warm."):
        if check(sentence, _context(passage, level=level)).allowed:
            for lower in Disposition:
                if lower < level:
                    assert check(sentence, _context(passage, level=lower)).allowed


def test_citations_name_every_passage_a_sentence_rests_on() -> None:
    first, second = _passage("Drink plenty of water."), _passage("Do not smoke.", "avoid")
    assert ground("Drink plenty of water, and do not smoke.", (first, second)) == ("a.en#do-1", "a.en#avoid-1")
    assert ground("Do not smoke.", (first, second)) == ("a.en#avoid-1",)
    assert ground("Rest.", (first, second)) == ()
    assert ground("Rest.", ()) == ()


def test_a_reviewed_sentence_is_left_out_only_when_all_of_it_was_said() -> None:
    water, weightless = Sentence(text="Drink plenty of water."), Sentence(text="You are it.")
    assert not any(part.words for part in clauses(weightless.text, load_packs()["en"]))
    assert uncovered([], [water, weightless], "en") == (water, weightless)
    assert uncovered(["Please drink plenty of water."], [water, weightless], "en") == (weightless,)
    assert uncovered(["Drink water.", "You are it!"], [water, weightless], "en") == (water,)
    assert uncovered(["Drink plenty of water."], [water], "xx") == (water,)


def test_list_of_things_to_avoid_denies_each() -> None:
    passage = _passage("Strong coffee.", "avoid")
    assert ground("Avoid strong coffee.", (passage,))
    assert not ground("Drink strong coffee.", (passage,))


@pytest.mark.parametrize(
    ("sentence", "reviewed"),
    [
        ("Take it with food.", "Do not take it with food."),
        ("Rest for 2 weeks.", "Rest for 2 days, then walk for 3 weeks."),
        ("See a doctor.", "See a doctor if you are over 65."),
        ("Use a hot cloth.", "Use a cold cloth."),
        ("Keep the leg raised and the arm bent.", "Keep the leg raised."),
        ("Stop the medicine that eases pain.", "Ask which medicine eases pain."),
        ("The pain passes in a day.", "The pain often passes in a day."),
        ("Walk if the ankle is swollen.", "Walk if the ankle is not swollen."),
    ],
)
def test_near_quotations_with_another_meaning_are_not_supported(sentence: str, reviewed: str) -> None:
    assert ground(sentence, (_passage(reviewed),)) == ()


@pytest.mark.parametrize(
    ("language", "cause", "advice", "turned"),
    [
        ("en", "Causes are stress, skipped meals and heat.", "Do not skip meals.", "Skip meals."),
        ("fr", "Les causes : un effort, sauter un repas, la chaleur.", "Ne sautez pas de repas.", "Sautez de repas."),
    ],
)
def test_a_cause_is_no_advice_against_the_advice(language: str, cause: str, advice: str, turned: str) -> None:
    passages = (_passage(cause, "about", 1, language), _passage(advice, "do", 2, language))
    assert ground(turned, passages) == ()
    assert ground(advice, passages) == (passages[1].id,)


def test_negation_reaches_over_or_and_stops_at_a_comma() -> None:
    pack = load_packs()["en"]
    parts = clauses("Do not eat cheese or butter, drink tea and rest.", pack)
    moods = {word.text: word.mood for part in parts for word in part.words}
    assert moods["cheese"] is moods["butter"] is Mood.DENIED
    assert moods["tea"] is moods["rest"] is Mood.SAID
    after = {word.text: word.mood for part in clauses("Do not run and walk.", pack) for word in part.words}
    assert after == {"run": Mood.DENIED, "walk": Mood.UNCLEAR}


@pytest.mark.parametrize(
    ("language", "one", "other", "same"),
    [
        ("en", "headache", "headaches", True),
        ("en", "carry", "carries", True),
        ("en", "hot", "not", False),
        ("en", "ear", "eat", False),
        ("fr", "gargarisez", "gargariser", True),
        ("fr", "foie", "fois", False),
        ("fr", "legere", "legerement", True),
        ("ar", "والحراره", "حراره", True),
        ("ar", "قلب", "كلب", False),
        ("en", "38", "3", False),
    ],
)
def test_forms_of_a_word(language: str, one: str, other: str, same: bool) -> None:
    assert same_word(one, other, load_packs()[language]) is same


def test_seven_words_of_the_instructions_are_a_leak() -> None:
    instructions = "You help a nurse write to a patient. The decision is already made."
    assert repeats("Well, you help a nurse write to a person.", instructions)
    assert not repeats("A nurse can help you.", instructions)
    assert not repeats("Rest.", "")


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("Drink water.", None),
        ("Buvez de l’eau « fraîche » : 1/2 litre, 38,5 °C…", None),
        ("اشرب الماءَ، ثم استرح؟", None),
        ("", "empty"),
        ("123.", "empty"),
        ("Rest. " * 60, "too_long"),
        ("Go to clinic.com now.", "address"),
        ("Write to a@b.", "address"),
        ("Rest <now>.", "characters"),
        ("Rest\u202e now.", "characters"),
        ("Rest \U0001f600.", "characters"),
        ("Rest | now.", "characters"),
        ("Call 05 22 20 20 20.", "long_number"),
        ("Between 2 and 3 days, 38.5.", None),
    ],
)
def test_form(sentence: str, fault: str | None) -> None:
    assert form.fault(sentence) == fault


def test_what_the_patient_told_may_be_named_and_nothing_else() -> None:
    told = (Told("sore throat", Polarity.AFFIRMED), Told("fever", Polarity.NEGATED))
    context = replace(_context(_passage("See a doctor if you have a fever.")), told=told)
    assert check("I am sorry you have a sore throat.", context).allowed
    assert check("I am sorry you have a brain tumour.", context).check == "diagnosis"
    assert check("See a doctor if you have a fever.", context).allowed
    assert check("You have a fever.", context).check == "contradiction"
    assert check("You have a sore throat.", context).check == "grounding"
