"""What an operator does beside serving: indexes, phrases, thresholds and models."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.loader import Knowledge
from triage.assembly import (
    build_encoder,
    build_pipeline,
    build_semantic_voice,
    encoder_name,
    load_content,
    open_encoder,
    reader_of,
)
from triage.errors import ConfigurationError
from triage.listening import Listener
from triage.pipeline import TriagePipeline
from triage.settings import Settings

if TYPE_CHECKING:
    from triage.findings.semantic import SemanticVoice
    from triage.retrieval import Retriever


def build_passage_index(settings: Settings) -> str:
    """Encode all passages into the index folder and return one line that says how many.

    Raises:
        ConfigurationError: No encoder was pulled, or a library is missing.
    """
    from triage.retrieval import build_index

    name = encoder_name(settings)
    if name is None:
        raise ConfigurationError("no encoder to build an index with; get the default one with: salama models pull")
    articles = load_content(settings).articles
    count = build_index(articles, settings.index, build_encoder(settings, name))
    return f"{count} passages of {len(articles)} articles indexed with {name} in {settings.index}"


def retrievers_to_compare(
    settings: Settings, knowledge: Knowledge
) -> Iterator[tuple[str, Retriever, Callable[[str], object] | None]]:
    """Yield words alone, then each pulled encoder alone and joined with words: name, retriever, what encodes a query.

    Indexes are brought up to date first, which takes minutes for an encoder that never had one.
    """
    from triage.generation.registry import default_model, list_models
    from triage.retrieval import HybridRetriever, build_index, can_search_vectors, open_retriever
    from triage.retrieval.dense import open_dense_index
    from triage.retrieval.passages import split_articles

    yield "BM25", open_retriever(knowledge.articles, None, None, topics=knowledge.topics), None
    if not can_search_vectors():
        return
    passages, default = split_articles(knowledge.articles), default_model("encoder").id
    for model in list_models():
        if model.kind != "encoder" or not model.is_installed(settings.models):
            continue
        encoder = build_encoder(settings, model.id)
        folder = settings.index if model.id == default else settings.data / f"index-{model.id}"
        build_index(knowledge.articles, folder, encoder)
        dense = open_dense_index(passages, folder, encoder)
        for name, lexical in ((model.id, False), (f"BM25 + {model.id}", True)):
            yield (
                name,
                HybridRetriever(passages, topics=knowledge.topics, dense=dense, encoder=encoder, lexical=lexical),
                encoder.encode_query,
            )


def build_phrase_bank(settings: Settings) -> str:
    """Encode the lay phrases that messages are compared with and return one line that says how many.

    Raises:
        ConfigurationError: No encoder was pulled, or a library is missing.
    """
    voice = semantic_voice(settings, build_pipeline(settings.model_copy(update={"encoder": "none"})))
    if voice is None:
        return "no phrases encoded: the second voice is off, or nothing was measured with this encoder"
    return (
        f"lay phrases in {', '.join(voice.languages) or 'no language'} encoded for {voice.name} in {settings.phrases}"
    )


def semantic_voice(settings: Settings, like: TriagePipeline, *, measure_anew: bool = False) -> SemanticVoice | None:
    """Return the voice of the encoder, ready to speak; None when there is no encoder or nothing was measured with it.

    Args:
        settings: All settings.
        like: An engine whose content and words it is made from.
        measure_anew: Measure thresholds on that content instead of reading them; takes minutes.
    """
    from triage.findings.semantic import SemanticVoice, calibrate

    encoder = open_encoder(settings)
    if encoder is not None and measure_anew:
        folder, extract = settings.phrases / "measured", reader_of(like.listener)
        thresholds = calibrate(like.knowledge, encoder, folder, extract, lambda line: None)
        found: SemanticVoice | None = SemanticVoice(like.knowledge, encoder, thresholds, folder, extract)
    else:
        found = build_semantic_voice(settings, like.knowledge, like.listener, encoder)
    if found is not None:
        found.prepare()
    return found


def calibrate_second_voice(settings: Settings, tell: Callable[[str], None]) -> str:
    """Measure the thresholds of the encoder, write them into the content, and return one line that says where.

    Raises:
        ConfigurationError: No encoder was pulled, or the content folder cannot be written.
    """
    from triage.findings.semantic import as_yaml, calibrate
    from triage.findings.semantic.thresholds import content_path

    encoder = open_encoder(settings)
    if encoder is None:
        raise ConfigurationError("no encoder to measure with; get the default one with: salama models pull")
    knowledge = load_content(settings)
    found = calibrate(knowledge, encoder, settings.phrases, reader_of(Listener(knowledge)), tell)
    path = Path(str(content_path(encoder.id)))
    try:
        path.parent.mkdir(exist_ok=True)
        path.write_text(as_yaml(found), encoding="utf-8")
    except OSError as error:
        raise ConfigurationError(f"{path}: {error.strerror}; run this in a checkout of the project") from None
    return f"thresholds in {path}"


def describe_models(settings: Settings) -> Iterator[str]:
    """Yield one line for each registered model."""
    from triage.generation.registry import list_models

    for model in list_models():
        here = "pulled" if model.is_installed(settings.models) else "not pulled"
        yield (
            f"{model.id:<34} {model.kind:<15} {model.size / 1e6:7.0f} MB  {here:<10}  {model.licence}; "
            f"{', '.join(model.languages)}; {model.purpose}"
        )


def pull_models(settings: Settings, names: list[str], tell: Callable[[str], None]) -> None:
    """Fetch models, telling how many bytes have come.

    Args:
        settings: All settings.
        names: Registered names; the default language model and encoder when empty.
        tell: Called with lines for the operator.

    Raises:
        ConfigurationError: A name is unknown, or no source gave the right bytes.
    """
    from triage.generation.pull import pull
    from triage.generation.registry import default_model

    wanted = names or [default_model("encoder").id, default_model("language_model").id]
    shown = 0

    def progress(name: str, done: int, total: int) -> None:
        nonlocal shown
        tenth = done * 10 // max(total, 1)
        if tenth != shown:
            shown = tenth
            tell(f"  {name}: {done / 1e6:.0f} of {total / 1e6:.0f} MB")

    for name in wanted:
        shown = 0
        tell(f"{name} ...")
        tell(f"{name} is in {pull(name, settings.models, progress)}")
