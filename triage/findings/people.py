"""Whose a finding is: the subject of the encounter is the author, or the person the author writes for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from knowledge.grammar import Person
from knowledge.vocabulary import Experiencer, Polarity, Temporality
from triage.facts import DAYS_PER_YEAR, GROWN
from triage.findings.clauses import Layout
from triage.findings.cues import Cue, CueSheet
from triage.findings.dating import CONDITION
from triage.findings.matcher import Match

SELF = ""
"""Name of the author among the people."""
_AS = 2
"""Most words from "I" to "a man"."""
_APPOSITION = 6
"""Most tokens of a clause in which writers describe themselves ("60 year old man")."""

Side = Literal["self", "other"]


@dataclass(frozen=True, slots=True)
class Holder:
    """Whom a match is about as far as grammar tells; `cue` is None when nothing does."""

    name: str
    cue: Cue | None
    aside: bool = False
    """Family history, or somebody who died: never the subject."""
    quoted: bool = False
    """The "I" of somebody who is quoted ("she said I'm just tired")."""
    carried: bool = False
    """Told of last in a sentence before, and nobody in this one."""


class PeopleReader:
    """Finds the person of each match, and who the subject is."""

    def __init__(
        self,
        layout: Layout,
        cues: CueSheet,
        people: Mapping[str, Person],
        *,
        unborn: bool,
        births: frozenset[int],
        hers: frozenset[int],
        numbered: frozenset[int] = frozenset(),
    ) -> None:
        self._layout = layout
        self._cues = cues
        self._people = people
        self._numbered = numbered
        """Clauses that hold a number."""
        self._hers = hers
        """Tokens right behind what only mothers have: a number there is hers ("breast hot 38.4 baby feeds well")."""
        taken = cues.places("person")
        general = cues.places("knowledge")
        self._mentions: list[tuple[int, str, Cue]] = []
        latest: str | None = None
        for cue in cues.of("person", "own"):
            if cue.kind == "own":
                if cue.first not in taken:
                    self._mentions.append((cue.first, SELF, cue))
                continue
            person = people[cue.name]
            if person.pronoun and cue.first in general:
                continue
            if not person.relative and not person.pronoun and self._is_own(cue):
                # "I am a man", "je suis une femme enceinte"
                self._mentions.append((cue.first, SELF, cue))
                continue
            if (unborn or cue.first in births) and self._is_small(cue.name):
                # a baby that is not born, or whose birth is told, stands for the woman who carries or bore it
                self._mentions.append((cue.first, latest or SELF, cue))
                continue
            if person.thing and latest is None and any(name != cue.name for _, name, _ in self._mentions):
                continue
            if person.thing and latest is not None and people[latest].sex not in {None, person.sex}:
                # "ma mère ... il" is no mother
                continue
            name = latest if person.pronoun and latest is not None else cue.name
            if not person.pronoun:
                latest = cue.name
            self._mentions.append((cue.first, name, cue))
        self._mentions.sort(key=lambda mention: mention[0])
        self.writes_for_child = any(self.is_dependent(name) for _, name, _ in self._mentions)
        """Whether a child is spoken of."""

    def _is_own(self, cue: Cue) -> bool:
        """Whether the author says what they are themselves: "I am a man", or "my arm hurts, 60 year old man"."""
        owns = self._cues.of("own")
        clause = self._layout.clause_of
        here = clause[cue.first]
        apart = here in {0, clause[-1]} and here in self._numbered and clause.count(here) <= _APPOSITION
        alone = len(self._cues.of("person")) == 1 and all(clause[own.first] != here for own in owns)
        return any(0 < cue.first - own.last <= _AS for own in owns) or (bool(owns) and apart and alone)

    @property
    def mentioned(self) -> list[tuple[int, str]]:
        """Token and name of each mention of a person."""
        return [(place, name) for place, name, _ in self._mentions]

    def named_before(self, place: int) -> list[str]:
        """Return the names of those spoken of before a token in its sentence."""
        sentence = self._layout.sentence_of
        return [name for first, name, _ in self._mentions if first < place and sentence[first] == sentence[place]]

    @property
    def ending(self) -> dict[int, str]:
        """Name of the person whose mention ends with a token."""
        return {cue.last: name for _, name, cue in self._mentions}

    def holder(
        self, first: int, last: int, own_words: frozenset[int] = frozenset(), *, of_mother: bool = False
    ) -> Holder:
        """Return whom the words from `first` to `last` are about.

        Args:
            first: First token.
            last: Last token.
            own_words: Tokens of the match itself; a person named in it is part of what happened ("my partner hits me").
            of_mother: Whether no baby has it, whoever stands beside it.
        """
        sentence = self._layout.sentence_of
        clause = self._layout.clause_of
        for cue in self._cues.of("family"):
            if first <= cue.first and cue.last <= last:
                # "asked where her mother is"
                continue
            parted = any(cue.last < place < first for place, _, _ in self._mentions)
            leads = cue.first < first and sentence[cue.first] == sentence[first] and not parted
            if clause[cue.first] == clause[first] or leads:
                return Holder("family", cue, aside=True)
        mentions = [mention for mention in self._mentions if mention[1] == SELF or mention[0] not in own_words]
        of_mother = of_mother or first in self._hers
        mentions = [mention for mention in mentions if not (of_mother and self._is_small(mention[1]))]
        before = [mention for mention in mentions if mention[0] <= last and sentence[mention[0]] == sentence[first]]
        # "I took the pills of my neighbour by mistake": who stands before the words comes before who stands among them
        before = [mention for mention in before if mention[0] <= first] or before
        inside = [mention for mention in before if clause[mention[0]] == clause[first]]
        after = [mention for mention in mentions if mention[0] > last and clause[mention[0]] == clause[first]]
        found = inside[-1] if inside else before[-1] if before else after[0] if after and after[0][1] != SELF else None
        if found is None:
            # nobody goes on to tell of somebody who died ("since my husband's death")
            earlier = [mention for mention in mentions if mention[0] < first and not self._is_dead(mention)]
            if not earlier:
                later = [mention for mention in mentions if mention[1] != SELF and mention[0] > last]
                same = [mention for mention in later if sentence[mention[0]] == sentence[first]]
                return Holder(same[0][1], same[0][2]) if same else Holder(SELF, None)
            found = earlier[-1]
        place, name, cue = found
        quoted = name == SELF and cue is not None and self._is_quoted(cue)
        carried = sentence[place] != sentence[first]
        return Holder(name, cue, aside=self._is_dead(found), quoted=quoted, carried=carried)

    def _is_dead(self, mention: tuple[int, str, Cue]) -> bool:
        """Whether somebody who is spoken of died."""
        _, name, cue = mention
        clause = self._layout.clause_of
        return name != SELF and any(clause[other.first] == clause[cue.first] for other in self._cues.of("dead"))

    def _is_quoted(self, own: Cue) -> bool:
        """Whether somebody else was said to speak, earlier in the sentence of an "I"."""
        sentence = self._layout.sentence_of
        return any(
            verb.last < own.first
            and sentence[verb.first] == sentence[own.first]
            and self._speaker(verb.first) not in {SELF, None}
            for verb in self._cues.of("says")
        )

    def _speaker(self, place: int) -> str | None:
        """Return who was spoken of last before a token; None when nobody was."""
        before = [name for mention, name, _ in self._mentions if mention < place]
        return before[-1] if before else None

    def _is_small(self, name: str) -> bool:
        """Whether the person is a baby or not much more."""
        person = self._people.get(name)
        return person is not None and person.age_days is not None and person.age_days[1] <= 3 * DAYS_PER_YEAR

    def is_dependent(self, name: str) -> bool:
        """Whether the person is a child."""
        person = self._people.get(name)
        return person is not None and person.age_days is not None and person.age_days[1] <= GROWN

    def _is_patient(self, name: str) -> bool:
        """Whether a person is written for: a child, or a "he" who was not named."""
        return self.is_dependent(name) or self._is_pronoun(name)

    def _is_pronoun(self, name: str) -> bool:
        person = self._people.get(name)
        return person is not None and person.pronoun and not person.thing

    def experiencer(self, holder: Holder, subject: Side | None) -> Experiencer:
        """Return whose a finding is; what no word of its own sentence gives to others is the subject's."""
        if holder.aside:
            return Experiencer.FAMILY
        if holder.name == SELF or holder.carried or subject == "other":
            return Experiencer.SUBJECT
        person = self._people.get(holder.name)
        if person is not None and person.thing:
            # "my knee hurts", then "elle est rouge et chaude": nobody was named, so the pronoun stands for the knee
            return Experiencer.SUBJECT
        return Experiencer.FAMILY if person is None or person.relative else Experiencer.OTHER

    def _is_aside(self, held: Sequence[tuple[Match, Holder, Polarity, Temporality]]) -> bool:
        """Whether others stand in one sentence, not of now, amid a writer's own story ("my brother lost his sight").

        Who calls for somebody begins with them.
        """
        own: set[int] = set()
        others: set[int] = set()
        for match, holder, polarity, temporality in held:
            if temporality is Temporality.HYPOTHETICAL or holder.aside or holder.quoted:
                continue
            # what the writer has not, or had once, is told of the writer too ("I speak well")
            if holder.name == SELF and holder.cue is not None:
                own.add(self._layout.sentence_of[match.first])
            elif holder.name != SELF and polarity is not Polarity.NEGATED and temporality is Temporality.CURRENT:
                others.add(self._layout.sentence_of[match.first])
        now = {self._layout.sentence_of[cue.first] for cue in self._cues.of("current")}
        return len(others) == 1 and len(own - others) > 1 and min(own) < min(others) and others.isdisjoint(now)

    def subject(self, held: Sequence[tuple[Match, Holder, Polarity, Temporality]]) -> Side | None:
        """Return who is ill as told by this message, or None when nothing tells."""
        live = [
            holder
            for match, holder, polarity, temporality in held
            # "I had asthma when I was little. My baby is three weeks old, thermometer 38.6"
            if not (self.writes_for_child and holder.name == SELF and match.pattern.concept.startswith(CONDITION))
            if temporality is Temporality.CURRENT and polarity is not Polarity.NEGATED and not holder.aside
        ]
        own = [holder for holder in live if holder.name == SELF and holder.cue is not None]
        if any(holder.name != SELF for holder in live):
            own = [holder for holder in own if not holder.quoted]
        others = [holder for holder in live if holder.name != SELF]
        if others and (not own or any(self._is_patient(holder.name) for holder in others)):
            return "other"
        # "my husband ... I thought it was the flu, and I am tired myself": he is the one that most is told of
        if len(others) > len(own) and not self._is_aside(held):
            return "other"
        if own:
            return "self"
        names = {name for _, name in self.mentioned}
        if live:
            # "Male, 30, presents with a cough. He has no fever": nobody says "I", and "he" is the patient
            return "other" if names and all(map(self._is_pronoun, names)) else None
        if self.writes_for_child:
            return "other"
        spoken = [holder for _, holder, _, _ in held if not holder.aside and holder.cue is not None]
        names = {holder.name for holder in spoken} or names
        if names == {SELF}:
            return "self"
        return "other" if names and SELF not in names else None
