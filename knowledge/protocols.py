"""What is asked about a complaint, what its answers mean, and how requests are answered."""

from __future__ import annotations

from functools import cached_property

from pydantic import Field, StrictStr

from knowledge import conditions
from knowledge.schema import Content, Examples, SectionKind, Sourced, Text, When
from knowledge.vocabulary import DispositionName


class Choice(Content):
    """One answer of a choice question."""

    label: Text
    present: tuple[StrictStr, ...] = ()
    absent: tuple[StrictStr, ...] = ()
    numbers: dict[StrictStr, tuple[float, float]] = {}
    """Quantity to the range (lowest, highest) that the answer stands for."""


class Question(Content):
    """One thing asked of the patient, with what each answer means."""

    id: StrictStr
    ask: Text
    why: Text
    """What we say when the patient asks why we want to know."""
    options: tuple[StrictStr, ...] = ()
    """Concepts offered as answers; with one option it is a yes/no question, with several "none of these" is added."""
    number: StrictStr | None = None
    """Quantity asked for instead of options, e.g. `age_years` or `temp_c`."""
    choices: tuple[Choice, ...] = ()
    """Fixed answers that set quantities or several concepts, for anything that options cannot say."""
    today_if: tuple[StrictStr, ...] = ()
    """Options that mean a doctor today once they are told and no rule takes them up: a danger sign that is there never
    calms."""
    strength: bool = False
    """Asks how strong it is: "it is mild" is a no."""
    only_if: When | None = None
    """Condition without which the question makes no sense (pregnancy for men, say)."""
    sources: tuple[StrictStr, ...] = ()

    @cached_property
    def applies(self) -> conditions.Condition | None:
        """The parsed `only_if`."""
        return None if self.only_if is None else conditions.parse(self.only_if)


class Level(Content):
    """A disposition for a complaint that holds when its condition does and every danger question was answered no."""

    when: When
    disposition: DispositionName

    @cached_property
    def condition(self) -> conditions.Condition:
        """The parsed `when:`."""
        return conditions.parse(self.when)


class Protocol(Sourced):
    """What to ask for a chief complaint, and what holds when no danger sign is found."""

    id: StrictStr
    title: Text
    opens_when: When
    """Condition on the facts that makes this a complaint of the encounter."""
    questions: tuple[StrictStr, ...]
    """Question ids, the most dangerous first."""
    levels: tuple[Level, ...] = ()
    """Checked in order before `default`."""
    default: DispositionName
    """Advice when every danger question was answered no."""
    unanswered: DispositionName
    """The level to fear while no danger question has been answered, as the source has it."""
    feared: bool = False
    """Whether the bare complaint is advised the emergency department until a danger question is answered."""
    feared_if_calm: bool = False
    """Whether it is feared also where all that was written reads calm; people in despair may write calmly."""
    leads: bool = False
    """Whether its questions come before equally urgent ones of other complaints told with it."""
    advice: tuple[StrictStr, ...] = ()
    """Keys of `advice` in `replies/<language>.yaml`: first aid that goes with this complaint at every level."""
    article: StrictStr | None = None
    note: StrictStr | None = None

    @cached_property
    def opening(self) -> conditions.Condition:
        """The parsed `opens_when`."""
        return conditions.parse(self.opens_when)


class Situation(Content):
    """Danger that is spoken to in fixed sentences when it comes up, before anything the patient asks for."""

    rules: tuple[StrictStr, ...] = ()
    """Red-flag rules of which one holds."""
    protocols: tuple[StrictStr, ...] = ()
    """Complaints of which one is open."""
    requests: tuple[StrictStr, ...] = ()
    """Requests that bring it up anew."""
    say: tuple[StrictStr, ...] = Field(min_length=1)
    other: tuple[StrictStr, ...] = ()
    """What is said instead to somebody who writes about another person."""
    then: tuple[StrictStr, ...] = ()
    """What is said in turn to those who write on about themselves."""
    line: StrictStr | None = None
    """Kind of telephone number that is named too, if the country has a confirmed one."""
    line_text: StrictStr | None = None
    no_line_text: StrictStr | None = None


