"""FHIR R4: the texts of PlanDefinition, Library and DocumentReference, alone or in a Bundle; nothing is fetched."""

from __future__ import annotations

import base64
import binascii
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from knowledge.errors import ContentError
from knowledge.importing.draft import Draft, Notes, Origin, as_slug, known_language, plain, read_text, split_sentences
from knowledge.importing.hypertext import sentences_of_html, sentences_of_markdown
from knowledge.vocabulary import LANGUAGES

KINDS = ("PlanDefinition", "Library", "DocumentReference")
_MARKDOWN = ("text/markdown", "text/x-markdown")
_HTML = ("text/html", "application/xhtml+xml")
_Found = tuple[str, dict[str, Any]]


def read_fhir(path: Path, notes: Notes, *, language: str | None, licence: str | None, today: str) -> Iterator[Draft]:
    """Yield a draft for each resource that carries text.

    Args:
        path: The JSON file.
        notes: Is told what was left out.
        language: Written form of resources that name none.
        licence: Licence of resources that name none in `copyright`.
        today: Date for the provenance.

    Raises:
        ContentError: The file is no such FHIR; the message names the line, or the path in the JSON.
    """
    try:
        yield from _read(path, notes, language, licence, today)
    except RecursionError:
        raise ContentError(f"{path}: is nested too deeply to be a care plan") from None


def _read(path: Path, notes: Notes, language: str | None, licence: str | None, today: str) -> Iterator[Draft]:
    text = read_text(path)
    try:
        raw = json.loads(text)
    except json.JSONDecodeError as error:
        raise ContentError(f"{path}: line {error.lineno}, column {error.colno}: not valid JSON: {error.msg}") from None
    others: Counter[str] = Counter()
    found = 0
    for place, resource in _resources(path, raw):
        kind = str(resource.get("resourceType"))
        if kind not in KINDS:
            others[kind] += 1
            continue
        found += 1
        yield _draft(path, place, resource, notes, language, licence, today)
    for kind, count in others.items():
        notes.lines.append(f"{path}: left out {count} {kind} resource(s); texts are read from {', '.join(KINDS)}")
    if not found:
        raise ContentError(f"{path}: holds none of {', '.join(KINDS)}")


def _resources(path: Path, raw: object) -> Iterator[_Found]:
    if not isinstance(raw, dict) or not isinstance(raw.get("resourceType"), str):
        raise ContentError(f"{path}: $.resourceType: missing; expected a FHIR R4 Bundle, {', '.join(KINDS)}")
    if raw["resourceType"] != "Bundle":
        yield raw["resourceType"], raw
        return
    for number, entry in enumerate(_list(path, "Bundle", raw, "entry")):
        place = f"Bundle.entry[{number}].resource"
        resource = entry.get("resource")
        if not isinstance(resource, dict):
            raise ContentError(f"{path}: {place}: missing, or no object")
        yield place, resource


def _draft(
    path: Path,
    place: str,
    resource: dict[str, Any],
    notes: Notes,
    fallback: str | None,
    licence: str | None,
    today: str,
) -> Draft:
    where = f"{path}: {place}"
    kind = resource["resourceType"]
    title = plain(_text(path, place, resource, "title") or _text(path, place, resource, "description"))[:200]
    title = title or plain(_text(path, place, resource, "name"))
    if not title:
        raise ContentError(f"{where}.title: missing, and no description either; the article needs a title")
    rights = plain(_text(path, place, resource, "copyright")) or licence
    if rights is None:
        raise ContentError(f"{where}.copyright: missing; name the licence with --licence")
    attachments = list(_attachments(path, place, resource, notes))
    tags = [_text(path, place, resource, "language"), *(str(item.get("language") or "") for _, item in attachments)]
    tag = next(filter(None, tags), fallback)
    if tag is None:
        raise ContentError(f"{where}.language: missing; name it with --language ({', '.join(LANGUAGES)})")
    language = known_language(tag)
    if language is None:
        raise ContentError(f"{where}.language: unknown language {tag!r}; choose from: {', '.join(LANGUAGES)}")
    sentences = (
        [] if kind == "DocumentReference" else _prose(path, place, resource, ("description", "purpose", "usage"), notes)
    )
    sentences += _actions(path, place, resource, notes)
    for inner, attachment in attachments:
        sentences += _attached(path, inner, attachment, notes)
    name = _text(path, place, resource, "name") or _text(path, place, resource, "id") or title
    return Draft(
        where=where,
        slug=f"fhir-{as_slug(name, where)}"[:80].strip("-"),
        language=language,
        title=title,
        sections=(("about", notes.keep(sentences, where)),),
        licence=rights,
        imported=f"{path.name}, {kind} {resource.get('id') or place}, {today}",
        origins=(Origin(title, _publisher(path, place, resource), rights, plain(_text(path, place, resource, "url"))),),
    )


