"""Running turns for many patients at once: one at a time for each encounter, the reply handed out as it grows."""

from __future__ import annotations

import hashlib
import hmac
import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from weakref import WeakValueDictionary

from triage import Encounter, Reply, StorageError, TriagePipeline, Turn
from triage.encounter import KeyedRequest

CHOSEN = ("language", "country")
"""What a page may have changed before its message is played."""


class _Lock:
    """A lock that can be referred to weakly, so that locks of finished encounters vanish.

    `overtaken` belongs to the turn that runs: it is set when the patient writes on.
    """

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.overtaken = threading.Event()


class EncounterGone(LookupError):
    """The encounter was deleted while a message for it waited."""


class KeyReused(ValueError):
    """A key came with another message before."""


@dataclass(frozen=True)
class Once:
    """A message that must be played once only, as hashes of its key and its words."""

    key: str
    body: str

    @classmethod
    def of(cls, key: str, message: str, secret: str) -> Once:
        """Hash key and message with a secret, as identifiers in the message must not be guessable from the hash."""
        one, other = (hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest() for text in (key, message))
        return cls(one, other)

    def played(self, encounter: Encounter) -> Turn | None:
        """Return the turn that this message has already had.

        Raises:
            KeyReused: The key came with another message.
        """
        for seen in encounter.requests:
            if seen.key == self.key and seen.turn <= len(encounter.turns):
                if seen.body != self.body:
                    raise KeyReused
                return encounter.turns[seen.turn - 1]
        return None

    def note(self, encounter: Encounter) -> None:
        """Note this message with the encounter, so that it is stored together with its turn."""
        number = len(encounter.turns) + 1
        kept = [seen for seen in encounter.requests if seen.turn < number]
        encounter.requests = [*kept, KeyedRequest(key=self.key, body=self.body, turn=number)]


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

    def stream(self, encounter: Encounter, message: str, once: Once | None = None) -> Iterator[Reply | Turn]:
        """Yield the reply as it grows, and last the complete turn; takes and raises what `respond` does.

        The turn runs in a thread of its own, so that a reader who leaves never leaves a turn half done.
        """
        grown: queue.Queue[Reply | Turn | BaseException] = queue.Queue()

        def run() -> None:
            try:
                grown.put(self.respond(encounter, message, grown, once))
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
        self,
        encounter: Encounter,
        message: str,
        grown: queue.Queue[Reply | Turn | BaseException] | None = None,
        once: Once | None = None,
    ) -> Turn:
        """Play one turn after any other turn of the same encounter, whose language model is let go.

        Args:
            encounter: The encounter; brought up to date if other messages were played in the meantime.
            message: What the patient says.
            grown: Gets the reply as it grows.
            once: Key of the message; a message that was played under it already gets the same turn again.

        Raises:
            EncounterGone: It was deleted in the meantime.
            KeyReused: The key came with another message before.
        """
        with self._alone(encounter.id) as overtaken:
            self._catch_up(encounter)
            if once is not None:
                if (played := once.played(encounter)) is not None:
                    return played
                once.note(encounter)
            emit = grown.put if grown is not None else lambda reply: None
            turn = self.pipeline.respond(encounter, message, emit, overtaken.is_set)
        self._count(turn)
        return turn

    def choose(self, encounter_id: str, language: str, country: str | None) -> None:
        """Store the language and country that a page has chosen, after the turn that may be under way.

        Without waiting for it, the encounter as it was before that turn would be stored over it, and its floor lost.

        Args:
            encounter_id: Id of the encounter; nothing is stored before its first turn.
            language: Written form of the page.
            country: Country whose numbers are shown.

        Raises:
            StorageError: Nothing was stored.
        """
        with self._alone(encounter_id):
            stored = self.pipeline.store.load(encounter_id)
            if stored is not None and stored.turns:
                stored.language, stored.country = language, country
                self.pipeline.store.save(stored)

    def delete(self, encounter_id: str) -> bool:
        """Delete an encounter after the turn that may be under way, which would else store it again."""
        with self._alone(encounter_id):
            return self.pipeline.store.delete(encounter_id)

    def under_way(self, encounter_id: str) -> bool:
        """Whether a turn is under way; to ask neither waits for it nor hurries it."""
        with self._guard:
            holder = self._locks.get(encounter_id)
        return holder is not None and holder.lock.locked()

    @contextmanager
    def _alone(self, encounter_id: str) -> Iterator[threading.Event]:
        """Wait until no other turn is under way; what is yielded is set when the next one wants to begin."""
        with self._guard:
            holder = self._locks.setdefault(encounter_id, _Lock())
            holder.overtaken.set()
        with holder.lock:
            with self._guard:
                holder.overtaken = overtaken = threading.Event()
            yield overtaken

    def _catch_up(self, encounter: Encounter) -> None:
        with suppress(StorageError):
            # A store out of reach must not keep the patient from an answer; it raises its own alarm at the save.
            stored = self.pipeline.store.load(encounter.id)
            if stored is None and encounter.turns:
                raise EncounterGone
            if stored is not None and len(stored.turns) > len(encounter.turns):
                for name in Encounter.model_fields:
                    if name not in CHOSEN:
                        setattr(encounter, name, getattr(stored, name))
