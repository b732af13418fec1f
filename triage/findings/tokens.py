"""A message cut into tokens that remember where they stood, so that the patient's words can be quoted verbatim."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from triage.folding import APOSTROPHES, MARKS, script_of

Kind = Literal["word", "number", "mark", "stop", "symbol"]

_DOUBLED = {"مّا": "ماما", "ومّا": "وماما"}
"""Words that only the sign of a doubled letter tells apart: without it "mum" is "not", and her faint is denied."""
_TOKEN = re.compile(
    rf"(?P<word>[^\W_][\w{MARKS}]*(?:['{APOSTROPHES}][^\W_][\w{MARKS}]*)*)"
    r"|(?P<break>\n\s*|[.!?;؟؛…。！？]+|[,،、:()\[\]{}/\\<>=+&%°\"“”«»•–—-]+)"
    r"|(?P<symbol>\S)"
)
_NUMBER = re.compile(r"\d+(?:[.,٫]\d+)?")
_DECIMAL = re.compile(r"(?P<number>\d+(?:[.,٫]\d{1,2}(?!\d))?)(?P<rest>.*)", re.DOTALL)
_FUSED = re.compile(r"([^\W\d_]+)(?=\d+$)")
_GLUED = re.compile(r"[فوبل]\u0640*(?=\d)|f(?=(?:19|20)\d\d$)|w(?=ma|bla|ka[inty]|daba|lyoum)")
"""A Moroccan "in" or "and" that is written as part of a number or of a word that begins so in no other language."""
_PAUSE = re.compile(r"\.{2,}|…+")
_STOP = re.compile(r"[.!?;؟؛…。！？\n]")
_LONG_LINE = 30


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the message, `start` inclusive and `end` exclusive in the original."""

    start: int
    end: int
    kind: Kind
    """`mark` is punctuation within a sentence, `stop` ends one."""
    text: str
    """Compatibility-normalised and case-folded."""
    script: Literal["latin", "arabic", ""] = ""


def is_edge(tokens: Sequence[Token], place: int) -> bool:
    """Whether no word stands at a place: it is outside the message, or punctuation."""
    return not 0 <= place < len(tokens) or tokens[place].kind in {"mark", "stop"}


class Tokenizer:
    """Cuts text into tokens.

    A digit next to Latin letters is a letter of Arabizi ("7ri9"), unless the letters are a unit ("3days", "39c").

    Args:
        units: Case-folded words that may be fused to a number.
        words: Case-folded words of Arabizi that end like a unit ("7mra", red, is no "7 mra", times).
    """

    def __init__(self, units: frozenset[str], words: frozenset[str] = frozenset()) -> None:
        self._units = units
        self._words = words

    def tokens(self, text: str) -> list[Token]:
        """Return the tokens in order; blanks are left out."""
        found: list[Token] = []
        position = 0
        while (match := _TOKEN.search(text, position)) is not None:
            start, end = match.span()
            if match.lastgroup == "word":
                end = self._word(text, start, end, found)
            elif match.lastgroup == "break" and _is_wrapped(text, start, end):
                pass
            elif match.lastgroup == "break":
                kind: Kind = "stop" if _STOP.search(match[0]) and not _PAUSE.fullmatch(match[0]) else "mark"
                found.append(Token(start, end, kind, match[0].strip() or "\n"))
            else:
                found.append(Token(start, end, "symbol", match[0]))
            position = end
        return found

    def _word(self, text: str, start: int, end: int, found: list[Token]) -> int:
        """Add the word or number at `start` and return where the next token begins."""
        raw = text[start:end]
        folded = raw.lower() if raw.isascii() else unicodedata.normalize("NFKC", raw).casefold()
        folded = _DOUBLED.get(folded, folded)
        if (fused := _FUSED.match(folded)) and found and found[-1].end == start and fused[1] in self._units:
            # the "h30" of "1h30"
            found.append(Token(start, start + fused.end(1), "word", fused[1], script_of(folded)))
            return start + fused.end(1)
        if (glued := _GLUED.match(folded)) is not None:
            # "فـ2016", "f2016", "wma3ndich"
            found.append(Token(start, start + 1, "word", folded[0], script_of(folded)))
            return start + glued.end()
        if not folded[:1].isdigit():
            found.append(Token(start, end, "word", folded, script_of(folded)))
            return end
        # A decimal mark is no word character: look past the end of the word for it.
        decimal = _DECIMAL.match(text, start)
        number_end = decimal.end("number") if decimal else end
        if number_end >= end and number_end > start:
            tail_end = number_end
            while tail_end < len(text) and text[tail_end].isalpha():
                tail_end += 1
            tail = text[number_end:tail_end].lower()
            found.append(Token(start, number_end, "number", _plain(text[start:number_end])))
            if tail and tail_end > end:
                found.append(Token(number_end, tail_end, "word", tail, script_of(tail)))
                return tail_end
            return number_end
        digits = re.match(r"\d+", raw)
        assert digits is not None
        rest = folded[digits.end() :]
        unit = folded not in self._words and (rest in self._units or _is_unit_run(rest, self._units))
        if rest and (unit or (len(digits[0]) > 1 and rest.isalpha()) or script_of(rest) == "arabic"):
            cut = start + digits.end()
            found.append(Token(start, cut, "number", _plain(digits[0])))
            return cut
        if not rest:
            found.append(Token(start, end, "number", _plain(digits[0])))
            return end
        found.append(Token(start, end, "word", folded, script_of(folded)))
        return end


def _is_wrapped(text: str, start: int, end: int) -> bool:
    """Whether a line ends because the page did, in the middle of a sentence."""
    if text[start] != "\n" or end >= len(text) or not (text[end].islower() or text[end].isdigit()):
        return False
    line = text[text.rfind("\n", 0, start) + 1 : start]
    return len(line) >= _LONG_LINE and (line[-1].isalnum() or line[-1] in ",;-’'")


def _is_unit_run(rest: str, units: frozenset[str]) -> bool:
    """Whether letters and digits go on as unit and number, such as the "h30" of "2h30" or "m75" of "1m75".

    "3er9" is sweat, and no third something.
    """
    letters = re.match(r"[^\W\d]+", rest)
    if letters is None or letters[0] not in units:
        return False
    number = rest[letters.end() :]
    return number.isdigit() and (len(letters[0]) == 1 or len(number) > 1)


def _plain(number: str) -> str:
    """Digits of any script with a decimal point."""
    return "".join(
        str(unicodedata.decimal(character)) if character.isdecimal() else "." if character in ".,٫" else ""
        for character in number
    )


def is_number(text: str) -> bool:
    """Whether a token text is a plain number."""
    return _NUMBER.fullmatch(text) is not None
