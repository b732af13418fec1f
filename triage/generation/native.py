"""Calls into native code that may take seconds: each in a thread that can be asked to stop."""

from __future__ import annotations

import atexit
import threading
import weakref
from collections.abc import Callable
from types import TracebackType
from typing import ClassVar

_PATIENCE_AT_EXIT = 5.0


class NativeCall:
    """Runs `work` in a thread; leaving the `with` block asks it to stop and waits until it has.

    Native threads that are still running while Python ends make the process abort, so those that are left then are
    stopped first.
    """

    _running: ClassVar[weakref.WeakSet[NativeCall]] = weakref.WeakSet()

    def __init__(self, work: Callable[[threading.Event], None], name: str) -> None:
        """Prepare a call; `work` gets the event to look at while it runs."""
        self.stopped = threading.Event()
        self._thread = threading.Thread(target=work, args=(self.stopped,), daemon=True, name=name)

    def __enter__(self) -> NativeCall:
        self._running.add(self)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stopped.set()
        self._thread.join()
        self._running.discard(self)

    @classmethod
    def finish_all(cls) -> None:
        """Stop what is still running, and wait a little for it."""
        left = list(cls._running)
        for call in left:
            call.stopped.set()
        for call in left:
            call._thread.join(_PATIENCE_AT_EXIT)


atexit.register(NativeCall.finish_all)
