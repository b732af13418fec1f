"""`python -m evals.bench`: speed and memory against the budgets, as medians and ratios (never asserted in a test)."""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from knowledge import load_knowledge
from knowledge.schema import RedFlagRule
from triage import Encounter, Settings, build_pipeline
from triage.red_flags import RuleSet

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
    parser.add_argument("--rounds", type=int, default=40, help="repetitions of each message")
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder), lm="none", encoder="none")
        started = time.perf_counter()
        pipeline = build_pipeline(settings.model_copy(update={"database": "none"}))
        print(f"build without encoder and model     {time.perf_counter() - started:8.2f} s")
        print(f"resident memory                     {_resident():8.0f} MB   budget 700 MB")
        stages = _times(lambda text: pipeline.respond(Encounter(country="MA"), text), rounds)
        _line("stages 1-5 and reviewed reply", stages, "p50 2 ms, p99 10 ms")
        stored = build_pipeline(settings)
        _line("the same, durable in SQLite", _times(lambda text: stored.respond(Encounter(), text), rounds), "")
    knowledge = load_knowledge()
    few, many = RuleSet(knowledge.rules), RuleSet(_tenfold(knowledge.rules))
    pipeline.respond(encounter := Encounter(), MESSAGES[1])
    facts = pipeline.facts(encounter)
    one = statistics.median(_repeat(lambda: few.hits(facts), 300))
    ten = statistics.median(_repeat(lambda: many.hits(facts), 300))
    print(f"rules x10 (other complaints)        {ten / one:8.2f} x    budget 2 x")
    print(f"start to first page                 {_start():8.2f} s    budget 6 s")
    return 0


def _times(run: Callable[[str], object], rounds: int) -> list[float]:
    for text in MESSAGES:
        run(text)
    found = []
    for _ in range(rounds):
        for text in MESSAGES:
            started = time.perf_counter()
            run(text)
            found.append((time.perf_counter() - started) * 1000)
    return sorted(found)


def _repeat(run: Callable[[], object], count: int) -> list[float]:
    found = []
    for _ in range(count):
        started = time.perf_counter()
        run()
        found.append(time.perf_counter() - started)
    return found


def _line(name: str, times: list[float], budget: str) -> None:
    p50, p99 = statistics.median(times), times[int(len(times) * 0.99)]
    print(f"{name:<35} {p50:8.2f} ms p50 {p99:8.2f} ms p99   {'budget ' + budget if budget else ''}")


def _tenfold(rules: Sequence[RedFlagRule]) -> list[RedFlagRule]:
    """Return the rules and nine copies of each over concepts of their own."""
    copies = list(rules)
    for number in range(9):
        for rule in rules:
            changed = {"id": f"{rule.id}_{number}", "when": _renamed(rule.when, f"x{number}_")}
            copies.append(RedFlagRule.model_validate({**rule.model_dump(mode="json"), **changed}))
    return copies


def _renamed(when: object, prefix: str) -> object:
    if isinstance(when, dict):
        return {key: [_renamed(part, prefix) for part in value] for key, value in when.items()}
    kind, colon, name = str(when).rpartition(":")
    return str(when) if any(sign in name for sign in "<>=") else f"{kind}{colon}{prefix}{name}"


def _resident() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _start() -> float:
    """Return the seconds from starting the server to its first page, without a model."""
    code = (
        "import threading, time, urllib.request, socket;"
        "from triage import Settings; from ui.app import create_app; import uvicorn;"
        "s = socket.socket(); s.bind(('127.0.0.1', 0)); port = s.getsockname()[1]; s.close();"
        "server = uvicorn.Server(uvicorn.Config(create_app(Settings(lm='none', encoder='none', database='none')),"
        " port=port, log_level='error'));"
        "threading.Thread(target=server.run, daemon=True).start()\n"
        "while True:\n"
        "    try:\n"
        "        urllib.request.urlopen(f'http://127.0.0.1:{port}/chat/').read(); break\n"
        "    except OSError:\n"
        "        time.sleep(0.02)\n"
    )
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)
    return time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(main())
