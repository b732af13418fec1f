"""A "no" that answers, before a statement of its own: "no he breathes well" denies nothing of what follows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from knowledge.lexicon import Lexicon
from triage.findings.cues import Cue
from triage.findings.families import Family
from triage.findings.tokens import Token

NO = "لا"
REFUSALS, TURNS = ("no", "none"), ("anew", "meant", "besides")
"""Kinds of phrases of short answers that say no, and that turn from it."""
_NOR = frozenset({"لا", "ولا"})
_NEVER_DENIED = re.compile(r"ال\w{2,}|ك[نيت]\w{3,}")
"""A noun with its article, or a present verb of Darija."""
_IN_PRINT = frozenset({"غير", "بشكل", "بصورة", "بطريقة"})
"""Words of written Arabic before "normal", in which "لا" denies the verb ("لا يتنفس بشكل طبيعي")."""
_LONGEST_TURN, _LONGEST_PHRASE = 12, 4
"""Tokens at the beginning of an answer in which it may turn from a "no", and words of a phrase."""
_NEAR = 2
"""Words after the verb among which "as always" is looked for."""
_GOES_ON = frozenset({"كان", "كانت", "وكان", "وكانت"})
"""Words with which another statement begins: "he does not breathe, he was normal this morning"."""


def set_apart(tokens: Sequence[Token], families: Sequence[Family]) -> list[Token]:
    """Return the tokens with the comma that hurried people leave out after "no" at the start of a sentence.

    Args:
        tokens: The message.
        families: The forms that read it.
    """
    found: list[Token] = []
    for place, token in enumerate(tokens):
        found.append(token)
        begins = place == 0 or tokens[place - 1].kind == "stop"
        if begins and place + 1 < len(tokens) and _answers(token, tokens[place + 1], families):
            found.append(Token(token.end, token.end, "mark", ","))
    return found


def answered_no(tokens: Sequence[Token], families: Sequence[Family], *, doubtful: bool) -> list[Token] | None:
    """Return the tokens of an answer with a full stop behind the "no" it begins with, or None if it begins otherwise.

    Args:
        tokens: The answer.
        families: The forms that read it.
        doubtful: Whether it opens in doubt, which counts as a "no".
    """
    if len(tokens) < 2 or tokens[1].kind != "word":
        return None
    # in Arabic letters "لا" before a verb denies it
    latin = any(tokens[0].text in family.refusals for family in families if "arabic" not in family.form.scripts)
    if not (latin or doubtful or _is_bare(tokens)):
        return None
    return [tokens[0], Token(tokens[0].end, tokens[0].end, "stop", "."), *tokens[1:]]


def turned_from_no(
    tokens: Sequence[Token], refusals: AbstractSet[tuple[str, ...]], turns: AbstractSet[tuple[str, ...]]
) -> list[Token] | None:
    """Return the tokens of an answer that turns from its "no", with a full stop behind both, or None.

    "No wait, he fainted" and "nothing except the dizziness" deny nothing of what follows.

    Args:
        tokens: The answer.
        refusals: Phrases that say no.
        turns: Phrases that take a "no" back, or except something from it.
    """
    words = [(place, token.text) for place, token in enumerate(tokens[:_LONGEST_TURN]) if token.kind != "mark"]
    for no in range(1, _LONGEST_PHRASE + 1):
        if tuple(word for _, word in words[:no]) in refusals:
            for end in range(no + 1, no + _LONGEST_PHRASE + 1):
                if tuple(word for _, word in words[no:end]) in turns and end < len(words):
                    first, last = words[no - 1][0] + 1, words[end - 1][0] + 1
                    stops = [Token(tokens[at - 1].end, tokens[at - 1].end, "stop", ".") for at in (first, last)]
                    return [*tokens[:first], stops[0], *tokens[first:last], stops[1], *tokens[last:]]
    return None


def answer_phrases(lexicons: Mapping[str, Lexicon], *kinds: str) -> frozenset[tuple[str, ...]]:
    """Return phrases of short answers as words, in every form."""
    return frozenset(
        tuple(phrase.casefold().split())
        for lexicon in lexicons.values()
        for kind in kinds
        for phrase in getattr(lexicon.answers, kind)
    )


def opens_in_doubt(tokens: Sequence[Token], well: AbstractSet[str]) -> bool:
    """Whether an answer may say no or deny its verb: "لا يتنفس عادي" is "no, he breathes as always" in speech.

    Args:
        tokens: The answer.
        well: Words for "as always".
    """
    if len(tokens) < 3 or tokens[0].text != NO or _is_bare(tokens):
        return False
    after = [token.text for token in tokens[1 : 2 + _NEAR]]
    other = _IN_PRINT | _GOES_ON | _NOR
    return not well.isdisjoint(after) and other.isdisjoint(after) and tokens[1].text not in well


def is_bare_no(cue: Cue, tokens: Sequence[Token]) -> bool:
    """Whether a "لا" answers: it denies no noun with an article, and in Darija no verb ("لا النفس مزيان")."""
    return not (cue.first or cue.last) and _is_bare(tokens)


def _is_bare(tokens: Sequence[Token]) -> bool:
    if tokens[0].text != NO or len(tokens) < 2 or any(token.text in _NOR for token in tokens[1:]):
        return False
    return _NEVER_DENIED.match(tokens[1].text) is not None


def _answers(token: Token, following: Token, families: Sequence[Family]) -> bool:
    for family in families:
        if "arabic" in family.form.scripts:
            # "لا" is "no" and the "not" of the verb after it: "لا أستطيع التنفس" is "I cannot breathe"
            continue
        if following.kind == "word" and token.text in family.refusals and following.script in family.form.scripts:
            words = family.form.words([following.text])[0]
            if words and words[0] in family.openers:
                return True
    return False
