"""The language model behind one small protocol: it words replies from passages and decides nothing.

Nothing heavy is imported here; a back end loads its library when the model is opened.
"""

from triage.generation.backends import open_chat_model
from triage.generation.chat_model import ChatMessage, ChatModel, LimitedChatModel
from triage.generation.composer import compose, speaks, warm_up
from triage.generation.gates import GateResult, gated_languages, load_gates
from triage.generation.prompts import Prompt, load_prompts
from triage.generation.pull import pull
from triage.generation.registry import RegisteredModel, Source, default_model, find_model, list_models

__all__ = [
    "ChatMessage",
    "ChatModel",
    "GateResult",
    "LimitedChatModel",
    "Prompt",
    "RegisteredModel",
    "Source",
    "compose",
    "default_model",
    "find_model",
    "gated_languages",
    "list_models",
    "load_gates",
    "load_prompts",
    "open_chat_model",
    "pull",
    "speaks",
    "warm_up",
]