class Line(Content):
    """A question for a telephone number, and what names it."""

    request: StrictStr
    kinds: tuple[StrictStr, ...] = ()
    """Kinds of telephone number, the one to name first in front; the ambulance when empty."""
    country: StrictStr | None = None
    """Country whose number is named; that of the page when None."""
    elsewhere: bool = False
    """Whether it asks about a country whose numbers we do not know."""
    say: StrictStr
    """Key of the sentence that names it as {line}, beside the ambulance as {number}."""
    otherwise: StrictStr
    """Key of the sentence where no confirmed number is known."""


class Variant(Content):
    """Sentences that answer requests instead of their own, at some levels (an emergency, when none is named)."""

    requests: tuple[StrictStr, ...] = Field(min_length=1)
    rules: tuple[StrictStr, ...] = ()
    """Red-flag rules of which one must hold; any when empty."""
    present: tuple[StrictStr, ...] = ()
    """Findings of which one must be there; any when empty."""
    under_years: float | None = None
    """Age that the ill person is surely under."""
    levels: tuple[DispositionName, ...] = ()
    say: tuple[StrictStr, ...] = Field(min_length=1)


class ByArticle(Content):
    """A question that patients ask us, answered by what the article of the complaint says of it."""

    request: StrictStr
    sections: tuple[SectionKind, ...] = ()
    naming: Examples = {}
    """Beginnings of words by language: only sentences that hold one of them answer; all of the sections when empty."""
    lead: StrictStr = "information_lead"
    """Key of the sentence that goes before the article's."""
    otherwise: StrictStr | None = None
    """Key of the sentence that is said where no article tells it; none where the request has a sentence of its own."""
    midway: bool = False
    """It is heard only once a complaint was told: a first message is answered by the advice, or by other articles."""
    over: tuple[StrictStr, ...] = ()
    """Requests that the same words look like and do not mean."""
    first: bool = False
    """Its own sentence is said in a first message too, beside the article that its words find."""
    alone: bool = False
    """It is a question only where hardly a word stands beside it before a question mark ("Biafine?")."""
    urgent: StrictStr | None = None
    """Key of the sentence that is said to it beside the advice of an emergency."""
    yields_to: tuple[StrictStr, ...] = ()
    """Keys of advice that answers it before any article: beside "do not eat" no article tells what to eat."""


class Requests(Content):
    """How requests are answered; which sentence goes with which request stands at its concept."""

    order: tuple[StrictStr, ...] = ()
    """Request concepts, the one that must be answered first in front."""
    small_talk: tuple[StrictStr, ...] = ()
    """Requests that are no reason to see anybody."""
    courtesies: tuple[StrictStr, ...] = ()
    """Small talk that is answered only when the message says nothing else."""
    without_symptoms: tuple[StrictStr, ...] = ()
    """Requests that are answered only when the message tells no symptom (a dog's bite is no question about a dog)."""
    refused: tuple[StrictStr, ...] = ()
    """Requests that only their own words answer, and no article ("how do I stop myself eating" is not weaning)."""
    information: tuple[StrictStr, ...] = ()
    """Openings of a question for information; they stand outside of the order and are answered by an article."""
    signs: tuple[StrictStr, ...] = ()
    """Questions for the signs of something, answered by what an article says of getting help."""
    by_article: tuple[ByArticle, ...] = ()
    """Requests that the article of the complaint answers."""
    while_asking: dict[StrictStr, StrictStr] = {}
    """Requests to the key of what is said to them instead while a question of ours follows: no farewell."""
    agreeing: Examples = {}
    """Words that open a question asked back ("ok, what can I eat?") and are then no yes to ours."""
    what_now: tuple[StrictStr, ...] = ()
    """A cry for advice, which comes from somebody to whom something happens: never a mere question."""
    no_telling: tuple[StrictStr, ...] = ()
    """Findings that a mere question may name: they say who asks, or about what, and no symptom of somebody now."""
    situations: tuple[Situation, ...] = ()
    variants: tuple[Variant, ...] = ()
    lines: tuple[Line, ...] = ()
    """Questions for a telephone number."""
    before_complaint: tuple[StrictStr, ...] = ()
    """Requests that are heard only while nobody was said to be ill."""
    reasons: tuple[StrictStr, ...] = ()
    """Questions why the advice is what it is, answered by the patient's own words that weigh."""
