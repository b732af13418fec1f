"""Judges each drafted sentence before a patient sees it: the first check that objects refuses it, and so does an error.

`check(sentence, context)` runs all checks; `ground(sentence, passages)` gives the citations of a sentence.
"""

from triage.guard.check import check, reasons
from triage.guard.context import Context, Support, Told
from triage.guard.grounding import ground, uncovered
from triage.guard.language_pack import load_packs
from triage.guard.nearness import Nearness, measured_nearness
from triage.guard.summary import Stated, check_summary

__all__ = [
    "Context",
    "Nearness",
    "Stated",
    "Support",
    "Told",
    "check",
    "check_summary",
    "ground",
    "load_packs",
    "measured_nearness",
    "reasons",
    "uncovered",
]
