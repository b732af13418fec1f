"""Orca, a real screen reader, on a screen of its own, for the journeys that are listened to."""

import os
import re
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

NEEDED = ("orca", "Xvfb", "dbus-daemon")
SPOKEN = re.compile(r"SPEECH OUTPUT: '((?:(?!\n\d\d:\d\d:\d\d\.).)*?)'(?: voice=\w+)?(?=[\[{N ])", re.DOTALL)


@contextmanager
def running(*command: str, **how: Any) -> Iterator[subprocess.Popen[str]]:
    """A program that ends, with all that it started, when we do."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
        **how,
    )
    try:
        yield process
    finally:
        for sign in (15, 9):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, sign)
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=5)
                break


class Reader:
    """Orca on a screen of its own."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment
        self._log = ""
        self._from = 0
        # A terminal, as Orca keeps back the last lines of a file.
        self._read, write_ = os.openpty()
        self.terminal = os.ttyname(write_)
        threading.Thread(target=self._follow, daemon=True).start()

    def _follow(self) -> None:
        with suppress(OSError):
            while some := os.read(self._read, 65536):
                self._log += some.decode(errors="replace").replace("\r", "")

    def afresh(self) -> None:
        """Wait until nothing more is said, and forget what was."""
        for _ in range(30):
            before = len(self._log)
            time.sleep(0.8)
            if 0 < before == len(self._log):
                break
        self._from = len(self._log)

    def hears(self, *texts: str) -> list[str]:
        """Wait until each of the texts has been spoken; return all that has been."""
        left, said = list(texts), []
        for _ in range(100):
            said = [" ".join(text.split()) for text in SPOKEN.findall(self._log[self._from :])]
            left = [text for text in texts if not any(text in one for one in said)]
            if not left:
                break
            time.sleep(0.1)
        print("", *said, sep="\n    ")
        assert not left, f"never spoken: {left}"
        return said


@contextmanager
def listening(home: Path) -> Iterator[Reader]:
    """Start Orca, silent, with its settings in a folder of ours."""
    home.chmod(0o700)
    own = dict.fromkeys(("HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"), str(home))
    silent = {"SPEECHD_ADDRESS": f"unix_socket:{home}/none", "GSETTINGS_BACKEND": "memory", "LANG": "C.UTF-8"}
    environment = {**os.environ, **own, **silent, "ACCESSIBILITY_ENABLED": "1"}
    with ExitStack() as stack:

        def start(*command: str) -> subprocess.Popen[str]:
            return stack.enter_context(running(*command, env=environment))

        environment["DISPLAY"] = f":{_line(start('Xvfb', '-displayfd', '1', '-screen', '0', '1280x900x24'))}"
        environment["DBUS_SESSION_BUS_ADDRESS"] = _line(
            start("dbus-daemon", "--session", "--nofork", "--print-address=1")
        )
        reader = Reader(environment)
        program = start("orca", "--disable", "key-echo", "--debug-file", reader.terminal)
        reader.afresh()
        if program.poll() is not None:
            # Where another one runs already.
            pytest.skip(f"Orca does not start here: {_line(program)}")
        yield reader


def _line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()
