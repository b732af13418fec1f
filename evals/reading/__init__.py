"""Reading the advised level out of a free-text reply: deterministic, and "unclear" rather than a guess."""

from evals.reading.reader import Reading, read_choice, read_reply

__all__ = ["Reading", "read_choice", "read_reply"]
