"""Perturbations are reproducible, change what they say, and the real engine is tried on them."""

from random import Random

import pytest

from evals.perturb import NAMES, OTHER_SCRIPT, PERTURBATIONS, REASSURED, perturbed, sample, try_all
from evals.perturb.report import markdown
from evals.perturb.words import words_of
from evals.suites import shipped
from evals.systems.salama import Salama
from evals.vignette import Vignette, load_suite
from knowledge import LANGUAGES, Disposition
from triage import TriagePipeline

D = Disposition


def suite(name: str) -> list[Vignette]:
    return load_suite(next(path for path in shipped() if path.stem == name))


def case(text: str, language: str = "en", reference: str = "ambulance") -> Vignette:
    return Vignette.model_validate({"id": text, "turns": [text], "reference": [reference], "language": language})


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_written_form_has_its_words(language: str) -> None:
    words = words_of(language)
    assert words.names["F"] and words.names["M"] and words.swaps and words.sexed
    assert "{text}" in words.quoted and "{relative}" in words.quoted and "{name}" in words.introduction


def test_the_same_seed_gives_the_same_changes() -> None:
    cases = sample(suite("urgent"), 25, 7)
    first = [pair.changed.turns for pair in perturbed(cases, 7)]
    assert first == [pair.changed.turns for pair in perturbed(cases, 7)]
    assert first != [pair.changed.turns for pair in perturbed(cases, 8)]


def test_every_perturbation_is_used() -> None:
    cases = suite("narratives") + suite("parallel")
    assert {pair.perturbation for pair in perturbed(cases, 1)} == set(NAMES)


def test_a_sample_has_all_written_forms_alike() -> None:
    chosen = sample(suite("parallel"), 20, 1)
    assert {language: sum(item.language == language for item in chosen) for language in LANGUAGES} == dict.fromkeys(
        LANGUAGES, 4
    )
    assert chosen == sample(suite("parallel"), 20, 1) and len(sample(suite("parallel"), 9_999, 1)) == 405


@pytest.mark.parametrize(
    ("name", "language", "text", "wanted"),
    [
        (
            "sex",
            "en",
            "My husband says his arm went weak and he fell, I held him",
            "wife says her arm went weak and she",
        ),
        ("sex", "fr", "mon père dit qu'il a mal", "ma mère dit qu'elle a mal"),
        ("sex", "ar", "أبي عنده ألم", "أمي عندها ألم"),
        ("sex", "ary-Latn", "rajli 3ndo lwja3", "mrati 3ndha lwja3"),
        ("third person", "en", "I have chest pain and I'm sweating, it scares me", "has chest pain and"),
        ("third person", "fr", "j'ai mal au bras et je suis essoufflé", "a mal au bras et"),
        ("sentence order", "en", "My arm hurts. I am 70.", "I am 70. My arm hurts."),
        ("transliterated", "ary", "عندي السخانة ف الليل", "3ndi lskhana f llil"),
        ("no punctuation", "en", "It's 38.5, help!", "Its 38.5 help"),
        ("no accents", "fr", "fièvre élevée", "fievre elevee"),
    ],
)
def test_a_perturbation_says_the_same_otherwise(name: str, language: str, text: str, wanted: str) -> None:
    assert wanted in PERTURBATIONS[name](text, words_of(language), Random(1))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("sex", "my wife is pregnant and bleeding"),
        ("third person", "my son fell and I saw it"),
        ("quoted by a relative", "my period is two weeks late and I feel faint"),
        ("sentence order", "one sentence only"),
        ("transliterated", "I have a headache"),
    ],
)
def test_a_perturbation_leaves_alone_what_it_would_falsify(name: str, text: str) -> None:
    assert PERTURBATIONS[name](text, words_of("en"), Random(1)) == text


def test_a_case_goes_over_into_the_other_script_and_gets_a_reassuring_turn() -> None:
    cases = [item for item in suite("urgent") if item.language == "ary"][:1]
    pairs = {pair.perturbation: pair.changed for pair in perturbed(cases, 1, suite("urgent"))}
    assert pairs[OTHER_SCRIPT].language == "ary-Latn" and pairs[OTHER_SCRIPT].turns[0].isascii()
    assert pairs[REASSURED].turns[:1] == cases[0].turns and len(pairs[REASSURED].turns) == 2


def test_flips_are_counted_by_direction_and_lost_emergencies_listed() -> None:
    calm, grave = case("it hurts", reference="self_care"), case("I fell hard on my head yesterday")

    def advise(vignette: Vignette) -> Disposition:
        if vignette.id == calm.id:
            return D.AMBULANCE if vignette.turns[0].isupper() else D.SELF_CARE
        return D.TODAY if vignette.turns[0].isupper() else D.AMBULANCE

    trials = list(try_all(advise, [calm, grave]))
    flips = [trial for trial in trials if trial.is_flip]
    assert [(item.perturbation, item.is_downward, item.is_missed) for item in flips] == [
        ("capitals", False, False),
        ("capitals", True, True),
    ]
    table = markdown(trials, frozenset(), "c0ffee")
    assert "| capitals | 100.0% (2/2;" in table and "| 1 | 1 | 1 of 1 |" in table
    assert "AMBULANCE -> TODAY: I FELL HARD" in table
    hidden = markdown(trials, frozenset({grave.id}), "c0ffee")
    assert "I FELL" not in hidden and "1 of unseen suites" in hidden


def test_the_engine_holds_the_level_of_plain_emergencies(pipeline: TriagePipeline) -> None:
    cases = [
        case("I have crushing chest pain going down my left arm and I'm sweating"),
        case("mon mari a la bouche de travers et ne peut plus parler", "fr"),
        case("عندي ألم شديد في الصدر وضيق في التنفس", "ar"),
    ]
    trials = list(try_all(lambda vignette: Salama(pipeline).play(vignette).levels[-1], cases))
    assert len(trials) > 25
    # A mechanical typo may hit the one word that matters, and a quotation in Arabic still looks like a story.
    unsteady = {"swapped letters", "stretched", "quoted by a relative"}
    steady = [trial for trial in trials if trial.perturbation not in unsteady]
    assert [(trial.perturbation, trial.changed) for trial in steady if trial.is_missed] == []
