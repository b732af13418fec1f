"""Titles of danger signs, which clinicians read in summaries."""

import re

from knowledge import Knowledge
from knowledge.checks import SUMMARY_LANGUAGES, untitled

ARABIC = re.compile("[\u0600-\u06ff]")
TATWEEL_OR_PERSIAN = re.compile("[\u0640\u06a9\u06cc]")
WRONG_SPACE = re.compile(r" [:;?!]|\S[:;?!]|  |^ | $|\.$")
LONGEST = 110


def test_every_danger_sign_has_its_titles(knowledge: Knowledge) -> None:
    assert list(untitled(knowledge)) == []


def test_titles_are_short_and_set_as_their_language_sets_them(knowledge: Knowledge) -> None:
    for rule in knowledge.rules:
        assert not re.search(r"[a-zA-Z]", ARABIC.sub("", rule.title["ar"]).replace("PPD", "")), rule.id
        assert ARABIC.search(rule.title["ar"]) and not TATWEEL_OR_PERSIAN.search(rule.title["ar"]), rule.id
        assert not WRONG_SPACE.search(rule.title["fr"]), rule.id
        assert all(len(rule.title[tag]) <= LONGEST for tag in SUMMARY_LANGUAGES), rule.id
        assert rule.title["fr"][0].isupper(), rule.id


def test_a_title_names_one_danger_sign(knowledge: Knowledge) -> None:
    for tag in SUMMARY_LANGUAGES:
        titles = [rule.title[tag] for rule in knowledge.rules]
        assert len(set(titles)) == len(titles), tag


def test_figures_of_a_title_are_the_same_in_every_language(knowledge: Knowledge) -> None:
    for rule in knowledge.rules:
        for tag in ("fr", "ar"):
            said = set(re.findall(r"\d+", rule.title["en"])) ^ set(re.findall(r"\d+", rule.title[tag]))
            # its English title names the range below the next rule, whose figures it holds for as well
            assert not said or rule.id == "obstetric.blood_pressure_140_159_over_90_109", (rule.id, tag, said)
