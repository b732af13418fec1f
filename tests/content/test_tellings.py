"""How people deny, date and tell of others, as minimal pairs of one kind each."""

from collections.abc import Callable

import pytest

from knowledge import Knowledge
from tests.triage.findings.conftest import shown
from triage.findings import FindingExtractor
from triage.types import Extraction


@pytest.fixture(scope="module")
def extract(knowledge: Knowledge) -> Callable[[str, str], Extraction]:
    """Read a message with the words of the real content."""
    extractor = FindingExtractor(knowledge.lexicons)
    return lambda text, language: extractor.extract(text, language, turn=1)


@pytest.fixture(scope="module")
def check(extract: Callable[[str, str], Extraction]) -> Callable[[str, str, str], None]:
    """Check that each wanted word is found ("-" absent), and none of a concept after "!"."""

    def run(text: str, language: str, wanted: str) -> None:
        found = {shown(finding) for finding in extract(text, language).findings}
        for word in wanted.split():
            if word.startswith("!"):
                assert not {word[1:], "?" + word[1:]} & found, found
            else:
                assert word in found, found

    return run


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        # a list of denials without "or", and one that goes on after words we do not know
        ("no chest pain, shortness of breath, dizziness", "en", "-chest_pain -breathing_difficulty -dizziness"),
        ("denies trauma, crusting, or change in vision", "en", "-vision_change"),
        ("She denies headache, chest pain and palpitations.", "en", "-headache -chest_pain -palpitations"),
        ("there is no pain in my chest", "en", "-chest_pain"),
        ("bouche pas tordue, nuque pas raide", "fr", "-face_droop -stiff_neck"),
        ("pas de vomissement, pas de selles noires", "fr", "-vomiting -black_tarry_stool !constipation"),
        # no cue reaches across a comma: "presque, pas de" is no "presque pas"
        ("ni presque, pas de douleur à la poitrine", "fr", "-chest_pain"),
        # a line that was wrapped is no end of a sentence
        ("I have had this for a week now, no throat swelling or\ntrouble breathing", "en", "-breathing_difficulty"),
        ("fever\nheadache", "en", "fever headache"),
        # "and" written as part of the denial, and lists of denials without -ch
        ("من البارح وماكنقدرش نبول", "ary", "cannot_pass_urine"),
        ("كنكحب وماعنديش السخانة", "ary", "cough -fever"),
        ("كتحرقني البولة ما فيا سخانة ما كيضرني ضهري", "ary", "-fever -back_pain"),
        ("ma3ndich wja3 sder w ma3ndich di9 nfes", "ary-Latn", "-chest_pain -breathing_difficulty"),
        # "became" is no "nor", and "turned" is no "nothing"
        ("داتو تيبسات وولا كيتنفض فالأرض", "ary", "seizure"),
        ("chfayfo wlaw zer9in", "ary-Latn", "lips_blue_or_grey"),
        # spoken Arabic writes the denial as part of the verb
        ("ابني مايتنفس", "ar", "not_breathing_normally"),
        ("لايزال السعال مستمر", "ar", "cough"),
    ],
)
def test_denials(check, text, language, wanted):
    check(text, language, wanted)


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        ("je suis un homme, ça brûle quand je pisse", "fr", "painful_urination"),
        ("my husband is stiff and has a fever and is vomiting, I am tired", "en", "fever vomiting"),
        (
            "my father had a stroke in 2015 and recovered well. I'm 39 and feel fine",
            "en",
            "!face_droop !suspected_stroke_now",
        ),
        # a dose is no calendar year
        ("vomiting since I took 2000 mg of paracetamol", "en", "vomiting"),
        ("had my spleen out years ago", "en", "condition:asplenia"),
        ("2-day history of fever", "en", "fever"),
    ],
)
def test_people_and_history(check, text, language, wanted):
    check(text, language, wanted)


@pytest.mark.parametrize(
    ("text", "language", "years"),
    [
        ("my nan 80 fainted this morning", "en", 80),
        ("im 62 new headache", "en", 62),
        ("my mum took 20 pills", "en", None),
        ("my mum 39 temperature", "en", None),
        ("عمري 62 وصدري يوجعني", "ar", 62),
    ],
)
def test_ages_without_a_unit(extract, text, language, years):
    ages = [item for item in extract(text, language).quantities if item.name == "age_days"]
    assert [int(item.low // 365.25) for item in ages] == ([] if years is None else [years])


@pytest.mark.parametrize(
    ("text", "language", "name", "low"),
    [
        ("im 28 weeks and my leg is swollen", "en", "pregnant_weeks", 28),
        ("36 weeks bad headache", "en", "pregnant_weeks", 36),
        ("elle a 3 mois, toute molle", "fr", "age_days", 91.3125),
        ("bébé né il y a 2 jours", "fr", "age_days", 2),
    ],
)
def test_weeks_and_births(extract, text, language, name, low):
    assert [item.low for item in extract(text, language).quantities if item.name == name] == [low]


def test_a_length_of_time_is_no_pregnancy(extract):
    for text in ("6 weeks of back pain", "cough for 6 weeks", "24 weeks of back pain"):
        assert not any(item.name == "pregnant_weeks" for item in extract(text, "en").quantities)
