"""The shipped suites, and running any suite into reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.resources import as_file, files
from pathlib import Path

from evals.metrics import METRICS
from evals.report import as_json, markdown
from evals.runner import run
from evals.vignette import load_suite
from triage import TriagePipeline


def shipped() -> list[Path]:
    """Return the files of the suites that come with the project."""
    with as_file(files("evals.suites")) as folder:
        return sorted(path for path in folder.iterdir() if path.suffix in (".yaml", ".jsonl"))


def evaluate(pipeline: TriagePipeline, suites: Sequence[Path], out: Path) -> Iterator[str]:
    """Run suites, write their reports, and yield a summary line by line.

    Args:
        pipeline: The engine to measure.
        suites: Files of vignettes; the shipped ones when empty.
        out: Folder for `<suite>.md` and `<suite>.json`.
    """
    out.mkdir(parents=True, exist_ok=True)
    for path in suites or shipped():
        results = list(run(pipeline, load_suite(path)))
        version = pipeline.knowledge.version
        (out / f"{path.stem}.md").write_text(markdown(path.stem, results, version), encoding="utf-8")
        (out / f"{path.stem}.json").write_text(as_json(path.stem, results, version), encoding="utf-8")
        yield f"{path.stem}: {len(results)} vignettes, report in {out / path.stem}.md"
        for name, metric in METRICS.items():
            yield f"  {name:<26} {metric(results)}"
        for language in sorted({item.vignette.language for item in results}):
            part = [item for item in results if item.vignette.language == language]
            yield (
                f"  {language:<9} accuracy {METRICS['accuracy'](part)}; "
                f"emergencies {METRICS['emergency_sensitivity'](part)}; false alarms {METRICS['false_alarms'](part)}"
            )
