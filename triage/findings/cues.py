"""Cues of a message: the words that justify whether, whose and when a finding is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from triage.findings.forms import Form
from triage.findings.stream import Stream

CHANNELS = {
    "polarity": (
        "negation", "negation_verb", "denials", "negation_start", "negation_mid", "negation_pair", "negation_after",
        "pseudo_negation",
        "doubtful_negation", "gone", "gone_before", "possible", "not_now", "innocent",
    ),
    "worst": ("superlative", "merely"),
    "time": ("historical", "background", "current", "returned", "well_now"),
    "bygone": ("bygone",),
    "speech": ("says",),
    "waved": ("none_of_it",),
    "frame": ("hypothetical", "triggers", "knowledge", "knowledge_start", "hearsay", "fiction"),
    "person": ("person", "own", "family", "nobody"),
    "death": ("dead",),
    "structure": ("ends", "turns", "halts", "either", "both", "subjects", "resumptive", "unbroken"),
    "loose": ("carriers",),
    "idiom": ("ignore",),
}  # fmt: skip
"""Kinds of one channel compete for words: the longer cue wins ("not sure" is no "not")."""

CHANNEL_OF = {kind: channel for channel, kinds in CHANNELS.items() for kind in kinds}

CONTEXT_KINDS = frozenset({*CHANNEL_OF, "sex"})
"""Kinds that qualify findings; all others belong to numbers."""


NEGATIONS = frozenset(
    {"negation", "negation_verb", "denials", "negation_start", "negation_mid", "negation_after", "doubtful_negation"}
)
_NO_NEGATION = frozenset({"pseudo_negation", "innocent"})

ANY = "*"
"""Stands for any one word within a cue ("my * year old")."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Words with a role; `first` and `last` are tokens."""

    kind: str
    first: int
    last: int
    name: str = ""
    """Which person, for a cue about people."""

    def within(self, places: Collection[int]) -> bool:
        """Whether every token of the cue belongs to a match, which then means what it says."""
        return all(place in places for place in range(self.first, self.last + 1))


@dataclass(slots=True)
class _Node:
    next: dict[str, _Node] = field(default_factory=dict)
    ends: list[tuple[str, str]] = field(default_factory=list)


class CueBook:
    """Cues of one form, found word by word.

    Args:
        form: The written form.
        channels: Channel of each kind; a kind that is not listed competes with itself only.
    """

    def __init__(self, form: Form, channels: Mapping[str, str]) -> None:
        self.form = form
        self._channels = channels
        self._root = _Node()
        self._keys: dict[str, tuple[str, ...]] = {}

    def add(self, kind: str, phrases: Iterable[str], name: str = "") -> None:
        """Add phrases of one kind."""
        for phrase in phrases:
            node = self._root
            texts = phrase.casefold().split()
            for text, words in zip(texts, self.form.words(texts), strict=True):
                words = (ANY,) if text == ANY else words
                for word in words:
                    key = word
                    if word != ANY:
                        self._keys[word] = self.form.cue_keys(word)
                        key = self._keys[word][0]
                    node = node.next.setdefault(key, _Node())
            if node is not self._root and (kind, name) not in node.ends:
                node.ends.append((kind, name))

    def find(self, stream: Stream) -> list[Cue]:
        """Return the cues in order; of those that compete, the longest that begins first."""
        keys = [self._keys.get(word) or self.form.cue_keys(word) for word in stream.words]
        root = self._root.next
        busy: dict[str, int] = {}
        found: list[Cue] = []
        for start, heads in enumerate(keys):
            nodes = [root[head] for head in heads if head in root]
            if not nodes:
                continue
            longest: dict[str, tuple[int, list[tuple[str, str]]]] = {}
            at = start
            while nodes:
                for node in nodes:
                    for kind, name in node.ends:
                        channel = self._channels.get(kind, kind)
                        end, ends = longest.get(channel, (-1, []))
                        longest[channel] = (at, [*ends, (kind, name)] if end == at else [(kind, name)])
                at += 1
                if at == len(keys) or (stream.parted and stream.parted[at]):
                    break
                nodes = [node.next[key] for node in nodes if node.next for key in (*keys[at], ANY) if key in node.next]
            for channel, (end, ends) in longest.items():
                if busy.get(channel, -1) < start:
                    busy[channel] = end
                    found += [Cue(kind, stream.places[start], stream.places[end], name) for kind, name in ends]
        return found


@dataclass(slots=True)
class CueSheet:
    """All cues of a message by kind, from every form that reads it."""

    by_kind: dict[str, list[Cue]] = field(default_factory=dict)
    _mixed: dict[tuple[str, ...], list[Cue]] = field(default_factory=dict)

    def of(self, *kinds: str) -> Sequence[Cue]:
        """Return the cues of some kinds in order of place."""
        if len(kinds) == 1:
            return self.by_kind.get(kinds[0], ())
        mixed = self._mixed.get(kinds)
        if mixed is None:
            cues = (cue for kind in kinds for cue in self.by_kind.get(kind, ()))
            mixed = self._mixed[kinds] = sorted(cues, key=lambda cue: cue.first)
        return mixed

    def places(self, *kinds: str) -> frozenset[int]:
        """Return every token that belongs to a cue of some kinds."""
        return frozenset(place for cue in self.of(*kinds) for place in range(cue.first, cue.last + 1))

    def starts(self, *kinds: str) -> frozenset[int]:
        """Return the first tokens of the cues of some kinds."""
        return frozenset(cue.first for cue in self.of(*kinds))


def gather(found: Iterable[Cue]) -> CueSheet:
    """Return the cues by kind, each list in order of place.

    What looks like a negation in one form and is none in another is none.
    """
    cues = sorted(set(found), key=lambda cue: (cue.first, cue.last, cue.name))
    innocent = [cue for cue in cues if cue.kind in _NO_NEGATION]
    sheet = CueSheet()
    for cue in cues:
        if cue.kind in NEGATIONS and any(_inside(cue, other) for other in innocent):
            continue
        sheet.by_kind.setdefault(cue.kind, []).append(cue)
    return sheet


def _inside(cue: Cue, other: Cue) -> bool:
    longer = other.last - other.first > cue.last - cue.first
    return longer and other.first <= cue.first and cue.last <= other.last
