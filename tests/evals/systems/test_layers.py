"""A red-flag layer finds what its published lists say, read from a file of the project's own form."""

from pathlib import Path

import pytest

from evals.systems.layers import RedFlagLayer, Source, sources
from evals.vignette import SuiteError, Vignette
from knowledge import Disposition

CODE = """
interface Pattern { keywords: string[]; }
const PATTERNS = [
  { keywords: ['can\\'t swallow', "blue lips"], /* 'a comment' */ advice: 'sit up' },
  // keywords: ['commented out']
  { keywords: ['sore throat'], co_requires: ['drooling'], advice: 'go' },
];
"""


def layer(folder: Path, *, whole: bool = False, sees: str = "message") -> RedFlagLayer:
    (folder / "x.ts").write_text(CODE, encoding="utf-8")
    raw = {"name": "X", "source": "https://example.org/x.ts", "licence": "MIT", "saved_as": "x.ts"}
    raw |= {"lists": ["keywords", "co_requires"], "whole_words": whole, "sees": sees}
    return RedFlagLayer(Source.model_validate(raw), folder)


def said(system: RedFlagLayer, *turns: str) -> bool:
    case = Vignette(id="x", turns=turns, reference=(Disposition.AMBULANCE,))
    advised = system.play(case).advised
    assert advised in (Disposition.EMERGENCY_DEPARTMENT, Disposition.ROUTINE)
    return advised is Disposition.EMERGENCY_DEPARTMENT


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I can't swallow", True),
        ("BLUE LIPS!", True),
        ("no blue lips at all", True),
        ("sore throat", False),
        ("sore throat and drooling", True),
        ("a comment, commented out, sit up", False),
    ],
)
def test_a_rule_needs_a_word_of_each_of_its_lists(tmp_path: Path, text: str, found: bool) -> None:
    assert said(layer(tmp_path), text) is found


def test_what_a_layer_sees_is_the_message_or_the_conversation(tmp_path: Path) -> None:
    turns = ("sore throat", "and drooling")
    assert not said(layer(tmp_path), *turns) and said(layer(tmp_path, sees="conversation"), *turns)
    assert said(layer(tmp_path), "blue lips", "it is nothing")


def test_whole_words_are_not_found_in_others(tmp_path: Path) -> None:
    assert said(layer(tmp_path), "blue lipstick") and not said(layer(tmp_path, whole=True), "blue lipstick")


def test_a_file_that_is_missing_or_another_says_where_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(SuiteError, match=r"x\.ts is missing; fetch it from https://example\.org"):
        RedFlagLayer(sources()[0].model_copy(update={"saved_as": "x.ts", "source": "https://example.org"}), tmp_path)
    (tmp_path / "x.ts").write_text("const other = ['a'];", encoding="utf-8")
    with pytest.raises(SuiteError, match="none of the lists"):
        RedFlagLayer(sources()[0].model_copy(update={"saved_as": "x.ts"}), tmp_path)


def test_every_layer_names_its_licence_and_a_fixed_version() -> None:
    assert len(sources()) >= 2
    assert all(item.licence and any(len(part) == 40 for part in item.source.split("/")) for item in sources())
