"""How hard a text is to read, by the two formulas that readability research uses for English and French."""

from __future__ import annotations

import re
from collections.abc import Iterable

from knowledge.schema import Article

MOST_GRADE = 7.0
"""English articles stay below this school grade: a pupil of grade 6 can read them."""
LEAST_EASE = 70.0
"""French articles reach this ease: "fairly easy" on the scale from 0 to 100."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_VOWELS = {"en": re.compile(r"[aeiouy]+"), "fr": re.compile(r"[aeiouyàâäéèêëîïôöùûüœæ]+")}
_SILENT = {
    "en": re.compile(r"[^aeiouyl]e$|[^aeiouy]es$|[^aeiouytd]ed$"),
    "fr": re.compile(r"[b-df-hj-np-tv-xzç](?:e|es|ent)$"),
}


def school_grade(sentences: Iterable[str]) -> float:
    """Return the United States school grade that reads an English text with ease.

    Kincaid, Fishburne, Rogers and Chissom, "Derivation of new readability formulas for Navy enlisted personnel",
    1975, https://stars.library.ucf.edu/istlibrary/56/.
    """
    words, syllables = _per_sentence_and_word(sentences, "en")
    return 0.39 * words + 11.8 * syllables - 15.59


def ease(sentences: Iterable[str]) -> float:
    """Return the ease of a French text: 100 very easy, 0 very hard.

    Flesch's formula fitted to French by Kandel and Moles, "Application de l'indice de Flesch à la langue française",
    Cahiers d'études de radio-télévision 19, 1958.
    """
    words, syllables = _per_sentence_and_word(sentences, "fr")
    return 207 - 1.015 * words - 73.6 * syllables


def hard_to_read(article: Article) -> str | None:
    """Return what an author must know when an English or French article is too hard to read, else None."""
    sentences = [sentence for section in article.sections for sentence in section.sentences]
    if article.language == "en" and (grade := school_grade(sentences)) >= MOST_GRADE:
        return f"{article.id}: reads at school grade {grade:.1f}, must stay below {MOST_GRADE:.0f}"
    if article.language == "fr" and (found := ease(sentences)) < LEAST_EASE:
        return f"{article.id}: reading ease {found:.0f}, must reach {LEAST_EASE:.0f}"
    return None


def _per_sentence_and_word(sentences: Iterable[str], language: str) -> tuple[float, float]:
    """Return words per sentence and syllables per word; a syllable is a group of vowels that is not silent."""
    cut = [_WORD.findall(sentence.casefold()) for sentence in sentences]
    words = [word for sentence in cut for word in sentence]
    syllables = sum(_syllables(word, language) for word in words)
    return len(words) / len(cut), syllables / len(words)


def _syllables(word: str, language: str) -> int:
    groups = len(_VOWELS[language].findall(word))
    silent = _SILENT[language].search(word) is not None
    return max(1, groups - silent)
