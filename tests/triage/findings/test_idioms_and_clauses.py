"""Wordings that hold an idiom, or a word that opens a clause, against the real words."""

from __future__ import annotations

import pytest

from knowledge import Knowledge
from knowledge.vocabulary import Polarity
from triage.findings import FindingExtractor


@pytest.fixture(scope="module")
def extractor(knowledge: Knowledge) -> FindingExtractor:
    return FindingExtractor(knowledge.lexicons)


@pytest.mark.parametrize(
    ("language", "text", "concept"),
    [
        ("en", "the finger is hanging by a bit of skin", "finger_toe_part_lost"),
        ("en", "on Friday I had a bit of a tumble", "fall"),
        ("en", "I made my will and I am ready", "saying_goodbye"),
        ("en", "he took pills because I want to die", "suicidal_thoughts"),
        ("fr", "il a pris de la ventoline et ça passe pas", "reliever_no_relief"),
        ("fr", "tombé et il bouge plus", "unresponsive"),
        ("ar", "أبي لا يبول إلا نقط", "cannot_pass_urine"),
        ("ary", "كينهج واخا گالس", "breathless_at_rest"),
        ("ary-Latn", "kannhej w ana gales", "breathless_at_rest"),
        ("ary-Latn", "fih 3er9 bared", "sweating_profuse"),
        ("ary-Latn", "kaybki w kayd7ek f nefs lwe9t", "rapid_mood_swings_confusion"),
    ],
)
def test_a_wording_holds_the_idiom_or_the_and_that_is_in_it(
    extractor: FindingExtractor, language: str, text: str, concept: str
) -> None:
    found = {
        item.concept
        for item in extractor.extract(text, language, turn=1).findings
        if item.polarity is not Polarity.NEGATED
    }
    assert concept in found


@pytest.mark.parametrize(
    ("language", "text", "concept"),
    [
        ("ary-Latn", "chft chi 7aja zer9a f smma", "lips_blue_or_grey"),
        ("en", "a bit of skin came off my nose", "finger_toe_part_lost"),
        ("en", "my heart is in it and I am ready", "saying_goodbye"),
    ],
)
def test_a_word_that_only_sounds_like_another_stays_silent(
    extractor: FindingExtractor, language: str, text: str, concept: str
) -> None:
    found = extractor.extract(text, language, turn=1).findings
    assert not [item for item in found if item.concept == concept and item.polarity is not Polarity.NEGATED]
