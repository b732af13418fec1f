"""A GGUF model on the processor, in this process, through xllamacpp."""

from __future__ import annotations

import queue
import secrets
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.language_models.chat_models import generate_from_stream
from langchain_core.messages import AIMessageChunk, BaseMessage, convert_to_openai_messages
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from pydantic import PrivateAttr

from triage.generation.native import NativeCall

CONTEXT_TOKENS = 4096
PROMPT_CACHE_MIB = 512
"""Room for the fixed prefixes of several languages; one takes about 25 MiB with a 1.5-billion-parameter model."""


class LlamaCppChat(BaseChatModel):
    """LangChain chat model over a llama.cpp server in this process.

    The server always opens a socket of its own as well. Ours is a file in a private temporary folder with a random
    key, its state pages off, so that no other user of the machine can read a prompt or use the model.
    """

    path: Path
    threads: int = 2
    max_tokens: int = 160
    _server: Any = PrivateAttr()
    _folder: Any = PrivateAttr()

    def model_post_init(self, context: object) -> None:
        """Load the model."""
        import xllamacpp

        self._folder = tempfile.TemporaryDirectory(prefix="salama-lm-")
        parameters = xllamacpp.CommonParams()
        parameters.model.path = str(self.path)
        parameters.n_ctx = CONTEXT_TOKENS
        parameters.n_parallel = 1
        for processor in (parameters.cpuparams, parameters.cpuparams_batch):
            processor.n_threads = self.threads
            processor.poll = 0  # threads that wait must sleep: the web server lives on the same cores
        parameters.cache_ram_mib = PROMPT_CACHE_MIB
        parameters.hostnames = [str(Path(self._folder.name) / "lm.sock")]
        parameters.api_keys = [secrets.token_hex(16)]
        parameters.ui = False
        parameters.endpoint_slots = False
        parameters.endpoint_props = False
        parameters.verbosity = -1
        self._server = xllamacpp.Server(parameters)

    @property
    def _llm_type(self) -> str:
        return "llama.cpp"

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **options: Any,
    ) -> Iterator[ChatGenerationChunk]:
        request = {
            "messages": convert_to_openai_messages(messages),
            "max_tokens": self.max_tokens,
            "temperature": 0.0,
            "seed": 1,
            "stream": True,
            "cache_prompt": True,
            "stop": stop or [],
        }
        arrived: queue.SimpleQueue[Any] = queue.SimpleQueue()

        def work(stopped: threading.Event) -> None:
            def receive(chunk: Any) -> bool:
                arrived.put(chunk)
                return stopped.is_set()  # True makes the server drop the request and free its place

            try:
                self._server.handle_chat_completions(request, receive)
                arrived.put(None)
            except BaseException as error:
                arrived.put(error)

        with NativeCall(work, "llama-cpp"):
            while (chunk := arrived.get()) is not None:
                text, reason = _read(chunk)
                if text or reason:
                    metadata = {"finish_reason": reason} if reason else {}
                    yield ChatGenerationChunk(message=AIMessageChunk(content=text, response_metadata=metadata))

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **options: Any,
    ) -> ChatResult:
        return generate_from_stream(self._stream(messages, stop, run_manager, **options))


def _read(chunk: Any) -> tuple[str, str]:
    """Return the text of a chunk, and why the reply ended if it did."""
    if isinstance(chunk, BaseException):
        raise chunk
    if "choices" not in chunk:
        raise RuntimeError("llama.cpp refused the request")
    if not chunk["choices"]:
        return "", ""
    choice = chunk["choices"][0]
    return choice["delta"].get("content") or "", choice["finish_reason"] or ""
