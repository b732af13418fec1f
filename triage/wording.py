"""The fixed words of a reply: cards, questions and notices, which need no language model and are always available.

Every sentence comes from `replies/<language>.yaml` or from a question; what articles say is in `triage/quoting.py`.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import chain

from knowledge.loader import Knowledge
from knowledge.protocols import Question
from knowledge.schema import Article, Replies, Services
from knowledge.vocabulary import Disposition
from triage.gestalt import WHOLE
from triage.pictured import all_told
from triage.types import (
    AnswerOption,
    AskedQuestion,
    Assessment,
    Card,
    RedFlagHit,
    Reply,
)

INQUIRY = "inquiry"
"""Id of the check that follows information: is anybody ill now?"""
MOST_REASONS = 4
MOST_ADVICE = 4
MOST_SAFETY_NET = 4
_SAYS_WHEN = frozenset({"same_day", "soon"})
"""Advice that says when to go, which a more urgent level overrules."""
_COMES_BEFORE = {"nbm": "sugar", "keep_still": "fresh_air", "lie_down": "cool_heat", "skin_to_skin": "fever_child"}
"""Advice that is left out beside another one: who is awake with low sugar is not told to take nothing by mouth, who
must leave a gas not to move, and who is too hot is not kept warm."""
_INSTEAD = {"reliever": ("no_reliever_available", "sit_up")}
"""Advice that a finding makes impossible, and what is advised instead."""
_FIRST = (
    "call_amb",
    "no_enter",
    "fresh_air",
    "cpr",
    "choke",
    "press",
    "aai",
    "cord",
    "naloxone",
    "seiz",
    "recov",
    "sugar",
)
"""First aid that is never cut for other advice, where more is known than can be read: what saves a life first."""
_POSITIONS = ("lie_flat", "sit_up", "rest_sit", "lie_down")
"""Advice on how to lie or sit, of which the first is given alone: `lie_flat` says itself when to sit up."""

_SAID_BY_CARD = {
    Disposition.AMBULANCE: frozenset({"no_drive"}),
    Disposition.EMERGENCY_DEPARTMENT: frozenset({"no_drive"}),
    Disposition.TODAY: _SAYS_WHEN,
}
"""Advice that the card of a level gives already in words of its own."""

LINES = {"poisoning": "poison", "mental": "suicide_helpline", "safeguarding": "child_protection"}
"""Kind of telephone line that goes with a domain of rules."""


class Wording:
    """Writes cards, questions and notices in the patient's language."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self.pictured = frozenset(chain.from_iterable(all_told(each.text) for each in knowledge.replies.values()))
        """What a tapped picture of the body says: our words, not the patient's."""

    def text(self, key: str, language: str, country: str | None = None, **values: object) -> str:
        """Return a fixed sentence with the emergency number of the country filled in.

        Args:
            key: Key of `text` in `replies/<language>.yaml`.
            language: Written form.
            country: Two letters; None when unknown.
            values: Further placeholders.
        """
        replies = self._knowledge.say(language)
        if country not in self._knowledge.services and f"{key}_unknown_country" in replies.text:
            key = f"{key}_unknown_country"
        return replies.text[key].format(**{"number": self._number(replies, country), **values})

    def card(self, assessment: Assessment, language: str, country: str | None, article: Article | None) -> Card:
        """Return the advice of a turn in fixed words."""
        replies = self._knowledge.say(language)
        level = assessment.disposition
        words = {key: self._fill(text, replies, country) for key, text in replies.cards[level.name.lower()].items()}
        deciding = assessment.deciding
        services = self._knowledge.services.get(country or "")
        told = {key for hit in assessment.hits for key in hit.advice}
        unsaid = {key for key, before in _COMES_BEFORE.items() if before in told}
        unsaid |= _SAID_BY_CARD.get(level, frozenset[str]())
        first_aid = (key for name in assessment.protocols for key in self._knowledge.protocols[name].advice)
        known = {item.concept for hit in assessment.hits for item in hit.because}
        possible = (_possible(key, known) for key in chain(_advice(deciding), first_aid))
        keys = _together(key for key in possible if key not in unsaid)
        if level.is_emergency and not keys:
            # nothing goes with what decides, as with the gestalt: what calmer rules say still helps ("eat nothing")
            keys = _together(key for key in _advice(assessment.hits) if key not in _SAYS_WHEN | unsaid)
        return Card(
            disposition=level,
            heading=words["heading"],
            action=words["action"],
            when=words["when"],
            number=services.emergency if services else None,
            number_label=self.text("call_button", language, country) if services else None,
            reasons=self.reasons(deciding, language),
            advice=tuple(self._fill(replies.advice[key], replies, country) for key in keys),
            advice_keys=keys,
            safety_net=() if level.is_emergency else self._safety_net(replies, article, language, country),
            numbers=self._lines(deciding, services, language),
        )

    def reasons(self, hits: Iterable[RedFlagHit], language: str) -> tuple[str, ...]:
        """Return what the patient told us that makes rules hold, in short words."""
        return self.labels((item.concept for hit in hits for item in hit.because), language)

    def labels(self, concepts: Iterable[str], language: str) -> tuple[str, ...]:
        """Return the short words for findings, each once."""
        labels = (self._reason(concept, language) for concept in dict.fromkeys(concepts))
        return tuple(dict.fromkeys(label for label in labels if label))[:MOST_REASONS]

    def urgent(self, key: str, assessment: Assessment, language: str, country: str | None) -> str:
        """Return a sentence that repeats the heading of the advice."""
        replies = self._knowledge.say(language)
        heading = self._fill(replies.cards[assessment.disposition.name.lower()]["heading"], replies, country)
        return self.text(key, language, country, heading=heading)

    def _reason(self, concept: str, language: str) -> str:
        if concept == WHOLE:
            return self._knowledge.say(language).text["whole_message"]
        base = concept.removesuffix(".ongoing")
        return self._knowledge.label(base, language) if base in self._knowledge.concepts else ""

    def question(self, question: Question, language: str, remaining: int, known: Container[str] = ()) -> AskedQuestion:
        """Return a question with its chips as the patient sees it; what they told us already is not offered again."""
        text = self._knowledge.say(language).text
        if question.choices:
            options = [
                AnswerOption(label=_in(choice.label, language), value=f"choice:{index}")
                for index, choice in enumerate(question.choices)
            ]
        elif len(question.options) > 1:
            options = [
                AnswerOption(label=self._knowledge.label(concept, language), value=f"option:{concept}")
                for concept in question.options
                if concept not in known
            ]
            options.append(AnswerOption(label=text["none_of_these"], value="none"))
        elif question.options:
            options = [AnswerOption(label=text["yes"], value="yes"), AnswerOption(label=text["no"], value="no")]
        else:
            options = []
        options.append(AnswerOption(label=text["not_sure"], value="unsure"))
        return AskedQuestion(
            id=question.id,
            text=_in(question.ask, language),
            why=_in(question.why, language),
            options=tuple(options),
            remaining=remaining,
        )

    def retraction(self, concepts: Sequence[str], language: str) -> AskedQuestion:
        """Return the read-back of findings that the patient seems to take back."""
        text = self._knowledge.say(language).text
        ask = text["retract_ask"].format(label=", ".join(self._knowledge.label(name, language) for name in concepts))
        options = (
            AnswerOption(label=text["retract_yes"], value="yes"),
            AnswerOption(label=text["retract_no"], value="no"),
        )
        return AskedQuestion(id=f"retract:{concepts[0]}", text=ask, why=text["emergency_stays"], options=options)

    def inquiry(self, language: str) -> AskedQuestion:
        """Return the gentle check that follows information."""
        text = self._knowledge.say(language).text
        options = (AnswerOption(label=text["yes"], value="yes"), AnswerOption(label=text["no"], value="no"))
        return AskedQuestion(id=INQUIRY, text=text["information_check"], why=text["information_why"], options=options)

    def failure(self, language: str, country: str | None) -> Reply:
        """Return the fixed safe reply for a turn in which the engine itself failed."""
        replies = self._knowledge.say(language)
        words = {key: self._fill(text, replies, country) for key, text in replies.cards["today"].items()}
        return Reply(
            card=Card(disposition=Disposition.TODAY, number=None, number_label=None, **words),
            notices=(self.text("failure", language, country),),
            urgent_help=self.text("urgent_help", language, country),
        )

    def _safety_net(
        self, replies: Replies, article: Article | None, language: str, country: str | None
    ) -> tuple[str, ...]:
        lead = self.text("safety_net_lead", language, country)
        signs: list[str] = []
        if article is not None:
            for section in article.sections:
                if section.kind in ("emergency", "see_someone"):
                    signs += section.sentences[:2]
        if not signs:
            signs = [replies.text[f"safety_net_{key}"] for key in ("worse", "breathing", "faint", "worry")]
        return (lead, *signs[:MOST_SAFETY_NET])

    def _lines(
        self, hits: Sequence[RedFlagHit], services: Services | None, language: str
    ) -> tuple[tuple[str, str], ...]:
        if services is None:
            return ()
        kinds = {LINES[domain] for hit in hits if (domain := hit.rule_id.split(".")[0]) in LINES}
        return tuple(
            (_in(number.name, language), number.number)
            for number in services.numbers
            if number.kind in kinds and number.confirmed
        )

    def _number(self, replies: Replies, country: str | None) -> str:
        services = self._knowledge.services.get(country or "")
        return services.emergency if services else replies.text["unknown_number"]

    def _fill(self, text: str, replies: Replies, country: str | None) -> str:
        return text.replace("{number}", self._number(replies, country))


def _advice(hits: Iterable[RedFlagHit]) -> Iterator[str]:
    return (key for hit in hits for key in hit.advice)


def _possible(key: str, known: Container[str]) -> str:
    """Return advice that can be followed: who has no inhaler left is not told to use it."""
    lacking, instead = _INSTEAD.get(key, ("", key))
    return instead if lacking in known else key


def _together(keys: Iterable[str]) -> tuple[str, ...]:
    """Return advice that can be followed all at once: nobody lies flat and sits at the same time."""
    said = tuple(keys)
    position = next((key for key in _POSITIONS if key in said), "")
    each = tuple(dict.fromkeys(position if key in _POSITIONS else key for key in said))
    rank = {key: place for place, key in enumerate(_FIRST)}
    kept = sorted(each, key=lambda key: rank.get(key, len(rank)))[:MOST_ADVICE]
    return tuple(key for key in each if key in kept)


def _in(text: dict[str, str], language: str) -> str:
    return text.get(language) or text["en"]
