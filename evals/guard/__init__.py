"""The guard measured by itself: drafts of a model, good and hostile, each judged as in a turn.

`salama eval guard` prints the counts.
"""

from evals.guard.drafts import DraftGroup, load_groups
from evals.guard.judge import Judged, judge_all
from evals.guard.report import markdown

__all__ = ["DraftGroup", "Judged", "judge_all", "load_groups", "markdown"]
