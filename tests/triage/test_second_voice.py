"""The second voice can make Salama ask; it can do nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from evals.dialogues.invariants import Before, broken
from knowledge import Disposition, Polarity
from tests.triage.test_invariants import WORDS, dialogues
from triage import Encounter, Settings, TriagePipeline, build_pipeline
from triage.confirming import concept_asked
from triage.gathering import FactsBuilder
from triage.gestalt import WHOLE
from triage.red_flags import RuleSet
from triage.types import Extraction, Finding, Reply, Span

ANVIL = "there is a grand piano living in my bosom"
CAMION = "un camion est garé au milieu de moi depuis ce matin"


class Claims:
    """A voice that says of every message what it was made to say."""

    name = "claims"
    waits = False

    def __init__(self, *concepts: str, waits: bool = False, error: Exception | None = None, **told: object) -> None:
        self.concepts = concepts
        self.told = told
        self.waits = waits
        self.error = error
        self.candidates: Mapping[str, str] = {}

    def speaks(self, language: str) -> bool:
        return True

    def propose(
        self, text: str, language: str, *, heard: Extraction, candidates: Mapping[str, str], turn: int
    ) -> Sequence[Finding]:
        self.candidates = candidates
        if self.error is not None:
            raise self.error
        whole = {"text": text, "span": Span(start=0, end=len(text)), "origin": "semantic", "turn": turn} | self.told
        return [Finding.model_validate({"concept": name, "polarity": "possible"} | whole) for name in self.concepts]


@pytest.fixture(scope="module", name="pipeline")
def without_gestalt(pipeline: TriagePipeline) -> TriagePipeline:
    """The gestalt would hear by itself some of what only the voice shall hear."""
    return engine(pipeline)


def engine(pipeline: TriagePipeline, *voices: Claims) -> TriagePipeline:
    settings = Settings(database="none", lm="none", encoder="none", gestalt=False)
    return build_pipeline(settings, like=pipeline, voices=voices)


@pytest.mark.parametrize(
    ("message", "yes", "asks"),
    [(ANVIL, "yes", "Just to be sure, is this true for you:"), (CAMION, "oui", "Pour être sûr, est-ce vrai pour vous")],
)
def test_a_confirmed_suspicion_leads_to_the_right_emergency(
    pipeline: TriagePipeline, message: str, yes: str, asks: str
) -> None:
    alone = pipeline.respond(Encounter(country="MA"), message)
    heard = engine(pipeline, Claims("chest_tight_heavy"))
    encounter = Encounter(country="MA")
    turn = heard.respond(encounter, message)
    assert turn.assessment.hits == alone.assessment.hits == ()
    assert turn.assessment.floor == alone.assessment.floor
    assert turn.assessment.disposition == alone.assessment.disposition
    assert turn.reply.question is not None and turn.reply.question.text.startswith(asks)
    assert [option.value for option in turn.reply.question.options] == ["yes", "no", "unsure"]
    assert turn.extraction.suspected[0].text == message
    assert turn.audit.voices == ("claims: chest_tight_heavy",)
    turn = heard.respond(encounter, yes)
    assert "cardio.possible_heart_attack" in {hit.rule_id for hit in turn.assessment.hits}
    assert turn.assessment.floor is Disposition.AMBULANCE
    assert encounter.findings[-1].origin == "answer"


def test_somebody_who_writes_for_another_is_asked_about_the_ill_person(pipeline: TriagePipeline) -> None:
    heard = engine(pipeline, Claims("chest_tight_heavy"))
    turn = heard.respond(Encounter(country="MA"), "my mother says there is an anvil parked on her")
    assert turn.reply.question is not None
    assert turn.reply.question.text.startswith("Just to be sure, is this true for the ill person:")


def test_no_makes_it_absent_and_it_is_not_asked_again(pipeline: TriagePipeline) -> None:
    heard = engine(pipeline, Claims("chest_tight_heavy"))
    encounter = Encounter(country="MA")
    heard.respond(encounter, ANVIL)
    turn = heard.respond(encounter, "no")
    assert "chest_tight_heavy" in heard.facts(encounter).absent
    assert not turn.assessment.floor.is_emergency
    heard.respond(encounter, ANVIL)
    assert encounter.asked.count("confirm:chest_tight_heavy") == 1


def test_not_sure_keeps_it_open_and_means_a_doctor_today(pipeline: TriagePipeline) -> None:
    heard = engine(pipeline, Claims("chest_tight_heavy"))
    encounter = Encounter(country="MA")
    heard.respond(encounter, ANVIL)
    turn = heard.respond(encounter, "unsure")
    facts = heard.facts(encounter)
    assert "chest_tight_heavy" not in facts.present and "chest_tight_heavy" not in facts.absent
    assert turn.assessment.disposition >= Disposition.TODAY
    while turn.reply.question is not None:
        values = [option.value for option in turn.reply.question.options]
        answer = next((value for value in ("none", "no", "choice:0") if value in values), "30")
        turn = heard.respond(encounter, answer)
        denied = "chest_tight_heavy" in heard.facts(encounter).absent
        assert turn.assessment.disposition >= Disposition.TODAY or denied


def test_why_is_answered_and_the_question_asked_again(pipeline: TriagePipeline) -> None:
    heard = engine(pipeline, Claims("chest_tight_heavy"))
    encounter = Encounter(country="MA")
    first = heard.respond(encounter, ANVIL)
    again = heard.respond(encounter, "why do you ask?")
    assert first.reply.question is not None and again.reply.question is not None
    assert again.reply.question.id == first.reply.question.id
    assert first.reply.question.why in " ".join(again.reply.notices)


def test_at_most_two_confirming_questions_an_encounter(pipeline: TriagePipeline) -> None:
    heard = engine(pipeline, Claims("unresponsive", "chest_tight_heavy", "face_droop", "seizure", "snake_bite"))
    encounter = Encounter(country="MA")
    turn = heard.respond(encounter, ANVIL)
    for _ in range(9):
        if turn.reply.question is None:
            break
        values = [option.value for option in turn.reply.question.options]
        turn = heard.respond(encounter, next((value for value in ("none", "no", "choice:0") if value in values), "30"))
    assert sum(concept_asked(name) is not None for name in encounter.asked) == 2
    assert len(encounter.asked) <= 8


@pytest.mark.parametrize(
    "voice",
    [
        Claims("ambulance"),
        Claims("emergency_department", "self_care"),
        Claims("no_such_concept"),
        Claims("condition:diabetes"),
        Claims("chest_tight_heavy", text="my chest is being crushed"),
        Claims("chest_tight_heavy", text="anvil", span=Span(start=0, end=5)),
        Claims("chest_tight_heavy", span=Span(start=0, end=4000)),
        Claims("chest_tight_heavy", span=None),
        Claims("chest_tight_heavy", text="", span=Span(start=3, end=3)),
        Claims("chest_tight_heavy", origin="words"),
        Claims("chest_tight_heavy", origin="answer"),
        Claims("chest_tight_heavy", error=RuntimeError(ANVIL)),
    ],
    ids=lambda voice: f"{voice.concepts}{sorted(voice.told)}",
)
def test_a_hostile_proposal_changes_nothing(
    pipeline: TriagePipeline, voice: Claims, caplog: pytest.LogCaptureFixture
) -> None:
    alone = pipeline.respond(Encounter(country="MA"), ANVIL)
    encounter = Encounter(country="MA")
    turn = engine(pipeline, voice).respond(encounter, ANVIL)
    assert turn.assessment == alone.assessment
    assert turn.reply == alone.reply
    assert not encounter.suspected
    assert not turn.audit.failures
    assert "anvil" not in caplog.text


def test_a_denial_or_a_certainty_is_reduced_to_a_suspicion(pipeline: TriagePipeline) -> None:
    for polarity in ("affirmed", "negated"):
        encounter = Encounter(country="MA")
        heard = engine(pipeline, Claims("chest_tight_heavy", polarity=polarity))
        heard.respond(encounter, ANVIL)
        assert [item.polarity for item in encounter.suspected] == [Polarity.POSSIBLE]
        facts = heard.facts(encounter)
        assert set(facts.suspected) == {"chest_tight_heavy"}
        assert set(facts.present) <= {"country_rabies_endemic"} and "chest_tight_heavy" not in facts.absent


def test_a_suspicion_does_not_undo_what_was_said(pipeline: TriagePipeline) -> None:
    heard = engine(pipeline, Claims("fever"))
    encounter = Encounter(country="MA")
    heard.respond(encounter, "I have no fever, but I cough")
    assert not encounter.suspected


def test_an_emergency_is_not_held_up(pipeline: TriagePipeline) -> None:
    voice = Claims("face_droop")
    turn = engine(pipeline, voice).respond(Encounter(country="MA"), "I have crushing chest pain and I am sweating")
    assert turn.assessment.floor is Disposition.AMBULANCE
    assert turn.reply.question is None and turn.audit.voices == ()


def test_the_card_is_shown_before_a_slow_voice_is_heard(pipeline: TriagePipeline) -> None:
    class Slow(Claims):
        def propose(self, *arguments: object, **named: object) -> Sequence[Finding]:  # type: ignore[override]
            assert shown and shown[0].card is not None and shown[0].question is None
            return super().propose(*arguments, **named)  # type: ignore[arg-type]

    shown: list[Reply] = []
    encounter = Encounter(country="MA")
    heard = engine(pipeline, Slow("chest_tight_heavy", waits=True))
    turn = heard.respond(encounter, ANVIL, shown.append)
    assert len(shown) == 2 and shown[0].card == shown[1].card == turn.reply.card
    assert turn.reply.question is not None and len(encounter.turns) == 1


def test_a_slow_voice_is_told_what_open_complaints_look_at(pipeline: TriagePipeline) -> None:
    voice = Claims()
    engine(pipeline, voice).respond(Encounter(country="MA"), "I have a headache since yesterday")
    assert 0 < len(voice.candidates) <= 24
    assert "headache" not in voice.candidates
    assert not any(name.startswith(("condition:", "med:")) for name in voice.candidates)


def test_confirming_questions_exist_in_every_language(pipeline: TriagePipeline) -> None:
    for language, replies in pipeline.knowledge.replies.items():
        for key in ("confirm_ask", "confirm_ask_other"):
            assert "{label}" in replies.text[key], language


CONCEPTS = (
    "chest_tight_heavy",
    "face_droop",
    "unresponsive",
    "fever",
    "sweating",
    "snake_bite",
    "nonsense",
    "pregnant",
)


@given(dialogues, st.lists(st.sampled_from(CONCEPTS), max_size=4))
@hypothesis_settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_floor_and_hits_rest_on_what_was_said_alone(
    pipeline: TriagePipeline, dialogue: list[str], concepts: list[str]
) -> None:
    heard = engine(pipeline, Claims(*concepts))
    encounter = Encounter(country="MA")
    rules, facts = (
        RuleSet(pipeline.knowledge.rules),
        FactsBuilder(pipeline.knowledge.concepts, pipeline.knowledge.services),
    )
    for message in dialogue:
        held = Before.of(encounter)
        before, retractions = held.floor, held.retractions
        turn = heard.respond(encounter, message)
        assert list(broken(held, encounter, turn)) == []
        said = encounter.model_copy(update={"suspected": []})
        of_rules = tuple(hit for hit in turn.assessment.hits if hit.rule_id != WHOLE)
        alone = rules.hits(facts.build(said))
        known = {hit.rule_id for hit in alone}
        apart = heard._second_person.hits(encounter, encounter.written)
        assert of_rules == alone + tuple(hit for hit in apart if hit.rule_id not in known)
        certain = max((hit.disposition for hit in turn.assessment.hits if not hit.presumed), default=before)
        assert turn.assessment.floor == max(certain, before) or len(encounter.retractions) > retractions


@pytest.mark.parametrize("message", WORDS)
def test_one_message_has_the_same_floor_hits_and_advice_with_and_without(
    pipeline: TriagePipeline, message: str
) -> None:
    alone = pipeline.respond(Encounter(country="MA"), message).assessment
    both = engine(pipeline, Claims(*CONCEPTS)).respond(Encounter(country="MA"), message).assessment
    assert (both.floor, both.hits, both.disposition) == (alone.floor, alone.hits, alone.disposition)
