"""Happenings as PLOVER and POLECAT write them."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from chancery.model import Cite, EventType, Frame, Happening, Span, Standing, When
from chancery.outputs.plover import (
    POLECAT_COLUMNS,
    coded,
    plover_event,
    polecat_row,
    split_code,
)

FRAMES = {
    "visit": Frame(
        id="visit", type="CONSULT", mode="visit", phrase="visit", cameo="042", intensity=4, quad=1
    )
}


@pytest.fixture
def visit() -> Happening:
    day = date(2020, 2, 1)
    return Happening(
        id="hap_1",
        frame="visit",
        type="CONSULT",
        mode="visit",
        claims=("clm_1",),
        reports=("rep_1",),
        origin_count=1,
        actors=("USA.GOV",),
        targets=("BLR",),
        when=When(first=day, last=day, basis="stated"),
        where="BLR",
    )


@pytest.mark.parametrize(
    ("type_", "written"),
    [("CONSULT", "AGREE"), ("AID", "AGREE"), ("RETREAT", "CONCEDE"), ("ASSAULT", "THREATEN")],
)
def test_what_is_planned_is_written_as_another_type(
    visit: Happening, type_: EventType, written: str
) -> None:
    planned = msgspec.structs.replace(visit, type=type_, standing="planned")
    event = coded(planned, FRAMES)
    assert event is not None
    assert (event.type, event.mode) == (written, None)


@pytest.mark.parametrize("standing", ["negated", "denied", "hypothetical", "predicted"])
def test_what_did_not_come_about_is_left_out(visit: Happening, standing: Standing) -> None:
    doubtful = msgspec.structs.replace(visit, standing=standing)
    assert coded(doubtful, FRAMES) is None
    assert plover_event(doubtful, (), FRAMES) is None
    assert polecat_row(doubtful, (), FRAMES, "1") is None


def test_plover_has_lists_and_scores(visit: Happening) -> None:
    event = plover_event(visit, (), FRAMES)
    assert event is not None
    assert event["actor"] == [{"code": "USA", "sector": ["GOV"]}]
    assert event["recipient"] == [{"code": "BLR", "sector": []}]
    assert (event["event"], event["mode"], event["event_scale"]) == (["CONSULT"], ["visit"], 4)
    assert (event["date"], event["quad_code"]) == ("2020-02-01", 1)


def test_polecat_has_its_forty_columns(visit: Happening) -> None:
    row = polecat_row(visit, (), FRAMES, "chancery 0.1.0")
    assert row is not None
    cells = dict(zip(POLECAT_COLUMNS, row, strict=True))
    assert len(cells) == 40
    assert cells["Actor Country"] == "USA"
    assert cells["Primary Actor Sector"] == "GOV"
    assert cells["Recipient Sectors"] == "None"
    assert cells["Contexts"] == "None"


def test_polecat_cells_are_no_formulas(visit: Happening) -> None:
    place = Span(0, 5)
    cite = Cite(
        claim="clm_1",
        report="rep_1",
        source="=cmd()\t\x1b",
        published=When(),
        title="",
        words="visit",
        span=place,
        trigger=place,
        paragraph=1,
        sentence="visit",
    )
    row = polecat_row(visit, [cite], FRAMES, "1")
    assert row is not None
    cells = dict(zip(POLECAT_COLUMNS, row, strict=True))
    assert cells["Source"] == "'=cmd() ␛"


def test_codes_are_parted() -> None:
    assert split_code("BLR.GOV") == ("BLR", ["GOV"])
    assert split_code("IGO.NATO") == ("IGO.NATO", [])
    assert split_code("USA") == ("USA", [])


def test_contexts_of_the_event_are_written_by_both(visit: Happening) -> None:
    happening = msgspec.structs.replace(visit, contexts=("diplomatic", "military"))
    event = plover_event(happening, (), FRAMES)
    row = polecat_row(happening, (), FRAMES, "v")
    assert event
    assert row
    assert event["context"] == ["diplomatic", "military"]
    assert dict(zip(POLECAT_COLUMNS, row, strict=True))["Contexts"] == "diplomatic;military"
