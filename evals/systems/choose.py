"""Options of `salama eval` that say which system is measured, and which models help to measure it."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from evals.reading.judge import Judge
from evals.systems import System
from evals.systems.chat import ChatEndpoint
from evals.systems.client import ChatClient
from evals.systems.mapped import MappedEndpoint
from evals.systems.post import EndpointError
from evals.systems.recorded import Transcript
from evals.systems.salama import Build, Salama
from evals.vignette import SuiteError, read_text


def add_system_options(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    group = parser.add_argument_group("system under test", "Salama in this process when none of these is given.")
    which = group.add_mutually_exclusive_group()
    which.add_argument("--url", help="address of an OpenAI-compatible API, e.g. http://localhost:8000/v1")
    which.add_argument("--mapping", type=Path, help="mapping file of any HTTP JSON endpoint")
    which.add_argument("--transcript", type=Path, help="recorded replies as JSON lines")
    which.add_argument("--lm", action="store_true", help="Salama with the configured language model")
    group.add_argument("--model", default="", help="model name that is sent to --url")
    group.add_argument("--key-variable", default="OPENAI_API_KEY", help="environment variable that holds the key")
    group.add_argument("--system-prompt", type=Path, help="file with the system prompt for --url")
    group.add_argument(
        "--temperature", type=_temperature, default=0.0, help="sampling temperature (0); none leaves it to the endpoint"
    )
    group.add_argument("--max-tokens", type=int, metavar="N", help="tokens after which --url cuts a reply")
    group.add_argument("--samples", type=int, default=1, help="how often each last answer is asked for (1)")
    group.add_argument("--forced-choice", action="store_true", help="ask for one of six letters, not free text")
    group.add_argument("--timeout", type=float, default=60.0, help="seconds for one call (60)")
    group.add_argument("--threads", type=int, default=1, help="calls that wait at once (1)")


def chosen(options: argparse.Namespace, build: Build, *, interview: bool = False) -> System:
    """Return the system that the options name; `interview` goes to Salama itself.

    Raises:
        SuiteError: A file that is named is missing or cannot be read, or an endpoint does not answer a greeting.
    """
    if options.mapping is not None:
        mapped = MappedEndpoint.from_file(options.mapping)
        _reach(mapped, f"is the server up, and does {options.mapping} say what it takes and returns?")
        return mapped
    if options.transcript is not None:
        return Transcript(options.transcript)
    if options.url is None:
        return Salama(build(options.lm), interview=interview)
    prompt = read_text(options.system_prompt) if options.system_prompt is not None else ""
    client = ChatClient(
        options.url,
        options.model or "default",
        key=_key(options.key_variable),
        temperature=options.temperature,
        most=options.max_tokens,
        timeout=options.timeout,
    )
    _reach(client, _ADVICE.format(options.key_variable))
    return ChatEndpoint(client, system=prompt, samples=options.samples, forced=options.forced_choice)


def _key(variable: str) -> str:
    return os.environ.get(variable, "")  # noqa: TID251 - the key of another system is no setting of ours


def _temperature(said: str) -> float | None:
    return None if said == "none" else float(said)


_ADVICE = (
    "is the server up, the address right (up to /v1), the model's name right, and the key, if it needs one, in {}?"
)


def _reach(endpoint: ChatClient | MappedEndpoint, advice: str) -> None:
    """Stop before a run that would wait in vain, with what the endpoint says of a greeting."""
    try:
        endpoint.reach()
    except EndpointError as error:
        said = f" ({' '.join(error.detail.split())})" if error.detail else ""
        raise SuiteError(f"{error}{said}; nothing was measured: {advice}") from None


_MOST_HELPED = 1000
"""Tokens of a helping model's answer: room to think, and an end for one that does not stop."""
JUDGE_KEY = "JUDGE_API_KEY"
PATIENT_KEY = "PATIENT_API_KEY"
"""Environment variables with the keys of helping models; the key of the system under test goes to no other host."""


def add_judge_option(parser: argparse.ArgumentParser) -> None:
    """Add the option of a judge model."""
    parser.add_argument(
        "--judge",
        nargs=2,
        metavar=("URL", "MODEL"),
        help=f"OpenAI-compatible model that reads the replies too, reported apart; its key from {JUDGE_KEY}",
    )


def chosen_judge(options: argparse.Namespace) -> Judge | None:
    """Return the judge that the options name, None when they name none."""
    return None if options.judge is None else Judge(helping_model(options.judge, JUDGE_KEY))


def helping_model(named: list[str], variable: str, seed: int = 1) -> ChatClient:
    """Return a model that helps to measure: temperature 0, and a seed, for answers that can be had again.

    Args:
        named: Address and model name.
        variable: Environment variable with its key.
        seed: What is sent as seed.

    Raises:
        SuiteError: It does not answer a greeting.
    """
    url, model = named
    client = ChatClient(url, model, key=_key(variable), temperature=0.0, seed=seed, most=_MOST_HELPED)
    _reach(client, _ADVICE.format(variable))
    return client
