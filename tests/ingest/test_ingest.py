import gzip
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import chancery as ch
from chancery.errors import Problem, UsageError
from chancery.ingest import ingest
from chancery.ingest.files import read_stream
from chancery.model import Report

BODY = "The minister met the envoy on Monday, and they agreed to open the border."


def test_files_and_folders_in_the_order_given(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c/d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"{BODY} {name}")
    found = [
        item.text[-5:] for item in ingest(tmp_path / "c", tmp_path) if isinstance(item, Report)
    ]
    assert found == ["d.txt", "a.txt", "b.txt", "d.txt"]


def test_standard_input(tmp_path: Path) -> None:
    records = "\n".join(json.dumps({"text": BODY, "id": number}) for number in range(3))
    items = list(ingest("-", stdin=io.BytesIO(records.encode() + b"\nno json\n")))
    assert [item.key for item in items if isinstance(item, Report)] == ["0", "1", "2"]
    assert isinstance(items[-1], Problem)
    assert items[-1].place == "<stdin>:4"


def test_standard_input_through_a_pipe_that_gives_little_at_a_time() -> None:
    script = (
        "from chancery.ingest import ingest\n"
        "for item in ingest('-'): print(item.text if hasattr(item, 'text') else item.code)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        for piece in (b'{"te', b'xt": "They', b' left."}\n{"text": "All."}'):
            process.stdin.write(piece)
            process.stdin.flush()
        out, _ = process.communicate(timeout=60)
    assert out.decode().split("\n") == ["They left.", "undated", "All.", "undated", ""]


def test_packed_files(read) -> None:
    (report,), problems = read("a.jsonl.gz", gzip.compress(json.dumps({"text": BODY}).encode()))
    assert report.text == BODY
    assert problems == []


def test_a_mapping_of_no_field_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(UsageError, match="no field 'author'"):
        ingest("a.jsonl", mapping={"author": "by"})


def test_the_package_can_be_called_by_its_public_name(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BODY)
    for _ in range(2):
        report, _ = ch.ingest(tmp_path)
        assert isinstance(report, Report)


@pytest.mark.parametrize(
    ("record", "told"),
    [
        ({"text": "They left.", "date": "2023-02-03"}, "is it in one of 'date'? name it: --map"),
        ({"text": "They left.", "published": ""}, "set one with: chancery report date"),
        ({"text": "They left."}, "set one with: chancery report date"),
    ],
)
def test_a_record_whose_day_has_another_name_is_asked_for_it(
    tmp_path: Path, record: dict[str, str], told: str
) -> None:
    file = tmp_path / "dump.jsonl"
    file.write_text(json.dumps(record), "utf-8")
    _, problem = ch.ingest(file)
    assert isinstance(problem, Problem)
    assert problem.code == "undated"
    assert problem.hint.startswith(told)


def test_an_undated_report_is_told_with_its_place_and_kept(tmp_path: Path) -> None:
    (tmp_path / "oil.txt").write_text(BODY)
    report, problem = ch.ingest(tmp_path)
    assert isinstance(report, Report)
    assert isinstance(problem, Problem)
    assert (problem.code, problem.report) == ("undated", report.id)
    assert problem.place == str(tmp_path / "oil.txt")
    assert f"chancery report date {report.id[:12]} " in problem.hint


def test_neither_clock_nor_file_time_nor_zone_counts(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": BODY, "published": "2020-02-10T23:30:00+03:00"}))
    script = f"from chancery.ingest import ingest; print(*ingest({str(path)!r}))"
    printed = set()
    for zone, seed, when in (("UTC", "1", 0), ("Asia/Tokyo", "2", 10**9)):
        os.utime(path, (when, when))
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": "C"}
        run = subprocess.run(
            [sys.executable, "-c", script], env=environment, capture_output=True, check=True
        )
        printed.add(run.stdout)
    assert len(printed) == 1
    assert b"datetime.date(2020, 2, 10)" in printed.pop()


NAMES = st.sampled_from(["a.txt", "a.md", "a.jsonl", "a.json", "a.csv", "a.eml", "a.mbox", "a.gz"])
PIECES = st.sampled_from(
    [b"The envoy left. ", b"\n", b"\n\n", b'{"text":"', b'"}', b"id,text\n", b"---\n", b"title: ",
     b"From a@b Mon Feb 10 10:00:00 2020\n", b"Subject: x\n", b"<p>", b"\xff", b"\x00", b"\x1b[0m",
     b"2020-02-10 ", b"2020-13-45", b"By Anna Kovalenko\n", b"MINSK (AP) - ", b"[", b"# "]
)  # fmt: skip


@given(NAMES, st.lists(PIECES | st.binary(max_size=8), max_size=12).map(b"".join))
def test_any_bytes_give_reports_and_problems(name: str, data: bytes) -> None:
    items = list(read_stream(io.BytesIO(data), name, {}))
    assert items
    assert items == list(read_stream(io.BytesIO(data), name, {}))
    for item in items:
        if isinstance(item, Problem):
            assert item.place
            assert item.hint
            continue
        assert not item.title or item.text.startswith(item.title + "\n")
        spans = [aside.span for aside in item.asides]
        assert spans == sorted(spans)
        assert all(span.of(item.text).strip() for span in spans)
