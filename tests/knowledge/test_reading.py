"""Readability by the published formulas, against values worked out by hand."""

import pytest

from knowledge import Knowledge
from knowledge.reading import ease, hard_to_read, school_grade
from knowledge.schema import Section


def test_english_grade_follows_kincaid() -> None:
    # 6 words and 7 syllables in 1 sentence: 0.39 * 6 + 11.8 * 7 / 6 - 15.59
    assert school_grade(["Drink some water and rest well."]) == pytest.approx(0.5167, abs=1e-3)


def test_french_ease_follows_kandel_and_moles() -> None:
    # 5 words and 6 syllables in 1 sentence: 207 - 1.015 * 5 - 73.6 * 6 / 5
    assert ease(["Buvez de l'eau très souvent."]) == pytest.approx(113.605, abs=1e-3)


def test_long_words_and_sentences_read_harder() -> None:
    plain = ["Rest.", "Drink water."]
    learned = ["Adequate hydration constitutes an indispensable therapeutic intervention."]
    assert school_grade(learned) > school_grade(plain)
    assert ease(["L'hydratation constitue une intervention thérapeutique indispensable."]) < ease(["Buvez de l'eau."])


@pytest.mark.parametrize(
    ("article", "sentence", "says"),
    [
        ("cough.en", "Adequate hydration constitutes an indispensable therapeutic intervention.", "school grade"),
        ("cough.fr", "L'hydratation constitue une intervention thérapeutique indispensable.", "reading ease"),
    ],
)
def test_a_learned_article_is_named(knowledge: Knowledge, article: str, sentence: str, says: str) -> None:
    original = next(item for item in knowledge.articles if item.id == article)
    assert hard_to_read(original) is None
    learned = original.model_copy(update={"sections": (Section(kind="about", sentences=(sentence,)),)})
    told = hard_to_read(learned)
    assert told is not None and article in told and says in told
