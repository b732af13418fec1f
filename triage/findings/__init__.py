"""Reading patients' messages: findings, quantities and answers, in every language and mixed."""

from __future__ import annotations

from triage.findings.answers import AnswerReading, read_answer
from triage.findings.extractor import FindingExtractor
from triage.findings.mentions import Mention, MentionReader

__all__ = ["AnswerReading", "FindingExtractor", "Mention", "MentionReader", "read_answer"]
