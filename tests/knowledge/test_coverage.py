"""Coverage counts ways to say a concept, and no ambulance hangs on a concept that a written form cannot say."""

from dataclasses import replace

import pytest

from knowledge import LANGUAGES, Disposition, Knowledge
from knowledge.coverage import coverage, lacking, load_domains, looked_at, markdown
from knowledge.lexicon import Lexicon, parse_wording
from knowledge.schema import Concept


def small(knowledge: Knowledge, *wordings: str, concepts: list[Concept] | None = None) -> Knowledge:
    """Content with one English lexicon of `concept: wording` lines."""
    lines = [parse_wording(*(part.strip() for part in line.split(":", 1))) for line in wordings]
    lexicon = Lexicon(
        "en", classes={"chest": ("chest", "ribs"), "hurts": ("hurts", "aches", "sore")}, wordings=tuple(lines)
    )
    known = concepts or [Concept(id="pain"), Concept(id="severe"), Concept(id="severe_pain", implies=("pain",))]
    return replace(
        knowledge, concepts={item.id: item for item in known}, rules=(), questions={}, lexicons={"en": lexicon}
    )


@pytest.mark.parametrize(
    ("wordings", "ways"),
    [
        ([], 0),
        (["pain: it hurts"], 1),
        (["pain: @chest @hurts"], 6),
        (["pain: @chest pain", "pain: sore"], 3),
        (["pain: ! no pain", "pain: ? strange feeling"], 1),
        (["severe_pain: terrible"], 1),
    ],
)
def test_a_wording_counts_as_often_as_its_words_can_be_chosen(
    knowledge: Knowledge, wordings: list[str], ways: int
) -> None:
    assert coverage(small(knowledge, *wordings)).ways["pain"]["en"] == ways


def test_a_sum_counts_once_where_its_parts_can_be_said(knowledge: Knowledge) -> None:
    concepts = [Concept(id="a"), Concept(id="b"), Concept(id="ab", follows_from=({"all": ["a", "b"]},))]
    both = small(knowledge, "a: one", "b: two", concepts=concepts)
    assert coverage(both).ways["ab"]["en"] == 1
    assert coverage(small(knowledge, "a: one", concepts=concepts)).ways["ab"]["en"] == 0


def test_the_status_goes_by_the_number_of_ways(knowledge: Knowledge) -> None:
    found = coverage(small(knowledge, "pain: @chest @hurts", "severe: awful"))
    assert [found.status(concept, "en") for concept in ("pain", "severe", "severe_pain")] == [
        "complete",
        "partial",
        "none",
    ]
    assert list(found.gaps(["pain", "severe_pain"])) == [
        "pain: no wording in fr, ar, ary, ary-Latn",
        "severe_pain: no wording in en, fr, ar, ary, ary-Latn",
    ]


def test_no_ambulance_hangs_on_a_concept_that_a_written_form_cannot_say(knowledge: Knowledge) -> None:
    assert len(looked_at(knowledge, Disposition.AMBULANCE)) > 200
    assert lacking(knowledge) == []


def test_a_gap_is_found(knowledge: Knowledge) -> None:
    french = knowledge.lexicons["fr"]
    without = tuple(item for item in french.wordings if item.concept != "snake_bite")
    assert len(without) < len(french.wordings)
    broken = replace(knowledge, lexicons={**knowledge.lexicons, "fr": replace(french, wordings=without)})
    assert lacking(broken) == ["snake_bite: no wording in fr"]


def test_the_document_has_every_domain_and_form(knowledge: Knowledge) -> None:
    text = markdown(knowledge, load_domains())
    assert f"| domain | concepts | {' | '.join(LANGUAGES)} |" in text
    assert "| cardio |" in text and "## Gaps under danger signs that call an ambulance\n\n- none\n" in text
