"""Every store keeps the same promises: SQLite, PostgreSQL and memory."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from knowledge.vocabulary import Disposition
from triage.encounter import AuditEvent, Encounter
from triage.errors import ConfigurationError, StorageError
from triage.storage import DatabaseStore, EncounterStore, MemoryStore
from triage.types import Finding, now


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    """A throw-away PostgreSQL server on a socket of its own."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    programs = found[-1].parent if found else None
    if programs is None and shutil.which("initdb") is None:
        pytest.skip("PostgreSQL is not installed")
    folder = Path(tempfile.mkdtemp(prefix="salama-pg-"))
    bin_folder = programs or Path(str(shutil.which("initdb"))).parent
    user: list[str] = []
    if os.getuid() == 0:
        shutil.chown(folder, "postgres")
        user = ["runuser", "-u", "postgres", "--"]
    data = folder / "data"
    run = lambda *words: subprocess.run([*user, *words], check=True, capture_output=True, timeout=120)  # noqa: E731
    run(str(bin_folder / "initdb"), "-D", str(data), "-U", "salama", "--auth=trust")
    run(
        str(bin_folder / "pg_ctl"),
        "-D",
        str(data),
        "-w",
        "-l",
        str(folder / "log"),
        "-o",
        f"-k {folder} -h ''",
        "start",
    )
    try:
        yield f"postgresql+psycopg://salama@/postgres?host={folder}"
    finally:
        run(str(bin_folder / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> EncounterStore:
    if request.param == "memory":
        return MemoryStore()
    if request.param == "sqlite":
        return DatabaseStore(f"sqlite:///{tmp_path}/deep/er/salama.db")
    return DatabaseStore(request.getfixturevalue("postgres"))


def encounter() -> Encounter:
    return Encounter(language="fr", findings=[Finding(concept="fever", text="j'ai 39 🤒 ه")], floor=Disposition.TODAY)


def audit(found: Encounter, turn: int) -> AuditEvent:
    return AuditEvent(
        encounter_id=found.id, turn=turn, content_version="v", floor=Disposition.TODAY, disposition=Disposition.TODAY
    )


def test_an_encounter_comes_back_as_it_was(store: EncounterStore) -> None:
    saved = encounter()
    store.save(saved)
    assert store.load(saved.id) == saved
    saved.floor = Disposition.AMBULANCE
    store.save(saved)
    assert store.load(saved.id) == saved


def test_an_unknown_encounter_is_none(store: EncounterStore) -> None:
    assert store.load("nobody") is None
    assert store.delete("nobody") is False


def test_what_is_loaded_is_a_copy(store: EncounterStore) -> None:
    saved = encounter()
    store.save(saved)
    first = store.load(saved.id)
    assert first is not None
    first.findings.clear()
    assert store.load(saved.id) == saved


def test_audit_events_come_in_turn_order_and_once_a_turn(store: EncounterStore) -> None:
    saved = encounter()
    for turn in (1, 2, 2, 3):
        store.save(saved, audit(saved, turn))
    assert [event.turn for event in store.audit(saved.id)] == [1, 2, 3]


def test_deleting_removes_the_words_and_keeps_the_audit(store: EncounterStore) -> None:
    saved = encounter()
    store.save(saved, audit(saved, 1))
    assert store.delete(saved.id) is True
    assert store.load(saved.id) is None
    assert [event.turn for event in store.audit(saved.id)] == [1]


def test_purging_deletes_only_what_is_old(store: EncounterStore) -> None:
    saved = encounter()
    store.save(saved)
    store.purge(now() - timedelta(days=1))
    assert store.load(saved.id) == saved
    assert store.purge(now() + timedelta(seconds=1)) >= 1
    assert store.load(saved.id) is None


def test_a_store_that_answers_is_ready(store: EncounterStore) -> None:
    assert store.ready()


def test_a_second_process_opens_the_same_database(tmp_path: Path) -> None:
    saved = encounter()
    DatabaseStore(f"sqlite:///{tmp_path}/a.db").save(saved)
    assert DatabaseStore(f"sqlite:///{tmp_path}/a.db").load(saved.id) == saved


@pytest.mark.parametrize("url", ["nonsense", "sqlite:////proc/nope/salama.db", "oracle://x:secret@y/z"])
def test_a_wrong_address_is_named_without_its_password(url: str) -> None:
    with pytest.raises(ConfigurationError, match="SALAMA_DATABASE") as error:
        DatabaseStore(url)
    assert "secret" not in str(error.value)


def test_a_broken_database_is_a_storage_error_without_patient_text(tmp_path: Path) -> None:
    store = DatabaseStore(f"sqlite:///{tmp_path}/a.db")
    saved = encounter()
    with store._engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE encounters")
    for call in (lambda: store.save(saved), lambda: store.load(saved.id)):
        with pytest.raises(StorageError) as error:
            call()
        assert "39" not in str(error.value)
