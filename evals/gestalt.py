"""`python -m evals.gestalt`: learn the gestalt from labelled messages, or measure what it hears and what it adds.

What it learns from are the messages of `evals/wordings` and `evals/messages`; never the suites, which measure it.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.resources import as_file, files
from pathlib import Path

import numpy
from numpy.typing import NDArray
from scipy.sparse import csr_array

from evals.metrics import emergency_sensitivity, false_alarms
from evals.result import Proportion
from evals.runner import run
from evals.suites import load
from evals.systems.salama import Salama
from evals.vignette import Vignette, load_suite
from knowledge.vocabulary import LANGUAGES
from triage import Settings, build_pipeline
from triage.gestalt import ALARM, CALM, FOLDER, RECORD, SURE, Gestalt, features

VERSION = 14
"""Count it up when the messages or the features change."""
KINDS = len(features(""))
SHARES = numpy.array([1.0, 1.5, 1.0, 1.0, 1.5, 1.0])
"""How much each kind of feature has to say: pairs of words more than words and their pieces."""
LEAST_TIMES = 2
"""Messages that must have a feature; what stands in one alone says who wrote it."""
STRENGTH = 6.0
"""Inverse of the regularisation."""
FOLDS = 5


@dataclass(frozen=True)
class Examples:
    """Messages to learn from.

    Args:
        matrix: Which features (columns) a message (row) has, as ones.
        kinds: Of each feature its kind.
        pieces: Of each feature its hash.
        labels: Of each message whether it is an emergency.
    """

    matrix: csr_array
    kinds: NDArray[numpy.int64]
    pieces: NDArray[numpy.int64]
    labels: NDArray[numpy.bool_]

    def times(self) -> NDArray[numpy.float64]:
        """Return how many messages have each feature."""
        return numpy.asarray(self.matrix.sum(axis=0))

    def some(self, rows: NDArray[numpy.bool_]) -> Examples:
        """Return part of the messages."""
        return replace(self, matrix=self.matrix[rows], labels=self.labels[rows])

    def known(self) -> Examples:
        """Return the messages with those features alone that enough of them have."""
        often = self.times() >= LEAST_TIMES
        return replace(self, matrix=self.matrix[:, often], kinds=self.kinds[often], pieces=self.pieces[often])


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
    seen = examples(learnt_from)
    strengths = cross_validated(learnt_from, seen)
    _print(strengths, learnt_from)
    if not options.measure:
        write(learn(seen), options.out)
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


def examples(items: Sequence[Vignette]) -> Examples:
    """Return the features of messages and which of them are emergencies."""
    columns: dict[tuple[int, int], int] = {}
    indices: list[int] = []
    starts = [0]
    for item in items:
        for kind, found in enumerate(features(text_of(item))):
            indices += [columns.setdefault((kind, piece), len(columns)) for piece in sorted(found)]
        starts.append(len(indices))
    shape = (len(items), len(columns))
    matrix = csr_array(
        (numpy.ones(len(indices)), numpy.array(indices, numpy.int32), numpy.array(starts, numpy.int32)), shape=shape
    )
    kinds, pieces = numpy.array(list(columns)).T
    return Examples(matrix, kinds, pieces, numpy.array([item.group == "emergency" for item in items]))


def learn(seen: Examples) -> Gestalt:
    """Return a model of messages with its weights rounded to a byte.

    Args:
        seen: Messages.

    Raises:
        ModuleNotFoundError: scikit-learn is not installed; it comes with the extra `dense`.
    """
    from sklearn.linear_model import LogisticRegression

    known = seen.known()
    weighed, counts = _weighed(known)
    model = LogisticRegression(C=STRENGTH, solver="liblinear", random_state=0, max_iter=400)
    model.fit(weighed, known.labels)
    coefficients = model.coef_[0] * counts
    # a few weights of a kind are very large; what lies beyond is cut, which changes little
    largest = [numpy.quantile(numpy.abs(coefficients[known.kinds == kind]), 0.9995) for kind in range(KINDS)]
    scales = numpy.array(largest) / 127
    rounded = numpy.clip(numpy.rint(coefficients / scales[known.kinds]), -127, 127).astype(int)
    weights = dict(zip(known.pieces.tolist(), rounded.tolist(), strict=True))
    return Gestalt(weights, tuple(scales.tolist()), float(model.intercept_[0]), VERSION)


def _weighed(known: Examples) -> tuple[csr_array, NDArray[numpy.float64]]:
    """Return features as they are learnt, and what each counts: more where it is rare, a kind by its share."""
    size = known.matrix.shape[0]
    rarity = (numpy.log((1 + size) / (1 + known.times())) + 1) ** 2
    rows, columns = known.matrix.nonzero()
    kinds = known.kinds[columns]
    together = rows * KINDS + kinds
    values = rarity[columns] / numpy.sqrt(numpy.bincount(together)[together])
    spread = numpy.sqrt(numpy.bincount(kinds, values**2) / size) / SHARES
    values /= spread[kinds]
    weighed = csr_array((values, known.matrix.indices, known.matrix.indptr), shape=known.matrix.shape)
    return weighed, rarity / spread[known.kinds]


def cross_validated(learnt_from: Sequence[Vignette], seen: Examples) -> list[float]:
    """Return for each message how strongly a model that has not seen its author's neighbouring messages is alarmed."""
    strengths = [0.0] * len(learnt_from)
    # neighbours in a file are often variants of one another, so they are held out together
    folds = numpy.arange(len(learnt_from)) // 40 % FOLDS
    for fold in range(FOLDS):
        model = learn(seen.some(folds != fold))
        for index in numpy.flatnonzero(folds == fold).tolist():
            strengths[index] = model.strength(text_of(learnt_from[index]))
    return strengths


