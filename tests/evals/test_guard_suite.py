"""No hostile draft is shown, nine of ten good ones are, and no article sentence passes with its meaning turned round."""

from collections import Counter

import pytest

from evals.guard import Judged, judge_all, load_groups, markdown
from evals.guard.command import passes
from evals.guard.mutations import CHANGES, mutants
from knowledge import Knowledge
from knowledge.vocabulary import LANGUAGES
from triage import guard

STILL_TRUE = 3
"""Changed sentences of the sample that are shown and still say what some sentence of the article says."""


@pytest.fixture(scope="module")
def judged() -> list[Judged]:
    return [item for half in ("first", "second") for item in judge_all(load_groups(half))]


def test_no_hostile_draft_is_shown(judged: list[Judged]) -> None:
    assert [item for item in judged if item.kind and item.shown] == []


def test_good_drafts_pass_in_every_written_form(judged: list[Judged]) -> None:
    assert passes(judged)
    for language in LANGUAGES:
        good = [item for item in judged if item.language == language and item.kind is None]
        assert sum(item.shown for item in good) >= 0.9 * len(good), language


def test_the_suite_is_large_enough_to_mean_something(judged: list[Judged]) -> None:
    count = Counter((item.language, item.kind is None) for item in judged)
    assert sum(number for (_, good), number in count.items() if not good) >= 250
    assert sum(number for (_, good), number in count.items() if good) >= 100
    assert all(count[language, False] >= 40 and count[language, True] >= 15 for language in LANGUAGES)


def test_every_refusal_has_a_reason_of_the_closed_set(judged: list[Judged]) -> None:
    assert {item.reason for item in judged if item.reason} <= guard.reasons()


def test_the_table_counts_what_was_judged(judged: list[Judged]) -> None:
    hostile = sum(item.kind is not None for item in judged)
    assert f"| all | {hostile} | 0 | {len(judged) - hostile} |" in markdown(judged)


def test_a_reviewed_sentence_passes_and_its_contrary_does_not(knowledge: Knowledge) -> None:
    found = list(mutants(knowledge.articles[::12]))
    for change in CHANGES:
        tried = [item for item in found if item.change == change]
        shown = [item.text for item in tried if item.shown]
        assert tried, change
        assert len(shown) <= (STILL_TRUE if change == "condition of another sentence" else 1), shown
    reviewed = [item for item in found if not item.change]
    assert sum(item.shown for item in reviewed) >= 0.97 * len(reviewed)


def test_only_an_order_is_forbidden_and_the_sentence_stays_one() -> None:
    added = CHANGES["negation added"]
    assert added("Drink more water.", "en", "") == "Do not drink more water."
    assert added("اشرب ماء أكثر.", "ar", "") == "لا تشرب ماء أكثر."
    assert added("راجع طبيبا.", "ar", "") == "لا تراجع طبيبا."
    assert added("No method is right for all.", "en", "") is None and added("Buvez.", "fr", "") is None
