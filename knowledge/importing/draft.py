"""What every importer makes of its input: drafts of articles, and notes on what was left out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from knowledge.errors import ContentError
from knowledge.vocabulary import LANGUAGES

MOST_FILE_BYTES = {".md": 1_000_000, ".json": 32_000_000, ".xml": 200_000_000}
"""Most bytes of a file, by its ending; an article never has a megabyte."""
MOST_ARTICLE_CHARACTERS = 60_000

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ADDRESS = re.compile(
    r"https?:|www\.|[\w.+-]+@[\w-]+\.\w|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|gov|net|int|edu|info|ma|fr|uk)\b",
    re.IGNORECASE,
)
_TELEPHONE = re.compile(
    r"(?<![\w.,])(?:\+|00)?\(?\d{2,4}\)?(?:[\s.-]?\d{2,4}){2,5}(?![\w,])"
    r"|\b(?:call|dial|phone|text|appel\w+|compos\w+|faites|numéro|3eyy?e?t\w*)\s+(?:the |le |au |l |number )*\d{2,6}\b"
    r"|(?:اتصل\w*|عيط\w*|الرقم)\s+(?:على|ب|بـ|ل)?\s*\d{2,6}",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[.!?؟])[\"»”)]*\s+(?=[^\W_a-z]|[\d«“\"(])")


@dataclass(frozen=True)
class Origin:
    """The document that a text comes from, as it stands in the bibliography."""

    title: str
    publisher: str
    licence: str
    url: str = ""
    note: str | None = None


@dataclass(frozen=True)
class Draft:
    """An article that is not written yet."""

    where: str
    """File and line, or path in the file, for messages."""
    slug: str
    language: str
    title: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    licence: str
    imported: str
    origins: tuple[Origin, ...] = ()
    sources: tuple[str, ...] = ()
    """Ids of the bibliography that the text names itself."""
    keywords: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()
    audience: str = "any"

    @property
    def id(self) -> str:
        """Slug and language."""
        return f"{self.slug}.{self.language}"


@dataclass
class Notes:
    """What an operator is told beside the errors."""

    lines: list[str] = field(default_factory=list)

    def allow(self, text: str, where: str) -> bool:
        """Whether a patient may read this; what holds an address or a telephone number is noted.

        Numbers come only from `services/`, so that nobody dials one that is wrong in their country.
        """
        what = "a web or mail address" if _ADDRESS.search(text) else None
        what = what or ("a telephone number" if _TELEPHONE.search(text) else None)
        if what is not None:
            self.lines.append(f"{where}: left out, it holds {what}: {text}")
        return what is None

    def keep(self, sentences: Iterable[str], where: str) -> tuple[str, ...]:
        """Return the sentences a patient may read."""
        return tuple(text for text in map(plain, sentences) if text and self.allow(text, where))


def plain(text: str) -> str:
    """Return one line without control and invisible characters, in which instructions could hide."""
    visible = "".join(
        character
        for character in text
        # joiners are letters' neighbours in Arabic script; the rest of Cf is direction overrides and zero-width marks
        if unicodedata.category(character) not in ("Cf", "Co", "Cn", "Cs") or character in "\u200c\u200d"
    )
    return " ".join("".join(" " if unicodedata.category(c) == "Cc" else c for c in visible).split())


def split_sentences(text: str) -> list[str]:
    """Cut a paragraph into sentences."""
    return [part.strip() for part in _SENTENCE_END.split(plain(text)) if part.strip()]


def as_slug(text: str, where: str) -> str:
    """Return a short name for file names made of a title.

    Raises:
        ContentError: Nothing of the title can stand in a file name.
    """
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    slug = "-".join(re.findall(r"[a-z0-9]+", ascii_text))[:80].strip("-")
    if not slug:
        raise ContentError(f"{where}: no name can be made of {text!r}; give it a slug in Latin letters")
    return slug


def check_slug(slug: str, where: str) -> str:
    """Return the slug, if it can be part of a file name and of nothing else.

    Raises:
        ContentError: It holds slashes, dots, capitals or anything but letters, digits and hyphens.
    """
    if not _SLUG.fullmatch(slug) or len(slug) > 80:
        raise ContentError(f"{where}: slug {slug!r} must be small Latin letters, digits and hyphens, 80 at most")
    return slug


def known_language(tag: str) -> str | None:
    """Return the written form of Salama that a BCP 47 tag stands for, None when it speaks none of them."""
    exact = {language.lower(): language for language in LANGUAGES}
    parts = tag.strip().replace("_", "-").lower().split("-")
    if parts[0] == "ary" and "latn" in parts:
        return "ary-Latn"
    return exact.get("-".join(parts)) or exact.get(parts[0])


def read_text(path: Path) -> str:
    """Read a text file.

    Raises:
        ContentError: It is too large, binary, or not UTF-8; the message names the line.
    """
    raw = read_bytes(path)
    if b"\0" in raw:
        raise ContentError(f"{path}: is no text (it holds zero bytes); export it as UTF-8 text")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ContentError(
            f"{path}: line {line}: byte 0x{raw[error.start]:02X} is not UTF-8; save the file as UTF-8"
        ) from None


def read_bytes(path: Path) -> bytes:
    """Read a file of bearable size.

    Raises:
        ContentError: It cannot be read, or is too large.
    """
    limit = MOST_FILE_BYTES[path.suffix.lower()]
    try:
        size = path.stat().st_size
        if size > limit:
            raise ContentError(f"{path}: has {size / 1e6:.1f} MB; at most {limit / 1e6:.0f} MB are read, split it")
        return path.read_bytes()
    except OSError as error:
        raise ContentError(f"{path}: cannot be read: {error.strerror}") from None