def write(model: Gestalt, folder: Path) -> None:
    """Write a model where `triage.gestalt.load_gestalt` reads it."""
    folder.mkdir(parents=True, exist_ok=True)
    known = {name: getattr(model, name) for name in ("scales", "bias", "version")}
    (folder / "model.json").write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")
    (folder / "weights.bin").write_bytes(b"".join(RECORD.pack(*weight) for weight in sorted(model.weights.items())))


def _print(strengths: Sequence[float], learnt_from: Sequence[Vignette]) -> None:
    print(f"{len(learnt_from)} messages, each judged by a model that has not seen it or its neighbours")
    judged = list(zip(strengths, learnt_from, strict=True))
    for language in (None, *LANGUAGES):
        for urgent in (True, False):
            of = [
                strength
                for strength, item in judged
                if language in (None, item.language) and (item.group == "emergency") is urgent
            ]
            alarmed = Proportion(sum(strength >= ALARM for strength in of), len(of))
            calm = Proportion(sum(strength < CALM for strength in of), len(of))
            kind = "emergencies" if urgent else "calm"
            print(f"  {language or 'all':9} {kind:12} an alarm from {ALARM} on: {alarmed}; calm below {CALM}: {calm}")


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
        print(f"{measured}: {len(vignettes)}")
        alarmed: list[set[str]] = []
        for name, pipeline in (("rules alone", alone), ("with the gestalt", whole)):
            results = run(Salama(pipeline), vignettes)
            alarmed.append({item.vignette.id for item in results if item.advised and item.advised.is_emergency})
            for language in (None, *LANGUAGES):
                of = [item for item in results if language in (None, item.vignette.language)]
                line = f"emergencies {emergency_sensitivity(of)}, false alarms {false_alarms(of)}"
                print(f"  {name:17} {language or 'all':9} {line}")
        for urgent in (True, False):
            of_rules = {item.id for item in vignettes if (item.group == "emergency") is urgent} & alarmed[0]
            waits = Proportion(len(of_rules - alarmed[1]), len(of_rules))
            print(f"  of the rules' {'right' if urgent else 'false'} alarms wait for a question: {waits}")
        added = [item for item in vignettes if item.id in alarmed[1] - alarmed[0]]
        sure = [item for item in added if whole.gestalt and whole.gestalt.strength(text_of(item)) >= SURE]
        right = Proportion(sum(item.group == "emergency" for item in sure), len(sure))
        print(f"  of alarms that the rules do not raise, those from {SURE} on are right: {right} of {len(added)}")


if __name__ == "__main__":
    raise SystemExit(main())
