"""A message as its reader would see it: what is written backwards behind a direction mark is turned round again."""

from __future__ import annotations

import re

_BACKWARDS = re.compile("\u202e([^\u202a-\u202e\u2066-\u2069]*)[\u202c\u2069]?")
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f]")


def as_shown(text: str) -> str:
    """Return text in the order in which a page shows it, without direction marks.

    Text after a right-to-left override is stored backwards; read as it is stored, ordinary words can look like signs.

    Args:
        text: A message as it was sent.
    """
    return _DIRECTION.sub("", _BACKWARDS.sub(lambda found: found.group(1)[::-1], text))
