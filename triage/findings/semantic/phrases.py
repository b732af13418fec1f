"""Lay phrases of concepts as plain text: what the encoder compares a patient's clause with.

They come from content alone: wordings of the lexicon with each word class replaced by some of its words, labels, and
the clauses of rule examples in which the words find the concept. Which words stand for a class is chosen by a hash of
the text, so that one more word in a class changes few phrases, and the same content gives the same phrases everywhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from knowledge.conditions import All, Any, Condition, Present
from knowledge.lexicon import Lexicon, Wording
from knowledge.loader import Knowledge
from knowledge.vocabulary import Disposition, Experiencer, Polarity, Temporality
from triage.findings.semantic.segments import split_segments
from triage.types import Extraction

MOST_PHRASES = 16
"""Phrases of one concept in one language that a bank holds; twice as many found little more."""

MOST_HELD_OUT = 8
"""Phrases of one concept in one language to measure with."""

LONGEST_EXAMPLE = 12
"""Words of an example's clause; a longer one speaks of too many things."""

HELD_OUT = 5
"""One wording in so many is kept out of the bank, to measure with."""

_PLAIN = 6
_KINDS = ("finding", "event")
_SHARED = ({"ary", "ary-Latn"},)
"""Written forms of one speech, whose word classes serve both."""

Extract = Callable[[str, str], Extraction]
"""Reads a text in a language by its words."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way to say a concept."""

    concept: str
    language: str
    text: str
    held_out: bool = False
    """Kept out of the bank while thresholds are measured."""


def askable(knowledge: Knowledge) -> frozenset[str]:
    """Return the concepts that make an emergency rule hold, or lead to one by what they imply.

    Long illnesses and medicines are left out: they are asked for by name. So is what only excludes a danger.
    """
    wanted: set[str] = set()
    for rule in knowledge.rules:
        if rule.disposition >= Disposition.EMERGENCY_DEPARTMENT:
            wanted.update(_speaking_for(rule.condition))
    special = {
        concept.id
        for concept in knowledge.concepts.values()
        if concept.id in wanted or not wanted.isdisjoint(concept.implies)
    }
    return frozenset(name for name in special | wanted if knowledge.concepts[name].kind in _KINDS)


def gather_phrases(knowledge: Knowledge, language: str, extract: Extract) -> tuple[Phrase, ...]:
    """Return the phrases of every askable concept in one language, in a fixed order.

    Args:
        knowledge: All content.
        language: Written form.
        extract: Reads texts by their words, to find which clauses of examples speak of which concept.
    """
    lexicon = knowledge.lexicons.get(language)
    if lexicon is None:
        return ()
    wanted = askable(knowledge)
    found: dict[str, dict[str, bool]] = {name: {} for name in sorted(wanted)}
    for wording in lexicon.wordings:
        if wording.concept in wanted and not wording.negated and not wording.possible:
            held_out = _number("split", wording.concept, " ".join(wording.words)) % HELD_OUT == 0
            for text in _expand(wording, _classes(lexicon, knowledge.lexicons)):
                found[wording.concept].setdefault(text, held_out)
    for concept, text in _examples(knowledge, language, extract):
        if concept in wanted:
            found[concept].setdefault(text, _number("split", concept, text) % HELD_OUT == 0)
    for name in wanted & set(lexicon.labels):
        found[name].setdefault(lexicon.labels[name].casefold(), False)
    return tuple(
        Phrase(concept, language, text, held_out)
        for concept, texts in found.items()
        for held_out, most in ((False, MOST_PHRASES), (True, MOST_HELD_OUT))
        for text in sorted((text for text in texts if texts[text] is held_out), key=partial(_number, concept))[:most]
    )


def mark(phrases: Iterable[Phrase]) -> str:
    """Return a short hash of the phrases of one concept: a threshold belongs to exactly these."""
    lines = sorted(f"{item.language}\0{item.concept}\0{item.text}\0{item.held_out}" for item in phrases)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]


def _speaking_for(condition: Condition) -> Iterator[str]:
    """Yield the concepts whose presence speaks for a condition."""
    match condition:
        case Present(concept):
            yield concept.removesuffix(".ongoing")
        case All(parts) | Any(parts):
            for part in parts:
                yield from _speaking_for(part)
        case _:
            return


def _classes(lexicon: Lexicon, lexicons: Mapping[str, Lexicon]) -> dict[str, tuple[str, ...]]:
    shared = next((forms for forms in _SHARED if lexicon.language in forms), {lexicon.language})
    merged: dict[str, tuple[str, ...]] = {}
    for tag in sorted(shared - {lexicon.language}):
        merged |= lexicons[tag].classes if tag in lexicons else {}
    return merged | dict(lexicon.classes)


def _expand(wording: Wording, classes: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Yield the wording with its classes replaced: once, and once more with other words if it has any class."""
    line = " ".join(wording.words)
    for other in (False, True) if "@" in line else (False,):
        words = []
        for word in wording.words:
            members = classes[word[1:]] if word.startswith("@") else (word,)
            # Classes begin with their plainest word; misspellings stand late.
            chosen = members[1:_PLAIN] if other and len(members) > 1 else members[:1]
            words.append(min(chosen, key=lambda member: _number(line, member)))
        yield " ".join(words)


def _examples(knowledge: Knowledge, language: str, extract: Extract) -> Iterator[tuple[str, str]]:
    """Yield (concept, clause) for the clauses of rule examples in which the words find the concept."""
    for rule in knowledge.rules:
        for message in rule.fires_on.get(language, ()):
            segments = [item for item in split_segments(message) if len(item.text.split()) <= LONGEST_EXAMPLE]
            for finding in extract(message, language).findings:
                told = finding.polarity is Polarity.AFFIRMED and finding.temporality is Temporality.CURRENT
                if finding.span is None or not told or finding.experiencer is not Experiencer.SUBJECT:
                    continue
                start, end = finding.span.start, finding.span.end
                holding = [item for item in segments if item.start <= start and end <= item.end]
                if holding:
                    yield finding.concept, min(holding, key=lambda item: len(item.text)).text.casefold()


def _number(*parts: str) -> int:
    return int.from_bytes(hashlib.blake2b("\0".join(parts).encode(), digest_size=8).digest())
