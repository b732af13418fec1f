"""What a turn gathers on its way, and the record that is made of it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from triage.encounter import AuditEvent, Encounter, Turn
from triage.heard import Heard
from triage.privacy import Scrubbed
from triage.second_voice import Considered
from triage.types import Assessment, Extraction, Message, Passage, Reply, Verdict


@dataclass
class Work:
    """What a turn gathers on its way."""

    number: int
    """Number of the turn, from 1."""
    started: float = field(default_factory=time.perf_counter)
    scrubbed: Scrubbed = Scrubbed("", ("all",))
    heard: Heard = Heard()
    considered: Considered | None = None
    verdicts: list[Verdict] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    """Stages that failed."""
    model: str | None = None
    """The model whose sentences were judged."""
    prompt: str | None = None

    @property
    def own_words(self) -> str:
        """The message in the patient's own words; empty for a tapped answer and for what asks for no answer."""
        return self.scrubbed.text if self.heard.tapped is None and not self.heard.silent else ""


def turn_of(
    encounter: Encounter,
    work: Work,
    assessment: Assessment,
    reply: Reply,
    passages: tuple[Passage, ...],
    *,
    content: str,
    retriever: str | None,
) -> Turn:
    """Return the record of a turn with everything that decided it.

    Args:
        encounter: The encounter with the message learnt.
        work: What the turn gathered.
        assessment: What the rules and the interview say.
        reply: What the patient reads.
        passages: What was found.
        content: Version of the content.
        retriever: Name of what found the passages.
    """
    heard, considered = work.heard, work.considered
    audit = AuditEvent(
        encounter_id=encounter.id,
        turn=work.number,
        content_version=content,
        rules=tuple(f"{hit.rule_id}@{hit.rule_version}" for hit in assessment.hits),
        floor=assessment.floor,
        disposition=assessment.disposition,
        question=reply.question.id if reply.question else None,
        passages=tuple(passage.id for passage in passages),
        retriever=retriever,
        model=work.model,
        prompt=work.prompt,
        verdicts=tuple(f"{verdict.check}:{verdict.reason}" for verdict in work.verdicts if not verdict.allowed),
        failures=tuple(work.failures),
        redactions=work.scrubbed.redactions,
        voices=considered.voices if considered else (),
    )
    return Turn(
        number=work.number,
        message=Message(
            author="patient",
            text=heard.tapped or work.scrubbed.text,
            language=encounter.language,
            tapped=heard.tapped is not None,
        ),
        extraction=Extraction(
            findings=heard.findings,
            quantities=heard.quantities,
            suspected=(*heard.suspected, *(considered.suspected if considered else ())),
        ),
        assessment=assessment,
        reply=reply,
        passages=passages,
        audit=audit,
        milliseconds=(time.perf_counter() - work.started) * 1000,
    )
