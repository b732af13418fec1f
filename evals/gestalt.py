"""`python -m evals.gestalt`: learn the gestalt from labelled messages, or measure what it hears and what it adds.

What it learns from are the messages of `evals/wordings` and `evals/messages`; never the suites, which measure it.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from importlib.resources import as_file, files
from pathlib import Path

import numpy
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from evals.metrics import emergency_sensitivity, false_alarms
from evals.result import Proportion
from evals.runner import run
from evals.suites import load
from evals.systems.salama import Salama
from evals.vignette import Vignette, load_suite
from knowledge.vocabulary import LANGUAGES
from triage import Settings, build_pipeline
from triage.gestalt import FOLDER, Gestalt, features

VERSION = 5
"""Count it up when the messages or the features change."""
BUCKETS = 1 << 18
STRENGTH = 20.0
"""Inverse of the regularisation."""
FOLDS = 5
MOST_FALSE = 0.0125
"""Share of held-out calm messages of a written form that may read like an emergency; its threshold follows from it."""


def main() -> int:
    """Write the weights, or print what a model of part of the messages hears in the rest."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--measure", action="store_true", help="hold out blocks of neighbours, a fifth of them at a time; write nothing"
    )
    parser.add_argument("--ablation", action="store_true", help="print what it adds to the rules on unseen suites")
    parser.add_argument("--out", type=Path, default=FOLDER, help="folder for the weights")
    options = parser.parse_args()
    if options.ablation:
        _print_ablation()
        return 0
    learnt_from = messages()
    matrix, labels = examples(learnt_from)
    strengths = cross_validated(learnt_from, matrix, labels)
    thresholds = thresholds_for(strengths, learnt_from)
    _print(strengths, learnt_from, thresholds)
    if not options.measure:
        write(learn(matrix, labels, thresholds), options.out)
    return 0


def messages() -> list[Vignette]:
    """Return the messages to learn from, those of each written form together."""
    return [*_read("wordings"), *_read("messages")]


def held_out() -> list[Vignette]:
    """Return messages of the same authors that are neither learnt from nor read while mending."""
    return _read("messages", "held_out")


def _read(*folders: str) -> list[Vignette]:
    with as_file(files("evals").joinpath(*folders)) as folder:
        return [item for path in sorted(folder.glob("*.jsonl")) for item in load_suite(path)]


def text_of(vignette: Vignette) -> str:
    """Return what the patient wrote, all turns together."""
    return " . ".join(vignette.turns)


def examples(items: Sequence[Vignette]) -> tuple[csr_matrix, NDArray[numpy.bool_]]:
    """Return the features of messages, a row for each, and which of them are emergencies."""
    columns: list[int] = []
    values: list[float] = []
    starts = [0]
    for item in items:
        found = sorted(features(text_of(item), BUCKETS))
        columns += found
        values += [len(found) ** -0.5] * len(found)
        starts.append(len(columns))
    matrix = csr_matrix((values, columns, starts), shape=(len(items), BUCKETS))
    return matrix, numpy.array([item.group == "emergency" for item in items])


def learn(matrix: csr_matrix, labels: NDArray[numpy.bool_], thresholds: Mapping[str, float]) -> Gestalt:
    """Return a model of messages with its weights rounded to a byte.

    Args:
        matrix: Their features, as of `examples`.
        labels: Which of them are emergencies.
        thresholds: For each written form the probability from which a message is an alarm.

    Raises:
        ModuleNotFoundError: scikit-learn is not installed; it comes with the extra `dense`.
    """
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=STRENGTH, solver="liblinear", random_state=0, max_iter=400)
    model.fit(matrix, labels)
    weights = model.coef_[0]
    # a few weights of words that are nearly always there are large; what lies beyond is cut, which changes little
    scale = float(numpy.quantile(numpy.abs(weights[weights != 0]), 0.9995)) / 127
    rounded = numpy.clip(numpy.rint(weights / scale), -127, 127).astype(numpy.int8)
    return Gestalt(rounded.tobytes(), scale, float(model.intercept_[0]), thresholds, VERSION)


def cross_validated(learnt_from: Sequence[Vignette], matrix: csr_matrix, labels: NDArray[numpy.bool_]) -> list[float]:
    """Return for each message how strongly a model that has not seen its author's neighbouring messages is alarmed."""
    strengths = [0.0] * len(learnt_from)
    # neighbours in a file are often variants of one another, so they are held out together
    folds = numpy.arange(len(learnt_from)) // 40 % FOLDS
    for fold in range(FOLDS):
        kept = folds != fold
        model = learn(matrix[kept], labels[kept], {})
        for index in numpy.flatnonzero(~kept).tolist():
            strengths[index] = model.strength(text_of(learnt_from[index]))
    return strengths


def thresholds_for(strengths: Sequence[float], learnt_from: Sequence[Vignette]) -> dict[str, float]:
    """Return for each written form the lowest threshold at which few enough held-out calm messages are an alarm."""
    thresholds = {}
    for language in LANGUAGES:
        of = zip(strengths, learnt_from, strict=True)
        calm = sorted(value for value, item in of if item.language == language and item.group != "emergency")
        thresholds[language] = round(calm[int(len(calm) * (1 - MOST_FALSE))], 3)
    return thresholds


def write(model: Gestalt, folder: Path) -> None:
    """Write a model where `triage.gestalt.load_gestalt` reads it."""
    folder.mkdir(parents=True, exist_ok=True)
    known = {name: getattr(model, name) for name in ("scale", "bias", "thresholds", "version")}
    (folder / "model.json").write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")
    (folder / "weights.bin").write_bytes(model.weights)


def _print(strengths: Sequence[float], learnt_from: Sequence[Vignette], thresholds: Mapping[str, float]) -> None:
    print(f"{len(learnt_from)} messages, each judged by a model that has not seen it or its neighbours")
    for language, threshold in thresholds.items():
        for urgent in (True, False):
            of = [
                strength >= threshold
                for strength, item in zip(strengths, learnt_from, strict=True)
                if item.language == language and (item.group == "emergency") is urgent
            ]
            kind = "emergencies" if urgent else "calm"
            found = Proportion(sum(of), len(of))
            print(f"  {language:9} {kind:12} alarmed from {threshold:.3f} on: {found}")


def _print_ablation() -> None:
    """Print what the rules find alone and with the gestalt, in messages that nobody mended against."""
    unseen = [item for suite in load([]) if suite.unseen for item in suite.vignettes]
    settings = Settings(database="none", lm="none", encoder="none")
    whole = build_pipeline(settings)
    alone = build_pipeline(settings.model_copy(update={"gestalt": False}), like=whole)
    for measured, vignettes in (
        ("unseen suites", unseen),
        ("held-out messages of the authors it learnt from", held_out()),
    ):
        print(measured)
        for name, pipeline in (("rules alone", alone), ("with the gestalt", whole)):
            results = run(Salama(pipeline), vignettes)
            for language in (None, *LANGUAGES):
                of = [item for item in results if language in (None, item.vignette.language)]
                line = f"emergencies {emergency_sensitivity(of)}, false alarms {false_alarms(of)}"
                print(f"  {name:17} {language or 'all':9} {line}")


if __name__ == "__main__":
    raise SystemExit(main())
