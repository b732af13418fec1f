"""Names and codes of measurements: every one has a name, and none a code that nobody gave."""

from dataclasses import replace

import pytest

from knowledge import LANGUAGES, ContentError, Knowledge
from knowledge.checks import MEASURES, PERSON, problems
from knowledge.files import build
from knowledge.measurements import Measurement


def test_every_quantity_that_is_measured_has_a_name_in_every_language(knowledge: Knowledge) -> None:
    assert knowledge.measurements.keys() >= MEASURES - PERSON
    for item in knowledge.measurements.values():
        assert item.label.keys() == {*LANGUAGES}, item.id
        assert item.named("xx") == item.label["en"]


def test_a_code_names_who_gave_it(knowledge: Knowledge) -> None:
    coded = [item for item in knowledge.measurements.values() if item.loinc]
    assert {"temp_c", "blood_pressure"} <= {item.id for item in coded}
    assert all(knowledge.sources[name].publisher == "HL7 International" for item in coded for name in item.sources)
    with pytest.raises(ContentError, match="who says that this is its code"):
        build(Measurement, {"id": "x", "label": {"en": "x"}, "loinc": "1-8"}, "measurements.yaml")


def test_what_is_wrong_in_the_file_is_named(knowledge: Knowledge) -> None:
    broken = dict(knowledge.measurements)
    del broken["sting_count"]
    broken["age"] = broken["age"].model_copy(update={"sources": ("hl7-ages",)})
    broken["blood_pressure"] = broken["blood_pressure"].model_copy(update={"parts": ("bp_sys", "bp_dai")})
    found = "\n".join(problems(replace(knowledge, measurements=broken)))
    assert "measurements.yaml: nothing says what 'sting_count' is called" in found
    assert "measurements.yaml, age: " in found and "'hl7-ages'" in found
    assert "measurements.yaml, blood_pressure: " in found and "'bp_dai'" in found
