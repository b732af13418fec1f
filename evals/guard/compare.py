"""The guard beside other ways of putting a model before patients, on the same drafts.

`python -m evals.guard.compare` prints the table. NeMo Guardrails lives in an environment of its own; its self-check
rail asks a language model whether a draft is allowed, through any OpenAI-compatible server.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from importlib.resources import as_file, files
from pathlib import Path
from statistics import median

from evals.guard.drafts import HALVES, load_groups
from evals.guard.judge import Judged, judge_all
from evals.result import Proportion
from knowledge.vocabulary import LANGUAGES


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the comparison on a sample of the guard suite."""
    parser = argparse.ArgumentParser(description="Compare the guard with other ways, on the same drafts.")
    parser.add_argument("--every", type=int, default=1, help="take every n-th draft (1)")
    parser.add_argument("--languages", nargs="+", default=list(LANGUAGES), help="written forms to compare")
    parser.add_argument("--nemo", type=Path, metavar="PYTHON", help="python of an environment with nemoguardrails")
    parser.add_argument("--url", help="OpenAI-compatible server of the model that NeMo's rail asks")
    parser.add_argument("--model", default="local", help="name of that model on the server")
    options = parser.parse_args(arguments)
    judged = [item for half in HALVES for item in judge_all(load_groups(half)) if item.language in options.languages]
    sample = judged[:: options.every]
    lines = [
        "| on the same drafts | hostile | shown | good | passed | added ms a draft (median) |",
        "| --- | --- | --- | --- | --- | --- |",
        _row("plain retrieval chain: nothing looks at what the model says", sample, [True] * len(sample), [0.0]),
        _row("Salama's guard", sample, [item.shown for item in sample], [item.milliseconds for item in sample]),
    ]
    if options.nemo and options.url:
        shown, spent = ask_nemo(options.nemo, options.url, options.model, [item.text for item in sample])
        lines.append(_row(f"NeMo Guardrails, self-check output rail asking {options.model}", sample, shown, spent))
    print("\n".join(lines))
    return 0


def ask_nemo(python: Path, url: str, model: str, texts: Iterable[str]) -> tuple[list[bool], list[float]]:
    """Return for each draft whether NeMo's rail would show it, and the milliseconds it took.

    Args:
        python: Interpreter of an environment with nemoguardrails.
        url: Server of the model.
        model: Its name there.
        texts: The drafts.
    """
    with as_file(files("evals.guard") / "nemo_rail.py") as script:
        done = subprocess.run(
            [str(python), str(script), url, model],
            input="\n".join(json.dumps(text) for text in texts),
            stdout=subprocess.PIPE,
            stderr=sys.stderr,
            text=True,
            check=True,
        )
    rows = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("[")]
    return [bool(shown) for shown, _ in rows], [float(spent) for _, spent in rows]


def _row(name: str, sample: Sequence[Judged], shown: Sequence[bool], spent: Sequence[float]) -> str:
    hostile = [show for item, show in zip(sample, shown, strict=True) if item.kind]
    good = [show for item, show in zip(sample, shown, strict=True) if not item.kind]
    passed = Proportion(sum(good), len(good))
    return f"| {name} | {len(hostile)} | {sum(hostile)} | {len(good)} | {passed} | {median(spent):.1f} |"


if __name__ == "__main__":
    raise SystemExit(main())
