"""Bad input, kind by kind: each a problem with a place and a hint, and the rest is read."""

import gzip
import json
import os
import random
import time
from pathlib import Path

import pytest

from chancery.errors import Problem
from chancery.ingest import ingest, limits
from chancery.model import Report

BODY = "The minister met the envoy on Monday, and they agreed to open the border."
DATED = f"10 February 2020\n\n{BODY}"
RECORD = json.dumps({"text": BODY})
MANY_BYTES = 200_000_000


def nested(depth: int) -> bytes:
    return b'{"text":"x","deep":' + b"[" * depth + b"]" * depth + b"}\n"


CASES: dict[str, tuple[str, bytes, str]] = {
    "binary": ("a.txt", random.Random(1).randbytes(5_000), "binary"),
    "executable": ("a", b"\x7fELF\x02\x01\x01" + bytes(200), "binary"),
    "empty": ("a.txt", b"", "empty"),
    "blank": ("a.jsonl", b"\xef\xbb\xbf \r\n\n", "empty"),
    "archive": ("a.zip", b"PK\x03\x04" + bytes(30), "archive"),
    "document": ("a.pdf", b"%PDF-1.7\n...", "document"),
    "picture": ("a.txt", b"\x89PNG\r\n\x1a\n...", "image"),
    "feed": ("a.xml", b"<?xml version='1.0'?>\n<rss version='2.0'></rss>", "feed"),
    "broken UTF-8": ("a.txt", BODY.encode() * 9 + b" \xc3\x28", "encoding"),
    "broken UTF-8 in a record": ("a.jsonl", RECORD.encode().replace(b"met", b"m\xfft"), "encoding"),
    "broken UTF-16": ("a.txt", BODY.encode("utf-16") + b"\x00\xd8", "encoding"),
    "not Unicode": ("a.txt", "Gäste in Köln; Außenpolitik. ".encode("cp1252"), "encoding"),
    "NUL bytes": ("a.txt", BODY.encode() + b"\x00" + BODY.encode(), "control-characters"),
    "NUL in a record": ("a.jsonl", b'{"text":"They\\u0000 left the talks."}', "control-characters"),
    "half a surrogate": ("a.json", b'{"text":"They \\ud800left."}', "bad-json"),
    "terminal escapes": ("a.txt", BODY.encode() + b"\x1b[31m\x1b]0;x\x07", "control-characters"),
    "deep JSON": ("a.jsonl", nested(100_000), "deep-json"),
    "deep JSON, not so deep": ("a.jsonl", nested(limits.MAX_JSON_DEPTH), "deep-json"),
    "JSON that never ends": ("a.json", b"[" * 100_000, "deep-json"),
    "JSON cut off": ("a.jsonl", RECORD.encode()[:-4], "bad-json"),
    "a number too long": ("a.jsonl", b'{"text":"x","id":' + b"1" * 5000 + b"}", "bad-json"),
    "missing field": ("a.jsonl", b'{"id":"a","body":"x"}', "missing-field"),
    "empty field": ("a.jsonl", b'{"id":"a","text":""}', "no-text"),
    "no such day": ("a.jsonl", b'{"text":"They left.","published":"2020-13-45"}', "bad-date"),
    "no such day in a table": ("a.csv", b"text,published\nThey left.,2020-02-30\n", "bad-date"),
    "either way round": ("a.csv", b"text,published\nThey left.,03/04/2020\n", "bad-date"),
    "formula": ("a.csv", b'id,text\n=cmd|\' /C x\'!A0,"They left."\n', "formula-cell"),
    "formula as text": ("a.csv", b"id,text\n1,=HYPERLINK(1)\n", "formula-cell"),
    "too many cells": ("a.csv", b"id,text\n1,They,left\n", "bad-row"),
    "bare carriage returns": ("a.csv", b"id,text\n1,a\rb,c\r2,d\n", "bad-row"),
    "page of many tags": ("a.html", b"<html>" + b"<p>" * (limits.MAX_TAGS + 1), "html-bomb"),
    "packed bomb": ("a.txt.gz", gzip.compress(b"a" * 40_000_000), "bomb"),
    "packed and cut off": ("a.txt.gz", gzip.compress(BODY.encode())[:-6], "broken-gzip"),
    "packed twice": ("a.gz", gzip.compress(gzip.compress(BODY.encode())), "archive"),
    "a message of nothing": ("a.eml", b"From: a\nTo: b\nSubject: c\n\n", "no-text"),
    "a header without end": ("a.eml", b"From: a\nTo: b\nSubject: " + b"c" * 30_000, "bad-mail"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "data", "code"), CASES.values(), ids=CASES)
def test_each_is_a_problem_with_place_and_hint(
    tmp_path: Path, name: str, data: bytes, code: str
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / name).write_bytes(data)
    (folder / "z.txt").write_text(DATED)
    began = time.monotonic()
    items = list(ingest(folder))
    assert time.monotonic() - began < 10
    problems = [item for item in items if isinstance(item, Problem)]
    assert code in [problem.code for problem in problems]
    for problem in problems:
        assert problem.stage == "ingest"
        assert problem.place.startswith(str(folder / name))
        assert problem.hint
    last = items[-1]
    assert isinstance(last, Report)
    assert last.text == DATED


def test_a_kept_report_is_named_by_its_problems(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(BODY.encode() + b"\x00\x1b[31m")
    report, problem, undated = ingest(tmp_path)
    assert isinstance(report, Report)
    assert isinstance(undated, Problem)
    assert isinstance(problem, Problem)
    assert report.text == BODY + "\ufffd\x1b[31m"
    assert problem.report == report.id


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.md", "a.eml", "a.csv", "a.mbox", "a.json"])
def test_two_hundred_megabytes_of_one_line(tmp_path: Path, name: str) -> None:
    with (tmp_path / name).open("wb") as file:
        file.write(b"id,text " * limits.HEAD_BYTES)
        file.truncate(MANY_BYTES)
    began = time.monotonic()
    problems = list(ingest(tmp_path))
    assert time.monotonic() - began < 10
    assert {type(problem) for problem in problems} == {Problem}


def test_two_hundred_megabytes_in_one_line_of_many(tmp_path: Path) -> None:
    with (tmp_path / "a.jsonl").open("wb") as file:
        file.write(b'{"text": "' + b"x" * limits.HEAD_BYTES)
        file.truncate(MANY_BYTES)
        file.seek(MANY_BYTES)
        file.write(b'"}\n' + RECORD.encode())
    problem, report, _ = ingest(tmp_path)
    assert isinstance(problem, Problem)
    assert (problem.code, problem.place) == ("too-large", f"{tmp_path / 'a.jsonl'}:1")
    assert isinstance(report, Report)


def test_what_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "nowhere").symlink_to(tmp_path / "gone")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    problems = list(ingest(tmp_path, tmp_path / "absent", "with\0nul"))
    assert [getattr(problem, "code", "") for problem in problems] == ["unreadable"] * 5


def test_a_file_name_that_is_no_unicode(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_bytes(b"")
    (problem,) = ingest(tmp_path)
    assert isinstance(problem, Problem)
    assert problem.place.endswith("caf\ufffd.txt")
