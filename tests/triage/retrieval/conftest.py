"""Small articles of our own, and the folder of pulled encoders."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from knowledge.schema import Article, Review, Section
from triage.generation import find_model
from triage.retrieval import SentenceEncoder

MODELS = Path(__file__).parents[3] / ".salama" / "models"

TEXTS = {
    "headache.en": ("Headache", "any", ("headache",), {
        "about": ("Most headaches pass within hours.",),
        "do": ("Drink plenty of water.", "Rest in a quiet, dark room.", "Paracetamol may help.", "Sleep enough."),
        "avoid": ("Do not look at a screen for hours.",),
        "see_someone": ("See a doctor if the headache keeps coming back.",),
    }),
    "sore-throat.en": ("Sore throat", "any", ("sore_throat", "pain_swallowing"), {
        "do": ("Drink cool or warm drinks.", "Gargle with warm salty water."),
        "avoid": ("Do not smoke.",),
        "emergency": ("Call an ambulance if you cannot swallow your spit.",),
    }),
    "fever-child.en": ("Fever in a child", "child", ("fever",), {
        "do": ("Give small drinks often.", "Dress the child in light clothes."),
        "avoid": ("Do not sponge the child with cold water.",),
    }),
    "fever-adult.en": ("Fever in an adult", "adult", ("fever",), {
        "do": ("Drink often.", "Wear light clothes."),
    }),
    "burn.en": ("Burn", "any", ("burn",), {
        "do": ("Hold the burn under cool running water for 20 minutes.", "Take off rings."),
        "avoid": ("Do not put butter on it.",),
    }),
    "headache.fr": ("Mal de tête", "any", ("headache",), {
        "do": ("Buvez beaucoup d'eau.", "Reposez-vous dans une pièce sombre."),
        "see_someone": ("Voyez un médecin si les maux de tête reviennent.",),
    }),
    "burn.fr": ("Brûlure", "any", ("burn",), {"do": ("Passez la brûlure sous l'eau fraîche pendant 20 minutes.",)}),
    "headache.ar": ("الصداع", "any", ("headache",), {
        "do": ("اشرب الكثير من الماء.", "استرح في غرفة هادئة ومظلمة."),
        "avoid": ("لا تنظر إلى الشاشة لساعات.",),
    }),
    "burn.ar": ("الحروق", "any", ("burn",), {"do": ("ضع الحرق تحت الماء الجاري مدة 20 دقيقة.",)}),
}  # fmt: skip

# Rarity means something only among enough passages, so each language gets many that no query is about.
TEXTS |= {
    f"other.{language}": (
        "Other",
        "any",
        (),
        {"about": tuple(f"{word}{n} {word}{n + 1} {word}{n + 2}." for n in range(90))},
    )
    for language, word in (("en", "thing"), ("fr", "truc"), ("ar", "شيء"))
}


def make_article(article_id: str, title: str, audience: str, concepts: tuple[str, ...], parts: dict) -> Article:  # type: ignore[type-arg]
    slug, language = article_id.split(".")
    return Article(
        id=article_id,
        slug=slug,
        language=language,
        title=title,
        concepts=concepts,
        audience=audience,  # type: ignore[arg-type]
        sections=tuple(Section(kind=kind, sentences=sentences) for kind, sentences in parts.items()),
        sources=("nhs-x",),
        licence="CC-BY-4.0",
        status="draft",
        reviewed=Review(by="test", on=date(2026, 11, 24), next=date(2027, 11, 24)),
    )


@pytest.fixture(scope="session")
def articles() -> tuple[Article, ...]:
    return tuple(make_article(article_id, *text) for article_id, text in TEXTS.items())


def _encoder(name: str) -> SentenceEncoder:
    pytest.importorskip("sentence_transformers")
    pytest.importorskip("faiss")
    model = find_model(name)
    if not model.is_installed(MODELS):
        pytest.skip(f"get it with: salama models pull {name}")
    return SentenceEncoder(
        model.location(MODELS),
        id=model.id,
        floor=model.floor or 0.0,
        languages=model.languages,
        query_prefix=model.query_prefix,
        passage_prefix=model.passage_prefix,
        q4=model.format == "e5-q4",
    )


@pytest.fixture(scope="session")
def minilm() -> SentenceEncoder:
    return _encoder("all-minilm-l6-v2")


@pytest.fixture(scope="session")
def e5() -> SentenceEncoder:
    return _encoder("multilingual-e5-small-q4")


class LetterEncoder:
    """A real encoder of one thing only: which letters a text has; needs numpy and no model."""

    id = "letters"
    floor = 0.9
    languages = frozenset({"en", "fr"})

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode_query(self, text: str):  # type: ignore[no-untyped-def]
        return self.encode_passages([text])[0]

    def encode_passages(self, texts):  # type: ignore[no-untyped-def]
        import numpy

        self.encoded += texts
        counts = numpy.array([[text.lower().count(chr(97 + n)) for n in range(26)] for text in texts], numpy.float32)
        counts = counts.reshape(len(texts), 26) + 0.01
        return counts / numpy.linalg.norm(counts, axis=1, keepdims=True)


@pytest.fixture
def letters() -> LetterEncoder:
    pytest.importorskip("faiss")
    return LetterEncoder()
