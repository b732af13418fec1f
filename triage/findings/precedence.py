"""Which written form has the say where several could read the same words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from knowledge.lexicon import Lexicon
from triage.findings.cues import NEGATIONS, Cue
from triage.findings.families import FAMILY_OF, Family
from triage.findings.matcher import Match
from triage.findings.openings import is_bare_no
from triage.findings.tokens import Token

_PEOPLE = dict.fromkeys(("person", "own"), "people")
_NO = dict.fromkeys(NEGATIONS, "no")
_TAKES = {
    **_PEOPLE, **_NO, "either": "no", **dict.fromkeys(("number", "unit", "dual", "measure_unit"), "count"),
    **dict.fromkeys(("since", "moment"), "time"),
}  # fmt: skip
"""Kinds of cues by which the message's own form takes words for itself, by what they tell."""
_GIVES_WAY = {**_PEOPLE, **_NO, "not_now": "no", "number": "count", "stage": "people"}
"""Kinds of cues of other forms that give way to those."""
_FRAMES = frozenset(
    {"ignore", "fiction", "hypothetical", "knowledge", "knowledge_start", "hearsay", "historical", "dead"}
)
"""Cues that take what is said out of here and now."""
_SURE_ARABIZI = re.compile(r"[a-z][3579][a-z]|^[3579][a-z]{3}")
_ARABIZI = re.compile(r"[a-z][235679]|[235679][a-z]")
"""A digit used as a letter; in a text that is surely English or French, "3am" and "covid19" must not count."""


class Precedence:
    """Chooses the forms that read a message, and settles what each of them may say.

    Args:
        families: All written forms.
        lexicons: Lexicons by language tag.
    """

    def __init__(self, families: Mapping[str, Family], lexicons: Mapping[str, Lexicon]) -> None:
        self._families = families
        self._function = {
            name: frozenset(
                word
                for tag, lexicon in lexicons.items()
                if FAMILY_OF[tag] == name
                for word in lexicon.context.function_words
            )
            for name in families
        }

    def readers(self, tokens: Sequence[Token], language: str | None, page: str | None) -> list[Family]:
        """Return the families to read with: the language, the page's, and Darija where it shows."""
        wanted = {FAMILY_OF[tag] for tag in (language, page) if tag in FAMILY_OF}
        scripts = {token.script for token in tokens if token.kind == "word"}
        if "arabic" in scripts:
            # Darija borrows from Arabic; in Arabic, the sounds of Darija would find words that nobody wrote
            wanted |= (
                {"arabic"} if language == "ar" and page != "ary" and self._is_read(tokens) else {"arabic", "darija"}
            )
        if "latin" in scripts:
            if language is None:
                wanted |= {"english", "french"}
            elif not wanted & {"english", "french"}:
                # Darija and Arabic borrow French words, and nothing is lost by looking.
                wanted.add("french")
            if self._is_arabizi(tokens, certain=language is not None):
                wanted.add("darija")
        if not scripts - {""}:
            return [family for name, family in self._families.items() if name in wanted or not wanted]
        return [family for name, family in self._families.items() if name in wanted and family.form.scripts & scripts]

    def _is_read(self, tokens: Sequence[Token]) -> bool:
        """Whether standard Arabic reads every word; an unknown one may be Darija taken for Arabic."""
        arabic = self._families.get("arabic")
        words = [token.text for token in tokens if token.script == "arabic"]
        return arabic is not None and all(arabic.book.reads(word) for word in words)

    def _is_arabizi(self, tokens: Sequence[Token], *, certain: bool) -> bool:
        """Whether Darija in Latin letters shows: digits as letters or, where the language is not certain, its words."""
        latin = [token.text for token in tokens if token.script == "latin"]
        if any((_SURE_ARABIZI if certain else _ARABIZI).search(text) for text in latin):
            return True
        if certain:
            return False
        hits = {
            name: sum(text in self._function.get(name, ()) for text in latin)
            for name in ("english", "french", "darija")
        }
        return hits["darija"] > 0 or not (hits["english"] or hits["french"])

    def in_pairs(self, found: Sequence[Cue], tokens: Sequence[Token]) -> list[Cue]:
        """Return the negations that come in pairs within a sentence; "la fièvre, la toux" are French articles."""
        french = self._families.get("french")
        sentences: dict[int, list[Cue]] = {}
        stops = 0
        places = {cue.first for cue in found if cue.kind == "negation_pair"}
        for place, token in enumerate(tokens):
            stops += token.kind == "stop"
            following = tokens[place + 1] if place + 1 < len(tokens) else None
            if place not in places or following is None or following.kind != "word":
                continue
            if french is None or not french.book.holds(following.text):
                sentences.setdefault(stops, []).append(Cue("negation", place, place))
        return [cue for cues in sentences.values() if len(cues) > 1 for cue in cues]


def is_ours(match: Match, tokens: Sequence[Token], own: Family) -> bool:
    """Whether the message's own form knows every word that another form took for a finding.

    The other form then only misreads it: "نمشي" is "I walk" in Darija, and looks like "my freckles" in Arabic; "بثقل",
    "with heaviness", sounds like a heavy tongue in Darija.
    """
    return all(own.book.understands(tokens[place].text) for place in match.places)


def told_apart(found: Mapping[str, Sequence[Cue]], tokens: Sequence[Token], own: Family | None) -> Iterator[Cue]:
    """Yield the cues of all forms; where the message's own form reads a word, the others do not read it otherwise.

    "والدي" is "my father" in Arabic, and sounds like "my son" in Darija; "ولا" is "nor" in Arabic, "or" and "became" in
    Darija, whose "ma" is no French "my"; "الأسبوع" is "the week" and sounds like "seven"; "إلى" is "to", and "if" in
    Darija.
    """
    taken: dict[str, set[int]] = {}
    for cue in found.get(own.name, ()) if own is not None else ():
        if cue.kind in _TAKES:
            taken.setdefault(_TAKES[cue.kind], set()).update(range(cue.first, cue.last + 1))
    for name, cues in found.items():
        foreign = own if own is not None and name != own.name else None
        for cue in cues:
            if cue.kind in NEGATIONS and is_bare_no(cue, tokens):
                continue
            if foreign is None or not _is_misread(cue, tokens, foreign, taken):
                yield cue


def _is_misread(cue: Cue, tokens: Sequence[Token], own: Family, taken: Mapping[str, set[int]]) -> bool:
    """Whether another form takes words for a cue that the message's own form reads otherwise."""
    if cue.kind in _FRAMES and _understands(own, cue, tokens):
        return True
    if cue.kind == "unit":
        # "39 mn sba7" is "39 since the morning", and no French "39 mn"
        return cue.first in taken.get("time", ())
    group = _GIVES_WAY.get(cue.kind)
    if group is None:
        return False
    alone = group != "count" and cue.first == cue.last and own.book.holds(tokens[cue.first].text)
    return alone or not taken.get(group, frozenset()).isdisjoint(range(cue.first, cue.last + 1))


def _understands(own: Family, cue: Cue, tokens: Sequence[Token]) -> bool:
    """Whether a form reads every token of a cue, however it is glued; a loose form must hold it as it stands."""
    texts = [tokens[place].text for place in range(cue.first, cue.last + 1)]
    if not own.form.corrects:
        return all(own.book.holds(text) for text in texts)
    words = [word for text in texts for word in own.form.split(text)]
    return all(word in own.idle or word in own.negators or bool(own.book.look_up(word)) for word in words)
