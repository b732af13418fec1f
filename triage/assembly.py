"""The only place where parts are chosen and joined."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING

from knowledge.lexicon import without_collection
from knowledge.loader import Knowledge, load_knowledge
from knowledge.overlay import content_root
from triage.errors import ConfigurationError
from triage.gestalt import load_gestalt
from triage.listening import Listener
from triage.pipeline import TriagePipeline
from triage.privacy import Scrubber
from triage.settings import Settings
from triage.storage import DatabaseStore, EncounterStore, MemoryStore

if TYPE_CHECKING:
    from triage.drafting import Drafter
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
            gestalt=like.gestalt if settings.gestalt else None,
            max_characters=settings.max_characters,
        )
    knowledge = knowledge or load_content(settings)
    with without_collection():
        listener = Listener(knowledge)
    encoder = open_encoder(settings)
    model = _language_model(settings)
    if voices is None:
        semantic = build_semantic_voice(settings, knowledge, listener, encoder)
        if semantic is not None:
            semantic.start()
        voices = [voice for voice in (semantic, _proposer(settings, model)) if voice is not None]
    return TriagePipeline(
        knowledge,
        scrubber=_scrubber(knowledge),
        listener=listener,
        store=_store(settings),
        retriever=_retriever(settings, knowledge, encoder),
        composer=_drafter(settings, knowledge, model, encoder),
        voices=voices,
        gestalt=load_gestalt() if settings.gestalt else None,
        max_characters=settings.max_characters,
    )


def load_content(settings: Settings) -> Knowledge:
    """Return the content of the settings.

    Raises:
        knowledge.ContentError: The content does not load.
    """
    return load_knowledge(content_root(settings.content))


def _store(settings: Settings) -> EncounterStore:
    return MemoryStore() if settings.database_url is None else DatabaseStore(settings.database_url)


def _scrubber(knowledge: Knowledge) -> Scrubber:
    contexts = [lexicon.context for lexicon in knowledge.lexicons.values()]
    return Scrubber(
        chain.from_iterable(context.introductions for context in contexts),
        chain.from_iterable(context.not_names for context in contexts),
    )


def _retriever(settings: Settings, knowledge: Knowledge, encoder: Encoder | None) -> Retriever:
    from triage.retrieval import build_index, open_retriever

    signed = settings.require_signed
    if encoder is None:
        return open_retriever(knowledge.articles, None, None, topics=knowledge.topics, signed_only=signed)
    if settings.encoder == "auto" and not settings.index.exists():
        build_index(knowledge.articles, settings.index, encoder)
    return open_retriever(knowledge.articles, settings.index, encoder, topics=knowledge.topics, signed_only=signed)


def build_semantic_voice(
    settings: Settings, knowledge: Knowledge, listener: Listener, encoder: Encoder | None
) -> SemanticVoice | None:
    """Return the voice of an encoder; None when there is none, it is off, or nothing was measured with it."""
    from triage.findings.semantic import SemanticVoice, read_thresholds

    if encoder is None or settings.second_voice == "none":
        return None
    thresholds = read_thresholds(encoder.id)
    if thresholds is None:
        return None
    return SemanticVoice(knowledge, encoder, thresholds, settings.phrases, reader_of(listener))


def reader_of(listener: Listener) -> Extract:
    """Return what reads a text by its words, in the form that the semantic voice wants."""
    return lambda text, language: listener.extractor.extract(text, language, turn=1)


def _proposer(settings: Settings, model: LimitedChatModel | None) -> Voice | None:
    from triage.generation.proposer import Proposer

    if model is None or not settings.proposals:
        return None
    return Proposer(model.within(settings.proposals_timeout))


def open_encoder(settings: Settings) -> Encoder | None:
    """Return the encoder of the settings, not loaded yet; None when there is none or vectors cannot be searched."""
    from triage.retrieval import can_search_vectors

    name = encoder_name(settings)
    return build_encoder(settings, name) if name is not None and can_search_vectors() else None


def encoder_name(settings: Settings) -> str | None:
    """Return the registered encoder to use, or None; `auto` uses the default one if it was pulled."""
    from triage.generation.registry import default_model

    if settings.encoder == "none":
        return None
    if settings.encoder != "auto":
        return settings.encoder
    model = default_model("encoder")
    return model.id if model.is_installed(settings.models) else None


def build_encoder(settings: Settings, name: str) -> Encoder:
    """Return a registered encoder, not loaded yet.

    Raises:
        ConfigurationError: It is no encoder.
    """
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


def _drafter(
    settings: Settings, knowledge: Knowledge, model: LimitedChatModel | None, encoder: Encoder | None
) -> Drafter | None:
    if model is None:
        return None
    from triage.drafting import Drafter
    from triage.guard import measured_nearness

    support = measured_nearness(encoder) if encoder is not None else None
    return Drafter(knowledge, model, support, desk=model.after_patients(settings.summary_timeout))
