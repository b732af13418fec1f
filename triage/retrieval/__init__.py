"""Finds passages of vetted articles that may support a reply: BM25, FAISS vectors and concepts, fused.

Nothing heavy is imported here: without FAISS and sentence-transformers retrieval is BM25 only, and `name` says so.
"""

from triage.retrieval.encoder import Encoder, SentenceEncoder
from triage.retrieval.passages import IndexedPassage, split_articles
from triage.retrieval.retriever import HybridRetriever, Retriever, build_index, can_search_vectors, open_retriever

__all__ = [
    "Encoder",
    "HybridRetriever",
    "IndexedPassage",
    "Retriever",
    "SentenceEncoder",
    "build_index",
    "can_search_vectors",
    "open_retriever",
    "split_articles",
]
