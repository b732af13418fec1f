"""Tenfold content is ten times as large, in words that nobody says, and finds the same."""

from dataclasses import replace

from evals.growth import tenfold_lexicons, tenfold_rules
from knowledge import LANGUAGES, Knowledge
from knowledge.lexicon import Lexicon


def words(lexicon: Lexicon) -> set[str]:
    return {word.casefold() for wording in lexicon.wordings for word in wording.words if not word.startswith("@")}


def test_the_rules_are_copied_over_concepts_of_their_own(knowledge: Knowledge) -> None:
    grown = tenfold_rules(knowledge.rules)
    assert len(grown) == 10 * len(knowledge.rules) == len({rule.id for rule in grown})


def test_the_lexicons_are_copied_over_words_of_their_own(knowledge: Knowledge) -> None:
    some = {
        tag: replace(item, wordings=item.wordings[::20], classes=dict(list(item.classes.items())[:100]))
        for tag, item in knowledge.lexicons.items()
    }
    grown = tenfold_lexicons(replace(knowledge, lexicons=some))
    for tag in LANGUAGES:
        usual, many = some[tag], grown.lexicons[tag]
        assert len(many.wordings) == 10 * len(usual.wordings) and len(many.classes) == 10 * len(usual.classes)
        assert len(words(many)) > 7 * len(words(usual))
        assert {item.concept for item in many.wordings} <= set(grown.concepts)
        copies = {word for item in many.wordings[len(usual.wordings) :] for word in item.words if word[0] != "@"}
        shared = copies & words(usual)
        assert len(shared) < 0.12 * len(words(usual)), "grammar words alone stay as they are"
