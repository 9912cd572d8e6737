"""Pairs that are handed over: lines in, lines out, and what is wrong with a line."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chancery.cli import exits

Chancery = Callable[..., Any]

GOOD = {"id": "a", "text": "Turkey attacked Syria.", "actor": "Turkey", "target": "Syria"}


def written(path: Path, *rows: object) -> Path:
    lines = [row if isinstance(row, bytes) else json.dumps(row).encode() for row in rows]
    path.write_bytes(b"\n".join(lines) + b"\n")
    return path


def test_a_line_gives_a_line(chancery: Chancery, tmp_path: Path) -> None:
    quiet = {"id": 7, "text": "Mali lies north of Togo.", "actor": "Mali", "target": "Togo"}
    answer = chancery(
        "classify",
        "--reader",
        "frames",
        "--jsonl",
        written(tmp_path / "in.jsonl", GOOD, b"", quiet),
    )
    assert (answer.code, answer.err) == (exits.OK, "")
    first, second = map(json.loads, answer.out.splitlines())
    assert list(first) == ["id", "type", "mode", "standing", "score"]
    assert (first["id"], first["type"], first["standing"]) == ("a", "ASSAULT", "happened")
    assert second == {"id": 7, "type": None, "mode": None, "standing": None, "score": 0.0}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"{", "no pair"),
        (b"[1]", "no pair"),
        (b'{"id": "b", "actor": "x"}', "no pair"),
        (b'{"id": "b", "text": "\xff", "actor": "x"}', "no pair"),
        (b'{"id": "b", "text": "x", "deep": ' + b"[" * 100_000, "no pair"),
        ({**GOOD, "actor": "Iran"}, "the actor does not stand in the text"),
        ({**GOOD, "target": "\x1b[31mSyria"}, "the target does not stand in the text"),
    ],
)
def test_a_bad_line_is_a_problem_and_the_rest_goes_on(
    chancery: Chancery, tmp_path: Path, line: object, said: str
) -> None:
    answer = chancery("classify", "--reader", "frames", written(tmp_path / "in.jsonl", line, GOOD))
    assert answer.code == exits.REJECTED
    assert [json.loads(row)["id"] for row in answer.out.splitlines()] == ["a"]
    assert said in answer.err
    assert "in.jsonl:1" in answer.err
    assert "\x1b" not in answer.err


def test_standard_input(chancery: Chancery, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO(json.dumps(GOOD).encode()))
    monkeypatch.setattr(sys, "stdin", stream)
    answer = chancery("classify", "--reader", "frames", "-")
    assert json.loads(answer.out)["type"] == "ASSAULT"


def test_no_such_file(chancery: Chancery, tmp_path: Path) -> None:
    assert chancery("classify", tmp_path / "absent.jsonl").code == exits.USAGE
