"""The semantic voice: phrases from the lexicon, measured thresholds, and silence whenever something does not fit."""

from __future__ import annotations

import logging
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from knowledge import Knowledge
from knowledge.files import build, parse_yaml
from triage import Encounter, Settings, TriagePipeline, build_pipeline
from triage.findings.semantic import SemanticVoice, as_yaml, calibrate, read_thresholds
from triage.findings.semantic.bank import fetch_vectors
from triage.findings.semantic.phrases import MOST_PHRASES, Phrase, askable, gather_phrases, mark
from triage.findings.semantic.segments import MOST_SEGMENTS, split_segments
from triage.findings.semantic.thresholds import FORMAT, Calibrated, Threshold, Thresholds, still_valid
from triage.generation import find_model
from triage.types import Extraction
from triage.upkeep import semantic_voice

numpy = pytest.importorskip("numpy")
MODELS = Path(__file__).parents[4] / ".salama" / "models"
Extract = Callable[[str, str], Extraction]


class HashingEncoder:
    """Letters in threes, counted by hash: an encoder for logic, without a model."""

    id = "hashing"
    languages = frozenset({"en"})

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode_passages(self, texts: Sequence[str]) -> Any:
        self.encoded += texts
        rows = numpy.zeros((len(texts), 512), numpy.float32)
        for row, text in enumerate(texts):
            padded = f"  {text.casefold()} "
            for place in range(len(padded) - 2):
                rows[row, zlib.crc32(padded[place : place + 3].encode()) % 512] += 1
        return rows / numpy.linalg.norm(rows, axis=1, keepdims=True)


@pytest.fixture(scope="module")
def extract(pipeline: TriagePipeline) -> Extract:
    return lambda text, language: pipeline.listener.extractor.extract(text, language, turn=1)


def _thresholds(phrases: Sequence[Phrase], at: float = 0.6) -> Thresholds:
    by_concept: dict[str, list[Phrase]] = {}
    for item in phrases:
        by_concept.setdefault(item.concept, []).append(item)
    found = {
        concept: Threshold(at=at, n=3, precision=1.0, recall=1.0, of=mark(items))
        for concept, items in by_concept.items()
    }
    calibrated = Calibrated(texts=1, precision=1.0, recall=1.0, concepts=found)
    return Thresholds(format=FORMAT, encoder="hashing", least_precision=0.9, languages={"en": calibrated})


@pytest.fixture(scope="module")
def voice(knowledge: Knowledge, extract: Extract, tmp_path_factory: pytest.TempPathFactory) -> SemanticVoice:
    thresholds = _thresholds(gather_phrases(knowledge, "en", extract))
    found = SemanticVoice(knowledge, HashingEncoder(), thresholds, tmp_path_factory.mktemp("phrases"), extract)
    assert not found.speaks("en")
    found.prepare()
    assert found.speaks("en") and not found.speaks("fr")
    return found


def test_segments_are_verbatim_and_few() -> None:
    text = "My chest hurts, it is  heavy. " + "and then and then " * 200 + "I fainted!"
    segments = split_segments(text)
    assert len(segments) <= MOST_SEGMENTS
    assert all(text[item.start : item.end] == item.text for item in segments)
    assert {"My chest hurts", "it is  heavy", "I fainted"} & {item.text for item in segments}
    assert split_segments("") == split_segments("?! 38,5 ...") == []


def test_phrases_come_from_wordings_labels_and_examples(knowledge: Knowledge, extract: Extract) -> None:
    phrases = gather_phrases(knowledge, "en", extract)
    assert phrases == gather_phrases(knowledge, "en", extract)
    texts = {item.text for item in phrases if item.concept == "chest_tight_heavy"}
    assert len(texts) >= 10
    assert not any("@" in item.text for item in phrases)
    assert {item.concept for item in phrases} == askable(knowledge)
    kept = [item for item in phrases if item.concept == "headache" and not item.held_out]
    assert 0 < len(kept) <= MOST_PHRASES


def test_what_only_excludes_a_danger_is_not_asked_about(knowledge: Knowledge) -> None:
    assert "clear_muscle_strain_reproducible" not in askable(knowledge)
    assert not any(name.startswith(("condition:", "med:")) for name in askable(knowledge))


def test_a_proposal_carries_the_patients_words(voice: SemanticVoice, knowledge: Knowledge, extract: Extract) -> None:
    phrase = next(
        item
        for item in gather_phrases(knowledge, "en", extract)
        if item.concept == "chest_tight_heavy" and not item.held_out and len(item.text) > 15
    )
    text = f"Hello. {phrase.text}. What now?"
    found = voice.propose(text, "en", heard=Extraction(), candidates={}, turn=3)
    assert "chest_tight_heavy" in {item.concept for item in found}
    for item in found:
        assert item.span is not None and text[item.span.start : item.span.end] == item.text
        assert (item.polarity.value, item.origin, item.turn) == ("possible", "semantic", 3)


