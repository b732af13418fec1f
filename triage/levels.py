"""The level of the complaints: once no danger sign is found, and the safer one while nobody has answered.

docs/adr/0005-the-level-while-nothing-is-answered.md says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from knowledge.checks import MINUTES
from knowledge.conditions import Compare, atoms
from knowledge.loader import Knowledge
from knowledge.protocols import Protocol
from knowledge.vocabulary import Disposition, Polarity
from triage.confirming import concept_asked
from triage.encounter import Encounter
from triage.facts import Facts
from triage.gathering import FactsBuilder
from triage.kleene import Atom, evaluate
from triage.red_flags import RuleSet
from triage.unknown import unknown, while_open

UNCLEAR = "unclear"
"""Id of the protocol for messages in which no complaint was recognised."""
_TOLD = {"finding", "event"}
"""Kinds of concepts that a patient has or has not; an illness or a medicine is background."""
_FEVER = 38.0
"""Temperature in degrees Celsius from which it is a fever."""
_NOW = (0.0, 0.0)
_DAYS = 3.0 * MINUTES["days"]
"""Minutes after which a complaint that nobody called dangerous has shown that it can wait for the answers."""


class Levels:
    """Reads the levels of protocols.

    Args:
        knowledge: The content.
        rules: The danger signs, which an answer nobody knows may hide.
        facts: Tells what follows from a concept.
        asked: What each question can make known, by its id.
    """

    def __init__(
        self, knowledge: Knowledge, rules: RuleSet, facts: FactsBuilder, asked: Mapping[str, frozenset[str]]
    ) -> None:
        self._protocols = knowledge.protocols
        self._questions = knowledge.questions
        self._modifiers = knowledge.modifiers
        self._concepts = knowledge.concepts
        self._rules = rules
        emergencies = (rules.names[rule.id] for rule in rules.rules if rule.disposition.is_emergency)
        self._emergency_signs = frozenset().union(*emergencies)
        self._implied = facts.implied
        self._asked = asked

    def settled(self, facts: Facts, protocols: Iterable[Protocol]) -> Disposition:
        """Return the level when no danger sign is found, raised once for people who get worse faster."""
        level = max(_level(protocol, facts) for protocol in protocols)
        for modifier in self._modifiers:
            if level < modifier.up_to and evaluate(modifier.condition, facts.truth):
                return min(Disposition(level + modifier.raise_by), modifier.up_to)
        return level

    def meanwhile(
        self, encounter: Encounter, facts: Facts, protocols: Sequence[Protocol], *, calm: bool = False
    ) -> Disposition:
        """Return the level that is advised while danger questions wait for their answers.

        Args:
            encounter: The encounter so far.
            facts: Its facts.
            protocols: Those of the complaints told.
            calm: Whether all that was written reads surely calm, answers that nobody understood included.
        """
        if encounter.small_talk:
            return max(_level(protocol, facts) for protocol in protocols)
        if encounter.inquiry:
            # No complaint was told, though the words of the question may open one.
            return _level(self._protocols[UNCLEAR], facts)
        denials = self.denials(facts)
        waiting = [_feared(item, facts, denials) for item in protocols if not self._is_answered(item, encounter, facts)]
        level = max([self.settled(facts, protocols), *waiting])
        # Danger questions that the patient cannot answer, and signs that we asked about and that no rule takes up, are
        # for somebody who can look: a doctor, today.
        open_still = set(encounter.unsure) - set(encounter.passed_over if calm else ())
        looks = self._is_confirmed(encounter, facts) or self._is_unsure(open_still, facts)
        return max(level, Disposition.TODAY) if looks else level

    def _is_confirmed(self, encounter: Encounter, facts: Facts) -> bool:
        """Whether a danger sign is there that a question asked about, which must not end as if all were denied."""
        asked = (self._questions[name] for name in encounter.asked if name in self._questions)
        return any(sign in facts.present for question in asked for sign in question.today_if)

    def _is_answered(self, protocol: Protocol, encounter: Encounter, facts: Facts) -> bool:
        """Whether a danger question of the protocol got an answer, or the patient ruled one of its signs out unasked.

        "Not sure", and a question that was passed over twice, are no answers.
        """
        opening = {atom.concept for atom in atoms(protocol.opening) if not isinstance(atom, Compare)}
        answered = encounter.answered
        for name in protocol.questions:
            signs = [sign for sign in self._questions[name].options if self._is_sign(sign) and sign not in opening]
            if signs and (name in answered or any(_is_ruled_out(sign, facts) for sign in signs)):
                return True
        return False

    def denials(self, facts: Facts, turn: int | None = None) -> int:
        """Return how many things that an emergency looks at the patient denied ("no fever").

        Args:
            facts: What is known.
            turn: Count only those of one turn, in the patient's own words.
        """
        denied = {
            (finding.turn, finding.span.end if finding.span else concept)
            for concept, finding in facts.absent.items()
            if concept in self._emergency_signs
            and self._concepts[concept].kind in _TOLD
            and _is_ruled_out(concept, facts)
            and (turn is None or (finding.turn == turn and finding.origin == "words"))
        }
        if turn is not None:
            return len(denied)
        measured = facts.range("temp_c")
        # a temperature without fever denies it, unless words did so before
        cool = measured is not None and measured[1] < _FEVER and "fever" not in {*facts.present, *facts.absent}
        return len(denied) + cool

    def _is_sign(self, concept: str) -> bool:
        known = self._concepts.get(concept)
        return known is not None and known.kind == "finding" and concept != "pregnant"

    def _is_unsure(self, questions: Iterable[str], facts: Facts) -> bool:
        """Whether a rule of an emergency may hold on what the patient could not tell."""
        for name in questions:
            left = unknown(self._asked[name], facts) if name in self._asked else self._unconfirmed(name, facts)
            lookup = while_open(facts, left)
            for rule in self._rules.touched(left):
                if rule.disposition.is_emergency and evaluate(rule.condition, lookup) is not False:
                    return True
        return False

    def _unconfirmed(self, name: str, facts: Facts) -> set[str]:
        """Return what would be known if a suspicion had been confirmed or denied."""
        concept = concept_asked(name)
        left = unknown(self._implied(concept), facts) if concept is not None else set()
        return left | {f"{item}.ongoing" for item in left}


def _level(protocol: Protocol, facts: Facts) -> Disposition:
    for level in protocol.levels:
        # An exclusion that nobody has asked about does not calm, and keeps nobody from a doctor.
        if evaluate(level.condition, facts.truth, presume=level.disposition > protocol.default):
            return level.disposition
    return protocol.default


def _feared(protocol: Protocol, facts: Facts, denials: int) -> Disposition:
    """Return the level of a complaint whose danger questions nobody has answered yet, never the very top by itself.

    What is only possible, or has lasted for days, is not feared; a lesser fear is a visit to the pharmacist, unless the
    patient denied dangers unasked: two are enough where the source fears a visit within days at most, three elsewhere.
    """
    if protocol.unanswered.is_emergency:
        if any(
            level.disposition < protocol.default and evaluate(level.condition, facts.truth, presume=True)
            for level in protocol.levels
        ):
            # what was told unasked makes it the harmless kind, unless an answer says otherwise
            return protocol.default
        sure = evaluate(protocol.opening, lambda atom: _surely(atom, facts), presume=True)
        level = Disposition.EMERGENCY_DEPARTMENT if protocol.feared else Disposition.TODAY
        return max(protocol.default, level) if sure else protocol.default
    if protocol.id == UNCLEAR:
        # words that nobody understood may say anything
        return protocol.unanswered
    calm = _level(protocol, facts)
    if calm < protocol.default or denials >= (2 if protocol.unanswered <= Disposition.SOON else 3):
        return calm
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


def _is_ruled_out(concept: str, facts: Facts) -> bool:
    """Whether the patient denied a concept itself; what is only implied does not count."""
    known = facts.absent.get(concept)
    return known is not None and known.concept == concept and known.origin in ("words", "answer")
