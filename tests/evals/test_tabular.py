"""Tables become suites, and what is wrong with one is named."""

from pathlib import Path

import pytest

from evals.suites import load
from evals.vignette import SuiteError, load_suite
from knowledge import Disposition

TABLE = "Case,First,Then,Urgency,Age,Lang\n7,tight chest,and sweating,red,61,en\n8,nez bouché,,green,,fr\n"
COLUMNS = """
id: Case
turns: [First, Then]
reference: Urgency
levels: {red: [ambulance, emergency_department], green: self_care}
language: Lang
subject: {age_years: Age}
constant: {country: MA, author: us}
"""


def write(folder: Path, table: str, columns: str = "") -> Path:
    path = folder / "cases.csv"
    path.write_text(table, encoding="utf-8")
    if columns:
        path.with_suffix(".columns.yaml").write_text(columns, encoding="utf-8")
    return path


def test_columns_are_mapped(tmp_path: Path) -> None:
    one, two = load_suite(write(tmp_path, TABLE, COLUMNS))
    assert one.turns == ("tight chest", "and sweating") and one.subject == {"age_years": 61} and one.country == "MA"
    assert one.reference == (Disposition.AMBULANCE, Disposition.EMERGENCY_DEPARTMENT)
    assert two.turns == ("nez bouché",) and two.language == "fr" and two.subject == {} and two.id == "8"


def test_plain_names_need_no_mapping(tmp_path: Path) -> None:
    [one] = load_suite(write(tmp_path, "id,text,reference\na,my head hurts,soon today\n"))
    assert one.reference == (Disposition.SOON, Disposition.TODAY)


@pytest.mark.parametrize(
    ("table", "columns", "says"),
    [
        ("id,text\na,b\n", "", "no column 'reference'; the file has: id, text"),
        (TABLE.replace("red", "purple"), COLUMNS, "line 2: unknown level 'purple'"),
        (TABLE.replace("nez bouché", ""), COLUMNS, "line 3"),
        (TABLE, "case: Case", "columns.yaml"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, table: str, columns: str, says: str) -> None:
    with pytest.raises(SuiteError, match=says):
        load_suite(write(tmp_path, table, columns))


def test_a_background_that_no_encounter_has_is_named_before_a_run(tmp_path: Path) -> None:
    path = write(tmp_path, TABLE, COLUMNS.replace("age_years: Age", "sex: Lang"))
    with pytest.raises(SuiteError, match=r"(?s)cases.csv: case '7': subject: .*sex.*'F' or 'M'"):
        load([path])
