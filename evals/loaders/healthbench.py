"""HealthBench (Arora et al. 2025, arXiv 2505.08775; MIT): the conversations whose urgency physicians agreed on.

A row of its JSON lines holds `prompt` (messages), `rubrics`, `example_tags` and `prompt_id`, as `healthbench_eval.py`
of openai/simple-evals reads them. Rubrics are graded by a language model and say nothing about a level of care, so they
are not used. A level has only what carries a tag `physician_agreed_category:` of the theme `emergency_referrals`
(appendix I of the paper): *emergent*, the user should seek emergency care at once; *non-emergent*, they should not;
*conditionally-emergent*, it depends on what was not said, so that no level is right, and the row is left out.
"""

from __future__ import annotations

from typing import Any

from evals.vignette import GROUPS, Vignette
from knowledge.vocabulary import Disposition

_THEME = "theme:emergency_referrals"
_CATEGORY = "physician_agreed_category:"

REFERENCE: dict[str, tuple[Disposition, ...]] = {
    "emergent": GROUPS["emergency"],
    "non-emergent": GROUPS["self_care"] + GROUPS["non_emergency"],
}
"""Which dispositions a category allows; how soon a non-emergency needs a doctor is not in the data."""

UNLABELLED = "physicians did not agree on a level of care for them"


def is_row(raw: dict[str, Any]) -> bool:
    """Return whether a line is one of HealthBench."""
    return "example_tags" in raw and "prompt" in raw


def from_healthbench(raw: dict[str, Any]) -> Vignette | None:
    """Return a row as a vignette, None where the data says no level of care.

    The messages of the user are the turns; the replies of another assistant in between are left out, since the system
    under test writes its own. The language is not in the data.

    Args:
        raw: The row.

    Raises:
        KeyError, TypeError, ValidationError: The row lacks a key or has another form.
    """
    tags = tuple(raw["example_tags"])
    categories = [tag.removeprefix(_CATEGORY) for tag in tags if tag.startswith(_CATEGORY)]
    reference = REFERENCE.get(categories[0]) if _THEME in tags and len(categories) == 1 else None
    if reference is None:
        return None
    return Vignette(
        id=str(raw["prompt_id"]),
        turns=tuple(message["content"] for message in raw["prompt"] if message["role"] == "user"),
        reference=reference,
        language="und",
        tags=tags,
        author="authors of HealthBench",
        source="HealthBench (MIT)",
        labelled_by="physicians who agreed, on emergency or not only",
    )
