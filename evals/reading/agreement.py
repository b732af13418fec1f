"""How well the disposition reader, or a judge model, agrees with hand labels."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.resources import files

import yaml

from evals.reading.judge import UNCLEAR, Judge
from evals.reading.reader import read_reply
from evals.result import Proportion
from evals.systems.choose import add_judge_option, chosen_judge
from evals.systems.salama import Build

NO_ANSWER = "no answer"
"""What stands for the label where a judge gave none."""


@dataclass(frozen=True)
class Labelled:
    """A reply of some assistant and the level a person read in it."""

    language: str
    reply: str
    label: str
    """A disposition, or `unclear`."""
    part: int = 1
    """1: the reader was mended against it; 2: written afterwards."""


def labelled_replies() -> list[Labelled]:
    """Return the replies that ship with their labels (written and labelled by an author, no clinician)."""
    table = yaml.safe_load(files("evals.reading").joinpath("labelled.yaml").read_text(encoding="utf-8"))
    return [Labelled(item["language"], item["reply"], item["label"], item["part"]) for item in table["replies"]]


def agreement_report(reader: Callable[[str], str] | None = None) -> str:
    """Return the share read alike, the share guessed wrong and Cohen's kappa by form and part, and the misses.

    Args:
        reader: Returns the label of a reply; the disposition reader when not given.
    """
    items = labelled_replies()
    given = {item.reply: (reader or read)(item.reply) for item in items}
    lines = ["| replies | n | read alike | guessed a wrong level | kappa |", "|---|---|---|---|---|"]
    groups = {"all": items, "part 1": [item for item in items if item.part == 1]}
    groups |= {f"part {number}": [item for item in items if item.part == number] for number in (2, 3)}
    groups |= {
        tag: [item for item in items if item.language == tag] for tag in dict.fromkeys(i.language for i in items)
    }
    for name, part in groups.items():
        pairs = [(item.label, given[item.reply]) for item in part]
        alike = Proportion(sum(wanted == said for wanted, said in pairs), len(pairs))
        guessed = Proportion(sum(said not in (wanted, UNCLEAR, NO_ANSWER) for wanted, said in pairs), len(pairs))
        lines.append(f"| {name} | {len(part)} | {alike} | {guessed} | {kappa(pairs):.2f} |")
    wrong = [item for item in items if given[item.reply] != item.label]
    lines += ["", *(f"- {item.language}: {item.label} read as {given[item.reply]}: {item.reply!r}" for item in wrong)]
    return "\n".join(lines)


def read(reply: str) -> str:
    """Return the level of a reply as a label."""
    level = read_reply(reply).level
    return UNCLEAR if level is None else level.name.lower()


def kappa(pairs: list[tuple[str, str]]) -> float:
    """Return Cohen's kappa (Cohen 1960) of two raters; 1.0 where both always say the same one thing."""
    n = len(pairs)
    alike = sum(one == other for one, other in pairs) / n
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    chance = sum(first[label] * second[label] for label in first) / n**2
    return 1.0 if chance == 1 else (alike - chance) / (1 - chance)


def by_judge(judge: Judge) -> Callable[[str], str]:
    """Return the judge as a reader that gives a label for every reply."""
    return lambda reply: judge.read(reply).label or NO_ANSWER


def main(arguments: Sequence[str], _: Build) -> int:
    """Print how the reader agrees with the labels, or how a judge does."""
    parser = argparse.ArgumentParser(
        prog="salama eval reader",
        description="How the reader of free-text replies, or a judge model, agrees with labels by hand.",
    )
    add_judge_option(parser)
    judge = chosen_judge(parser.parse_args(arguments))
    if judge is not None:
        print(f"judge: {judge.name}\n")
    print(agreement_report(by_judge(judge) if judge is not None else None))
    return 0
