"""The only place where parts are chosen and joined."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from knowledge.loader import Knowledge, load_knowledge
from triage.errors import ConfigurationError
from triage.listening import Listener
from triage.pipeline import Composer, TriagePipeline
from triage.privacy import Scrubber
from triage.settings import Settings
from triage.storage import DatabaseStore, EncounterStore, MemoryStore

if TYPE_CHECKING:
    from triage.retrieval import Encoder, Retriever


def build_pipeline(settings: Settings, *, like: TriagePipeline | None = None) -> TriagePipeline:
    """Return an engine for the settings.

    Args:
        settings: All settings.
        like: An engine whose content, retriever and model are shared; only the store is new.

    Raises:
        ConfigurationError: A model, index or database is missing or wrong; the message says what to do.
        knowledge.ContentError: The content does not load.
    """
    knowledge = like.knowledge if like else load_knowledge()
    return TriagePipeline(
        knowledge,
        scrubber=_scrubber(knowledge),
        listener=like.listener if like else Listener(knowledge),
        store=_store(settings),
        retriever=like.retriever if like else _retriever(settings, knowledge),
        composer=like.composer if like else _composer(settings, knowledge),
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


def _retriever(settings: Settings, knowledge: Knowledge) -> Retriever:
    from triage.retrieval import can_search_vectors, open_retriever

    name = _encoder_name(settings)
    if name is None or not can_search_vectors():
        return open_retriever(knowledge.articles, None, None)
    if settings.encoder == "auto" and not settings.index.exists():
        build_passage_index(settings, knowledge)
    return open_retriever(knowledge.articles, settings.index, _encoder(settings, name))


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
    articles = (knowledge or load_knowledge()).articles
    count = build_index(articles, settings.index, _encoder(settings, name))
    return f"{count} passages of {len(articles)} articles indexed with {name} in {settings.index}"


def _composer(settings: Settings, knowledge: Knowledge) -> Composer | None:
    if settings.lm == "none" and settings.lm_url is None:
        return None
    from triage.drafting import Drafter
    from triage.generation.backends import open_chat_model

    model = open_chat_model(
        settings.lm,
        backend=settings.lm_backend,
        models=settings.models,
        url=settings.lm_url,
        key=settings.lm_key.get_secret_value(),
        limit=settings.lm_timeout,
        threads=settings.lm_threads,
    )
    return Drafter(knowledge, model) if model is not None else None


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
