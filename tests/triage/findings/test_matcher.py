"""The grammar of wordings, with a lexicon written for each case."""

from __future__ import annotations

import pytest

from knowledge.grammar import Context
from knowledge.lexicon import Lexicon, parse_wording
from triage.findings import FindingExtractor
from triage.findings.families import build_families

CONTEXT = Context(
    filler=("the", "a", "my", "of", "in", "is", "i", "it"),
    light=("very", "really"),
    negators=("no", "not", "never"),
    equal=(("no", "not"),),
    contractions={"can't": "can not"},
    innocent=("not only",),
    subjects=("i",),
    ends=("but",),
)


def found(text, *wordings, classes=None, context=CONTEXT):
    """Return the concepts that wordings of the form "concept: wording" find in a text."""
    parsed = tuple(parse_wording(*line.split(": ", 1)) for line in wordings)
    lexicon = Lexicon("en", classes=classes or {}, wordings=parsed, context=context)
    return {finding.concept for finding in FindingExtractor({"en": lexicon}).extract(text, "en", turn=1).findings}


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        ("chest pain", True),
        ("pain in the chest", True),
        ("pain in my very very chest", True),
        ("pain one two three chest", True),
        ("pain one two three four chest", False),
        ("pain. chest", False),
        ("pain but chest", False),
        ("pain, arm, chest", True),
        ("pain in my arm, my chest is fine today", False),
        ("chests pains", True),
        ("chest", False),
    ],
)
def test_all_words_in_one_clause_close_together(text, hit):
    assert (found(text, "x: pain chest") == {"x"}) is hit


def test_spellings_of_one_word_in_a_class_hide_no_second_mention():
    spellings = [f"cann{'o' * n}t" for n in range(1, 9)]
    context = CONTEXT.model_copy(update={"contractions": dict.fromkeys(spellings, "can not")})
    classes = {"cannot": tuple(spellings)}
    wordings = ("x: @cannot breathe", "y: @cannot speak")
    text = "I cannot breathe one two three I cannot speak"
    assert found(text, *wordings, classes=classes, context=context) == {"x", "y"}


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        ("short of breath", True),
        ("short breath", False),
        ("breath of short", False),
        ("so short of breath now", True),
        ("short of my breath", False),
    ],
)
def test_exact(text, hit):
    assert (found(text, "x: = short of breath") == {"x"}) is hit


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        ("pills lots", True),
        ("pills and lots", True),
        ("lots pain and pills", False),
        ("lots and pills", False),
    ],
)
def test_a_lot_belongs_to_its_side_of_an_and(text, hit):
    context = CONTEXT.model_copy(update={"degrees": ("lots",), "both": ("and",)})
    assert (found(text, "x: pills lots", context=context) == {"x"}) is hit


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        ("not breathing", True),
        ("not really breathing", True),
        ("breathing not", False),
        ("no trouble breathing", False),
        ("not my breathing", True),
    ],
)
def test_a_negator_keeps_its_place(text, hit):
    assert (found(text, "x: not breathing") == {"x"}) is hit


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        ("can't breathe", True),
        ("breathe can't", False),
        ("unable to breathe", True),
        ("cannot properly breathe", True),
        ("not able to breathe", True),
    ],
)
def test_inability_keeps_its_place(text, hit):
    classes = {"cannot": ("can't", "cannot", "unable", "not able")}
    assert (found(text, "x: @cannot breathe", classes=classes) == {"x"}) is hit


@pytest.mark.parametrize(
    "text", ["it hurts in my chest", "my chest is killing me", "chest pain", "my chest is really killing me"]
)
def test_classes(text):
    classes = {"pain": ("pain", "hurts", "killing me"), "chest": ("chest",)}
    assert found(text, "x: @pain @chest", classes=classes) == {"x"}


@pytest.mark.parametrize("text", ["crash", "brush", "a trashy rashid", "rash2"])
def test_words_are_whole(text):
    assert found(text, "x: rash") == set()


def test_the_longer_wording_of_a_concept_wins():
    lines = ("x: breathing", "x: ! breathing normally")
    parsed = tuple(parse_wording(*line.split(": ", 1)) for line in lines)
    extractor = FindingExtractor({"en": Lexicon("en", wordings=parsed, context=CONTEXT)})
    [finding] = extractor.extract("breathing normally", "en", turn=1).findings
    assert (finding.polarity.value, finding.text) == ("negated", "breathing normally")


def test_different_concepts_share_words():
    assert found("vomiting blood", "x: vomiting blood", "y: vomiting", "z: blood") == {"x", "y", "z"}


def test_an_innocent_negator_is_another_word():
    assert found("not only breathing", "x: not breathing") == set()
    assert found("not only breathing", "x: not only breathing") == {"x"}


def test_grammar_words_do_not_take_the_place_of_others():
    context = Context(filler=("tous",))
    assert found("tous", "x: touse", context=context) == set()
    assert found("touse", "x: touse", context=context) == {"x"}


def test_a_wording_of_fillers_keeps_them():
    assert found("it is in", "x: it in") == {"x"}
    assert found("it is", "x: it in") == set()


def test_one_occurrence_is_not_used_twice():
    assert found("pain", "x: pain pain") == set()
    assert found("pain and more pain", "x: pain pain") == {"x"}


def test_cost_follows_the_message_and_not_the_lexicon():
    """Ten times the wordings put hardly more candidates before a message."""
    message = "I have a pain in the chest and it is killing me really"

    def candidates(size):
        texts = [f"w{number % 997} v{number}" for number in range(size)] + ["pain chest"]
        lexicon = Lexicon("en", wordings=tuple(parse_wording("x", text) for text in texts), context=CONTEXT)
        family = build_families({"en": lexicon})["english"]
        present = {symbol: [(0, 0)] for word in message.split() for symbol in family.book.look_up(word.lower())}
        return len(list(family.matcher._index.candidates(present)))

    assert candidates(2000) == candidates(200) == 1
