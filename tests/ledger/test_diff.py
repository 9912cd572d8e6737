"""What changed between two snapshots: what is said, and what is not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest

from chancery.errors import UsageError
from chancery.ledger import Change, Difference, Ledger
from chancery.model import Report

Build = Any
Tell = Callable[..., Report]

TEXT = (
    "Envoys talk\nWashington met Minsk on Monday. Moscow was not amused, as its ministry let "
    "everybody know in the evening, and Warsaw kept quiet all through that week."
)


def told(difference: Difference) -> list[tuple[str, str]]:
    return [(one.kind, one.change) for one in difference.changes]


def only(difference: Difference, kind: str) -> Change:
    (change,) = [one for one in difference.changes if one.kind == kind]
    return change


def fields(change: Change) -> dict[str, tuple[Sequence[str], Sequence[str]]]:
    return {one.field: (one.before, one.after) for one in change.fields}


def test_a_snapshot_and_itself_differ_in_nothing(ledger: Ledger, tell: Tell) -> None:
    tell(when="2020-02-10")
    same = ledger.diff(ledger.snapshot.id)
    assert same == ledger.diff(ledger.snapshot.id, ledger.snapshot.id)
    assert (same.first, same.second, same.changes) == (ledger.snapshot.id, ledger.snapshot.id, ())


def test_a_copy_raises_reports_and_neither_happenings_nor_origins(
    ledger: Ledger, tell: Tell
) -> None:
    tell(TEXT, when="2020-02-10")
    before = ledger.snapshot.id
    copy = tell(TEXT, when="2020-02-10", source="The Other Post")
    difference = ledger.diff(before)
    assert told(difference) == [("report", "added"), ("happening", "altered"), ("claim", "added")]
    assert only(difference, "report").id == copy.id
    changed = fields(only(difference, "happening"))
    assert changed.keys() <= {"reports", "claims", "lead"}
    assert [len(side) for side in changed["reports"]] == [1, 2]


def test_what_is_new_is_added_and_opens_its_quotation(ledger: Ledger, tell: Tell) -> None:
    tell(TEXT, when="2020-02-10")
    before = ledger.snapshot.id
    report = tell("Later\nWashington met Minsk on Monday, again", when="2020-03-10")
    added = only(ledger.diff(before), "happening")
    assert (added.change, added.was, added.now) == ("added", (), (added.id,))
    cites = ledger.cite(ledger.happening(added.id, as_of=added.snapshot), as_of=added.snapshot)
    assert [cite.report for cite in cites] == [report.id] == list(added.reports)
    assert [cite.claim for cite in cites] == list(added.claims)
    assert added.shown == str(ledger.happening(added.id))


def test_a_claim_read_again_on_the_same_words_is_altered(ledger: Ledger, build: Build) -> None:
    report = build.report()
    ledger.add([report])
    ledger.record([build.reading(report, build.claim(report, when="2020-02-10"), run="run_1")])
    before = ledger.snapshot.id
    again = build.claim(report, actors="POL", when="2020-02-10", standing="alleged")
    ledger.record([build.reading(report, again, run="run_2")])
    difference = ledger.diff(before)
    assert told(difference) == [("happening", "altered"), ("claim", "altered")]
    claim = only(difference, "claim")
    assert claim.now == (again.id,) != claim.was
    assert claim.because == "its report was read again"
    assert fields(claim)["actors"] == (("USA",), ("POL",))
    happening = fields(only(difference, "happening"))
    assert happening["standing"] == (("happened",), ("alleged",))
    assert happening["actors"] == (("USA",), ("POL",))


def test_what_a_new_reader_no_longer_makes_is_removed(ledger: Ledger, build: Build) -> None:
    report = build.report()
    ledger.add([report])
    claim = build.claim(report, when="2020-02-10")
    ledger.record([build.reading(report, claim, run="run_1")])
    before = ledger.snapshot.id
    ledger.record([build.reading(report, run="run_2")])
    difference = ledger.diff(before)
    assert told(difference) == [("happening", "removed"), ("claim", "removed")]
    gone = only(difference, "happening")
    assert (gone.snapshot, gone.now, gone.claims) == (before, (), (claim.id,))
    assert ledger.happening(gone.id, as_of=gone.snapshot).claims == (claim.id,)


def test_the_same_reading_by_another_run_changes_nothing(ledger: Ledger, build: Build) -> None:
    report = build.report()
    ledger.add([report])
    ledger.record([build.reading(report, build.claim(report, score=0.5), run="run_1")])
    before = ledger.snapshot.id
    ledger.record([build.reading(report, build.claim(report, score=0.5), run="run_2")])
    assert ledger.snapshot.id != before
    assert ledger.diff(before).changes == ()


def test_a_date_that_people_settle_and_take_back(ledger: Ledger, tell: Tell) -> None:
    report = tell(published=None)
    before = ledger.snapshot.id
    decision = ledger.decide(report.id, "date 2020-05", reason="printed edition", who="me")
    dated = ledger.snapshot.id
    difference = ledger.diff(before)
    assert told(difference) == [("report", "redated"), ("decision", "made")]
    assert fields(only(difference, "report")) == {"published": ((), ("2020-05",))}
    made = only(difference, "decision")
    assert (made.id, made.because) == (decision.id, "printed edition")
    assert made.shown == f"{report.id} date 2020-05, by me"
    ledger.decide(decision.id, "undo")
    assert fields(only(ledger.diff(dated), "report")) == {"published": (("2020-05",), ())}
    assert told(ledger.diff(before)) == [("decision", "made"), ("decision", "made")]


def test_a_report_that_people_withdraw(ledger: Ledger, tell: Tell) -> None:
    report = tell()
    before = ledger.snapshot.id
    decision = ledger.decide(report.id, "withdrawn")
    gone = ledger.snapshot.id
    assert ("report", "withdrawn") in told(ledger.diff(before))
    ledger.decide(decision.id, "undo")
    assert ("report", "restored") in told(ledger.diff(gone))


def test_happenings_that_come_together_are_merged_and_backwards_split(
    ledger: Ledger, build: Build
) -> None:
    report = build.report("Two\nWashington met Minsk on Monday. Minsk met Washington in March.")
    ledger.add([report])
    first = build.claim(report, when="2020-02-10")
    vague = {"words": "Minsk met Washington in March", "trigger": "Minsk met", "actors": "USA"}
    second = build.claim(report, when="2020-03-02", **vague)
    ledger.record([build.reading(report, first, second, run="run_1")])
    before = ledger.snapshot.id
    again = build.claim(report, when="2020-02-10", **vague)
    ledger.record([build.reading(report, first, again, run="run_2")])
    merged = only(ledger.diff(before), "happening")
    assert (merged.change, len(merged.was), len(merged.now)) == ("merged", 2, 1)
    split = only(ledger.diff(ledger.snapshot.id, before), "happening")
    assert (split.change, len(split.was), len(split.now)) == ("split", 1, 2)


def test_backwards_is_the_other_way_round(ledger: Ledger, tell: Tell) -> None:
    tell(TEXT, when="2020-02-10")
    before = ledger.snapshot.id
    tell("Later\nWashington met Minsk on Monday, again", when="2020-03-10")
    back = ledger.diff(ledger.snapshot.id, before)
    assert told(back) == [("report", "removed"), ("happening", "removed"), ("claim", "removed")]
    assert {one.snapshot for one in back.changes} == {back.first}


def test_only_some_deeds(ledger: Ledger, tell: Tell) -> None:
    tell(TEXT, when="2020-02-10")
    before = ledger.snapshot.id
    tell("Later\nMoscow accused Kyiv.", frame="accuse", actors="RUS.GOV", targets="UKR",
         when="2020-03-10", words="Moscow accused Kyiv", trigger="accused")  # fmt: skip
    tell("Later\nWashington met Minsk on Monday, again", when="2020-03-10")
    for asked in ({"who": "RUS,UKR"}, {"what": "accuse"}, {"what": ["ACCUSE"]}):
        difference = ledger.diff(before, **asked)
        assert told(difference) == [("happening", "added"), ("claim", "added")]
        assert "RUS.GOV accuse UKR" in difference.changes[0].shown
    assert ledger.diff(before, who="POL").changes == ()
    with pytest.raises(UsageError):
        ledger.diff(before, who="???")


def test_days_and_beginnings_of_ids_name_snapshots(ledger: Ledger, tell: Tell) -> None:
    tell()
    first = ledger.snapshots()[0]
    year = ledger.snapshot.made[:4]
    assert ledger.diff(first.id[:12]).changes == ledger.diff(first.id, year).changes
    with pytest.raises(UsageError, match="no snapshot"):
        ledger.diff("snp_zz")


def test_order_and_batches_make_no_difference(tmp_path: Path, build: Build) -> None:
    reports = [
        build.report(f"Number {n}\nWashington met Minsk on Monday. {n}", source=f"Post {n % 2}")
        for n in range(6)
    ]
    readings = [
        build.reading(one, build.claim(one, when=f"2020-02-{10 + at % 3}"))
        for at, one in enumerate(reports)
    ]
    found = []
    for step in (1, -1):
        with Ledger.open(tmp_path / f"{step}.ledger") as ledger:
            empty = ledger.snapshot.id
            for report, reading in list(zip(reports, readings, strict=True))[::step]:
                ledger.add([report])
                ledger.record([reading])
            found.append(ledger.diff(empty))
    assert msgspec.json.encode(found[0]) == msgspec.json.encode(found[1])
    assert found[0].counts()["report", "added"] == len(reports)
