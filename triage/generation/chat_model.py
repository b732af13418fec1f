"""The language model as the rest of Salama sees it: text in, pieces of text out, never later than its limit."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from triage.errors import BusyError, EndpointError
from triage.types import Stopped, never

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

DEFAULT_LIMIT = 8.0
"""Seconds for a whole call. Longer than a good reply takes, and about as long as a frightened person waits."""

_LOOK_UP = 0.1
"""Seconds after which a waiting call looks whether it is still wanted."""

MOST_CHARACTERS = 6000
"""A longer reply is raving: a good one has a tenth of it."""


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One message to the model."""

    role: Literal["system", "user", "assistant"]
    text: str


class ChatModel(Protocol):
    """A language model that words sentences; it never decides anything."""

    @property
    def name(self) -> str:
        """Its name, for the audit record."""

    @property
    def languages(self) -> frozenset[str]:
        """Languages it may word replies in."""

    def stream(self, messages: Sequence[ChatMessage], stopped: Stopped = never) -> Iterator[str]:
        """Yield the reply piece by piece.

        Args:
            messages: The prompt.
            stopped: Asked all the while; True when nobody waits for the reply any more.

        Raises:
            EndpointError: The model failed, was busy, was not done within its limit, or the call was stopped.
        """


class LimitedChatModel:
    """A LangChain chat model under a wall-clock limit.

    Each call runs in a thread of its own, so that a model that hangs, drips or never answers delays nobody: the
    caller gets an `EndpointError` on time, and the thread ends when the back end lets go. While as many calls hang as
    the model may have at once, further calls are refused at once instead of waiting behind them. As many calls as run
    may wait in line; whoever comes later gets a refusal, and so reviewed text, instead of a place behind them.
    """

    def __init__(
        self,
        name: str,
        languages: frozenset[str],
        open_model: Callable[[], BaseChatModel],
        *,
        limit: float = DEFAULT_LIMIT,
        at_once: int = 1,
    ) -> None:
        """Describe the model; it is opened by its first call, or by `warm`.

        Args:
            name: For the audit record.
            languages: Languages it may word replies in.
            open_model: Makes the LangChain chat model; may take seconds.
            limit: Seconds for a whole call, waiting for a free place included.
            at_once: How many calls the model takes at the same time.
        """
        self._name = name
        self._languages = languages
        self._open_model = open_model
        self._limit = limit
        self._at_once = at_once
        self._places = threading.BoundedSemaphore(at_once)
        self._counting = threading.Lock()
        self._abandoned = 0
        self._waiting = 0
        self._opening = threading.Lock()
        self._model: BaseChatModel | None = None

    @property
    def name(self) -> str:
        """Its name, for the audit record."""
        return self._name

    @property
    def languages(self) -> frozenset[str]:
        """Languages it may word replies in."""
        return self._languages

    def stream(self, messages: Sequence[ChatMessage], stopped: Stopped = never) -> Iterator[str]:
        """Yield the reply piece by piece; see `ChatModel.stream`."""
        return self._pieces(messages, self._limit, stopped)

    def within(self, limit: float) -> ChatModel:
        """Return the same model for calls that must be done within other seconds."""
        return _Limited(self, limit)

    def after_patients(self, limit: float) -> ChatModel:
        """Return the same model for calls that no patient waits for.

        Such a call takes a free place or none, and gives it up as soon as somebody waits in line.

        Args:
            limit: Seconds for a whole call.
        """
        return _Limited(self, limit, last=True)

    def load(self) -> None:
        """Open the model now, however long it takes.

        Raises:
            EndpointError: It does not open.
        """
        try:
            self._load()
        except Exception as error:  # every library has errors of its own for a bad file
            raise EndpointError(f"language model {self._name} does not open: {_describe(error)}") from error

    def warm(self, messages: Sequence[ChatMessage] = (), *, limit: float = 120.0) -> None:
        """Open the model, and read a prefix that later calls share, so that the first patient does not wait for it.

        Args:
            messages: The fixed beginning of every prompt.
            limit: Seconds; loading and reading take longer than a call may.

        Raises:
            EndpointError: The model does not open or answer.
        """
        for _ in self._pieces(messages or (ChatMessage("user", "."),), limit):
            break

    def _pieces(
        self, messages: Sequence[ChatMessage], limit: float, stopped: Stopped = never, *, last: bool = False
    ) -> Iterator[str]:
        deadline = time.monotonic() + limit
        self._take_a_place(limit, last=last)
        call = _Call()
        threading.Thread(target=self._run, args=(call, tuple(messages)), daemon=True, name="language-model").start()
        characters = 0
        try:
            while True:
                if stopped():
                    self._give_up(call)
                    raise EndpointError(f"language model {self._name} was stopped")
                if last and self._waiting:
                    self._give_up(call)
                    raise BusyError(f"language model {self._name} is wanted by a patient")
                left = max(deadline - time.monotonic(), 0.0)
                try:
                    item = call.pieces.get(timeout=min(left, _LOOK_UP))
                except queue.Empty:
                    if left > _LOOK_UP:
                        continue
                    self._give_up(call)
                    raise EndpointError(f"language model {self._name} was not done after {limit:g} s") from None
                if isinstance(item, BaseException):
                    raise EndpointError(f"language model {self._name} failed: {_describe(item)}") from None
                if item is None:
                    break
                characters += len(item)
                if characters > MOST_CHARACTERS:
                    raise EndpointError(f"language model {self._name} sent more than {MOST_CHARACTERS} characters")
                yield item
        finally:
            call.stopped.set()
        if not characters:
            raise EndpointError(f"language model {self._name} sent nothing")

    def _take_a_place(self, limit: float, *, last: bool) -> None:
        """Wait for the place of a call that still runs, for half the time; one that was given up may never end."""
        if self._places.acquire(blocking=False):
            return
        with self._counting:
            waits = not last and self._waiting < self._at_once and self._abandoned < self._at_once
            self._waiting += waits
        try:
            if not waits or not self._places.acquire(timeout=limit / 2):
                raise BusyError(f"language model {self._name} is busy")
        finally:
            with self._counting:
                self._waiting -= waits

    def _run(self, call: _Call, messages: tuple[ChatMessage, ...]) -> None:
        try:
            whole = False
            with _untraced():
                for chunk in self._load().stream([(message.role, message.text) for message in messages]):
                    if call.stopped.is_set():
                        break
                    if chunk.text:
                        call.pieces.put(str(chunk.text))
                    whole = whole or bool(chunk.response_metadata.get("finish_reason"))
            # A server that dies ends its stream like one that is done, but without saying why it stopped.
            call.pieces.put(None if whole else ConnectionError())
        except BaseException as error:
            call.pieces.put(error)
        finally:
            with self._counting:
                call.ended = True
                self._abandoned -= call.abandoned
            self._places.release()

    def _load(self) -> BaseChatModel:
        with self._opening:
            if self._model is None:
                self._model = self._open_model()
            return self._model

    def _give_up(self, call: _Call) -> None:
        """Count the place of a call as lost until its thread ends, if ever."""
        with self._counting:
            if not call.ended and not call.abandoned:
                call.abandoned = True
                self._abandoned += 1


