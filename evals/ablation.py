"""`python -m evals.ablation`: what the second voice adds to the words, on the suites, in questions asked.

The second voice never sets a level, so what it is worth is this: of the emergencies that the words alone miss, for
how many does it ask the confirming question that makes them one, and how often does it ask people who are no emergency.
`--keep 0.5` takes half the wordings out of the lexicon first, as if nobody had foreseen them, and measures the
encoder's thresholds on what is left.
"""

from __future__ import annotations

import argparse
import hashlib
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from evals.result import Proportion
from evals.suites import shipped
from evals.vignette import Vignette, load_suite
from knowledge import Knowledge, load_knowledge
from triage import Encounter, Subject, TriagePipeline, build_pipeline, read_settings
from triage.confirming import concept_asked
from triage.gathering import FactsBuilder
from triage.upkeep import semantic_voice


@dataclass
class Played:
    """What one engine did with one vignette."""

    vignette: Vignette
    emergency: bool
    """Whether hospital care now was advised after the last turn."""
    evidence: frozenset[str] = frozenset()
    """Concepts behind the rules that held."""
    confirming: list[str] = field(default_factory=list)
    """Concepts that confirming questions asked about, in order."""
    open: str | None = None
    """The concept asked about on the last turn."""
    after_yes: bool = False
    """Whether it is an emergency once that question is answered with yes."""
    questions: int = 0
    milliseconds: float = 0.0


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "suites", nargs="*", type=Path, help="files of vignettes; the shipped suites when none is given"
    )
    parser.add_argument("--keep", type=float, default=1.0, help="share of the wordings that stay in the lexicon")
    parser.add_argument("--encoder", default="auto", help="registered encoder to listen with")
    options = parser.parse_args()
    settings = read_settings().model_copy(
        update={"database": "none", "lm": "none", "lm_url": None, "encoder": options.encoder, "second_voice": "auto"}
    )
    knowledge = thin_out(load_knowledge(), options.keep)
    plain = build_pipeline(settings.model_copy(update={"encoder": "none"}), knowledge=knowledge)
    voice = semantic_voice(settings, plain, measure_anew=options.keep < 1)
    if voice is None:
        print("no encoder with thresholds; get one with: salama models pull")
        return 1
    heard = build_pipeline(settings, like=plain, voices=[voice])
    vignettes = [item for path in options.suites or shipped() for item in load_suite(path)]
    print(f"{len(vignettes)} vignettes, {options.keep:.0%} of the wordings, {voice.name}")
    print("\n".join(table(knowledge, play(plain, vignettes), play(heard, vignettes), voice.languages)))
    return 0


def thin_out(knowledge: Knowledge, keep: float) -> Knowledge:
    """Return the content with a fixed random share of the wordings of findings."""
    if keep >= 1:
        return knowledge
    lexicons = {
        tag: replace(
            lexicon,
            wordings=tuple(item for item in lexicon.wordings if _share(f"{item.concept}:{item.words}") < keep),
        )
        for tag, lexicon in knowledge.lexicons.items()
    }
    return replace(knowledge, lexicons=lexicons)


def play(pipeline: TriagePipeline, vignettes: Iterable[Vignette]) -> list[Played]:
    """Play every vignette, and answer yes to a confirming question that is open at its end."""
    found = []
    for vignette in vignettes:
        encounter = Encounter(
            language=vignette.language if vignette.language in pipeline.knowledge.replies else "en",
            country=vignette.country,
            subject=Subject.model_validate(vignette.subject),
        )
        turns = [pipeline.respond(encounter, text) for text in vignette.turns]
        last = turns[-1]
        asked = [concept_asked(turn.reply.question.id) for turn in turns if turn.reply.question is not None]
        played = Played(
            vignette,
            emergency=last.assessment.disposition.is_emergency,
            evidence=frozenset(
                item.concept.removesuffix(".ongoing") for hit in last.assessment.hits for item in hit.because
            ),
            confirming=[concept for concept in asked if concept is not None],
            open=concept_asked(last.reply.question.id) if last.reply.question is not None else None,
            questions=len(encounter.asked),
            milliseconds=statistics.mean(turn.milliseconds for turn in turns),
        )
        if played.open is not None:
            played.after_yes = pipeline.respond(encounter, "yes").assessment.disposition.is_emergency
        found.append(played)
    return found


def table(
    knowledge: Knowledge, words: Sequence[Played], heard: Sequence[Played], languages: Sequence[str]
) -> list[str]:
    """Return the lines of the table: all languages, those that the encoder understands, and each of them."""
    lines = [
        "| language | missed by words | next question confirms | the right one | emergency after yes "
        "| non-emergencies asked one | questions per vignette, words / both | ms per turn, words / both |",
        "|---|---|---|---|---|---|---|---|",
    ]
    gold = _gold(knowledge, words)
    for name, wanted in (("all", None), ("understood", set(languages)), *((tag, {tag}) for tag in languages)):
        pairs = [
            pair for pair in zip(words, heard, strict=True) if wanted is None or pair[0].vignette.language in wanted
        ]
        emergencies = [pair for pair in pairs if min(pair[0].vignette.reference).is_emergency]
        calm = [pair for pair in pairs if not max(pair[0].vignette.reference).is_emergency]
        missed = [both for alone, both in emergencies if not alone.emergency]
        asked = [item for item in missed if item.open is not None]
        right = [item for item in asked if _closure(knowledge, item.open) & gold.get(_case(item.vignette), frozenset())]
        cells = (
            Proportion(len(missed), len(emergencies)),
            Proportion(len(asked), len(missed)),
            Proportion(len(right), len(missed)),
            Proportion(sum(item.after_yes for item in missed), len(missed)),
            Proportion(sum(bool(both.confirming) for _, both in calm), len(calm)),
            " / ".join(f"{statistics.mean(item.questions for item in side):.2f}" for side in zip(*pairs, strict=True)),
            " / ".join(
                f"{statistics.median(item.milliseconds for item in side):.1f}" for side in zip(*pairs, strict=True)
            ),
        )
        lines.append(f"| {name} | {' | '.join(map(str, cells))} |")
    lines.append("")
    changed = sum(alone.emergency and not both.emergency for alone, both in zip(words, heard, strict=True))
    lines.append(f"emergencies found by words alone and not with the second voice: {changed}")
    for item in heard:
        if item.open is not None and min(item.vignette.reference).is_emergency and not item.emergency:
            lines.append(
                f"- missed {item.vignette.id}: asks {item.open}, {'emergency' if item.after_yes else 'no'} after yes"
            )
        elif item.confirming and not max(item.vignette.reference).is_emergency:
            lines.append(f"- extra  {item.vignette.id}: asks {', '.join(item.confirming)}")
    return lines


def _gold(knowledge: Knowledge, words: Sequence[Played]) -> dict[str, frozenset[str]]:
    """Return what rules rest on in any written form of each case, as the words found it in some form."""
    found: dict[str, frozenset[str]] = {}
    for item in words:
        if item.emergency:
            case = _case(item.vignette)
            whole = frozenset(name for concept in item.evidence for name in _closure(knowledge, concept))
            found[case] = found.get(case, frozenset()) | whole
    return found


def _closure(knowledge: Knowledge, concept: str | None) -> set[str]:
    return FactsBuilder(knowledge.concepts).implied(concept) if concept is not None else set()


def _case(vignette: Vignette) -> str:
    return vignette.parallel or vignette.id


def _share(text: str) -> float:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=4).digest()) / 2**32


if __name__ == "__main__":
    raise SystemExit(main())
