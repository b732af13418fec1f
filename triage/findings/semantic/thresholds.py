"""How near is near enough: one measured threshold for each concept and language, in a content file for each encoder."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from importlib.resources import files
from importlib.resources.abc import Traversable

from pydantic import Field, StrictStr

from knowledge.files import build, read_yaml
from knowledge.schema import Content
from triage.findings.semantic.phrases import Phrase, mark

FORMAT = 1
REMEDY = "run: salama content calibrate"

log = logging.getLogger("salama")


class Threshold(Content):
    """What was measured for one concept in one language."""

    at: float = Field(gt=0, le=1)
    """Dot product from which the concept is proposed."""
    n: int = Field(ge=1)
    """Held-out phrases of the concept."""
    precision: float = Field(ge=0, le=1)
    """Share of all held-out texts proposed for it that speak of it."""
    recall: float = Field(ge=0, le=1)
    """Share of its held-out phrases that it was proposed for."""
    of: StrictStr
    """Hash of the phrases it belongs to."""


class Calibrated(Content):
    """The thresholds of one language and how they did together."""

    texts: int
    """Held-out texts and near misses that were compared."""
    precision: float | None
    """Pooled over all concepts, each half of the texts judged by thresholds set on the other half."""
    recall: float | None
    concepts: dict[StrictStr, Threshold]


class Thresholds(Content):
    """All thresholds of one encoder."""

    format: int
    encoder: StrictStr
    least_precision: float
    languages: dict[StrictStr, Calibrated]


def content_path(encoder: str) -> Traversable:
    """Return the content file of an encoder's thresholds; it need not exist."""
    return files("knowledge") / "content" / "semantic" / f"{encoder}.yaml"


def read_thresholds(encoder: str, path: Traversable | None = None) -> Thresholds | None:
    """Return the thresholds measured with an encoder; None, said in the log, when there are none.

    Raises:
        knowledge.ContentError: The file is not valid.
    """
    place = path or content_path(encoder)
    if not place.is_file():
        log.warning("second voice: no thresholds for encoder %s; %s", encoder, REMEDY)
        return None
    found = build(Thresholds, read_yaml(place), place.name)
    if (found.format, found.encoder) != (FORMAT, encoder):
        log.warning("second voice: %s is of another encoder or format; %s", place.name, REMEDY)
        return None
    return found


def still_valid(calibrated: Calibrated, language: str, phrases: Iterable[Phrase]) -> dict[str, float]:
    """Return the threshold of each concept whose phrases are the ones it was measured with.

    A concept whose words have changed since is silent until it is measured again; the log says how many are.
    """
    by_concept: dict[str, list[Phrase]] = {}
    for item in phrases:
        by_concept.setdefault(item.concept, []).append(item)
    valid = {
        concept: known.at
        for concept, known in calibrated.concepts.items()
        if known.of == mark(by_concept.get(concept, ()))
    }
    stale = len(calibrated.concepts) - len(valid)
    if stale:
        log.warning(
            "second voice: %d of %d concepts in %s are silent: their words changed since they were measured; %s",
            stale,
            len(calibrated.concepts),
            language,
            REMEDY,
        )
    return valid
