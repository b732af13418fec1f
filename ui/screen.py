"""What the page shows of an encounter, computed from its turns alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from triage import AskedQuestion, Encounter, Handoff, Reply, TriagePipeline, Turn
from ui.asking import Asking
from ui.clinic import Clinic
from ui.clinic_html import ClinicNow, no_clinic
from ui.markup import choice, fold, listen, plain, spoken
from ui.render import Renderer

MOST_UNDERSTOOD = 16

Regions = dict[str, str]
"""HTML by the name of its place on the page."""

CONVERSATION = ("log", "alert", "card", "question", "told", "handoff")


class Screen:
    """Draws encounters.

    Args:
        pipeline: The engine, for its content, its fixed sentences and the hand-over.
        code: Returns the code of an encounter by its id, or None when it has none.
        clinic: Returns the clinic as it is set now.
    """

    def __init__(
        self, pipeline: TriagePipeline, code: Callable[[str], str | None], clinic: ClinicNow = no_clinic
    ) -> None:
        self._code = code
        self._clinic = clinic
        self._pipeline = pipeline
        self._knowledge = pipeline.knowledge
        self._render = Renderer(pipeline.knowledge, pipeline.wording, clinic)
        self._asking = Asking(pipeline.knowledge, pipeline.wording)

    def opening(self, language: str, *, deleted: bool = False) -> Regions:
        """Return the regions before the first message."""
        keys = ["delete_done", "greeting"] if deleted else ["greeting"]
        bubbles = "".join(self._said(self._pipeline.wording.text(key, language), language) for key in keys)
        return {**dict.fromkeys(CONVERSATION, ""), "log": _log(bubbles, language, 0)}

    def draw(self, encounter: Encounter, growing: Reply | None = None) -> Regions:
        """Return the regions of an encounter that has begun; what we understood stays as it is while a reply grows.

        Args:
            encounter: The encounter, its latest turn included.
            growing: The reply of the latest turn while it still grows.
        """
        language, country = encounter.language, encounter.country
        latest = encounter.turns[-1]
        reply = growing or latest.reply
        urgent = reply.card is not None and reply.card.disposition.is_emergency
        final = reply.question is None
        card = self._render.card(reply, language, country, turn=latest.number) if urgent or final else ""
        ready = growing is None and (urgent or final) and reply.card is not None
        return {
            "log": self.log(encounter, reply),
            "alert": card if urgent else "",
            "card": "" if urgent else card,
            "question": self._asking.question(reply.question, language, latest.number),
            **({} if growing else {"told": self._told(encounter)}),
            "handoff": self._handoff(encounter) if ready else "",
        }

    def log(self, encounter: Encounter, reply: Reply | None = None, *, writing: str = "", notice: str = "") -> str:
        """Return the conversation so far.

        Args:
            encounter: The encounter.
            reply: The reply of the latest turn; the stored one when None.
            writing: What the patient has just sent and is not in the encounter yet.
            notice: Key of a sentence of ours that belongs to no turn.
        """
        parts = [self._said(self._pipeline.greeting(encounter.language), encounter.language)]
        for turn in encounter.turns:
            last = turn is encounter.turns[-1]
            parts.append(self._own(turn.message.text or "…", encounter.language))
            parts += self._spoken(turn, reply if last and reply else turn.reply, asked=not last or bool(writing))
        if writing.strip():
            parts.append(self._own(writing, encounter.language))
        if notice:
            told = self._pipeline.wording.text(notice, encounter.language, encounter.country)
            parts.append(self._said(told, encounter.language))
        return _log("".join(parts), encounter.language, encounter.number)

    def _spoken(self, turn: Turn, reply: Reply, *, asked: bool) -> Iterator[str]:
        """Yield the bubble of a reply; a question joins it once it has been answered, until then it stands apart."""
        parts = list(reply.notices)
        if reply.card is not None and (reply.question is None or reply.card.disposition.is_emergency):
            parts.append(reply.card.heading)
        question = reply.question.text if asked and reply.question is not None else ""
        # What answers the patient's own question; beside the advice it stands in the card.
        told = reply.sentences if reply.question is not None or reply.card is None else ()
        if told:
            rows = "".join(f"<li>{plain(item.text)}</li>" for item in told)
            more = f"<ul>{rows}</ul>{self._render.sources(reply.citations, turn.message.language)}"
            asks = f"<p>{plain(question)}</p>" if question else ""
            yield self._said("\n\n".join(parts), turn.message.language, more + asks)
        elif parts or question:
            parts += [question] if question else []
            yield self._said("\n\n".join(parts), turn.message.language)

    def _said(self, text: str, language: str, more: str = "") -> str:
        words = self._knowledge.say(language).text
        return (
            f'<div class="sal-msg sal-bot" {spoken(language)} data-speak><b class="sal-sr">Salama: </b>'
            f"<p>{plain(text)}</p>{listen(words['listen'])}{more}</div>"
        )

    def _own(self, text: str, language: str) -> str:
        you = plain(self._knowledge.say(language).text["you"])
        return f'<div class="sal-msg sal-me"><b class="sal-sr">{you}: </b><p dir="auto">{plain(text)}</p></div>'

    def _told(self, encounter: Encounter) -> str:
        """Return what we understood and what was answered, each with the way to correct it."""
        words = self._knowledge.say(encounter.language)
        text = words.text
        present = self._pipeline.facts(encounter).present.values()
        told = list(dict.fromkeys(item.concept for item in present if item.origin != "background"))[:MOST_UNDERSTOOD]
        findings = "".join(
            f"<li><span>{plain(self._knowledge.label(name, encounter.language))}</span>"
            f"{_correct(f'wrong:{name}', text['correct_button'])}</li>"
            for name in told
        )
        answers = "".join(
            f"<li><span>{plain(question.text)} <strong>{plain(answer)}</strong></span>"
            f"{_correct(f'again:{question.id}', text['change_button'])}</li>"
            for question, answer in _answered(encounter)
            if question.id in self._knowledge.questions
        )
        parts = [f"<p>{plain(text['change_lead'])}</p>"]
        parts += [f'<ul class="sal-told">{rows}</ul>' for rows in (findings, answers) if rows]
        inside = "".join(parts) if findings or answers else ""
        return fold(plain(words.headings["understood"]), inside, elem_id="sal-change", language=encounter.language)

    def _handoff(self, encounter: Encounter) -> str:
        return self._render.handoff(summaries(self._pipeline, encounter, self._clinic()), self._code(encounter.id))


def summaries(pipeline: TriagePipeline, encounter: Encounter, clinic: Clinic | None) -> list[Handoff]:
    """Return the summary in the patient's language, and in that of clinicians of the country if it is another."""
    zone = clinic.time_zone if clinic else None
    languages = dict.fromkeys([encounter.language, pipeline.knowledge.clinicians_speak(encounter.country)])
    return [pipeline.handoff(encounter, language, zone) for language in languages]


