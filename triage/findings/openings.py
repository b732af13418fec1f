"""A "no" that answers, before a statement of its own: "no he breathes well" denies nothing of what follows."""

from __future__ import annotations

from collections.abc import Sequence

from triage.findings.families import Family
from triage.findings.tokens import Token


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
