"""Rows of several reports at once: the same as those of each, in one query."""

from __future__ import annotations

import pytest

from chancery.ledger import Ledger
from chancery.lexicon import Lexicon
from chancery.pipeline import run
from chancery.read import Reader
from chancery.samples import sample_folder


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    lexicon = Lexicon.load()
    made = Ledger.open(tmp_path_factory.mktemp("several") / "several.ledger", lexicon)
    run([sample_folder()], made, Reader.load("small", lexicon))
    return made


FIRST, LAST = "2006-01-01", "2020-12-31"
KINDS = ["claims", "statements", "reasons", "forecasts", "same_sources", "states", "outcomes"]


@pytest.mark.parametrize("kind", KINDS)
def test_several_reports_give_the_rows_of_each(ledger: Ledger, kind: str) -> None:
    ask = getattr(ledger, kind)
    names = [report.id for report in ledger.reports()][3:9]
    each = {repr(row) for name in names for row in ask(report=name)}
    assert {repr(row) for row in ask(reports=names)} == each
    assert not list(ask(reports=[]))


def test_happenings_of_several_reports(ledger: Ledger) -> None:
    names = [report.id for report in ledger.reports()][3:6]
    each = {row.id for name in names for row in ledger.happenings(report=name)}
    assert {row.id for row in ledger.happenings(reports=names)} == each


def test_links_rivals_and_ties_of_several_happenings(ledger: Ledger) -> None:
    rows = list(ledger.happenings())
    ids = [row.id for row in rows]
    assert {one for row in ids for one in ledger.links(row)} == set(ledger.links(ids))
    assert [one for row in sorted(ids) for one in ledger.rivals(row)] == list(ledger.rivals(ids))
    assert {one for row in ids for one in ledger.ties(row)} <= set(ledger.ties(rows))


def test_reports_that_tell_of_parties_come_by_how_much_they_tell(ledger: Ledger) -> None:
    told = ledger.reports_telling(["BLR", "USA"], since=FIRST, until=LAST)
    assert [times for _, times, _ in told] == sorted((t for _, t, _ in told), reverse=True)
    assert any(not dated for _, _, dated in told)
    first = told[0][0]
    rest = ledger.reports_telling(["BLR", "USA"], since=FIRST, until=LAST, besides=[first])
    assert [name for name, _, _ in rest] == [name for name, _, _ in told[1:]]
