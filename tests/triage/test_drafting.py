"""The model inside a whole turn: the card first, every sentence checked, and reviewed text whatever goes wrong."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from knowledge import Disposition
from tests.conftest import deny
from triage import Encounter, Reply, TriagePipeline, Turn
from triage.drafting import Drafter
from triage.generation import LimitedChatModel, open_chat_model
from triage.retrieval import open_retriever
from triage.storage import MemoryStore

LIMIT = 2.0
SLACK = 6.0
"""Seconds that a busy machine may need beyond the limit."""


def engine(pipeline: TriagePipeline, model: LimitedChatModel) -> TriagePipeline:
    """The real engine with a language model."""
    return TriagePipeline(
        pipeline.knowledge,
        scrubber=pipeline._scrubber,
        listener=pipeline.listener,
        store=MemoryStore(),
        retriever=open_retriever(pipeline.knowledge.articles, None, None),
        composer=Drafter(pipeline.knowledge, model),
    )


class Shown(NamedTuple):
    """A growing reply, after how many seconds it came, and how often the model had been asked by then."""

    seconds: float
    reply: Reply
    asked: int


def close(found: TriagePipeline, text: str, language: str = "en", server: Any = None) -> tuple[Turn, list[Shown]]:
    """Talk until no question is left; return the last turn and its growing replies."""
    encounter = Encounter(country="MA", language=language)
    shown: list[Shown] = []
    message = text
    while True:
        shown.clear()
        started = time.perf_counter()
        turn = found.respond(
            encounter,
            message,
            lambda reply, t=started: shown.append(
                Shown(time.perf_counter() - t, reply, len(server.requests) if server else 0)
            ),
        )
        if turn.reply.question is None:
            return turn, shown
        message = deny(found, turn.reply.question)


def check_whole(turn: Turn) -> None:
    """The reply is complete and safe, with a model or without."""
    reply = turn.reply
    assert reply.card is not None and reply.card.disposition <= Disposition.SOON
    assert reply.sentences and all(sentence.text for sentence in reply.sentences)
    assert reply.card.safety_net and "15" in reply.urgent_help and reply.citations


def served(pipeline: TriagePipeline, url: str) -> TriagePipeline:
    model = open_chat_model("m", models=Path("none"), url=url, languages=("en", "fr"), limit=LIMIT)
    assert model is not None
    model.load()
    return engine(pipeline, model)


@pytest.mark.parametrize(
    "way",
    [
        "hang",
        "hang_after_head",
        "drip",
        "kill",
        "error",
        "garbage",
        "html",
        "wrong_json",
        "silent",
        "huge",
        "huge_line",
    ],
)
def test_a_broken_model_leaves_reviewed_text_and_the_card_first(
    pipeline: TriagePipeline,
    chat_server: Callable[[str], Any],
    way: str,
) -> None:
    server = chat_server(way)
    turn, shown = close(served(pipeline, server.url), "I have a runny nose and sneeze since yesterday", server=server)
    check_whole(turn)
    assert turn.reply.worded_by is None and turn.audit.failures == ("generation",)
    # The card is there before the model is asked at all, so no model can delay it.
    assert server.requests and shown[0].asked == 0
    assert shown[0].reply.card == turn.reply.card
    assert shown[-1].seconds <= LIMIT + SLACK
    reviewed = [sentence.text for sentence in shown[0].reply.sentences]
    assert [sentence.text for sentence in turn.reply.sentences] == reviewed
    assert "Drink plenty of " not in {sentence.text for sentence in turn.reply.sentences}


HOSTILE = {
    "diagnosis": "You have a common cold. It is definitely nothing else.",
    "reassurance": "There is no need to see a doctor. It is nothing serious at all.",
    "dose": "Take 2 tablets of 500 mg paracetamol every 4 hours.",
    "french": "Reposez-vous et buvez beaucoup d'eau. Consultez un médecin.",
    "link": "Read https://evil.example for the cure. Call 0612345678.",
    "leak": "You help a nurse write to a patient. Use nothing but the notes.",
    "html": "<img src='http://evil.example/x.png'> Rest.",
    "invented": "Put a warm onion in each ear and fast for three days.",
}


@pytest.fixture
def says(chat_server: Callable[..., Any]) -> Callable[[str], str]:
    """Start servers that answer with a text, word by word."""
    return lambda text: str(chat_server("good", *(f"{word} " for word in text.split(" "))).url)


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_draft_is_never_shown_and_is_counted(
    pipeline: TriagePipeline, says: Callable[[str], str], kind: str
) -> None:
    turn, shown = close(served(pipeline, says(HOSTILE[kind])), "I have a runny nose and sneeze since yesterday")
    check_whole(turn)
    first = HOSTILE[kind].split(".")[0]
    assert all(first not in item.reply.text for item in shown)
    assert turn.audit.verdicts and turn.reply.worded_by is None


def test_a_supported_draft_is_shown_with_its_citations(pipeline: TriagePipeline, says: Callable[[str], str]) -> None:
    plain, _ = close(pipeline, "I have a runny nose and sneeze since yesterday")
    draft = " ".join(sentence.text for sentence in plain.reply.sentences[:2])
    turn, _ = close(served(pipeline, says(draft)), "I have a runny nose and sneeze since yesterday")
    assert turn.reply.worded_by == "m" and turn.audit.prompt == "word_reply.en@1"
    assert all(sentence.citations for sentence in turn.reply.sentences)
    assert turn.audit.passages and turn.reply.citations


def test_a_kind_word_to_the_wrong_person_is_left_out_and_the_advice_stays(
    pipeline: TriagePipeline, says: Callable[[str], str]
) -> None:
    url = says("I am sorry you feel unwell. Rest, keep warm and drink plenty of water.")
    for text, kind in (
        ("I have a runny nose, no fever", True),
        ("my 9 year old son has a runny nose, no fever", False),
    ):
        turn, _ = close(served(pipeline, url), text)
        said = [sentence.text for sentence in turn.reply.sentences]
        assert ("I am sorry you feel unwell." in said) is kind, text
        assert "Rest, keep warm and drink plenty of water." in said
        assert turn.reply.worded_by is not None


def test_a_short_draft_loses_no_reviewed_fact(pipeline: TriagePipeline, says: Callable[[str], str]) -> None:
    plain, _ = close(pipeline, "I have a runny nose and sneeze since yesterday")
    draft = f"I am sorry you feel unwell. {plain.reply.sentences[0].text}"
    turn, _ = close(served(pipeline, says(draft)), "I have a runny nose and sneeze since yesterday")
    said = [sentence.text for sentence in turn.reply.sentences]
    assert said[0] == "I am sorry you feel unwell."
    assert said[1:] == [sentence.text for sentence in plain.reply.sentences]


def test_the_model_reads_the_patients_own_words_and_not_the_last_chip(
    pipeline: TriagePipeline, chat_server: Callable[[str], Any]
) -> None:
    server = chat_server("good")
    close(served(pipeline, server.url), "I have a runny nose and sneeze since yesterday")
    assert "sneeze since yesterday" in server.requests[-1]


def test_a_patient_who_writes_on_is_not_kept_waiting_by_the_model(
    pipeline: TriagePipeline, chat_server: Callable[[str], Any]
) -> None:
    """The model hangs; the turn ends with reviewed text as soon as it is stopped, long before the limit."""
    model = open_chat_model("m", models=Path("none"), url=chat_server("hang").url, languages=("en",), limit=30.0)
    assert model is not None
    model.load()
    found = engine(pipeline, model)
    encounter = Encounter(country="MA")
    turn = found.respond(encounter, "I have a runny nose and sneeze since yesterday", stopped=lambda: True)
    while turn.reply.question is not None:
        turn = found.respond(encounter, deny(found, turn.reply.question), stopped=lambda: True)
    check_whole(turn)
    assert turn.milliseconds < 10_000 and turn.audit.failures == ("generation",)


def test_no_model_is_called_in_an_emergency(pipeline: TriagePipeline, chat_server: Callable[[str], Any]) -> None:
    server = chat_server("good")
    found = served(pipeline, server.url)
    turn = found.respond(Encounter(country="MA"), "I have crushing chest pain and I am sweating")
    assert turn.assessment.disposition is Disposition.AMBULANCE
    assert not server.requests


@pytest.mark.model
@pytest.mark.parametrize("backend", ["xllamacpp", "transformers"])
def test_a_real_small_model_gives_a_guarded_reply(pipeline: TriagePipeline, smollm: Path, backend: Any) -> None:
    model = open_chat_model(str(smollm), backend=backend, models=Path("none"), languages=("en",), limit=300, threads=1)
    assert model is not None
    turn, _ = close(engine(pipeline, model), "I have a runny nose and sneeze since yesterday")
    check_whole(turn)
    assert "generation" not in turn.audit.failures
    assert turn.audit.model and turn.audit.prompt


@pytest.mark.model
def test_a_real_model_behind_the_openai_protocol_gives_a_guarded_reply(pipeline: TriagePipeline, smollm: Path) -> None:
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(smollm)
    params.n_ctx = 2048
    params.cpuparams.n_threads = 1
    params.port = 0
    server = xllamacpp.Server(params)
    turn, _ = close(served_slowly(pipeline, f"{server.listening_address}/v1"), "I have a runny nose since yesterday")
    check_whole(turn)
    assert "generation" not in turn.audit.failures and turn.audit.model


def served_slowly(pipeline: TriagePipeline, url: str) -> TriagePipeline:
    model = open_chat_model("auto", backend="openai", models=Path("none"), url=url, languages=("en",), limit=60)
    assert model is not None
    return engine(pipeline, model)


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I have a runny nose and sneeze since yesterday", "en"),
        ("j'ai le nez qui coule et j'éternue depuis hier", "fr"),
    ],
)
def test_the_default_model_words_a_reply_in_its_languages(
    pipeline: TriagePipeline,
    qwen: Path,
    text: str,
    language: str,
) -> None:
    model = open_chat_model(
        str(qwen), backend="xllamacpp", models=Path("none"), languages=("en", "fr"), limit=90, threads=2
    )
    assert model is not None
    turn, _ = close(engine(pipeline, model), text, language)
    check_whole(turn)
    assert not turn.audit.failures
