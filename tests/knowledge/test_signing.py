"""A signature holds while the item says what was signed, and for nothing else."""

from datetime import date
from pathlib import Path

import pytest

from knowledge import ContentError, Knowledge
from knowledge.items import Document, documents, names
from knowledge.overlay import packaged
from knowledge.signing import SIGNATURES, compare, read_signatures, sign, signed_documents

BY, ON = "Dr Amina N., medical director", date(2026, 11, 29)


def content() -> dict[str, Document]:
    return {
        "rule:cardiac.acs": {"disposition": "ambulance"},
        "article:cough.en": {"title": "Cough"},
        "article:cough.fr": {"title": "Toux"},
    }


def test_everything_signed_is_complete(tmp_path: Path) -> None:
    present = content()
    assert sign(tmp_path, present, BY, ON) == sorted(present)
    (signature,) = read_signatures(tmp_path)
    assert (signature.by, signature.on) == (BY, ON) and set(signature.items) == set(present)
    assert compare([signature], present).complete


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"rule:cardiac.acs": {"disposition": "today"}}, "altered since it was signed: rule:cardiac.acs"),
        ({"rule:cardiac.acs": None}, "signed and gone: rule:cardiac.acs"),
        ({"rule:new": {"disposition": "today"}}, "not signed: rule:new"),
    ],
)
def test_a_changed_a_lost_and_a_new_item_are_named(
    tmp_path: Path, change: dict[str, Document | None], fault: str
) -> None:
    sign(tmp_path, content(), BY, ON)
    changed = {name: document for name, document in {**content(), **change}.items() if document is not None}
    found = compare(read_signatures(tmp_path), changed)
    assert not found.complete and found.faults() == fault


def test_items_are_signed_by_pattern_and_signed_anew(tmp_path: Path) -> None:
    present = content()
    sign(tmp_path, present, BY, ON, "article:*")
    assert compare(read_signatures(tmp_path), present).unsigned == ("rule:cardiac.acs",)
    sign(tmp_path, present, "Nurse B., triage lead", date(2026, 12, 1), "*.fr")
    by = {name: signature.by for signature in read_signatures(tmp_path) for name in signature.items}
    assert by == {"article:cough.en": BY, "article:cough.fr": "Nurse B., triage lead"}


def test_what_was_signed_can_be_read_again(tmp_path: Path) -> None:
    sign(tmp_path, content(), BY, ON)
    assert signed_documents(tmp_path) == content()
    kept = tmp_path / "signed.json"
    kept.write_text(kept.read_text(encoding="utf-8").replace("Toux", "Tout"), encoding="utf-8")
    with pytest.raises(ContentError, match=r"article:cough\.fr is not the one that was signed"):
        signed_documents(tmp_path)


@pytest.mark.parametrize("by", ["Amina", "", ", director", "Amina,", "Amina\n, director"])
def test_a_signature_needs_name_and_role(tmp_path: Path, by: str) -> None:
    with pytest.raises(ContentError, match="name and role"):
        sign(tmp_path, content(), by, ON)
    assert not list(tmp_path.iterdir())


def test_a_pattern_that_fits_nothing_is_told(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"did you mean 'article:cough\.fr'"):
        sign(tmp_path, content(), BY, ON, "article:cuogh.fr")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("items: [{by: x, 'on': 2026-01-01, items: {a: b}}, {by: y, 'on': 2026-01-02, items: {a: c}}]", "signed twice"),
        ("items: [{by: x}]", "Field required"),
        ("items: [", "not valid YAML"),
    ],
)
def test_a_broken_signatures_file_is_refused(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / SIGNATURES).write_text(text, encoding="utf-8")
    with pytest.raises(ContentError, match=says):
        read_signatures(tmp_path)


def test_nothing_that_ships_is_signed(knowledge: Knowledge) -> None:
    assert knowledge.unsigned and not knowledge.signing.signed
    assert set(knowledge.signing.unsigned) == set(names(knowledge))


def test_every_kind_of_content_can_be_signed(knowledge: Knowledge) -> None:
    present = documents(knowledge, packaged())
    assert set(present) == set(names(knowledge))
    assert {name.partition(":")[0] for name in present} >= {
        "rule", "protocol", "question", "modifier", "article", "replies", "services", "words", "concepts", "requests", "claims", "topics",
    }  # fmt: skip
    assert not any("status" in document for name, document in present.items() if name.startswith("rule:"))