def last_answered(encounter: Encounter) -> str | None:
    """Return the id of the question that was answered last, or None."""
    return next((question.id for question, _ in reversed(_answered(encounter))), None)


def _answered(encounter: Encounter) -> list[tuple[AskedQuestion, str]]:
    """Return the questions that were answered, each once with its latest answer."""
    found: dict[str, tuple[AskedQuestion, str]] = {}
    for turn, following in zip(encounter.turns, encounter.turns[1:], strict=False):
        question = turn.reply.question
        if question is not None and _answers(question, following):
            found.pop(question.id, None)
            found[question.id] = (question, following.message.text)
    return list(found.values())


def _answers(question: AskedQuestion, turn: Turn) -> bool:
    """Whether a turn answers the question before it; tapping a correction does not, nor what makes us ask it again."""
    told = turn.message.text
    asked = turn.reply.question
    return (
        bool(told.strip())
        and (asked is None or asked.id != question.id)
        and (not turn.message.tapped or any(told.startswith(item.label) for item in question.options))
    )


def _correct(value: str, label: str) -> str:
    return choice("say", value, label, style="sal-small")


def _log(bubbles: str, language: str, turn: int) -> str:
    # Not live itself: it is drawn anew as a whole, and the page tells what is new in a region of its own.
    role = 'role="log" aria-live="off" aria-label="Salama"'
    return f'<div class="sal-log" {role} data-turn="{turn}" {spoken(language)}>{bubbles}</div>'
