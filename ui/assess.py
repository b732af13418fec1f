"""`salama assess`: JSON lines in, one JSON line out for each, in order; a bad line never stops the rest."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Iterator
from typing import Any, Literal, TextIO

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from triage import Encounter, RedFlagHit, Subject, TriagePipeline, Turn

LONGEST_LINE = 8 * 1024 * 1024
"""Characters of a line beyond which it is refused unread."""


class Case(BaseModel):
    """One line of input: a message, or several patient turns."""

    model_config = ConfigDict(extra="forbid")

    id: str | int | None = None
    text: str | None = None
    turns: list[str] | None = Field(default=None, min_length=1)
    age_years: float | None = Field(default=None, ge=0, le=130)
    age_months: float | None = Field(default=None, ge=0, le=1560)
    sex: Literal["F", "M", "female", "male"] | None = None
    pregnant: bool | None = None
    conditions: list[str] = []
    language: str | None = None
    country: str | None = None

    def encounter(self, pipeline: TriagePipeline) -> Encounter:
        """Return the encounter this case begins with.

        Raises:
            ValueError: A condition, language or country is not known; the message lists the choices.
        """
        knowledge = pipeline.knowledge
        if self.language is not None and self.language not in knowledge.replies:
            raise ValueError(f"unknown language {self.language!r}; choose one of: {', '.join(knowledge.replies)}")
        if self.country is not None and self.country not in knowledge.services:
            raise ValueError(f"unknown country {self.country!r}; choose one of: {', '.join(knowledge.services)}")
        conditions = [self._condition(name, pipeline) for name in self.conditions]
        return Encounter(
            language=self.language or "en",
            country=self.country,
            subject=Subject(
                age_years=self.age_years,
                age_months=self.age_months,
                sex="F" if self.sex in ("F", "female") else "M" if self.sex in ("M", "male") else None,
                pregnant=self.pregnant,
                conditions=tuple(conditions),
            ),
        )

    def _condition(self, name: str, pipeline: TriagePipeline) -> str:
        for concept in (name, f"condition:{name}", f"med:{name}"):
            if concept in pipeline.knowledge.concepts:
                return concept
        known = sorted(key for key in pipeline.knowledge.concepts if ":" in key)
        raise ValueError(f"unknown condition {name!r}; choose from: {', '.join(known)}")


def assess(pipeline: TriagePipeline, case: Case) -> dict[str, Any]:
    """Play a case and return its result as JSON-ready data.

    Raises:
        ValueError: The case has neither text nor turns, or both, or names something unknown.
    """
    if (case.text is None) == (case.turns is None):
        raise ValueError("give either 'text' or 'turns'")
    started = time.perf_counter()
    encounter = case.encounter(pipeline)
    turns = [pipeline.respond(encounter, text) for text in (case.turns or [case.text or ""])]
    last = turns[-1]
    return {
        "id": case.id,
        **_level(last),
        "closed": last.assessment.closed,
        "language": encounter.language,
        "red_flags": [
            {
                "id": hit.rule_id,
                "title": hit.title,
                "because": [{"turn": turn, "text": text} for turn, text in _words(hit)],
            }
            for hit in last.assessment.hits
        ],
        "findings": [
            {
                "concept": item.concept,
                "polarity": item.polarity.value,
                "experiencer": item.experiencer.value,
                "temporality": item.temporality.value,
                "turn": item.turn,
                "text": item.text,
            }
            for item in encounter.findings
        ],
        "question": last.reply.question.text if last.reply.question else None,
        "reply": last.reply.text,
        "citations": [{"id": item.id, "title": item.title, "url": item.url} for item in last.reply.citations],
        "handoff": last.assessment.disposition.is_emergency or last.assessment.closed,
        "model": last.reply.worded_by,
        "ms": round((time.perf_counter() - started) * 1000, 3),
        "turns": [
            {
                **_level(turn),
                "question": turn.reply.question.text if turn.reply.question else None,
                "reply": turn.reply.text,
            }
            for turn in turns
        ],
    }


def _words(hit: RedFlagHit) -> list[tuple[int, str]]:
    """Return the patient's words behind a hit, each once."""
    return list(dict.fromkeys((item.turn, item.text) for item in hit.because if item.text))


def _level(turn: Turn) -> dict[str, str]:
    found = turn.assessment
    return {
        "disposition": found.disposition.name.lower(),
        "floor": found.floor.name.lower(),
        "ceiling": found.ceiling.name.lower(),
    }


def assess_lines(pipeline: TriagePipeline, lines: Iterable[bytes], out: TextIO) -> int:
    """Answer every line as it comes; return 1 when any was bad, else 0."""
    failed = 0
    for result in _results(pipeline, lines):
        failed |= "error" in result
        out.write(json.dumps(result, ensure_ascii=False) + "\n")
        out.flush()
    return int(failed)


def _results(pipeline: TriagePipeline, lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        case_id: object = None
        try:
            if len(line) > LONGEST_LINE:
                raise ValueError(f"line {number} is longer than {LONGEST_LINE} bytes")
            raw = json.loads(line.decode("utf-8"))
            if not isinstance(raw, dict):
                raise ValueError(f"line {number} is not a JSON object")
            case_id = raw.get("id")
            yield assess(pipeline, Case.model_validate(raw))
        except UnicodeDecodeError:
            yield {"id": case_id, "error": f"line {number} is not UTF-8 text"}
        except json.JSONDecodeError as error:
            yield {"id": case_id, "error": f"line {number} is not JSON: {error.msg} at column {error.colno}"}
        except ValidationError as error:
            problems = "; ".join(f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors())
            yield {"id": case_id, "error": problems}
        except ValueError as error:
            yield {"id": case_id, "error": str(error)}


def main(pipeline: TriagePipeline) -> int:
    """Run `salama assess` over standard input and output."""
    return assess_lines(pipeline, sys.stdin.buffer, sys.stdout)
