"""`salama chat`: the conversation in a terminal."""

from __future__ import annotations

import sys

from triage import Encounter, Reply, TriagePipeline


def converse(pipeline: TriagePipeline, language: str, country: str | None) -> int:
    """Talk until the input ends; return the exit code."""
    encounter = Encounter(language=language, country=country)
    print(pipeline.greeting(language))
    while True:
        sys.stdout.write("> ")
        sys.stdout.flush()
        line = sys.stdin.readline()
        if not line:
            print()
            return 0
        turn = pipeline.respond(encounter, _chosen(line.strip(), encounter))
        _show(turn.reply)


def _chosen(line: str, encounter: Encounter) -> str:
    """A number chooses one of the answers just offered."""
    question = encounter.turns[-1].reply.question if encounter.turns else None
    if question and len(question.options) > 1 and line.isdigit() and 1 <= int(line) <= len(question.options):
        return question.options[int(line) - 1].value
    return line


def _show(reply: Reply) -> None:
    for notice in reply.notices:
        print(notice)
    if reply.card is not None and (reply.question is None or reply.card.disposition.is_emergency):
        card = reply.card
        print(f"\n*** {card.heading} ***\n{card.action}\n{card.when}")
        for line in (*card.advice, *card.safety_net):
            print(f"- {line}")
        for name, number in card.numbers:
            print(f"{name}: {number}")
    for sentence in reply.sentences:
        print(sentence.text)
    for citation in reply.citations:
        print(f"  [{citation.publisher}: {citation.title}]")
    if reply.question is not None:
        print(f"\n{reply.question.text}")
        for place, option in enumerate(reply.question.options, start=1):
            print(f"  {place}. {option.label}")
    print(reply.urgent_help)
