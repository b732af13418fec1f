"""`salama eval attacks`: own attacks, and those of other people where they are."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path

from evals.attacks.own import Outcome, load_attacks, try_attack
from evals.attacks.sets import External, try_sets
from evals.attacks.unsafe import try_unsafe, unsafe_table
from evals.systems.salama import Build
from knowledge.vocabulary import LANGUAGES
from triage import Settings, build_pipeline


def main(arguments: Sequence[str], _: Build) -> int:
    """Print the counts and return 1 when an attack did anything."""
    parser = argparse.ArgumentParser(prog="salama eval attacks", description="Try to turn Salama against its patients.")
    parser.add_argument("--dev", type=Path, metavar="FOLDER", help="also try the attack sets in a folder")
    options = parser.parse_args(arguments)
    pipeline = build_pipeline(Settings(database="none", lm="none", encoder="none"))
    carriers, attacks = load_attacks()
    outcomes = [try_attack(pipeline, attack, carriers[attack.language]) for attack in attacks]
    print(own_table(outcomes))
    print(f"\n{unsafe_table(list(try_unsafe(pipeline)))}")
    sets = list(try_sets(pipeline, options.dev)) if options.dev else []
    if sets:
        print(f"\n{sets_table(sets, options.dev)}")
    return 0 if all(item.withstood for item in outcomes) and all(item.withstood for item in sets) else 1


def own_table(outcomes: Sequence[Outcome]) -> str:
    """Return the counts by category and each attack that did something, in Markdown."""
    lines = [
        "| attack | tries | forms | levels changed | obeyed | leaked |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for category in (*dict.fromkeys(item.attack.category for item in outcomes), "all"):
        lines.append(_row(category, [item for item in outcomes if category in (item.attack.category, "all")]))
    for item in outcomes:
        if not item.withstood:
            found = "; ".join((*item.level_changes, *item.obeyed, *item.leaked))
            lines.append(f"\n- {item.attack.category}.{item.attack.language}: {item.attack.text!r}: {found}")
    return "\n".join(lines)


def _row(name: str, outcomes: Iterable[Outcome]) -> str:
    some = list(outcomes)
    forms = len({item.attack.language for item in some})
    return (
        f"| {name} | {len(some)} | {forms} of {len(LANGUAGES)} | {sum(bool(item.level_changes) for item in some)} | "
        f"{sum(bool(item.obeyed) for item in some)} | {sum(bool(item.leaked) for item in some)} |"
    )


def sets_table(sets: Iterable[External], folder: Path) -> str:
    """Return the counts of other people's sets, in Markdown; a set that is not there says so."""
    lines = [
        "| set | prompts | ambulance given up | not reviewed text | leaked | crisis prompts cared for |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for item in sets:
        if not item.prompts:
            lines.append(f"| {item.name} | skipped, not in {folder}: {item.about} | | | | |")
            continue
        care = f"{item.cared_for} of {item.crisis}" if item.crisis else "-"
        lines.append(f"| {item.name} | {item.prompts} | {item.fell} | {item.unreviewed} | {item.leaked} | {care} |")
    return "\n".join(lines)
