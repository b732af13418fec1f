"""`python -m evals.bench`: speed and memory against the budgets, as medians and ratios (never asserted in a test)."""

from __future__ import annotations

import argparse
import logging
import os
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from evals.growth import tenfold_lexicons, tenfold_rules
from evals.patient import deny
from evals.suites import load
from knowledge.lexicon import without_collection
from triage import Encounter, Settings, TriagePipeline, build_pipeline
from triage.drafting import Drafter
from triage.generation import open_chat_model
from triage.gestalt import load_gestalt
from triage.learning import learn
from triage.listening import Listener
from triage.red_flags import RuleSet
from triage.storage import MemoryStore

_MOST_SECONDS = 120
"""Seconds after which a server that shows no page is given up."""
MESSAGES = (
    "I have had a runny nose and a cough for two days, no fever, I can breathe fine",
    "I have crushing chest pain going down my left arm and I'm sweating",
    "my baby is 6 weeks old and has a temperature of 38.4 since this morning",
    "j'ai mal au ventre en bas à droite depuis hier et je vomis, 38,5 de fièvre",
    "mon père de 72 ans n'arrive plus à parler et sa bouche est tombée d'un côté",
    "عندي ألم شديد في الصدر وضيق في التنفس منذ ساعة",
    "weldi 3ndo skhana 39 w kayti9ayya men lbare7, 3ando 3amin",
    "hello, can you help me? I don't feel very well today",
)


