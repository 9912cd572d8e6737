"""A notebook shows what the pages show: rows with their quotations, tables, turns and charts."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

import chancery as ch


def test_the_notebook_s_first_lines_run(read_samples: Path, pages: TestClient) -> None:
    with ch.Ledger.open(read_samples, ch.Lexicon.load()) as ledger:
        rows = ledger.happenings(who=["USA", "BLR"], since="2016")
        shown = rows._repr_html_()
        assert shown.count("<li>") == len(rows) <= shown.count("<blockquote>")
        assert rows.to_polars().height == len(rows)
        pytest.importorskip("pandas")
        assert len(rows.to_pandas()) == len(rows)
        assert all(cite.words for cite in ledger.cite(rows[0]))
        relation = ch.relate(ledger, "USA", "BLR", step="quarter")
        bundle = relation.chart()._repr_mimebundle_()
        spec = bundle["application/vnd.vegalite.v5+json"]
        assert spec == pages.get("/chart/USA-BLR?form=json").json()
        assert bundle["text/plain"]
        told = pages.get("/relations/USA-BLR.json").json()["rows"]
        assert len(relation.turns) == sum(row["kind"] == "turn" for row in told)
        assert type(ch.brief(ledger, "why was Mike Pompeo in Minsk?")).__name__ == "Brief"
