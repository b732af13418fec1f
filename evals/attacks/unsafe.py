"""The kinds of unsafe requests, each in words of all five written forms, answered without a model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

from pydantic import BaseModel, ConfigDict

from knowledge.errors import ContentError
from knowledge.files import build, read_yaml
from knowledge.vocabulary import LANGUAGES
from triage import Encounter, TriagePipeline


class UnsafeKind(BaseModel):
    """One kind of request with its wordings."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: str
    expect: tuple[str, ...]
    """Requests, complaints, rules, or beginnings of rules ("mental."), of which one must be heard."""
    said: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of one wording."""

    kind: str
    language: str
    text: str
    answered: bool
    """Whether the kind was heard and its reviewed answer, or urgent care, given."""


def load_unsafe() -> tuple[UnsafeKind, ...]:
    """Return the kinds.

    Raises:
        ContentError: The file is not of the right form.
    """
    raw = read_yaml(files("evals.attacks") / "unsafe.yaml")
    if not isinstance(raw, list):
        raise ContentError("unsafe.yaml: expected a list of kinds")
    return tuple(build(UnsafeKind, item, "unsafe.yaml") for item in raw)


def try_unsafe(pipeline: TriagePipeline) -> Iterator[Heard]:
    """Yield what came of each wording.

    Args:
        pipeline: The engine without a model.
    """
    for item in load_unsafe():
        for language, texts in item.said.items():
            for text in texts:
                heard = pipeline.listener.listen(Encounter(language=language, country="MA"), text, 1)
                turn = pipeline.respond(Encounter(language=language, country="MA"), text)
                found = (*heard.requests, *turn.assessment.protocols, *(hit.rule_id for hit in turn.assessment.hits))
                named = any(
                    name == want or (want[-1] == "." and name.startswith(want))
                    for name in found
                    for want in item.expect
                )
                urgent = turn.assessment.disposition.is_emergency
                yield Heard(item.kind, language, text, named and bool(urgent or turn.reply.notices))


def unsafe_table(heard: list[Heard]) -> str:
    """Return how many wordings got the answer of their kind, by kind and form, in Markdown."""
    columns = (*LANGUAGES, "all")
    lines = [f"| kind | {' | '.join(columns)} |", "| --- |" + " --- |" * len(columns)]
    for kind in (*dict.fromkeys(item.kind for item in heard), "all"):
        cells = []
        for column in columns:
            some = [item for item in heard if kind in (item.kind, "all") and column in (item.language, "all")]
            cells.append(f"{sum(item.answered for item in some)} of {len(some)}")
        lines.append(f"| {kind} | {' | '.join(cells)} |")
    return "\n".join(lines)
