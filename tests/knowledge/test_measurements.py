"""Names and codes of measurements: every one has a name, and none a code that nobody gave."""

from pathlib import Path

import pytest

from knowledge import LANGUAGES, ContentError, Knowledge, load_knowledge
from knowledge.checks import MEASURES
from knowledge.files import build
from knowledge.measurements import Measurement
from knowledge.overlay import Overlay, packaged


def test_every_quantity_that_is_measured_has_a_name_in_every_language(knowledge: Knowledge) -> None:
    person = {"age_days", "age_months", "age_years", "sex"}
    assert MEASURES - person <= knowledge.measurements.keys()
    for item in knowledge.measurements.values():
        assert item.label.keys() == {*LANGUAGES}, item.id
        assert item.named("xx") == item.label["en"]


def test_a_code_names_who_gave_it(knowledge: Knowledge) -> None:
    coded = [item for item in knowledge.measurements.values() if item.loinc]
    assert {"temp_c", "blood_pressure"} <= {item.id for item in coded}
    assert all(knowledge.sources[name].publisher == "HL7 International" for item in coded for name in item.sources)
    with pytest.raises(ContentError, match="who says that this is its code"):
        build(Measurement, {"id": "x", "label": {"en": "x"}, "loinc": "1-8"}, "measurements.yaml")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("- id: sting_count", "- id: stings", "measurements.yaml: nothing says what 'sting_count' is called"),
        ("[hl7-age]", "[hl7-ages]", "hl7-ages"),
        ("[bp_sys, bp_dia]", "[bp_sys, bp_dai]", "bp_dai"),
    ],
)
def test_what_is_wrong_in_the_file_is_named(tmp_path: Path, old: str, new: str, says: str) -> None:
    text = (packaged() / "measurements.yaml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "measurements.yaml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ContentError, match=says):
        load_knowledge(Overlay(tmp_path, packaged()))
