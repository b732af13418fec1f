"""Other people's systems are measured through a real server, and their failures are never passes."""

import json
from pathlib import Path
from typing import Any

import pytest

from evals.command import main
from evals.metrics import accuracy, safety_of_advice
from evals.runner import run
from evals.systems.chat import ChatEndpoint
from evals.systems.client import ChatClient
from evals.systems.mapped import MappedEndpoint
from evals.systems.recorded import Transcript, language_models, symptom_checkers, write_transcript
from evals.systems.salama import Salama
from evals.vignette import SuiteError, Vignette
from knowledge import Disposition
from tests.evals.loopback import chat, no_engine
from triage import Settings, TriagePipeline, build_pipeline


def case(*turns: str, name: str = "a", reference: str = "ambulance", **more: Any) -> Vignette:
    return Vignette.model_validate({"id": name, "turns": turns, "reference": [reference], **more})


def test_free_text_is_read_turn_by_turn_with_the_replies_in_between(endpoint: Any) -> None:
    said = ["Where does it hurt?", "Call an ambulance now."]
    server = endpoint(lambda body, call: (200, chat(said[call - 1])))
    result = ChatEndpoint(ChatClient(server.url, "m"), system="be kind").play(case("it hurts", "in my chest"))
    assert result.advised is Disposition.AMBULANCE and result.levels == (Disposition.AMBULANCE,)
    assert [item["role"] for item in server.bodies[1]["messages"]] == ["system", "user", "assistant", "user"]
    assert result.replies == tuple(said) and result.failure is None


def test_a_busy_endpoint_is_asked_again_and_it_is_counted(endpoint: Any) -> None:
    server = endpoint(lambda body, call: (429, {}) if call < 3 else (200, chat("Call an ambulance now.")))
    result = ChatEndpoint(ChatClient(server.url, "m", pause=0.01)).play(case("help"))
    assert result.advised is Disposition.AMBULANCE and result.retries == 2


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ((500, {}), "status 500 after 4 calls"),
        ((401, {}), "status 401"),
        ((200, "<html>"), "no JSON"),
        ((200, {"choices": []}), "no choices"),
        ((200, chat("Tell me more?")), "unclear: question"),
    ],
)
def test_no_usable_answer_is_wrong_and_unsafe(endpoint: Any, answer: tuple[int, object], says: str) -> None:
    server = endpoint(lambda body, call: answer)
    result = ChatEndpoint(ChatClient(server.url, "m", pause=0.01)).play(case("secret words", reference="self_care"))
    assert result.advised is None and says in str(result.failure) and "secret" not in str(result.failure)
    assert accuracy([result]).hits == 0 and safety_of_advice([result]).hits == 0


def test_an_endpoint_that_is_not_there_is_a_failure() -> None:
    result = ChatEndpoint(ChatClient("http://127.0.0.1:9", "m", pause=0.01)).play(case("help"))
    assert result.advised is None and "ConnectError" in str(result.failure)


def test_a_forced_choice_takes_one_letter_and_a_tie_counts_for_nobody(endpoint: Any) -> None:
    letters = iter("AFBB" + "AF")
    server = endpoint(lambda body, call: (200, chat(next(letters))))
    asked = ChatEndpoint(ChatClient(server.url, "m"), forced=True, samples=4)
    found = asked.play(case("help"))
    assert found.advised is Disposition.EMERGENCY_DEPARTMENT and found.confidence == 0.5
    assert "one letter" in server.bodies[0]["messages"][-1]["content"]
    assert (
        ChatEndpoint(ChatClient(server.url, "m"), forced=True, samples=2).play(case("help")).advised
        is Disposition.SELF_CARE
    )


MAPPING = """
url: {url}/triage
body: {{text: "$message", all: "$messages", age: "$age_years", fixed: 1}}
level: triage.0.level
levels: {{red: ambulance, green: self_care}}
"""


def test_any_json_endpoint_by_a_mapping(endpoint: Any, tmp_path: Path) -> None:
    server = endpoint(lambda body, call: (200, {"triage": [{"level": "red" if call == 1 else "blue"}]}))
    path = tmp_path / "m.yaml"
    path.write_text(MAPPING.format(url=server.url), encoding="utf-8")
    system = MappedEndpoint.from_file(path)
    assert system.play(case("help", subject={"age_years": 7})).advised is Disposition.AMBULANCE
    assert server.bodies[0] == {"text": "help", "all": [{"role": "user", "content": "help"}], "age": 7, "fixed": 1}
    lost = system.play(case("help"))
    assert lost.advised is None and "unknown level 'blue'" in str(lost.failure)


