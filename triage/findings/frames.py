"""What takes words out of here and now: an "if", a story, a question about a subject, what was only read or heard."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from triage.findings.clauses import Layout
from triage.findings.cues import Cue, CueSheet
from triage.findings.matcher import Match
from triage.findings.tokens import Token


class FrameReader:
    """Finds what the matches of one message stand in.

    Args:
        tokens: The message.
        layout: Its clauses and sentences.
        cues: Its cues.
        matches: All wordings found in it.
        strangers: Names of people who are no relatives or children, such as "he" and "a man".
    """

    def __init__(
        self,
        tokens: Sequence[Token],
        layout: Layout,
        cues: CueSheet,
        matches: Sequence[Match],
        strangers: Collection[str],
    ) -> None:
        self._tokens = tokens
        self._matches = matches
        self._layout = layout
        self._cues = cues
        general = cues.places("knowledge", "knowledge_start")
        people = cues.of("own", "person", "family")
        # the "I" of "how do I know if someone ..." is nobody's who is ill
        asked = {place for cue in cues.of("knowledge") for place in range(cue.first, cue.last)}
        self._personal = {
            cue.first for cue in people if not cue.within(general) or (cue.kind == "own" and cue.first not in asked)
        }
        # whoever names a number speaks of somebody
        self._personal |= {place for place, token in enumerate(tokens) if token.kind == "number"}
        self._own = {cue.first for cue in cues.of("own")}
        self._strangers = {cue.first for cue in cues.of("person") if cue.name in strangers}
        self._people = sorted({cue.first for cue in cues.of("person")})
        guesses = cues.starts("possible")
        openings = (cue for cue in cues.of("knowledge_start") if self._opens(cue) and cue.first not in guesses)
        asking = [*cues.of("knowledge"), *(cue for cue in openings if self._is_question(cue))]
        self._questions = [cue for cue in asking if not self._speaks_of(self._personal, layout.sentence_of[cue.first])]
        # "valium" in Darija sounds like "in the film": the words of a wording mean what they say; "watching a match on
        # tv" only tells where somebody was
        idioms = [range(idiom.first, idiom.last + 1) for idiom in cues.of("ignore")]
        told = (cue for cue in cues.of("fiction") if not any(cue.within(idiom) for idiom in idioms))
        self._stories = [cue for cue in told if not any(cue.within(match.places) for match in matches)]

    def around(self, match: Match) -> Cue | None:
        """Return the cue of a frame in which a match is only supposed, or None."""
        return (
            self._supposed(match)
            or self._fiction(match)
            or self._asked(match)
            or self._hearsay(match)
            or self._waved_away(match)
        )

    def _supposed(self, match: Match) -> Cue | None:
        """A supposition reaches to the end of its clause; "what if ...?" to the end of the question."""
        clause, sentence = self._layout.clause_of, self._layout.sentence_of
        for cue in self._cues.of("hypothetical"):
            if cue.first >= match.first:
                continue
            if clause[cue.first] == clause[match.first]:
                return cue
            whole = sentence[cue.first] == sentence[match.first] and cue.last > cue.first
            if whole and self._opens(cue) and self._is_question(cue):
                return cue
        return None

    def _fiction(self, match: Match) -> Cue | None:
        """A story goes on as long as only strangers are spoken of; who is spoken of by nobody is the patient."""
        sentence = self._layout.sentence_of
        for cue in self._stories:
            here, there = sentence[match.first], sentence[cue.first]
            if here == there and (cue.first < match.first or not self._speaks_of(self._own, here)):
                return cue
            told = range(there + 1, here + 1)
            if told and all(map(self._is_of_strangers, told)):
                return cue
        return None

    def _is_of_strangers(self, sentence: int) -> bool:
        """Whether a sentence speaks of a stranger first: "he" after "my son" is the son, whatever film was told of."""
        first = next((place for place in self._people if self._layout.sentence_of[place] == sentence), None)
        return first in self._strangers and not self._speaks_of(self._own, sentence)

    def _asked(self, match: Match) -> Cue | None:
        """A question about a subject names nobody: "what are the signs of ...?"."""
        sentence = self._layout.sentence_of
        return next((cue for cue in self._questions if sentence[cue.first] == sentence[match.first]), None)

    def _hearsay(self, match: Match) -> Cue | None:
        """What was read or heard goes on to the end of its sentence, unless somebody is spoken of there."""
        sentence = self._layout.sentence_of
        number = sentence[match.first]
        for cue in self._cues.of("hearsay"):
            after = (place for place in self._personal if place > cue.last)
            if sentence[cue.first] == number and cue.last < match.first and not self._speaks_of(after, number):
                return cue
        return None

    def _waved_away(self, match: Match) -> Cue | None:
        """What somebody else had, or a leaflet warns of, and the writer has none of: "... but I have none of that"."""
        sentence = self._layout.sentence_of
        for none in self._cues.of("none_of_it"):
            here = sentence[none.first]
            if none.first < match.last or here - sentence[match.first] > 1:
                continue
            if here > sentence[match.first] and any(self._covers(other, here, none.first) for other in self._matches):
                continue
            tellers = [
                cue
                for cue in self._cues.of("says", "hypothetical", "hearsay", "person")
                if sentence[cue.first] == sentence[match.first] and cue.last < match.first
            ]
            if tellers and not any(tellers[-1].last < place < match.first for place in self._own):
                return tellers[-1]
        return None

    def _covers(self, match: Match, sentence: int, place: int) -> bool:
        """Whether a match stands in a sentence before a token."""
        return self._layout.sentence_of[match.first] == sentence and match.first < place

    def _speaks_of(self, people: Iterable[int], sentence: int) -> bool:
        """Whether a sentence holds one of the mentions of people."""
        return any(self._layout.sentence_of[place] == sentence for place in people)

    def _opens(self, cue: Cue) -> bool:
        """Whether a cue begins its sentence."""
        return cue.first == self._layout.sentence(cue.first)[0]

    def _is_question(self, cue: Cue) -> bool:
        """Whether the sentence of a cue ends in a question mark."""
        last = self._layout.sentence(cue.first)[-1]
        return self._tokens[last].text[:1] in "?؟"
