"""A store that lives and dies with the process: nothing of the patient is ever on disk."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from datetime import datetime
from threading import Lock

from triage.encounter import AuditEvent, Encounter
from triage.types import now

MOST_ENCOUNTERS = 10_000
"""Beyond this the encounter saved longest ago is dropped."""


class MemoryStore:
    """Keeps encounters in memory, the oldest dropped beyond `MOST_ENCOUNTERS`."""

    def __init__(self) -> None:
        self._encounters: OrderedDict[str, tuple[datetime, str]] = OrderedDict()
        self._audit: dict[str, dict[int, AuditEvent]] = {}
        self._lock = Lock()

    def save(self, encounter: Encounter, audit: AuditEvent | None = None) -> None:
        """Keep the encounter as it is now."""
        with self._lock:
            self._encounters[encounter.id] = (now(), encounter.model_dump_json())
            self._encounters.move_to_end(encounter.id)
            if audit is not None:
                self._audit.setdefault(encounter.id, {})[audit.turn] = audit
            while len(self._encounters) > MOST_ENCOUNTERS:
                dropped, _ = self._encounters.popitem(last=False)
                self._audit.pop(dropped, None)

    def load(self, encounter_id: str) -> Encounter | None:
        """Return a copy of the encounter, or None."""
        found = self._encounters.get(encounter_id)
        return None if found is None else Encounter.model_validate_json(found[1])

    def delete(self, encounter_id: str) -> bool:
        """Forget the encounter; return whether there was one."""
        with self._lock:
            return self._encounters.pop(encounter_id, None) is not None

    def audit(self, encounter_id: str) -> Iterator[AuditEvent]:
        """Yield the audit events in turn order."""
        events = self._audit.get(encounter_id, {})
        yield from (events[turn] for turn in sorted(events))

    def purge(self, before: datetime) -> int:
        """Forget encounters last saved before a time; return how many."""
        with self._lock:
            old = [key for key, (saved, _) in self._encounters.items() if saved < before]
            for key in old:
                del self._encounters[key]
            return len(old)

    def ready(self) -> bool:
        """Memory always answers."""
        return True