def test_a_mapped_endpoint_can_be_talked_to(endpoint: Any, tmp_path: Path) -> None:
    server = endpoint(lambda body, call: (200, {"say": "Any fever?" if call == 1 else "See a doctor today."}))
    path = tmp_path / "m.yaml"
    path.write_text(f"url: {server.url}\nbody: {{all: $messages}}\nreply: say\n", encoding="utf-8")
    talk = MappedEndpoint.from_file(path).talk(case("help"))
    assert talk.say("help") == ("Any fever?", None) and talk.say("no") == ("See a doctor today.", Disposition.TODAY)
    assert [item["content"] for item in server.bodies[1]["all"]] == ["help", "Any fever?", "no"]
    path.write_text(f"url: {server.url}\nbody: {{}}\nlevel: say\nlevels: {{red: today}}\n", encoding="utf-8")
    with pytest.raises(SuiteError, match="give `reply` in the mapping"):
        MappedEndpoint.from_file(path).talk(case("help"))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("url: x\nbody: {}", "reply"),
        ("url: x\nbody: {}\nlevel: a", "levels"),
        ("url: x\nbody: {}\nreply: a\nlevels: {red: high}", "high"),
        ("url: [", "m.yaml"),
    ],
)
def test_a_bad_mapping_is_named(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "m.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SuiteError, match=says):
        MappedEndpoint.from_file(path)


def test_a_key_stands_in_no_error_of_a_mapping(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    for headers in ("{X-Key: [SECRET]}", "{X-Key: 'SECRET' x}"):
        path.write_text(f"url: x\nbody: {{}}\nreply: a\nheaders: {headers}\n", encoding="utf-8")
        with pytest.raises(SuiteError, match=r"headers\.X-Key|line 4") as error:
            MappedEndpoint.from_file(path)
        assert "SECRET" not in str(error.value)


def test_a_transcript_is_scored_without_asking_again(endpoint: Any, tmp_path: Path) -> None:
    server = endpoint(lambda body, call: (200, chat("Go to the emergency department now.")))
    cases = [case("help", name="a"), case("help", name="b")]
    first = run(ChatEndpoint(ChatClient(server.url, "m")), cases, threads=2)
    write_transcript(tmp_path / "t.jsonl", first[:1])
    again = run(Transcript(tmp_path / "t.jsonl"), cases)
    assert again[0].advised is Disposition.EMERGENCY_DEPARTMENT
    assert again[1].advised is None and again[1].failure == "not recorded"


def test_a_transcript_says_how_sure_the_system_was_as_a_share(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    path.write_text('{"id": "a", "level": "ambulance", "confidence": 0.7}', encoding="utf-8")
    assert Transcript(path).play(case("help")).confidence == 0.7
    path.write_text('{"id": "a", "level": "ambulance", "confidence": 1.5}', encoding="utf-8")
    with pytest.raises(SuiteError, match=r"line 1[\s\S]*confidence"):
        Transcript(path)


@pytest.mark.parametrize(
    "line", ['{"id": "a", "replies": "SECRET"}', '{"id": "a", "said": "SECRET"}', '{"id": SECRET}']
)
def test_what_was_said_stands_in_no_error_of_a_transcript(tmp_path: Path, line: str) -> None:
    path = tmp_path / "t.jsonl"
    path.write_text(f'{{"id": "b"}}\n{line}', encoding="utf-8")
    with pytest.raises(SuiteError, match="line 2: ") as error:
        Transcript(path)
    assert "SECRET" not in str(error.value)


def test_a_run_goes_on_where_it_stopped_and_asks_failed_cases_again(endpoint: Any, tmp_path: Path) -> None:
    server = endpoint(lambda body, call: (400, {}) if call == 2 else (200, chat("Call an ambulance now.")))
    cases = [case("help", name=name) for name in "abc"]
    system, journal = ChatEndpoint(ChatClient(server.url, "m")), tmp_path / "journal.jsonl"
    assert [item.advised is None for item in run(system, cases, journal=journal)] == [False, True, False]
    journal.write_text(journal.read_text(encoding="utf-8") + '{"id": "c", "tur', encoding="utf-8")
    assert all(item.advised for item in run(system, cases, journal=journal))
    assert len(server.bodies) == 4


def test_salama_is_named_with_its_gestalt_and_goes_without_one(pipeline: TriagePipeline) -> None:
    assert pipeline.gestalt is not None
    assert Salama(pipeline).name.endswith(f", gestalt {pipeline.gestalt.version}")
    without = build_pipeline(Settings(database="none", gestalt=False), like=pipeline)
    assert Salama(without).name.endswith(", no gestalt")


def test_published_answers_are_read_by_case_and_system(tmp_path: Path) -> None:
    cases = {1: case("x", name="s-1"), 2: case("y", name="s-2", reference="self_care")}
    apps = tmp_path / "apps.csv"
    apps.write_text(
        "App_name,Vignette_id,Triage_advice_from_app\nAda,1,Emergency\nAda,2,Non-Emergency\nNHS,1,\n", encoding="utf-8"
    )
    found = symptom_checkers(apps, cases)
    assert list(found) == ["Ada"] and [item.right for item in found["Ada"]] == [True, False]
    models = tmp_path / "models.jsonl"
    rows = [
        {"file": "x/semigran_gpt4o_1.jsonl", "case_id": 2, "llm_output": "sc"},
        {"file": "x/semigran_gpt4o_2.jsonl", "case_id": 2, "llm_output": "i'm sorry"},
        {"file": "x/kopka_gpt4o_1.jsonl", "case_id": 2, "llm_output": "sc"},
    ]
    models.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert [item.right for item in language_models(models, cases)["gpt4o"]] == [True, False]


def test_an_endpoint_that_does_not_answer_a_greeting_stops_the_run_with_what_it_says(
    endpoint: Any, tmp_path: Path
) -> None:
    server = endpoint(lambda body, call: (400, {"error": "temperature must be 1"}))
    suite = tmp_path / "one.jsonl"
    suite.write_text('{"id": "a", "turns": ["it hurts"], "reference": ["today"]}\n', encoding="utf-8")
    to = [str(suite), "--out", str(tmp_path / "out")]
    with pytest.raises(SuiteError, match=r"status 400 .*temperature must be 1.*nothing was measured.*OPENAI_API_KEY"):
        main([*to, "--url", server.url], no_engine)
    assert server.bodies[0]["messages"] == [{"role": "user", "content": "Hello"}] and len(server.bodies) == 1
    mapping = tmp_path / "mine.yaml"
    mapping.write_text(f"url: {server.url}\nbody: {{text: $message}}\nreply: answer.text\n", encoding="utf-8")
    server.answer = lambda body, call: (200, {"reply": "hi"})
    with pytest.raises(SuiteError, match=r"no 'answer.text' \(\{'reply': 'hi'\}\).*does .*mine.yaml say"):
        main([*to, "--mapping", str(mapping)], no_engine)
    with pytest.raises(SuiteError, match=r"no choices.*nothing was measured.*JUDGE_API_KEY"):
        server.answer = lambda body, call: (200, {} if body["model"] == "j" else chat("Hello."))
        main([*to, "--url", server.url, "--judge", server.url, "j"], no_engine)
    assert not (tmp_path / "out").exists()


def test_what_is_sent_can_be_left_to_the_endpoint_or_bounded(endpoint: Any, tmp_path: Path) -> None:
    suite = tmp_path / "one.jsonl"
    suite.write_text('{"id": "a", "turns": ["it hurts"], "reference": ["today"]}\n', encoding="utf-8")
    server = endpoint(lambda body, call: (200, chat("See a doctor today.")))
    run_once = [str(suite), "--url", server.url, "--out", str(tmp_path / "out")]
    assert main([*run_once, "--temperature", "none", "--max-tokens", "300"], no_engine) == 0
    assert "temperature" not in server.bodies[-1] and server.bodies[-1]["max_tokens"] == 300
    assert main(run_once, no_engine) == 0
    assert server.bodies[-1]["temperature"] == 0.0 and "max_tokens" not in server.bodies[-1]


def test_a_reply_that_could_not_be_read_stands_in_every_report(endpoint: Any, tmp_path: Path) -> None:
    suite, out = tmp_path / "one.jsonl", tmp_path / "out"
    suite.write_text('{"id": "a", "turns": ["it hurts"], "reference": ["today"]}\n', encoding="utf-8")
    server = endpoint(lambda body, call: (200, chat("Oh dear, <b>poor</b> you.")))
    assert main([str(suite), "--url", server.url, "--out", str(out)], no_engine) == 0
    text, page = ((out / name).read_text(encoding="utf-8") for name in ("one.md", "report.html"))
    assert "unclear: no_advice" in text and "reply: Oh dear, <b>poor</b> you." in text
    assert "Oh dear, &lt;b&gt;poor&lt;/b&gt; you." in page and "salama assess" not in page
    [told] = json.loads((out / "one.json").read_text(encoding="utf-8"))["cases"]
    assert told["replies"] == ["Oh dear, <b>poor</b> you."]
