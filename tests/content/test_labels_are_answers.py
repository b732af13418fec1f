"""Whoever types the label of an option answers with it, whatever little words stand around it."""

from __future__ import annotations

import re

import pytest

from knowledge import Knowledge
from knowledge.protocols import Question
from knowledge.vocabulary import LANGUAGES, Polarity
from triage.findings import FindingExtractor, read_answer

FRAMES = {
    "en": ("{}", "yes, {}", "no wait, {}", "none except {}", "nothing else, just {}", "no, but {}", "maybe {}"),
    "fr": (
        "{}",
        "oui, {}",
        "non attends, {}",
        "aucun sauf {}",
        "rien d'autre, juste {}",
        "non, mais {}",
        "peut-être {}",
    ),
    "ar": ("{}", "نعم، {}", "لا شيء آخر، فقط {}", "لا شيء إلا {}", "ربما {}"),
    "ary": ("{}", "اه، {}", "لا بلاتي، {}", "والو من غير {}", "حتى حاجة اخرى، غير {}", "يمكن {}"),
    "ary-Latn": ("{}", "ah, {}", "la blati, {}", "walo men ghir {}", "7ta 7aja khra, ghir {}", "ymken {}"),
}
DENYING = {
    "en": r"(?:no|none)\b ?", "fr": r"(?:pas de|pas d'|aucune?)\b ?", "ar": r"لا (?:يوجد|توجد)?\s?", "ary": r"ما كاينش\s",
    "ary-Latn": r"ma kaynch\s",
}  # fmt: skip
YES = {"en": "yes, ", "fr": "oui, ", "ar": "نعم، ", "ary": "اه، ", "ary-Latn": "ah, "}
WORDS_OF_A_LABEL = 2


@pytest.fixture(scope="module")
def extractor(knowledge: Knowledge) -> FindingExtractor:
    return FindingExtractor(knowledge.lexicons)


def told(
    knowledge: Knowledge, extractor: FindingExtractor, text: str, question: Question, language: str
) -> dict[str, Polarity]:
    """Return what an answer says about the options of a question; what is there wins."""
    extraction = extractor.extract(text, language, turn=2, page_language=language)
    reading = read_answer(text, question, language, extraction, knowledge.lexicons)
    found: dict[str, Polarity] = {}
    for item in (*extraction.findings, *reading.findings):
        if found.get(item.concept, Polarity.NEGATED) is Polarity.NEGATED:
            found[item.concept] = item.polarity
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_label_of_an_option_is_that_option(
    knowledge: Knowledge, extractor: FindingExtractor, language: str
) -> None:
    labels = knowledge.lexicons[language].labels
    lost = []
    for question in knowledge.questions.values():
        for concept in question.options:
            if len(labels[concept].split()) < WORDS_OF_A_LABEL:
                continue
            for frame in FRAMES[language]:
                text = frame.format(labels[concept][0].lower() + labels[concept][1:])
                if told(knowledge, extractor, text, question, language).get(concept) in {None, Polarity.NEGATED}:
                    lost.append((question.id, concept, text))
    assert not lost


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_label_denies_is_not_denied_without_its_no(
    knowledge: Knowledge, extractor: FindingExtractor, language: str
) -> None:
    denied = []
    for question in knowledge.questions.values():
        for choice in question.choices:
            label = choice.label[language].casefold()
            rest = re.sub(rf"^{DENYING[language]}", "", label)
            if choice.present or not choice.absent or rest == label or re.search(r"\W", rest.strip()):
                continue
            for text in (rest, YES[language] + rest, YES[language].strip(" ,،")):
                found = told(knowledge, extractor, text, question, language)
                if all(found.get(concept) is Polarity.NEGATED for concept in choice.absent):
                    denied.append((question.id, text))
    assert not denied
