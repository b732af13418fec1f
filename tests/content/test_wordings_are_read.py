"""A wording that stands in a lexicon is heard when a patient writes just that."""

from __future__ import annotations

import pytest

from knowledge import Knowledge
from knowledge.vocabulary import LANGUAGES, Polarity
from triage.findings import FindingExtractor

EVERY = 7
"""One wording of so many is tried."""
SILENT = 0.008
"""Share that an idiom, a denial or a longer wording may keep from being read by itself."""


@pytest.fixture(scope="module")
def extractor(knowledge: Knowledge) -> FindingExtractor:
    return FindingExtractor(knowledge.lexicons)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wording_is_read_where_it_stands_alone(
    knowledge: Knowledge, extractor: FindingExtractor, language: str
) -> None:
    literal = [
        item
        for item in knowledge.lexicons[language].wordings
        if not (item.negated or item.aside) and not any(word[0] == "@" or "*" in word for word in item.words)
    ][::EVERY]
    silent = []
    for item in literal:
        found = extractor.extract(" ".join(item.words), language, turn=1, page_language=language).findings
        if not any(one.concept == item.concept and one.polarity is not Polarity.NEGATED for one in found):
            silent.append((item.concept, " ".join(item.words)))
    assert len(literal) > 1_000
    assert len(silent) <= SILENT * len(literal), silent
