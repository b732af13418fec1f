"""The weights that ship are those of the messages; the suites and what is held out are no part of them."""

import pytest

from evals.gestalt import examples, held_out, learn, messages, text_of
from evals.suites import load
from triage.gestalt import load_gestalt


def test_nothing_that_measures_is_learnt_from() -> None:
    learnt = {text_of(item) for item in messages()}
    kept_apart = held_out()
    measured = {text_of(item) for item in (*kept_apart, *(item for suite in load([]) for item in suite.vignettes))}
    assert len(kept_apart) > 900
    assert len(learnt) > 10_000
    assert not {text for text in learnt & measured if len(text.split()) > 3}


@pytest.mark.slow
def test_the_weights_are_those_of_the_messages() -> None:
    shipped = load_gestalt()
    anew = learn(examples(messages()))
    # another processor may round a weight the other way
    assert shipped.weights.keys() == anew.weights.keys()
    assert max(abs(weight - anew.weights[piece]) for piece, weight in shipped.weights.items()) <= 1
    assert anew.bias == pytest.approx(shipped.bias, abs=1e-3)
    assert anew.scales == pytest.approx(shipped.scales, rel=1e-3)


def test_what_one_message_alone_has_is_not_learnt() -> None:
    seen = examples(messages()[:400])
    model = learn(seen)
    often = {int(piece) for piece, times in zip(seen.pieces, seen.times(), strict=True) if times > 1}
    assert 0 < len(often) < len(seen.pieces)
    assert set(model.weights) == often
