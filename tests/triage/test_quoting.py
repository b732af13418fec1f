"""What articles say: which one speaks, and what is said when none may."""

from dataclasses import replace
from datetime import timedelta

import pytest

from knowledge import Knowledge
from tests.conftest import deny
from triage import Encounter, Settings, build_pipeline
from triage.quoting import Quoting
from triage.retrieval import split_articles
from triage.types import now


@pytest.fixture(scope="module")
def expired(knowledge: Knowledge) -> Knowledge:
    """The content on a day when the review of every article has been missed."""
    yesterday = now().date() - timedelta(days=1)
    late = [
        item.model_copy(update={"reviewed": item.reviewed.model_copy(update={"next": yesterday})})
        for item in knowledge.articles
    ]
    return replace(knowledge, articles=tuple(late))


def test_an_article_past_its_review_does_not_speak(knowledge: Knowledge, expired: Knowledge) -> None:
    assert Quoting(knowledge).article(["cough"], "en") is not None
    assert Quoting(expired).article(["cough"], "en") is None


def test_the_article_that_fits_best_is_quoted_and_no_other(knowledge: Knowledge) -> None:
    """Advice of the second best article answers another question."""
    passages = {item.passage.id: item.passage for item in split_articles(knowledge.articles)}
    best, other = passages["smoking.en#about-1"], passages["asthma-care.en#do-1"]
    own = next(item for item in passages.values() if item.article_id == "smoking.en" and item.section == "do")
    assert {item.citations for item in Quoting(knowledge).quote((best, other))} == {("smoking.en#do",)}
    assert {item.citations for item in Quoting(knowledge).quote((best, other, own))} == {(own.id,)}
    assert Quoting(knowledge).quote(()) == ()


def test_without_an_article_in_date_the_reply_is_still_safe(expired: Knowledge, settings: Settings) -> None:
    pipeline = build_pipeline(settings.model_copy(update={"database": "none"}), knowledge=expired)
    encounter = Encounter(language="en", country="MA")
    turn = pipeline.respond(encounter, "I have had a runny nose and a mild cough for two days")
    while turn.reply.question is not None:
        turn = pipeline.respond(encounter, deny(pipeline, turn.reply.question))
    assert turn.reply.sentences == () and turn.passages == ()
    assert turn.reply.card is not None and len(turn.reply.card.safety_net) > 1
    assert "15" in turn.reply.urgent_help
