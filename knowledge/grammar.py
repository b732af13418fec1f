"""How one language says who, whether and when: people, context cues and short answers."""

from __future__ import annotations

from typing import Literal

from pydantic import StrictStr

from knowledge.schema import Content

Words = tuple[StrictStr, ...]
Range = tuple[float, float]


class Person(Content):
    """Somebody whom an author may write about or mention."""

    words: Words
    sex: Literal["F", "M"] | None = None
    age_days: Range | None = None
    relative: bool = True
    """Whether the person is family (else a neighbour, friend, patient)."""
    pronoun: bool = False
    """He, she: points back to a person already mentioned, or to somebody not named."""
    thing: bool = False
    """The pronoun may stand for a thing: alone it names nobody once the author spoke of themselves."""


class Context(Content):
    """Grammar words and cues of one language; every entry is one or more words."""

    filler: Words = ()
    """Articles, pronouns, prepositions and auxiliaries, which count in no wording."""
    light: Words = ()
    """Adverbs and the like: wordings need them where they have them, but in a message they take no room."""
    degrees: Words = ()
    """"A lot" where it may stand before or after its word: it is part of no wording that an "and" keeps it from."""
    contractions: dict[StrictStr, StrictStr] = {}
    """Fused spelling (without apostrophe) to the words it stands for."""
    equal: tuple[Words, ...] = ()
    """Words that may stand for each other inside wordings."""
    negators: Words = ()
    """Words that make a wording keep its order and count as its own negation."""
    until_before: Words = ()
    """Words that make a "ta" of Darija before them "until", where it could be "nor" ("ta lyoum")."""
    whole: Words = ()
    """Words that begin like an article and have none."""
    subjects: Words = ()
    """Words that open a new statement after a comma or "and"."""
    says: Words = ()
    """Verbs of saying after a person: an "I" that follows is that person's ("she said I'm just tired")."""
    bygone: Words = ()
    """Past tenses that carry on over clauses what an earlier clause of the sentence put in the past."""
    resumptive: Words = ()
    """Words after a comma that still speak of what stood before it ("my chest, it hurts")."""
    nobody: Words = ()
    """Phrases whose pronoun is nobody ("il y a")."""
    own: Words = ()
    """Words of the first person."""
    carriers: Words = ()
    """Words that may stand between a negation and what it negates ("no sign of any fever")."""
    either: Words = ()
    both: Words = ()
    ends: Words = ()
    """Words that open a new clause and end the scope of a negation, "but" for one."""
    turns: Words = ()
    """Words that end the scope of a negation, and open a new clause where a subject follows ("so I ...")."""
    halts: Words = ()
    """Words that only end the scope of a negation."""
    unbroken: Words = ()
    """Phrases that hold a connector and yet go on ("sait plus ou elle est")."""
    negation: Words = ()
    """Negations of what follows that never cross "and"."""
    negation_verb: Words = ()
    """Negations of what follows that cross "and" doubtfully."""
    denials: Words = ()
    """Verbs of denying, whose "and" is a list: "denies fever and cough"."""
    negation_start: Words = ()
    """Negations of what follows when they begin a statement ("pas vomi"); elsewhere the negation is doubtful."""
    negation_mid: Words = ()
    """Negations that stand after the verb they negate (French "pas")."""
    negation_pair: Words = ()
    """Negations that stand before each of two things or more ("la skhana la ka77a"); alone they are something else."""
    negation_after: Words = ()
    """Said after a finding to deny it ("swelling absent")."""
    pseudo_negation: Words = ()
    """Words that look like a negation and are none."""
    doubtful_negation: Words = ()
    """Words with both readings, such as "plus de": what follows is possible."""
    innocent: Words = ()
    """Phrases in which a negator is none, not even inside a wording ("plus vite", "ما شاء الله")."""
    merely: Words = ()
    """After a negation they soften it ("not vomiting blood, just streaks")."""
    superlative: Words = ()
    """Words that turn "never" into the worst ever."""
    not_now: Words = ()
    """Bare answers that deny what stands before them ("fever? no")."""
    gone: Words = ()
    """What stands before it was there and has gone."""
    gone_before: Words = ()
    """What follows was there and has gone."""
    well_now: Words = ()
    """The person says that all is over."""
    possible: Words = ()
    historical: Words = ()
    background: Words = ()
    """Long-standing: a condition still holds ("known diabetic"), anything else is history."""
    current: Words = ()
    returned: Words = ()
    """It is there again: what the sentence puts in the past is present."""
    none_of_it: Words = ()
    """Words that deny all that was told of others or of a leaflet ("none of that")."""
    hypothetical: Words = ()
    triggers: Words = ()
    """What brings a present complaint on ("when I press it"): no supposition."""
    knowledge: Words = ()
    """Openings of a question about a subject, not about a person."""
    knowledge_start: Words = ()
    """The same where they begin a sentence that ends in a question mark."""
    hearsay: Words = ()
    """What was only read or heard goes on to the end of the sentence ("I read that"), unless somebody is spoken of."""
    fiction: Words = ()
    """Film, book, essay, dream: nobody is ill."""
    people: dict[StrictStr, Person] = {}
    family: Words = ()
    """Always about relatives of the subject ("runs in the family", "his mother")."""
    dead: Words = ()
    """Somebody died of it: family history, nobody to help now."""
    about_subject: Words = ()
    """Concepts that are about the subject whoever else their words name ("he hits me")."""
    calls_for_help: Words = ()
    """Concepts that make whoever has them now the one who is ill, whatever else the writer tells of themselves."""
    done_to_others: Words = ()
    """Concepts of what a writer did to a child who is then the one to be looked at ("I shook him")."""
    vital: Words = ()
    """Concepts of life and death: a wording that denies one counts only where its words stand together."""
    always_heard: Words = ()
    """Concepts that no question, story or "if" takes back: they become possible."""
    acts: Words = ()
    """Those of them that are over where a year long past is told with them (an overdose)."""
    events: Words = ()
    """Concepts that happen at a moment ("a dog bit me"): a word for "since" and "ago" says when, not how long."""
    sudden: Words = ()
    """Concepts that are dangerous when new: what has been so for years and did not change is history (numb arm)."""
    changes: Words = ()
    """Concepts that tell that something did change."""
    lasting: Words = ()
    """Complaints that go on: a time that is "since" as well as "ago" is "since" beside them, where there is no verb."""
    passing: Words = ()
    """Concepts of an illness of days: weeks after it went it is history."""
    births: Words = ()
    """Concepts that tell of a birth: the baby in their words is nobody's illness."""
    of_babies: Words = ()
    """Concepts that only babies have ("no wet nappy"): they tell of one where nobody names it."""
    own_words: dict[StrictStr, Words] = {}
    """Concepts whose words, side by side, mean nothing else: no distant word makes one of these others of them
    ("swollen glands in my neck" is no swollen neck)."""
    of_mothers: Words = ()
    """Concepts that no baby has, though one may be named beside them ("my breast is hot, baby feeds well")."""
    unborn: Words = ()
    """Concepts that tell that "the baby" is not born yet: the mother is the subject."""
    sex: dict[Literal["F", "M"], Words] = {}
    """Words of the first person that tell the author's sex."""
    ignore: Words = ()
    """Idioms without clinical meaning."""
    emoji: dict[StrictStr, StrictStr] = {}
    ordinary: Words = ()
    """Everyday words that look like a misspelt symptom word, or share its consonants in Darija, and are none."""
    function_words: Words = ()
    """Frequent words that tell this language from the others."""
    introductions: Words = ()
    """Phrases after which the author's name follows."""
    not_names: Words = ()
    """Words that may follow an introduction without being a name."""


