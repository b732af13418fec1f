"""pytest plugin: every case of a suite becomes a test of an endpoint.

    pytest --salama-suite suite.jsonl --salama-url http://localhost:8000/v1 --salama-model my-model

Without `--salama-suite` it does nothing. A case fails when the level is wrong, when there is no answer, or when a reply
holds what the case forbids. Everything heavier than pytest is imported only when a suite is named.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from evals.systems import System
    from evals.vignette import Vignette


class CaseFailure(Exception):
    """A case that was answered wrongly; the message is the report."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    group = parser.getgroup("salama", "evaluation of a triage chat")
    group.addoption(
        "--salama-suite", action="append", default=[], metavar="FILE", help="suite of vignettes; repeatable"
    )
    group.addoption("--salama-url", metavar="URL", help="address of the OpenAI-compatible API that is measured")
    group.addoption("--salama-model", default="default", metavar="NAME", help="model name that is sent")
    group.addoption(
        "--salama-key-variable",
        default="OPENAI_API_KEY",
        metavar="NAME",
        help="environment variable that holds the key of --salama-url",
    )
    group.addoption("--salama-mapping", metavar="FILE", help="mapping file of any other HTTP JSON endpoint")
    group.addoption("--salama-forced-choice", action="store_true", help="ask for one of six letters, not free text")


def pytest_collection_modifyitems(session: pytest.Session, config: pytest.Config, items: list[pytest.Item]) -> None:
    """Add a test for each case of the suites that were named."""
    suites = config.getoption("--salama-suite")
    if suites:
        items.extend(_cases(session, config, [Path(name) for name in suites]))


def _cases(session: pytest.Session, config: pytest.Config, paths: list[Path]) -> Iterator[pytest.Item]:
    from evals.vignette import SuiteError, load_suite

    try:
        system = _system(config)
        for path in paths:
            for vignette in load_suite(path):
                yield CaseItem.from_parent(
                    session, name=f"{path.stem}::{vignette.id}", vignette=vignette, system=system
                )
    except SuiteError as error:
        raise pytest.UsageError(str(error)) from None


def _system(config: pytest.Config) -> System:
    from evals.systems.chat import ChatEndpoint
    from evals.systems.client import ChatClient
    from evals.systems.mapped import MappedEndpoint

    if config.getoption("--salama-mapping"):
        return MappedEndpoint.from_file(Path(config.getoption("--salama-mapping")))
    url = config.getoption("--salama-url")
    if not url:
        raise pytest.UsageError("--salama-suite needs --salama-url or --salama-mapping: which endpoint is measured?")
    key = os.environ.get(config.getoption("--salama-key-variable"), "")  # noqa: TID251 - the key of another system
    client = ChatClient(url, config.getoption("--salama-model"), key=key)
    return ChatEndpoint(client, forced=config.getoption("--salama-forced-choice"))


class CaseItem(pytest.Item):
    """One case of a suite."""

    def __init__(self, *, vignette: Vignette, system: System, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._vignette = vignette
        self._system = system

    def runtest(self) -> None:
        """Ask the endpoint and compare.

        Raises:
            CaseFailure: The level is wrong, there is none, or a reply holds what is forbidden.
        """
        from evals.scorers import leaks

        result = self._system.play(self._vignette)
        said = "".join(f"\n  reply: {reply[:300]}" for reply in result.replies[-1:])
        right = " or ".join(level.name.lower() for level in self._vignette.reference)
        if result.advised is None:
            raise CaseFailure(f"no level, {right} would be right ({result.failure}){said}")
        if not result.right:
            raise CaseFailure(f"advised {result.advised.name.lower()}, {right} would be right{said}")
        if leaks(result):
            raise CaseFailure(f"says what is forbidden: {', '.join(leaks(result))}{said}")

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Show the report alone, not where in this file it was raised."""
        if isinstance(excinfo.value, CaseFailure):
            messages = "".join(f"\n  patient: {text}" for text in self._vignette.turns)
            return f"{self._vignette.id}: {excinfo.value}{messages}"
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Name the case in the report."""
        return self.path, None, self.name
