"""Running turns for many patients at once: one at a time for each encounter, the reply handed out as it grows."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from weakref import WeakValueDictionary

from triage import Encounter, Reply, TriagePipeline, Turn


class _Lock:
    """A lock that can be referred to weakly, so that locks of finished encounters vanish.

    `overtaken` belongs to the turn that runs: it is set when the patient writes on.
    """

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.overtaken = threading.Event()


class Turns:
    """Plays turns on stored encounters.

    Args:
        pipeline: The engine.
        count: Called with every finished turn.
    """

    def __init__(self, pipeline: TriagePipeline, count: Callable[[Turn], None] = lambda turn: None) -> None:
        self.pipeline = pipeline
        self._count = count
        self._locks: WeakValueDictionary[str, _Lock] = WeakValueDictionary()
        self._guard = threading.Lock()

    def stream(self, encounter: Encounter, message: str) -> Iterator[Reply | Turn]:
        """Yield the reply as it grows, and last the complete turn.

        The turn runs in a thread of its own, so that a reader who leaves never leaves a turn half done.
        """
        grown: queue.Queue[Reply | Turn | BaseException] = queue.Queue()

        def run() -> None:
            try:
                grown.put(self.respond(encounter, message, grown))
            except BaseException as error:
                grown.put(error)

        threading.Thread(target=run, daemon=True, name="salama-turn").start()
        while True:
            item = grown.get()
            if isinstance(item, BaseException):
                raise item
            yield item
            if isinstance(item, Turn):
                return

    def respond(
        self, encounter: Encounter, message: str, grown: queue.Queue[Reply | Turn | BaseException] | None = None
    ) -> Turn:
        """Play one turn after any other turn of the same encounter, whose language model is let go."""
        with self._guard:
            holder = self._locks.setdefault(encounter.id, _Lock())
            holder.overtaken.set()
        with holder.lock:
            with self._guard:
                holder.overtaken = overtaken = threading.Event()
            emit = grown.put if grown is not None else lambda reply: None
            turn = self.pipeline.respond(encounter, message, emit, overtaken.is_set)
        self._count(turn)
        return turn
