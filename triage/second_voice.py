"""The second voice: readers that may be wrong, so all they can do is make the interview ask.

A voice proposes what a message may say. A proposal that stands up becomes a suspicion: unknown to every rule, it moves
neither floor nor advice. When it would raise the level if it were true, the patient is asked in fixed words whether it
is; the answer is a finding like any other.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from knowledge.conditions import Compare, atoms
from knowledge.loader import Knowledge
from knowledge.vocabulary import Polarity
from triage.confirming import concept_asked, confirming_id, confirming_question
from triage.encounter import Encounter
from triage.facts import Facts
from triage.gathering import FactsBuilder
from triage.interview import MOST_QUESTIONS, Interview, Next
from triage.red_flags import RuleSet
from triage.types import Extraction, Finding

MOST_CONFIRMING = 2
"""Confirming questions of one encounter; more would feel like being doubted."""

MOST_SUSPECTED = 4
"""Suspicions of one message that are weighed; the voices name the likeliest first."""

MOST_CANDIDATES = 24
"""Concepts that a voice which must be told what to look for is told."""

_KINDS = ("finding", "event")

log = logging.getLogger("salama")


class Voice(Protocol):
    """Reads a message beside the words; anything it says is only a proposal."""

    @property
    def name(self) -> str:
        """What speaks, for the audit record."""

    @property
    def waits(self) -> bool:
        """Whether it may take long, so that the card is shown before it is heard."""

    def speaks(self, language: str) -> bool:
        """Whether it understands a language, and is ready."""

    def propose(
        self, text: str, language: str, *, heard: Extraction, candidates: Mapping[str, str], turn: int
    ) -> Sequence[Finding]:
        """Return possible findings, the likeliest first, each with the patient's words and where they stand.

        Args:
            text: The scrubbed message.
            language: Its language.
            heard: What the words found in it.
            candidates: Concepts worth looking for, with their labels in the language.
            turn: Number of the message.
        """


@dataclass(frozen=True)
class Considered:
    """What came of listening: the next question, and what was proposed by whom."""

    following: Next
    suspected: tuple[Finding, ...] = ()
    voices: tuple[str, ...] = ()
    """Each voice that listened, with what it proposed or the kind of error that kept it silent."""


class SecondVoice:
    """Listens to the voices, keeps what stands up, and chooses the question that confirms it."""

    def __init__(
        self, knowledge: Knowledge, facts: FactsBuilder, rules: RuleSet, interview: Interview, voices: Sequence[Voice]
    ) -> None:
        self._knowledge = knowledge
        self._facts = facts
        self._rules = rules
        self._interview = interview
        self._voices = tuple(voices)

    def consider(
        self,
        encounter: Encounter,
        facts: Facts,
        text: str,
        heard: Extraction,
        assessed: Next,
        before_waiting: Callable[[], None],
    ) -> Considered:
        """Return the next question in the light of what the voices propose; floor, hits and advice stay as they are.

        Args:
            encounter: The encounter with this message learnt.
            facts: Its facts.
            text: The message in the patient's own words; empty when there are none to read.
            heard: What the words found in it.
            assessed: What the rules and the interview say.
            before_waiting: Called before a slow voice is heard.
        """
        if assessed.assessment.disposition.is_emergency or encounter.small_talk or not _may_ask(encounter):
            return Considered(assessed)
        suspected: list[Finding] = []
        voices: list[str] = []
        turn = encounter.number + 1
        for voice in self._voices if text.strip() else ():
            if not voice.speaks(encounter.language) or (voice.waits and suspected):
                continue
            if voice.waits:
                before_waiting()
            candidates = self._candidates(facts, encounter.language)
            try:
                proposals = voice.propose(text, encounter.language, heard=heard, candidates=candidates, turn=turn)
                admitted = list(self._admitted(proposals, text, encounter, facts, turn, suspected))
            except Exception as error:  # a voice that fails is silent; its words never reach the log
                voices.append(f"{voice.name} failed: {type(error).__name__}")
                log.warning("second voice %s failed: %s", voice.name, type(error).__name__)
                continue
            suspected += admitted
            voices.append(f"{voice.name}: {', '.join(item.concept for item in admitted) or '-'}")
        encounter.suspected = [*encounter.suspected, *suspected]
        following = self._confirm(encounter, self._facts.build(encounter), assessed)
        return Considered(following, tuple(suspected), tuple(voices))

    def _admitted(
        self,
        proposals: Iterable[Finding],
        text: str,
        encounter: Encounter,
        facts: Facts,
        turn: int,
        before: Sequence[Finding],
    ) -> Iterator[Finding]:
        """Yield the proposals that may become suspicions, reduced to what a suspicion is."""
        taken = {item.concept for item in (*before, *encounter.suspected)} | set(self._asked(encounter))
        for item in proposals:
            known = self._knowledge.concepts.get(item.concept)
            if known is None or known.kind not in _KINDS or (known.sex and facts.sex and known.sex != facts.sex):
                continue
            if item.concept in facts.present or item.concept in facts.absent or item.concept in taken:
                continue
            span = item.span
            inside = span is not None and 0 <= span.start < span.end <= len(text)
            verbatim = span is not None and inside and text[span.start : span.end] == item.text
            if not verbatim or not item.text.strip() or item.origin not in ("semantic", "model"):
                continue
            taken.add(item.concept)
            yield Finding(
                concept=item.concept,
                polarity=Polarity.POSSIBLE,
                text=item.text,
                span=span,
                turn=turn,
                origin=item.origin,
            )

    def _asked(self, encounter: Encounter) -> Iterator[str]:
        """Yield the concepts that were asked about, whatever the answer."""
        for name in encounter.asked:
            concept = concept_asked(name)
            if concept is not None:
                yield concept
            elif name in self._knowledge.questions:
                yield from self._knowledge.questions[name].options

    def _confirm(self, encounter: Encounter, facts: Facts, assessed: Next) -> Next:
        """Return the question that confirms the most dangerous suspicion, unless the next one may lead higher."""
        now = assessed.assessment
        offered = assessed.question.options if assessed.question is not None else ()
        best: tuple[tuple[int, int], str, Next] | None = None
        waiting = [item for item in facts.suspected.values() if confirming_id(item.concept) not in encounter.asked]
        for item in [item for item in waiting if item.concept not in offered][-MOST_SUSPECTED:]:
            then = self._if_true(encounter, item)
            level, reach = then.assessment.disposition, then.assessment.ceiling
            urgent = level.is_emergency and level > now.disposition
            opens = reach > now.ceiling or (assessed.question is None and level > now.disposition)
            if (urgent or opens) and (best is None or (level, reach) > best[0]):
                best = (level, reach), item.concept, then
        if best is None:
            return assessed
        other = encounter.subject.is_author is False
        question = confirming_question(self._knowledge, confirming_id(best[1]), other=other)
        ceiling = max(now.ceiling, best[2].assessment.ceiling)
        left = assessed.remaining + (assessed.question is not None)
        return replace(
            assessed,
            assessment=now.model_copy(update={"ceiling": ceiling, "closed": False}),
            question=question,
            remaining=max(0, min(left, MOST_QUESTIONS - len(encounter.asked) - 1)),
        )

    def _if_true(self, encounter: Encounter, suspicion: Finding) -> Next:
        """Return what the engine would say if the patient confirmed a suspicion."""
        told = suspicion.model_copy(update={"polarity": Polarity.AFFIRMED, "origin": "answer"})
        asked = [*encounter.asked, confirming_id(suspicion.concept)]
        then = encounter.model_copy(update={"findings": [*encounter.findings, told], "asked": asked})
        facts = self._facts.build(then)
        return self._interview.assess(then, facts, self._rules.hits(facts))

    def _candidates(self, facts: Facts, language: str) -> dict[str, str]:
        """Return what the open complaints and the rules near what was told look at and nobody has said, with labels."""
        names: dict[str, None] = {}
        for rule in self._rules.touched(facts.present):
            if rule.disposition.is_emergency:
                names |= dict.fromkeys(atom.concept for atom in atoms(rule.condition) if not isinstance(atom, Compare))
        asked: dict[str, None] = {}
        for protocol in self._interview.open_protocols(facts):
            for question in protocol.questions:
                asked |= dict.fromkeys(self._knowledge.questions[question].options)
        known = self._knowledge.concepts
        wanted = dict.fromkeys(name.removesuffix(".ongoing") for name in (*asked, *names))
        unknown = [
            name
            for name in wanted
            if known[name].kind in _KINDS and name not in facts.present and name not in facts.absent
        ]
        return {name: self._knowledge.label(name, language) for name in unknown[:MOST_CANDIDATES]}


def _may_ask(encounter: Encounter) -> bool:
    confirming = sum(concept_asked(name) is not None for name in encounter.asked)
    return confirming < MOST_CONFIRMING and len(encounter.asked) < MOST_QUESTIONS and not encounter.retracting
