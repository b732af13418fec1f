"""A clinic's own content folder laid over the packaged content, file by file."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from os import PathLike
from pathlib import Path
from typing import IO, Any

from knowledge.errors import ContentError, did_you_mean
from knowledge.signing import SIGNATURES, SIGNED_TEXTS

FOLDERS = (
    "articles",
    "concepts",
    "lexicon",
    "protocols",
    "questions",
    "red_flags",
    "replies",
    "services",
    "sources",
)
"""Folders that a clinic may add to; a file of the same name stands instead of the packaged one."""
SINGLE_FILES = ("modifiers.yaml", "requests.yaml", "sources.yaml", SIGNATURES, SIGNED_TEXTS)


def packaged() -> Traversable:
    """Return the content folder that comes with Salama."""
    return files("knowledge") / "content"


def content_root(overlay: Path | None) -> Traversable:
    """Return the content folder to load: the packaged one, with a clinic's own folder over it if there is one.

    Args:
        overlay: The clinic's folder, in the layout of the packaged one; it holds only what it adds or replaces.

    Raises:
        ContentError: The folder is missing, or holds something that would silently be ignored.
    """
    if overlay is None:
        return packaged()
    if not overlay.is_dir():
        raise ContentError(f"content folder {str(overlay)!r} is not a folder; name the one that holds articles/")
    _check(overlay)
    return Overlay(overlay, packaged())


def _check(folder: Path) -> None:
    """Refuse what no loader would read: a clinic must not believe that a misnamed file counts."""
    for path in sorted(folder.iterdir()):
        name = path.name
        if name.startswith(".") or (name in SINGLE_FILES and path.is_file()):
            continue
        if name not in FOLDERS or not path.is_dir():
            raise ContentError(
                f"{path}: no part of a content folder{did_you_mean(name, (*FOLDERS, *SINGLE_FILES))}; "
                f"choose from: {', '.join((*FOLDERS, *SINGLE_FILES))}"
            )
        suffix = ".md" if name == "articles" else ".yaml"
        for inner in sorted(path.rglob("*")):
            if inner.is_file() and inner.suffix != suffix and not inner.name.startswith("."):
                raise ContentError(f"{inner}: would not be read; files in {name}/ end in {suffix}")


class Overlay(Traversable):
    """Two folders read as one: files of the upper one stand before those of the lower one.

    Args:
        upper: The folder that adds and replaces; it need not exist.
        lower: The folder it lies on.
    """

    def __init__(self, upper: Traversable, lower: Traversable) -> None:
        self.upper = upper
        self.lower = lower

    @property
    def name(self) -> str:
        """Name of the folder."""
        return self.lower.name

    def iterdir(self) -> Iterator[Traversable]:
        """Yield what either folder holds, once by name."""
        names = {path.name for folder in (self.upper, self.lower) if folder.is_dir() for path in folder.iterdir()}
        yield from (self / name for name in sorted(names))

    def joinpath(self, *descendants: str | PathLike[str]) -> Traversable:
        """Return a file of the upper folder, else of the lower one; folders of both stay laid over each other."""
        found: Traversable = self
        for name in (part for text in descendants for part in str(text).split("/")):
            found = found._child(name) if isinstance(found, Overlay) else found.joinpath(name)
        return found

    def __truediv__(self, child: str | PathLike[str]) -> Traversable:
        return self.joinpath(child)

    def _child(self, name: str) -> Traversable:
        above, below = self.upper / name, self.lower / name
        if above.is_dir() or (below.is_dir() and not above.is_file()):
            return Overlay(above, below)
        return above if above.is_file() else below

    def is_dir(self) -> bool:
        """Whether either is a folder."""
        return self.upper.is_dir() or self.lower.is_dir()

    def is_file(self) -> bool:
        """An overlay is a folder."""
        return False

    def open(self, mode: Any = "r", *args: Any, **kwargs: Any) -> IO[Any]:
        """Folders cannot be opened.

        Raises:
            IsADirectoryError: Always.
        """
        raise IsADirectoryError(self.name)

    def read_bytes(self) -> bytes:
        """Folders cannot be read.

        Raises:
            IsADirectoryError: Always.
        """
        raise IsADirectoryError(self.name)

    def read_text(self, encoding: str | None = None) -> str:
        """Folders cannot be read.

        Raises:
            IsADirectoryError: Always.
        """
        raise IsADirectoryError(self.name)
