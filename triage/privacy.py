"""Removing identifiers from a message before anything is stored, logged or sent to a model.

Removed: e-mail and web addresses, telephone, card, bank and identity numbers, and names that follow an introduction
("my name is"). Kept, because triage needs them: ages, dates of symptoms, times, measurements and counts. This lowers
the risk of storing identifiers; it does not make text anonymous.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_DIGITS = "0-9\u0660-\u0669\u06f0-\u06f9"
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("email", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("address", re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)),
    ("bank", re.compile(r"\b[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{4}){3,7}(?:[ ]?[A-Z0-9]{1,3})?\b")),
    ("identity", re.compile(r"\b[12][ ]?\d{2}[ ]?\d{2}[ ]?\d{2}[ ]?\d{3}[ ]?\d{3}(?:[ ]?\d{2})?\b")),
    ("card", re.compile(r"\b(?:\d[ -]?){13,19}\b")),
    ("phone", re.compile(rf"(?<![\w.,/])(?:\+|00)[{_DIGITS}](?:[ .()-]?[{_DIGITS}]){{7,13}}(?![\w/])")),
    ("phone", re.compile(rf"(?<![\w.,/])[0٠](?:[ .-]?[{_DIGITS}]){{8,10}}(?![\w/])")),
    ("identity", re.compile(r"\b[A-Z]{1,2}[ ]?\d{5,7}\b")),
)


@dataclass(frozen=True, slots=True)
class Scrubbed:
    """A message without identifiers, and the kinds (never the values) of what was removed."""

    text: str
    redactions: tuple[str, ...]


class Scrubber:
    """Removes identifiers; the words that introduce a name come from the lexicons.

    Args:
        introductions: Phrases after which a name follows, e.g. "my name is".
        not_names: Words that may follow an introduction without being a name.
    """

    def __init__(self, introductions: Iterable[str], not_names: Iterable[str] = ()) -> None:
        phrases = sorted({re.escape(item) for item in introductions}, key=len, reverse=True)
        name = r"[^\W\d_][\w'’-]+"
        self._name = (
            re.compile(rf"(?i:(?<!\w)(?:{'|'.join(phrases)}))\s+({name}(?:\s+[A-Z\u0600-\u06ff][\w'’-]+)?)")
            if phrases
            else None
        )
        self._not_names = frozenset(word.casefold() for word in not_names)

    def scrub(self, text: str) -> Scrubbed:
        """Return the text with identifiers replaced by their kind in brackets."""
        kinds: list[str] = []
        for kind, pattern in _PATTERNS:
            text, count = pattern.subn(f"[{kind}]", text)
            kinds += [kind] * count
        if self._name is not None:
            text = self._name.sub(lambda match: self._hide_name(match, kinds), text)
        return Scrubbed(text=text, redactions=tuple(kinds))

    def _hide_name(self, match: re.Match[str], kinds: list[str]) -> str:
        if match[1].split()[0].casefold() in self._not_names:
            return match[0]
        kinds.append("name")
        return match[0][: match.start(1) - match.start(0)] + "[name]"
