"""What a patient asks for, beside what they have.

Requests are read apart from symptoms and change no level by themselves; what asking for something shows (a question
about ways to die) is content: the `implies` of its concept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from knowledge.lexicon import Lexicon
from knowledge.loader import Knowledge
from knowledge.protocols import ByArticle
from knowledge.vocabulary import Experiencer, Polarity, Temporality
from triage.findings import Mention, MentionReader
from triage.parts import PartReader, holds_question, sentences
from triage.spans import meet, outside, tells_outside, without
from triage.types import Extraction, Finding, Span

Notice = tuple[str, Mapping[str, object]]

_TIMES = {"age_days", "duration_min", "pregnant_weeks"}
"""Quantities that alone tell nothing that somebody has now."""
_WORDS_BESIDE_COURTESY = 1
_WORDS_BESIDE_SMALL_TALK = 6
_WORDS_BESIDE_NAME = 2
_WORDS_BESIDE_ASIDE = 4
"""Most words of weight that may stand in a sentence beside a question that is asked back."""


@dataclass(frozen=True)
class Asked:
    """What one message asks for."""

    requests: tuple[str, ...] = ()
    """Request concepts, the one to answer first in front."""
    shown: tuple[Finding, ...] = ()
    """Findings that the asking itself shows."""
    small_talk: bool = False
    """Nothing else stands in the message than what is no reason to see anybody."""
    information: bool = False
    """It asks for information, whatever else it says."""
    only_information: bool = False
    """It tells no symptom of somebody now: nothing but questions for information."""
    signs: bool = False
    """The information it asks for are the signs of something."""
    by_article: ByArticle | None = None
    """It asks for something that the article of the complaint answers."""
    topic: str = ""
    """What a question that only asks is about: its other words."""
    statement: str = ""
    """The message without its questions for information, where something is told beside them."""
    aside: tuple[Span, ...] = ()
    """Where questions stand that are asked back in the middle of a conversation: they answer none of ours."""
    rest: str = ""
    """What the message says besides, of which an answer may be read; empty where only little words are left."""
    question: bool = False
    """It opens like a question, whatever about."""
    asks: bool = False
    """It asks something, whatever about, and tells nothing that somebody has now."""
    agrees: bool = False
    """It says "ok" or "I am going" and nothing else than thanks or a farewell."""
    nothing_else: bool = False
    """The message is such a question and nothing else."""


class RequestReader:
    """Reads what messages ask for.

    Args:
        knowledge: The content.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self._table = knowledge.requests
        self._concepts = knowledge.concepts
        lexicons = knowledge.lexicons
        used = {
            word[1:]
            for lexicon in lexicons.values()
            for wording in lexicon.requests
            for word in wording.words
            if word.startswith("@")
        }
        # A reader of its own: no word of a request can change how a symptom is read.
        self._reader = MentionReader({tag: _asking(lexicon, used) for tag, lexicon in lexicons.items()})
        self._parts = PartReader(lexicons.values(), chain.from_iterable(self._table.agreeing.values()))

    def read(
        self,
        text: str,
        language: str | None,
        page_language: str,
        symptoms: Extraction,
        turn: int,
        *,
        midway: bool = False,
    ) -> Asked:
        """Return what a message asks for.

        Args:
            text: The scrubbed message.
            language: Its written form, if known.
            page_language: Language of the page.
            symptoms: What the message says besides.
            turn: Number of the message, from 1.
            midway: Whether a complaint was told before, about which the patient may ask back.
        """
        spans = self._mentions(text, language, page_language)
        if not spans and not symptoms.understood:
            # A greeting of one word may be in any language.
            spans = self._mentions(text, None, page_language)
        back = self._asked_back(text, spans, symptoms, midway)
        beside = self._parts.weight(without(text, _where(spans, spans)))
        unsaid = {name for name in self._table.without_symptoms if tells_outside(symptoms, _where([name], spans))}
        if symptoms.findings or beside > _WORDS_BESIDE_COURTESY:
            unsaid |= set(self._table.courtesies)
        said = [name for name in self._table.courtesies if name in spans and name not in unsaid]
        if midway:
            # "Peace be with you" at the end is a farewell.
            unsaid |= set(said[1:])
        else:
            unsaid |= set(self._table.reasons)
        early = self._table.before_complaint
        unsaid |= {name for name in early if midway or tells_outside(symptoms, _where([name], spans))}
        requests = tuple(name for name in self._table.order if name in spans and name not in unsaid)
        small_talk = (
            bool(requests)
            and not symptoms.quantities
            and not self._tells_beside(symptoms, _where(requests, spans))
            and beside <= _WORDS_BESIDE_SMALL_TALK
            and set(requests) <= set(self._table.small_talk)
        )
        shown = tuple(
            Finding(concept=general, text=found.text, span=found.span, turn=turn)
            for name in requests
            for found in spans[name][:1]
            for general in self._concepts[name].implies
        )
        own = any(self._concepts[name].say for name in requests if name not in self._table.courtesies)
        openings = _where(self._table.information, spans)
        # In the middle of a conversation another article answers only what names another subject.
        asks = bool(openings) and self._asks_only(text, spans, openings)
        ours = any(item.experiencer is Experiencer.SUBJECT for item in symptoms.findings)
        refused = not set(requests).isdisjoint(self._table.refused)
        information = bool(openings) and not refused and not (midway and (own or not ours or not asks))
        asks = asks and information
        only = asks and not shown and not self._tells(symptoms)
        signs = information and any(name in spans for name in self._table.signs)
        named = (*self._table.information, *(item.request for item in self._table.by_article))
        topic = without(text, _where(named, spans)).strip() if asks else ""
        aside = tuple(_where((item.request for item in back), spans)) if midway else ()
        # A medicine that is asked about by its name alone may be one that is taken.
        unsure = {item.request for item in back if item.alone}
        taken = [one.span for name in unsure for one in spans[name] if self._names_medicine(one.span, symptoms)]
        aside = tuple(span for span in aside if span not in taken)
        left = outside(symptoms, aside)
        alone = bool(aside) and beside <= _WORDS_BESIDE_COURTESY and not left.findings and not left.quantities
        return Asked(
            requests=requests,
            shown=shown,
            small_talk=small_talk,
            information=information,
            only_information=only,
            signs=signs,
            by_article=next(iter(back), None),
            topic=topic,
            statement=self._parts.statement(text, openings, symptoms) if openings and not only else "",
            aside=aside,
            rest=self._parts.rest(text, aside, openings) if aside else "",
            question=bool(openings),
            asks=(bool(openings) or holds_question(text))
            and not (shown or refused or back or self._tells(symptoms, now=True)),
            agrees=self._parts.agrees(without(text, _where(self._table.courtesies, spans))),
            nothing_else=alone,
        )

    def _asked_back(
        self, text: str, spans: dict[str, list[Mention]], symptoms: Extraction, midway: bool
    ) -> list[ByArticle]:
        """Return what is asked about the complaint, and take out of `spans` what the same words only look like."""
        heard: list[ByArticle] = []
        asked = {item.request: spans[item.request] for item in self._table.by_article if item.request in spans}
        for name in asked if midway else ():
            # "May I drink paracetamol?" does not ask "may I drink?".
            others = [one.span for other, found in asked.items() if other != name for one in found]
            kept = [one for one in asked[name] if not any(_is_part(one.span, other) for other in others)]
            del spans[name]
            spans |= {name: kept} if kept else {}
        for item in self._table.by_article:
            if item.alone:
                kept = [one for one in spans.pop(item.request, ()) if self._stands_alone(text, one)]
                spans |= {item.request: kept} if kept else {}
            if item.first and not midway:
                continue
            if item.midway:
                kept = [one for one in spans.pop(item.request, ()) if midway and self._is_of_it(text, one, symptoms)]
                spans |= {item.request: kept} if kept else {}
            if item.request not in spans:
                continue
            heard.append(item)
            for name in item.over if midway else ():
                own = spans[item.request]
                apart = [one for one in spans.pop(name, ()) if not any(meet(one.span, mine.span) for mine in own)]
                spans |= {name: apart} if apart else {}
        return heard

    def _tells_beside(self, symptoms: Extraction, spans: Sequence[Span]) -> bool:
        """Whether a message tells something beside its requests that happens to somebody."""
        told = tuple(item for item in symptoms.findings if not self._is_no_symptom(item))
        return tells_outside(symptoms.model_copy(update={"findings": told}), spans)

    def _stands_alone(self, text: str, question: Mention) -> bool:
        """Whether hardly a word stands beside a question in its sentence, which ends with a question mark."""
        whole = next(item for item in sentences(text) if meet(item, question.span))
        beside = self._parts.weight(without(text, [question.span])[whole.start : whole.end])
        return beside <= _WORDS_BESIDE_NAME and holds_question(text[whole.end : whole.end + 2])

    def _names_medicine(self, span: Span, symptoms: Extraction) -> bool:
        return any(
            item.span is not None and meet(item.span, span) and self._concepts[item.concept].kind == "medicine"
            for item in symptoms.findings
        )

    def _is_of_it(self, text: str, question: Mention, symptoms: Extraction) -> bool:
        """Whether a question is about the complaint: its sentence names no other subject ("... in pregnancy?")."""
        for whole in sentences(text):
            if not meet(whole, question.span):
                continue
            told = [item.span for item in symptoms.findings if item.span is not None and meet(item.span, whole)]
            named = [
                item
                for item in symptoms.findings
                if item.span in told
                and not meet(question.span, item.span)
                and (item.temporality is Temporality.HYPOTHETICAL or self._is_no_symptom(item))
            ]
            left = without(text, [question.span, *told])[whole.start : whole.end]
            if named or self._parts.weight(left) > _WORDS_BESIDE_ASIDE:
                return False
        return True

    def _tells(self, symptoms: Extraction, *, now: bool = False) -> bool:
        """Whether a message tells a symptom, an event or a measurement.

        Args:
            symptoms: What the message says.
            now: Whether only what the ill person has now counts.
        """
        idle = _TIMES if now else {"age_days"}
        if any(item.name not in idle for item in symptoms.quantities):
            return True
        return any(
            item.polarity is not Polarity.NEGATED
            and item.temporality is not Temporality.HYPOTHETICAL
            and not (now and (item.temporality, item.experiencer) != (Temporality.CURRENT, Experiencer.SUBJECT))
            and not self._is_no_symptom(item)
            for item in symptoms.findings
        )

    def _is_no_symptom(self, finding: Finding) -> bool:
        """Whether a finding says who somebody is or what they take, and nothing that happens to them."""
        kind = self._concepts[finding.concept].kind
        return kind in ("condition", "medicine") or finding.concept in self._table.no_telling

    def _asks_only(self, text: str, spans: Mapping[str, list[Mention]], openings: Sequence[Span]) -> bool:
        """Whether every sentence opens with a question for information; "what shall I do?" is a cry for advice."""
        crying = _where(self._table.what_now, spans)
        if any(not any(cry.start >= way.start and cry.end < way.end for way in openings) for cry in crying):
            return False
        return self._parts.opens_each(without(text, _where(self._table.courtesies, spans)), openings)

    def _mentions(self, text: str, language: str | None, page_language: str) -> dict[str, list[Mention]]:
        found: dict[str, list[Mention]] = {}
        for mention in self._reader.mentions(text, language, page_language):
            known = self._concepts.get(mention.concept)
            if known is not None and known.kind == "request":
                found.setdefault(mention.concept, []).append(mention)
        return found


def _asking(lexicon: Lexicon, used: set[str]) -> Lexicon:
    """Return a lexicon that knows requests only."""
    known = {**lexicon.classes, **lexicon.request_classes}
    classes = {name: forms for name, forms in known.items() if name in used}
    # Idioms that hide symptom words ("sick note") are what is asked for here.
    context = lexicon.context.model_copy(update={"ignore": ()})
    return replace(lexicon, wordings=lexicon.requests, classes=classes, context=context)


def _is_part(one: Span, other: Span) -> bool:
    """Whether a span is part of a longer one."""
    return other.start <= one.start and one.end <= other.end and one.end - one.start < other.end - other.start


def _where(names: Iterable[str], found: Mapping[str, Iterable[Mention]]) -> list[Span]:
    """Return where some of the requests stand."""
    return [item.span for name in names for item in found.get(name, ())]
