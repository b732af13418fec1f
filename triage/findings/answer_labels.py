"""Which options the words of an answer point at, and which they rule out, by the words on their labels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from triage.findings.answer_readers import Reader
from triage.findings.stream import Stream
from triage.findings.tokens import Token

_REACH = 3
"""Words of weight that a "no" reaches."""
_LONG = 9
"""In a longer message with a "no", a word of a label may stand under it; the extraction knows."""
_LACKING = frozenset({"impossible", "unable"})
"""Words of labels that say "not" though they deny nothing in a message."""
_PIECES = re.compile(r"[^\W_][\w'’]*|,")


@dataclass(frozen=True, slots=True)
class Label:
    """The stems of an option's label."""

    plain: frozenset[str]
    """Those that stand under no "no" of the label itself."""
    lacking: frozenset[str] = frozenset()
    """Those under it: what the option says is missing ("does not fade")."""
    words: tuple[str, ...] = ()
    """All its words in order."""

    @property
    def all(self) -> frozenset[str]:
        """All stems of the label."""
        return self.plain | self.lacking


def read_label(label: str, reader: Reader) -> Label:
    """Return the stems of a label, those under its own "no" apart."""
    plain: set[str] = set()
    lacking: set[str] = set()
    stems = plain
    pieces = [word for words in reader.form.words(_PIECES.findall(label.casefold())) for word in words]
    for word in pieces:
        if word in reader.negators or word in _LACKING:
            stems = lacking
        elif word == ",":
            stems = plain
        elif word not in reader.filler:
            stems.add(reader.form.stem(word))
    return Label(frozenset(plain), frozenset(lacking - plain), tuple(word for word in pieces if word != ","))


def _under_negation(tokens: Sequence[Token], stream: Stream, reader: Reader) -> set[int]:
    """Return the places that a "no" of the message reaches: up to three words of weight, or the next comma or "but"."""
    found: set[int] = set()
    left, before = 0, -1
    for here, (word, place) in enumerate(zip(stream.words, stream.places, strict=True)):
        if any(token.kind in {"mark", "stop"} for token in tokens[before + 1 : place]) or word in reader.ends:
            left = 0
        if word in reader.negators:
            # "no it fades" answers, and then tells what is
            answers = here == 0 and stream.words[1:2] and stream.words[1] in reader.openers
            left = 0 if answers else _REACH
        elif left:
            found.add(place)
            left -= word not in reader.filler
        before = place
    return found


def stems(stream: Stream, reader: Reader, taken: set[int], within: set[int] | None = None) -> frozenset[str]:
    """Return the stems of the words of weight of a message, outside the places taken."""
    return frozenset(
        reader.form.stem(word)
        for word, place in zip(stream.words, stream.places, strict=True)
        if word not in reader.filler
        and word not in reader.negators
        and place not in taken
        and (within is None or place in within)
        and not word.isdigit()
    )


def pointing(labels: Sequence[frozenset[str]], said: frozenset[str]) -> list[int]:
    """Return the labels that words of the message point at, by words that no other label has."""
    found = []
    for number, own in enumerate(labels):
        others = frozenset().union(*(other for place, other in enumerate(labels) if place != number))
        shared = len(said & own)
        if said & (own - others) and (said <= own or (shared * 2 >= len(own) and shared * 3 >= len(said))):
            found.append(number)
    return found


def spelled_out(label: Label, stream: Stream, reader: Reader) -> bool:
    """Whether a label stands in a message word for word, not behind a "no"; one of a single word is all there is."""
    count = len(label.words)
    if count < 2:
        return tuple(stream.words) == label.words
    return any(
        tuple(stream.words[at : at + count]) == label.words and (at == 0 or stream.words[at - 1] not in reader.negators)
        for at in range(len(stream.words) - count + 1)
    )


def pointed_at(
    labels: Sequence[Label],
    tokens: Sequence[Token],
    stream: Stream,
    reader: Reader,
    taken: set[int],
    busy: set[int],
) -> tuple[list[int], list[int]]:
    """Return the numbers of the labels that a message names, and of those that it rules out.

    Args:
        labels: The labels of the options.
        tokens: The message.
        stream: Its words in one written form.
        reader: What reads this form.
        taken: Places of answer words, which name nothing.
        busy: Places that tell something else ("he won't eat"): they name a label as a whole only (not "won't wake").
    """
    under = _under_negation(tokens, stream, reader)
    if under and len(stream.words) > _LONG:
        return [], []
    told, missing = stems(stream, reader, taken | under), stems(stream, reader, taken, under)
    free = stems(stream, reader, taken | under | busy)
    named = {
        number
        for number in pointing([label.plain for label in labels], told)
        if labels[number].plain <= told or told & labels[number].plain & free
    }
    about = pointing([label.all for label in labels], told)
    denied: set[int] = set()
    for number, label in enumerate(labels):
        if told & label.lacking and not missing & label.lacking:
            # "they fade" rules out "does not fade"
            named.discard(number)
            denied.update({number} & set(about))
        elif missing & label.lacking and missing <= label.all:
            named.add(number)
        elif missing and missing <= label.plain:
            denied.add(number)
    return sorted(named), sorted(denied - named)
