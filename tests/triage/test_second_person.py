"""Whoever a conversation turns to is in danger by their own signs, not by those of the first mixed with them."""

from __future__ import annotations

import pytest

from triage import Encounter, TriagePipeline

HEART = "cardio.possible_heart_attack"


@pytest.mark.parametrize(
    ("language", "first", "then"),
    [
        ("en", "my son has a sore throat", "Now me, not my son: I'm 37 and I have crushing tightness across my chest"),
        ("fr", "mon fils de 5 ans tousse", "non c'est pour moi, j'ai une douleur qui serre la poitrine et le bras"),
        ("ar", "ابنتي عمرها 4 سنوات عندها زكام", "الآن أتكلم عن نفسي، أشعر بضغط على صدري يصل إلى فكي"),
        ("ary", "ولدي عندو 5 سنين كيكح", "دابا أنا، عندي زيار فصدري ونازل ليدي"),
        ("ary-Latn", "weldi 3ndo 5 snin kayko7", "daba ana, 3ndi ziyar f sedri w nazel l yeddi"),
    ],
)
def test_the_writers_own_heart_counts_after_a_childs_cough(
    rules_alone: TriagePipeline, language: str, first: str, then: str
) -> None:
    encounter = Encounter(language=language, country="MA")
    assert not rules_alone.respond(encounter, first).assessment.disposition.is_emergency
    turn = rules_alone.respond(encounter, then)
    assert turn.assessment.disposition.is_emergency
    assert HEART in {hit.rule_id for hit in turn.assessment.hits}


def test_a_childs_stroke_signs_count_after_the_writers_cold(rules_alone: TriagePipeline) -> None:
    encounter = Encounter(language="en", country="MA")
    rules_alone.respond(encounter, "I have a cold")
    turn = rules_alone.respond(encounter, "my father's face droops and he cannot lift his arm")
    assert turn.assessment.disposition.is_emergency


def test_the_first_persons_facts_are_kept_and_stay_their_own(rules_alone: TriagePipeline) -> None:
    encounter = Encounter(language="en", country="MA")
    rules_alone.respond(encounter, "my baby is 6 weeks old and has a cough")
    turn = rules_alone.respond(encounter, "now me: I have a fever")
    assert "infection.fever_in_infant_under_3_months" in {hit.rule_id for hit in turn.assessment.hits}
    encounter = Encounter(language="en", country="MA")
    rules_alone.respond(encounter, "my son is 5 and has a cough")
    before = encounter.another_since
    rules_alone.respond(encounter, "he plays and drinks well, I gave him syrup")
    assert before == encounter.another_since == 0


def test_the_second_person_is_not_calmed_by_words_about_the_first(rules_alone: TriagePipeline) -> None:
    encounter = Encounter(language="en", country="MA")
    rules_alone.respond(encounter, "my son has a cough")
    danger = rules_alone.respond(encounter, "now me: I have crushing chest pain into my jaw").assessment
    after = rules_alone.respond(encounter, "my son is fine again, he plays").assessment
    assert danger.disposition.is_emergency and after.disposition >= danger.disposition
