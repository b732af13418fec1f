"""A second reader of messages: a sentence encoder over the lay phrases of the lexicon. It only proposes what to ask.

Nothing heavy is imported here; the encoder is handed in, and numpy is imported when there is one.
"""

from triage.findings.semantic.bank import Encoder
from triage.findings.semantic.calibration import as_yaml, calibrate
from triage.findings.semantic.matcher import SemanticVoice
from triage.findings.semantic.phrases import Extract
from triage.findings.semantic.thresholds import read_thresholds

__all__ = ["Encoder", "Extract", "SemanticVoice", "as_yaml", "calibrate", "read_thresholds"]
