"""Reading vetted articles: Markdown with front matter and sections of one sentence a line."""

from __future__ import annotations

import re
from importlib.resources.abc import Traversable

from knowledge.errors import ContentError
from knowledge.files import build, parse_yaml, read_yaml
from knowledge.schema import Article

_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n(.*)\Z", re.DOTALL)


def read_article(path: Traversable) -> Article:
    """Read `<slug>.<language>.md`.

    Raises:
        ContentError: Front matter or a section is missing or wrong; the message names the file.
    """
    match = _FRONT_MATTER.match(path.read_text(encoding="utf-8").replace("\r\n", "\n"))
    if not match:
        raise ContentError(f"{path.name}: must begin with front matter between two lines of '---'")
    meta = parse_yaml(match.group(1), path.name)
    if not isinstance(meta, dict):
        raise ContentError(f"{path.name}: the front matter must be a mapping")
    article_id = f"{meta.get('slug')}.{meta.get('language')}"
    if path.name != f"{article_id}.md":
        raise ContentError(f"{path.name}: slug and language say the file should be called {article_id}.md")
    return build(Article, {**meta, "id": article_id, "sections": _sections(match.group(2), path.name)}, path.name)


def read_topics(path: Traversable) -> dict[str, tuple[str, ...]]:
    """Read patients' words for topics: a mapping of slugs to lists.

    Raises:
        ContentError: It is something else; the message names the file and the slug.
    """
    table = read_yaml(path)
    if not isinstance(table, dict):
        raise ContentError(f"{path.name}: expected slugs with lists of words")
    for slug, words in table.items():
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise ContentError(f"{path.name}, {slug}: expected a list of words")
    return {slug: tuple(words) for slug, words in table.items()}


def _sections(body: str, name: str) -> list[dict[str, object]]:
    sections: list[dict[str, object]] = []
    sentences: list[str] = []
    for number, line in enumerate(body.splitlines(), start=1):
        line = line.strip()
        if line.startswith("## "):
            sentences = []
            sections.append({"kind": line[3:].strip(), "sentences": sentences})
        elif line.startswith("- ") and sections:
            sentences.append(line[2:].strip())
        elif line:
            raise ContentError(f"{name}: body line {number}: expected '## section' or '- sentence', not {line[:40]!r}")
    if not sections:
        raise ContentError(f"{name}: has no sections")
    return sections
