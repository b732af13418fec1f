"""Mentions: wordings near each other that are not denied, whoever and whenever they are about."""

from __future__ import annotations

import pytest

from triage.findings import MentionReader


@pytest.fixture(scope="module")
def mentioned(lexicons):
    reader = MentionReader(lexicons)

    def run(text, language="en"):
        return [(mention.concept, mention.text) for mention in reader.mentions(text, language, "en")]

    return run


def test_a_mention_quotes_the_words(mentioned):
    assert mentioned("well, my head is hurting") == [("headache", "head is hurting")]


def test_time_and_person_do_not_count(mentioned):
    assert [concept for concept, _ in mentioned("my neighbour had a fever last year")] == ["fever"]
    assert [concept for concept, _ in mentioned("what if I get a fever?")] == ["fever"]


def test_what_is_denied_is_no_mention(mentioned):
    assert mentioned("no fever") == []
    assert [concept for concept, _ in mentioned("no fever but a cough")] == ["cough"]


def test_words_far_apart_are_no_mention(mentioned):
    assert mentioned("my arm was caught in the door of the old car and now the knee is weak") == []


def test_a_word_that_comes_often_hides_nothing(mentioned):
    often = "my head, my head, my head, my head, my head, my head, my head. And my head hurts"
    assert ("headache", "head hurts") in mentioned(often)


def test_a_long_text_is_quoted_where_it_stands(mentioned):
    text = "one day after another went by. " * 200 + "Then I had a fever."
    reader_text = mentioned(text)
    assert reader_text == [("fever", "fever")]
