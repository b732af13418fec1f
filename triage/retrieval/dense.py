"""FAISS over passage vectors: finds passages that say the same in other words."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from triage.errors import ConfigurationError
from triage.retrieval.encoder import Encoder
from triage.retrieval.passages import IndexedPassage

_MANIFEST = "manifest.json"
_VECTORS = "passages.faiss"
_FORMAT = 1
_REMEDY = "run: salama content index"


def passages_hash(passages: Sequence[IndexedPassage]) -> str:
    """Return the SHA-256 over ids and texts of all passages, in order."""
    digest = hashlib.sha256()
    for item in passages:
        digest.update(f"{item.passage.id}\0{item.text}\0".encode())
    return digest.hexdigest()


def write_dense_index(passages: Sequence[IndexedPassage], folder: Path, encoder: Encoder) -> None:
    """Encode all passages and write the index, in one step, over any older one.

    Raises:
        ConfigurationError: FAISS or the encoder's library is not installed, or there is nothing to index.
    """
    if not passages:
        raise ConfigurationError("there are no passages to index; articles belong in knowledge/content/articles/")
    faiss = _faiss()
    vectors = encoder.encode_passages([item.text for item in passages])
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
            "passages": passages_hash(passages),
            "count": len(passages),
            "dimensions": int(vectors.shape[1]),
        }
        (whole / _MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
        if folder.exists():
            shutil.rmtree(folder)
        os.replace(whole, folder)


class DenseIndex:
    """Vectors of all passages; exact search, so the same query finds the same passages on every machine."""

    def __init__(self, index: Any) -> None:
        """Wrap a FAISS index whose rows are the passages in order."""
        self._index = index

    def search(self, vector: Any, positions: Any, limit: int, floor: float) -> list[tuple[int, float]]:
        """Return the best (position, dot product) among `positions`, best first, equal ones by position.

        Args:
            vector: The query.
            positions: Rows that may be returned (an int64 array).
            limit: At most this many.
            floor: Rows below it are left out.
        """
        faiss = _faiss()
        parameters = faiss.SearchParameters(sel=faiss.IDSelectorBatch(positions))
        scores, rows = self._index.search(vector.reshape(1, -1), min(limit, len(positions)), params=parameters)
        found = [(int(row), float(score)) for row, score in zip(rows[0], scores[0], strict=True) if row >= 0]
        return sorted((item for item in found if item[1] >= floor), key=lambda item: (-item[1], item[0]))


def open_dense_index(passages: Sequence[IndexedPassage], folder: Path, encoder: Encoder) -> DenseIndex:
    """Open an index that belongs to exactly these passages and this encoder.

    Raises:
        ConfigurationError: There is none, or it was made from other articles or with another encoder; the message
            says which, and to run `salama content index`.
    """
    try:
        manifest = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigurationError(f"there is no passage index in {folder}; {_REMEDY}") from None
    except ValueError:
        raise ConfigurationError(f"the passage index in {folder} cannot be read; {_REMEDY}") from None
    wanted = {"format": _FORMAT, "encoder": encoder.id, "passages": passages_hash(passages), "count": len(passages)}
    for key, value in wanted.items():
        if manifest.get(key) != value:
            raise ConfigurationError(
                f"the passage index in {folder} is stale: its {key} is {manifest.get(key)!r}, "
                f"and the content needs {value!r}; {_REMEDY}"
            )
    faiss = _faiss()
    try:
        index = faiss.read_index(str(folder / _VECTORS))
    except RuntimeError:
        raise ConfigurationError(f"the passage index in {folder} cannot be read; {_REMEDY}") from None
    if index.ntotal != len(passages):
        raise ConfigurationError(f"the passage index in {folder} has {index.ntotal} vectors; {_REMEDY}")
    return DenseIndex(index)


def _faiss() -> Any:
    try:
        import faiss
    except ImportError:
        raise ConfigurationError("dense retrieval needs faiss; install salama[dense]") from None
    faiss.omp_set_num_threads(1)
    return faiss
