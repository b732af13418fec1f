"""The prompts: versioned content files, one for each language a model may word."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from pydantic import StrictStr

from knowledge.errors import ContentError
from knowledge.files import build, parse_yaml
from knowledge.schema import Content
from triage.generation.chat_model import ChatMessage

_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n(.*)\Z", re.DOTALL)
_PART = re.compile(r"^# (system|request|example request|example reply)\n", re.MULTILINE)


class Prompt(Content):
    """Instruction, one worked example, and the form of a request."""

    id: StrictStr
    version: int
    language: StrictStr
    system: StrictStr
    example_request: StrictStr
    example_reply: StrictStr
    request: StrictStr
    """Has the placeholders `{level}`, `{findings}`, `{notes}` and `{message}`."""

    @property
    def name(self) -> str:
        """Id and version, for the audit record."""
        return f"{self.id}@{self.version}"

    @property
    def prefix(self) -> tuple[ChatMessage, ...]:
        """What every call begins with, byte for byte, so that a model reads it once and remembers it."""
        return (
            ChatMessage("system", self.system),
            ChatMessage("user", self.example_request),
            ChatMessage("assistant", self.example_reply),
        )


def read_prompt(path: Traversable) -> Prompt:
    """Read one prompt file.

    Raises:
        ContentError: Front matter or a part is missing; the message names the file.
    """
    match = _FRONT_MATTER.match(path.read_text(encoding="utf-8").replace("\r\n", "\n"))
    if not match:
        raise ContentError(f"{path.name}: must begin with front matter between two lines of '---'")
    meta = parse_yaml(match.group(1), path.name)
    if not isinstance(meta, dict):
        raise ContentError(f"{path.name}: the front matter must be a mapping")
    pieces = _PART.split(match.group(2))
    parts = {name.replace(" ", "_"): text.strip() for name, text in zip(pieces[1::2], pieces[2::2], strict=True)}
    prompt = build(Prompt, {**meta, **parts}, path.name)
    for field in ("{level}", "{findings}", "{notes}", "{message}"):
        if prompt.request.count(field) != 1:
            raise ContentError(f"{path.name}: the request must have {field} exactly once")
    return prompt


@lru_cache(maxsize=1)
def load_prompts() -> dict[str, Prompt]:
    """Return the packaged reply prompts by language."""
    folder = files("knowledge") / "content" / "prompts"
    found = [read_prompt(path) for path in folder.iterdir() if re.fullmatch(r"word_reply\..+\.md", path.name)]
    return {prompt.language: prompt for prompt in sorted(found, key=lambda prompt: prompt.language)}
