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
    anew = learn(*examples(messages()), shipped.thresholds)
    # another processor may round a weight the other way
    pairs = zip(shipped.weights, anew.weights, strict=True)
    assert max(min(abs(one - other), 256 - abs(one - other)) for one, other in pairs) <= 1
    assert anew.bias == pytest.approx(shipped.bias, abs=1e-3)
    assert anew.scale == pytest.approx(shipped.scale, rel=1e-3)
