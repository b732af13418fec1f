"""The bank: vectors of lay phrases, kept on disk by the hash of each text so that only new phrases are encoded."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from triage.findings.semantic.phrases import Phrase

_CHUNK = 64
"""Texts encoded at a time, so that a patient's message never waits long behind a bank that is being built."""


class Encoder(Protocol):
    """Turns texts into unit vectors whose dot product says how near they are in meaning."""

    @property
    def id(self) -> str:
        """Names the encoder and its version."""

    @property
    def languages(self) -> frozenset[str]:
        """Languages it was found to understand."""

    def encode_passages(self, texts: Sequence[str]) -> Any:
        """Return one unit vector a row (a float32 array)."""


class Bank:
    """The phrases of one language, ready to be compared with."""

    def __init__(self, phrases: Sequence[Phrase], vectors: Mapping[str, Any]) -> None:
        """Order the phrases that are not held out by concept.

        Args:
            phrases: All phrases of the language.
            vectors: Unit vector of each text.
        """
        import numpy

        kept = sorted((item for item in phrases if not item.held_out), key=lambda item: item.concept)
        self.concepts = tuple(dict.fromkeys(item.concept for item in kept))
        counts = [0] * len(self.concepts)
        place = {concept: number for number, concept in enumerate(self.concepts)}
        for item in kept:
            counts[place[item.concept]] += 1
        self._starts = numpy.cumsum([0, *counts[:-1]])
        self._rows = numpy.stack([numpy.asarray(vectors[item.text], numpy.float32) for item in kept])

    def nearness(self, vectors: Any) -> Any:
        """Return for each vector (row) and each concept (column) the dot product with its nearest phrase."""
        import numpy

        products = numpy.asarray(vectors, numpy.float32) @ self._rows.T
        return numpy.maximum.reduceat(products, self._starts, axis=1)


def fetch_vectors(texts: Sequence[str], folder: Path, encoder: Encoder, language: str) -> dict[str, Any]:
    """Return the vector of each text; those that the folder lacks are encoded and written there.

    Args:
        texts: Texts, each once.
        folder: Where the vectors are kept; made when missing.
        encoder: What encodes; its id is part of the file's name.
        language: Language of the texts, one file each.
    """
    import numpy

    path = folder / f"{encoder.id}.{language}.npz"
    marks = {text: hashlib.sha256(text.encode()).hexdigest()[:24] for text in texts}
    known = _read(path)
    fresh = sorted((text for text in marks if marks[text] not in known), key=len)
    for first in range(0, len(fresh), _CHUNK):
        piece = fresh[first : first + _CHUNK]
        # Half the precision is far more than thresholds of three digits need.
        rows = numpy.asarray(encoder.encode_passages(piece)).astype(numpy.float16)
        known |= {marks[text]: row for text, row in zip(piece, rows, strict=True)}
    if fresh:
        _write(path, {mark: known[mark] for mark in marks.values()})
    return {text: known[marks[text]] for text in marks}


def _read(path: Path) -> dict[str, Any]:
    import numpy

    try:
        with numpy.load(path, allow_pickle=False) as stored:
            return dict(zip(stored["marks"].tolist(), stored["vectors"], strict=True))
    except (OSError, ValueError, KeyError, EOFError):
        return {}


def _write(path: Path, vectors: Mapping[str, Any]) -> None:
    import numpy

    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".npz", delete=False) as file:
        numpy.savez(file, marks=numpy.array(list(vectors)), vectors=numpy.stack(list(vectors.values())))
    os.replace(file.name, path)
