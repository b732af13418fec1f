"""What goes wrong with content."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class ContentError(Exception):
    """Content that does not load; the message names file, item and key, and stops start-up."""


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """Return "; did you mean 'x'?" for the known name closest to `wrong`, or nothing when none is close."""
    close = difflib.get_close_matches(wrong, list(known), n=1)
    return f"; did you mean {close[0]!r}?" if close else ""
