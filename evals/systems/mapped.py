"""Any HTTP endpoint that takes and returns JSON, by a small mapping file.

    url: http://localhost:9000/triage
    headers: {X-Key: "..."}
    body: {text: "$message", history: "$messages", age: "$age_years", lang: "$language", session: "$id"}
    reply: answer.text            # path to free text, which is read by the disposition reader, or
    level: triage.level           # path to a level, which is looked up in `levels`
    levels: {red: ambulance, orange: emergency_department, yellow: today, green: self_care}

`$message` is the patient's last message, `$messages` all turns so far in the OpenAI shape, `$text` all messages of the
patient joined; `$id`, `$language`, `$country` and keys of the vignette's subject are replaced too, by null where
unknown.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from evals.reading import read_reply
from evals.result import Result
from evals.systems.client import GREETING, Message
from evals.systems.post import EndpointError, Poster
from evals.vignette import SuiteError, Vignette, read_text, what_is_wrong
from knowledge.vocabulary import Disposition, DispositionName


class Mapping(BaseModel):
    """The mapping file."""

    model_config = ConfigDict(extra="forbid")

    url: str
    name: str = ""
    headers: dict[str, str] = {}
    body: dict[str, Any]
    reply: str | None = None
    level: str | None = None
    levels: dict[str, DispositionName] = {}
    timeout: float = Field(default=60.0, gt=0)
    """Seconds for one call."""

    @model_validator(mode="after")
    def _readable(self) -> Mapping:
        if self.reply is None and self.level is None:
            raise ValueError("give `reply` (a path to text) or `level` (a path to a level, with `levels`)")
        if self.level is not None and not self.levels:
            raise ValueError("`level` needs `levels`: what each level of the endpoint is called here")
        return self


class MappedEndpoint:
    """Plays vignettes against one endpoint."""

    def __init__(self, mapping: Mapping) -> None:
        self._mapping = mapping
        self._poster = Poster(mapping.url, mapping.headers, timeout=mapping.timeout)
        self.name = mapping.name or mapping.url

    @classmethod
    def from_file(cls, path: Path) -> MappedEndpoint:
        """Read a mapping.

        Raises:
            SuiteError: The file is missing or is no mapping; the message names the key.
        """
        try:
            return cls(Mapping.model_validate(yaml.safe_load(read_text(path))))
        except (yaml.YAMLError, ValidationError) as error:
            raise SuiteError(f"{path}: {what_is_wrong(error)}") from None

    def reach(self) -> None:
        """Raise EndpointError when the endpoint gives no answer of the mapped form to a greeting."""
        hello = Vignette(id="hello", turns=(GREETING,), reference=(Disposition.SELF_CARE,))
        self.turn(hello, [], GREETING)

    def play(self, vignette: Vignette) -> Result:
        """Return the advice after the last turn."""
        messages: list[Message] = []
        replies: list[str] = []
        levels: list[Disposition] = []
        retries, started = 0, time.perf_counter()
        level, why, failure = None, "", None
        try:
            for text in vignette.turns:
                reply, level, why, again = self.turn(vignette, messages, text)
                retries += again
                replies.append(reply)
                levels += [level] if level is not None else levels[-1:]
        except EndpointError as error:
            level, failure = None, str(error)
        return Result(
            vignette=vignette,
            advised=level,
            milliseconds=(time.perf_counter() - started) * 1000,
            evidence=(why,) if why and level is not None else (),
            levels=tuple(levels),
            replies=tuple(replies),
            failure=failure or (None if level is not None else f"unclear: {why or 'no_advice'}"),
            retries=retries,
        )

    def talk(self, vignette: Vignette) -> Conversing:
        """Begin a conversation; of the vignette the endpoint learns what the mapping sends.

        Raises:
            SuiteError: The mapping names no `reply`, so there are no words that a patient could answer.
        """
        if self._mapping.reply is None:
            raise SuiteError(f"{self.name}: a simulated patient answers words; give `reply` in the mapping")
        return Conversing(self, vignette)

    def turn(self, vignette: Vignette, messages: list[Message], text: str) -> tuple[str, Disposition | None, str, int]:
        """Send one message, and add it and its reply to the messages.

        Args:
            vignette: Whose conversation it is.
            messages: What was said so far.
            text: What the patient says now.

        Returns:
            The reply, the level that is advised, what decided it, and how many calls were repeated.

        Raises:
            EndpointError: No answer of the mapped form.
        """
        messages.append({"role": "user", "content": text})
        answer, again = self._poster.post(_filled(self._mapping.body, _values(vignette, messages)))
        reply, level, why = self._read(answer)
        messages.append({"role": "assistant", "content": reply})
        return reply, level, why, again

    def _read(self, answer: object) -> tuple[str, Disposition | None, str]:
        reply = str(_at(answer, self._mapping.reply)) if self._mapping.reply else ""
        if self._mapping.level is None:
            reading = read_reply(reply)
            return reply, reading.level, reading.evidence or reading.why
        said = str(_at(answer, self._mapping.level))
        if said not in self._mapping.levels:
            return reply, None, f"unknown level {said!r}"
        return reply, self._mapping.levels[said], said


class Conversing:
    """An open conversation with an endpoint."""

    def __init__(self, endpoint: MappedEndpoint, vignette: Vignette) -> None:
        self._endpoint = endpoint
        self._vignette = vignette
        self._messages: list[Message] = []

    def say(self, message: str) -> tuple[str, Disposition | None]:
        """Return the reply and the level that is advised now.

        Raises:
            EndpointError: No answer of the mapped form.
        """
        reply, level, _, _ = self._endpoint.turn(self._vignette, self._messages, message)
        return reply, level


def _values(vignette: Vignette, messages: list[Message]) -> dict[str, object]:
    said = [item["content"] for item in messages if item["role"] == "user"]
    return {
        "message": said[-1],
        "text": "\n".join(said),
        "messages": messages,
        "id": vignette.id,
        "language": vignette.language,
        "country": vignette.country,
        **vignette.subject,
    }


def _filled(template: Any, values: dict[str, object]) -> Any:
    if isinstance(template, dict):
        return {key: _filled(item, values) for key, item in template.items()}
    if isinstance(template, list):
        return [_filled(item, values) for item in template]
    if isinstance(template, str) and template.startswith("$"):
        return values.get(template[1:])
    return template


def _at(answer: object, path: str) -> object:
    """Follow `a.b.0.c` into JSON."""
    found: Any = answer
    for part in path.split("."):
        try:
            found = found[int(part)] if isinstance(found, list) else found[part]
        except (KeyError, IndexError, ValueError, TypeError):
            raise EndpointError(f"the answer has no {path!r}", str(answer)[:300]) from None
    return found
