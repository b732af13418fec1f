"""Every hostile draft is refused, every supported one passes; `drafts.yaml` holds both."""

from pathlib import Path
from typing import Any

import pytest

from knowledge.files import read_yaml
from knowledge.vocabulary import Disposition, Polarity
from triage.guard import Context, Told, check, ground
from triage.types import Passage

GROUPS: list[dict[str, Any]] = read_yaml(Path(__file__).with_name("drafts.yaml"))["groups"]  # type: ignore[index]
INSTRUCTIONS = "You help a nurse write to a patient. The decision is already made and the patient has already seen it."


def _passages(group: dict[str, Any]) -> tuple[Passage, ...]:
    return tuple(
        Passage(
            id=f"{group['id']}#{section}-1",
            article_id=group["id"],
            title=group["id"],
            section=section,
            text=" ".join(sentences),
            language=group["language"],
            sources=("s",),
        )
        for section, sentences in group["passages"].items()
    )


def _context(group: dict[str, Any]) -> Context:
    told = [Told(label, Polarity.AFFIRMED) for label in group.get("affirmed", ())]
    told += [Told(label, Polarity.NEGATED) for label in group.get("negated", ())]
    return Context(
        disposition=Disposition.parse(group["level"]),
        language=group["language"],
        passages=_passages(group),
        told=tuple(told),
        instructions=INSTRUCTIONS,
    )


ALLOWED = [(group, text) for group in GROUPS for text in group["allowed"]]
REFUSED = [(group, draft) for group in GROUPS for draft in group["refused"]]


@pytest.mark.parametrize(("group", "text"), ALLOWED, ids=[text for _, text in ALLOWED])
def test_supported_draft_is_allowed(group: dict[str, Any], text: str) -> None:
    verdict = check(text, _context(group))
    assert verdict.allowed, f"{verdict.check}: {verdict.reason}"


@pytest.mark.parametrize(("group", "draft"), REFUSED, ids=[draft["text"] for _, draft in REFUSED])
def test_hostile_draft_is_refused_by_the_check_meant_for_it(group: dict[str, Any], draft: dict[str, str]) -> None:
    verdict = check(draft["text"], _context(group))
    assert not verdict.allowed
    assert verdict.check == draft["check"], verdict.reason


def test_there_are_enough_drafts_to_mean_something() -> None:
    for language, hostile, good in (("en", 80, 30), ("fr", 45, 18)):
        assert sum(group["language"] == language for group, _ in REFUSED) >= hostile
        assert sum(group["language"] == language for group, _ in ALLOWED) >= good


def test_refusal_says_nothing_of_the_sentence() -> None:
    group = GROUPS[0]
    verdict = check("Take 500 mg of paracetamol for your throat.", _context(group))
    assert "paracetamol" not in f"{verdict.check} {verdict.reason}"


@pytest.mark.parametrize(("group", "text"), ALLOWED, ids=[text for _, text in ALLOWED])
def test_allowed_draft_is_cited_or_plain(group: dict[str, Any], text: str) -> None:
    cited = ground(text, _passages(group))
    assert set(cited) <= {passage.id for passage in _passages(group)}
    if not cited:
        other = _context({**group, "passages": {}})
        assert check(text, other).allowed, "a sentence without citation must need none"
