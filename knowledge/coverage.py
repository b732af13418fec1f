"""Coverage: in how many ways a patient can say each concept, in each written form.

A concept can be said by its wordings: a wording counts as often as its words can be chosen (a class of four forms
counts four), except those that say that it is absent. It can also be said by another concept that brings it along, or
by the parts it follows from: each counts once where it can be said itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import chain
from math import prod
from typing import Literal

from knowledge.checks import time_of
from knowledge.conditions import All, Any, Compare, Condition, NoneOf, atoms
from knowledge.files import read_items, yaml_files
from knowledge.lexicon import Lexicon
from knowledge.loader import Knowledge
from knowledge.schema import Concept
from knowledge.vocabulary import LANGUAGES, Disposition

Status = Literal["complete", "partial", "none"]

COMPLETE = 5
"""Ways to say a concept from which its coverage is complete."""
_MOST = 1_000_000
_ONGOING = ".ongoing"
_SHARED = {"ary": ("ary", "ary-Latn"), "ary-Latn": ("ary-Latn", "ary")}
"""Forms of one speech: a class of one may be used in wordings of the other."""


@dataclass(frozen=True)
class Coverage:
    """Ways to say each concept."""

    ways: Mapping[str, Mapping[str, int]]
    """Concept to written form to number of ways."""
    lines: Mapping[str, Mapping[str, int]]
    """The same, counting each line of the lexicon once and nothing else."""
    exempt: frozenset[str]
    """Concepts without a wording that numbers and answers set."""

    def status(self, concept: str, language: str) -> Status:
        """Return whether a concept can be said in a written form."""
        count = self.ways[concept].get(language, 0)
        return "complete" if count >= COMPLETE else "partial" if count else "none"

    def gaps(self, concepts: Iterable[str]) -> Iterator[str]:
        """Yield each concept that lacks a written form, with the forms."""
        for concept in sorted(set(concepts) - self.exempt):
            missing = [tag for tag in LANGUAGES if self.status(concept, tag) == "none"]
            if missing:
                yield f"{concept}: no wording in {', '.join(missing)}"


def coverage(knowledge: Knowledge) -> Coverage:
    """Count the ways to say every concept; requests and `x.ongoing`, which is said as `x`, are left out."""
    told = {
        item.id for item in knowledge.concepts.values() if item.kind != "request" and not item.id.endswith(_ONGOING)
    }
    said = {tag: _said(tag, knowledge.lexicons) for tag in LANGUAGES}
    ways = {concept: {tag: said[tag][concept] for tag in LANGUAGES} for concept in told}
    for concept in told:
        for tag in LANGUAGES:
            ways[concept][tag] += _derived(concept, said[tag], knowledge)
    unworded = {concept for concept in told if not any(ways[concept].values())}
    lines = {tag: Counter(item.concept for item in lexicon.wordings) for tag, lexicon in knowledge.lexicons.items()}
    written = {concept: {tag: lines[tag][concept] for tag in lines} for concept in told}
    return Coverage(ways, written, frozenset(unworded & _set_otherwise(knowledge)))


def looked_at(knowledge: Knowledge, disposition: Disposition) -> set[str]:
    """Return every concept that the rules of a disposition look at."""
    conditions = [rule.condition for rule in knowledge.rules if rule.disposition is disposition]
    return {concept for condition in conditions for concept in _concepts(condition)}


def lacking(knowledge: Knowledge) -> list[str]:
    """Return the concepts that an ambulance may hang on and that some written form cannot say."""
    return list(coverage(knowledge).gaps(looked_at(knowledge, Disposition.AMBULANCE)))


def _concepts(condition: Condition) -> Iterator[str]:
    for atom in atoms(condition):
        if not isinstance(atom, Compare):
            yield atom.concept.removesuffix(_ONGOING)
        elif (time := time_of(atom.quantity)) is not None:
            yield time[0].removesuffix(".constant")


def _said(tag: str, lexicons: Mapping[str, Lexicon]) -> Counter[str]:
    """Count the ways by wordings alone."""
    found: Counter[str] = Counter()
    if tag not in lexicons:
        return found
    speech = [lexicons[form] for form in _SHARED.get(tag, (tag,)) if form in lexicons]
    sizes: Counter[str] = Counter()
    for lexicon in speech:
        for name, forms in lexicon.classes.items():
            sizes[f"@{name}"] += len(set(forms))
    for wording in lexicons[tag].wordings:
        if not wording.negated:
            found[wording.concept] += min(_MOST, prod(sizes.get(word, 1) for word in wording.words))
    return found


def _derived(concept: str, said: Mapping[str, int], knowledge: Knowledge) -> int:
    """Count the concepts that bring one along, and the sums it follows from, where each can be said."""
    bringing = [other.id for other in knowledge.concepts.values() if concept in other.implies and said[other.id]]
    sums = [part for part in knowledge.concepts[concept].sums if _sayable(part, said)]
    return len(bringing) + len(sums)


def _sayable(condition: Condition, said: Mapping[str, int]) -> bool:
    match condition:
        case All(parts):
            return all(_sayable(part, said) for part in parts)
        case Any(parts):
            return any(_sayable(part, said) for part in parts)
        case NoneOf() | Compare():
            return True
        case _:
            return bool(said[condition.concept.removesuffix(_ONGOING)])


def _set_otherwise(knowledge: Knowledge) -> set[str]:
    """Return the concepts that a number implies, an answer sets, or that another becomes once it has passed."""
    numbers = chain.from_iterable(lexicon.numbers.implies.values() for lexicon in knowledge.lexicons.values())
    questions = knowledge.questions.values()
    options = chain.from_iterable(question.options for question in questions)
    chosen = chain.from_iterable(
        (*choice.present, *choice.absent) for question in questions for choice in question.choices
    )
    passed = (concept.when_gone for concept in knowledge.concepts.values() if concept.when_gone)
    return {name.removesuffix(_ONGOING) for name in chain(numbers, options, chosen, passed)}


def markdown(knowledge: Knowledge, domains: Mapping[str, str]) -> str:
    """Return the coverage of every domain and written form, and every gap.

    Args:
        knowledge: The content.
        domains: Concept to domain, as `load_domains` gives them.
    """
    return "\n".join(_lines(coverage(knowledge), domains, lacking(knowledge))) + "\n"


def load_domains(folder: Traversable | None = None) -> dict[str, str]:
    """Return the domain of each concept: the name of its file.

    Args:
        folder: The content folder; the packaged one when None.
    """
    root = folder if folder is not None else files("knowledge") / "content"
    return {
        item.id: path.name.removesuffix(".yaml")
        for path in yaml_files(root / "concepts")
        for item in read_items(path, Concept)
    }


def _lines(found: Coverage, domains: Mapping[str, str], missing: list[str]) -> Iterator[str]:
    yield "# Which concepts can be said in which written form"
    yield ""
    yield "Written by `salama content coverage`; do not edit. A concept is *complete* in a written form from"
    yield f"{COMPLETE} ways to say it, *partial* below, and *none* without any. A wording counts as often as its"
    yield "words can be chosen from their classes; a concept that brings it along, or a sum it follows from,"
    yield "counts once. Cells are complete / partial / none."
    yield ""
    yield f"| domain | concepts | {' | '.join(LANGUAGES)} |"
    yield "|---|---" + "|---" * len(LANGUAGES) + "|"
    for domain in sorted({domains[concept] for concept in found.ways}):
        yield _row(domain, [concept for concept in found.ways if domains[concept] == domain], found)
    yield _row("**all**", list(found.ways), found)
    thin = [sum(found.lines[concept].get(tag, 0) < COMPLETE for concept in found.ways) for tag in LANGUAGES]
    yield f"| fewer than {COMPLETE} lines in the lexicon | | {' | '.join(str(count) for count in thin)} |"
    yield ""
    yield "The two scripts of Darija share their words when a message is read; here each counts its own lexicon."
    yield ""
    yield "## Gaps under danger signs that call an ambulance"
    yield ""
    yield from (f"- {line}" for line in missing or ["none"])
    yield ""
    yield "## Every concept that is not complete"
    yield ""
    for concept in sorted(found.ways):
        weak = [tag for tag in LANGUAGES if found.status(concept, tag) != "complete"]
        if weak:
            ways = ", ".join(f"{tag} {found.status(concept, tag)}" for tag in weak)
            told = "; set by numbers and answers" if concept in found.exempt else ""
            yield f"- `{concept}` ({domains[concept]}): {ways}{told}"


def _row(name: str, concepts: Sequence[str], found: Coverage) -> str:
    cells = []
    for tag in LANGUAGES:
        counts = Counter(found.status(concept, tag) for concept in concepts)
        cells.append(f"{counts['complete']} / {counts['partial']} / {counts['none']}")
    return f"| {name} | {len(concepts)} | {' | '.join(cells)} |"
