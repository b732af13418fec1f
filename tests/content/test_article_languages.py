"""Arabic and Darija articles say what the English ones say, and a Darija patient reads Darija first."""

import re

import pytest

from knowledge import Knowledge
from knowledge.schema import Article
from knowledge.vocabulary import nearest
from triage.quoting import Quoting

ARABIC_TOPICS, DARIJA_TOPICS = 125, 55
DARIJA = ("ary", "ary-Latn")
NUMBER = re.compile(r"(?<![A-Za-z\d])\d+(?:\.\d+)?(?![A-Za-z\d])")
"""A number of its own; Latin Darija also writes letters as digits ("3eyyet")."""
NUMBER_WORDS = {
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "eight": "8",
    "ten": "10",
    "eleven": "11",
}
PRESSURE = re.compile(r"(\d+(?:\.\d)?) (?:على|3la) (\d+(?:\.\d)?)")
"""Blood pressure, which Darija says in centimetres of mercury: 14 over 9."""
TELEPHONE = re.compile(r"\d(?:[ .-]?\d){6,}|(?:بالرقم|عيطي? ل|3eyyet l|3eyyti l) ?\d")
HELP_NOW = {
    "ar": ("بالإسعاف", "قسم الطوارئ", "قسم الولادة", "طبيب الأسنان"),
    "ary": ("لابيلانص", "للمستعجلات", "للماتيرنيتي"),
    "ary-Latn": ("labilans", "lmosta3jalat", "maternité"),
}
"""How each form says whom to call or where to go now; the ambulance first."""
EAT_NOW = {"ramadan-illness.ar"}
"""Where the first thing to do is to break the fast."""


@pytest.fixture(scope="module")
def english(knowledge: Knowledge) -> dict[str, Article]:
    return {article.slug: article for article in knowledge.articles if article.language == "en"}


@pytest.fixture(scope="module")
def translated(knowledge: Knowledge) -> list[Article]:
    return [article for article in knowledge.articles if article.language in HELP_NOW]


def _slugs(articles: list[Article], language: str) -> set[str]:
    return {article.slug for article in articles if article.language == language}


def _kinds(article: Article) -> list[str]:
    return [section.kind for section in article.sections]


def _sentences(article: Article, kind: str | None = None) -> list[str]:
    return [text for section in article.sections if kind in (None, section.kind) for text in section.sentences]


def _numbers(article: Article) -> set[str]:
    text = " ".join(_sentences(article)).lower()
    return {
        *NUMBER.findall(text),
        *(number for word, number in NUMBER_WORDS.items() if re.search(rf"\b{word}\b", text)),
    }


def _in_mmhg(pressure: re.Match[str]) -> str:
    return " ".join(number if float(number) > 30 else f"{float(number) * 10:g}" for number in pressure.groups())


def test_every_complaint_with_an_article_has_one_in_arabic(knowledge: Knowledge, translated: list[Article]) -> None:
    wanted = {protocol.article for protocol in knowledge.protocols.values() if protocol.article is not None}
    assert wanted - _slugs(translated, "ar") == set()
    assert len(_slugs(translated, "ar")) >= ARABIC_TOPICS


def test_darija_topics_stand_in_both_scripts(translated: list[Article]) -> None:
    assert _slugs(translated, "ary") == _slugs(translated, "ary-Latn")
    assert len(_slugs(translated, "ary")) >= DARIJA_TOPICS


def test_each_form_is_for_the_same_people_with_the_same_sources(
    translated: list[Article], english: dict[str, Article]
) -> None:
    for article in translated:
        model = english[article.slug]
        assert (article.audience, article.concepts) == (model.audience, model.concepts), article.id
        assert article.sources == model.sources, article.id
        assert article.reviewed.next <= model.reviewed.next, f"{article.id} outlives the review of its facts"


def test_every_form_has_the_sections_of_the_english_one_in_order(
    translated: list[Article], english: dict[str, Article]
) -> None:
    assert [item.id for item in translated if _kinds(item) != _kinds(english[item.slug])] == []
    assert [item.id for item in translated if not all(section.sentences for section in item.sections)] == []


def test_no_form_brings_in_a_number(translated: list[Article], english: dict[str, Article]) -> None:
    """A level, a dose or an age must stand in the English article."""
    for article in translated:
        known = _numbers(english[article.slug])
        said = {number for text in _sentences(article) for number in NUMBER.findall(PRESSURE.sub(_in_mmhg, text))}
        assert said <= known, (article.id, said - known)


def test_arabic_calls_the_ambulance_for_as_many_signs_as_english(
    translated: list[Article], english: dict[str, Article]
) -> None:
    for article in translated:
        if article.language == "ar":
            ambulance = [HELP_NOW["ar"][0] in text for text in _sentences(article, "emergency")]
            wanted = ["ambulance" in text for text in _sentences(english[article.slug], "emergency")]
            assert ambulance == wanted, article.id


def test_every_danger_sign_says_where_to_go(translated: list[Article]) -> None:
    lost = [
        (article.id, text)
        for article in translated
        for text in _sentences(article, "emergency")
        if not any(place in text for place in HELP_NOW[article.language])
    ]
    assert {article_id for article_id, _ in lost} <= EAT_NOW, lost


def test_each_form_keeps_to_its_script(translated: list[Article]) -> None:
    for article in translated:
        text = f"{article.title} {' '.join(_sentences(article))}"
        arabic, latin = len(re.findall("[\u0621-\u064a]", text)), len(re.findall("[A-Za-z]", text))
        if article.language == "ary-Latn":
            assert arabic == 0, article.id
        else:
            assert latin < arabic / 20, article.id


def test_no_telephone_number_and_no_sentence_twice(translated: list[Article]) -> None:
    for article in translated:
        sentences = _sentences(article)
        assert [text for text in sentences if TELEPHONE.search(text)] == [], article.id
        assert len(set(sentences)) == len(sentences), article.id


def test_darija_articles_are_short(translated: list[Article]) -> None:
    long = [
        article.id
        for article in translated
        if article.language in DARIJA and len(" ".join(_sentences(article)).split()) > 225
    ]
    assert long == []


@pytest.mark.parametrize("language", DARIJA)
def test_a_darija_patient_reads_darija_before_anything_else(knowledge: Knowledge, language: str) -> None:
    quoting, there = Quoting(knowledge), _slugs(list(knowledge.articles), language)
    for protocol in knowledge.protocols.values():
        found = quoting.article([protocol.id], language)
        if protocol.article is not None:
            assert found is not None, protocol.id
            wanted = (language,) if protocol.article in there else nearest(language)[1:]
            assert found.language in wanted, protocol.id
