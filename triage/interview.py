"""The interview: what is still possible, and which question closes the interval fastest, danger first.

The ceiling is the most urgent level that the questions still open can lead to. A question is asked only while an
answer to it can change the level.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from knowledge.conditions import Compare, atoms
from knowledge.loader import Knowledge
from knowledge.protocols import Protocol, Question
from knowledge.vocabulary import Disposition, Polarity, Temporality
from triage.encounter import Encounter
from triage.facts import AGE_DAYS, Facts
from triage.gathering import FactsBuilder
from triage.kleene import evaluate
from triage.levels import UNCLEAR, Levels
from triage.red_flags import RuleSet, name_of, needs_of
from triage.types import Assessment, RedFlagHit
from triage.unknown import asked_by, unknown, while_open

MOST_QUESTIONS = 8
_DENIALS = 3
"""Dangers denied unasked that say as much as answers to danger questions (docs/adr/0007)."""
_ANSWERS = 3
"""Questions answered since an alarm, with nothing told in answer, after which a known complaint is seen today."""


@dataclass(frozen=True)
class Next:
    """The interval of a turn and the question that comes next."""

    assessment: Assessment
    question: Question | None
    remaining: int
    """At most this many questions after this one."""


@dataclass(frozen=True)
class _Target:
    """A rule or a level of a protocol that an answer could still decide."""

    disposition: Disposition
    names: frozenset[str]
    """The concepts and quantities it looks at."""
    presumed: bool = False
    """Whether the rule is taken to hold until it is settled."""


class Interview:
    """Chooses questions over the protocols and rules of the content."""

    def __init__(self, knowledge: Knowledge, rules: RuleSet) -> None:
        self._protocols: Mapping[str, Protocol] = knowledge.protocols
        self._openings = [(item, needs_of(item.opening)) for item in knowledge.protocols.values()]
        self._questions = knowledge.questions
        self._rules = rules
        self._asked = {question.id: asked_by(question) for question in knowledge.questions.values()}
        builder = FactsBuilder(knowledge.concepts, knowledge.services)
        self._reach = {name: frozenset().union(*map(builder.reachable, names)) for name, names in self._asked.items()}
        self._levels = Levels(knowledge, rules, builder, self._asked)

    def assess(self, encounter: Encounter, facts: Facts, hits: tuple[RedFlagHit, ...], *, calm: bool = False) -> Next:
        """Return floor, ceiling, advice and the next question for the facts so far.

        Args:
            encounter: The encounter so far.
            facts: Its facts.
            hits: The danger signs that are there, or presumed.
            calm: Whether all that was written reads surely calm: no answer that nobody understood is feared then.
        """
        protocols = self.open_protocols(facts)
        floor = max([encounter.floor, *(hit.disposition for hit in hits if not hit.presumed)])
        candidates = self._candidates(encounter, facts, protocols)
        base = self._levels.meanwhile(encounter, facts, protocols, calm=calm)
        presumed = max((hit.disposition for hit in hits), default=Disposition.SELF_CARE)
        # Once the floor is an emergency, what was feared while nothing was answered no longer speaks.
        advice = max(floor, presumed) if floor.is_emergency else max(floor, base, presumed)
        question: Question | None = None
        targets: list[_Target] = []
        concerned: dict[str, list[_Target]] = {}
        if not floor.is_emergency and len(encounter.asked) < MOST_QUESTIONS:
            settled = max(floor, self._levels.settled(facts, protocols))
            targets = self._targets(facts, protocols, candidates, settled, hits)
            concerned = {item.id: self._concerned(item, facts, targets) for item in candidates}
            leading = frozenset(name for item in protocols if item.leads for name in item.questions)
            question = self._age_of_baby(encounter, facts, hits) or self._choose(facts, candidates, concerned, leading)
        ceiling = max([advice, *(target.disposition for target in targets)]) if question else advice
        useful = sum(1 for decides in concerned.values() if decides)
        return Next(
            assessment=Assessment(
                floor=floor,
                ceiling=ceiling,
                disposition=advice,
                closed=question is None,
                hits=hits,
                protocols=tuple(protocol.id for protocol in protocols),
            ),
            question=question,
            remaining=max(0, min(useful, MOST_QUESTIONS - len(encounter.asked)) - 1),
        )

    def denies_enough(self, facts: Facts, turn: int) -> bool:
        """Return whether a turn denies dangers enough of a known complaint for the gestalt to have nothing to add."""
        return self._levels.denials(facts, turn) >= _DENIALS and self.open_protocols(facts)[0].id != UNCLEAR

    def alarmed(self, encounter: Encounter, following: Next, alarm: RedFlagHit) -> Next:
        """Return what comes next when the gestalt of all that was written is an alarm.

        Its level is advised while a question is open, and a doctor today once the patient answered one that was asked
        since the alarm and none is left, or denied all that several asked about a known complaint; a sure alarm stays.
        When none was left to ask, the universal danger signs are asked, unless they were before: no question is asked
        twice, and the level stays.
        """
        found, question = following.assessment, following.question
        if found.disposition >= alarm.disposition:
            return following
        asked = encounter.asked_since(encounter.alarm_turn)
        universal = self._questions[self._protocols[UNCLEAR].questions[0]]
        may_ask = universal.id not in encounter.asked and len(encounter.asked) < MOST_QUESTIONS
        if question is None and not asked and may_ask:
            question = universal
        answered = asked & encounter.answered
        denied = len(answered) >= _ANSWERS and UNCLEAR not in found.protocols and not _tells(encounter)
        stays = encounter.alarm_sure or not answered or (question is not None and not denied)
        level = max(found.disposition, alarm.disposition if stays else Disposition.TODAY)
        raised = {
            "disposition": level,
            "ceiling": max(level, found.ceiling),
            "closed": question is None,
            "hits": (*found.hits, alarm.model_copy(update={"disposition": level})),
        }
        return Next(found.model_copy(update=raised), question, following.remaining)

    def calmed(self, following: Next) -> Next:
        """Return what comes next when all that was written reads surely calm: what is only presumed is asked first.

        A doctor today is advised until the answer; what is certain stays, and so does what no question is left for.
        """
        found = following.assessment
        level = max(found.floor, Disposition.TODAY)
        stays = any(self._protocols[name].feared_if_calm for name in found.protocols)
        if stays or following.question is None or found.disposition <= level:
            return following
        hits = tuple(hit for hit in found.hits if hit.disposition <= level)
        return replace(following, assessment=found.model_copy(update={"disposition": level, "hits": hits}))

    def open_protocols(self, facts: Facts) -> list[Protocol]:
        """Return the protocols of the complaints told so far, the one named first in front.

        The one for unclear messages stands alone when there is none.
        """
        told = facts.told
        found = [
            item
            for item, needs in self._openings
            if (needs is None or not needs.isdisjoint(told)) and evaluate(item.opening, facts.truth, presume=True)
        ]
        return sorted(found, key=lambda item: _first_told(item, facts)) or [self._protocols[UNCLEAR]]

    def _candidates(self, encounter: Encounter, facts: Facts, protocols: Sequence[Protocol]) -> list[Question]:
        ids = dict.fromkeys(name for protocol in protocols for name in protocol.questions)
        questions = [self._questions[name] for name in ids if name not in encounter.asked]
        return [item for item in questions if item.applies is None or evaluate(item.applies, facts.truth) is not False]

    def _targets(
        self,
        facts: Facts,
        protocols: Sequence[Protocol],
        candidates: Sequence[Question],
        settled: Disposition,
        hits: Sequence[RedFlagHit],
    ) -> list[_Target]:
        """Return what open questions could still decide: rules above the settled level, and levels of protocols."""
        reach: set[str] = set()
        for question in candidates:
            if unknown(self._asked[question.id], facts):
                reach |= self._reach[question.id]
        left = unknown(reach, facts)
        lookup = while_open(facts, left)
        presumed = {hit.rule_id for hit in hits if hit.presumed}
        targets = []
        times = [name.removeprefix("time:") for name in left]
        for rule in self._rules.touched([*left, *times, *facts.told]):
            matters = rule.disposition > settled or rule.id in presumed
            if matters and evaluate(rule.condition, lookup) is None:
                targets.append(_Target(rule.disposition, self._rules.names[rule.id], rule.id in presumed))
        for protocol in protocols:
            for level in protocol.levels:
                if level.disposition != settled and evaluate(level.condition, lookup) is None:
                    names = frozenset(name_of(atom) for atom in atoms(level.condition))
                    targets.append(_Target(level.disposition, names))
        return targets

    def _choose(
        self,
        facts: Facts,
        candidates: Sequence[Question],
        concerned: Mapping[str, Sequence[_Target]],
        leading: frozenset[str],
    ) -> Question | None:
        """Return the question that can lead highest and settles most; ask first what decides whether it applies."""
        ranked: list[tuple[tuple[int, bool, bool, bool, int, int], Question]] = []
        for position, question in enumerate(candidates):
            targets = concerned[question.id]
            if targets:
                top = max(target.disposition for target in targets)
                settled = sum(1 for target in targets if target.disposition == top)
                # a pregnancy settles much, and is a strange thing to be asked before the danger signs themselves
                of_signs = "pregnant" not in self._asked[question.id]
                feared = any(target.presumed for target in targets)
                leads = question.id in leading and question.number is None
                ranked.append(((int(top), leads, feared, of_signs, min(settled, 3), -position), question))
        for _, question in sorted(ranked, key=lambda item: item[0], reverse=True):
            if self._applies(question, facts):
                return question
            first = self._deciding(question, candidates, facts)
            if first is not None:
                return first
        return None

    def _age_of_baby(self, encounter: Encounter, facts: Facts, hits: Sequence[RedFlagHit]) -> Question | None:
        """Return the question of age, which comes first where a danger sign takes "my baby" to be two months old."""
        taken = any(hit.presumed and "age" in self._rules.names[hit.rule_id] for hit in hits)
        if not (taken and facts.is_some_baby):
            return None
        ages = (item for item in self._questions.values() if item.number in AGE_DAYS)
        return next((item for item in ages if item.id not in encounter.asked), None)

    def _applies(self, question: Question, facts: Facts) -> bool:
        return question.applies is None or bool(evaluate(question.applies, facts.truth, presume=True))

    def _deciding(self, question: Question, candidates: Sequence[Question], facts: Facts) -> Question | None:
        """Return the question that tells whether another one applies, such as the age for a question about babies."""
        wanted = {name_of(atom) for atom in atoms(question.applies)} if question.applies is not None else set()
        for other in candidates:
            if unknown(self._asked[other.id], facts) & wanted and self._applies(other, facts):
                return other
        return None

    def _concerned(self, question: Question, facts: Facts, targets: Sequence[_Target]) -> list[_Target]:
        """Return the targets that an answer can decide."""
        if not targets or not unknown(self._asked[question.id], facts):
            return []
        reach = self._reach[question.id]
        return [target for target in targets if not target.names.isdisjoint(reach)]


def _tells(encounter: Encounter) -> bool:
    """Whether anything was told since the alarm that is there now."""
    return any(
        item.turn > encounter.alarm_turn
        and item.polarity is not Polarity.NEGATED
        and item.temporality is Temporality.CURRENT
        for item in encounter.findings
    )


def _first_told(protocol: Protocol, facts: Facts) -> tuple[bool, int, int, bool, int]:
    """Return a key that orders complaints: sure before possible, told early before late, named before implied."""
    told = []
    for atom in atoms(protocol.opening):
        if isinstance(atom, Compare):
            continue
        concept = atom.concept.removesuffix(".ongoing")
        known = facts.present.get(concept)
        if known is None:
            continue
        start = known.span.start if known.span is not None else 0
        implied = known.concept != concept
        doubtful = known.polarity is Polarity.POSSIBLE
        told.append((doubtful, known.turn, start, implied, -len(known.text)))
    return min(told, default=(True, 0, 0, True, 0))
