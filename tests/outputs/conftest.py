"""One report with everything in it that a row can show."""

from __future__ import annotations

from datetime import date

import pytest

from chancery.model import (
    Claim,
    Forecast,
    HeldState,
    Mention,
    Place,
    Quantity,
    Reading,
    Reason,
    Report,
    Span,
    Statement,
    TimeExpression,
    Voice,
    When,
)

TITLE = "Oil for Minsk"
BODY = (
    "A state official said on Friday that Freedonia would ship up to 40 million tonnes of grain to "
    "Sylvania in January 2021."
)
TEXT = f"{TITLE}\n{BODY}"
DAY = When(first=date(2020, 12, 18), last=date(2020, 12, 18), basis="stated")


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


@pytest.fixture
def report() -> Report:
    return Report(id="rep_00000000000000aa", key="wire-1", title=TITLE, text=TEXT, published=DAY)


@pytest.fixture
def claim() -> Claim:
    return Claim(
        id="clm_00000000000000aa",
        report="rep_00000000000000aa",
        frame="give-aid",
        type="AID",
        cameo="071",
        words=at("Freedonia would ship up to 40 million tonnes of grain to Sylvania"),
        trigger=at("ship"),
        actors=(Mention(span=at("Freedonia"), actor="FRE", candidates=("FRE",), score=1.0),),
        targets=(Mention(span=at("Sylvania")),),
        when=When(
            first=date(2021, 1, 1),
            last=date(2021, 1, 31),
            basis="stated",
            words=at("in January 2021"),
        ),
        where=Place(span=at("Minsk"), country="BLR"),
        standing="planned",
        voice=Voice(kind="anonymous", actor="FRE.GOV", name=at("A state official"), cue=at("said")),
        quantities=(
            Quantity(span=at("up to 40 million tonnes"), value=40e6, unit="tonne", bound="at_most"),
        ),
        score=0.8,
    )


@pytest.fixture
def reading(claim: Claim) -> Reading:
    statement = Statement(
        id="stm_00000000000000aa",
        report=claim.report,
        content=at("Freedonia would ship up to 40 million tonnes of grain to Sylvania"),
        voice=claim.voice,
        mode="indirect",
        foresees=True,
        deadline=claim.when,
    )
    time = TimeExpression(span=at("January 2021"), type="DATE", value="2021-01", when=claim.when)
    return Reading(
        report=claim.report,
        run="run_00000000000000aa",
        mentions=claim.actors,
        times=(time,),
        statements=(statement,),
        claims=(claim,),
        reasons=(
            Reason(
                id="rsn_00000000000000aa",
                report=claim.report,
                claim=claim.id,
                deed=claim.trigger,
                passage=at("January 2021"),
                kind="cause",
                cue=at("in"),
            ),
        ),
        forecasts=(
            Forecast(
                id="fct_00000000000000aa",
                report=claim.report,
                span=claim.words,
                test=claim.trigger,
                cue=at("would"),
                deadline=When(last=date(2021, 1, 31), basis="stated"),
                voice=claim.voice,
            ),
        ),
        states=(
            HeldState(
                id="sta_00000000000000aa",
                report=claim.report,
                kind="ban",
                phase="opens",
                span=claim.words,
                cue=claim.trigger,
                holders=("FRE",),
                since=claim.when,
                claims=(claim.id,),
            ),
        ),
    )
