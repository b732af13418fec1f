"""Sentence encoders: text in, unit vectors out."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol

from triage.errors import ConfigurationError
from triage.retrieval.e5 import as_sentence_transformers


class Encoder(Protocol):
    """Turns text into vectors whose dot product says how near two texts are in meaning."""

    @property
    def id(self) -> str:
        """Names the encoder and its version; part of every index made with it."""

    @property
    def floor(self) -> float:
        """Dot product that a passage must reach to be an answer when nothing else speaks for it."""

    @property
    def languages(self) -> frozenset[str]:
        """Languages it was found to understand; passages in others get no vector."""

    def encode_query(self, text: str) -> Any:
        """Return one unit vector (a float32 array)."""

    def encode_passages(self, texts: Sequence[str]) -> Any:
        """Return one unit vector a row (a float32 array)."""


class SentenceEncoder:
    """An encoder from a sentence-transformers folder, loaded at its first use."""

    def __init__(
        self,
        folder: Path,
        *,
        id: str,
        floor: float,
        languages: Iterable[str],
        query_prefix: str = "",
        passage_prefix: str = "",
        q4: bool = False,
        threads: int = 1,
    ) -> None:
        """Describe the encoder.

        Args:
            folder: Its folder.
            id: Name for indexes and the audit record.
            floor: Dot product that a passage must reach to be an answer when nothing else speaks for it.
            languages: Languages it was found to understand.
            query_prefix: What this encoder wants before each query ("query: " for the e5 family).
            passage_prefix: Likewise before each passage.
            q4: Whether the folder holds the 4-bit e5 file, to be unpacked once.
            threads: More than one only to build an index on an idle machine: two spinning threads on shared cores made
                one text five times slower than one thread does.

        Raises:
            ConfigurationError: The folder does not exist.
        """
        if not folder.is_dir():
            raise ConfigurationError(f"encoder {id}: no folder {folder}; get it with: salama models pull {id}")
        self._folder = folder
        self._id = id
        self._floor = floor
        self._languages = frozenset(languages)
        self._prefixes = (query_prefix, passage_prefix)
        self._q4 = q4
        self._threads = threads
        self._lock = threading.Lock()
        self._model: Any = None

    @property
    def id(self) -> str:
        """Name of the encoder."""
        return self._id

    @property
    def floor(self) -> float:
        """Dot product that a passage must reach to be an answer when nothing else speaks for it."""
        return self._floor

    @property
    def languages(self) -> frozenset[str]:
        """Languages it was found to understand."""
        return self._languages

    def encode_query(self, text: str) -> Any:
        """Return one unit vector."""
        return self._encode([self._prefixes[0] + text])[0]

    def encode_passages(self, texts: Sequence[str]) -> Any:
        """Return one unit vector a row."""
        return self._encode([self._prefixes[1] + text for text in texts])

    def load(self) -> None:
        """Load the weights now instead of with the first text.

        Raises:
            ConfigurationError: sentence-transformers is not installed, or the folder is not a model.
        """
        with self._lock:
            if self._model is None:
                self._model = self._open()

    def _encode(self, texts: list[str]) -> Any:
        self.load()
        # One text at a time reaches the model from each thread of the server; torch releases Python's lock meanwhile.
        with self._lock:
            return self._model.encode(texts, batch_size=32, normalize_embeddings=True, show_progress_bar=False)

    def _open(self) -> Any:
        try:
            import torch
            from sentence_transformers import SentenceTransformer
            from transformers.utils import logging
        except ImportError as error:
            raise ConfigurationError(f"encoder {self._id} needs {error.name}; install salama[dense]") from None
        torch.set_num_threads(self._threads)
        logging.disable_progress_bar()
        folder = as_sentence_transformers(self._folder) if self._q4 else self._folder
        try:
            return SentenceTransformer(str(folder), device="cpu", local_files_only=True)
        except (OSError, ValueError, KeyError) as error:
            raise ConfigurationError(f"encoder {self._id}: {folder} does not load: {type(error).__name__}") from error
