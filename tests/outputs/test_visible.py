"""Untrusted text can neither command a terminal nor a spreadsheet."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chancery.outputs.rows import cell, csv_lines, json_line, json_lines
from chancery.outputs.visible import escape_in_json, one_line, visible

COMMANDS = "\x1b[2J\x1b]0;title\x07 \x9b31m \u202eevil\u202c \x00 \x7f"


def test_escapes_are_shown() -> None:
    assert visible("\x1b[31mred") == "␛[31mred"
    assert visible("a\u202eb") == "a<U+202E>b"
    assert visible("tab\tand\nline") == "tab\tand\nline"
    assert visible("\x7f\x00") == "␡␀"


@given(st.text())
def test_nothing_a_terminal_obeys_is_left(text: str) -> None:
    shown = one_line(text)
    assert not any(ord(letter) < 0x20 or 0x7F <= ord(letter) < 0xA0 for letter in shown)
    assert "\u202e" not in shown


def test_ordinary_text_stays_as_it_is() -> None:
    assert visible("Łukašenka – „так“ 中文 😀") == "Łukašenka – „так“ 中文 😀"


def test_json_is_the_same_document_and_safe() -> None:
    line = json_line({"text": COMMANDS + "\U000e0041"})
    assert json.loads(line) == {"text": COMMANDS + "\U000e0041"}
    assert not any(ord(letter) < 0x20 or 0x7F <= ord(letter) < 0xA0 for letter in line)
    assert "\u202e" not in line
    assert escape_in_json(line) == line


def test_a_line_of_json_is_one_line() -> None:
    lines = "".join(json_lines([{"a": "x\u2028y\nz"}, {"a": 1}]))
    assert len(lines.splitlines()) == 2


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", " ="])
def test_formulas_are_defused(start: str) -> None:
    assert not str(cell(start + "cmd|' /C calc'!A0")).lstrip().startswith(("=", "+", "-", "@"))


def test_numbers_stay_numbers() -> None:
    assert cell(-2.5) == -2.5
    assert cell(None) is None
    assert cell(["BLR", "USA"]) == "BLR+USA"


def test_csv_can_be_read_back() -> None:
    page = "".join(csv_lines(["a", "b"], [['x, "y"\nz', -1], ["=1", None]]))
    assert list(csv.reader(io.StringIO(page))) == [
        ["a", "b"],
        ['x, "y"\nz', "-1"],
        ["'=1", ""],
    ]
