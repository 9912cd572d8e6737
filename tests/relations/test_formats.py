"""Every format: its counts come round, its damage is tolerated and listed, its quirks are met."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from chancery.errors import UsageError
from chancery.relations.formats import EVENT_COLUMNS, formats

from .conftest import DATA, Imported

Take = Callable[..., Imported]
MAPPING = {"day": "date", "actor": "who", "target": "whom", "type": "what", "intensity": "score"}

COUNTS = {
    "gdelt1_back.csv": ("gdelt", 3, 3, {}),
    "gdelt1_daily.export.CSV": (
        "gdelt", 8, 4,
        {"too few columns": [3], "day is not a day": [4],
         "too many columns": [8]},
    ),
    "gdelt2.export.CSV": ("gdelt", 5, 4, {"same id and day as an earlier row": [4]}),
    "icews.tab": (
        "icews", 10, 7, {"same id and day as an earlier row": [4], "day is not a day": [9]},
    ),
    "icews_without_codes.tab": ("icews", 3, 2, {}),
    "icews_facts.tsv": ("icews", 7, 5, {"same id and day as an earlier row": [5]}),
    "polecat.txt": (
        "polecat", 12, 7,
        {"line belongs to no row": [2], "too few columns": [9], "too many columns": [10],
         "same id and day as an earlier row": [11]},
    ),
    "polecat_stray_header.txt": ("polecat", 3, 2, {}),
    "phoenix.txt": ("phoenix", 4, 3, {"day is not a day": [3]}),
    "cline.csv": ("phoenix", 3, 2, {}),
    "acled.csv": ("acled", 8, 4, {"day is not a day": [6], "too few columns": [8]}),
    "ucdp_ged.csv": ("ucdp-ged", 7, 4, {"ends before it begins": [6]}),
    "ucdp_candidate.csv": ("ucdp-ged", 6, 4, {"ends before it begins": [5]}),
    "cow_mid.csv": ("cow-mid", 8, 6, {"ends before it begins": [8]}),
    "cow_dyads.csv": ("cow-dyads", 5, 3, {"same id and day as an earlier row": [4]}),
    "mapped.csv": ("csv", 5, 3, {"day is not a day": [5]}),
}  # fmt: skip
"""Format, lines, events, and the lines left out by reason."""


def options_of(format: str) -> dict[str, object]:
    return {"mapping": MAPPING} if format == "csv" else {}


@pytest.mark.parametrize("name", COUNTS)
def test_counts_come_round(name: str, take: Take) -> None:
    format, lines, rows, why = COUNTS[name]
    found = take(format, name, **options_of(format))
    assert (found.summary.lines, found.summary.rows, found.why()) == (lines, rows, why)
    assert found.summary.rejected == sum(map(len, why.values()))
    assert len(found.rows) == rows
    assert all(tuple(row) == EVENT_COLUMNS for row in found.rows)


def test_every_format_has_a_synthetic_file() -> None:
    assert {format for format, *_ in COUNTS.values()} == set(formats())
    assert {path.name for path in DATA.glob("synthetic_*")} == {
        f"synthetic_{one}" for one in COUNTS
    }


# GDELT ------------------------------------------------------------------------------------------


def test_gdelt_event_codes_stay_text_and_an_empty_score_is_filled(take: Take) -> None:
    found = take("gdelt", "gdelt1_back.csv")
    assert [row["cameo"] for row in found.rows] == ["010", "0311", "150"]
    assert [row["type"] for row in found.rows] == [None, "AGREE", "MOBILIZE"]
    assert found.rows[1]["intensity"] == pytest.approx(5.2)  # Goldstein's, from the table
    assert found.rows[1]["actor_raw"] == 'SYNTHETIC "QUOTED NAME'


def test_gdelt_actors_are_parties_of_their_day(take: Take) -> None:
    found = take("gdelt", "gdelt1_back.csv")
    assert [(row["actor"], row["target"]) for row in found.rows] == [
        ("USA", "SUN"), ("CHN", "VNM"), ("IGO.NATO", None),
    ]  # fmt: skip


def test_gdelt_places_are_fips_and_regions_are_no_party(take: Take) -> None:
    found = take("gdelt", "gdelt1_daily.export.CSV")
    assert [row["country"] for row in found.rows] == ["AUT", "PSE", "UKR", "BLR"]
    assert found.on(2)[0]["actor"] is None
    assert found.on(2)[0]["target"] == "PSE"
    assert found.summary.open_actors == 1


def test_gdelt_word_where_a_number_belongs_leaves_the_field_empty(take: Take) -> None:
    found = take("gdelt", "gdelt1_daily.export.CSV")
    assert (found.on(7)[0]["lat"], found.on(7)[0]["lon"]) == (None, 27.5)
    assert found.on(6)[0]["lat"] == 50.5


@pytest.mark.parametrize("name", ["gdelt1_daily.export.CSV", "gdelt2.export.CSV"])
def test_gdelt_days_long_before_the_file_are_kept_and_remarked(name: str, take: Take) -> None:
    found = take("gdelt", name)
    assert found.remarks() == {"day long before the row was added": [2]}
    assert found.on(2)[0]["remark"] == "day long before the row was added"
    assert take("gdelt", "gdelt1_back.csv", name="back").remarks() == {}


def test_gdelt_health_and_media_have_changed_places_in_plover(take: Take) -> None:
    row = take("gdelt", "gdelt2.export.CSV").on(3)[0]
    assert (row["actor_sectors"], row["target_sectors"]) == ("MED", "JRN")
    assert (row["actor"], row["target"]) == ("SRB", "KOS")


# ICEWS ------------------------------------------------------------------------------------------


def test_icews_codes_are_mended(take: Take) -> None:
    found = take("icews", "icews.tab")
    codes = {row["source_row"]: (row["cameo"], row["type"]) for row in found.rows}
    assert codes[6] == ("010", None)
    assert codes[7] == ("13", "THREATEN")
    assert codes[8] == ("043", "CONSULT")


def test_icews_country_stands_for_the_actor_and_else_the_name(take: Take) -> None:
    found = take("icews", "icews.tab")
    by_line = {row["source_row"]: (row["actor"], row["target"]) for row in found.rows}
    assert by_line[2] == ("CHN", "JPN")
    assert by_line[6] == ("USA", "RUS")
    assert by_line[7] == ("MDA", None)
    assert found.on(7)[0]["country"] == "PSE"
    assert found.on(5)[0]["actor_sectors"] == "COP;GOV"
    assert found.on(10)[0]["intensity"] == -10


def test_icews_file_without_codes_is_read_by_its_words(take: Take) -> None:
    found = take("icews", "icews_without_codes.tab")
    assert [row["cameo"] for row in found.rows] == ["030", "163"]
    assert found.rows[1]["type"] == "SANCTION"
    assert found.rows[0]["day"] == date(2017, 3, 17)


def test_icews_facts_have_strata_and_no_ids(take: Take) -> None:
    found = take("icews", "icews_facts.tsv", stratum_column="part", weights={"thin": 5.0})
    assert [row["stratum"] for row in found.rows] == ["thin", "thin", "whole", "whole", "whole"]
    assert found.summary.stratum_rows == {"thin": 2, "whole": 3}
    assert found.on(4)[0]["actor"] == "CHN"
    assert found.on(6)[0]["actor_sectors"] == "COP"
    assert (found.on(7)[0]["actor"], found.on(7)[0]["target"]) == (None, "UNO")


# POLECAT ----------------------------------------------------------------------------------------


def test_polecat_rows_are_mended(take: Take) -> None:
    found = take("polecat", "polecat.txt")
    assert found.remarks() == {
        "row was broken over lines": [6],
        "empty columns at the end": [8],
        "bytes that are not UTF-8 were replaced": [12],
    }
    assert (found.on(6)[0]["actor"], found.on(6)[0]["target"]) == ("ISR", "SYR")
    assert found.on(5)[0]["actor_raw"] == 'the "Wolf'


def test_polecat_row_with_several_actors_gives_a_row_a_pair(take: Take) -> None:
    pairs = take("polecat", "polecat.txt").on(4)
    assert [(row["id"], row["actor"], row["target"]) for row in pairs] == [
        ("S2", "FRA", "RUS"), ("S2", "USA", "RUS"),
    ]  # fmt: skip


def test_polecat_column_may_be_called_event_intensity_and_the_header_have_a_stray(
    take: Take,
) -> None:
    found = take("polecat", "polecat_stray_header.txt")
    assert [row["intensity"] for row in found.rows] == [-6, 1.5]
    assert [(row["actor"], row["target"]) for row in found.rows] == [("EUR", "RUS"), ("JPN", "IND")]


# Phoenix, ACLED, UCDP, COW ----------------------------------------------------------------------


def test_phoenix_neutral_statements_have_no_quad_but_that_of_their_code(take: Take) -> None:
    found = take("phoenix", "phoenix.txt")
    assert [row["quad"] for row in found.rows] == [3, 1, 4]
    assert found.on(4)[0]["actor"] == "UNO"
    assert found.on(1)[0]["mentions"] == 2


def test_cline_phoenix_has_its_own_days_and_dissolved_states(take: Take) -> None:
    found = take("phoenix", "cline.csv")
    assert [row["day"] for row in found.rows] == [date(1968, 3, 14), date(1985, 5, 9)]
    assert found.rows[1]["actor"] == "SUN"


def test_acled_has_two_forms_of_days_and_states_within_names(take: Take) -> None:
    found = take("acled", "acled.csv")
    assert [(row["source_row"], row["day"].day) for row in found.rows] == [
        (2, 16), (4, 17), (5, 18), (7, 19),
    ]  # fmt: skip
    assert [(row["actor"], row["actor_sectors"]) for row in found.rows] == [
        ("MLI", "MIL"), ("KEN", "COP"), ("FRA", "CVL"), ("SDN", "GOV"),
    ]  # fmt: skip
    assert [row["directed"] for row in found.rows] == [False, True, False, False]
    assert [row["country"] for row in found.rows] == ["MLI", "KEN", "FRA", "SDN"]


@pytest.mark.parametrize("name", ["ucdp_ged.csv", "ucdp_candidate.csv"])
def test_ucdp_rows_may_span_days_and_sides_may_be_no_states(name: str, take: Take) -> None:
    found = take("ucdp-ged", name)
    spans = [(row["day"], row["day_last"]) for row in found.rows]
    assert spans[1] == (date(2020, 2, 1), date(2020, 2, 28))
    assert [(row["actor"], row["target"]) for row in found.rows[:3]] == [
        ("SYR", None), ("IND", "PAK"), ("YEM", None),
    ]  # fmt: skip
    assert found.rows[2]["target_sectors"] == "CVL"
    assert list(found.remarks()) == ["day known only within a span"]


def test_cow_numbers_mean_the_state_of_their_day(take: Take) -> None:
    found = take("cow-mid", "cow_mid.csv")
    assert [row["actor"] for row in found.rows] == ["DEU", "DDR", "DEU", "YUG", "YEM", "YMD"]
    assert found.on(5)[0]["day"] == date(1995, 1, 1)
    assert found.on(4)[0]["day_last"] == date(1995, 7, 31)
    dyads = take("cow-dyads", "cow_dyads.csv", name="dyads")
    assert [(row["actor"], row["target"]) for row in dyads.rows] == [
        ("CHN", "JPN"), ("SUN", "AFG"), ("SRB", "HRV"),
    ]  # fmt: skip
    assert not any(row["directed"] for row in dyads.rows)


# Mapped tables, and what cannot be meant --------------------------------------------------------


def test_mapped_table_takes_codes_and_names(take: Take) -> None:
    found = take("csv", "mapped.csv", mapping=MAPPING)
    assert [(row["actor"], row["target"], row["type"]) for row in found.rows] == [
        ("USA", "BLR", "THREATEN"), ("BLR", "USA", None), ("DEU", "FRA", "CONSULT"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("mapping", "says"),
    [
        ({"actor": "who"}, "must give day and actor"),
        ({"day": "date", "actor": "who", "colour": "x"}, "knows no colour"),
        ({"day": "when", "actor": "who"}, "fit none"),
    ],
)
def test_mapping_that_cannot_be_meant_is_refused(
    mapping: dict[str, str], says: str, take: Take
) -> None:
    with pytest.raises(UsageError, match=says):
        take("csv", "mapped.csv", mapping=mapping)


def test_file_of_another_format_is_refused(take: Take, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="fit none of these"):
        take("gdelt", "icews.tab")
    broken = tmp_path / "broken.tab"
    words = (DATA / "synthetic_icews.tab").read_text("utf-8")
    broken.write_text(words.replace("Event Date", "Day"), "utf-8")
    with pytest.raises(UsageError, match="needs the column Event Date"):
        take("icews", broken)
    with pytest.raises(UsageError, match="no format"):
        take("gdelt3", "icews.tab")


def test_every_column_and_format_is_described() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "layers.md").read_text("utf-8")
    assert [column for column in EVENT_COLUMNS if f"`{column}`" not in page] == []
    assert [name for name in formats() if f"| `{name}` |" not in page] == []
