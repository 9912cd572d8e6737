"""What the ledger holds, as people and as programs see it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Chancery = Callable[..., Any]


def rows_of(answer: Any) -> list[dict[str, Any]]:
    assert answer.code == 0, answer.err
    return [json.loads(line) for line in answer.out.splitlines()]


def test_a_pipe_gets_json_lines(chancery: Chancery, filled: Path) -> None:
    rows = rows_of(chancery("chron", "-L", filled))
    assert [row["frame"] for row in rows] == ["expel-diplomats", "visit", "meet"]
    assert {row["schema"] for row in rows} == {1}
    assert all(len(row["id"]) == len("hap_") + 16 for row in rows)
    assert rows[1]["when"] == {
        "first": "2020-02-01",
        "last": "2020-02-10",
        "basis": "reckoned",
        "words": None,
    }


def test_the_chronology_for_people(chancery: Chancery, filled: Path) -> None:
    answer = chancery("chron", "--table", "-q", "-L", filled)
    lines = answer.out.splitlines()
    assert lines[0].split("  ")[0] == "Mar 2008"
    assert "BLR → USA" in lines[0]
    assert "◇ “a Baltic official”" in lines[0]
    assert "1r/1o  likely  hap_" in lines[0]
    assert lines[1].startswith("    A ¶2 “Belarus expelled the ambassador")
    assert lines[2].startswith("1–10 Feb 2020")
    undated = lines.index("1 undated row:")
    assert "BLR ↔ USA" in lines[undated + 1]
    assert any(line.startswith("A = rep_") for line in lines)
    assert lines[-1].startswith("from 2 reports, 1 outlet, 2020 · 1 undated · snp_")
    assert answer.err == ""


@pytest.mark.parametrize("width", [60, 80, 100, 200])
def test_a_chronology_fits_wide_and_narrow_terminals(
    chancery: Chancery, filled: Path, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    out = chancery("chron", "--table", "--quiet", "-L", filled).out
    assert max(len(line) for line in out.splitlines()) <= width
    assert out.count("hap_") == 3


def test_filters(chancery: Chancery, filled: Path) -> None:
    def frames(*words: str) -> list[str]:
        return [row["frame"] for row in rows_of(chancery("chron", "-L", filled, *words))]

    assert frames("--from", "2016") == ["visit"]
    assert frames("--to", "2010") == ["expel-diplomats"]
    assert frames("--what", "visit") == ["visit"]
    assert frames("--what", "visit,expel-diplomats") == ["expel-diplomats", "visit"]
    assert frames("--what", "visit", "--what", "SANCTION") == ["expel-diplomats", "visit"]
    assert frames("--what", "SANCTION") == ["expel-diplomats"]
    assert frames("--what", "sanction") == ["expel-diplomats"]
    assert frames("--voice", "anonymous") == ["expel-diplomats"]
    assert frames("--limit", "1") == ["expel-diplomats"]
    assert frames("--min", "likely") == ["expel-diplomats", "visit", "meet"]
    assert frames("--min", "established") == []
    assert len(frames("--who", "Belarus,United States")) == 3
    assert len(frames("--who", "BLR", "--who", "usa.gov")) == 2
    assert frames("--who", "RUS") == []


def test_undated_rows_are_never_left_out_silently(chancery: Chancery, filled: Path) -> None:
    out = chancery("chron", "--from", "2016", "--table", "-L", filled).out
    assert "1 undated row left out by --from · from 2 reports" in out
    out = chancery("claims", "--from", "2000", "--to", "2010", "--table", "-L", filled).out
    assert "1 undated row left out by --from and --to" in out
    assert "left out" not in chancery("chron", "--table", "-L", filled).out


def test_quotations_in_rows(chancery: Chancery, filled: Path) -> None:
    row = rows_of(chancery("chron", "-q", "--what", "visit", "-L", filled))[0]
    assert [quote["words"] for quote in row["quotes"]] == [
        "Mike Pompeo visited Belarus earlier this month"
    ]
    answer = chancery("chron", "-q", "--csv", "--what", "visit", "-L", filled)
    [line] = csv.DictReader(io.StringIO(answer.out))
    assert line["quotes"].startswith("Mike Pompeo visited Belarus earlier this month [rep_")


def test_one_json_document(chancery: Chancery, filled: Path) -> None:
    document = json.loads(chancery("claims", "--json", "-L", filled).out)
    assert document["schema"] == 1
    assert document["coverage"].startswith("from 2 reports")
    assert len(document["rows"]) == 3


def test_an_empty_answer_says_what_was_searched(chancery: Chancery, filled: Path) -> None:
    words = ("chron", "--who", "RUS", "-L", filled)
    answer = chancery(*words, "--table")
    assert answer.out.startswith("nothing matches")
    assert "from 2 reports" in answer.out
    assert chancery(*words).out == ""
    assert json.loads(chancery(*words, "--json").out)["rows"] == []
    assert chancery(*words, "--csv").out.startswith("id,frame,type,")


def test_quiet_leaves_only_data(chancery: Chancery, filled: Path) -> None:
    answer = chancery("chron", "--quiet", "-L", filled)
    assert answer.err == ""
    assert "from 2 reports" in chancery("chron", "-L", filled).err


def test_a_happening_by_any_of_its_ids(chancery: Chancery, filled: Path) -> None:
    [row] = rows_of(chancery("chron", "--what", "visit", "-L", filled))
    for name in (row["id"], row["id"][:12], row["claims"][0], row["claims"][0][:12]):
        [found] = rows_of(chancery("happening", name, "-L", filled))
        assert found["id"] == row["id"]
        assert found["quotes"][0]["words"].startswith("Mike Pompeo visited")


def test_a_happening_for_people(chancery: Chancery, filled: Path) -> None:
    [row] = rows_of(chancery("chron", "--what", "expel-diplomats", "-L", filled))
    out = chancery("happening", row["id"][:12], "--table", "-L", filled).out
    assert row["id"] in out
    assert "Mar 2008  (stated)" in out
    assert "1 report · 1 origin" in out
    assert "BLR expel-diplomats USA" in out
    assert "◇ “a Baltic official”" in out
    assert "“Belarus expelled the ambassador" in out


def test_claims_of_one_report_and_one_happening(chancery: Chancery, filled: Path) -> None:
    assert len(rows_of(chancery("claims", "--report", "wire-1", "-L", filled))) == 2
    [row] = rows_of(chancery("chron", "--what", "visit", "-L", filled))
    [claim] = rows_of(chancery("claims", "--happening", row["id"], "-L", filled))
    assert claim["id"] == row["claims"][0]


def test_statements_have_their_words(chancery: Chancery, filled: Path) -> None:
    [row] = rows_of(chancery("statements", "-L", filled))
    assert row["words"] == "Belarus expelled the ambassador of the United States in March 2008"
    out = chancery("statements", "-q", "--table", "-L", filled).out
    assert "“Belarus expelled the ambassador" in out
    assert rows_of(chancery("statements", "--foresees", "-L", filled)) == []


def test_a_report(chancery: Chancery, filled: Path) -> None:
    [row] = rows_of(chancery("report", "wire-1", "-L", filled))
    assert row["title"].startswith("Envoys in Minsk")
    assert len(row["claims"]) == 2
    out = chancery("report", row["id"][:12], "--table", "-L", filled).out
    assert "¶2    Belarus expelled the ambassador" in out
    assert "¶1  2020-02-01/2020-02-10 USA.GOV visit BLR" in out


def test_nothing_in_a_report_commands_the_terminal(chancery: Chancery, filled: Path) -> None:
    for words in (
        ("report", "wire-1"),
        ("chron", "-q"),
        ("sql", "SELECT title FROM reports"),
    ):
        for form in ("--table", "--csv", "--json", "--jsonl"):
            out = chancery(*words, form, "-L", filled).out
            assert "\x1b" not in out, words
            assert "\u202e" not in out, words


def test_formulas_are_defused_in_csv(chancery: Chancery, filled: Path) -> None:
    out = chancery("sql", "SELECT title FROM reports ORDER BY title", "--csv", "-L", filled).out
    assert out.splitlines()[1] == "'=SUM(A1)"


def test_search_finds_words(chancery: Chancery, filled: Path) -> None:
    [hit] = rows_of(chancery("search", "ambassador", "expelled", "-L", filled))
    assert hit["source"] == "Baltic Courier"
    answer = chancery("search", "zeppelin", "--table", "-L", filled)
    assert answer.code == 0
    assert answer.out.startswith("nothing matches")


def test_sources(chancery: Chancery, filled: Path) -> None:
    rows = rows_of(chancery("sources", "-L", filled))
    assert {row["name"] for row in rows} == {"Baltic Courier", None}


def test_sql(chancery: Chancery, filled: Path) -> None:
    query = "SELECT type, count(*) AS n FROM happenings GROUP BY ALL ORDER BY ALL"
    assert rows_of(chancery("sql", query, "-L", filled)) == [
        {"schema": 1, "type": "CONSULT", "n": 2},
        {"schema": 1, "type": "SANCTION", "n": 1},
    ]


def test_a_snapshot_can_be_looked_at(chancery: Chancery, filled: Path) -> None:
    snapshots = rows_of(chancery("log", "snapshots", "-L", filled))
    assert rows_of(chancery("chron", "--as-of", snapshots[0]["id"], "-L", filled)) == []
    assert len(rows_of(chancery("chron", "--as-of", snapshots[-1]["id"][:12], "-L", filled))) == 3


def test_the_log(chancery: Chancery, filled: Path) -> None:
    assert rows_of(chancery("log", "-L", filled)) == []
    assert chancery("log", "--csv", "-L", filled).out.startswith("id,about,verdict")
    [problem] = rows_of(chancery("log", "problems", "-L", filled))
    assert problem["place"] == "second.txt"


def test_claims_with_the_reasons_given(chancery: Chancery, filled: Path) -> None:
    out = chancery("claims", "--reasons", "--table", "-L", filled).out
    lines = out.splitlines()
    [place] = [number for number, line in enumerate(lines) if line.startswith("    cause: ")]
    assert lines[place] == "    cause: because of “the sanctions”  ◇ “a Baltic official”"
    assert "expel" in lines[place - 1]
    rows = rows_of(chancery("claims", "--reasons", "-L", filled))
    told = {row["frame"]: [one["words"] for one in row["reasons"]] for row in rows}
    assert told == {"expel-diplomats": ["the sanctions"], "visit": [], "meet": []}
    table = csv.DictReader(io.StringIO(chancery("claims", "--reasons", "--csv", "-L", filled).out))
    assert [row["reasons"] for row in table if row["reasons"]] == ["cause: the sanctions"]
    assert "reasons" not in rows_of(chancery("claims", "-L", filled))[0]


def test_forecasts_say_who_what_when_and_if(chancery: Chancery, filled: Path) -> None:
    [row] = rows_of(chancery("forecasts", "-L", filled))
    assert row["test_words"] == "would lift the cap"
    assert row["condition_words"] == "if they went"
    assert row["deadline"]["last"] == "2020-01-31"
    answer = chancery("forecasts", "-q", "--table", "-L", filled)
    head, line, quote = answer.out.splitlines()[:3]
    assert head.split() == [
        "voice", "actor", "what", "deadline", "state", "due", "if", "evidence", "report", "id"
    ]  # fmt: skip
    assert "◇ “a Baltic official”" in line
    assert "by 31 Jan 2020  not testable  overdue  if they went" in line
    assert quote == "    A “would lift the cap by 31 January 2020”"
    assert rows_of(chancery("forecasts", "--from", "2021", "-L", filled)) == []
    assert len(rows_of(chancery("forecasts", "--to", "2020", "-L", filled))) == 1


def test_overdue_is_reckoned_by_the_latest_report(chancery: Chancery, own: Path) -> None:
    [row] = rows_of(chancery("forecasts", "--overdue", "-L", own))
    assert (row["state"], row["overdue"], row["evidence"]) == ("not testable", True, [])
    assert row["because"] == "no deed was read in its words"
    assert rows_of(chancery("forecasts", "--state", "open,partly", "-L", own)) == []
    assert len(rows_of(chancery("forecasts", "--state", "not testable", "-L", own))) == 1
    answer = chancery("forecasts", "--state", "true", "-L", own)
    assert answer.code == 2
    assert "borne out" in answer.err


def test_states_are_bars_with_their_words(chancery: Chancery, filled: Path) -> None:
    [row] = rows_of(chancery("states", "--who", "BLR", "-L", filled))
    assert (row["kind"], row["holders"], row["until"]) == ("cap", ["BLR.GOV"], None)
    assert row["words"] == ["Belarus has capped American diplomats since 2008"]
    out = chancery("states", "-q", "--table", "-L", filled).out
    assert out.splitlines()[1].startswith("cap   BLR.GOV  2008          1 time")
    assert out.splitlines()[2] == "    A “Belarus has capped American diplomats since 2008”"
    [line] = csv.DictReader(io.StringIO(chancery("states", "--csv", "-L", filled).out))
    assert (line["since_first"], line["until_last"]) == ("2008-01-01", "")
    assert rows_of(chancery("states", "--who", "USA", "-L", filled)) == []
    assert rows_of(chancery("states", "--kind", "truce", "-L", filled)) == []
    answer = chancery("states", "--kind", "wall", "-L", filled)
    assert answer.code == 2
    assert "sanctions" in answer.err
