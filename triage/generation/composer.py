"""Asking the model to word a reply from passages, and handing its sentences on one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from knowledge.vocabulary import Disposition
from triage.generation.chat_model import ChatMessage, ChatModel
from triage.generation.prompts import Prompt, load_prompts
from triage.generation.sentences import split_sentences
from triage.types import Card, Passage, Stopped, never

NOTES = {"do": 3, "avoid": 1, "see_someone": 1}
"""How many sentences of each kind of section the model gets, in this order. Each costs a third of a second to read on
two cores, and a patient reads four sentences at most."""

FALLBACK_NOTES = 3
"""Sentences of any section when those sections have none."""

MOST_SENTENCES = 4
MOST_MESSAGE = 400
"""Characters of the patient's message; the findings already say what matters in a longer one."""

_SENTENCE_END = re.compile(r"(?<=[.!?؟])\s+")
_WORD = re.compile(r"[^\W_]+")
_MARKUP = re.compile(r"[<>|{}\[\]`#*_~\\=]+")


def speaks(model: ChatModel, language: str) -> bool:
    """Whether the model may word replies in a language: it was found usable in it, and there is a prompt."""
    return language in model.languages and language in load_prompts()


def compose(
    model: ChatModel,
    *,
    card: Card,
    passages: Sequence[Passage],
    message: str,
    language: str,
    labels: Sequence[str] = (),
    stopped: Stopped = never,
) -> Iterator[str]:
    """Yield the draft sentence by sentence; none of it is checked yet.

    Args:
        model: The language model.
        card: The advice of this turn; the model is told the level and cannot change it.
        passages: What the model may say.
        message: The patient's words, already scrubbed; given as data in quotation lines.
        language: Written form; the model must speak it.
        labels: What the patient told us, in short words.
        stopped: Whether nobody waits for the draft any more.

    Raises:
        EndpointError: The model failed or was too slow; sentences already yielded stand.
        ValueError: The model may not word this language, or there are no passages.
    """
    if not speaks(model, language):
        raise ValueError(f"{model.name} may not word replies in {language!r}")
    notes = select_notes(passages, card.disposition)
    if not notes:
        raise ValueError("without passages there is nothing the model may say")
    request = write_request(load_prompts()[language], card=card, notes=notes, message=message, labels=labels)
    drafted = (sentence for sentence in split_sentences(model.stream(request, stopped)) if not _repeats(sentence, card))
    said: set[str] = set()
    for sentence in islice(drafted, MOST_SENTENCES):
        # Small models say a thing twice.
        if sentence not in said:
            said.add(sentence)
            yield sentence


def warm_up(language: str) -> tuple[ChatMessage, ...]:
    """Return the fixed prefix with an empty request, to be read by a model before the first patient comes."""
    prompt = load_prompts()[language]
    return (*prompt.prefix, ChatMessage("user", prompt.request[: prompt.request.index("{")]))


def write_request(
    prompt: Prompt, *, card: Card, notes: Sequence[str], message: str, labels: Sequence[str]
) -> tuple[ChatMessage, ...]:
    """Return the messages of a call: the fixed prefix, then everything that differs in one last message."""
    values = {
        "{level}": defuse(card.heading),
        "{findings}": ", ".join(defuse(label) for label in labels[:5]) or "-",
        "{notes}": "\n".join(f"- {note}" for note in notes),
        "{message}": defuse(message)[:MOST_MESSAGE],
    }
    # One pass, so that a placeholder written by the patient stays text.
    text = re.sub("|".join(map(re.escape, values)), lambda found: values[found.group()], prompt.request)
    return (*prompt.prefix, ChatMessage("user", text))


def select_notes(passages: Sequence[Passage], disposition: Disposition) -> tuple[str, ...]:
    """Return the sentences that the model may word: what to do, what not to do, and when to see someone.

    Only the article of the best passage is used, since advice for two complaints mixes badly. From "see a doctor
    today" on, its sentences about seeing someone later would be calmer than the card.
    """
    best = [passage for passage in passages if passage.article_id == passages[0].article_id]
    notes: list[str] = []
    for section, most in NOTES.items():
        if section != "see_someone" or disposition < Disposition.TODAY:
            notes += _sentences(best, section)[:most]
    if not notes:
        notes = [sentence for passage in best for sentence in _SENTENCE_END.split(passage.text)][:FALLBACK_NOTES]
    return tuple(dict.fromkeys(notes))


def _sentences(passages: Sequence[Passage], section: str) -> list[str]:
    return [
        sentence for passage in passages if passage.section == section for sentence in _SENTENCE_END.split(passage.text)
    ]


def _repeats(sentence: str, card: Card) -> bool:
    """Whether a sentence only says the card again, which the patient has already read."""
    said = set(_WORD.findall(sentence.casefold()))
    shown = set(_WORD.findall(f"{card.heading} {card.action} {card.when}".casefold()))
    return len(said & shown) >= 0.7 * len(said)


def defuse(text: str) -> str:
    """Return text on one line without characters that mean something to chat templates or markup.

    Without this a patient could write the marks that end a message and begin a new one with other instructions.
    """
    return " ".join(_MARKUP.sub(" ", text).replace('"', "'").split())
