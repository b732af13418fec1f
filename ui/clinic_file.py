"""The clinic's file on disk: read at the start, read again when it changes, never worse than before."""

from __future__ import annotations

import logging
import threading
import time
from pathlib import Path

from knowledge.errors import ContentError
from knowledge.files import build, parse_yaml
from triage import ConfigurationError
from ui.clinic import Clinic

log = logging.getLogger("salama")

LOOK_EVERY = 1.0
"""Seconds between two looks at the file."""
PICTURES = {".svg": "image/svg+xml", ".png": "image/png", ".webp": "image/webp", ".jpg": "image/jpeg"}
MOST_PICTURE = 200_000
"""Bytes of a logo; patients pay for them."""

Stamp = tuple[tuple[int, int], ...]


class ClinicFile:
    """What a clinic has set, as its file stands.

    Args:
        path: The YAML file; None when there is no clinic.

    Raises:
        ConfigurationError: The file cannot be read or is wrong; the message names file, key and choices.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.error: str | None = None
        """What is wrong with the newest version of the file, while an older one is in use."""
        self.version = 0
        """Grows with each version taken into use."""
        self._clinic: Clinic | None = None
        self._logo: tuple[bytes, str] | None = None
        self._lock = threading.Lock()
        self._looked = time.monotonic()
        if path is None:
            return
        try:
            self._clinic, self._logo = read_clinic(path)
        except ContentError as error:
            raise ConfigurationError(f"setting SALAMA_CLINIC: {error}") from None
        self._stamp = self._state()

    def now(self) -> Clinic | None:
        """Return the newest version that is right; None when there is no clinic."""
        self._look()
        return self._clinic

    def told(self) -> dict[str, str | None] | None:
        """Return what an operator must know: the file, and what is wrong with its newest version."""
        self._look()
        return None if self.path is None else {"file": self.path.name, "error": self.error}

    @property
    def logo(self) -> tuple[bytes, str] | None:
        """The picture and its media type."""
        self._look()
        return self._logo

    def _look(self) -> None:
        if self.path is None or time.monotonic() - self._looked < LOOK_EVERY:
            return
        with self._lock:
            self._looked = time.monotonic()
            stamp = self._state()
            if stamp == self._stamp:
                return
            self._stamp = stamp
            try:
                self._clinic, self._logo = read_clinic(self.path)
            except ContentError as error:
                self.error = str(error)
                log.error("the clinic's file is wrong, its last right version stays in use: %s", error)
                return
            self.error = None
            self.version += 1
            log.warning("the clinic's file has changed and is in use: %s", self.path.name)

    def _state(self) -> Stamp:
        assert self.path is not None
        logo = self._clinic.logo if self._clinic else None
        found = []
        for path in (self.path, *([self.path.parent / logo] if logo else [])):
            try:
                state = path.stat()
                found.append((state.st_mtime_ns, state.st_size))
            except OSError:
                found.append((0, 0))
        return tuple(found)


def read_clinic(path: Path) -> tuple[Clinic, tuple[bytes, str] | None]:
    """Read a clinic's file and its logo.

    Returns:
        The clinic, and the picture with its media type.

    Raises:
        ContentError: What is wrong, with file, key and choices.
    """
    try:
        raw = parse_yaml(path.read_text(encoding="utf-8"), path.name)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8 text"
        raise ContentError(f"{path}: cannot be read: {reason}") from None
    if not isinstance(raw, dict):
        raise ContentError(f"{path.name}: expected keys and values, such as 'name: My clinic'")
    clinic = build(Clinic, raw, path.name)
    return clinic, _picture(path.parent / clinic.logo, path.name) if clinic.logo else None


def _picture(path: Path, name: str) -> tuple[bytes, str]:
    kind = PICTURES.get(path.suffix.lower())
    if kind is None:
        raise ContentError(f"{name}: logo: {path.name!r} is no known picture; choose from: {', '.join(PICTURES)}")
    try:
        body = path.read_bytes()
    except OSError as error:
        raise ContentError(f"{name}: logo: {path.name!r} cannot be read: {error.strerror}") from None
    if len(body) > MOST_PICTURE:
        raise ContentError(f"{name}: logo: {path.name!r} has {len(body)} bytes; at most {MOST_PICTURE}")
    return body, kind
