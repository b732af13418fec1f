"""An encoder can refuse what the words allow, and never allows what they refuse."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from knowledge.vocabulary import Disposition
from triage.guard import Context, Nearness, check, measured_nearness
from triage.types import Passage

PASSAGE = Passage(
    id="a.en#do-1",
    article_id="a.en",
    title="A",
    section="do",
    text="Drink plenty of water. Rest.",
    language="en",
    sources=(),
)
CONTEXT = Context(disposition=Disposition.SELF_CARE, language="en", passages=(PASSAGE,))


class Letters:
    """Vectors of letter counts: near for texts of the same letters, whatever they mean."""

    id = "letters"
    languages = frozenset({"en"})

    def encode_passages(self, texts: Sequence[str]) -> Any:
        rows = np.array([[text.lower().count(chr(97 + place)) + 1e-6 for place in range(26)] for text in texts])
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_a_draft_far_from_what_it_cites_is_refused() -> None:
    draft = "Please drink plenty of water."
    assert check(draft, replace(CONTEXT, support=Nearness(Letters(), 0.5))).allowed
    verdict = check(draft, replace(CONTEXT, support=Nearness(Letters(), 1.01)))
    assert (verdict.check, verdict.reason) == ("grounding", "far_from_passages")


def test_nearness_alone_supports_nothing() -> None:
    nearby = replace(CONTEXT, support=Nearness(Letters(), 0.0))
    assert check("Do not drink plenty of water.", nearby).reason == "unsupported"


def test_an_encoder_that_fails_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = Letters()
    monkeypatch.setattr(broken, "encode_passages", None)
    verdict = check("Please drink plenty of water.", replace(CONTEXT, support=Nearness(broken, 0.5)))
    assert (verdict.check, verdict.reason) == ("error", "exception")


def test_languages_the_encoder_does_not_know_are_left_to_the_words() -> None:
    darija = PASSAGE.model_copy(update={"language": "ary"})
    assert Nearness(Letters(), 2.0).supports("شرب الما", [darija])


def test_an_encoder_without_a_measured_threshold_has_no_say() -> None:
    assert measured_nearness(Letters()) is None
