"""Each back end words text with a real model; the quick ones run without any."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from triage.errors import ConfigurationError, EndpointError
from triage.generation import ChatMessage, LimitedChatModel, compose, open_chat_model, speaks, warm_up
from triage.types import Card, Passage

HELLO = (ChatMessage("system", "You are kind."), ChatMessage("user", "Say hello to a patient."))


def _open(source: Path | str, limit: float = 60.0, **options: str) -> LimitedChatModel:
    model = open_chat_model(str(source), models=Path("none"), languages=("en", "fr"), limit=limit, threads=1, **options)  # type: ignore[arg-type]
    assert model is not None
    return model


@pytest.fixture(scope="session")
def random_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A transformers folder with a tiny model whose weights are random: it speaks nonsense, but quickly."""
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    from tokenizers import Tokenizer, models, pre_tokenizers

    folder = tmp_path_factory.mktemp("random-model")
    words = ["<unk>", "<end>", "hello", "patient", "rest", "water", "you", "are", "kind", ".", "say", "to", "a"]
    tokenizer = Tokenizer(models.WordLevel({word: number for number, word in enumerate(words)}, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    fast = transformers.PreTrainedTokenizerFast(tokenizer_object=tokenizer, unk_token="<unk>", eos_token="<end>")
    fast.chat_template = "{% for message in messages %}{{ message['content'] }} {% endfor %}"
    fast.save_pretrained(folder)
    torch.manual_seed(1)
    config = transformers.LlamaConfig(
        vocab_size=len(words),
        hidden_size=16,
        intermediate_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        num_key_value_heads=2,
        eos_token_id=1,
        bos_token_id=1,
    )
    transformers.LlamaForCausalLM(config).save_pretrained(folder)
    return folder


def test_no_model_is_a_choice() -> None:
    assert open_chat_model("none", models=Path("none")) is None


def test_default_model_that_was_not_pulled_is_no_model(tmp_path: Path) -> None:
    assert open_chat_model("auto", models=tmp_path) is None


def test_named_model_that_was_not_pulled_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="salama models pull smollm2-135m-instruct-q4_1"):
        open_chat_model("smollm2-135m-instruct-q4_1", models=tmp_path)


def test_encoder_is_no_language_model(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="is an encoder"):
        open_chat_model("all-minilm-l6-v2", models=tmp_path)


def test_unknown_name_lists_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"unknown model 'gpt-9'.*qwen2\.5"):
        open_chat_model("gpt-9", models=tmp_path)


def test_openai_back_end_needs_an_address(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="SALAMA_LM_URL"):
        open_chat_model("auto", backend="openai", models=tmp_path)


def test_file_that_is_no_model_is_an_error_and_not_a_crash(tmp_path: Path) -> None:
    (tmp_path / "bad.gguf").write_bytes(b"GGUF" + b"\0" * 100)
    with pytest.raises(EndpointError):
        list(_open(tmp_path / "bad.gguf").stream(HELLO))