def test_what_the_words_judged_in_a_part_is_not_proposed_for_it(voice: SemanticVoice, extract: Extract) -> None:
    text = "I have no chest tightness"
    heard = extract(text, "en")
    judged = {item.concept for item in heard.findings}
    assert "chest_tight_heavy" in judged
    found = voice.propose(text, "en", heard=heard, candidates={}, turn=1)
    assert judged.isdisjoint(item.concept for item in found)


def test_a_concept_whose_words_changed_is_silent(
    knowledge: Knowledge, extract: Extract, caplog: pytest.LogCaptureFixture
) -> None:
    phrases = gather_phrases(knowledge, "en", extract)
    calibrated = _thresholds(phrases).languages["en"]
    assert len(still_valid(calibrated, "en", phrases)) == len(calibrated.concepts)
    changed = [*phrases, Phrase("headache", "en", "my skull is a drum")]
    with caplog.at_level(logging.WARNING, "salama"):
        valid = still_valid(calibrated, "en", changed)
    assert set(calibrated.concepts) - set(valid) == {"headache"}
    assert "1 of" in caplog.text and "salama content calibrate" in caplog.text


def test_thresholds_of_another_encoder_or_format_are_refused(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "hashing.yaml"
    assert read_thresholds("hashing", path) is None
    whole = _thresholds([Phrase("headache", "en", "sore head")])
    path.write_text(as_yaml(whole), encoding="utf-8")
    assert read_thresholds("hashing", path) == whole
    assert read_thresholds("other", path) is None
    path.write_text(as_yaml(whole.model_copy(update={"format": 99})), encoding="utf-8")
    assert read_thresholds("hashing", path) is None
    assert "second voice" in caplog.text


def test_only_new_phrases_are_encoded(tmp_path: Path) -> None:
    encoder = HashingEncoder()
    first = fetch_vectors(["sore head", "sore toe"], tmp_path, encoder, "en")
    encoder.encoded.clear()
    again = fetch_vectors(["sore head", "sore eye"], tmp_path, encoder, "en")
    assert encoder.encoded == ["sore eye"]
    assert (again["sore head"] == first["sore head"]).all()
    (tmp_path / "hashing.en.npz").write_bytes(b"broken")
    assert set(fetch_vectors(["sore head"], tmp_path, encoder, "en")) == {"sore head"}


def test_calibration_keeps_only_concepts_that_reach_the_precision(
    knowledge: Knowledge, extract: Extract, tmp_path: Path
) -> None:
    found = calibrate(knowledge, HashingEncoder(), tmp_path, extract, lambda line: None)
    known = found.languages["en"]
    assert set(found.languages) == {"en"}
    assert 0 < len(known.concepts) < len(askable(knowledge))
    assert all(item.precision >= 0.9 and item.recall >= 0.2 and item.n >= 3 for item in known.concepts.values())
    assert build(Thresholds, parse_yaml(as_yaml(found), "x"), "x") == found


def test_a_broken_encoder_leaves_the_voice_silent(
    knowledge: Knowledge, extract: Extract, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken(HashingEncoder):
        def encode_passages(self, texts: Sequence[str]) -> Any:
            raise RuntimeError(texts[0])

    phrases = gather_phrases(knowledge, "en", extract)
    found = SemanticVoice(knowledge, Broken(), _thresholds(phrases), tmp_path, extract)
    found._prepare_quietly()
    assert not found.speaks("en")
    assert "RuntimeError" in caplog.text and phrases[0].text not in caplog.text


@pytest.fixture(scope="module")
def heard(pipeline: TriagePipeline, tmp_path_factory: pytest.TempPathFactory) -> TriagePipeline:
    """The engine with the voice of the small English encoder, on the shipped thresholds."""
    pytest.importorskip("sentence_transformers")
    pytest.importorskip("faiss")
    model = find_model("all-minilm-l6-v2")
    if not model.is_installed(MODELS):
        pytest.skip(f"get it with: salama models pull {model.id}")
    data = tmp_path_factory.mktemp("data")
    (data / "models").symlink_to(MODELS)
    settings = Settings(data=data, database="none", lm="none", encoder=model.id, second_voice="auto")
    spoken = semantic_voice(settings, pipeline)
    assert spoken is not None and spoken.speaks("en")
    return build_pipeline(settings, like=pipeline, voices=[spoken])


@pytest.mark.model
@pytest.mark.slow
def test_shipped_thresholds_belong_to_the_shipped_words(heard: TriagePipeline) -> None:
    thresholds = read_thresholds("all-minilm-l6-v2")
    assert thresholds is not None
    known = thresholds.languages["en"]
    assert known.precision is not None and known.precision >= 0.9
    phrases = gather_phrases(heard.knowledge, "en", heard.voices[0]._extract)  # type: ignore[attr-defined]
    # Words are mended more often than thresholds are measured; most must still be in force.
    assert len(still_valid(known, "en", phrases)) >= 0.8 * len(known.concepts)


@pytest.mark.model
@pytest.mark.slow
def test_real_encoder_asks_only_about_what_may_be_there(heard: TriagePipeline) -> None:
    for message in ("I have a runny nose and I sneeze", "what is the weather like?", "thank you very much"):
        turn = heard.respond(Encounter(country="MA"), message)
        assert turn.reply.question is None or not turn.reply.question.id.startswith("confirm:")
