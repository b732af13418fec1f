"""Sentences and clauses of a message, from punctuation and from words that open a new statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from triage.findings.cues import Cue, CueSheet
from triage.findings.tokens import Token

_COMMAS = frozenset(",،、")
_BREAKING = frozenset(":()[]{}")
_DASHES = frozenset("-–—•<>=")


@dataclass(frozen=True, slots=True)
class Layout:
    """Clause and sentence of every token."""

    clause_of: list[int]
    sentence_of: list[int]
    soft: frozenset[int]
    """Clauses that punctuation opened, not a word."""
    denied: frozenset[int]
    """Clauses that an "and" and a denial opened."""

    def sentence(self, place: int) -> range:
        """Return the tokens of the sentence that a token stands in."""
        number = self.sentence_of[place]
        first = last = place
        while first and self.sentence_of[first - 1] == number:
            first -= 1
        while last + 1 < len(self.sentence_of) and self.sentence_of[last + 1] == number:
            last += 1
        return range(first, last + 1)

    def cues_in(self, clause: int, cues: CueSheet, *kinds: str) -> list[Cue]:
        """Return the cues of some kinds that begin in a clause."""
        return [cue for cue in cues.of(*kinds) if self.clause_of[cue.first] == clause]


def lay_out(tokens: Sequence[Token], cues: CueSheet, idle: Sequence[bool], glued: frozenset[int]) -> Layout:
    """Return clauses and sentences.

    Args:
        tokens: The message.
        cues: Its cues.
        idle: Tokens that are fillers.
        glued: Tokens that begin with an "and" which is written as part of them.
    """
    ends = cues.starts("ends")
    joins = cues.starts("both", "either")
    turns = cues.starts("turns")
    subjects = cues.starts("subjects")
    resumptive = cues.starts("resumptive")
    ands = cues.starts("both")
    denials = cues.starts("negation", "negation_verb", "denials", "negation_start")
    clause = sentence = 0
    clause_of: list[int] = []
    sentence_of: list[int] = []
    soft: set[int] = set()
    denied: set[int] = set()
    for place, token in enumerate(tokens):
        following = place + 1
        if token.kind == "stop":
            clause_of.append(clause)
            sentence_of.append(sentence)
            clause += 1
            sentence += 1
            continue
        if token.kind == "mark":
            if _breaks(token, tokens, place) and not (
                token.text[0] in _COMMAS
                and (
                    following in resumptive or (following not in subjects and _is_list(tokens, following, joins, idle))
                )
            ):
                clause += 1
                soft.add(clause)
        elif place in ends or (place in joins and following in subjects) or (place in ands and following in denials):
            clause += 1
            if place in ands and following in denials:
                denied.add(clause)
        elif place in denials and place in glued:
            # "and" is written as part of the denial
            clause += 1
            denied.add(clause)
        elif place in turns and following in subjects:
            # "so I ..." is a statement of its own, "so fast" is not
            clause += 1
            soft.add(clause)
        clause_of.append(clause)
        sentence_of.append(sentence)
    return Layout(clause_of, sentence_of, frozenset(soft), frozenset(denied))


def _breaks(token: Token, tokens: Sequence[Token], place: int) -> bool:
    mark = token.text
    if mark[0] in _COMMAS or any(character in _BREAKING for character in mark):
        return True
    if not any(character in _DASHES for character in mark):
        return False
    before = place and tokens[place - 1].end < token.start
    after = place + 1 < len(tokens) and tokens[place + 1].start > token.end
    return bool(before or after) or len(mark) > 1


def _is_list(tokens: Sequence[Token], place: int, joins: frozenset[int], idle: Sequence[bool]) -> bool:
    """Whether single words follow up to the next stop: items of a list ("pain in my chest, arm and jaw")."""
    weight = 0
    while place < len(tokens) and tokens[place].kind != "stop":
        if tokens[place].kind == "mark" or place in joins:
            weight = 0
        else:
            weight += not idle[place]
            if weight > 1:
                return False
        place += 1
    return True
