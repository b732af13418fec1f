"""The store of record: SQLite by default, PostgreSQL for clinics, through SQLAlchemy with Alembic migrations.

One row an encounter (its state as JSON, which replays bit for bit) and one row an audit event, written in one
transaction. The schema is made and upgraded by the migrations only.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import DateTime, Engine, Integer, String, Text, create_engine, delete, event, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from triage.encounter import AuditEvent, Encounter
from triage.errors import ConfigurationError, StorageError
from triage.types import now


class Base(DeclarativeBase):
    """Base of the tables."""


class EncounterRow(Base):
    """One encounter; `state` is the `Encounter` as JSON."""

    __tablename__ = "encounters"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    created: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    saved: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)
    floor: Mapped[int] = mapped_column(Integer, index=True)
    turns: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(Text)


class AuditRow(Base):
    """One audit event; it holds identifiers and versions, never words of the patient, and outlives the encounter."""

    __tablename__ = "audit"

    encounter_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    turn: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)
    record: Mapped[str] = mapped_column(Text)


class DatabaseStore:
    """Encounters in a database that SQLAlchemy speaks to.

    Args:
        url: SQLAlchemy address, e.g. `sqlite:///.salama/salama.db` or `postgresql+psycopg://user@host/salama`.

    Raises:
        ConfigurationError: The address is wrong or the database cannot be reached or upgraded.
    """

    def __init__(self, url: str) -> None:
        try:
            address = make_url(url)
            if address.get_backend_name() == "sqlite" and address.database not in (None, "", ":memory:"):
                Path(str(address.database)).parent.mkdir(parents=True, exist_ok=True)
            self._engine = create_engine(address, pool_pre_ping=True)
            if address.get_backend_name() == "sqlite":
                event.listen(self._engine, "connect", _tune_sqlite)
            migrate(self._engine)
        except (SQLAlchemyError, OSError, ImportError) as error:
            safe = url.split("@")[-1]
            raise ConfigurationError(
                f"setting SALAMA_DATABASE: cannot use {safe!r} ({type(error).__name__}); "
                "give an address such as sqlite:///salama.db or postgresql+psycopg://user@host/name, or 'none'"
            ) from error

    def save(self, encounter: Encounter, audit: AuditEvent | None = None) -> None:
        """Write encounter and audit event in one transaction.

        Raises:
            StorageError: Nothing was stored.
        """
        row = EncounterRow(
            id=encounter.id,
            created=encounter.created,
            saved=now(),
            floor=int(encounter.floor),
            turns=len(encounter.turns),
            state=encounter.model_dump_json(),
        )
        try:
            with Session(self._engine) as session, session.begin():
                session.merge(row)
                if audit is not None:
                    session.merge(
                        AuditRow(
                            encounter_id=audit.encounter_id,
                            turn=audit.turn,
                            at=audit.at,
                            record=audit.model_dump_json(),
                        )
                    )
        except SQLAlchemyError as error:
            raise StorageError(f"encounter not stored ({type(error).__name__})") from None

    def load(self, encounter_id: str) -> Encounter | None:
        """Return the encounter as last saved, or None.

        Raises:
            StorageError: The database cannot be read.
        """
        try:
            with Session(self._engine) as session:
                row = session.get(EncounterRow, encounter_id)
                return None if row is None else Encounter.model_validate_json(row.state)
        except SQLAlchemyError as error:
            raise StorageError(f"encounter not read ({type(error).__name__})") from None

    def delete(self, encounter_id: str) -> bool:
        """Delete the encounter; return whether there was one.

        Raises:
            StorageError: Nothing was deleted.
        """
        return self._delete(delete(EncounterRow).where(EncounterRow.id == encounter_id)) > 0

    def purge(self, before: datetime) -> int:
        """Delete encounters last saved before a time; return how many.

        Raises:
            StorageError: Nothing was deleted.
        """
        return self._delete(delete(EncounterRow).where(EncounterRow.saved < before.astimezone(UTC)))

    def audit(self, encounter_id: str) -> Iterator[AuditEvent]:
        """Yield the audit events of an encounter in turn order."""
        query = select(AuditRow.record).where(AuditRow.encounter_id == encounter_id).order_by(AuditRow.turn)
        with Session(self._engine) as session:
            for record in session.scalars(query):
                yield AuditEvent.model_validate_json(record)

    def ready(self) -> bool:
        """Whether the database answers now."""
        try:
            with self._engine.connect() as connection:
                connection.execute(text("SELECT 1"))
        except SQLAlchemyError:
            return False
        return True

    def _delete(self, statement: object) -> int:
        try:
            with Session(self._engine) as session, session.begin():
                return int(session.execute(statement).rowcount)  # type: ignore[call-overload]
        except SQLAlchemyError as error:
            raise StorageError(f"nothing deleted ({type(error).__name__})") from None


def migrate(engine: Engine) -> None:
    """Bring the schema of a database to the newest version."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _tune_sqlite(connection: object, _record: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]
    # Write-ahead logging lets the page read while a turn is written; FULL keeps a turn through a power cut.
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA busy_timeout=5000")
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.close()
