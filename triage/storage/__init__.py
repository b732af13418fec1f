"""Encounters and their audit records, durable in SQLite or PostgreSQL, or kept in memory only."""

from triage.storage.base import EncounterStore
from triage.storage.database import DatabaseStore
from triage.storage.memory import MemoryStore

__all__ = ["DatabaseStore", "EncounterStore", "MemoryStore"]
