"""Cross-file checks: references resolve, every item has its texts, and nothing is said twice differently."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from knowledge.conditions import Compare, Condition, atoms
from knowledge.errors import did_you_mean
from knowledge.protocols import Protocol
from knowledge.schema import Article, Modifier, RedFlagRule
from knowledge.vocabulary import LANGUAGES, Disposition

if TYPE_CHECKING:
    from knowledge.loader import Knowledge

PERSON = frozenset({"age_days", "age_months", "age_years", "sex"})
"""What a condition may compare of the person."""
MEASURES = PERSON | frozenset(
    "temp_c spo2_percent resp_rate_per_min bp_sys bp_dia heart_rate pain_score "  # noqa: SIM905
    "glucose_mmol burn_percent fall_height_m weight_gain_kg longer_than_cm icd_shock_count sting_count "
    "diarrhoea_stools_per_day pregnant_weeks".split()
)
"""Quantities that are measured or counted; every other quantity is the time of a concept (`fever.duration_days`)."""

SUMMARY_LANGUAGES = ("en", "fr", "ar")
"""Languages in which clinicians read summaries; what is written in Darija has Arabic or French titles."""

_TIME = re.compile(r"^(?P<concept>[\w:.]+?)(?:\.(?:duration|onset))?_(?P<unit>min|minutes|hours|days|weeks|months)$")

MINUTES = {"min": 1, "minutes": 1, "hours": 60, "days": 1440, "weeks": 10080, "months": 43830}
"""Minutes in each unit that a quantity name can end in."""


@cache
def time_of(quantity: str) -> tuple[str, int] | None:
    """Return the concept and the minutes per unit of a time quantity, or None for a measure or an unknown name.

    `x.duration_days`, `x.onset_hours` and `x_weeks` are the time of `x`; `x.constant_hours` is a time of its own.
    """
    if quantity in MEASURES:
        return None
    match = _TIME.match(quantity)
    return (match["concept"], MINUTES[match["unit"]]) if match else None


def problems(knowledge: Knowledge) -> Iterator[str]:
    """Yield every problem in words that name the item at fault."""
    yield from _concepts(knowledge)
    yield from _rules(knowledge)
    yield from _questions(knowledge)
    yield from _protocols(knowledge)
    yield from _articles(knowledge)
    yield from _replies(knowledge)
    yield from _requests(knowledge)
    yield from _measurements(knowledge)
    yield from _topics(knowledge)


def overdue(knowledge: Knowledge, today: date) -> Iterator[str]:
    """Yield every item whose next review lies in the past."""
    items: list[RedFlagRule | Protocol | Article | Modifier] = [
        *knowledge.rules,
        *knowledge.protocols.values(),
        *knowledge.articles,
        *knowledge.modifiers,
    ]
    for item in items:
        if item.reviewed.next < today:
            yield f"{item.id}: review was due on {item.reviewed.next.isoformat()}"
    for services in knowledge.services.values():
        if services.reviewed.next < today:
            yield f"services/{services.country}: review was due on {services.reviewed.next.isoformat()}"


def untitled(knowledge: Knowledge) -> Iterator[str]:
    """Yield every rule whose title a clinician would read in English, within a summary in another language."""
    for rule in knowledge.rules:
        missing = [tag for tag in SUMMARY_LANGUAGES if tag not in rule.title]
        if missing:
            yield f"rule {rule.id}: no title in {', '.join(missing)}"


def _unknown(kind: str, where: str, ids: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    names = set(known)
    for item in ids:
        if item not in names:
            yield f"{where}: unknown {kind} {item!r}{did_you_mean(item, names)}"


def _condition(where: str, condition: Condition, knowledge: Knowledge) -> Iterator[str]:
    for atom in atoms(condition):
        if not isinstance(atom, Compare):
            concept = atom.concept.removesuffix(".ongoing")
            yield from _unknown("concept", where, [concept], knowledge.concepts)
        elif atom.quantity not in MEASURES:
            time = time_of(atom.quantity)
            if time is None:
                yield f"{where}: unknown quantity {atom.quantity!r}; measures are {', '.join(sorted(MEASURES))}"
            else:
                yield from _unknown(
                    "concept (of a time)", where, [time[0].removesuffix(".constant")], knowledge.concepts
                )


def _concepts(knowledge: Knowledge) -> Iterator[str]:
    for concept in knowledge.concepts.values():
        refers = [*concept.implies, *([concept.when_gone] if concept.when_gone else [])]
        yield from _unknown("concept", f"concept {concept.id}", refers, knowledge.concepts)
        for condition in concept.sums:
            yield from _condition(f"concept {concept.id}", condition, knowledge)

    for services in knowledge.services.values():
        yield from _unknown("concept", f"services/{services.country}", services.known, knowledge.concepts)


def _rules(knowledge: Knowledge) -> Iterator[str]:
    english = knowledge.replies.get("en")
    for rule in knowledge.rules:
        where = f"rule {rule.id}"
        yield from _condition(where, rule.condition, knowledge)
        yield from _unknown("source", where, rule.sources, knowledge.sources)
        if english is not None:
            yield from _unknown("advice", where, rule.advice, english.advice)
        if "en" not in rule.title:
            yield f"{where}: has no English title"
        if rule.disposition < Disposition.SOON:
            yield f"{where}: a red flag cannot advise {rule.disposition.name.lower()}"


def _questions(knowledge: Knowledge) -> Iterator[str]:
    for question in knowledge.questions.values():
        where = f"question {question.id}"
        yield from _unknown("concept", where, question.options, knowledge.concepts)
        for name in question.today_if:
            if name not in question.options:
                yield f"{where}: today_if names {name}, which is none of its options"
        for choice in question.choices:
            named = [name.removesuffix(".ongoing") for name in (*choice.present, *choice.absent)]
            yield from _unknown("concept", where, named, knowledge.concepts)
        forms = [bool(question.options), question.number is not None, bool(question.choices)]
        if sum(forms) != 1:
            yield f"{where}: needs exactly one of options, number, choices"
        if question.number is not None and question.number not in MEASURES and time_of(question.number) is None:
            yield f"{where}: unknown quantity {question.number!r}"
        if question.applies is not None:
            yield from _condition(where, question.applies, knowledge)
        for text in (question.ask, question.why):
            if "en" not in text:
                yield f"{where}: has no English text"


def _protocols(knowledge: Knowledge) -> Iterator[str]:
    advice = knowledge.replies["en"].advice if "en" in knowledge.replies else {}
    for protocol in knowledge.protocols.values():
        where = f"protocol {protocol.id}"
        yield from _unknown("question", where, protocol.questions, knowledge.questions)
        yield from _unknown("advice", where, protocol.advice, advice)
        yield from _unknown("source", where, protocol.sources, knowledge.sources)
        yield from _condition(where, protocol.opening, knowledge)
        for level in protocol.levels:
            yield from _condition(where, level.condition, knowledge)
        if len(set(protocol.questions)) != len(protocol.questions):
            yield f"{where}: asks a question twice"
        if protocol.unanswered < protocol.default:
            yield f"{where}: 'unanswered' is calmer than 'default'"
    for modifier in knowledge.modifiers:
        yield from _condition(f"modifier {modifier.id}", modifier.condition, knowledge)


def _articles(knowledge: Knowledge) -> Iterator[str]:
    for article in (*knowledge.articles, *knowledge.withheld):
        where = f"article {article.id}"
        if article.language not in LANGUAGES:
            yield f"{where}: unknown language {article.language!r}; choose from: {', '.join(LANGUAGES)}"
        yield from _unknown("source", where, article.sources, knowledge.sources)
        yield from _unknown("concept", where, article.concepts, knowledge.concepts)


def _replies(knowledge: Knowledge) -> Iterator[str]:
    names = {level.name.lower() for level in Disposition}
    english = knowledge.replies.get("en")
    if english is None:
        yield "replies/en.yaml is missing"
        return
    for language, replies in knowledge.replies.items():
        where = f"replies/{language}.yaml"
        if set(replies.cards) != names:
            yield f"{where}: cards must be exactly {', '.join(sorted(names))}"
        for part in ("text", "advice", "headings"):
            for key in sorted(set(getattr(english, part)) - set(getattr(replies, part))):
                yield f"{where}: {part}.{key} is missing"


def _measurements(knowledge: Knowledge) -> Iterator[str]:
    known = knowledge.measurements
    for name in sorted(MEASURES - PERSON - known.keys()):
        yield f"measurements.yaml: nothing says what {name!r} is called"
    for item in known.values():
        where = f"measurements.yaml, {item.id}"
        yield from _unknown("source", where, item.sources, knowledge.sources)
        yield from _unknown("measurement", where, item.parts, known)
        if item.alone is not None:
            yield from _unknown("concept", where, (*item.alone.after, *item.alone.conditions), knowledge.concepts)


def _topics(knowledge: Knowledge) -> Iterator[str]:
    slugs = {article.slug for article in knowledge.articles}
    for tag, table in knowledge.topics.items():
        named = [slug for slug in table if not slug.startswith("other.")]
        yield from _unknown("article", f"topics/{tag}.yaml", named, slugs)


def _requests(knowledge: Knowledge) -> Iterator[str]:
    where = "requests.yaml"
    table = knowledge.requests
    kinds = {concept.id for concept in knowledge.concepts.values() if concept.kind == "request"}
    texts = knowledge.replies["en"].text if "en" in knowledge.replies else {}
    rules = [rule.id for rule in knowledge.rules]
    named = (
        *table.small_talk,
        *(name for item in table.by_article for name in (item.request, *item.over)),
        *table.courtesies,
        *table.without_symptoms,
        *table.refused,
        *(name for item in table.variants for name in item.requests),
        *(item.request for item in table.lines),
        *table.before_complaint,
        *table.reasons,
        *table.while_asking,
    )
    yield from _unknown("request", f"{where}, order", table.order, kinds)
    yield from _unknown("request", where, named, table.order)
    yield from _unknown("request", where, (*table.information, *table.signs, *table.what_now), kinds)
    yield from _unknown("concept", f"{where}, no_telling", table.no_telling, knowledge.concepts)
    for missing in sorted(kinds - {*table.order, *table.information, *table.signs, *table.what_now}):
        yield f"{where}: order lacks {missing!r}"
    advice = knowledge.replies["en"].advice if "en" in knowledge.replies else {}
    yields_to = [key for item in table.by_article for key in item.yields_to]
    yield from _unknown("advice", f"{where}, yields_to", yields_to, advice)
    said = [concept.say for concept in knowledge.concepts.values() if concept.say is not None]
    said += table.while_asking.values()
    said += [key for item in table.by_article for key in (item.lead, item.otherwise, item.urgent) if key is not None]
    said += [key for item in table.lines for key in (item.say, item.otherwise)]
    for situation in table.situations:
        lines = [key for key in (situation.line_text, situation.no_line_text) if key is not None]
        if len(lines) != (2 if situation.line else 0):
            yield f"{where}: a situation needs line, line_text and no_line_text together"
        said += [*situation.say, *situation.other, *situation.then, *lines]
        yield from _unknown("rule", where, situation.rules, rules)
        yield from _unknown("protocol", where, situation.protocols, knowledge.protocols)
        yield from _unknown("request", where, situation.requests, table.order)
    for variant in table.variants:
        said += variant.say
        yield from _unknown("rule", where, variant.rules, rules)
        yield from _unknown("concept", f"{where}, variants", variant.present, knowledge.concepts)
    yield from _unknown("text", where, said, texts)
    conditions = [(f"rule {rule.id}", rule.condition) for rule in knowledge.rules]
    conditions += [(f"protocol {item.id}", item.opening) for item in knowledge.protocols.values()]
    for place, condition in conditions:
        for atom in atoms(condition):
            if not isinstance(atom, Compare) and atom.concept in kinds:
                yield f"{place}: {atom.concept!r} is a request, no finding"
