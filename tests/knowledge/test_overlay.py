"""A clinic's folder lies over the packaged content file by file, and nothing in it is silently ignored."""

from pathlib import Path

import pytest

from knowledge import ContentError, content_hash, content_root
from knowledge.overlay import Overlay, packaged


def put(path: Path, text: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_upper_files_stand_before_lower_ones_and_folders_merge(tmp_path: Path) -> None:
    upper, lower = tmp_path / "upper", tmp_path / "lower"
    put(lower / "articles" / "a.en.md", "old a")
    put(lower / "articles" / "b.en.md", "old b")
    put(lower / "lexicon" / "fr" / "x.yaml", "x")
    put(upper / "articles" / "a.en.md", "new a")
    put(upper / "articles" / "c.en.md", "new c")
    put(upper / "lexicon" / "fr" / "y.yaml", "y")
    both = Overlay(upper, lower)
    texts = {path.name: path.read_text(encoding="utf-8") for path in (both / "articles").iterdir()}
    assert texts == {"a.en.md": "new a", "b.en.md": "old b", "c.en.md": "new c"}
    assert [path.name for path in both.joinpath("lexicon", "fr").iterdir()] == ["x.yaml", "y.yaml"]
    assert (both / "lexicon/fr/y.yaml").read_text(encoding="utf-8") == "y"
    assert not (both / "nothing.yaml").is_file() and not (both / "nothing").is_dir()


def test_the_version_covers_the_clinics_files(tmp_path: Path) -> None:
    put(tmp_path / "articles" / "a.en.md", "one")
    before = content_hash(content_root(tmp_path))
    put(tmp_path / "articles" / "a.en.md", "two")
    assert before != content_hash(content_root(tmp_path)) != content_hash(packaged())


def test_without_a_folder_the_packaged_content_is_loaded() -> None:
    assert content_root(None) == packaged()


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("artcles/a.en.md", "did you mean 'articles'"),
        ("articles/a.en.txt", "files in articles/ end in .md"),
        ("red_flags/deep/cardiac.yml", "files in red_flags/ end in .yaml"),
        ("claims/en.yaml", "choose from"),
        ("modifier.yaml", "did you mean 'modifiers.yaml'"),
    ],
)
def test_what_would_be_ignored_is_refused(tmp_path: Path, name: str, says: str) -> None:
    put(tmp_path / name)
    with pytest.raises(ContentError) as error:
        content_root(tmp_path)
    assert says in str(error.value) and Path(name).parts[0] in str(error.value)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="nowhere"):
        content_root(tmp_path / "nowhere")
