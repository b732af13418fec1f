"""Which language a message is written in."""

from __future__ import annotations

from importlib.resources import files

import pytest

from knowledge.grammar import CONCEPT_LISTS
from knowledge.lexicon import Lexicon, load_lexicons
from triage.language import identify


@pytest.fixture(scope="module")
def lexicons(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Lexicon]:
    """The grammar words alone: no wording is needed to tell languages apart."""
    root = tmp_path_factory.mktemp("lexicon")
    for language in ("en", "fr", "ar", "ary", "ary-Latn"):
        source = files("knowledge") / "content" / "lexicon" / language / "context.yaml"
        (root / language).mkdir()
        text = source.read_text(encoding="utf-8")
        # these name concepts, which this folder does not know
        named = tuple(f"{key}:" for key in (*CONCEPT_LISTS, "own_words"))
        kept = [line for line in text.splitlines() if not line.startswith(named)]
        (root / language / "context.yaml").write_text("\n".join(kept), encoding="utf-8")
    return load_lexicons(root, set())


MESSAGES = [
    ("I have had chest pain since this morning", "en"),
    ("my head hurts", "en"),
    ("My son is 3 and has 39 fever", "en"),
    ("I got hit by a car", "en"),
    ("I need help please", "en"),
    ("can't breathe", "en"),
    ("he won't wake up", "en"),
    ("bleeding for two days and it hurts", "en"),
    ("j'ai mal au ventre", "fr"),
    ("jai mal au ventre depuis hier", "fr"),
    ("mal à la tête", "fr"),
    ("Je n'arrive plus à respirer", "fr"),
    ("mon bébé a 39 de fièvre", "fr"),
    ("on m'a volé mes médicaments", "fr"),
    ("depuis 3 jours j'ai de la fièvre", "fr"),
    ("elle ne répond plus", "fr"),
    ("عندي ألم في الصدر منذ يومين", "ar"),
    ("أشعر بصداع شديد", "ar"),
    ("ابني عمره سنتان وعنده حرارة", "ar"),
    ("لا أستطيع التنفس", "ar"),
    ("كيضرني راسي بزاف", "ary"),
    ("عندي السخانة من البارح", "ary"),
    ("ما كنقدرش نتنفس دابا", "ary"),
    ("واش خاصني نمشي للطبيب", "ary"),
    ("3ndi lwja3 f sdri", "ary-Latn"),
    ("rasi kaydrni bzaf", "ary-Latn"),
    ("skhana 39 men lbare7", "ary-Latn"),
    ("weldi mrid, chno ndir", "ary-Latn"),
    ("j'ai 7ri9 f sdri", "ary-Latn"),
    ("ma3ndich skhana", "ary-Latn"),
]


@pytest.mark.parametrize(("text", "language"), MESSAGES)
@pytest.mark.parametrize("page", ["en", "fr", "ar"])
def test_language(lexicons, text, language, page):
    assert identify(text, page, lexicons) == language


@pytest.mark.parametrize(("text", "language"), [("i have had fever for 3days", "en"), ("fièvre 5jours toux", "fr")])
def test_a_number_with_its_unit_is_no_word_of_darija(lexicons, text, language):
    assert identify(text, language, lexicons) == language


@pytest.mark.parametrize("text", ["la ma kan3re9ch", "la, ma kay7ess b walo", "la ma 3ndhach s5ana"])
def test_no_in_darija_is_no_french_article(lexicons, text):
    assert identify(text, "ary-Latn", lexicons) == "ary-Latn"


@pytest.mark.parametrize("text", ["headache", "oui", "ok", "no", "help!", "toux", "bzaf", "39"])
@pytest.mark.parametrize("page", ["en", "fr", "ary-Latn"])
def test_one_word_never_switches(lexicons, text, page):
    assert identify(text, page, lexicons) == page


def test_one_word_in_the_other_script(lexicons):
    assert identify("نعم", "ar", lexicons) == "ar"
    assert identify("نعم", "ary", lexicons) == "ary"
    assert identify("نعم", "en", lexicons) is None
    assert identify("yes", "ar", lexicons) is None


@pytest.mark.parametrize(
    "text",
    [
        "me duele mucho el pecho", "ich habe starke Brustschmerzen", "asdfgh qwerty zxcv", "درد شدید در قفسه سینه دارم چه کنم", "我胸口很痛",
        "у меня болит грудь", "", "   ", "!!!", "dor no peito muito forte",
    ],
)  # fmt: skip
def test_other_languages_and_noise(lexicons, text):
    assert identify(text, "en", lexicons) is None


def test_numbers_alone_keep_the_page(lexicons):
    assert identify("38.5", "fr", lexicons) == "fr"
    assert identify("180/110", "ar", lexicons) == "ar"
