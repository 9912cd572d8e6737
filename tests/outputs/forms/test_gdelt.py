"""GDELT's columns: known cells are right, unknown ones empty, and the file comes back in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from chancery.ledger import Ledger
from chancery.lexicon import Lexicon
from chancery.outputs.forms.gdelt import GDELT_COLUMNS, INTENT, event_number
from chancery.outputs.plover import SCORES
from chancery.relations import Layers
from chancery.relations.crosswalk import table

Row = dict[str, str]


@pytest.fixture(scope="module")
def rows(written: Callable[..., bytes]) -> dict[str, Row]:
    lines = written("gdelt2").decode().splitlines()
    cells = [dict(zip(GDELT_COLUMNS, line.split("\t"), strict=True)) for line in lines]
    return {row["EventCode"] + row["SQLDATE"]: row for row in cells}


def test_it_has_the_61_columns_of_the_code_book() -> None:
    assert len(set(GDELT_COLUMNS)) == len(GDELT_COLUMNS) == 61
    places = {1: "GLOBALEVENTID", 2: "SQLDATE", 6: "Actor1Code", 16: "Actor2Code", 27: "EventCode",
              35: "AvgTone", 36: "Actor1Geo_Type", 52: "ActionGeo_Type", 57: "ActionGeo_Lat",
              60: "DATEADDED", 61: "SOURCEURL"}  # fmt: skip
    assert {place: GDELT_COLUMNS[place - 1] for place in places} == places


def test_a_visit(rows: dict[str, Row], ledger: Ledger) -> None:
    row = rows["04220200201"]
    [visit] = ledger.happenings(what="visit", until="2020")
    known = {name: cell for name, cell in row.items() if cell}
    assert known == {
        "GLOBALEVENTID": str(event_number(visit.id)),
        "SQLDATE": "20200201",
        "MonthYear": "202002",
        "Year": "2020",
        "Actor1Code": "USAGOV",
        "Actor1Name": "UNITED STATES",
        "Actor1CountryCode": "USA",
        "Actor1Type1Code": "GOV",
        "Actor2Code": "BLR",
        "Actor2Name": "BELARUS",
        "Actor2CountryCode": "BLR",
        "EventCode": "042",
        "EventBaseCode": "042",
        "EventRootCode": "04",
        "QuadClass": "1",
        "GoldsteinScale": "1.9",
        "NumMentions": "1",
        "NumSources": "1",
        "NumArticles": "1",
        "ActionGeo_Type": "4",
        "ActionGeo_FullName": "Minsk, Belarus",
        "ActionGeo_CountryCode": "BO",
        "ActionGeo_Lat": "53.9",
        "ActionGeo_Long": "27.57",
        "SOURCEURL": "https://news.example/a%20b?q=%3Cx%3E&y=%22z%22",
    }


def test_the_number_finds_the_happening(rows: dict[str, Row], ledger: Ledger) -> None:
    for row in rows.values():
        number = int(row["GLOBALEVENTID"])
        assert 0 <= number < 2**63
        assert event_number(ledger.happening(f"hap_{number:015x}").id) == number


def test_days_are_only_as_fine_as_they_are_known(rows: dict[str, Row]) -> None:
    cells = ("SQLDATE", "MonthYear", "Year", "FractionDate")
    known = {key: [row[name] for name in cells] for key, row in rows.items()}
    assert known["16620080301"] == ["20080301", "200803", "2008", ""]
    assert known["03020210101"] == ["20210101", "", "2021", ""]
    assert known["05120200531"] == ["20200531", "", "", ""]
    assert known["040"] == ["", "", "", ""]


def test_what_is_planned_is_an_intent_and_what_is_negated_is_left_out(
    rows: dict[str, Row],
) -> None:
    assert rows["03020210101"]["EventRootCode"] == "03"
    assert not any(row["EventRootCode"] == "19" for row in rows.values())
    assert len(rows) == 5
    quads = {row["code"]: int(row["quad"]) for row in table("cameo.csv")}
    scores = {type_: quad for type_, (_, quad) in SCORES.items()}
    assert {type_: quads[code] for type_, code in INTENT.items()} == scores


def test_bodies_are_known_groups_and_a_state_alone_has_no_point(rows: dict[str, Row]) -> None:
    row = rows["05120200531"]
    assert (row["Actor1CountryCode"], row["Actor1KnownGroupCode"]) == ("", "NAT")
    assert (row["Actor2Code"], row["Actor2Type1Code"]) == ("BLRMED", "MED")
    expelled = rows["16620080301"]
    assert (expelled["ActionGeo_Type"], expelled["ActionGeo_FullName"]) == ("1", "Belarus")
    assert expelled["ActionGeo_Lat"] == expelled["ActionGeo_Long"] == ""


def test_both_of_a_meeting_stand_on_either_side(rows: dict[str, Row]) -> None:
    assert (rows["040"]["Actor1Code"], rows["040"]["Actor2Code"]) == ("BLRGOV", "USAGOV")


def test_it_comes_back_in_with_the_same_counts(
    written: Callable[..., bytes], rows: dict[str, Row], tmp_path: Path, lexicon: Lexicon
) -> None:
    file = tmp_path / "happenings.gdelt2.tsv"
    file.write_bytes(written("gdelt2"))
    layers = Layers(tmp_path / "other.ledger", lexicon)
    summary = layers.import_("gdelt", [file], "back")
    undated = [row for row in rows.values() if not row["SQLDATE"]]
    assert summary.taken[0].layout == "GDELT 2.0 (61 columns)"
    assert summary.rows == len(rows) - len(undated)
    assert {one.reason: one.count for one in summary.rejects} == {"day is not a day": len(undated)}
    files = [str(path) for path in layers.files("back")]
    back = duckdb.read_parquet(files).fetchall()
    names = duckdb.read_parquet(files).columns
    found = {str(row[names.index("id")]): dict(zip(names, row, strict=True)) for row in back}
    for row in rows.values():
        if not row["SQLDATE"]:
            continue
        one = found[row["GLOBALEVENTID"]]
        assert f"{one['day']:%Y%m%d}" == row["SQLDATE"]
        assert (one["cameo"], str(one["quad"])) == (row["EventCode"], row["QuadClass"])
        assert one["intensity"] == pytest.approx(float(row["GoldsteinScale"]))
        assert str(one["mentions"]) == row["NumMentions"]
    visit = found[rows["04220200201"]["GLOBALEVENTID"]]
    assert (visit["actor"], visit["actor_sectors"], visit["target"]) == ("USA", "GOV", "BLR")
    assert (visit["country"], visit["lat"], visit["lon"]) == (
        "BLR", pytest.approx(53.9), pytest.approx(27.57),
    )  # fmt: skip
    praised = found[rows["05120200531"]["GLOBALEVENTID"]]
    assert (praised["actor"], praised["target"], praised["target_sectors"]) == (
        "IGO.NATO", "BLR", "JRN",
    )  # fmt: skip
