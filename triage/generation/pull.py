"""Getting a registered model onto this machine, verified and whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from triage.errors import ConfigurationError
from triage.generation.registry import RegisteredModel, Source, find_model
from triage.generation.sources import Progress, SourceError, fetch


def pull(
    name: str,
    folder: Path,
    progress: Progress | None = None,
    *,
    sources: tuple[Source, ...] | None = None,
    models: tuple[RegisteredModel, ...] | None = None,
) -> Path:
    """Get a model and return where it stands; one that is there already is not fetched again.

    The files arrive in a temporary folder, are checked against the SHA-256 of the registry, and move into place in
    one step, so a broken download never looks like a model.

    Args:
        name: Registered name.
        folder: Folder of all models; the model gets a folder of its own in it.
        progress: Told (file name, bytes so far, bytes in all).
        sources: Sources to try instead of those in the registry, e.g. a path on a memory stick.
        models: Another registry.

    Raises:
        ConfigurationError: The name is unknown, the disk is full, or no source gave the right bytes; the message
            says for each source why.
    """
    model = find_model(name, models)
    if model.is_installed(folder):
        return model.location(folder)
    folder.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(folder).free
    if free < model.size * 1.2:
        raise ConfigurationError(
            f"model {name} needs {model.size * 1.2 / 1e9:.1f} GB in {folder}, and only {free / 1e9:.1f} GB are free"
        )
    failures = []
    for source in sources if sources is not None else model.sources:
        with tempfile.TemporaryDirectory(dir=folder, prefix=f".{name}-") as temporary:
            try:
                fetch(source, model, Path(temporary), progress or _quiet)
            except SourceError as error:
                failures.append(f"{source.label}: {error}")
                continue
            _put_in_place(model, Path(temporary), folder / model.id)
            return model.location(folder)
    raise ConfigurationError(f"could not get model {name}; " + "; ".join(failures))


def _put_in_place(model: RegisteredModel, arrived: Path, home: Path) -> None:
    whole = arrived / "whole"
    for file in model.files:
        (whole / file.name).parent.mkdir(parents=True, exist_ok=True)
        os.replace(arrived / file.name, whole / file.name)
    if home.exists():
        shutil.rmtree(home)  # an incomplete model from an earlier version of the registry
    os.replace(whole, home)


def _quiet(name: str, done: int, total: int) -> None:
    return None
