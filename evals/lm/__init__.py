"""Is a language model worth having? What it adds to reviewed text, what it loses, and what it costs.

`salama eval lm` prints the measures by language and records them as a gate.
"""

from evals.lm.measure import Measure, Pair, measure, play_pair, summarise
from evals.lm.rubric import prefer, score

__all__ = ["Measure", "Pair", "measure", "play_pair", "prefer", "score", "summarise"]
