"""Do lay queries find the article that answers them, and does a query about something else find nothing?"""

from evals.retrieval.queries import Query, load_queries
from evals.retrieval.recall import Recall, measure_recall
from evals.retrieval.table import comparison, recall_of

__all__ = ["Query", "Recall", "comparison", "load_queries", "measure_recall", "recall_of"]
