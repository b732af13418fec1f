"""Measuring how near is near enough, on phrases that the bank does not hold and on near misses of rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.loader import Knowledge
from triage.findings.semantic.bank import Bank, Encoder, fetch_vectors
from triage.findings.semantic.matcher import NEAREST, ranked
from triage.findings.semantic.phrases import Extract, Phrase, gather_phrases, mark
from triage.findings.semantic.segments import split_segments
from triage.findings.semantic.thresholds import FORMAT, Calibrated, Threshold, Thresholds

LEAST_PRECISION = 0.9
LEAST_HELD_OUT = 3
"""A threshold set on fewer phrases would mean nothing."""

LEAST_RECALL = 0.2
"""A concept that is found less often than this is not worth its mistakes."""

MARGIN = 0.6
"""How far above the nearest mistake a threshold stands, in standard deviations of all nearness values: the next
mistakes will be nearer than those that were seen. With less, precision on texts not used for it fell below 0.9."""


@dataclass(frozen=True)
class _Texts:
    """Texts to measure with: what each may rightly be proposed for, and what the words judged already."""

    texts: tuple[str, ...]
    right: tuple[frozenset[str], ...]
    judged: tuple[frozenset[str], ...]
    """Concepts that the words speak of in a near miss, whatever they say of them: never proposed there."""
    source: tuple[frozenset[str], ...]
    """Concepts that a held-out phrase was written for."""


def calibrate(
    knowledge: Knowledge, encoder: Encoder, folder: Path, extract: Extract, tell: Callable[[str], None]
) -> Thresholds:
    """Measure thresholds in every language of an encoder.

    Args:
        knowledge: All content.
        encoder: The encoder.
        folder: Where vectors are kept.
        extract: Reads texts by their words.
        tell: Called with lines for the operator.
    """
    languages = {}
    for language in (tag for tag in knowledge.lexicons if tag in encoder.languages):
        phrases = gather_phrases(knowledge, language, extract)
        texts = _texts(knowledge, language, phrases, extract)
        wanted = tuple(dict.fromkeys((*(item.text for item in phrases), *texts.texts)))
        tell(f"{language}: {len(wanted)} texts to compare ...")
        vectors = fetch_vectors(wanted, folder, encoder, language)
        languages[language] = measure(phrases, texts, vectors)
        known = languages[language]
        tell(f"{language}: {len(known.concepts)} concepts, precision {known.precision}, recall {known.recall}")
    return Thresholds(format=FORMAT, encoder=encoder.id, least_precision=LEAST_PRECISION, languages=languages)


def as_yaml(found: Thresholds) -> str:
    """Return thresholds as the content file, one line a concept."""
    lines = [
        "# Written by `salama content calibrate`: from which nearness on a concept is proposed, as measured on phrases",
        "# that the bank does not hold. A concept whose words have changed since is silent until it is measured again.",
        f"format: {found.format}",
        f"encoder: {found.encoder}",
        f"least_precision: {found.least_precision}",
        "languages:",
    ]
    for language, known in sorted(found.languages.items()):
        precision, recall = (("null" if value is None else value) for value in (known.precision, known.recall))
        lines += [f"  {language}:", f"    texts: {known.texts}", f"    precision: {precision}", f"    recall: {recall}"]
        lines.append("    concepts:" if known.concepts else "    concepts: {}")
        for concept, item in sorted(known.concepts.items()):
            lines.append(
                f'      "{concept}": {{at: {item.at}, n: {item.n}, precision: {item.precision}, '
                f'recall: {item.recall}, of: "{item.of}"}}'
            )
    return "\n".join(lines) + "\n"


def measure(phrases: Sequence[Phrase], texts: _Texts, vectors: Mapping[str, Any]) -> Calibrated:
    """Return the thresholds of one language, and how well they do on texts they were not set on."""
    import numpy

    bank = Bank(phrases, vectors)
    place = {concept: number for number, concept in enumerate(bank.concepts)}
    scores = bank.nearness(numpy.stack([vectors[text] for text in texts.texts]))
    for row, judged in enumerate(texts.judged):
        scores[row, [place[concept] for concept in judged if concept in place]] = -1.0
    margin = MARGIN * float(scores[scores > 0].std())
    scores = ranked(scores, NEAREST)
    by_concept: dict[str, list[Phrase]] = {}
    for item in phrases:
        by_concept.setdefault(item.concept, []).append(item)
    every = numpy.arange(len(texts.texts))
    halves = [every[every % 2 == half] for half in (0, 1)]
    concepts: dict[str, Threshold] = {}
    proposed = right = found = expected = 0
    for concept, column in place.items():
        told = numpy.array([concept in labels for labels in texts.right])
        own = numpy.array([concept in labels for labels in texts.source])
        known = _threshold(scores[:, column], told, own, margin)
        if known is None:
            continue
        at, precision, recall = known
        concepts[concept] = Threshold(
            at=at,
            n=int(own.sum()),
            precision=precision,
            recall=recall,
            of=mark(by_concept[concept]),
        )
        for half, other in (halves, halves[::-1]):
            set_there = _threshold(scores[half, column], told[half], own[half], margin, least=1)
            chosen = scores[other, column] >= (set_there[0] if set_there else at)
            proposed += int(chosen.sum())
            right += int((chosen & told[other]).sum())
            found += int((chosen & own[other]).sum())
            expected += int(own[other].sum())
    return Calibrated(
        texts=len(texts.texts),
        precision=round(right / proposed, 3) if proposed else None,
        recall=round(found / expected, 3) if expected else None,
        concepts=concepts,
    )


def _threshold(
    scores: Any, told: Any, own: Any, margin: float, least: int = LEAST_HELD_OUT
) -> tuple[float, float, float] | None:
    """Return the lowest threshold with the wanted precision, with its precision and recall; None when there is none."""
    import numpy

    if int(own.sum()) < least:
        return None
    order = numpy.argsort(-scores, kind="stable")
    precision = numpy.cumsum(told[order]) / numpy.arange(1, len(order) + 1)
    good = [n for n in range(len(order)) if precision[n] >= LEAST_PRECISION and scores[order[n]] > 0]
    if not good:
        return None
    last = good[-1]
    at = round(float(scores[order[last]]) - 0.0005, 4)
    if last + 1 < len(order):
        at = max(at, round(float(scores[order[last + 1]]) + margin, 4))
    recall = float(((scores >= at) & own).sum() / own.sum())
    chosen = scores >= at
    reached = float((chosen & told).sum() / chosen.sum()) if chosen.any() else 0.0
    if recall < LEAST_RECALL or reached < LEAST_PRECISION:
        return None
    return at, round(reached, 3), round(recall, 3)


def _texts(knowledge: Knowledge, language: str, phrases: Sequence[Phrase], extract: Extract) -> _Texts:
    source: dict[str, set[str]] = {}
    banked = {item.text for item in phrases if not item.held_out}
    for item in phrases:
        if item.held_out and item.text not in banked:
            source.setdefault(item.text, set()).add(item.concept)
    everywhere: dict[str, set[str]] = {}
    for item in phrases:
        everywhere.setdefault(item.text, set()).add(item.concept)
    near_misses = {
        segment.text.casefold(): segment.text
        for rule in knowledge.rules
        for message in rule.silent_on.get(language, ())
        for segment in split_segments(message)
    }
    texts = (*sorted(source), *sorted(near_misses.keys() - everywhere.keys()))
    right, judged, own = [], [], []
    for text in texts:
        told = frozenset(finding.concept for finding in extract(near_misses.get(text, text), language).findings)
        general = frozenset(
            name for concept in told | everywhere.get(text, set()) for name in _closure(knowledge, concept)
        )
        right.append(general if text in source else frozenset())
        judged.append(frozenset() if text in source else general)
        own.append(frozenset(source.get(text, ())))
    return _Texts(texts, tuple(right), tuple(judged), tuple(own))


def _closure(knowledge: Knowledge, concept: str) -> set[str]:
    found, todo = {concept}, [concept]
    while todo:
        known = knowledge.concepts.get(todo.pop())
        new = set(known.implies if known else ()) - found
        found |= new
        todo += new
    return found
