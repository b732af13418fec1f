"""The items of the content that a clinician signs, each as plain data by a name such as `rule:cardiac.acs`."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING

from knowledge.files import walk
from knowledge.schema import Content

if TYPE_CHECKING:
    from knowledge.loader import Knowledge

Document = dict[str, object]

_WHOLE_FOLDERS = ("claims", "prompts", "semantic", "topics")
"""Parts of the packaged content that no clinic changes; signed as they are."""


def names(knowledge: Knowledge) -> list[str]:
    """Return the names of everything that can be signed, in order."""
    words = [f"words:{language}" for language in knowledge.lexicons]
    return sorted([*_models(knowledge), *words, "concepts", *_WHOLE_FOLDERS])


def documents(knowledge: Knowledge, root: Traversable) -> dict[str, Document]:
    """Return every item as data that is the same whenever the item means the same.

    The status is left out, because signing is what changes it, and so is what has its default value: a release that
    adds a field alters nothing that was signed.

    Args:
        knowledge: The content.
        root: The folder it was loaded from.
    """
    found: dict[str, Document] = {name: _data(model) for name, model in _models(knowledge).items()}
    found["concepts"] = {concept.id: _data(concept) for concept in knowledge.concepts.values()}
    for language, lexicon in knowledge.lexicons.items():
        found[f"words:{language}"] = {
            "files": _files(root / "lexicon" / language),
            "wordings": dict(Counter(wording.concept for wording in (*lexicon.wordings, *lexicon.requests))),
            "labels": dict(lexicon.labels),
        }
    for name in _WHOLE_FOLDERS:
        found[name] = {"files": _files(root / name)}
    return found


def as_text(document: Document) -> str:
    """Return the one spelling of an item that is hashed and kept."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(document: Document) -> str:
    """Return the SHA-256 of an item."""
    return hashlib.sha256(as_text(document).encode()).hexdigest()


def _models(knowledge: Knowledge) -> Mapping[str, Content]:
    found: dict[str, Content] = {f"rule:{rule.id}": rule for rule in knowledge.rules}
    found |= {f"protocol:{protocol.id}": protocol for protocol in knowledge.protocols.values()}
    found |= {f"modifier:{modifier.id}": modifier for modifier in knowledge.modifiers}
    found |= {f"question:{question.id}": question for question in knowledge.questions.values()}
    found |= {f"article:{article.id}": article for article in (*knowledge.articles, *knowledge.withheld)}
    found |= {f"replies:{language}": replies for language, replies in knowledge.replies.items()}
    found |= {f"services:{country}": services for country, services in knowledge.services.items()}
    found |= {f"source:{source.id}": source for source in knowledge.sources.values()}
    found |= {f"measurement:{item.id}": item for item in knowledge.measurements.values()}
    found["requests"] = knowledge.requests
    return found


def _data(model: Content) -> Document:
    return model.model_dump(mode="json", exclude={"status"}, exclude_defaults=True)


def _files(folder: Traversable) -> dict[str, str]:
    return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in walk(folder)}