def _prose(path: Path, place: str, holder: dict[str, Any], keys: tuple[str, ...], notes: Notes) -> list[str]:
    """Return sentences of FHIR markdown, which may hold HTML."""
    return [
        sentence
        for key in keys
        for sentence in sentences_of_markdown(_text(path, place, holder, key), notes, f"{path}: {place}.{key}")
    ]


def _actions(path: Path, place: str, holder: dict[str, Any], notes: Notes) -> list[str]:
    found: list[str] = []
    for number, action in enumerate(_list(path, place, holder, "action")):
        inner = f"{place}.action[{number}]"
        title = plain(_text(path, inner, action, "title")).rstrip(".:")
        words = _prose(path, inner, action, ("description", "textEquivalent"), notes)
        if title:
            found.append(f"{title}: {words.pop(0)}" if words else f"{title}.")
        found += words + _actions(path, inner, action, notes)
    return list(dict.fromkeys(found))


def _attachments(path: Path, place: str, resource: dict[str, Any], notes: Notes) -> Iterator[_Found]:
    for number, content in enumerate(_list(path, place, resource, "content")):
        inner = f"{place}.content[{number}]"
        # a Library holds attachments, a DocumentReference wraps each of them
        attachment = content.get("attachment") if resource["resourceType"] == "DocumentReference" else content
        if not isinstance(attachment, dict):
            raise ContentError(f"{path}: {inner}.attachment: missing, or no object")
        inner += ".attachment" if attachment is not content else ""
        if "data" in attachment:
            yield inner, attachment
        else:
            notes.lines.append(f"{path}: {inner}: left out, it only points elsewhere and nothing is fetched")


def _attached(path: Path, place: str, attachment: dict[str, Any], notes: Notes) -> list[str]:
    form, _, more = _text(path, place, attachment, "contentType").partition(";")
    form = form.strip().lower()
    if form not in ("text/plain", *_MARKDOWN, *_HTML):
        notes.lines.append(f"{path}: {place}: left out, {form or 'no contentType'} is no text")
        return []
    charset = next((part.split("=", 1)[1].strip() for part in more.split(";") if "charset=" in part), "utf-8")
    try:
        raw = base64.b64decode("".join(_text(path, place, attachment, "data").split()), validate=True)
    except (binascii.Error, ValueError):
        raise ContentError(f"{path}: {place}.data: not valid base64") from None
    try:
        text = raw.decode(charset.strip("\"'"))
    except (UnicodeDecodeError, LookupError):
        raise ContentError(f"{path}: {place}.data: is no {charset} text, as its contentType says") from None
    if "\0" in text:
        raise ContentError(f"{path}: {place}.data: is no text (it holds zero bytes)")
    if form in _HTML:
        return sentences_of_html(text, notes, f"{path}: {place}")
    if form in _MARKDOWN:
        return sentences_of_markdown(text, notes, f"{path}: {place}")
    return [sentence for paragraph in text.splitlines() for sentence in split_sentences(paragraph)]


def _publisher(path: Path, place: str, resource: dict[str, Any]) -> str:
    named = plain(_text(path, place, resource, "publisher"))
    custodian = resource.get("custodian")
    display = custodian.get("display") if isinstance(custodian, dict) else None
    return named or (plain(display) if isinstance(display, str) else "") or "not named"


def _text(path: Path, place: str, holder: dict[str, Any], key: str) -> str:
    found = holder.get(key)
    if found is None:
        return ""
    if not isinstance(found, str):
        raise ContentError(f"{path}: {place}.{key}: must be text, not {type(found).__name__}")
    return found


def _list(path: Path, place: str, holder: dict[str, Any], key: str) -> list[dict[str, Any]]:
    found = holder.get(key, [])
    if not isinstance(found, list):
        raise ContentError(f"{path}: {place}.{key}: must be a list")
    for number, item in enumerate(found):
        if not isinstance(item, dict):
            raise ContentError(f"{path}: {place}.{key}[{number}]: must be an object")
    return found
