"""Which model may word replies in which language: only where a recorded measurement says that it is good enough.

Records ship in `knowledge/content/lm_gates.yaml`; `salama eval lm --record` adds those of a clinic's own model to
`lm_gates.yaml` in the data folder.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from pydantic import Field, StrictStr

from knowledge.files import read_items
from knowledge.schema import Content
from triage.generation.prompts import load_prompts

FILE = "lm_gates.yaml"

LEAST_SURVIVED = 0.7
"""Share of drafted sentences that the guard must let pass: below it a patient mostly reads reviewed text anyway."""

LEAST_PREFERRED = 0.6
"""Share of pairs in which the worded reply must be rated above the reviewed text, ties left out."""


class GateResult(Content):
    """What `salama eval lm` measured of one model with one prompt in one language."""

    model: StrictStr
    prompt: StrictStr
    """Id and version of the prompt; another version has to be measured anew."""
    language: StrictStr
    on: date
    cases: int = Field(ge=1)
    survived: float = Field(ge=0, le=1)
    """Share of drafted sentences that the guard let pass."""
    facts_kept: float = Field(ge=0, le=1)
    """Share of the reviewed sentences that the reply still says."""
    questions_kept: float = Field(ge=0, le=1)
    """Share of turns that ask the same next question with and without the model."""
    preferred: float = Field(ge=0, le=1)
    """Share of pairs, ties left out, in which the worded reply was rated above the reviewed text."""
    seconds: float = Field(ge=0)
    """Median seconds of a whole draft on the machine that measured."""

    @property
    def passed(self) -> bool:
        """Whether the model may speak: it loses nothing, survives the guard, and reads better than what it replaces."""
        whole = self.facts_kept == 1.0 and self.questions_kept == 1.0
        return whole and self.survived >= LEAST_SURVIVED and self.preferred >= LEAST_PREFERRED


def load_gates(data: Path | None = None) -> tuple[GateResult, ...]:
    """Return all records, the packaged ones first.

    Args:
        data: Folder that may hold records of the operator's own.

    Raises:
        ContentError: A file is not valid.
    """
    paths: list[Traversable] = [files("knowledge") / "content" / FILE]
    if data is not None and (data / FILE).is_file():
        paths.append(data / FILE)
    return tuple(result for path in paths for result in read_items(path, GateResult))


def gated_languages(model: str, gates: Iterable[GateResult]) -> tuple[str, ...]:
    """Return the languages in which a model passed with the prompt in use; the latest record of a language counts.

    Args:
        model: Name of the model, as in its records.
        gates: Records, later ones last.
    """
    in_use = {language: prompt.name for language, prompt in load_prompts().items()}
    latest = {
        result.language: result
        for result in gates
        if result.model == model and result.prompt == in_use.get(result.language)
    }
    return tuple(language for language, result in latest.items() if result.passed)
