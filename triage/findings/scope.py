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
    transparent: frozenset[int]
    """Fillers and carriers, over which a negation reaches."""
    enders: frozenset[int]
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
    glued: frozenset[int] = frozenset(),
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
        transparent=frozenset(transparent),
        enders=cues.starts("ends", "halts", "pseudo_negation", "hypothetical"),
        openers=cues.starts("subjects", "own", "person"),
        either=cues.places("either"),
        both=cues.places("both") | glued,
        negations=cues.starts("negation", "negation_verb", "doubtful_negation", "gone_before"),
    )


def reach(cue: Cue, ground: Ground) -> dict[int, Strength]:
    """Return the tokens that a negation before them reaches, and how surely.

    It passes over fillers and "sign of"; a comma makes it doubtful unless "or" ends the list; "and", "but", a new
    subject or a second unknown word end it.
    """
    reached: dict[int, Strength] = {}
    strength = Strength.SURE
    foreign = 0
    groups: set[int] = set()
    joined = True
    for place in range(cue.last + 1, len(ground.tokens)):
        token = ground.tokens[place]
        following = place + 1
        group = ground.covered.get(place)
        if token.kind == "stop" or place in ground.enders or place in ground.negations:
            break
        if token.kind == "mark":
            if token.text[0] in _COMMAS:
                if not groups or following in ground.openers:
                    break
                if not _listed(following, ground):
                    strength = Strength.DOUBTFUL
                joined = True
            elif token.text not in {"/", "&", '"', "“", "”", "«", "»", "-"}:
                break
            continue
        if place in ground.either:
            joined = True
            if group is None:
                continue
        elif place in ground.both:
            if not groups or cue.kind == "negation" or following in ground.openers or place in ground.openers:
                break
            strength, joined = Strength.DOUBTFUL, True
            if group is None:
                continue
        if group is not None:
            if group not in groups and groups and not joined:
                strength = Strength.DOUBTFUL
            groups.add(group)
            joined = False
            reached[place] = Strength.DOUBTFUL if foreign else strength
            continue
        if groups and place in ground.openers:
            break
        if place in ground.transparent or token.kind in {"number", "symbol"}:
            continue
        foreign += 1
        if foreign >= 2:
            break
    return reached


def _listed(place: int, ground: Ground) -> bool:
    """Whether a list goes on from here and ends in "or" before anything else ends it."""
    while place < len(ground.tokens):
        token = ground.tokens[place]
        if token.kind == "stop" or place in ground.enders or place in ground.negations or place in ground.both:
            return False
        if place in ground.either:
            return True
        if place in ground.openers and place not in ground.covered:
            return False
        place += 1
    return False


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
