"""`salama assess` keeps its contract line by line, whatever it is fed."""

import json
import subprocess
import sys

import pytest

KEYS = {
    "id", "disposition", "floor", "ceiling", "closed", "language", "red_flags", "findings", "question", "reply",
    "citations", "handoff", "model", "ms", "turns",
}  # fmt: skip
LEVELS = {"self_care", "routine", "soon", "today", "emergency_department", "ambulance"}


def assess(*lines: bytes) -> tuple[list[dict], int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "ui.cli", "assess"],
        input=b"\n".join(lines) + b"\n",
        capture_output=True,
        timeout=120,
        check=False,
    )
    return [json.loads(line) for line in done.stdout.splitlines()], done.returncode, done.stderr.decode()


def line(**case: object) -> bytes:
    return json.dumps(case, ensure_ascii=False).encode()


@pytest.fixture(scope="module")
def good() -> list[dict]:
    rows, code, errors = assess(
        line(id="a", text="I have crushing chest pain and I'm sweating"),
        line(id="b", turns=["j'ai mal à la tête", "non", "non"], country="FR", language="fr"),
        line(id="c", text="fever", age_months=2, country="MA"),
        line(id="d", text="bleeding a little", pregnant=True, sex="F", age_years=30, conditions=["diabetes"]),
        line(id="e", text="x" * 1_000_000),
        line(id="f", text=""),
        line(id="g", text="🤒🤮"),
        line(id="h", text="Ich habe starke Bauchschmerzen seit gestern"),
        line(id="i", text="\u0000\u0007 binary \ufffd"),
    )
    assert code == 0, errors
    assert errors == ""
    return rows


def test_every_line_is_answered_in_order(good: list[dict]) -> None:
    assert [row["id"] for row in good] == list("abcdefghi")


def test_every_answer_has_exactly_the_contracts_keys(good: list[dict]) -> None:
    for row in good:
        assert set(row) == KEYS
        assert {row["disposition"], row["floor"], row["ceiling"]} <= LEVELS
        for turn in row["turns"]:
            assert set(turn) == {"disposition", "floor", "ceiling", "question", "reply"}
            assert turn["reply"]
        for flag in row["red_flags"]:
            assert set(flag) == {"id", "title", "because"}
        for finding in row["findings"]:
            assert set(finding) == {"concept", "polarity", "experiencer", "temporality", "turn", "text"}


def test_the_levels_are_right(good: list[dict]) -> None:
    by_id = {row["id"]: row for row in good}
    assert by_id["a"]["disposition"] == by_id["a"]["floor"] == "ambulance"
    assert by_id["a"]["red_flags"][0]["because"][0]["turn"] == 1
    assert len(by_id["b"]["turns"]) == 3 and by_id["b"]["language"] == "fr"
    assert by_id["c"]["disposition"] in ("emergency_department", "ambulance")


def test_bad_lines_are_named_and_the_rest_goes_on() -> None:
    rows, code, errors = assess(
        b"not json",
        b'{"id": "b"}',
        line(id="c", text="a", turns=["b"]),
        line(id="d", text=3),
        line(id="e", text="a", colour="red"),
        line(id="f", text="a", country="XX"),
        line(id="g", text="a", language="xx"),
        line(id="h", text="a", conditions=["nonsense"]),
        b"\xff\xfe\x00",
        b"[1, 2]",
        line(id="k", turns=[]),
        line(id="z", text="sore throat"),
    )
    assert code == 1
    assert errors == ""
    assert all("error" in row and "Traceback" not in row["error"] for row in rows[:-1])
    assert [row["id"] for row in rows[1:8]] == list("bcdefgh")
    assert rows[-1]["id"] == "z" and "error" not in rows[-1]
    assert "MA" in rows[5]["error"] and "ary" in rows[6]["error"]


def test_results_come_as_they_are_made() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "ui.cli", "assess"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(line(id="first", text="cough") + b"\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == "first"
        process.stdin.close()
        assert process.wait(timeout=60) == 0
