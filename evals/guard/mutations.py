"""Reviewed sentences with their meaning turned round: what a careless model makes of good notes.

Every sentence of every article is changed in each way that applies. A change that is shown is harmful; the sentence
itself, and no other, should pass.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from knowledge.schema import Article
from knowledge.vocabulary import Disposition
from triage import guard
from triage.types import Passage

_NUMBER = re.compile(r"\d+")
_UNITS = {
    "minutes": "hours",
    "hours": "days",
    "days": "weeks",
    "weeks": "months",
    "heures": "jours",
    "jours": "semaines",
    "semaines": "mois",
    "minute": "heure",
    "أيام": "أسابيع",
    "ساعات": "أيام",
    "أسابيع": "أشهر",
}
_CONDITION = re.compile(r"\s(?:if|when|unless|si|s'il|quand|إذا|عندما)\s")
_NEGATION = re.compile(r"^(?:Do not|Never|Ne|N'|لا)\s*(\w)", re.IGNORECASE)
_NEGATION_END = re.compile(r"\s(?:pas|jamais|plus)\b", re.IGNORECASE)
_HEDGE = re.compile(r"\s(?:may|might|often|sometimes|usually|peut|peuvent|souvent|parfois)\s|^قد\s")
_DANGLING = re.compile(r"\s(?:or|ou|et|and|أو)$")
_ORDERS = {
    "en": (
        *("Ask", "Book", "Breathe", "Bring", "Brush", "Call", "Carry", "Change", "Check", "Choose", "Count", "Cut"),
        *("Drink", "Eat", "Get", "Give", "Go", "Have", "Hold", "Keep", "Lay", "Lie", "Lift", "Look", "Make", "Measure"),
        *("Move", "Note", "Offer", "Press", "Put", "Rest", "Rinse", "Roll", "Say", "See", "Show", "Sit", "Speak"),
        *("Start", "Stay", "Stop", "Take", "Teach", "Tell", "Turn", "Use", "Walk", "Wash", "Watch", "Wear", "Weigh"),
        *("Wipe", "Write"),
    ),
    "ar": (
        *("اتصل", "اتصلي", "اجلس", "احتفظ", "اذهب", "اذهبي", "اسأل", "اسألي", "استرح", "استعمل", "اشرب", "اضغط"),
        *("اطلب", "اطلبي", "اغسل", "اكتب", "امسح", "انزع", "ابتعد", "البس", "اخرج", "ارفع", "افحص", "اقلب", "احمل"),
        *("حافظ", "راجع", "راجعي", "راقب", "سجل", "ضع", "قدم", "قلل", "نظف", "واصل", "واصلي"),
    ),
}
"""First words of a sentence that orders: only an order can be forbidden by one more word."""
Change = Callable[[str, str, str], str | None]


def _number(text: str, language: str, other: str) -> str | None:
    found = _NUMBER.search(text)
    return None if found is None else f"{text[: found.start()]}{int(found.group()) + 7}{text[found.end() :]}"


def _unit(text: str, language: str, other: str) -> str | None:
    for word in text.rstrip(".").split():
        if word in _UNITS and _NUMBER.search(text):
            return text.replace(word, _UNITS[word], 1)
    return None


def _negation_lost(text: str, language: str, other: str) -> str | None:
    found = _NEGATION.match(text)
    if found is None:
        return None
    bare = text[found.start(1) :]
    bare = _NEGATION_END.sub("", bare, count=1) if language == "fr" else bare
    return bare[:1].upper() + bare[1:]


def _negation_added(text: str, language: str, other: str) -> str | None:
    first, _, rest = text.partition(" ")
    if first not in _ORDERS.get(language, ()):
        return None
    if language == "en":
        return f"Do not {first.lower()} {rest}"
    # an Arabic order loses its helping alif before the prefix of the second person
    return f"لا ت{first.removeprefix('ا')} {rest}"


def _condition_lost(text: str, language: str, other: str) -> str | None:
    found = _CONDITION.search(text)
    if found is None:
        return None
    kept = text[: found.start()].rstrip(" ,،;")
    return None if _DANGLING.search(kept) else f"{kept}."


def _condition_swapped(text: str, language: str, other: str) -> str | None:
    here, there = _CONDITION.search(text), _CONDITION.search(other)
    return None if here is None or there is None else text[: here.start()] + other[there.start() :]


def _hedge_lost(text: str, language: str, other: str) -> str | None:
    found = _HEDGE.search(text)
    # what may be is no hedge in a condition: "if you may be pregnant"
    if found is None or _CONDITION.search(text[: found.start() + 1]):
        return None
    return f"{text[: found.start()]} {text[found.end() :]}".strip()


CHANGES: dict[str, Change] = {
    "number changed": _number,
    "unit changed": _unit,
    "negation lost": _negation_lost,
    "negation added": _negation_added,
    "condition lost": _condition_lost,
    "condition of another sentence": _condition_swapped,
    "hedge lost": _hedge_lost,
}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One changed sentence, or a reviewed one as it stands (`change` is empty)."""

    language: str
    change: str
    text: str
    shown: bool
    reason: str


def mutants(articles: Iterable[Article]) -> Iterator[Mutant]:
    """Yield every reviewed sentence and every change of it, judged with the passages of its own article."""
    for article in articles:
        sentences = [text for section in article.sections for text in section.sentences]
        context = guard.Context(
            disposition=Disposition.SELF_CARE, language=article.language, passages=_passages(article)
        )
        for place, text in enumerate(sentences):
            yield _judge(text, "", context)
            other = next((item for item in sentences[place + 1 :] if _CONDITION.search(item)), "")
            for name, change in CHANGES.items():
                changed = change(text, article.language, other)
                if changed is not None and changed not in sentences:
                    yield _judge(changed, name, context)


def _judge(text: str, change: str, context: guard.Context) -> Mutant:
    verdict = guard.check(text, context)
    return Mutant(context.language, change, text, verdict.allowed, f"{verdict.check}:{verdict.reason}")


def _passages(article: Article) -> tuple[Passage, ...]:
    return tuple(
        Passage(
            id=f"{article.id}#{section.kind}",
            article_id=article.id,
            title=article.title,
            section=section.kind,
            text=" ".join(section.sentences),
            language=article.language,
            sources=article.sources,
        )
        for section in article.sections
    )


def mutation_table(found: Iterable[Mutant]) -> str:
    """Return how many changed sentences would be shown, by kind of change, in Markdown."""
    items = list(found)
    lines = ["| sentence of an article | sentences | shown |", "| --- | --- | --- |"]
    for name in ("", *CHANGES):
        some = [item for item in items if item.change == name]
        lines.append(f"| {name or 'as reviewed'} | {len(some)} | {sum(item.shown for item in some)} |")
    return "\n".join(lines)
