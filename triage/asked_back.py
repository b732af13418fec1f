"""What an article says to a question that patients ask back: the sentences of some headings that name its subject."""

from __future__ import annotations

import re
from functools import cache

from knowledge.protocols import ByArticle
from knowledge.schema import Article, SectionKind
from triage.folding import fold, fold_arabic

_CLITICS = "(?:و|ف)?(?:ب|ل|ك)?(?:ال|لل)?"
"""What Arabic writes together with the word that follows."""


def told_by(article: Article, asked: ByArticle) -> dict[SectionKind, tuple[str, ...]]:
    """Return the sentences of an article that answer a question, by their heading; none where it does not tell it.

    Args:
        article: The article of the complaint.
        asked: What is asked.
    """
    words = asked.naming.get(article.language, ())
    told: dict[SectionKind, tuple[str, ...]] = {}
    for kind in asked.sections:
        said = [text for section in article.sections if section.kind == kind for text in section.sentences]
        if asked.naming:
            said = [text for text in said if words and _naming(words).search(_folded(text))]
        if said:
            told[kind] = tuple(said)
    return told


@cache
def _naming(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b{_CLITICS}(?:{'|'.join(re.escape(_folded(word)) for word in words)})")


def _folded(text: str) -> str:
    return fold_arabic(fold(text.casefold()))
