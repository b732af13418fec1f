"""Red-flag layers of other open projects, rebuilt from the word lists that they publish (`layers.yaml`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from evals.result import Result
from evals.vignette import SuiteError, Vignette
from knowledge.vocabulary import Disposition

_TOKEN = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/)|(?P<text>'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")"""
    r"""|(?P<name>\w+)\s*[:=]\s*\[|(?P<end>\])""",
    re.DOTALL,
)


class Source(BaseModel):
    """Where a layer's word lists are, and how it looks for them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    source: str
    licence: str
    saved_as: str
    lists: tuple[str, ...]
    whole_words: bool
    sees: Literal["message", "conversation"]


def sources() -> list[Source]:
    """Return the layers whose licence lets anybody use their lists."""
    raw = yaml.safe_load(files("evals.systems").joinpath("layers.yaml").read_text(encoding="utf-8"))
    return [Source.model_validate(item) for item in raw]


class RedFlagLayer:
    """A layer as a system: hospital now where one of its words stands in the message, else a routine appointment.

    It negates nothing and knows no other level, so only emergencies found and false alarms tell something about it.

    Args:
        source: What it is.
        folder: Where its file was saved.

    Raises:
        SuiteError: The file is missing, or none of the lists is in it.
    """

    def __init__(self, source: Source, folder: Path) -> None:
        path = folder / source.saved_as
        if not path.is_file():
            raise SuiteError(f"{path} is missing; fetch it from {source.source}")
        self.name = f"{source.name} ({source.licence.partition(' ')[0]})"
        self._sees = source.sees
        self._rules = [
            tuple(_any_of(words, whole=source.whole_words) for words in rule)
            for rule in _rules(path.read_text(encoding="utf-8"), source.lists)
        ]
        if not self._rules:
            raise SuiteError(f"{path} holds none of the lists {', '.join(source.lists)}; fetch it from {source.source}")

    def play(self, vignette: Vignette) -> Result:
        """Return what the layer says after the last turn; what it once found it does not take back."""
        levels: list[Disposition] = []
        why: tuple[str, ...] = ()
        for turn, text in enumerate(vignette.turns, start=1):
            seen = " ".join(vignette.turns[:turn]) if self._sees == "conversation" else text
            why = why or self._found(seen.lower())
            levels.append(Disposition.EMERGENCY_DEPARTMENT if why else Disposition.ROUTINE)
        return Result(vignette=vignette, advised=levels[-1], evidence=why, levels=tuple(levels))

    def _found(self, text: str) -> tuple[str, ...]:
        for rule in self._rules:
            hits = [words.search(text) for words in rule]
            if all(hits):
                return tuple(hit.group() for hit in hits if hit)
        return ()


def _any_of(words: Sequence[str], *, whole: bool) -> re.Pattern[str]:
    either = "|".join(re.escape(word.lower()) for word in words)
    return re.compile(rf"\b(?:{either})\b" if whole else either)


def _rules(code: str, names: Sequence[str]) -> Iterator[tuple[list[str], ...]]:
    """Yield the lists of each rule of a file of JavaScript or TypeScript: the first name begins a rule."""
    rule: list[list[str]] = []
    words: list[str] | None = None
    for token in _TOKEN.finditer(code):
        if token["name"] in names:
            if token["name"] == names[0] and rule:
                yield tuple(rule)
                rule = []
            words = []
            rule.append(words)
        elif token["end"]:
            words = None
        elif token["text"] and words is not None:
            words.append(re.sub(r"\\(.)", r"\1", token["text"][1:-1]))
    if rule:
        yield tuple(rule)
