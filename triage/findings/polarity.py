"""Whether a match is affirmed, negated or possible; doubt about a negation is always possible, never negated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.vocabulary import Polarity
from triage.findings.cues import Cue
from triage.findings.matcher import Match
from triage.findings.scope import Ground, Scope, Strength, reach
from triage.findings.tokens import is_edge

_CLOSE = 3
_BECAME = "ولا"
"""In Darija "has become", in Arabic "nor"."""
_LINKS = frozenset("?:-–—,،=؟>")


@dataclass(frozen=True, slots=True)
class Judgement:
    """The polarity of a match, whether it has gone, and the cues that say so."""

    polarity: Polarity
    recovered: bool
    cues: tuple[Cue, ...]


class PolarityReader:
    """Reads the polarity of all matches of one message."""

    def __init__(self, ground: Ground, matches: Sequence[Match], compound: frozenset[int]) -> None:
        self._ground = ground
        self._compound = compound
        kinds = ("negation", "negation_verb", "denials", "negation_start", "doubtful_negation", "gone_before")
        self._scopes = [(cue, reach(cue, ground)) for cue in ground.cues.of(*kinds)]
        self._unable = ground.cues.of("pseudo_negation")
        self._ended = ground.cues.places("ends", "either")
        self._owned: dict[Cue, set[int]] = {}
        self._beaten = {id(match) for match in matches if _is_beaten(match, matches)}
        for match in matches:
            if (
                id(match) not in self._beaten
                and match.pattern.own_negation
                and not match.pattern.negated
                and self._is_whole(match)
            ):
                for cue, _ in self._scopes:
                    if any(cue.first <= place <= cue.last for place in match.places):
                        self._owned.setdefault(cue, set()).update(match.places)
        self._healthy = [match for match in matches if match.pattern.negated and match.last > match.first]
        self._voided = frozenset(cue for cue, _ in self._scopes if self._is_superlative(cue))

    def judge(self, match: Match) -> Judgement:
        """Return whether the match is affirmed, negated or possible."""
        pattern = match.pattern
        if pattern.negated:
            return Judgement(Polarity.POSSIBLE if self._denied_outright(match) else Polarity.NEGATED, False, ())
        polarity = Polarity.POSSIBLE if pattern.possible else Polarity.AFFIRMED
        if pattern.own_negation:
            maybe = self._possible(match)
            return Judgement(Polarity.POSSIBLE if maybe else polarity, False, maybe)
        gone = self._gone(match)
        if gone is not None:
            return Judgement(polarity, True, (gone,))
        denied = self._before(match) or self._after(match)
        maybe = self._possible(match)
        if denied is not None:
            cue, strength = denied
            sure = strength is Strength.SURE and not maybe
            return Judgement(Polarity.NEGATED if sure else Polarity.POSSIBLE, False, (cue, *maybe))
        return Judgement(Polarity.POSSIBLE if maybe else polarity, False, maybe)

    def is_broken(self, match: Match) -> bool:
        """Whether the words mean something else.

        A verb among them is denied in its own token while they go on beyond that denial, or what they say is missing is
        only part of what was said ("no stools" in "no black stools").
        """
        if id(match) in self._beaten:
            return True
        if match.pattern.own_negation or match.pattern.negated:
            return False
        if any(self._is_well(place, match) for place in match.places):
            return True
        for cue, scope in self._scopes:
            fused = cue.first in match.places and cue.first in self._compound
            behind = [place for place in match.places if place > cue.last]
            if fused and behind and not scope.over(behind):
                return True
        return False

    def _is_well(self, place: int, match: Match) -> bool:
        """Whether a word of a match belongs to words of health behind an "and" ("chest pain and I breathe well")."""
        joins = [join for join in self._ground.both if match.first < join < place]
        return bool(joins) and any(
            place in other.places and other.first > max(joins) and other.last not in match.places
            for other in self._healthy
        )

    def _before(self, match: Match) -> tuple[Cue, Strength] | None:
        """Return the negation that reaches the match from before, or from within it ("my chest does not hurt")."""
        best: tuple[Cue, Strength] | None = None
        for cue, scope in self._scopes:
            if cue in self._voided or cue.kind == "gone_before":
                continue
            strength = self._strength(cue, scope, match)
            if strength and (best is None or strength > best[1]):
                best = (cue, strength)
        return best or self._between(match)

    def _between(self, match: Match) -> tuple[Cue, Strength] | None:
        """Return the second of two negations that share a match ("ni les lèvres ni la langue qui gonflent")."""
        first = match.places[0]
        if match.pattern.own_negation or not any(
            scope.reached.get(first) is Strength.SURE for _, scope in self._scopes
        ):
            return None
        for cue, scope in self._scopes:
            if cue.kind == "negation" and first < cue.first < match.last and self._within(cue, match):
                rest = [place for place in match.places if place > cue.last]
                end = scope.halted if scope.halted is not None else match.last + 1
                if scope.reached and rest and all(place in scope.reached or place > end for place in rest):
                    return cue, Strength.SURE
        return None

    def _strength(self, cue: Cue, scope: Scope, match: Match) -> Strength:
        inside = [place for place in match.places if cue.first <= place <= cue.last]
        # "makaydrnich" is verb and negation in one token; other words of a negation within a match mean what they say
        fused = [place for place in inside if place in self._compound]
        if not match.negators.isdisjoint(inside):
            return Strength.NONE
        # "ma 3ndich wja3" denies also where the wording begins with "3ndi"
        if len(inside) > len(fused) and cue.first >= match.first:
            return Strength.NONE
        behind = [place for place in match.places if place > cue.last]
        before = len(match.places) - len(behind) - len(fused)
        if before and behind and self._has_become(cue, match):
            return Strength.NONE
        if not (behind or fused) or (before and not self._within(cue, match)):
            return Strength.NONE
        strength = scope.over(behind) if behind else Strength.SURE
        if (
            cue.first < match.first <= cue.last
            and scope.halted in range(cue.last, match.last)
            and self._is_whole(match)
        ):
            # "pas d'œdème des lèvres": the words began in the token of the negation, before what halts
            strength = Strength.SURE
        softened = cue.kind == "doubtful_negation" or (cue.kind == "negation_verb" and self._is_softened(match))
        amid = cue.first - 1 in match.places and cue.last + 1 in match.places
        softened = softened or (cue.kind == "negation_start" and not (amid or self._begins(cue)))
        owned = self._owned.get(cue)
        if softened or (owned is not None and not owned.issuperset(match.places)):
            strength = min(strength, Strength.DOUBTFUL)
        return strength

    def _has_become(self, cue: Cue, match: Match) -> bool:
        """Whether a "nor" joins what is told behind no denial: "خروجها ولا كحل", her stool has become black."""
        if self._ground.tokens[cue.first].text != _BECAME:
            return False
        before = max((place for place in match.places if place < cue.first), default=cue.first)
        after = min((place for place in match.places if place > cue.last), default=cue.last)
        between = (*range(before + 1, cue.first), *range(cue.last + 1, after))
        if any(place not in self._ground.transparent for place in between):
            return False
        return not any(
            other.last < cue.first and any(place in scope.reached for place in match.places)
            for other, scope in self._scopes
        )

    def _begins(self, cue: Cue) -> bool:
        """Whether a cue begins a statement."""
        before = cue.first - 1
        return is_edge(self._ground.tokens, before) or before in self._ground.both or before in self._ended

    def _denied_outright(self, match: Match) -> bool:
        """Whether a negation stands right before words of health ("not breathing normally" written another way)."""
        if not match.pattern.aside and any(cue.first < match.first <= cue.last for cue in self._unable):
            # "not drinking" is what somebody cannot do, "not drinking well" is no "drinking well"
            return True
        for cue, scope in self._scopes:
            if cue.kind == "negation_start" and not self._begins(cue):
                # "ma tnfekh walo, kantnefs 3adi": the "nothing" belongs to what stands before it
                continue
            if cue.last < match.first and scope.reached.get(match.first) is Strength.SURE:
                return all(place in self._ground.transparent for place in range(cue.last + 1, match.first))
        return False

    def _is_whole(self, match: Match) -> bool:
        """Whether nothing of weight stands among the words of a match."""
        inside = range(match.first, match.last + 1)
        return all(place in match.places or place in self._ground.transparent for place in inside)

    def _within(self, cue: Cue, match: Match) -> bool:
        clause = self._ground.layout.clause_of
        return clause[cue.first] == clause[match.first]

    def _after(self, match: Match) -> tuple[Cue, Strength] | None:
        """Return the negation that stands right after the match ("fever? no", "je tousse pas")."""
        cues = self._ground.cues
        for cue in cues.of("not_now", "negation_after", "negation_mid"):
            if cue.first <= match.last or not self._linked(match.last, cue.first, cue.kind):
                continue
            ends = self._ends_statement(cue.last + 1)
            if cue.kind == "not_now" and not ends:
                continue
            return cue, Strength.SURE if ends else Strength.DOUBTFUL
        return None

    def _gone(self, match: Match) -> Cue | None:
        cues = self._ground.cues
        for cue in cues.of("gone"):
            if cue.first > match.last and self._linked(match.last, cue.first, cue.kind):
                denied = any(match.last < other.first <= cue.first for other in cues.of("negation", "negation_verb"))
                return None if denied else cue
        for cue, scope in self._scopes:
            if cue.kind == "gone_before" and scope.over(match.places):
                return cue
        return None

    def _linked(self, last: int, first: int, kind: str) -> bool:
        """Whether nothing of weight stands between a match and a cue after it."""
        ground = self._ground
        for place in range(last + 1, first):
            token = ground.tokens[place]
            if token.kind in {"mark", "stop"}:
                if kind != "not_now" or not set(token.text) <= _LINKS:
                    return False
            elif place not in ground.transparent or place in ground.both:
                return False
        return True

    def _ends_statement(self, place: int) -> bool:
        return is_edge(self._ground.tokens, place) or place in self._ground.both

    def _possible(self, match: Match) -> tuple[Cue, ...]:
        clause = self._ground.layout.clause_of
        for cue in self._ground.cues.of("possible"):
            if clause[cue.first] != clause[match.first] or cue.within(match.places):
                continue
            if cue.first - 1 in self._ended or any(cue.last < no.first < match.first for no, _ in self._scopes):
                # "never fainted nor nearly", "almost, no pain": the doubt is about something else
                continue
            if cue.first < match.first and self._is_behind(cue):
                continue
            if cue.first < match.last or cue.first - match.last <= _CLOSE:
                return (cue,)
        return ()

    def _is_behind(self, cue: Cue) -> bool:
        """Whether a doubt closes the words before it: "it is the flu I think, he breathes badly"."""
        ground = self._ground
        return (
            cue.last + 1 < len(ground.tokens)
            and ground.tokens[cue.last + 1].kind == "mark"
            and any(place in ground.covered for place in range(cue.first - _CLOSE, cue.first))
        )

    def _is_softened(self, match: Match) -> bool:
        """Whether "just" and something we do not know follow the match."""
        sentence = self._ground.layout.sentence_of
        for cue in self._ground.cues.of("merely"):
            if cue.first > match.last and sentence[cue.first] == sentence[match.last]:
                return not any(
                    place > cue.last and sentence[place] == sentence[cue.first] for place in self._ground.covered
                )
        return False

    def _is_superlative(self, cue: Cue) -> bool:
        """Whether "never" goes on to "like this": the worst ever, not an absence."""
        sentence = self._ground.layout.sentence_of
        return any(
            worst.first > cue.last and sentence[worst.first] == sentence[cue.first] and self._goes_on(cue, worst)
            for worst in self._ground.cues.of("superlative")
        )

    def _goes_on(self, cue: Cue, worst: Cue) -> bool:
        """Whether nothing else is said between: "no chest pain, worse at night" says that something else is worse."""
        ground = self._ground
        between = range(cue.last + 1, worst.first)
        if any(place in ground.negations for place in between):
            return False
        marks = [place for place in between if ground.tokens[place].kind == "mark"]
        own = {ground.covered.get(place) for place in range(worst.first, worst.last + 1)}
        return not marks or any(
            ground.covered[place] not in own for place in range(marks[-1] + 1, worst.first) if place in ground.covered
        )


def _is_beaten(match: Match, matches: Sequence[Match]) -> bool:
    """Whether words with a negator of their own are all but the negator part of a longer match without one."""
    if not match.negators or not match.pattern.own_negation:
        return False
    content = set(match.places) - match.negators
    # a denial fused with its verb leaves nothing else ("makayboulch")
    return bool(content) and any(
        content < set(other.places) and not other.pattern.own_negation and other.first > min(match.negators)
        for other in matches
    )
