"""The lay queries that ship with the project."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

import yaml

FORMS = ("en", "fr", "ar", "ary", "ary-Latn")


@dataclass(frozen=True)
class Query:
    """What somebody types."""

    form: str
    """Written form, a language tag."""
    text: str
    topics: frozenset[str]
    """Slugs of the articles of which any one answers it; empty when none should be found."""


def load_queries() -> list[Query]:
    """Return all queries, those about something else last."""
    table = yaml.safe_load(files("evals.retrieval").joinpath("queries.yaml").read_text(encoding="utf-8"))
    asked = [Query(form, row[form], frozenset(row["topics"])) for row in table["queries"] for form in FORMS]
    return asked + [Query(form, text, frozenset()) for form in FORMS for text in table["off_topic"][form]]
