"""How far a negation reaches: as short as a careful reader would let it, because a wrong "no" can kill."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from triage.findings.clauses import Layout
from triage.findings.cues import Cue, CueSheet
from triage.findings.matcher import Match
from triage.findings.tokens import Token

_COMMAS = frozenset(",،、")
_PASSED = frozenset({"/", "&", '"', "“", "”", "«", "»", "-"})
_TOO_FOREIGN = 2
"""Unknown words after which nothing is negated any more; one makes it doubtful."""


class Strength(IntEnum):
    """How surely a word is negated."""

    NONE = 0
    DOUBTFUL = 1
    SURE = 2


@dataclass(frozen=True, slots=True)
class Ground:
    """What a scope needs to know of the message besides its tokens."""

    tokens: Sequence[Token]
    layout: Layout
    cues: CueSheet
    covered: dict[int, int]
    """Token to the group of overlapping matches it belongs to."""
    spanned: frozenset[int]
    """Tokens among the words of one match ("pain in my chest"): no new statement begins there."""
    transparent: frozenset[int]
    """Fillers and carriers, over which a negation reaches."""
    enders: frozenset[int]
    halts: frozenset[int]
    """Words after which a negation takes in nothing new ("does not hurt when I pee")."""
    openers: frozenset[int]
    """Pronouns and possessives that begin a new statement."""
    either: frozenset[int]
    both: frozenset[int]
    negations: frozenset[int]


def survey(
    tokens: Sequence[Token],
    layout: Layout,
    cues: CueSheet,
    matches: Sequence[Match],
    idle: Sequence[bool],
    glued: frozenset[int],
) -> Ground:
    """Collect what scopes need, once a message.

    Args:
        tokens: The message.
        layout: Clauses and sentences.
        cues: Cues of the message.
        matches: Wordings found in it.
        idle: Tokens that take no room.
        glued: Tokens that begin with an "and" written as part of the word (Arabic).
    """
    transparent = {place for place, is_idle in enumerate(idle) if is_idle} | cues.places("carriers")
    return Ground(
        tokens=tokens,
        layout=layout,
        cues=cues,
        covered=_groups(matches),
        spanned=frozenset(place for match in matches for place in range(match.first + 1, match.last)),
        transparent=frozenset(transparent),
        enders=cues.starts("ends", "pseudo_negation", "hypothetical", "innocent"),
        halts=cues.starts("halts", "turns"),
        openers=cues.starts("subjects", "own", "person"),
        either=cues.places("either"),
        both=cues.places("both") | glued,
        negations=cues.starts(
            "negation", "negation_verb", "denials", "negation_start", "doubtful_negation", "gone_before"
        ),
    )


@dataclass(frozen=True, slots=True)
class Scope:
    """What a negation reaches."""

    reached: dict[int, Strength]
    halted: int | None = None
    """Where it stopped taking in anything new; what it had reached by then may go on beyond."""

    def over(self, places: Sequence[int]) -> Strength:
        """Return how surely the scope takes in a match that has these tokens behind the negation."""
        if self.halted is not None and places[0] < self.halted:
            places = [place for place in places if place < self.halted]
        return min(self.reached.get(place, Strength.NONE) for place in places)


def reach(cue: Cue, ground: Ground) -> Scope:
    """Return the tokens that a negation before them reaches, and how surely.

    It passes over fillers and "sign of"; a comma makes it doubtful unless "or" ends the list; "and", "but", a new
    subject or a second unknown word end it.
    """
    walk = _Walk(cue, ground)
    for place in range(cue.last + 1, len(ground.tokens)):
        if place in ground.halts:
            return Scope(walk.reached, place)
        if not walk.step(place):
            break
    return Scope(walk.reached)


class _Walk:
    """One walk along the tokens after a negation."""

    def __init__(self, cue: Cue, ground: Ground) -> None:
        self.reached: dict[int, Strength] = {}
        self._cue = cue
        self._ground = ground
        self._strength = Strength.SURE
        self._foreign = 0
        self._groups: set[int] = set()
        self._joined = True
        self._listing = False

    def step(self, place: int) -> bool:
        """Take in one token; False when the scope ends before it."""
        ground = self._ground
        token = ground.tokens[place]
        if token.kind == "stop" or place in ground.enders or place in ground.negations:
            return False
        if token.kind == "mark":
            return self._mark(place, token)
        covered = place in ground.covered
        if place in ground.either:
            self._joined = True
            self._foreign = 0
        elif place in ground.both:
            if not self._continues(place):
                return False
        elif not covered:
            return self._other(place, token)
        if covered:
            self._cover(place)
        return True

    def _mark(self, place: int, token: Token) -> bool:
        if token.text[0] not in _COMMAS:
            return token.text in _PASSED
        listed = _listed(place + 1, self._ground, ends_in_and=self._cue.kind == "denials" and not self._groups)
        if not (self._groups or (listed and self._foreign)) or place + 1 in self._ground.openers:
            return False
        if listed or self._cue.kind == "denials":
            self._foreign = 0
        elif not self._listing and not _bare_list(place + 1, self._ground):
            self._strength = Strength.DOUBTFUL
        else:
            self._listing = True
        self._joined = True
        return True

    def _continues(self, place: int) -> bool:
        """Whether the scope goes on after "and": in doubt, and never for "no X and Y"."""
        openers = self._ground.openers
        if not self._groups or self._cue.kind == "negation" or place + 1 in openers or place in openers:
            return False
        if self._cue.kind == "denials":
            self._foreign = 0
        else:
            self._strength = Strength.DOUBTFUL
        self._joined = True
        return True

    def _cover(self, place: int) -> None:
        group = self._ground.covered[place]
        if group not in self._groups and self._groups and not self._joined:
            self._strength = Strength.DOUBTFUL
        self._groups.add(group)
        self._joined = False
        # "denies facial pain": one word that we do not know takes nothing from so plain a verb
        foreign = self._foreign and self._cue.kind != "denials"
        self.reached[place] = Strength.DOUBTFUL if foreign else self._strength

    def _other(self, place: int, token: Token) -> bool:
        if self._groups and place in self._ground.openers and place not in self._ground.spanned:
            return False
        if place in self._ground.transparent or token.kind in {"number", "symbol"}:
            return True
        self._foreign += 1
        return self._foreign < _TOO_FOREIGN


def _listed(place: int, ground: Ground, *, ends_in_and: bool = False) -> bool:
    """Whether a list goes on from here and ends in "or" (or in "and", if asked) before anything else ends it."""
    while place < len(ground.tokens):
        token = ground.tokens[place]
        if token.kind == "stop":
            return False
        if place in ground.both:
            return ends_in_and and place + 1 not in ground.openers
        if place in ground.enders or place in ground.halts or place in ground.negations:
            return False
        if place in ground.either:
            return True
        if place in ground.openers and place not in ground.covered:
            return False
        place += 1
    return False


def _bare_list(place: int, ground: Ground) -> bool:
    """Whether two items at least follow that are nothing but findings ("no chest pain, dizziness, sweating")."""
    items = 1
    while place < len(ground.tokens):
        token = ground.tokens[place]
        if token.kind == "stop" or place in ground.enders:
            break
        if token.kind == "mark" and token.text[0] in _COMMAS:
            items += 1
        elif (
            place in ground.openers
            or place in ground.halts
            or place in ground.negations
            or not (place in ground.covered or place in ground.transparent)
        ):
            return False
        place += 1
    return items > 1


def _groups(matches: Sequence[Match]) -> dict[int, int]:
    """Return the group of each token that matches cover; matches that share a token are one group."""
    covered: dict[int, int] = {}
    for number, match in enumerate(matches):
        met = {covered[place] for place in match.places if place in covered}
        if met:
            for place, group in covered.items():
                if group in met:
                    covered[place] = number
        for place in match.places:
            covered[place] = number
    return covered
