"""Cases of the topic group on symptom assessment of the ITU/WHO focus group FG-AI4H.

Read are both published forms (FG-AI4H-TG-Symptom/fgai4h-tg-symptom-models-schemas, 2020): the London model, a list of
cases, and the Berlin model, an object with `cases`. A case has `caseData` (age and sex, one presenting complaint,
other features that are present, absent or unsure, in the Berlin model with attributes) and `valuesToPredict` with an
`expectedTriageLevel`: self-care (SC), primary care (PC) or emergency care (EC). The benchmark's own systems get codes;
the sentences here are made from the names of the findings and nothing else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from evals.sheet import Sheet
from evals.vignette import GROUPS, SuiteError, Vignette, what_is_wrong
from knowledge.vocabulary import Disposition

REFERENCE: dict[str, tuple[Disposition, ...]] = {
    "SC": GROUPS["self_care"],
    "PC": GROUPS["non_emergency"],
    "EC": GROUPS["emergency"],
}

_SEMANTIC_TAG = re.compile(r"\s*\([a-z ]+\)$")
"""What SNOMED CT adds to a name: `Abdominal pain (finding)`."""


class _Part(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, extra="ignore", frozen=True)


class _Named(_Part):
    name: str

    def words(self) -> str:
        """The name without the tags of SNOMED CT, in small letters."""
        name = self.name
        while (shorter := _SEMANTIC_TAG.sub("", name)) != name:
            name = shorter
        return name.casefold().rstrip(".")


class _Attribute(_Named):
    value: _Named


class _Feature(_Named):
    state: Literal["present", "absent", "unsure"]
    attributes: tuple[_Attribute, ...] = ()

    def whole(self) -> str:
        """The finding with the values of its attributes."""
        values = ", ".join(item.value.words() for item in self.attributes)
        return f"{self.words()} ({values})" if values else self.words()


class _Profile(_Part):
    age: int
    biological_sex: Literal["male", "female"]


class _CaseData(_Part):
    case_id: str | None = None
    profile_information: _Profile
    presenting_complaints: tuple[_Feature, ...] = Field(min_length=1)
    other_features: tuple[_Feature, ...] = ()


class _Expected(_Part):
    expected_triage_level: Literal["SC", "PC", "EC"]


class _Case(_Part):
    case_id: str | None = None
    case_data: _CaseData
    values_to_predict: _Expected


def read(path: Path, text: str) -> list[Sheet]:
    """Return the cases of a file.

    Args:
        path: The file, for messages.
        text: What stands in it.

    Raises:
        SuiteError: The file is no case set of either model; the message names case and key.
    """
    try:
        loaded = json.loads(text)
    except json.JSONDecodeError as error:
        raise SuiteError(f"{path}: {error}") from None
    raws = loaded.get("cases") if isinstance(loaded, dict) else loaded
    if not isinstance(raws, list):
        raise SuiteError(f"{path}: neither a list of FG-AI4H cases nor an object with `cases`")
    found = []
    for number, raw in enumerate(raws, start=1):
        try:
            found.append(_sheet(_Case.model_validate(raw), f"{path.stem}-{number}"))
        except ValidationError as error:
            raise SuiteError(f"{path}: case {number}: {what_is_wrong(error)}") from None
    return found


def _sheet(case: _Case, name: str) -> Sheet:
    data = case.case_data
    who = data.profile_information
    complaint = data.presenting_complaints[0]
    begun = Vignette(
        id=case.case_id or data.case_id or name,
        turns=(f"I have {complaint.whole()}. I am {who.age} years old, {who.biological_sex}.",),
        reference=REFERENCE[case.values_to_predict.expected_triage_level],
        language="en",
        tags=("fgai4h",),
        subject={"age_years": who.age, "sex": who.biological_sex[0].upper()},
        author="doctors of the topic group",
        source="FG-AI4H topic group symptom assessment",
        labelled_by="doctors of the topic group",
    )
    return Sheet(begun, tuple(_facts((*data.presenting_complaints[1:], *data.other_features))))


def _facts(features: tuple[_Feature, ...]) -> Iterator[str]:
    says = {"present": "I have", "absent": "I do not have", "unsure": "I am not sure whether I have"}
    for feature in features:
        yield f"{says[feature.state]} {feature.whole()}."
