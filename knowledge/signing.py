"""Signatures of clinicians: each locks an item by the hash of what it says, with name, role and date."""

from __future__ import annotations

import fnmatch
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources.abc import Traversable
from pathlib import Path

import yaml
from pydantic import StrictStr

from knowledge.errors import ContentError, did_you_mean
from knowledge.files import read_items
from knowledge.items import Document, as_text, digest
from knowledge.schema import Content

SIGNATURES = "signatures.yaml"
SIGNED_TEXTS = "signed.json"
"""What each item said when it was signed, so that a later change can be shown."""

_BY = re.compile(r"^[^,\n]*\w[^,\n]*,[^\n]*\w[^\n]*$")
_SHOWN = 12


class Signature(Content):
    """What one clinician signed on one day."""

    by: StrictStr
    """Name and role, as given."""
    on: date
    items: dict[StrictStr, StrictStr]
    """Item to the SHA-256 of what it said."""


@dataclass(frozen=True)
class Signing:
    """How the content stands to what was signed."""

    signed: frozenset[str] = frozenset()
    """Items whose signature holds."""
    unsigned: tuple[str, ...] = ()
    """Items that nobody signed."""
    altered: tuple[str, ...] = ()
    """Items that say something else than what was signed."""
    missing: tuple[str, ...] = ()
    """Items that were signed and are gone."""

    @property
    def complete(self) -> bool:
        """Whether everything is signed, and says what was signed."""
        return bool(self.signed) and not (self.unsigned or self.altered or self.missing)

    def faults(self) -> str:
        """Return what stands against serving the content as signed, naming the items."""
        parts = (
            ("altered since it was signed", self.altered),
            ("signed and gone", self.missing),
            ("not signed", self.unsigned),
        )
        return "; ".join(f"{what}: {_listed(items)}" for what, items in parts if items)


def _listed(items: tuple[str, ...]) -> str:
    more = f" and {len(items) - _SHOWN} more" if len(items) > _SHOWN else ""
    return ", ".join(items[:_SHOWN]) + more


def read_signatures(root: Traversable) -> tuple[Signature, ...]:
    """Return the signatures of a content folder; none when it has no signatures file.

    Raises:
        ContentError: The file is not valid, or an item is signed twice.
    """
    if not (root / SIGNATURES).is_file():
        return ()
    signatures = tuple(read_items(root / SIGNATURES, Signature))
    seen: set[str] = set()
    for signature in signatures:
        for name in signature.items:
            if name in seen:
                raise ContentError(f"{SIGNATURES}: item {name!r} is signed twice; keep the newer signature")
            seen.add(name)
    return signatures


def compare(signatures: Iterable[Signature], present: Mapping[str, Document]) -> Signing:
    """Return which items are signed, unsigned, altered or gone."""
    locked = {name: held for signature in signatures for name, held in signature.items.items()}
    holds = {name: digest(document) == locked[name] for name, document in present.items() if name in locked}
    return Signing(
        signed=frozenset(name for name, same in holds.items() if same),
        unsigned=tuple(sorted(set(present) - set(locked))),
        altered=tuple(sorted(name for name, same in holds.items() if not same)),
        missing=tuple(sorted(set(locked) - set(present))),
    )


def sign(folder: Path, present: Mapping[str, Document], by: str, on: date, pattern: str = "*") -> list[str]:
    """Lock items as they are now and return their names.

    Args:
        folder: The clinic's content folder, in which the signatures file stands.
        present: Every item of the content.
        by: Name and role of the clinician, with a comma between them.
        on: Day of the signature.
        pattern: Which items, with `*` and `?` as in file names.

    Raises:
        ContentError: The name lacks a role, no item fits, or a file cannot be read or written.
    """
    if not _BY.match(by):
        raise ContentError(f"--by {by!r}: give name and role, for example --by 'Dr Amina N., medical director'")
    wanted = {name: present[name] for name in sorted(present) if fnmatch.fnmatchcase(name, pattern)}
    if not wanted:
        raise ContentError(f"no item fits {pattern!r}{did_you_mean(pattern, present)}; names look like 'article:*.fr'")
    kept = [item for signature in read_signatures(folder) if (item := _without(signature, pattern)).items]
    fresh = Signature(by=by, on=on, items={name: digest(document) for name, document in wanted.items()})
    texts = {name: text for name, text in _texts(folder).items() if not fnmatch.fnmatchcase(name, pattern)}
    texts |= {name: as_text(document) for name, document in wanted.items()}
    rows = [signature.model_dump() for signature in (*kept, fresh)]
    # the texts first: a signature without its text could not be compared with later
    _write(folder / SIGNED_TEXTS, json.dumps(texts, ensure_ascii=False, indent=0, sort_keys=True) + "\n")
    _write(folder / SIGNATURES, yaml.safe_dump({"items": rows}, allow_unicode=True, sort_keys=False, width=120))
    return list(wanted)


def signed_documents(folder: Path) -> dict[str, Document]:
    """Return every signed item as it was when it was signed.

    Raises:
        ContentError: Nothing was signed, or a kept text is not what was signed.
    """
    locked = {name: held for signature in read_signatures(folder) for name, held in signature.items.items()}
    if not locked:
        raise ContentError(f"{folder}: nothing was signed here yet; compare with a folder instead")
    texts = _texts(folder)
    found: dict[str, Document] = {}
    for name, held in locked.items():
        document = json.loads(texts[name]) if name in texts else None
        if not isinstance(document, dict) or digest(document) != held:
            raise ContentError(f"{SIGNED_TEXTS}: the text of {name} is not the one that was signed; sign it again")
        found[name] = document
    return found


def _without(signature: Signature, pattern: str) -> Signature:
    left = {name: held for name, held in signature.items.items() if not fnmatch.fnmatchcase(name, pattern)}
    return signature.model_copy(update={"items": left})


def _texts(folder: Path) -> dict[str, str]:
    path = folder / SIGNED_TEXTS
    try:
        found = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    except (OSError, ValueError, RecursionError) as error:
        raise ContentError(f"{path}: cannot be read: {error}") from None
    if not isinstance(found, dict) or not all(isinstance(text, str) for text in found.values()):
        raise ContentError(f"{path}: must map item names to texts; remove it and sign again")
    return found


def _write(path: Path, text: str) -> None:
    """Write beside the file and swap, so that a full disk leaves the old file whole."""
    fresh = path.with_name(f".{path.name}.new")
    try:
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(path)
    except OSError as error:
        raise ContentError(f"{path}: cannot be written: {error.strerror}") from None