CONCEPT_LISTS = (
    "vital", "about_subject", "calls_for_help", "done_to_others", "always_heard", "acts", "events", "sudden", "changes",
    "lasting", "passing", "births", "of_babies", "of_mothers", "unborn",
)  # fmt: skip
"""Fields of `Context` that name concepts instead of words; they hold whatever language a message is in."""


class Answers(Content):
    """Short answers to a question."""

    yes: Words = ()
    no: Words = ()
    apart: Words = ()
    """Words of "no" that never belong to the noun after them, as "no" does in "no fever"."""
    well: Words = ()
    """Words for "as always", in forms whose "no" is also the "not" of a verb ("لا يتنفس عادي")."""
    somewhat: Words = ()
    these: Words = ()
    """Words that only point at what was asked: "I haven't had any of that" answers, "it isn't stopping" tells."""
    mild: Words = ()
    """How strong it is ("just mild"): a no to a question that asks for its strength, and no answer to any other."""
    unsure: Words = ()
    why: Words = ()
    none: Words = ()
    every: Words = ()
    both: Words = ()
    meant: Words = ()
    """Words with which somebody corrects what they wrote ("sorry, I meant 6")."""
    ordinals: dict[StrictStr, int] = {}
    """Words that point at an option, to its place; -1 is the last."""
    runs: dict[StrictStr, int] = {}
    """Words that point at the first options, or the last when negative ("the first two": 2)."""
    besides: Words = ()
    """Words for "except" ("none but the last")."""
    numbered: Words = ()
    """Words that make a number the place of an option ("number 4", "le 4")."""
    but: Words = ()
    """Words behind which a "no" goes on to tell what is there ("no, but it is tearing")."""
    anew: Words = ()
    """Words with which somebody takes back what they began with ("no, wait")."""
    turned: Words = ()
    """Words for "yes" that turn the "no" before them round ("no, actually yes")."""
