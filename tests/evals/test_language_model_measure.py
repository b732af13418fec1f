"""The measure of a language model: what it counts, and that it cannot be fooled by a model that says little."""

from collections.abc import Iterator, Sequence

import pytest

from evals.lm import Measure, Pair, play_pair, prefer, score, summarise
from triage import Sentence, TriagePipeline
from triage.drafting import Drafter
from triage.generation import ChatMessage
from triage.retrieval import open_retriever

OPENER = "I keep coughing for four days, it is dry and annoying"


class Says:
    """A chat model with one reply."""

    name = "says"
    languages = frozenset({"en"})

    def __init__(self, text: str) -> None:
        self.text = text

    def stream(self, messages: Sequence[ChatMessage], stopped: object = None) -> Iterator[str]:
        yield self.text


@pytest.fixture
def play(pipeline: TriagePipeline, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    retriever = open_retriever(pipeline.knowledge.articles, None, None)
    monkeypatch.setattr(pipeline.library, "retriever", retriever)
    return lambda text: play_pair(pipeline, Says(text), "en", OPENER)


def test_a_kind_draft_is_rated_above_the_reviewed_text_and_loses_nothing(play) -> None:  # type: ignore[no-untyped-def]
    pair: Pair = play("I am sorry you have a cough. Rest and drink often, in small amounts.")
    measure = Measure("en", (pair,))
    assert pair.preferred == 1
    assert measure.survived == measure.facts_kept == measure.questions_kept == measure.preferred == 1.0


def test_a_hostile_draft_does_not_survive_and_is_no_better(play) -> None:  # type: ignore[no-untyped-def]
    pair: Pair = play("You have bronchitis. Take antibiotics.")
    assert Measure("en", (pair,)).survived == 0.0
    assert pair.worded == pair.plain and pair.preferred == 0


def test_the_rubric_sees_a_lost_fact_and_a_repeated_one() -> None:
    reviewed = (Sentence(text="Drink plenty of water.", citations=("a",)), Sentence(text="Rest.", citations=("a",)))
    whole = score(reviewed, reviewed, ("cough",), "en")
    assert not score(reviewed[:1], reviewed, ("cough",), "en").is_complete
    assert not score((*reviewed, reviewed[0]), reviewed, ("cough",), "en").repeats_nothing
    assert prefer(score(reviewed[:1], reviewed, (), "en"), whole) == -1


@pytest.mark.parametrize(
    ("draft", "outcome"),
    [("Reports cough that does not stop (4 d), cough (4 d).", "shown"), ("It is a cold.", "refused")],
)
def test_drafts_for_a_clinician_are_counted_as_the_guard_judges_them(
    pipeline: TriagePipeline, draft: str, outcome: str
) -> None:
    [(found, _)] = summarise(pipeline, Drafter(pipeline.knowledge, Says(draft)), "en", [OPENER])
    assert found.outcome == outcome and bool(found.sentences) is (outcome == "shown")
    assert pipeline.composer is None
