"""`dyad`, `triad` and `turns`: in every form, with what they rest on, and what cannot be told."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import chancery as ch
from chancery.errors import MissingExtra
from chancery.ledger import Ledger
from chancery.lexicon import Lexicon
from chancery.outputs import charts
from chancery.relations import Layers

Chancery = Callable[..., Any]

ROWS = [
    *(f"20{year:02}-{month:02}-10,China,Japan,ACCUSE,3,-2"
      for year in range(10, 14) for month in (2, 5, 8)),
    *(f"20{year:02}-{month:02}-10,China,Japan,SUPPORT,1,3"
      for year in range(14, 18) for month in (2, 5, 8)),
    *(f"20{year:02}-{month:02}-11,Japan,China,SUPPORT,1,3"
      for year in range(10, 18) for month in (2, 5, 8)),
    *(f"20{year:02}-{month:02}-12,Japan,South Korea,SUPPORT,1,3"
      for year in range(10, 18) for month in (1, 2, 3, 5, 6, 8)),
    *(f"20{year:02}-{month:02}-13,China,South Korea,ACCUSE,3,-2"
      for year in range(10, 18) for month in (1, 2, 3, 5, 6, 8)),
]  # fmt: skip
MAPPING = {"day": "date", "actor": "who", "target": "whom", "type": "what", "quad": "class",
           "intensity": "score"}  # fmt: skip


@pytest.fixture(scope="session")
def layered(filled: Path, tmp_path_factory: pytest.TempPathFactory, lexicon: Lexicon) -> Path:
    """The filled ledger with a layer *east* beside it, in a place of its own."""
    folder = tmp_path_factory.mktemp("layered")
    ledger = Path(shutil.copytree(filled, folder / "test.ledger"))
    file = folder / "east.csv"
    file.write_text("\n".join(["date,who,whom,what,class,score", *ROWS]) + "\n")
    Layers(ledger, lexicon).import_("csv", [file], "east", mapping=MAPPING)
    return ledger


def rows_of(answer: Any) -> list[dict[str, Any]]:
    assert answer.code == 0, answer.err
    return [json.loads(line) for line in answer.out.splitlines()]


def of_kind(rows: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [row for row in rows if row["kind"] == kind]


# The ledger -------------------------------------------------------------------------------------


def test_names_and_codes_mean_the_same(chancery: Chancery, filled: Path) -> None:
    answers = [chancery("dyad", *pair, "-L", filled) for pair in
               (("Belarus", "United States"), ("BLR", "USA"), ("blr", "usa"))]  # fmt: skip
    assert len({answer.out for answer in answers}) == 1


def test_points_turns_and_refusals_are_rows(chancery: Chancery, filled: Path) -> None:
    rows = rows_of(chancery("dyad", "BLR", "USA", "--step", "year", "-L", filled))
    points = of_kind(rows, "point")
    assert {row["schema"] for row in rows} == {1}
    assert sum(row["count"] for row in points if row["actor"] == "BLR") == 2
    assert {row["code"] for row in of_kind(rows, "refusal")} == {"too-few"}


def test_quotations_stand_under_each_step(chancery: Chancery, filled: Path) -> None:
    answer = chancery("dyad", "BLR", "USA", "--step", "year", "-q", "--table", "-L", filled)
    assert "“Belarus expelled the ambassador" in answer.out
    assert "2009 – 2019" in answer.out
    assert "no reports" in answer.out
    assert "░ too few happenings: 2 in 13 steps from BLR to USA" in answer.out
    assert "A = rep_" in answer.out


def test_rows_of_a_program_hold_the_quotations(chancery: Chancery, filled: Path) -> None:
    rows = rows_of(chancery("dyad", "BLR", "USA", "--step", "year", "-q", "-L", filled))
    told = [row for row in of_kind(rows, "point") if row["count"]]
    assert all(row["quotes"] for row in told)
    ids = {claim for row in told for claim in (quote["claim"] for quote in row["quotes"])}
    assert len(ids) == 2


def test_the_numbers_of_all_forms_are_the_same(
    chancery: Chancery, layered: Path, tmp_path: Path
) -> None:
    asked = ("dyad", "CHN", "JPN", "--layer", "east", "--step", "year", "-L", layered)
    chart = tmp_path / "chart.json"
    lines = of_kind(rows_of(chancery(*asked, "--jsonl", "--chart", chart)), "point")
    document = of_kind(json.loads(chancery(*asked, "--json").out)["rows"], "point")
    table = list(csv.DictReader(io.StringIO(chancery(*asked, "--csv").out)))
    spec = json.loads(chart.read_bytes())
    drawn = [row for panel in spec["vconcat"] for row in panel["data"]["values"]]
    bare = [{name: cell for name, cell in row.items() if name not in ("schema", "kind")}
            for row in lines]  # fmt: skip
    assert lines == document
    assert drawn == bare
    with Ledger.open(layered, Lexicon.load()) as ledger:
        assert bare == ch.relate(ledger, "CHN", "JPN", layer="east", step="year").table()
    numbers = ("count", "value", "warmth", "intensity", "q1", "q3", "exposure")
    for cells, row in zip(table, bare, strict=True):
        for name in numbers:
            assert cells[name] == ("" if row[name] is None else str(row[name]))
    words = chancery(*asked, "--table").out
    assert all(str(row["value"]) in words for row in bare if row["count"])


# A layer ----------------------------------------------------------------------------------------


def test_a_turn_of_a_layer_opens_its_rows(chancery: Chancery, layered: Path) -> None:
    asked = ("turns", "China", "Japan", "--layer", "east", "--step", "year", "-L", layered)
    answer = chancery(*asked, "--table")
    assert answer.out.startswith("① CHN → JPN  2014  toward: warmth -1.0 → 1.0")
    assert "2014-02-10 China > Japan" in answer.out
    assert "east.csv:14" in answer.out
    assert "share of all rows: ACCUSE 100% → 0%, SUPPORT 0% → 100%" in answer.out
    assert "… and 1 more: -q lists them" in answer.out
    (turn,) = of_kind(rows_of(chancery(*asked, "-q")), "turn")
    assert [row["place"] for row in turn["carriers"]] == turn["happenings"]
    assert "more: -q" not in chancery(*asked, "--table", "-q").out


def test_turns_without_parties_look_at_the_largest_pairs(chancery: Chancery, layered: Path) -> None:
    answer = chancery("turns", "--layer", "east", "--step", "year", "--table", "-L", layered)
    assert "3 pairs looked at: " in answer.out
    assert "① CHN → JPN" in answer.out
    rows = rows_of(chancery("turns", "--layer", "east", "--step", "year", "-L", layered))
    assert {row["code"] for row in of_kind(rows, "refusal")} >= {"too-few", "not-shown"}


def test_turns_as_csv_have_a_header_even_without_any(chancery: Chancery, filled: Path) -> None:
    answer = chancery("turns", "BLR", "USA", "--csv", "-L", filled)
    assert answer.out.startswith("actor,target,day_first,day_last,before,after,")
    assert len(answer.out.splitlines()) == 1


def test_days_cut_the_span(chancery: Chancery, layered: Path) -> None:
    rows = rows_of(chancery("dyad", "CHN", "JPN", "--layer", "east", "--step", "year", "--from",
                            "2012", "--to", "2013", "-L", layered))  # fmt: skip
    points = of_kind(rows, "point")
    assert [row["first"] for row in points if row["actor"] == "CHN"] == ["2012-01-01", "2013-01-01"]


# Methods ----------------------------------------------------------------------------------------


def test_who_answers_whom_needs_enough_and_says_so(chancery: Chancery, filled: Path) -> None:
    (row,) = rows_of(chancery("dyad", "BLR", "USA", "--reciprocity", "-L", filled))
    assert (row["kind"], row["code"]) == ("refusal", "too-few")
    answer = chancery("dyad", "BLR", "USA", "--reciprocity", "--table", "-L", filled)
    assert answer.out.startswith("  ░ too few happenings")


def test_who_answers_whom_as_tests_and_responses(chancery: Chancery, layered: Path) -> None:
    pytest.importorskip("statsmodels")
    asked = ("dyad", "CHN", "JPN", "--layer", "east", "--reciprocity", "-L", layered)
    rows = rows_of(chancery(*asked))
    assert {row["kind"] for row in rows} == {"granger", "response"}
    first = of_kind(rows, "response")[0]
    assert first["low"] <= first["value"] <= first["high"]
    assert "cause" in chancery(*asked, "--table").out


def test_surprise_lists_every_step_for_programs(chancery: Chancery, layered: Path) -> None:
    asked = ("dyad", "CHN", "JPN", "--layer", "east", "--surprise", "-L", layered)
    rows = rows_of(chancery(*asked))
    assert {(row["actor"], row["target"]) for row in rows} == {("CHN", "JPN"), ("JPN", "CHN")}
    assert "steps stand out" in chancery(*asked, "--table").out


def test_dependence_adds_up_to_one(chancery: Chancery, layered: Path) -> None:
    rows = rows_of(chancery("dyad", "JPN", "CHN", "--layer", "east", "--dependence", "-L", layered))
    japan = [row for row in rows if row["party"] == "JPN"]
    assert {row["partner"] for row in japan} == {"CHN", "KOR"}
    assert sum(row["share"] for row in japan) == pytest.approx(1)


def test_three_states_and_their_balance(chancery: Chancery, layered: Path, tmp_path: Path) -> None:
    chart = tmp_path / "triangle.json"
    asked = ("triad", "China", "Japan", "South Korea", "--layer", "east", "--step", "year")
    answer = chancery(*asked, "--table", "--chart", chart, "-L", layered)
    assert answer.code == 0
    assert "beside the world" in answer.out
    spec = json.loads(chart.read_bytes())
    assert [panel["title"] for panel in spec["hconcat"]] == ["CHN ↔ JPN", "JPN ↔ KOR", "KOR ↔ CHN"]
    rows = of_kind(rows_of(chancery(*asked, "-L", layered)), "balance")
    assert {row["border"] for row in rows} == {"zero", "world mean"}
    later = [row for row in rows if row["first"] == "2015-01-01" and row["border"] == "zero"]
    assert [row["balanced"] for row in later] == [False]


def test_a_triad_of_too_few_is_no_error(chancery: Chancery, filled: Path) -> None:
    answer = chancery("triad", "BLR", "USA", "RUS", "--table", "-L", filled)
    assert answer.code == 0
    assert "░ too few happenings" in answer.out


# Misuse and charts ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        ("dyad", "BLR", "Atlantis"),
        ("dyad", "BLR", "Belarus"),
        ("dyad", "BLR", "USA", "--layer", "none"),
        ("dyad", "BLR", "USA", "--chart", "chart.bmp"),
        ("dyad", "BLR", "USA", "--step", "decade"),
        ("triad", "BLR", "USA", "USA"),
        ("turns", "BLR"),
    ],
)
def test_what_cannot_be_meant_is_a_usage_error(
    chancery: Chancery, filled: Path, words: tuple[str, ...]
) -> None:
    answer = chancery(*words, "-L", filled)
    assert (answer.code, answer.out) == (2, "")


def test_a_chart_is_drawn_beside_its_table(
    chancery: Chancery, filled: Path, tmp_path: Path
) -> None:
    pytest.importorskip("vl_convert")
    file = tmp_path / "chart.svg"
    answer = chancery("dyad", "BLR", "USA", "--table", "--chart", file, "-L", filled)
    assert answer.err == f"chart: {file}\n"
    assert "BLR ⇄ USA" in answer.out
    assert "BLR → USA".encode() in file.read_bytes()


def test_without_the_extra_the_table_stands_all_the_same(
    chancery: Chancery, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> None:
        raise MissingExtra("drawing a chart", "charts")

    monkeypatch.setattr(charts, "_drawer", missing)
    file = tmp_path / "chart.svg"
    answer = chancery("dyad", "BLR", "USA", "--table", "--chart", file, "-L", filled)
    assert answer.code == 1
    assert "BLR ⇄ USA" in answer.out
    assert "pip install 'chancery[charts]'" in answer.err
    assert not file.exists()