def test_importing_generation_imports_nothing_heavy() -> None:
    code = (
        "import sys, triage.generation\n"
        "heavy = {'torch', 'transformers', 'langchain_core', 'openai', 'xllamacpp'}\n"
        "sys.exit(str(sorted(heavy & set(sys.modules))) if heavy & set(sys.modules) else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.model
def test_transformers_folder_words_text(random_model: Path) -> None:
    text = "".join(_open(random_model).stream(HELLO))
    assert text.strip()


@pytest.mark.model
def test_transformers_call_is_given_up_at_the_limit_and_the_next_one_works(random_model: Path) -> None:
    model = _open(random_model, limit=0.05)
    model.load()
    started = time.monotonic()
    with pytest.raises(EndpointError):
        list(model.stream(HELLO * 200))
    assert time.monotonic() - started < 1.0
    time.sleep(1.0)
    model._limit = 30.0
    assert list(model.stream(HELLO))


@pytest.mark.model
@pytest.mark.slow
def test_gguf_file_words_text_in_process(smollm: Path) -> None:
    model = _open(smollm)
    pieces = list(model.stream(HELLO))
    assert len(pieces) > 3
    assert "".join(pieces).strip()
    assert "".join(model.stream(HELLO)) == "".join(pieces), "the same words every time"


@pytest.mark.model
@pytest.mark.slow
def test_gguf_call_is_given_up_at_the_limit_and_the_next_one_works(smollm: Path) -> None:
    model = _open(smollm, limit=1.5)
    model.load()
    started = time.monotonic()
    long = (ChatMessage("user", "Tell me of the sea and the sky. " * 150),)
    with pytest.raises(EndpointError, match=r"not done after 1.5 s"):
        list(model.stream(long))
    assert time.monotonic() - started < 2.5
    with pytest.raises(EndpointError, match="is busy"):
        list(model.stream(HELLO))
    for _ in range(200):
        time.sleep(0.5)
        with contextlib.suppress(EndpointError):
            return model.warm(HELLO)
    pytest.fail("the model never came back")


@pytest.mark.model
@pytest.mark.slow
def test_process_ends_cleanly_while_the_model_works(smollm: Path) -> None:
    code = (
        "from pathlib import Path\n"
        "from triage.generation import ChatMessage, open_chat_model\n"
        f"model = open_chat_model({str(smollm)!r}, models=Path('none'), threads=1, limit=60)\n"
        "next(model.stream((ChatMessage('user', 'Count to a hundred in words.'),)))\n"
        "print('bye')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=120)
    assert done.stdout.strip() == "bye"
    assert done.returncode == 0, done.stderr[-500:]


@pytest.mark.model
@pytest.mark.slow
def test_gguf_file_words_text_through_transformers(smollm: Path) -> None:
    pytest.importorskip("gguf")
    model = _open(smollm, limit=120.0, backend="transformers")
    model.load()
    received = []
    for piece in model.stream(HELLO):
        received.append(piece)
        if len(received) == 8:
            break
    assert "".join(received).strip()


@pytest.fixture
def llama_server(smollm: Path) -> Iterator[str]:
    """llama.cpp's own HTTP server on loopback, in a process of its own, with a key."""
    code = (
        "import json, sys, time, xllamacpp\n"
        "p = xllamacpp.CommonParams()\n"
        f"p.model.path = {str(smollm)!r}\n"
        "p.n_ctx, p.n_parallel, p.port, p.verbosity, p.api_keys = 2048, 1, 0, -1, ['sesame']\n"
        "p.cpuparams.n_threads = p.cpuparams_batch.n_threads = 1\n"
        "server = xllamacpp.Server(p)\n"
        "print(json.dumps(server.listening_address), flush=True)\n"
        "sys.stdin.read()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    yield json.loads(process.stdout.readline()) + "/v1"
    process.kill()
    process.wait()


@pytest.mark.model
@pytest.mark.slow
def test_openai_compatible_server_words_text(llama_server: str) -> None:
    model = _open("auto", url=llama_server, key="sesame")
    model.load()
    assert "".join(model.stream(HELLO)).strip()


@pytest.mark.model
@pytest.mark.slow
def test_wrong_key_is_an_error_without_the_key(llama_server: str) -> None:
    model = _open("some-model", url=llama_server, key="wrong-key")
    model.load()
    with pytest.raises(EndpointError) as caught:
        list(model.stream(HELLO))
    assert "401" in str(caught.value)
    assert "wrong-key" not in str(caught.value)


@pytest.mark.model
@pytest.mark.slow
def test_default_model_words_a_reply_from_passages(qwen: Path, card: Card, passages: tuple[Passage, ...]) -> None:
    model = open_chat_model("auto", models=qwen.parents[1], languages=("en", "fr"), threads=2, limit=240.0)
    assert model is not None
    assert speaks(model, "en") and speaks(model, "fr") and not speaks(model, "ar")
    model.warm(warm_up("en"))
    draft = list(compose(model, card=card, passages=passages, message="i cough a lot", language="en", labels=["cough"]))
    assert draft
    assert any("water" in sentence.lower() or "rest" in sentence.lower() for sentence in draft)
