"""A model through transformers: a folder, a hub id, or a GGUF file."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.language_models.chat_models import generate_from_stream
from langchain_core.messages import AIMessageChunk, BaseMessage, convert_to_openai_messages
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from pydantic import PrivateAttr

from triage.errors import ConfigurationError
from triage.generation.native import NativeCall


class TransformersChat(BaseChatModel):
    """LangChain chat model over `AutoModelForCausalLM`; runs on a GPU when torch finds one."""

    source: str
    """Folder, hub id, or the path of a GGUF file."""
    threads: int = 2
    max_tokens: int = 160
    max_seconds: float = 8.0
    """Generation stops by itself after this long, so that an abandoned call frees the processor."""
    _model: Any = PrivateAttr()
    _tokenizer: Any = PrivateAttr()

    def model_post_init(self, context: object) -> None:
        """Load tokenizer and weights."""
        import torch
        from transformers import AutoModelForCausalLM, AutoTokenizer
        from transformers.utils import logging

        logging.disable_progress_bar()
        torch.set_num_threads(self.threads)
        place: dict[str, Any] = {"pretrained_model_name_or_path": self.source}
        if self.source.endswith(".gguf"):
            folder, _, file = self.source.rpartition("/")
            place = {"pretrained_model_name_or_path": folder or ".", "gguf_file": file}
        self._tokenizer = AutoTokenizer.from_pretrained(**place)
        if not self._tokenizer.chat_template:
            raise ConfigurationError(f"language model {self.source} has no chat template; choose an instruct model")
        self._model = AutoModelForCausalLM.from_pretrained(**place)
        self._model.to("cuda" if torch.cuda.is_available() else "cpu").eval()

    @property
    def _llm_type(self) -> str:
        return "transformers"

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **options: Any,
    ) -> Iterator[ChatGenerationChunk]:
        from transformers import TextIteratorStreamer

        prompt = self._tokenizer.apply_chat_template(
            convert_to_openai_messages(messages), add_generation_prompt=True, return_tensors="pt", return_dict=True
        ).to(self._model.device)
        streamer = TextIteratorStreamer(self._tokenizer, skip_prompt=True, skip_special_tokens=True)
        failures: list[BaseException] = []

        def work(stopped: threading.Event) -> None:
            try:
                self._model.generate(
                    **prompt,
                    streamer=streamer,
                    max_new_tokens=self.max_tokens,
                    max_time=self.max_seconds,
                    do_sample=False,
                    stopping_criteria=[lambda *_, **__: stopped.is_set()],
                    pad_token_id=self._tokenizer.pad_token_id or self._tokenizer.eos_token_id,
                )
            except BaseException as error:
                failures.append(error)
                streamer.end()

        with NativeCall(work, "transformers"):
            for text in streamer:
                if text:
                    yield ChatGenerationChunk(message=AIMessageChunk(content=text))
        if failures:
            raise failures[0]
        yield ChatGenerationChunk(message=AIMessageChunk(content="", response_metadata={"finish_reason": "stop"}))

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **options: Any,
    ) -> ChatResult:
        return generate_from_stream(self._stream(messages, stop, run_manager, **options))
