"""Every error Salama raises itself.

    TriageError
    +-- ConfigurationError   an operator can fix it; printed in one line, names the setting and the remedy
    +-- StageError           one stage of a turn failed; the pipeline catches it and answers with reviewed text
    |   +-- EndpointError    a language model is out of reach, too slow, or sent what it should not
    |       +-- BusyError    all its places are taken
    +-- StorageError         an encounter could not be read or written

`knowledge.ContentError` names the file, item and key at fault and stops start-up. No patient ever reads any of these.
"""

from __future__ import annotations


class TriageError(Exception):
    """Base of all errors raised by the engine."""


class ConfigurationError(TriageError):
    """A setting, file or model is missing or wrong; the message says which, and what to do."""


class StageError(TriageError):
    """A stage of the turn failed; the reply is reviewed text instead."""


class EndpointError(StageError):
    """The language model failed; the message never holds text of the patient."""


class BusyError(EndpointError):
    """The language model works for others."""


class StorageError(TriageError):
    """An encounter could not be stored or found."""
