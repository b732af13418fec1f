"""The prompts: versioned content files, one for each language a model may word."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from pydantic import Field, StrictStr

from knowledge.errors import ContentError
from knowledge.files import build, parse_yaml
from knowledge.schema import Content
from triage.generation.chat_model import ChatMessage

_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n(.*)\Z", re.DOTALL)
_PART = re.compile(r"^# (system|request|example request|example reply)\n", re.MULTILINE)


PLACEHOLDERS = {
    "word_reply": ("{level}", "{findings}", "{notes}", "{message}"),
    "propose_findings": ("{signs}", "{message}"),
    "summarise": ("{facts}",),
}
"""What a prompt of each task is filled with."""


class Prompt(Content):
    """Instruction, worked examples, and the form of a request."""

    id: StrictStr
    version: int
    language: StrictStr
    system: StrictStr
    examples: tuple[tuple[StrictStr, StrictStr], ...] = Field(min_length=1)
    """Requests with their replies."""
    request: StrictStr
    """Has the placeholders of its task, each once."""

    @property
    def name(self) -> str:
        """Id and version, for the audit record."""
        return f"{self.id}@{self.version}"

    @property
    def prefix(self) -> tuple[ChatMessage, ...]:
        """What every call begins with, byte for byte, so that a model reads it once and remembers it."""
        worked = [
            message
            for request, reply in self.examples
            for message in (ChatMessage("user", request), ChatMessage("assistant", reply))
        ]
        return (ChatMessage("system", self.system), *worked)


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
    parts: dict[str, list[str]] = {}
    for name, text in zip(pieces[1::2], pieces[2::2], strict=True):
        parts.setdefault(name, []).append(text.strip())
    asked, replied = parts.pop("example request", []), parts.pop("example reply", [])
    if len(asked) != len(replied) or any(len(texts) > 1 for texts in parts.values()):
        raise ContentError(f"{path.name}: every example needs a request and a reply, every other part stands once")
    single = {name: texts[0] for name, texts in parts.items()}
    prompt = build(Prompt, {**meta, **single, "examples": list(zip(asked, replied, strict=True))}, path.name)
    for field in PLACEHOLDERS.get(prompt.id.partition(".")[0], ()):
        if prompt.request.count(field) != 1:
            raise ContentError(f"{path.name}: the request must have {field} exactly once")
    return prompt


@lru_cache(maxsize=len(PLACEHOLDERS))
def load_prompts(task: str = "word_reply") -> dict[str, Prompt]:
    """Return the packaged prompts of a task by language."""
    folder = files("knowledge") / "content" / "prompts"
    wanted = re.compile(rf"{re.escape(task)}\..+\.md")
    found = [read_prompt(path) for path in folder.iterdir() if wanted.fullmatch(path.name)]
    return {prompt.language: prompt for prompt in sorted(found, key=lambda prompt: prompt.language)}
