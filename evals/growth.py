"""Content ten times as large, to measure what growth costs: copies about other concepts, in words of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from knowledge import Knowledge
from knowledge.lexicon import Lexicon, Wording
from knowledge.schema import Concept, RedFlagRule

_COPIES = 9
_ALPHABETS = ("aeiou", "bcdfghjklmnpqrstvwxz", "379", "بتثجحخدذرزسشصضطظعغفقكلمنه", "àâäéèêëîïôöùûü", "أإآؤئ")
"""Letters that may stand for each other: the copy of a word looks like a word, with as many letters."""
_KEPT_CLASSES = {"cannot"}


def tenfold_rules(rules: Sequence[RedFlagRule]) -> list[RedFlagRule]:
    """Return the rules and nine copies of each over concepts of their own."""
    copies = list(rules)
    for number in range(_COPIES):
        for rule in rules:
            changed = {"id": f"{rule.id}_{number}", "when": _renamed(rule.when, f"x{number}_")}
            copies.append(RedFlagRule.model_validate({**rule.model_dump(mode="json"), **changed}))
    return copies


def tenfold_lexicons(knowledge: Knowledge) -> Knowledge:
    """Return the content with nine copies of each wording and class, over concepts and words of their own.

    Grammar words stay as they are; every other word becomes one that no lexicon has, the same one wherever it stands.
    """
    known = {word for lexicon in knowledge.lexicons.values() for word in _vocabulary(lexicon)}
    grammar = {word for lexicon in knowledge.lexicons.values() for word in _grammar(lexicon)}
    lexicons = dict(knowledge.lexicons)
    concepts = dict(knowledge.concepts)
    for number in range(_COPIES):
        strange = _Renamer(number, known, grammar)
        concepts |= {_copy(name, number): Concept(id=_copy(name, number)) for name in knowledge.concepts}
        for tag, lexicon in knowledge.lexicons.items():
            lexicons[tag] = _extended(lexicons[tag], lexicon, number, strange)
    return replace(knowledge, lexicons=lexicons, concepts=concepts)


class _Renamer:
    """Gives each word of the lexicons a word of no lexicon, the same one each time.

    Args:
        number: Number of the copy.
        taken: Words that exist; those that are given join them.
        kept: Words that stay as they are.
    """

    def __init__(self, number: int, taken: set[str], kept: set[str]) -> None:
        self._number = number
        self._taken = taken
        self._kept = kept
        self._given: dict[str, str] = {}

    def __call__(self, text: str) -> str:
        return " ".join(self._word(word) for word in text.casefold().split())

    def _word(self, word: str) -> str:
        if word in self._kept:
            return word
        if word not in self._given:
            turns = self._number + 1
            while (found := _turned(word, turns)) in self._taken and turns < 40:
                turns += _COPIES
            self._taken.add(found)
            self._given[word] = found
        return self._given[word]


def _turned(word: str, turns: int) -> str:
    """Turn each letter within its alphabet, the further the later it stands."""
    letters = []
    for place, letter in enumerate(word):
        for alphabet in _ALPHABETS:
            if letter in alphabet:
                letter = alphabet[(alphabet.index(letter) + turns + place) % len(alphabet)]
                break
        letters.append(letter)
    return "".join(letters)


def _extended(grown: Lexicon, lexicon: Lexicon, number: int, strange: Callable[[str], str]) -> Lexicon:
    def word(text: str) -> str:
        if not text.startswith("@"):
            return strange(text)
        return text if text[1:] in _KEPT_CLASSES else f"{text}.x{number}"

    wordings = tuple(
        Wording(
            _copy(item.concept, number),
            tuple(word(part) for part in item.words),
            exact=item.exact,
            negated=item.negated,
            possible=item.possible,
        )
        for item in lexicon.wordings
    )
    classes: Mapping[str, tuple[str, ...]] = {
        f"{name}.x{number}": tuple(strange(form) for form in forms) for name, forms in lexicon.classes.items()
    }
    return replace(grown, wordings=(*grown.wordings, *wordings), classes={**grown.classes, **classes})


def _copy(concept: str, number: int) -> str:
    kind, colon, name = concept.rpartition(":")
    return f"{kind}{colon}x{number}_{name}"


def _renamed(when: object, prefix: str) -> object:
    if isinstance(when, dict):
        return {key: _renamed(value, prefix) for key, value in when.items()}
    if isinstance(when, list):
        return [_renamed(part, prefix) for part in when]
    kind, colon, name = str(when).rpartition(":")
    return str(when) if any(sign in name for sign in "<>=") else f"{kind}{colon}{prefix}{name}"


def _vocabulary(lexicon: Lexicon) -> set[str]:
    texts = [word for wording in lexicon.wordings for word in wording.words if not word.startswith("@")]
    texts += [form for forms in lexicon.classes.values() for form in forms]
    return {word for text in texts for word in text.casefold().split()} | _grammar(lexicon)


def _grammar(lexicon: Lexicon) -> set[str]:
    context = lexicon.context
    texts = (*context.filler, *context.light, *context.negators)
    return {word for text in texts for word in text.casefold().split()}
