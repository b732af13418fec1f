"""What the prompts show the model as a good reply is what the guard lets pass."""

import re

import pytest

from knowledge.vocabulary import LANGUAGES, Disposition, Polarity
from triage.generation import load_prompts
from triage.generation.sentences import split_sentences
from triage.guard import Context, Told, check
from triage.types import Passage


def test_every_written_form_has_a_prompt() -> None:
    assert set(load_prompts()) == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_worked_example_passes_the_guard_with_its_own_notes(language: str) -> None:
    prompt = load_prompts()[language]
    for request, reply in prompt.examples:
        notes = re.findall(r"^- (.+)$", request, re.MULTILINE)
        passage = Passage(
            id=f"a.{language}#do-1",
            article_id=f"a.{language}",
            title="A",
            section="do",
            text=" ".join(notes),
            language=language,
            sources=(),
        )
        labels = re.split("[,،] ", request.splitlines()[1].split(": ", 1)[1])
        context = Context(
            disposition=Disposition.SELF_CARE,
            language=language,
            passages=(passage,),
            told=tuple(Told(label, Polarity.AFFIRMED) for label in labels),
            instructions=prompt.system,
        )
        for sentence in split_sentences([reply, "\n"]):
            assert check(sentence, context).allowed, sentence
        assert not check(prompt.system.splitlines()[0], context).allowed, "the instructions themselves are no reply"
