"""Content files are strict: every mistake names file, line or key."""

from pathlib import Path

import pytest

from knowledge.errors import ContentError
from knowledge.files import build, parse_yaml, read_items
from knowledge.protocols import Protocol, Question
from knowledge.schema import Concept, Content, Modifier, RedFlagRule, Source

ITEM = {"id": "x", "title": "t", "publisher": "p", "url": "u", "licence": "l", "verified": True}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: 1\na: 2", "'a' stands twice"),
        ("on: 1", "write it in quotes"),
        ("1: x", "write it in quotes"),
        ("a: [", "not valid YAML"),
        ("!!python/object/apply:os.system ['true']", "not valid YAML"),
    ],
)
def test_bad_yaml_is_refused(text: str, says: str) -> None:
    with pytest.raises(ContentError, match=says) as error:
        parse_yaml(text, "rules.yaml")
    assert "rules.yaml" in str(error.value)


def write(folder: Path, text: str) -> Path:
    path = folder / "sources.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_defaults_fill_what_an_item_leaves_out(tmp_path: Path) -> None:
    path = write(tmp_path, "defaults: {publisher: p, licence: l, verified: true}\nitems: [{id: x, title: t, url: u}]")
    assert read_items(path, Source) == [Source.model_validate(ITEM)]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[]", "expected the keys"),
        ("items: 3", "expected the keys"),
        ("items: [3]", "not a mapping"),
        ("items: []\nextra: 1", "expected the keys"),
        ("items: [{id: x, titel: t}]", r"x: unknown key 'titel'; did you mean 'title'\?; choose from: id, title"),
    ],
)
def test_a_bad_item_is_named(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(ContentError, match=says) as error:
        read_items(write(tmp_path, text), Source)
    assert "sources.yaml" in str(error.value)


@pytest.mark.parametrize(
    ("model", "raw", "key"),
    [
        (RedFlagRule, {"when": {"and": ["a"]}}, "when"),
        (Modifier, {"when": {"and": ["a"]}}, "when"),
        (Concept, {"follows_from": ["a", {"and": ["b"]}]}, "follows_from.1"),
        (Question, {"only_if": {"and": ["a"]}}, "only_if"),
        (Protocol, {"opens_when": {"and": ["a"]}}, "opens_when"),
        (Protocol, {"levels": [{"when": {"and": ["a"]}, "disposition": "today"}]}, "levels.0.when"),
    ],
)
def test_a_condition_that_does_not_parse_is_named_with_file_item_and_key(
    model: type[Content], raw: dict[str, object], key: str
) -> None:
    with pytest.raises(ContentError) as error:
        build(model, {"id": "x", **raw}, "some.yaml")
    told = str(error.value).removeprefix("some.yaml, x: ").split("; ")
    assert str(error.value).startswith("some.yaml, x: ")
    assert f"{key}: unknown key 'and' in a condition" in told
