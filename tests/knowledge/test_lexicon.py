"""Reading lexicons: strict, and every error says where and what else was meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.errors import ContentError
from knowledge.lexicon import Wording, load_lexicons, parse_wording

CONCEPTS = {"chest_pain", "fever", "condition:diabetes"}


@pytest.fixture
def root(tmp_path: Path):
    """Return a function that writes a file of a lexicon."""

    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return tmp_path

    return write


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("@pain @chest", Wording("chest_pain", ("@pain", "@chest"))),
        ("fever", Wording("chest_pain", ("fever",))),
        ("= short of breath", Wording("chest_pain", ("short", "of", "breath"), exact=True)),
        ("! breathing normally", Wording("chest_pain", ("breathing", "normally"), negated=True)),
        ("? spots", Wording("chest_pain", ("spots",), possible=True)),
        ("!= no fever", Wording("chest_pain", ("no", "fever"), exact=True, negated=True)),
        ("?= a turn", Wording("chest_pain", ("a", "turn"), exact=True, possible=True)),
    ],
)
def test_wording(text, wanted):
    assert parse_wording("chest_pain", text) == wanted


@pytest.mark.parametrize("text", ["", "  ", "!", "=", "== twice", "=short of breath", "?spots"])
def test_no_wording(text):
    with pytest.raises(ContentError):
        parse_wording("chest_pain", text)


def test_a_lexicon_is_read(root):
    root("en/classes.yaml", "pain: [pain, hurts, killing me]\nchest: [chest]\n")
    root("en/cardio.yaml", "chest_pain: ['@pain @chest']\n")
    root("en/infection.yaml", "fever: [fever, burning up]\n")
    root("en/labels.yaml", "fever: fever\n")
    root("en/context.yaml", "negation: ['no', without]\npeople:\n  mother: {words: [my mother], sex: F}\n")
    root("en/numbers.yaml", "words: {two: 2}\nunits:\n- {words: [hour, hours], minutes: 60}\n")
    folder = root("en/answers.yaml", "'yes': ['yes', yeah]\n'no': ['no']\n")
    lexicon = load_lexicons(folder, CONCEPTS)["en"]
    assert [wording.concept for wording in lexicon.wordings] == ["chest_pain", "fever", "fever"]
    assert lexicon.classes["pain"] == ("pain", "hurts", "killing me")
    assert lexicon.labels == {"fever": "fever"}
    assert lexicon.context.people["mother"].sex == "F"
    assert lexicon.numbers.units[0].minutes == 60
    assert lexicon.answers.yes == ("yes", "yeah")


def test_missing_folders_and_files_are_empty(tmp_path):
    assert load_lexicons(tmp_path / "nothing", CONCEPTS) == {}
    (tmp_path / "fr").mkdir()
    lexicon = load_lexicons(tmp_path, CONCEPTS)["fr"]
    assert (lexicon.wordings, lexicon.labels, lexicon.context.negation) == ((), {}, ())


@pytest.mark.parametrize(
    ("name", "text", "parts"),
    [
        (
            "en/cardio.yaml",
            "chest_pian: [x]\n",
            ["lexicon/en/cardio.yaml", "'chest_pian'", "did you mean 'chest_pain'"],
        ),
        ("en/labels.yaml", "fevr: fever\n", ["lexicon/en/labels.yaml", "'fevr'", "did you mean 'fever'"]),
        ("en/cardio.yaml", "chest_pain: ['@chst']\n", ["'@chst'", "did you mean 'chest'"]),
        ("en/cardio.yaml", "chest_pain: ['=glued']\n", ["lexicon/en/cardio.yaml", "chest_pain", "space"]),
        ("en/cardio.yaml", "chest_pain: text\n", ["lexicon/en/cardio.yaml", "chest_pain"]),
        ("en/cardio.yaml", "fever: [a]\nfever: [b]\n", ["fever", "twice"]),
        ("en/context.yaml", "negations: [x]\n", ["lexicon/en/context.yaml", "negations"]),
        ("en/context.yaml", "negation: [no]\n", ["lexicon/en/context.yaml", "negation"]),
        ("en/context.yaml", "unborn: [baby]\n", ["lexicon/en/context.yaml", "unborn", "'baby'"]),
        ("en/context.yaml", "births: [fevr]\n", ["lexicon/en/context.yaml, births", "'fevr'", "did you mean 'fever'"]),
        ("en/numbers.yaml", "words: {two: many}\n", ["lexicon/en/numbers.yaml", "words"]),
        ("en/numbers.yaml", "implies: {'temp_c >= 38': fevr}\n", ["lexicon/en/numbers.yaml", "'fevr'"]),
        ("en/answers.yaml", "maybe: [x]\n", ["lexicon/en/answers.yaml", "maybe"]),
        ("englsh/labels.yaml", "fever: x\n", ["lexicon/englsh", "unknown language"]),
    ],
)
def test_errors_say_where(root, name, text, parts):
    root("en/classes.yaml", "chest: [chest]\n")
    folder = root(name, text)
    with pytest.raises(ContentError) as error:
        load_lexicons(folder, CONCEPTS)
    for part in parts:
        assert part in str(error.value)


def test_darija_shares_its_classes(root):
    root("ary/classes.yaml", "pain: [كيضرني]\n")
    folder = root("ary-Latn/cardio.yaml", "chest_pain: ['@pain sdri']\n")
    assert load_lexicons(folder, CONCEPTS)["ary-Latn"].wordings[0].words == ("@pain", "sdri")


def test_the_real_lexicons_load(knowledge):
    assert set(knowledge.lexicons) == {"en", "fr", "ar", "ary", "ary-Latn"}
    for lexicon in knowledge.lexicons.values():
        assert lexicon.wordings
        assert lexicon.context.negation
        assert lexicon.answers.yes
        assert lexicon.numbers.words
