"""Clinical content and its typed loaders: danger signs, words, questions, articles, numbers and fixed sentences."""

from knowledge.errors import ContentError
from knowledge.loader import Knowledge, content_hash, load_knowledge
from knowledge.overlay import content_root
from knowledge.vocabulary import LANGUAGES, Disposition, Experiencer, Polarity, Temporality

__all__ = [
    "LANGUAGES",
    "ContentError",
    "Disposition",
    "Experiencer",
    "Knowledge",
    "Polarity",
    "Temporality",
    "content_hash",
    "content_root",
    "load_knowledge",
]
