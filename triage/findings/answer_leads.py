"""What the short words of a message answer: the kind it opens with, and whether they answer at all or tell a story."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from knowledge.protocols import Question
from triage.findings.answer_readers import Reader
from triage.findings.cues import Cue
from triage.findings.stream import Stream
from triage.findings.tokens import Token

_LONGEST_WHY = 9
_SHORT_ANSWER = 3
"""Most words of weight beside an answer that is not set apart by punctuation."""
_SHORT_CHOICE = 0
"""A "yes, he drinks a little" does not tell which of several; "yes, since yesterday" means all that was asked."""
_TIMES = frozenset({"number", "vague", "unit", "dual", "moment", "since", "ago", "article", "half_after"})
_ANYWHERE = ("unsure", "every", "both", "none", "somewhat", "mild")
"""Kinds of answer that count behind other words too, the first before the others."""
_OKS = frozenset({"ok", "okay"})


def lead_of(cues: Sequence[Cue], tokens: Sequence[Token], stream: Stream, reader: Reader) -> str | None:
    """Return the kind of the answer that the message opens with."""
    if not cues or not stream.places or cues[0].first != stream.places[0]:
        return next((cue.kind for cue in cues if cue.kind in _ANYWHERE), None)
    kinds = [cues[0].kind]
    last = cues[0].last
    for cue in cues[1:]:
        between = [word for word, place in zip(stream.words, stream.places, strict=True) if last < place < cue.first]
        # "all of this, no"
        light = cue.kind == "no" and kinds[0] == "every" and all(word in reader.these for word in between)
        if between and not light:
            break
        kinds.append(cue.kind)
        last = cue.last
    if kinds[0] in {"no", "none"} and len(kinds) == 1 and not stands_alone(cues[0], tokens, stream, reader):
        return None
    if kinds[0] == "why":
        return "why" if len(stream.places) <= _LONGEST_WHY else None
    if "no" in kinds and ((kinds[0] == "no" and "mild" in kinds) or not {"every", "both"}.isdisjoint(kinds)):
        # "non tout est électrique", "no, both are fine", "all of this: no": a "no" beside "all" is still a no
        return "no"
    for kind in _ANYWHERE:
        if kind in kinds:
            return kind
    return kinds[0] if len(set(kinds)) == 1 else "unsure"


def is_answer(
    answers: Sequence[Cue],
    numbers: Sequence[Cue],
    tokens: Sequence[Token],
    stream: Stream,
    reader: Reader,
    question: Question,
) -> bool:
    """Whether words answer, rather than belonging to a story ("I have a cough", "ok, my hands are dry").

    Args:
        answers: The answer words of the message.
        numbers: Its words around numbers; a time beside an answer is no story.
        tokens: The message.
        stream: Its words in one written form.
        reader: What reads this form.
        question: The question that was asked.
    """
    times = [cue for cue in numbers if cue.kind in _TIMES]
    taken = {place for cue in (*answers, *times) for place in range(cue.first, cue.last + 1)}
    rest = {
        place
        for word, place in zip(stream.words, stream.places, strict=True)
        if place not in taken and word not in reader.filler and tokens[place].kind == "word"
    }
    first = answers[0]
    parted = first.last + 1 < len(tokens) and tokens[first.last + 1].kind in {"mark", "stop"}
    if first.kind in {"no", "none"} and first.first == stream.places[0]:
        # "no dear, I can see": the "no" is set apart from what follows
        parted = parted or _is_set_apart(first, tokens, stream, reader)
        if parted and first.last > first.first:
            return True
    several = len(question.options) > 1 and first.kind in {"yes", "somewhat", "mild"}
    if len(rest) <= (_SHORT_CHOICE if several else _SHORT_ANSWER):
        # "my sister says it's nothing" is no "none of these"
        return not any(place < first.first for place in rest) or first.kind in {"somewhat", "mild", "unsure"}
    if (
        several
        or first.first != stream.places[0]
        or first.last > first.first
        or first.kind not in {"yes", "no", "none"}
    ):
        return False
    return parted or (first.kind == "yes" and len(question.options) == 1 and tokens[first.first].text not in _OKS)


def tells(cue: Cue, tokens: Sequence[Token], stream: Stream, reader: Reader) -> bool:
    """Whether a "yes" or "no" begins a statement: "it is" answers, "it's a pressure", "it isn't stopping" tell."""
    if cue.kind not in {"yes", "no"} or (cue.last == cue.first and stream.places.count(cue.first) == 1):
        return False
    if cue.kind == "no" and stream.words[stream.places.index(cue.first)] not in reader.openers:
        return False
    for place, word in zip(stream.places, stream.words, strict=True):
        if place <= cue.last:
            continue
        if any(token.kind in {"mark", "stop"} for token in tokens[cue.last + 1 : place]):
            return False
        if word not in reader.filler and not (cue.kind == "no" and word in reader.these):
            return True
    return False


def tells_more(answers: Sequence[Cue], numbers: Sequence[Cue], stream: Stream, reader: Reader) -> bool:
    """Whether words of weight stand beside an "all", other than a yes, a time, and those for what was asked."""
    taken = {place for cue in answers for place in range(cue.first, cue.last + 1)}
    taken |= {place for cue in numbers if cue.kind in _TIMES for place in range(cue.first, cue.last + 1)}
    return all(cue.kind != "yes" for cue in answers) and any(
        place not in taken and word not in reader.filler and word not in reader.these
        for word, place in zip(stream.words, stream.places, strict=True)
    )


def turns_round(answers: Sequence[Cue], cues: Sequence[Cue], stream: Stream, reader: Reader) -> bool:
    """Whether a "yes" takes back the "no" before it: "no... actually yes", "la, smhli, ah".

    Args:
        answers: The answer words that answer.
        cues: All of them.
        stream: The words of the message in one written form.
        reader: What reads this form.
    """
    first = next(iter(answers), None)
    if first is None or first.first != stream.places[0] or first.kind not in {"no", "none"}:
        return False
    turns = [cue for cue in cues if cue.kind == "turned" and cue.last > first.last]
    if not turns:
        return False
    kinds = {"no", "none", "anew", "meant", "turned"}
    light = {place for cue in cues if cue.kind in kinds for place in range(cue.first, cue.last + 1)}
    again = any(cue.kind in {"no", "none"} and cue.first > turns[-1].last for cue in cues)
    return not again and all(
        place in light or word in reader.filler
        for word, place in zip(stream.words, stream.places, strict=True)
        if first.last < place < turns[0].first
    )


def is_plain(
    mild: Cue, cues: Sequence[Cue], numbers: Sequence[Cue], stream: Stream, reader: Reader, busy: AbstractSet[int]
) -> bool:
    """Whether a "mild" is all that is said of the strength: not "not mild", nor "mild before, now unbearable".

    Args:
        mild: The word.
        cues: All answer words of the message.
        numbers: Its words around numbers; only "since yesterday" leaves a "mild" as it is.
        stream: Its words in one written form.
        reader: What reads this form.
        busy: Tokens that name a complaint, which may stand before the word ("my headache is mild").
    """
    since = any(cue.kind == "since" for cue in numbers)
    times = [cue for cue in numbers if since and cue.kind in _TIMES]
    taken = {place for cue in (*cues, *times) for place in range(cue.first, cue.last + 1)}
    taken |= {place for place in busy if place < mild.first}
    words = list(zip(stream.words, stream.places, strict=True))
    if any(word in reader.nots for word, place in words if place == mild.first - 1):
        # "machi khfif": what may answer by itself, but denies the word that it stands before
        return False
    return all(place in taken or (word in reader.filler and word not in reader.negators) for word, place in words)


def stands_alone(cue: Cue, tokens: Sequence[Token], stream: Stream, reader: Reader) -> bool:
    """Whether a "no" answers, rather than belonging to the next word ("no sweating")."""
    following = cue.last + 1
    if following >= len(tokens) or tokens[following].kind != "word":
        return True
    words = dict(zip(reversed(stream.places), reversed(stream.words), strict=True))
    after = [word for place, word in reversed(words.items()) if place > cue.last]
    told = reader.form.answers(words[cue.first], after)
    return told if told is not None else cue.last > cue.first or _is_set_apart(cue, tokens, stream, reader)


def _is_set_apart(cue: Cue, tokens: Sequence[Token], stream: Stream, reader: Reader) -> bool:
    """Whether a "no" goes before a new statement ("no he is well"), or never belongs to a noun ("nah")."""
    if cue.last == cue.first and tokens[cue.first].text in reader.apart:
        return True
    after = [word for word, place in zip(stream.words, stream.places, strict=True) if place > cue.last]
    adjacent = cue.last + 1 < len(tokens) and tokens[cue.last + 1].kind == "word"
    return adjacent and len(after) > 1 and after[0] in reader.openers
