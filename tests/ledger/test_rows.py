"""Rows as a sequence, as a table for other libraries, and as a page for a notebook."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from chancery.errors import ChanceryError
from chancery.ledger import Ledger
from chancery.model import Happening, Report

Tell = Callable[..., Report]


@pytest.fixture(scope="module")
def happenings(shared_ledger: Ledger, tell_shared: Tell) -> Any:
    for number in range(3):
        tell_shared(f"{number}\nWashington met Minsk on Monday", when=f"200{number}", source="<b>&")
    return shared_ledger.happenings()


def test_rows_are_a_sequence(happenings: Any) -> None:
    assert len(happenings) == 3
    assert isinstance(happenings[0], Happening)
    assert happenings[-1] == list(happenings)[2]
    assert happenings[:2] == list(happenings)[:2]
    assert happenings == list(happenings)
    assert happenings[1] in list(happenings)


def test_rows_are_a_table_for_other_libraries(happenings: Any) -> None:
    frame = happenings.to_polars()
    assert frame["id"].to_list() == [row.id for row in happenings]
    assert frame["when_first"].to_list() == [row.when.first for row in happenings]
    assert frame["actors"].to_list() == [["USA"]] * 3
    assert tuple(frame.columns) == happenings.columns


def test_rows_go_to_pandas(happenings: Any) -> None:
    pytest.importorskip("pandas")
    assert list(happenings.to_pandas()["id"]) == [row.id for row in happenings]


def test_a_missing_library_is_named(happenings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chancery.ledger.rows.find_spec", lambda name: None)
    for convert in (happenings.to_polars, happenings.to_pandas):
        with pytest.raises(ChanceryError, match="not installed"):
            convert()


def test_a_notebook_shows_quotations_escaped(happenings: Any) -> None:
    page = happenings._repr_html_()
    assert page.count("<blockquote>Washington met Minsk on Monday") == 3
    assert "<b>" not in page
    assert "&lt;b&gt;&amp;" in page
    assert "3 rows" in repr(happenings)


def test_a_notebook_shows_day_pair_and_deed(ledger: Ledger, tell: Tell) -> None:
    tell("T\nWashington met <i>Minsk</i>", words="Washington met <i>Minsk</i>", when="2008-03")
    (row,) = ledger.happenings()
    assert str(row) == f"2008-03 USA meet BLR {row.id}"
    for rows in (ledger.happenings(), ledger.claims()):
        page = rows._repr_html_()
        assert "<code>2008-03 USA meet BLR " in page
        assert "<blockquote>Washington met &lt;i&gt;Minsk&lt;/i&gt; " in page
        assert "<i>" not in page


def test_markup_in_reports_is_never_markup(ledger: Ledger, tell: Tell) -> None:
    tell(
        "T\n<script>alert(1)</script> met",
        words="<script>alert(1)</script> met",
        trigger="met",
        when="2020",
    )
    assert "<script>" not in ledger.happenings()._repr_html_()
    assert "<script>" not in ledger.claims()._repr_html_()


def test_sql_rows_are_dicts_and_tables(shared_ledger: Ledger, happenings: Any) -> None:
    rows = shared_ledger.sql("SELECT type, count(*) AS how_many FROM claims GROUP BY type")
    assert list(rows) == [{"type": "CONSULT", "how_many": 3}]
    assert rows.to_polars()["how_many"].to_list() == [3]
    assert "CONSULT" in rows._repr_html_()
