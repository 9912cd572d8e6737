"""Tables fit the terminal they are for."""

from __future__ import annotations

import pytest

from chancery.outputs.table import Column, Style, fit, pad, table_lines, width_of

ROWS = [
    {
        "date": "Jan 2019",
        "words": "lifted the cap on the number of diplomats",
        "id": "hap_77c0aabb",
    },
    {"date": "2019", "words": "approached 国会 and was heard", "id": "hap_4f2acc00"},
]
COLUMNS = [
    Column("date", lambda row: row["date"]),
    Column("words", lambda row: row["words"], shrinks=True),
    Column("id", lambda row: row["id"]),
]


@pytest.mark.parametrize("width", [200, 100, 60, 40])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    lines = list(table_lines(ROWS, COLUMNS, width))
    assert len(lines) == 3
    assert max(map(width_of, lines)) <= width
    assert all(row["id"] in line for row, line in zip(ROWS, lines[1:], strict=True))


def test_columns_stand_under_one_another() -> None:
    header, *lines = table_lines(ROWS, COLUMNS, 200)
    place = header.index("words")
    assert [
        line.index(word) for line, word in zip(lines, ("lifted", "approached"), strict=True)
    ] == [
        place,
        place,
    ]


def test_a_narrow_terminal_gets_blocks() -> None:
    lines = list(table_lines(ROWS, COLUMNS, 20))
    assert "hap_77c0aabb" in "\n".join(lines)
    assert "lifted the cap on the number of diplomats" in "\n".join(lines)


def test_lines_below_follow_their_row() -> None:
    lines = list(
        table_lines(ROWS, COLUMNS, 200, header=False, below=lambda row: [f"> {row['id']}"])
    )
    assert lines[1] == "> hap_77c0aabb"
    assert lines[3] == "> hap_4f2acc00"


def test_cells_with_controls_stay_on_their_line() -> None:
    column = [Column("a", lambda row: row)]
    assert list(table_lines(["x\n\x1b[1my"], column, 80))[1] == "x ␛[1my"


def test_an_empty_table_has_no_lines() -> None:
    assert list(table_lines([], COLUMNS, 80)) == []


def test_wide_letters_are_measured() -> None:
    assert width_of("国会") == 4
    assert width_of("e\u0301") == 1
    assert fit("国会国会", 5) == "国会…"
    assert pad("国", 4, right=True) == "  国"


def test_colour_marks_only_where_it_may() -> None:
    assert Style(colour=True).bold("x") == "\x1b[1mx\x1b[0m"
    assert Style().bold("x") == "x"
