"""The room for files beside the ledger's tables: its own database, closed like the ledger's."""

from __future__ import annotations

from pathlib import Path

import pytest

from chancery.ledger.query import QueryFailed, Workroom


def test_statements_and_variables_share_one_database(tmp_path: Path) -> None:
    room = Workroom(tmp_path / "spill")
    room.run("CREATE TABLE kept (n INTEGER)")
    room.remember("most", 3)
    room.run("INSERT INTO kept SELECT unnest(range(10)) WHERE $wanted", {"wanted": True})
    answer = room.run("SELECT n FROM kept WHERE n < getvariable('most') ORDER BY n")
    assert (answer.columns, answer.rows) == (("n",), [(0,), (1,), (2,)])
    room.close()


def test_refused_statement_is_told_in_one_line(tmp_path: Path) -> None:
    room = Workroom(tmp_path / "spill")
    with pytest.raises(QueryFailed, match="nowhere"):
        room.run("SELECT * FROM nowhere")
    room.close()