class _Limited:
    """A model under a limit of its own; it shares the places of the calls with the model itself."""

    def __init__(self, model: LimitedChatModel, limit: float, *, last: bool = False) -> None:
        self._model = model
        self._limit = limit
        self._last = last

    @property
    def name(self) -> str:
        return self._model.name

    @property
    def languages(self) -> frozenset[str]:
        return self._model.languages

    def stream(self, messages: Sequence[ChatMessage], stopped: Stopped = never) -> Iterator[str]:
        return self._model._pieces(messages, self._limit, stopped, last=self._last)


class _Call:
    """One call under way, shared by the thread that runs it and the caller that reads it."""

    def __init__(self) -> None:
        self.pieces: queue.SimpleQueue[str | BaseException | None] = queue.SimpleQueue()
        self.stopped = threading.Event()
        self.ended = False
        self.abandoned = False


def _untraced() -> AbstractContextManager[object]:
    """Keep LangChain from sending the patient's words to a tracing service that the environment may name."""
    from langsmith.run_helpers import tracing_context

    return tracing_context(enabled=False)


def _describe(error: BaseException) -> str:
    """Return the kind of an error; its message may hold the patient's words or a key."""
    status = getattr(error, "status_code", None)
    return f"{type(error).__name__} {status}" if status else type(error).__name__
