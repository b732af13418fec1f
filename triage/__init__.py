"""The engine: a patient's message in, a safe reply out.

`build_pipeline(Settings()).respond(encounter, message)` is one turn. The engine finds danger signs by rules over the
patient's words, asks the questions that can change the level, and words the reply from reviewed text; a language
model may word it too, but never sets the level.
"""

from triage.assembly import build_pipeline
from triage.encounter import AuditEvent, Encounter, Handoff, Subject, SummaryDraft, Turn
from triage.errors import ConfigurationError, EndpointError, StageError, StorageError, TriageError
from triage.pipeline import TriagePipeline
from triage.settings import Settings, read_settings
from triage.types import (
    AskedQuestion,
    Assessment,
    Card,
    Citation,
    Finding,
    Message,
    Passage,
    Quantity,
    RedFlagHit,
    Reply,
    Sentence,
    Verdict,
)

__all__ = [
    "AskedQuestion",
    "Assessment",
    "AuditEvent",
    "Card",
    "Citation",
    "ConfigurationError",
    "Encounter",
    "EndpointError",
    "Finding",
    "Handoff",
    "Message",
    "Passage",
    "Quantity",
    "RedFlagHit",
    "Reply",
    "Sentence",
    "Settings",
    "StageError",
    "StorageError",
    "Subject",
    "SummaryDraft",
    "TriageError",
    "TriagePipeline",
    "Turn",
    "Verdict",
    "build_pipeline",
    "read_settings",
]
