"""What numbers say of what words do not, or say otherwise: 38.5 is a fever, and "fever 36.8" is none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from knowledge.quantities import Numbers
from knowledge.vocabulary import Polarity
from triage.types import Finding, Quantity

_COMPARISON = re.compile(r"^(\w+) *(>=|<) *([\d.]+)$")
_WORDS_BETWEEN = 2
_PAUSE = re.compile(r"[,;.!?،؛؟\n]")

Comparison = tuple[str, str, float, str]
"""Quantity, operator, value and concept of a line such as "temp_c >= 38: fever"."""


class Implications:
    """Compares the numbers of a message with what shows or contradicts a concept.

    Args:
        tables: Number tables of all languages; what they say holds whatever language a message is in.
    """

    def __init__(self, tables: Iterable[Numbers]) -> None:
        tables = tuple(tables)
        self._implies = _comparisons(table.implies for table in tables)
        self._denies = _comparisons(table.denies for table in tables)

    def implied(self, findings: Sequence[Finding], quantities: Sequence[Quantity]) -> list[Finding]:
        """Return the findings that quantities show and words do not say, fever of 38 and more for one."""
        said = {finding.concept for finding in findings}
        found: dict[str, Finding] = {}
        for quantity in quantities:
            for concept in _shown(self._implies, quantity):
                if concept not in said:
                    found[concept] = Finding(
                        concept=concept, text=quantity.text, span=quantity.span, turn=quantity.turn, origin="implied"
                    )
        return list(found.values())

    def corrected(
        self, findings: Sequence[Finding], quantities: Sequence[Quantity], text: str, offset: int
    ) -> list[Finding]:
        """Return the findings, those denied that a number right behind contradicts.

        Args:
            findings: What the words of a piece of a message say.
            quantities: What its numbers say.
            text: The piece.
            offset: Where it begins in the message.
        """
        against = [
            (concept, quantity.span.start - offset)
            for quantity in quantities
            if quantity.span is not None
            for concept in _shown(self._denies, quantity)
        ]
        return [
            finding.model_copy(update={"polarity": Polarity.NEGATED})
            if any(finding.concept == concept and _leads_to(finding, start, text, offset) for concept, start in against)
            else finding
            for finding in findings
        ]


def _comparisons(tables: Iterable[Mapping[str, str]]) -> list[Comparison]:
    return [
        (match[1], match[2], float(match[3]), concept)
        for table in tables
        for comparison, concept in table.items()
        if (match := _COMPARISON.match(comparison))
    ]


def _shown(comparisons: Iterable[Comparison], quantity: Quantity) -> Iterator[str]:
    """Yield the concepts whose comparison a quantity meets: 38 where a range may reach it, less where all of it is."""
    for name, operator, value, concept in comparisons:
        if name == quantity.name and (quantity.high >= value if operator == ">=" else quantity.high < value):
            yield concept


def _leads_to(finding: Finding, start: int, text: str, offset: int) -> bool:
    """Whether the words of a finding stand before a number, with two words and no comma between at most."""
    if finding.span is None or finding.span.end - offset > start:
        return False
    between = text[finding.span.end - offset : start]
    return len(between.split()) <= _WORDS_BETWEEN and not _PAUSE.search(between)
