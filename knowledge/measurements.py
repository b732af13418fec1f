"""What quantities are called in a hand-over, and how standards code them."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import StrictFloat, StrictStr, model_validator

from knowledge.schema import Content, Text
from knowledge.vocabulary import spoken_in


class Scale(Content):
    """Plausible numbers of a measurement in one of its units."""

    range: tuple[StrictFloat, StrictFloat]
    scale: StrictFloat = 1.0
    """What makes the quantity's own unit of them."""
    words: tuple[StrictStr, ...] = ()
    """What names the unit behind a number."""


class Alone(Content):
    """When a number that nothing is said of is this measurement ("it is high", then "2.8")."""

    after: Mapping[StrictStr, tuple[StrictFloat, StrictFloat]]
    """Concepts told before, with the amounts that go with each."""
    conditions: tuple[StrictStr, ...] = ()
    """Known illnesses in which it is measured at any amount."""
    scales: tuple[Scale, ...]


class Measurement(Content):
    """A quantity as a clinician reads it, with its codes where a source gives them."""

    id: StrictStr
    """Name of the quantity, e.g. `temp_c`."""
    label: Text
    unit: StrictStr = ""
    """As it is shown behind the number."""
    ucum: StrictStr | None = None
    """The unit as UCUM writes it."""
    loinc: StrictStr | None = None
    display: StrictStr | None = None
    """What LOINC calls it."""
    parts: tuple[StrictStr, ...] = ()
    """Quantities that are measured together, as the two of a blood pressure."""
    sources: tuple[StrictStr, ...] = ()
    alone: Alone | None = None

    @model_validator(mode="after")
    def _no_code_without_a_source(self) -> Measurement:
        if self.loinc is not None and not (self.display and self.sources):
            raise ValueError(f"loinc {self.loinc!r} needs 'display' and 'sources': who says that this is its code?")
        return self

    def named(self, language: str) -> str:
        """Return its name in a language, in English where it has none."""
        return spoken_in(self.label, language)
