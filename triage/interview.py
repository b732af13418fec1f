"""The interview: what is still possible, and which question closes the interval fastest, danger first.

The ceiling is the most urgent level that the questions still open can lead to. A question is asked only while an
answer to it can change the level.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from knowledge.checks import MINUTES
from knowledge.conditions import Compare, atoms
from knowledge.loader import Knowledge
from knowledge.protocols import Protocol, Question
from knowledge.vocabulary import Disposition, Polarity
from triage.confirming import concept_asked
from triage.encounter import Encounter
from triage.facts import Facts, FactsBuilder
from triage.kleene import Atom, Lookup, evaluate
from triage.red_flags import RuleSet, name_of, needs_of, quantity_name
from triage.types import Assessment, RedFlagHit

MOST_QUESTIONS = 8
_NOW = (0.0, 0.0)
_DAYS = 3.0 * MINUTES["days"]
"""Minutes after which a complaint that nobody called dangerous has shown that it can wait for the answers."""
UNCLEAR = "unclear"
"""Id of the protocol for messages in which no complaint was recognised."""


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


class Interview:
    """Chooses questions over the protocols and rules of the content."""

    def __init__(self, knowledge: Knowledge, rules: RuleSet) -> None:
        self._protocols: Mapping[str, Protocol] = knowledge.protocols
        self._openings = [(item, needs_of(item.opening)) for item in knowledge.protocols.values()]
        self._questions = knowledge.questions
        self._modifiers = knowledge.modifiers
        self._rules = rules
        self._concepts = knowledge.concepts
        self._names = {question.id: _names(question) for question in knowledge.questions.values()}
        builder = FactsBuilder(knowledge.concepts, knowledge.services)
        self._implied = builder.implied
        self._reach = {name: frozenset().union(*map(builder.reachable, names)) for name, names in self._names.items()}

    def assess(self, encounter: Encounter, facts: Facts, hits: tuple[RedFlagHit, ...]) -> Next:
        """Return floor, ceiling, advice and the next question for the facts so far."""
        protocols = self.open_protocols(facts)
        floor = max([encounter.floor, *(hit.disposition for hit in hits if not hit.presumed)])
        candidates = self._candidates(encounter, facts, protocols)
        base = self._base(encounter, facts, protocols)
        presumed = max((hit.disposition for hit in hits), default=Disposition.SELF_CARE)
        # Once the floor is an emergency, what was feared while nothing was answered no longer speaks.
        advice = max(floor, presumed) if floor.is_emergency else max(floor, base, presumed)
        question: Question | None = None
        targets: list[_Target] = []
        concerned: dict[str, list[_Target]] = {}
        if not floor.is_emergency and len(encounter.asked) < MOST_QUESTIONS:
            targets = self._targets(facts, protocols, candidates, max(floor, self._default(facts, protocols)), hits)
            concerned = {item.id: self._concerned(item, facts, targets) for item in candidates}
            question = self._choose(facts, candidates, concerned)
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

    def alarmed(self, encounter: Encounter, following: Next, alarm: RedFlagHit) -> Next:
        """Return what comes next when the gestalt of all that was written is an alarm.

        Its level is advised while a question is open, and a doctor today once the patient answered one and none is
        left. When no question goes with the complaint, the universal danger signs are asked.
        """
        found, question = following.assessment, following.question
        if found.disposition >= alarm.disposition:
            return following
        universal = self._questions[self._protocols[UNCLEAR].questions[0]]
        if question is None and not encounter.asked:
            question = universal
        answered = not set(encounter.asked) <= set(encounter.unsure)
        level = Disposition.TODAY if question is None and answered else alarm.disposition
        level = max(level, found.disposition)
        raised = {
            "disposition": level,
            "ceiling": max(level, found.ceiling),
            "closed": question is None,
            "hits": (*found.hits, alarm.model_copy(update={"disposition": level})),
        }
        return Next(found.model_copy(update=raised), question, following.remaining)

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

    def _default(self, facts: Facts, protocols: Iterable[Protocol]) -> Disposition:
        """Return the level when no danger sign is found, raised once for people who get worse faster."""
        level = max(_level(protocol, facts) for protocol in protocols)
        for modifier in self._modifiers:
            if level < modifier.up_to and evaluate(modifier.condition, facts.truth):
                return min(Disposition(level + modifier.raise_by), modifier.up_to)
        return level

    def _base(self, encounter: Encounter, facts: Facts, protocols: Sequence[Protocol]) -> Disposition:
        if encounter.small_talk:
            return max(_level(protocol, facts) for protocol in protocols)
        if encounter.inquiry:
            # No complaint was told, though the words of the question may open one.
            return _level(self._protocols[UNCLEAR], facts)
        waiting = [_feared(item, facts) for item in protocols if not self._answered(item, encounter, facts)]
        level = max([self._default(facts, protocols), *waiting])
        # Danger questions that the patient cannot answer are for somebody who can look: a doctor, today.
        return max(level, Disposition.TODAY) if self._unsure(encounter, facts) else level

    def _answered(self, protocol: Protocol, encounter: Encounter, facts: Facts) -> bool:
        """Whether a danger question of the protocol got an answer, or the patient ruled one of its signs out unasked.

        "Not sure", and a question that was passed over twice, are no answers.
        """
        opening = {atom.concept for atom in atoms(protocol.opening) if not isinstance(atom, Compare)}
        answered = set(encounter.asked) - set(encounter.unsure)
        for name in protocol.questions:
            signs = [sign for sign in self._questions[name].options if self._is_sign(sign) and sign not in opening]
            if signs and (name in answered or any(_ruled_out(sign, facts) for sign in signs)):
                return True
        return False

    def _is_sign(self, concept: str) -> bool:
        known = self._concepts.get(concept)
        return known is not None and known.kind == "finding" and concept != "pregnant"

    def _unsure(self, encounter: Encounter, facts: Facts) -> bool:
        for name in encounter.unsure:
            known = name in self._questions
            unknown = self._unknown(self._questions[name], facts) if known else self._unconfirmed(name, facts)
            for rule in self._rules.touched(unknown):
                if rule.disposition.is_emergency and evaluate(rule.condition, _open(facts, unknown)) is not False:
                    return True
        return False

    def _unconfirmed(self, name: str, facts: Facts) -> set[str]:
        """Return what would be known if a suspicion had been confirmed or denied."""
        concept = concept_asked(name)
        names = self._implied(concept) if concept is not None else set()
        unknown = {item for item in names if item not in facts.present and item not in facts.absent}
        return unknown | {f"{item}.ongoing" for item in unknown}

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
            if self._unknown(question, facts):
                reach |= self._reach[question.id]
        unknown = {name for name in reach if not _known(name, facts)}
        lookup = _open(facts, unknown)
        presumed = {hit.rule_id for hit in hits if hit.presumed}
        targets = []
        times = [name.removeprefix("time:") for name in unknown]
        for rule in self._rules.touched([*unknown, *times, *facts.told]):
            undecided = evaluate(rule.condition, lookup) is None
            if undecided and (rule.disposition > settled or rule.id in presumed):
                targets.append(_Target(rule.disposition, self._rules.names[rule.id]))
        for protocol in protocols:
            for level in protocol.levels:
                if level.disposition != settled and evaluate(level.condition, lookup) is None:
                    names = frozenset(name_of(atom) for atom in atoms(level.condition))
                    targets.append(_Target(level.disposition, names))
        return targets

    def _choose(
        self, facts: Facts, candidates: Sequence[Question], concerned: Mapping[str, Sequence[_Target]]
    ) -> Question | None:
        """Return the question that can lead highest and settles most; ask first what decides whether it applies."""
        ranked: list[tuple[tuple[int, bool, int, int], Question]] = []
        for position, question in enumerate(candidates):
            targets = concerned[question.id]
            if targets:
                top = max(target.disposition for target in targets)
                settled = sum(1 for target in targets if target.disposition == top)
                # a pregnancy settles much, and is a strange thing to be asked before the danger signs themselves
                of_signs = "pregnant" not in self._names[question.id]
                ranked.append(((int(top), of_signs, min(settled, 3), -position), question))
        for _, question in sorted(ranked, key=lambda item: item[0], reverse=True):
            if self._applies(question, facts):
                return question
            first = self._deciding(question, candidates, facts)
            if first is not None:
                return first
        return None

    def _applies(self, question: Question, facts: Facts) -> bool:
        return question.applies is None or bool(evaluate(question.applies, facts.truth, presume=True))

    def _deciding(self, question: Question, candidates: Sequence[Question], facts: Facts) -> Question | None:
        """Return the question that tells whether another one applies, such as the age for a question about babies."""
        wanted = {name_of(atom) for atom in atoms(question.applies)} if question.applies is not None else set()
        for other in candidates:
            if self._unknown(other, facts) & wanted and self._applies(other, facts):
                return other
        return None

    def _concerned(self, question: Question, facts: Facts, targets: Sequence[_Target]) -> list[_Target]:
        """Return the targets that an answer can decide."""
        if not targets or not self._unknown(question, facts):
            return []
        reach = self._reach[question.id]
        return [target for target in targets if not target.names.isdisjoint(reach)]

    def _unknown(self, question: Question, facts: Facts) -> set[str]:
        """Return what a question asks for and is not known yet."""
        return {name for name in self._names[question.id] if not _known(name, facts)}


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


def _level(protocol: Protocol, facts: Facts) -> Disposition:
    for level in protocol.levels:
        if evaluate(level.condition, facts.truth):
            return level.disposition
    return protocol.default


def _feared(protocol: Protocol, facts: Facts) -> Disposition:
    """Return the level of a complaint whose danger questions nobody has answered yet, never the very top by itself.

    What is only possible, or has lasted for days, is not feared; a lesser fear is a visit to the pharmacist.
    """
    if protocol.unanswered.is_emergency:
        sure = evaluate(protocol.opening, lambda atom: _surely(atom, facts), presume=True)
        level = Disposition.EMERGENCY_DEPARTMENT if protocol.feared else Disposition.TODAY
        return max(protocol.default, level) if sure else protocol.default
    if protocol.id == UNCLEAR:
        # words that nobody understood may say anything
        return protocol.unanswered
    return max(protocol.default, min(protocol.unanswered, Disposition.ROUTINE))


def _surely(atom: Atom, facts: Facts) -> bool | None:
    """Return the truth of an atom as if what is only possible, or has lasted for days, were not known."""
    known = facts.truth(atom)
    if not known or isinstance(atom, Compare):
        return known
    concept = atom.concept.removesuffix(".ongoing")
    finding = facts.present.get(concept)
    doubtful = finding is not None and finding.polarity is Polarity.POSSIBLE
    return None if doubtful or facts.times.get(concept, _NOW)[0] >= _DAYS else known


def _names(question: Question) -> frozenset[str]:
    """Return the concepts and quantities that a question can make known; ages are one quantity, times their concept."""
    names = set(question.options)
    for choice in question.choices:
        names.update(choice.present, choice.absent, (quantity_name(name) for name in choice.numbers))
    if question.number is not None:
        names.add(quantity_name(question.number))
    return frozenset(names)


def _ruled_out(concept: str, facts: Facts) -> bool:
    """Whether the patient denied a concept itself; what is only implied does not count."""
    known = facts.absent.get(concept)
    return known is not None and known.concept == concept and known.origin in ("words", "answer")


def _known(name: str, facts: Facts) -> bool:
    """Whether a concept is there or not there, or a quantity was told."""
    if name in facts.present or name in facts.absent:
        return True
    if name == "age":
        low, high = facts.age_days
        return high - low < 400
    if name == "sex":
        return facts.sex is not None
    number = facts.numbers.get(name)
    return (number is not None and number.origin != "implied") or (name.startswith("time:") and name[5:] in facts.times)


def _open(facts: Facts, unknown: set[str]) -> Lookup:
    """Look atoms up so that what an open question can tell is unknown, and all else not mentioned is not there."""

    def lookup(atom: Atom) -> bool | None:
        known = facts.truth(atom)
        if known is None and name_of(atom) not in unknown:
            return False
        return known

    return lookup
