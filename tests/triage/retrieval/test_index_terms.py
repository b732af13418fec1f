import pytest

from triage.retrieval.words import tokenise


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "headaches", "headache"),
        ("en", "swallowing", "swallow"),
        ("en", "swallowed", "swallow"),
        ("en", "vomiting", "vomit"),
        ("en", "stopped", "stop"),
        ("en", "allergies", "allergy"),
        ("en", "I can’t breathe", "i cant breathe"),
        ("en", "the child's throat", "child throat"),
        ("fr", "l'oreille", "oreille"),
        ("fr", "d’estomac", "estomac"),
        ("fr", "qu'il vomit", "vomit"),
        ("fr", "fièvre", "fievre"),
        ("fr", "gonflée", "gonflé"),
        ("fr", "brûlures", "brûlure"),
        ("fr", "respirer", "respirez"),
        ("fr", "œil", "oeil"),
        ("ar", "الصُّداع", "صداع"),
        ("ar", "أَلَم", "الم"),
        ("ar", "والحرارة", "حراره"),
        ("ar", "بطني", "بطن"),
        ("ar", "صـــداع", "صداع"),
        ("ar", "٢٠ دقيقة", "20 دقيقة"),
        ("ary", "الراس", "راس"),
    ],
)
def test_forms_of_a_word_are_one_term(language: str, one: str, other: str) -> None:
    assert tokenise(one, language) == tokenise(other, language) != []


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "face", "fact"),
        ("en", "ear", "year"),
        ("ar", "قلب", "كلب"),
        ("fr", "cou", "coude"),
    ],
)
def test_different_words_stay_different(language: str, one: str, other: str) -> None:
    assert tokenise(one, language) != tokenise(other, language)


def test_function_words_are_no_terms() -> None:
    assert tokenise("What should I do about it?", "en") == []
    assert tokenise("Est-ce que c'est avec le vôtre ou pas ?", "fr") == []
    assert tokenise("هل هذا من في على", "ar") == []
    assert tokenise("واش عندي هادشي ديال شنو", "ary") == []
    assert tokenise("Wach n9der n3ref we9tach?", "ary-Latn") == []


@pytest.mark.parametrize(
    ("latin", "arabic"),
    [("lwja3", "الوجع"), ("kelb", "الكلب"), ("7mouda", "الحموضة"), ("kan3tes", "كنعطس"), ("skhana", "السخانة")],
)
def test_darija_in_both_scripts_is_one_term(latin: str, arabic: str) -> None:
    assert tokenise(latin, "ary-Latn") == tokenise(arabic, "ary-Latn") != []


def test_numbers_are_terms() -> None:
    assert tokenise("38.5 degrees", "en")[:2] == ["38", "5"]
