"""Card, question and notices: the reply in fixed words, ready before anything slow begins."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.loader import Knowledge
from knowledge.protocols import ByArticle
from knowledge.vocabulary import Experiencer, Polarity, Temporality
from triage.encounter import Encounter
from triage.facts import Facts
from triage.heard import Heard
from triage.interview import Next
from triage.quoting import Quoting
from triage.request_replies import MOST_NOTICES, RequestReplies
from triage.types import AskedQuestion, Assessment, Card, Finding, Passage, Reply, Sentence
from triage.wording import INQUIRY, Wording

_UNREAD = {"not_understood", "answer_not_understood", "question_unknown"}
_CALMER = {"not_understood", "not_understood_again", "question_unknown", "question_too"}
"""What names a pharmacist, or is only polite: said beside no advice of an emergency."""
_ELSEWHERE = {"another_person"}
"""What sends the other person elsewhere: not said when what was just told has made it an emergency."""
_NOTED = {"noted", "noted_temperature", "noted_age", "number_alone"}
"""What is said to what was told out of turn; not beside an article, nor the advice of an emergency."""
_STAYS = ("emergency_heard", "emergency_hard", "emergency_stays")
"""What is said in turn to those who write on beside the advice of an emergency."""
_ASKED = ("seen_first", "asked_there", "emergency_hard")
"""What is said in turn to questions that nothing answers beside the advice of an emergency."""
_OURS_FIRST = ("answer_first", "answer_decides")
"""What is said in turn to questions while the advice is an emergency until ours is answered."""


class Replier:
    """Puts a reply together from reviewed words.

    Args:
        knowledge: The content.
        wording: Its words.
        quoting: Its articles.
    """

    def __init__(self, knowledge: Knowledge, wording: Wording, quoting: Quoting) -> None:
        self._questions = knowledge.questions
        self._wording = wording
        self._quoting = quoting
        self._requests = RequestReplies(knowledge)
        self._no_telling = frozenset(knowledge.requests.no_telling)

    def card_alone(self, encounter: Encounter, assessment: Assessment) -> Reply:
        """Return the advice without a question, for a patient who would else wait for a slow voice."""
        language, country = encounter.language, encounter.country
        article = self._quoting.article(assessment.protocols, language)
        return Reply(
            card=self._wording.card(assessment, language, country, article),
            urgent_help=self._wording.text("urgent_help", language, country),
        )

    def reply(self, encounter: Encounter, facts: Facts, heard: Heard, assessed: Next, told: Sequence[Passage]) -> Reply:
        """Return the reply to a message, and note in the encounter which question now waits for its answer.

        Args:
            encounter: The encounter with the message learnt.
            facts: Its facts.
            heard: What the message says.
            assessed: The advice, and the question that comes next.
            told: What answers a question for information.
        """
        language, country = encounter.language, encounter.country
        assessment = assessed.assessment
        before = encounter.turns[-1].assessment if encounter.turns else None
        article = self._quoting.article(assessment.protocols, language)
        question = self._ask(encounter, facts, heard, assessed)
        notices = self._answers(encounter, facts, heard, assessment, asking=question is not None)
        is_urgent = assessment.disposition.is_emergency and question is None
        if not encounter.inquiry or heard.silent:
            # What an article answers was understood.
            unsaid = {
                *(_UNREAD if told else ()),
                *(_NOTED if told or is_urgent else ()),
                *(_ELSEWHERE if assessment.floor.is_emergency and not _is_known(before, assessment) else ()),
                *(_CALMER if assessment.disposition.is_emergency and encounter.turns else ()),
            }
            for key, values in heard.notices:
                if key not in unsaid:
                    again = (
                        key in {*_NOTED, "one_at_a_time"} and question is not None and question.id in heard.ask_again
                    )
                    text = self._wording.text(key, language, country, **values)
                    notices.append(f"{text} {self._wording.text('question_too', language)}" if again else text)
        elif not (notices or told):
            # no article answers somebody who only asks
            notices.append(self._wording.text("question_unknown", language))
        if heard.why and question is not None:
            notices.append(f"{self._wording.text('why_lead', language)} {question.why}")
        sentences: tuple[Sentence, ...] = ()
        if question is not None and _is_for_now(assessment) and not (before and _is_for_now(before)):
            notices.append(self._wording.text("advice_for_now", language))
        asked = heard.by_article
        if asked is not None and before is not None and assessment.disposition > before.disposition:
            # What was told with the question has changed the advice: nothing stands beside that.
            asked, told = None, ()
        card = None
        if not (encounter.small_talk or encounter.inquiry):
            card = self._wording.card(assessment, language, country, article)
        barred = _barred(card, asked)
        if barred:
            # "May I eat?" beside "Do not eat": the advice itself is the answer.
            notices += barred
        elif assessment.disposition.is_emergency:
            # No article speaks beside an emergency; what the patient writes on, a question above all, is still heard.
            keys = {key for key, _ in heard.notices}
            asks = asked is not None or bool(told) or "question_unknown" in keys
            writes_on = asks or bool(keys & _CALMER) or (question is None and _is_known(before, assessment))
            if before is not None and writes_on and not notices:
                notices.append(self._beside(encounter, heard, assessment, asks=asks, asking=question is not None))
        elif told:
            sentences = self._quoting.information(told, signs=heard.signs, asked=asked)
            lead = asked.lead if asked is not None else "information_lead"
            notices.append(self._wording.text(lead, language, country, title=told[0].title))
        elif asked is not None:
            notices += [self._wording.text(asked.otherwise, language)] if asked.otherwise is not None else []
        elif question is None and not heard.silent:
            sentences = self._quoting.sentences(article)
        return Reply(
            card=card,
            sentences=sentences,
            question=question,
            citations=self._quoting.citations(sentences, () if barred else told, assessment.deciding),
            notices=tuple(notices),
            urgent_help=self._wording.text("urgent_help", language, country),
        )

    def _answers(
        self, encounter: Encounter, facts: Facts, heard: Heard, assessment: Assessment, *, asking: bool
    ) -> list[str]:
        """Return what is said to danger that came up and to requests; never the same twice running."""
        language, country = encounter.language, encounter.country
        chosen = self._requests.notices(encounter, facts, heard.requests, assessment, asking=asking)
        texts = [self._wording.text(key, language, country, **values) for key, values in chosen]
        said = encounter.turns[-1].reply.notices if encounter.turns else ()
        fresh = [text for text in texts if text not in said][:MOST_NOTICES]
        return fresh or ([self._wording.text("smalltalk", language)] if encounter.small_talk else [])

    def _beside(self, encounter: Encounter, heard: Heard, assessment: Assessment, *, asks: bool, asking: bool) -> str:
        """Return what is said beside the advice of an emergency to those who write on, in turn."""
        language, country = encounter.language, encounter.country
        then = self._requests.then(encounter, assessment)
        keys = (*then, *(key for key in _STAYS if not then))
        if asks and asking:
            keys = _OURS_FIRST
        elif self._requests.is_farewell(heard.requests):
            keys = ("closing", "thanks")
        elif heard.agrees:
            keys = ("emergency_agreed", *keys)
        elif asks and not then:
            keys = _ASKED
        texts = [self._wording.text(key, language, country) for key in keys]
        urgent = heard.by_article.urgent if heard.by_article is not None else None
        if urgent is not None:
            texts.insert(0, self._wording.urgent(urgent, assessment, language, country))
        elif not (asks or then):
            # More is told: that it was read is shown by what was understood.
            told = [one.concept for one in heard.findings if _is_told_now(one) and one.concept not in self._no_telling]
            labels = self._wording.labels(told, language)
            if labels:
                texts.insert(0, self._wording.text("emergency_noted", language, country, label=", ".join(labels)))
        said = [text for turn in encounter.turns for text in turn.reply.notices]
        # What was never said, or else what was said longest ago.
        return min(texts, key=lambda text: max((at for at, one in enumerate(said) if one == text), default=-1))

    def _ask(self, encounter: Encounter, facts: Facts, heard: Heard, assessed: Next) -> AskedQuestion | None:
        language = encounter.language
        encounter.retracting = list(heard.read_back)
        if heard.read_back:
            told = [name for name in heard.read_back if name in facts.present and facts.present[name].concept == name]
            return self._wording.retraction(told if len(told) > 1 else heard.read_back[:1], language)
        if heard.put_again is not None:
            encounter.pending, encounter.changing = heard.put_again, True
            return self._wording.question(self._questions[heard.put_again], language, assessed.remaining)
        if encounter.inquiry:
            encounter.pending = None if heard.silent else INQUIRY
            return None if heard.silent else self._wording.inquiry(language)
        question = assessed.question
        if question is None or encounter.small_talk:
            return None
        encounter.asked.append(question.id)
        encounter.pending = question.id
        idle = {name for name, finding in facts.absent.items() if finding.origin == "implied" and not finding.text}
        return self._wording.question(question, language, assessed.remaining, {*facts.present, *idle})


def _is_told_now(finding: Finding) -> bool:
    return (finding.polarity, finding.temporality, finding.experiencer) == (
        Polarity.AFFIRMED,
        Temporality.CURRENT,
        Experiencer.SUBJECT,
    )


def _is_for_now(assessment: Assessment) -> bool:
    """Whether an emergency is advised that no rule has found yet: answers may still lower it."""
    return assessment.disposition.is_emergency and not assessment.floor.is_emergency


def _is_known(before: Assessment | None, now: Assessment) -> bool:
    """Whether an emergency was advised before that is no less and no more urgent now."""
    return before is not None and before.floor.is_emergency and before.disposition is now.disposition


def _barred(card: Card | None, asked: ByArticle | None) -> list[str]:
    """Return the advice of a card that answers a question before any article does."""
    if card is None or asked is None:
        return []
    return [text for key, text in zip(card.advice_keys, card.advice, strict=True) if key in asked.yields_to]