def main() -> int:
    """Print one line for each budget that applies."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=10, help="repetitions of each message")
    parser.add_argument("--quick", action="store_true", help="leave out the tenfold lexicon, which needs a minute")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder), lm="none", encoder="none")
        started = time.perf_counter()
        pipeline = build_pipeline(settings.model_copy(update={"database": "none"}))
        print(f"build without encoder and model     {time.perf_counter() - started:8.2f} s")
        print(f"resident memory                     {_resident():8.0f} MB   budget 700 MB")
        texts = [*MESSAGES, *_suite_messages()]
        stored, gestalt = build_pipeline(settings, like=pipeline), load_gestalt()
        for name, run, budget in (
            ("stages 1-5", lambda text: _stages(pipeline, text), "p50 2 ms, p99 10 ms"),
            ("gestalt of a message", lambda text: gestalt.alarm({1: text}), "that of the whole turn"),
            ("whole turn, nothing stored", lambda text: pipeline.respond(Encounter(country="MA"), text), "p50 60 ms"),
            ("whole turn, durable in SQLite", lambda text: stored.respond(Encounter(country="MA"), text), "p50 60 ms"),
        ):
            _line(name, *_times(run, texts, options.rounds), budget)
    _hung_model(pipeline, options.rounds)
    _rule_growth(pipeline)
    if not options.quick:
        _lexicon_growth(pipeline, options.rounds)
    print(f"start to first page                 {_start():8.2f} s    budget 6 s")
    return 0


def _suite_messages() -> list[str]:
    """Return messages of people in all written forms, from suites that were looked at."""
    return [
        vignette.turns[0]
        for suite in load([])
        if suite.name in ("parallel", "urgent", "ordinary")
        for vignette in suite.vignettes[:: len(suite.vignettes) // 30]
    ]


def _stages(pipeline: TriagePipeline, text: str) -> None:
    """Run privacy, language, findings, red flags and interview, and nothing after them."""
    encounter = Encounter(country="MA")
    heard = pipeline.listener.listen(encounter, pipeline._scrub(text).text, 1)
    learn(encounter, heard, pipeline._facts, pipeline._rules)
    pipeline._assess(encounter, pipeline.facts(encounter), text)


def _hung_model(pipeline: TriagePipeline, rounds: int) -> None:
    """Print when card and whole reply come while the language model takes calls and never answers."""
    limit = 1.0
    first: list[float] = []
    last: list[float] = []
    shown: list[float] = []
    with socket.create_server(("127.0.0.1", 0)) as hung:
        url = f"http://127.0.0.1:{hung.getsockname()[1]}/v1"
        model = open_chat_model("hung", models=Path("none"), url=url, languages=("en",), limit=limit)
        if model is None:
            return
        model.load()
        engine = TriagePipeline(
            pipeline.knowledge,
            scrubber=pipeline._scrubber,
            listener=pipeline.listener,
            store=MemoryStore(),
            retriever=pipeline.retriever,
            composer=Drafter(pipeline.knowledge, model),
        )
        logging.disable(logging.WARNING)  # each round is a failure, which the engine tells of
        for _ in range(rounds):
            encounter, message = Encounter(country="MA"), MESSAGES[0]
            while True:
                shown.clear()
                started = time.perf_counter()
                turn = engine.respond(encounter, message, lambda _: shown.append(time.perf_counter()))
                done = time.perf_counter() - started
                if turn.reply.question is None:
                    break
                message = deny(turn.reply.question, engine)
            first.append((shown[0] - started) * 1000)
            last.append(done)
        logging.disable(logging.NOTSET)
    card, reply = statistics.median(first), statistics.median(last)
    print(f"card, while the model hangs         {card:8.2f} ms p50 {max(first):8.2f} ms worst; budget 100 ms")
    print(f"whole reply, while the model hangs  {reply:8.2f} s p50 {max(last):8.2f} s worst; limit {limit:.0f} s")


def _rule_growth(pipeline: TriagePipeline) -> None:
    rules = pipeline.knowledge.rules
    few, many = RuleSet(rules), RuleSet(tenfold_rules(rules))
    pipeline.respond(encounter := Encounter(), MESSAGES[1])
    facts = pipeline.facts(encounter)
    one, ten = _medians([partial(few.hits, facts), partial(many.hits, facts)], 300)
    print(f"rules x10 (other complaints)        {ten / one:8.2f} x    budget 2 x")


def _lexicon_growth(pipeline: TriagePipeline, rounds: int) -> None:
    before = _resident()
    with without_collection():
        grown = Listener(tenfold_lexicons(pipeline.knowledge))
    usual = pipeline.listener

    def listen(listener: Listener) -> list[object]:
        return [listener.listen(Encounter(country="MA"), text, 1) for text in MESSAGES]

    # One after the other: what is worked out once for a lexicon is not kept for two.
    [one], [ten] = _medians([partial(listen, usual)], 3 * rounds), _medians([partial(listen, grown)], 3 * rounds)
    size = sum(len(lexicon.wordings) for lexicon in pipeline.knowledge.lexicons.values())
    print(f"lexicon x10 (of {size} wordings)     {ten / one:8.2f} x    budget 2 x; {_resident() - before:.0f} MB more")


def _times(run: Callable[[str], object], texts: Sequence[str], rounds: int) -> tuple[list[float], list[float]]:
    """Return the milliseconds of each run, and those of the processor alone, which a busy machine does not stretch."""
    for text in texts:
        run(text)
    passed, worked = [], []
    for _ in range(rounds):
        for text in texts:
            started, busy = time.perf_counter(), time.process_time()
            run(text)
            worked.append((time.process_time() - busy) * 1000)
            passed.append((time.perf_counter() - started) * 1000)
    return sorted(passed), sorted(worked)


def _medians(runs: Sequence[Callable[[], object]], count: int) -> list[float]:
    """Return the median processor time of each run; they take turns, so that a busy machine slows them alike."""
    found: list[list[float]] = [[] for _ in runs]
    for _ in range(count):
        for run, times in zip(runs, found, strict=True):
            started = time.process_time()
            run()
            times.append(time.process_time() - started)
    return [statistics.median(times) for times in found]


def _line(name: str, passed: list[float], worked: list[float], budget: str) -> None:
    p50, p99 = statistics.median(passed), passed[int(len(passed) * 0.99)]
    cpu50, cpu99 = statistics.median(worked), worked[int(len(worked) * 0.99)]
    print(f"{name:<35} {p50:8.2f} ms p50 {p99:8.2f} ms p99   processor {cpu50:.2f} and {cpu99:.2f}; budget {budget}")


def _resident() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _start() -> float:
    """Return the seconds from `salama serve` to the first page, without a model."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    chosen = {"LM": "none", "ENCODER": "none", "DATABASE": "none", "HOST": "127.0.0.1", "PORT": str(port)}
    settings = {f"SALAMA_{name}": value for name, value in chosen.items()}
    environment = os.environ | settings  # noqa: TID251 - a command reads its settings there
    command = [sys.executable, "-m", "ui.cli", "serve"]
    started = time.perf_counter()
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while server.poll() is None and time.perf_counter() - started < _MOST_SECONDS:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/chat/") as page:
                    page.read()
                return time.perf_counter() - started
            except OSError:
                time.sleep(0.02)
        raise RuntimeError(f"salama serve showed no page within {_MOST_SECONDS} s (exit code {server.poll()})")
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    sys.exit(main())
