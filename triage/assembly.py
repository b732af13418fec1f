"""The only place where parts are chosen and joined."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.loader import Knowledge, load_knowledge
from knowledge.overlay import content_root
from triage.errors import ConfigurationError
from triage.gestalt import load_gestalt
from triage.listening import Listener
from triage.pipeline import TriagePipeline
from triage.privacy import Scrubber
from triage.settings import Settings
from triage.storage import DatabaseStore, EncounterStore, MemoryStore
from triage.worded import Composer

if TYPE_CHECKING:
    from triage.findings.semantic import Extract, SemanticVoice
    from triage.generation.chat_model import LimitedChatModel
    from triage.retrieval import Encoder, Retriever
    from triage.second_voice import Voice


def build_pipeline(
    settings: Settings,
    *,
    like: TriagePipeline | None = None,
    knowledge: Knowledge | None = None,
    voices: Sequence[Voice] | None = None,
) -> TriagePipeline:
    """Return an engine for the settings.

    Args:
        settings: All settings.
        like: An engine whose content, retriever and model are shared; only the store is new.
        knowledge: Content to use instead of what the settings name.
        voices: What the second voice is made of, instead of what the settings say.

    Raises:
        ConfigurationError: A model, index or database is missing or wrong; the message says what to do.
        knowledge.ContentError: The content does not load.
    """
    if like is not None:
        return TriagePipeline(
            like.knowledge,
            scrubber=_scrubber(like.knowledge),
            listener=like.listener,
            store=_store(settings),
            retriever=like.retriever,
            composer=like.composer,
            voices=like.voices if voices is None else voices,
            gestalt=like.gestalt,
            max_characters=settings.max_characters,
        )
    knowledge = knowledge or load_knowledge(content_root(settings.content))
    listener = Listener(knowledge)
    encoder = open_encoder(settings)
    model = _language_model(settings)
    if voices is None:
        semantic = _semantic_voice(settings, knowledge, listener, encoder)
        if semantic is not None:
            semantic.start()
        voices = [voice for voice in (semantic, _proposer(settings, model)) if voice is not None]
    return TriagePipeline(
        knowledge,
        scrubber=_scrubber(knowledge),
        listener=listener,
        store=_store(settings),
        retriever=_retriever(settings, knowledge, encoder),
        composer=_composer(knowledge, model, encoder),
        voices=voices,
        gestalt=load_gestalt() if settings.gestalt else None,
        max_characters=settings.max_characters,
    )


def _store(settings: Settings) -> EncounterStore:
    return MemoryStore() if settings.database_url is None else DatabaseStore(settings.database_url)


def _scrubber(knowledge: Knowledge) -> Scrubber:
    contexts = [lexicon.context for lexicon in knowledge.lexicons.values()]
    return Scrubber(
        chain.from_iterable(context.introductions for context in contexts),
        chain.from_iterable(context.not_names for context in contexts),
    )


def _can_encode() -> bool:
    from triage.retrieval import can_search_vectors

    return can_search_vectors()


def _retriever(settings: Settings, knowledge: Knowledge, encoder: Encoder | None) -> Retriever:
    from triage.retrieval import build_index, open_retriever

    signed = settings.require_signed
    if encoder is None:
        return open_retriever(knowledge.articles, None, None, topics=knowledge.topics, signed_only=signed)
    if settings.encoder == "auto" and not settings.index.exists():
        build_index(knowledge.articles, settings.index, encoder)
    return open_retriever(knowledge.articles, settings.index, encoder, topics=knowledge.topics, signed_only=signed)


def _semantic_voice(
    settings: Settings, knowledge: Knowledge, listener: Listener, encoder: Encoder | None
) -> SemanticVoice | None:
    from triage.findings.semantic import SemanticVoice, read_thresholds

    if encoder is None or settings.second_voice == "none":
        return None
    thresholds = read_thresholds(encoder.id)
    if thresholds is None:
        return None
    return SemanticVoice(knowledge, encoder, thresholds, settings.phrases, _reader(listener))


def _reader(listener: Listener) -> Extract:
    """Return what reads a text by its words, in the form that the semantic voice wants."""
    return lambda text, language: listener.extractor.extract(text, language, turn=1)


def _proposer(settings: Settings, model: LimitedChatModel | None) -> Voice | None:
    from triage.generation.proposer import Proposer

    if model is None or not settings.proposals:
        return None
    return Proposer(model.within(settings.proposals_timeout))


def open_encoder(settings: Settings) -> Encoder | None:
    """Return the encoder of the settings, not loaded yet; None when there is none or vectors cannot be searched."""
    name = _encoder_name(settings)
    return _encoder(settings, name) if name is not None and _can_encode() else None


def _encoder_name(settings: Settings) -> str | None:
    """Return the registered encoder to use; `auto` uses the default one if it was pulled."""
    from triage.generation.registry import default_model

    if settings.encoder == "none":
        return None
    if settings.encoder != "auto":
        return settings.encoder
    model = default_model("encoder")
    return model.id if model.is_installed(settings.models) else None


def _encoder(settings: Settings, name: str) -> Encoder:
    from triage.generation.registry import find_model
    from triage.retrieval import SentenceEncoder

    model = find_model(name)
    if model.kind != "encoder":
        raise ConfigurationError(f"SALAMA_ENCODER: {name!r} is a language model, not an encoder; see 'models list'")
    return SentenceEncoder(
        model.location(settings.models),
        id=model.id,
        languages=model.languages,
        floor=model.floor or 0.0,
        query_prefix=model.query_prefix,
        passage_prefix=model.passage_prefix,
        q4=model.format == "e5-q4",
    )


def build_passage_index(settings: Settings, knowledge: Knowledge | None = None) -> str:
    """Encode all passages into the index folder and return one line that says how many.

    Raises:
        ConfigurationError: No encoder was pulled, or a library is missing.
    """
    from triage.retrieval import build_index

    name = _encoder_name(settings)
    if name is None:
        raise ConfigurationError("no encoder to build an index with; get the default one with: salama models pull")
    articles = (knowledge or load_knowledge(content_root(settings.content))).articles
    count = build_index(articles, settings.index, _encoder(settings, name))
    return f"{count} passages of {len(articles)} articles indexed with {name} in {settings.index}"


def retrievers_to_compare(
    settings: Settings, knowledge: Knowledge
) -> Iterator[tuple[str, Retriever, Callable[[str], object] | None]]:
    """Yield words alone, then each pulled encoder alone and joined with words: name, retriever, what encodes a query.

    Indexes are brought up to date first, which takes minutes for an encoder that never had one.
    """
    from triage.generation.registry import default_model, list_models
    from triage.retrieval import HybridRetriever, build_index, open_retriever
    from triage.retrieval.dense import open_dense_index
    from triage.retrieval.passages import split_articles

    yield "BM25", open_retriever(knowledge.articles, None, None, topics=knowledge.topics), None
    passages = split_articles(knowledge.articles)
    for model in list_models():
        if model.kind != "encoder" or not model.is_installed(settings.models) or not _can_encode():
            continue
        encoder = _encoder(settings, model.id)
        default = model.id == default_model("encoder").id
        folder = settings.index if default else settings.data / f"index-{model.id}"
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

    name = _encoder_name(settings)
    encoder = _encoder(settings, name) if name is not None and _can_encode() else None
    if encoder is not None and measure_anew:
        folder, extract = settings.phrases / "measured", _reader(like.listener)
        thresholds = calibrate(like.knowledge, encoder, folder, extract, lambda line: None)
        found: SemanticVoice | None = SemanticVoice(like.knowledge, encoder, thresholds, folder, extract)
    else:
        found = _semantic_voice(settings, like.knowledge, like.listener, encoder)
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

    name = _encoder_name(settings)
    if name is None or not _can_encode():
        raise ConfigurationError("no encoder to measure with; get the default one with: salama models pull")
    knowledge = load_knowledge(content_root(settings.content))
    encoder = _encoder(settings, name)
    found = calibrate(knowledge, encoder, settings.phrases, _reader(Listener(knowledge)), tell)
    path = Path(str(content_path(encoder.id)))
    try:
        path.parent.mkdir(exist_ok=True)
        path.write_text(as_yaml(found), encoding="utf-8")
    except OSError as error:
        raise ConfigurationError(f"{path}: {error.strerror}; run this in a checkout of the project") from None
    return f"thresholds in {path}"


def _language_model(settings: Settings) -> LimitedChatModel | None:
    if settings.lm == "none" and settings.lm_url is None:
        return None
    from triage.generation.backends import open_chat_model

    return open_chat_model(
        settings.lm,
        backend=settings.lm_backend,
        models=settings.models,
        url=settings.lm_url,
        key=settings.lm_key.get_secret_value(),
        records=settings.data,
        limit=settings.lm_timeout,
        threads=settings.lm_threads,
    )


def _composer(knowledge: Knowledge, model: LimitedChatModel | None, encoder: Encoder | None) -> Composer | None:
    if model is None:
        return None
    from triage.drafting import Drafter
    from triage.guard import measured_nearness

    return Drafter(knowledge, model, measured_nearness(encoder) if encoder is not None else None)


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
