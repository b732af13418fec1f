"""Import as a whole: read everything, write it aside, load it with the real loader, and only then move it in."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import yaml

from knowledge.errors import ContentError
from knowledge.importing.draft import MOST_ARTICLE_CHARACTERS, Draft, Notes
from knowledge.importing.fhir import read_fhir
from knowledge.importing.markdown import read_markdown
from knowledge.importing.medlineplus import read_medlineplus
from knowledge.loader import load_knowledge
from knowledge.overlay import Overlay, content_root, packaged

_REVIEW = timedelta(days=365)


@dataclass(frozen=True)
class Imported:
    """What an import did."""

    articles: tuple[str, ...]
    replaced: tuple[str, ...]
    """Articles of the packaged content that the new ones will stand instead of, once signed."""
    notes: tuple[str, ...]
    """What was left out, with file and place."""


def import_content(
    path: Path,
    to: Path,
    *,
    today: date,
    language: str | None = None,
    licence: str | None = None,
    overwrite: bool = False,
) -> Imported:
    """Turn a clinic's texts into draft articles of its content folder, all of them or none.

    Args:
        path: A folder of Markdown, a MedlinePlus `.xml` file, or a FHIR R4 `.json` file.
        to: The clinic's content folder; made if it is missing.
        today: Date of the import.
        language: Written form of texts that name none.
        licence: Licence of texts that name none.
        overwrite: Replace articles of the same name that stand in the folder already.

    Raises:
        ContentError: Something is wrong; the message names file and line, and the folder is as it was.
    """
    notes = Notes()
    usable: list[Draft] = []
    for draft in _drafts(path, notes, language=language, licence=licence, today=today.isoformat()):
        if any(sentences for _, sentences in draft.sections):
            usable.append(draft)
        else:
            notes.lines.append(f"{draft.where}: left out, {draft.title!r} has no text that could be shown")
    if not usable:
        raise ContentError("\n  ".join([f"{path}: holds no text to import", *notes.lines]))
    _check_names(usable, to, overwrite)
    with _folder(to):
        if any(to.iterdir()):
            content_root(to)
        with tempfile.TemporaryDirectory(prefix=".import-", dir=to) as aside:
            written = [name for draft in usable for name in _write(Path(aside), draft, today)]
            load_knowledge(Overlay(Path(aside), Overlay(to, packaged())))
            _move(Path(aside), to, written)
    shipped = packaged() / "articles"
    return Imported(
        articles=tuple(draft.id for draft in usable),
        replaced=tuple(draft.id for draft in usable if (shipped / f"{draft.id}.md").is_file()),
        notes=tuple(notes.lines),
    )


def _drafts(path: Path, notes: Notes, *, language: str | None, licence: str | None, today: str) -> Iterable[Draft]:
    if path.is_dir():
        return read_markdown(path, notes, language=language, licence=licence, today=today)
    if not path.is_file():
        raise ContentError(f"{path}: is neither a file nor a folder")
    match path.suffix.lower():
        case ".xml":
            return read_medlineplus(path, notes, today=today)
        case ".json":
            return read_fhir(path, notes, language=language, licence=licence, today=today)
    raise ContentError(
        f"{path}: cannot be imported; give a folder of Markdown, a MedlinePlus .xml or a FHIR R4 .json file"
    )


def _check_names(drafts: Iterable[Draft], to: Path, overwrite: bool) -> None:
    seen: dict[str, Draft] = {}
    for draft in drafts:
        if draft.id in seen:
            raise ContentError(f"{draft.where}: gives article {draft.id!r} again; {seen[draft.id].where} has it too")
        seen[draft.id] = draft
        if not overwrite and (to / "articles" / f"{draft.id}.md").exists():
            raise ContentError(f"{draft.where}: article {draft.id!r} stands in {to} already; replace it with --replace")
        size = sum(len(sentence) for _, sentences in draft.sections for sentence in sentences)
        if size > MOST_ARTICLE_CHARACTERS:
            raise ContentError(
                f"{draft.where}: has {size} characters of text; an article has {MOST_ARTICLE_CHARACTERS} at most"
            )


@contextmanager
def _folder(to: Path) -> Iterator[None]:
    """Make the folder, and take it away again if nothing came of it."""
    fresh = not to.exists()
    try:
        to.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        raise ContentError(f"{to}: cannot be written: {error.strerror}") from None
    finally:
        if fresh and to.is_dir() and not any(to.iterdir()):
            to.rmdir()


def _write(aside: Path, draft: Draft, today: date) -> Iterator[str]:
    """Write an article and the sources it brings; yield their names in the folder."""
    origins = {f"import.{draft.id}.{number}": origin for number, origin in enumerate(draft.origins, start=1)}
    if origins:
        rows = [
            {
                "id": name,
                "title": origin.title,
                "publisher": origin.publisher,
                "url": origin.url,
                "licence": origin.licence,
                "verified": True,
                "note": f"imported from {draft.imported}" + (f"; {origin.note}" if origin.note else ""),
            }
            for name, origin in origins.items()
        ]
        yield _put(aside, f"sources/import.{draft.id}.yaml", _yaml({"items": rows}))
    meta = {
        "slug": draft.slug,
        "language": draft.language,
        "title": draft.title,
        "keywords": list(draft.keywords),
        "concepts": list(draft.concepts),
        "audience": draft.audience,
        "sources": [*draft.sources, *origins],
        "licence": draft.licence,
        "status": "draft",
        "reviewed": {"by": "nobody yet (imported)", "on": today, "next": today + _REVIEW},
        "native_review": False,
        "imported": draft.imported,
    }
    body = "".join(
        f"\n## {kind}\n\n" + "".join(f"- {sentence}\n" for sentence in sentences)
        for kind, sentences in draft.sections
        if sentences
    )
    yield _put(aside, f"articles/{draft.id}.md", f"---\n{_yaml(meta)}---\n{body}")


def _yaml(data: object) -> str:
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=120)


def _put(aside: Path, name: str, text: str) -> str:
    path = aside / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return name


def _move(aside: Path, to: Path, names: Iterable[str]) -> None:
    """Move files in; when one cannot be moved, put back what was there before."""
    backup = aside / "before"
    moved: list[str] = []
    try:
        for name in names:
            target = to / name
            target.parent.mkdir(exist_ok=True)
            if target.exists():
                (backup / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(target, backup / name)
            (aside / name).replace(target)
            moved.append(name)
    except OSError:
        for name in moved:
            if (backup / name).exists():
                (backup / name).replace(to / name)
            else:
                (to / name).unlink()
        for folder in ("articles", "sources"):
            if (to / folder).is_dir() and not any((to / folder).iterdir()):
                (to / folder).rmdir()
        raise
