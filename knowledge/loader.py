"""Loading all content into one immutable `Knowledge`, with every cross-reference checked."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.resources.abc import Traversable
from typing import TypeVar

from knowledge import checks, items
from knowledge.articles import read_article, read_topics
from knowledge.errors import ContentError
from knowledge.files import build, read_items, read_yaml, walk, yaml_files
from knowledge.lexicon import Lexicon, load_lexicons
from knowledge.measurements import Measurement
from knowledge.overlay import Overlay, packaged
from knowledge.protocols import Protocol, Question, Requests
from knowledge.schema import Article, Concept, Modifier, RedFlagRule, Replies, Services, Source
from knowledge.signing import SIGNATURES, Signing, compare, read_signatures

Item = TypeVar("Item", Concept, RedFlagRule, Question, Protocol, Source, Measurement)


@dataclass(frozen=True)
class Knowledge:
    """All content, by id."""

    concepts: Mapping[str, Concept]
    rules: tuple[RedFlagRule, ...]
    questions: Mapping[str, Question]
    protocols: Mapping[str, Protocol]
    modifiers: tuple[Modifier, ...]
    lexicons: Mapping[str, Lexicon]
    articles: tuple[Article, ...]
    replies: Mapping[str, Replies]
    services: Mapping[str, Services]
    sources: Mapping[str, Source]
    requests: Requests
    measurements: Mapping[str, Measurement]
    topics: Mapping[str, Mapping[str, tuple[str, ...]]]
    """Patients' words for the topics of articles, by language and slug; searched, never shown."""
    version: str
    """SHA-256 over every content file, so that a decision can name the content it rests on."""
    withheld: tuple[Article, ...] = ()
    """Imported articles that no clinician has signed: checked, and never shown to a patient."""
    signing: Signing = Signing()

    @cached_property
    def rules_by_id(self) -> Mapping[str, RedFlagRule]:
        """The rules by their id."""
        return {rule.id: rule for rule in self.rules}

    def label(self, concept: str, language: str) -> str:
        """Return the patient's short words for a concept, in English where the language has none."""
        for tag in (language, "en"):
            lexicon = self.lexicons.get(tag)
            if lexicon is not None and concept in lexicon.labels:
                return lexicon.labels[concept]
        return concept.split(":")[-1].replace("_", " ")

    def say(self, language: str) -> Replies:
        """Return the fixed sentences of a language, English where it has none."""
        return self.replies.get(language) or self.replies["en"]

    def measurement(self, name: str) -> Measurement:
        """Return what a quantity is called, its own name where it has gone from the content since it was told."""
        return self.measurements.get(name) or Measurement(id=name, label={"en": name})

    def clinicians_speak(self, country: str | None) -> str:
        """Return the language of clinicians of a country; English where it is not known."""
        services = self.services.get(country or "")
        return services.clinician_language if services else "en"

    @property
    def unsigned(self) -> bool:
        """Whether anything was not signed by a clinician, or was altered since."""
        return not self.signing.complete


def load_knowledge(folder: Traversable | None = None) -> Knowledge:
    """Read and check all content.

    Args:
        folder: The content folder, perhaps from `content_root`; the packaged one when None.

    Raises:
        ContentError: Something is wrong; the message names file, item and key.
    """
    root = folder if folder is not None else packaged()
    concepts = _by_id(_all(root / "concepts", Concept))
    knowledge = Knowledge(
        concepts=concepts,
        rules=tuple(_by_id(_all(root / "red_flags", RedFlagRule)).values()),
        questions=_by_id(_all(root / "questions", Question)),
        protocols=_by_id([build(Protocol, read_yaml(path), path.name) for path in yaml_files(root / "protocols")]),
        modifiers=tuple(read_items(root / "modifiers.yaml", Modifier)),
        lexicons=load_lexicons(root / "lexicon", set(concepts)),
        articles=tuple(
            read_article(path)
            for path in sorted((root / "articles").iterdir(), key=lambda path: path.name)
            if path.name.endswith(".md")
        ),
        replies={path.name[:-5]: build(Replies, read_yaml(path), path.name) for path in yaml_files(root / "replies")},
        services={
            path.name[:-5]: build(Services, read_yaml(path), path.name) for path in yaml_files(root / "services")
        },
        sources=_by_id([*read_items(root / "sources.yaml", Source), *_all(root / "sources", Source)]),
        requests=build(Requests, read_yaml(root / "requests.yaml"), "requests.yaml"),
        measurements=_by_id(read_items(root / "measurements.yaml", Measurement)),
        topics={path.name[:-5]: read_topics(path) for path in yaml_files(root / "topics")},
        version=content_hash(root),
    )
    # withheld first, so that the packaged articles that are shown instead are checked too
    knowledge = _with_unsigned_imports_withheld(replace(knowledge, signing=_signing(knowledge, root)), root)
    problems = list(checks.problems(knowledge))
    if problems:
        shown = "\n  ".join(problems[:20])
        raise ContentError(f"{len(problems)} problem(s) in the content:\n  {shown}")
    return knowledge


def _signing(knowledge: Knowledge, root: Traversable) -> Signing:
    if not (root / SIGNATURES).is_file():
        return Signing(unsigned=tuple(items.names(knowledge)))
    return compare(read_signatures(root), items.documents(knowledge, root))


def _with_unsigned_imports_withheld(knowledge: Knowledge, root: Traversable) -> Knowledge:
    """Show imported texts only once they are signed; until then the packaged article stays, if there is one."""
    shown: list[Article] = []
    withheld: list[Article] = []
    for article in knowledge.articles:
        if article.imported is None or f"article:{article.id}" in knowledge.signing.signed:
            shown.append(article)
            continue
        withheld.append(article)
        name = f"{article.id}.md"
        if isinstance(root, Overlay) and (root.lower / "articles" / name).is_file():
            shown.append(read_article(root.lower / "articles" / name))
    return replace(knowledge, articles=tuple(shown), withheld=tuple(withheld))


def content_hash(folder: Traversable) -> str:
    """Return the SHA-256 over the names and bytes of all files below a folder, in name order."""
    digest = hashlib.sha256()
    for name, path in sorted(walk(folder)):
        digest.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _all(folder: Traversable, model: type[Item]) -> list[Item]:
    return [item for path in yaml_files(folder) for item in read_items(path, model)]


def _by_id(items: list[Item]) -> dict[str, Item]:
    found: dict[str, Item] = {}
    for item in items:
        if item.id in found:
            raise ContentError(f"id {item.id!r} stands twice in {type(item).__name__} content")
        found[item.id] = item
    return found
