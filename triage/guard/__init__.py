"""Judges each drafted sentence before a patient sees it: the first check that objects refuses it, and so does an error.

`check(sentence, context)` runs all checks; `ground(sentence, passages)` gives the citations of a sentence.
"""

from triage.guard.check import check
from triage.guard.context import Context, Told
from triage.guard.grounding import ground
from triage.guard.language_pack import load_packs

__all__ = ["Context", "Told", "check", "ground", "load_packs"]
