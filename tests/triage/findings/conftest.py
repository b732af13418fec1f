"""The real grammar words of every language with a small lexicon of wordings, and a short way to write expectations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

from knowledge.files import build, read_yaml
from knowledge.grammar import Answers, Context
from knowledge.lexicon import Lexicon, parse_wording
from knowledge.quantities import Numbers
from knowledge.vocabulary import LANGUAGES, Experiencer, Polarity, Temporality
from triage.findings import FindingExtractor
from triage.types import Extraction, Finding

_SIGN = {Polarity.AFFIRMED: "", Polarity.NEGATED: "-", Polarity.POSSIBLE: "?"}


def _lexicon(language: str, words: Mapping[str, Mapping[str, Mapping[str, list[str]]]]) -> Lexicon:
    place = files("knowledge") / "content" / "lexicon" / language
    own = words[language]
    wordings = [parse_wording(concept, text) for concept, texts in own.get("wordings", {}).items() for text in texts]
    return replace(
        Lexicon(language),
        classes={name: tuple(forms) for name, forms in own.get("classes", {}).items()},
        wordings=tuple(wordings),
        labels={"sweating": "sweating", "chest_pain": "chest pain", "limb_numb": "numb arm or leg"}
        if language == "en"
        else {},
        context=build(Context, read_yaml(place / "context.yaml"), language),
        numbers=build(Numbers, read_yaml(place / "numbers.yaml"), language),
        answers=build(Answers, read_yaml(place / "answers.yaml"), language),
    )


@pytest.fixture(scope="session")
def lexicons() -> dict[str, Lexicon]:
    words = read_yaml(Path(__file__).parent / "words.yaml")
    assert isinstance(words, dict)
    return {language: _lexicon(language, words) for language in LANGUAGES}


@pytest.fixture(scope="session")
def extractor(lexicons: dict[str, Lexicon]) -> FindingExtractor:
    return FindingExtractor(lexicons)


Extract = Callable[..., Extraction]


@pytest.fixture(scope="session")
def extract(extractor: FindingExtractor) -> Extract:
    def run(text: str, language: str | None = "en", **options: str) -> Extraction:
        return extractor.extract(text, language, turn=1, **options)  # type: ignore[arg-type]

    return run


def shown(finding: Finding) -> str:
    """Return a finding as one word: -absent ?possible ~past ~if ~family ~other ~gone."""
    text = _SIGN[finding.polarity] + finding.concept
    if finding.experiencer is not Experiencer.SUBJECT:
        text += f"~{finding.experiencer.value}"
    if finding.temporality is not Temporality.CURRENT:
        text += {Temporality.HISTORICAL: "~past", Temporality.HYPOTHETICAL: "~if"}[finding.temporality]
    return text + ("~gone" if finding.recovered else "")


@pytest.fixture(scope="session")
def read(extract: Extract) -> Callable[..., set[str]]:
    """Return the findings of a message, each as one word."""

    def run(text: str, language: str | None = "en", **options: str) -> set[str]:
        return {shown(finding) for finding in extract(text, language, **options).findings}

    return run


@pytest.fixture(scope="session")
def check(read: Callable[..., set[str]]) -> Callable[..., None]:
    """Check that every wanted word was found, that no finding of a concept after "!" was, and for "0" nothing at all."""

    def run(text: str, language: str | None, wanted: str, **options: str) -> None:
        found = read(text, language, **options)
        for word in wanted.split():
            if word == "0":
                assert not found
            elif word.startswith("!"):
                assert not any(item.lstrip("-?").split("~")[0] == word[1:] for item in found), found
            else:
                assert word in found, found

    return run
