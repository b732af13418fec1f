import pytest

from triage.generation.sentences import split_sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Rest. Drink water.", ["Rest.", "Drink water."]),
        ("A fever of 38.5 is high. Rest!", ["A fever of 38.5 is high.", "Rest!"]),
        ("See Dr. Amal, e.g. today. Rest?", ["See Dr. Amal, e.g. today.", "Rest?"]),
        ("1. Rest.\n2. Drink water.\n- Sleep.", ["Rest.", "Drink water.", "Sleep."]),
        ("استرح. هل تشرب؟ اشرب.", ["استرح.", "هل تشرب؟", "اشرب."]),
        ("Buvez de l'eau…  Dormez.", ["Buvez de l'eau…", "Dormez."]),
        ("Say “rest.” Then sleep.", ["Say “rest.”", "Then sleep."]),
        ("", []),
        ("   \n ", []),
    ],
)
def test_text_is_cut_at_its_sentences(text: str, sentences: list[str]) -> None:
    assert list(split_sentences([text])) == sentences


@pytest.mark.parametrize("size", [1, 2, 3, 7, 50])
def test_pieces_of_any_size_give_the_same_sentences(size: int) -> None:
    text = "I am sorry. Drink 1.5 litres.\nSee a doctor, e.g. tomorrow. Rest!"
    pieces = [text[start : start + size] for start in range(0, len(text), size)]
    assert list(split_sentences(pieces)) == [
        "I am sorry.",
        "Drink 1.5 litres.",
        "See a doctor, e.g. tomorrow.",
        "Rest!",
    ]


def test_sentence_without_its_end_is_left_out() -> None:
    """ "Do" of "Do not take it" must not become "Take it" by a stream that breaks off."""
    assert list(split_sentences(["Rest. Take it unless you"])) == ["Rest."]


def test_sentence_is_handed_on_before_the_stream_ends() -> None:
    def stream():  # type: ignore[no-untyped-def]
        yield "Rest. Drink"
        raise AssertionError("read too far")

    assert next(split_sentences(stream())) == "Rest."
