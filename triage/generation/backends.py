"""Choosing and opening the language model: a GGUF file, a transformers folder, or a server."""

from __future__ import annotations

import importlib.util
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from triage.errors import ConfigurationError
from triage.generation.chat_model import LimitedChatModel
from triage.generation.gates import gated_languages, load_gates
from triage.generation.registry import RegisteredModel, default_model, find_model, list_models

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

Backend = Literal["auto", "xllamacpp", "transformers", "openai"]

MOST_TOKENS = 140
"""Four short sentences; at 20 tokens a second on two cores they take most of the eight seconds a call has."""

CALLS_TO_A_SERVER = 8
"""Calls a server takes at once before further patients get reviewed text; a batching server handles this many well."""


def open_chat_model(
    name: str,
    *,
    backend: Backend = "auto",
    models: Path,
    url: str | None = None,
    key: str = "none",
    languages: tuple[str, ...] | None = None,
    records: Path | None = None,
    limit: float = 8.0,
    threads: int = 2,
) -> LimitedChatModel | None:
    """Return the language model for the settings, not loaded yet; None for no model.

    Args:
        name: `none`, `auto` (the default model when it was pulled), a registered name, a folder, a GGUF file, a hub id
            (with the transformers back end), or the model's name on the server at `url`.
        backend: How to run it; `auto` goes by `url` and the kind of file.
        models: Folder of pulled models.
        url: Address of an OpenAI-compatible server; wins over local models.
        key: Key for that server.
        languages: Languages it may word replies in; None for those in which a recorded measurement lets it.
        records: Folder that may hold records of the operator's own measurements.
        limit: Seconds for a whole call.
        threads: Threads of a local model.

    Raises:
        ConfigurationError: The model is not there or its library is not installed; the message says what to do.
    """
    if name == "none":
        return None
    if url is not None or backend == "openai":
        return _served(name, url, key, languages, records, limit)
    if name == "auto":
        model = default_model("language_model")
        if not model.is_installed(models) or importlib.util.find_spec("xllamacpp") is None:
            return None
        name = model.id
    path, known = _locate(name, backend, models)
    shown = known.id if known else Path(name).name
    spoken = _spoken(shown, languages, records)
    if backend == "xllamacpp" or (backend == "auto" and path.endswith(".gguf")):
        _require("xllamacpp", "lm")
        _require("langchain_core", "lm")
        return LimitedChatModel(shown, spoken, partial(_open_llama, path, threads), limit=limit)
    _require("transformers", "transformers")
    _require("torch", "transformers")
    _require("langchain_core", "lm")
    return LimitedChatModel(shown, spoken, partial(_open_transformers, path, threads, limit), limit=limit)


def _spoken(name: str, languages: tuple[str, ...] | None, records: Path | None) -> frozenset[str]:
    return frozenset(gated_languages(name, load_gates(records)) if languages is None else languages)


def _served(
    name: str, url: str | None, key: str, languages: tuple[str, ...] | None, records: Path | None, limit: float
) -> LimitedChatModel:
    if url is None:
        raise ConfigurationError("SALAMA_LM_BACKEND is 'openai', so SALAMA_LM_URL must name the server")
    _require("langchain_openai", "lm")
    model = None if name == "auto" else name
    opened = partial(_open_endpoint, url, model, key, limit)
    shown = model or "server"
    return LimitedChatModel(shown, _spoken(shown, languages, records), opened, limit=limit, at_once=CALLS_TO_A_SERVER)


def _locate(name: str, backend: Backend, models: Path) -> tuple[str, RegisteredModel | None]:
    """Return the file, folder or hub id to open, and the registered model it is, if any."""
    if name in {model.id for model in list_models()}:
        known = find_model(name)
        if known.kind != "language_model":
            raise ConfigurationError(f"{name} is an encoder, not a language model; set SALAMA_ENCODER to it")
        if not known.is_installed(models):
            raise ConfigurationError(
                f"language model {name} is not in {models}; get it with: salama models pull {name}"
            )
        return str(known.location(models)), known
    if Path(name).exists():
        return name, None
    if backend == "transformers" and "/" in name:
        return name, None
    find_model(name)  # raises, with the names that exist
    raise AssertionError(name)


def _require(module: str, extra: str) -> None:
    if importlib.util.find_spec(module) is None:
        raise ConfigurationError(f"this language model needs {module}; install salama[{extra}]")


def _open_llama(path: str, threads: int) -> BaseChatModel:
    from triage.generation.llama_cpp import LlamaCppChat

    return LlamaCppChat(path=Path(path), threads=threads, max_tokens=MOST_TOKENS)


def _open_transformers(source: str, threads: int, limit: float) -> BaseChatModel:
    from triage.generation.local_transformers import TransformersChat

    return TransformersChat(source=source, threads=threads, max_tokens=MOST_TOKENS, max_seconds=limit)


def _open_endpoint(url: str, model: str | None, key: str, limit: float) -> BaseChatModel:
    from triage.generation.endpoint import open_endpoint

    return open_endpoint(url, model, key, limit, MOST_TOKENS)
