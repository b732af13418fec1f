"""FAISS over passage vectors: finds passages that say the same in other words."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Container, Sequence
from pathlib import Path
from typing import Any

from triage.errors import ConfigurationError
from triage.retrieval.encoder import Encoder
from triage.retrieval.passages import IndexedPassage

_MANIFEST = "manifest.json"
_VECTORS = "passages.faiss"
_FORMAT = 1
_REMEDY = "run: salama content index"


def write_dense_index(passages: Sequence[IndexedPassage], folder: Path, encoder: Encoder) -> None:
    """Write the index of all passages, in one step, over any older one; unchanged passages keep their vectors.

    Raises:
        ConfigurationError: FAISS or the encoder's library is not installed, or there is nothing to index.
    """
    if not passages:
        raise ConfigurationError("there are no passages to index; articles belong in knowledge/content/articles/")
    faiss = _faiss()
    import numpy

    rows = _rows(passages, encoder)
    if not rows:
        raise ConfigurationError(f"no article is in a language of encoder {encoder.id}: {', '.join(encoder.languages)}")
    marks = _marks(passages, rows)
    known = _known_vectors(folder, encoder)
    fresh = [row for row, mark in enumerate(marks) if mark not in known]
    texts = [passages[rows[row]].text for row in fresh]
    known |= {marks[row]: vector for row, vector in zip(fresh, encoder.encode_passages(texts), strict=True)}
    vectors = numpy.stack([known[mark] for mark in marks]).astype(numpy.float32)
    index = faiss.IndexFlatIP(int(vectors.shape[1]))
    index.add(vectors)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as temporary:
        whole = Path(temporary) / "index"
        whole.mkdir()
        faiss.write_index(index, str(whole / _VECTORS))
        manifest = {
            "format": _FORMAT,
            "encoder": encoder.id,
            "passages": marks,
        }
        (whole / _MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
        if folder.exists():
            shutil.rmtree(folder)
        os.replace(whole, folder)


class DenseIndex:
    """Vectors of passages; exact search, so the same query finds the same passages on every machine."""

    def __init__(self, index: Any, positions: Sequence[int]) -> None:
        """Wrap a FAISS index; row `n` is the passage at `positions[n]`."""
        self._index = index
        self._positions = positions

    def select(self, allowed: Container[int]) -> Any:
        """Return the rows of the passages that may be found, in the form `search` wants; worth keeping."""
        import numpy

        return numpy.array([row for row, position in enumerate(self._positions) if position in allowed], numpy.int64)

    def search(self, vector: Any, rows: Any, limit: int) -> list[tuple[int, float]]:
        """Return the best (position, dot product) among `rows`, best first, equal ones by position.

        Args:
            vector: The query.
            rows: What `select` returned.
            limit: At most this many.
        """
        faiss = _faiss()
        parameters = faiss.SearchParameters(sel=faiss.IDSelectorBatch(rows))
        scores, found = self._index.search(vector.reshape(1, -1), min(limit, len(rows)), params=parameters)
        pairs = [
            (self._positions[row], float(score)) for row, score in zip(found[0], scores[0], strict=True) if row >= 0
        ]
        return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))


def open_dense_index(passages: Sequence[IndexedPassage], folder: Path, encoder: Encoder) -> DenseIndex:
    """Open an index that belongs to exactly these passages and this encoder.

    Raises:
        ConfigurationError: There is none, or it was made from other articles or with another encoder; the message
            says which, and to run `salama content index`.
    """
    manifest = _read_manifest(folder)
    if manifest is None:
        raise ConfigurationError(f"there is no passage index in {folder}; {_REMEDY}")
    rows = _rows(passages, encoder)
    if (manifest["format"], manifest["encoder"]) != (_FORMAT, encoder.id):
        raise ConfigurationError(
            f"the passage index in {folder} is of encoder {manifest['encoder']!r}, not {encoder.id!r}; {_REMEDY}"
        )
    if manifest["passages"] != _marks(passages, rows):
        raise ConfigurationError(f"the passage index in {folder} is stale: the articles have changed; {_REMEDY}")
    index = _read_vectors(folder)
    if index is None or index.ntotal != len(rows):
        raise ConfigurationError(f"the passage index in {folder} cannot be read; {_REMEDY}")
    return DenseIndex(index, rows)


def _read_manifest(folder: Path) -> dict[str, Any] | None:
    try:
        manifest = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return manifest if isinstance(manifest, dict) and {"format", "encoder", "passages"} <= set(manifest) else None


def _read_vectors(folder: Path) -> Any:
    try:
        return _faiss().read_index(str(folder / _VECTORS))
    except RuntimeError:
        return None


def _known_vectors(folder: Path, encoder: Encoder) -> dict[str, Any]:
    """Return the vectors that an older index of the same encoder holds, by the mark of their passage."""
    manifest = _read_manifest(folder)
    if manifest is None or (manifest["format"], manifest["encoder"]) != (_FORMAT, encoder.id):
        return {}
    index = _read_vectors(folder)
    if index is None or index.ntotal != len(manifest["passages"]):
        return {}
    return dict(zip(manifest["passages"], index.reconstruct_n(0, index.ntotal), strict=True))


def _marks(passages: Sequence[IndexedPassage], rows: Sequence[int]) -> list[str]:
    """Return for each row a hash of what is indexed; an index is stale when the list differs."""
    texts = (f"{passages[row].passage.id}\0{passages[row].text}" for row in rows)
    return [hashlib.sha256(text.encode()).hexdigest()[:32] for text in texts]


def _rows(passages: Sequence[IndexedPassage], encoder: Encoder) -> tuple[int, ...]:
    """Return the positions of the passages that the encoder understands."""
    return tuple(n for n, item in enumerate(passages) if item.passage.language in encoder.languages)


def _faiss() -> Any:
    try:
        import faiss
    except ImportError:
        raise ConfigurationError("dense retrieval needs faiss; install salama[dense]") from None
    faiss.omp_set_num_threads(1)
    return faiss
