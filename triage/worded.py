"""Letting a language model word the reply; whatever goes wrong leaves the reviewed text."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from triage.encounter import Encounter
from triage.facts import Facts
from triage.quoting import Quoting
from triage.recording import Work
from triage.types import Assessment, Passage, Reply, Sentence, Stopped

if TYPE_CHECKING:
    from triage.drafting import Drafter

log = logging.getLogger("salama")

Emit = Callable[[Reply], object]
"""What gets a reply as it grows."""


def word(
    composer: Drafter | None,
    quoting: Quoting,
    work: Work,
    encounter: Encounter,
    facts: Facts,
    assessment: Assessment,
    reply: Reply,
    passages: Sequence[Passage],
    *,
    grow: Emit,
    stopped: Stopped,
) -> Reply:
    """Return a reply that the model words sentence by sentence and that still says all of the reviewed one.

    Args:
        composer: The language model with its guard, if there is one.
        quoting: The articles, which quote the passages where no article goes with the complaint.
        work: Gets the verdicts, and the failure if the model fails.
        encounter: The encounter with this turn.
        facts: What is known of the subject.
        assessment: What the rules and the interview say; in an emergency no model is called.
        reply: The reply in fixed words.
        passages: What the model may say, best first.
        grow: Called with the reply after each sentence.
        stopped: Whether nobody waits for the model any more.
    """
    language = encounter.language
    if not reply.sentences and passages:
        quoted = quoting.quote(passages)
        citations = quoting.citations(quoted, passages, assessment.deciding)
        reply = reply.model_copy(update={"sentences": quoted, "citations": citations})
    usable = composer is not None and passages and composer.speaks(language)
    if composer is None or not usable or reply.card is None or assessment.disposition.is_emergency:
        return reply
    # An interview ends with a tapped answer; what the patient wrote before tells what is the matter.
    message = " ".join(encounter.own_words)
    worded: list[Sentence] = []
    sentences, finished = reply.sentences, False
    of_another = encounter.subject.is_author is False
    try:
        for sentence, verdict in composer.compose(
            message, reply.card, passages, language, facts, stopped, of_another=of_another
        ):
            work.verdicts.append(verdict)
            work.model, work.prompt = composer.model, composer.prompt(language)
            if sentence is None and verdict.check == "subject":
                # A kind word to the wrong person is left out; what follows it is advice.
                continue
            if sentence is None:
                break
            worded.append(sentence)
            # At no moment is there less to read than the reviewed text.
            sentences = composer.complete(worded, reply.sentences, language)
            grow(reply.model_copy(update={"sentences": sentences, "worded_by": composer.model}))
        else:
            finished = bool(worded)
    except Exception as error:
        work.failures.append("generation")
        log.warning("stage generation failed: %s", type(error).__name__)
    # A refused or broken draft gives way to the reviewed text, and a whole one loses none of it.
    return reply.model_copy(
        update={
            "sentences": sentences,
            "citations": quoting.citations(sentences, passages, assessment.deciding),
            "worded_by": composer.model if finished else None,
        }
    )
