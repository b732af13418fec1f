"""The audit asks every system about the same cases, and says what it skips."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from evals.audit import audit, layers, sample, table
from evals.serving import chained, served
from evals.suites import load
from evals.systems.chat import ChatEndpoint
from evals.systems.client import ChatClient
from evals.systems.layers import sources
from evals.vignette import Vignette
from knowledge import Disposition
from triage import TriagePipeline
from triage.generation import ChatMessage


class Scripted:
    """Says what it is given to say, and remembers what it read."""

    languages = frozenset({"en"})

    def __init__(self, reply: str, name: str = "scripted") -> None:
        self.reply = reply
        self.name = name
        self.read: list[Sequence[ChatMessage]] = []

    def stream(self, messages: Sequence[ChatMessage]) -> Iterator[str]:
        self.read.append(messages)
        yield self.reply[:5]
        yield self.reply[5:]


CASE = Vignette(id="a", turns=("my chest hurts",), reference=(Disposition.AMBULANCE,))


def test_a_model_is_served_in_the_openai_shape_and_a_chain_reads_passages_first() -> None:
    model = Scripted("Please call an ambulance now.")
    with served(model, chained(lambda message: [f"about {message}"], "Answer from:")) as url:
        assert ChatEndpoint(ChatClient(url, "m")).play(CASE).advised is Disposition.AMBULANCE
    assert [(item.role, item.text) for item in model.read[0]] == [
        ("system", "Answer from:\n\n- about my chest hurts"),
        ("user", "my chest hurts"),
    ]


def test_what_needs_a_model_is_skipped_with_a_reason(pipeline: TriagePipeline, tmp_path: Path) -> None:
    rows = list(audit([CASE], lambda lm: pipeline, None, seconds=1, journals=tmp_path))
    text = table(rows, [CASE], 1)
    assert [bool(row.skipped) for row in rows] == [False, True, True, True]
    assert text.count("skipped: no language model is pulled") == 3


def test_the_bare_model_is_measured_on_the_same_cases_and_not_asked_again(
    pipeline: TriagePipeline, tmp_path: Path
) -> None:
    model = Scripted("Just look after yourself.")
    rows = list(audit([CASE], lambda lm: pipeline, model, seconds=1, journals=tmp_path))
    assert [row.name[:3] for row in rows] == ["(a)", "(b)", "(c)", "(d)"]
    assert all([item.vignette.id for item in row.results] == ["a"] for row in rows)
    assert [row.results[0].advised for row in rows[2:]] == [Disposition.SELF_CARE] * 2
    again = list(audit([CASE], lambda lm: pipeline, model, seconds=1, journals=tmp_path))
    assert len(model.read) == 2 and [row.results for row in again] == [row.results for row in rows]
    other = Scripted("Please call an ambulance now.", name="another")
    anew = list(audit([CASE], lambda lm: pipeline, other, seconds=1, journals=tmp_path))
    assert [row.results[0].advised for row in anew[2:]] == [Disposition.AMBULANCE] * 2


def test_a_layer_without_its_file_is_skipped_and_is_measured_on_two_columns_with_it(tmp_path: Path) -> None:
    assert all("https://" in row.skipped for row in layers([CASE], None))
    for source in sources():
        (tmp_path / source.saved_as).write_text(f"{source.lists[0]} = ['chest hurts']", encoding="utf-8")
    rows = list(layers([CASE], tmp_path))
    assert len(rows) == len(sources())
    assert table(rows, [CASE], 1).count("100.0% (1/1") == len(rows)


def test_a_sample_takes_so_many_of_each_suite_by_the_seed() -> None:
    suites = [suite.part("en") for suite in load([]) if not suite.unseen]
    one = sample(suites, 3, 1)
    assert one == sample(suites, 3, 1) and one != sample(suites, 3, 2)
    assert all(len([item for item in one if item in suite.vignettes]) == 3 for suite in suites)
    assert len(sample(suites, 0, 1)) == sum(len(suite.vignettes) for suite in suites)
