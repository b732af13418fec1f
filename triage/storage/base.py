"""What the engine needs of a store."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from triage.encounter import AuditEvent, Encounter


class EncounterStore(Protocol):
    """Keeps encounters.

    `save` returns only when encounter and audit event are durable together; saving the same turn again replaces it.
    """

    def save(self, encounter: Encounter, audit: AuditEvent | None = None) -> None:
        """Make the encounter, and the audit event of its latest turn, durable in one transaction.

        Raises:
            StorageError: Nothing was stored.
        """

    def load(self, encounter_id: str) -> Encounter | None:
        """Return the encounter as last saved, or None when there is none.

        Raises:
            StorageError: The store cannot be read.
        """

    def delete(self, encounter_id: str) -> bool:
        """Delete an encounter with all its turns; return whether there was one. Audit events keep no patient text."""

    def audit(self, encounter_id: str) -> Iterator[AuditEvent]:
        """Yield the audit events of an encounter in turn order."""

    def purge(self, before: datetime) -> int:
        """Delete encounters last saved before a time; return how many."""

    def ready(self) -> bool:
        """Whether the store answers now."""
