"""A folder of Markdown with front matter: a clinic's own leaflets, in the layout of our articles or a looser one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token
from pydantic import StrictStr, ValidationError

from knowledge.errors import ContentError, did_you_mean
from knowledge.files import parse_yaml, told
from knowledge.importing.draft import Draft, Notes, Origin, check_slug, known_language, plain, read_text
from knowledge.importing.hypertext import sentences_of_html
from knowledge.schema import SECTIONS, Content, Review, SectionKind
from knowledge.vocabulary import LANGUAGES

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*\n?(.*)\Z", re.DOTALL | re.MULTILINE)
_HEADINGS: Mapping[SectionKind, tuple[str, ...]] = {
    "about": ("à propos", "ce que cela peut être", "ماذا قد يكون"),
    "spread": ("est-ce contagieux", "هل ينتقل إلى الآخرين"),
    "do": ("ce que vous pouvez faire", "ما يمكنك فعله"),
    "avoid": ("à éviter", "ce qu'il faut éviter", "ما يجب تجنبه"),
    "emergency": ("demandez de l'aide maintenant si", "اطلب المساعدة الآن إذا"),
    "see_someone": ("consultez bientôt si", "راجع طبيبا قريبا إذا"),
}
"""Headings in French and Arabic by the section they open."""
_KINDS = {name: kind for kind, english in SECTIONS.items() for name in (kind, english, *_HEADINGS[kind])}


class _Reference(Content):
    title: StrictStr
    publisher: StrictStr
    licence: StrictStr | None = None
    url: StrictStr = ""


class _FrontMatter(Content):
    title: StrictStr
    language: StrictStr | None = None
    licence: StrictStr | None = None
    sources: tuple[StrictStr | _Reference, ...]
    slug: StrictStr | None = None
    keywords: tuple[StrictStr, ...] = ()
    concepts: tuple[StrictStr, ...] = ()
    audience: Literal["adult", "child", "pregnancy", "any"] = "any"
    status: StrictStr | None = None
    """Read and dropped: whatever a file says of itself, it comes in as a draft."""
    reviewed: Review | None = None
    native_review: bool = False
    author: StrictStr | None = None


def read_markdown(
    folder: Path, notes: Notes, *, language: str | None, licence: str | None, today: str
) -> Iterator[Draft]:
    """Yield a draft for each Markdown file below a folder.

    Args:
        folder: The folder.
        notes: Is told what was left out.
        language: Written form of files that name none.
        licence: Licence of files that name none.
        today: Date for the provenance.

    Raises:
        ContentError: A file is no article, or there is none; the message names every bad file, with the line.
    """
    root = folder.resolve()
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    wanted = [path for path in paths if path.suffix.lower() == ".md"]
    if not wanted:
        raise ContentError(f"{folder}: holds no .md file")
    for path in paths:
        if path not in wanted:
            notes.lines.append(f"{path}: left out, only .md files are read from a folder")
    wrong: list[str] = []
    for path in wanted:
        try:
            if not path.resolve().is_relative_to(root):
                raise ContentError(f"{path}: leads out of the folder; copy the file itself")
            yield _draft(path, notes, language, licence, today)
        except ContentError as error:
            wrong.append(str(error))
    if wrong:
        raise ContentError("\n  ".join(wrong[:20]))


def _draft(path: Path, notes: Notes, fallback: str | None, rights: str | None, today: str) -> Draft:
    text = read_text(path).replace("\r\n", "\n")
    match = _FRONT_MATTER.match(text)
    if match is None:
        raise ContentError(f"{path}: line 1: must begin with front matter between two lines of '---'")
    # an empty line stands for the '---', so that messages count lines as an editor does
    given = _front_matter(path, "\n" + match.group(1))
    stem, _, suffix = path.stem.partition(".")
    tag = given.language or suffix or fallback
    if not tag:
        raise ContentError(f"{path}: line 1: no language; add 'language:' or --language ({', '.join(LANGUAGES)})")
    language = known_language(tag)
    if language is None:
        line = _line_of(text, "language")
        raise ContentError(f"{path}: line {line}: unknown language {tag!r}; choose from: {', '.join(LANGUAGES)}")
    licence = given.licence or rights
    if licence is None:
        raise ContentError(f"{path}: line 1: no licence; add 'licence:' or --licence")
    if not given.sources:
        raise ContentError(f"{path}: line {_line_of(text, 'sources')}: name at least one source")
    where = f"{path}: line {_line_of(text, 'slug')}"
    return Draft(
        where=str(path),
        slug=check_slug(given.slug or stem.lower(), where),
        language=language,
        title=plain(given.title),
        sections=tuple(_sections(path, match.group(2), text.count("\n", 0, match.start(2)), notes)),
        licence=licence,
        imported=f"{path.name}{_review(given)}, {today}",
        origins=tuple(
            Origin(plain(item.title), plain(item.publisher), item.licence or licence, item.url, given.author)
            for item in given.sources
            if not isinstance(item, str)
        ),
        sources=tuple(item for item in given.sources if isinstance(item, str)),
        keywords=tuple(map(plain, given.keywords)),
        concepts=given.concepts,
        audience=given.audience,
    )


def _review(given: _FrontMatter) -> str:
    """Return what the file says of its own review: kept as where it comes from, never as our review."""
    return f" (said to be reviewed by {given.reviewed.by} on {given.reviewed.on})" if given.reviewed else ""


def _front_matter(path: Path, text: str) -> _FrontMatter:
    raw = parse_yaml(text, str(path))
    if not isinstance(raw, dict):
        raise ContentError(f"{path}: line 2: the front matter must be a mapping")
    try:
        return _FrontMatter.model_validate(raw)
    except ValidationError as error:
        wrong = error.errors()[0]
        key = wrong.get("ctx", {}).get("key") or next(map(str, wrong["loc"]), "")
        raise ContentError(f"{path}: line {_line_of(text, key)}: {told(wrong)}") from None


def _line_of(text: str, key: str) -> int:
    match = re.search(rf"^{re.escape(key)}\s*:", text, re.MULTILINE)
    return text.count("\n", 0, match.start()) + 1 if match else 1


def _sections(path: Path, body: str, before: int, notes: Notes) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield kind and sentences of each section; text before the first heading is about the matter.

    Args:
        path: The file.
        body: The Markdown after the front matter.
        before: Lines that stand before it.
        notes: Is told what was left out.
    """
    markdown = MarkdownIt("commonmark").enable("table")
    kind, line = "about", before + 1
    part: list[Token] = []

    def close() -> Iterator[tuple[str, tuple[str, ...]]]:
        html = markdown.renderer.render(part, markdown.options, {})
        where = f"{path}: section from line {line}"
        sentences = notes.keep(sentences_of_html(html, notes, where), where)
        if sentences:
            yield kind, sentences
        part.clear()

    tokens = iter(markdown.parse(body))
    for token in tokens:
        if token.type != "heading_open" or token.tag not in ("h1", "h2"):
            part.append(token)
            continue
        heading = next(tokens).content.strip().rstrip(":…. ").casefold()
        next(tokens)
        here = before + 1 + (token.map[0] if token.map else 0)
        if token.tag == "h1":
            continue
        yield from close()
        if heading not in _KINDS:
            raise ContentError(
                f"{path}: line {here}: unknown section {heading!r}{did_you_mean(heading, _KINDS)}; "
                f"choose from: {', '.join(SECTIONS)}"
            )
        kind, line = _KINDS[heading], here
    yield from close()
