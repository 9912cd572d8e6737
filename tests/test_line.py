"""The claim line prints and parses back to itself."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chancery.errors import UsageError
from chancery.line import STANCES, STANDINGS, ClaimLine, parse_line
from chancery.model import Claim, Mention, Span, Voice, When

CODES = st.from_regex(r"[A-Z]{3}(\.[A-Z]{2,4})?", fullmatch=True)
SIDES = st.lists(CODES, max_size=3).map(tuple)


@st.composite
def claim_lines(draw: st.DrawFn) -> ClaimLine:
    stance = draw(st.none() | st.sampled_from(STANCES))
    return ClaimLine(
        when=draw(
            st.sampled_from(["..", "2019", "2019-01", "2019-01-02/2019-02-03", "../2020-01-01"])
        ),
        actors=draw(SIDES),
        frame=draw(st.from_regex(r"[a-z][a-z0-9-]{0,20}", fullmatch=True)),
        targets=draw(SIDES),
        report=draw(st.from_regex(r"rep_[0-9a-f]{4,16}", fullmatch=True)),
        start=draw(st.integers(0, 10**6)),
        end=draw(st.integers(0, 10**6)),
        standing=draw(st.sampled_from(STANDINGS)),
        stance=stance,
        voice=draw(CODES | st.just("anonymous")) if stance else None,
    )


@given(claim_lines())
def test_a_line_prints_and_parses_back(line: ClaimLine) -> None:
    assert parse_line(str(line)) == line


@pytest.mark.parametrize(
    "line",
    [
        "2026-03-04 TUR threaten GRC @rep_7c1e:212-268",
        "2026-03-04 TUR strike SYR, alleged, says GRC.GOV @rep_7c1e:301-344",
        "2026-03 USA+FRA give-aid UKR, planned, foresees USA.GOV @rep_90ab:12-71",
        ".. - meet - @rep_90ab:0-4",
    ],
)
def test_the_lines_of_the_documentation_parse(line: str) -> None:
    assert str(parse_line(line)) == line


@pytest.mark.parametrize(
    "line", ["", "nonsense", "2026 TUR threaten GRC", "2026 tur threaten GRC @rep_1:2-3"]
)
def test_what_is_no_claim_line_is_refused_with_a_hint(line: str) -> None:
    with pytest.raises(UsageError, match="not a claim line"):
        parse_line(line)


def test_a_claim_is_spoken_of_as_its_line() -> None:
    claim = Claim(
        id="clm_1",
        report="rep_7c1e",
        frame="expel-diplomats",
        type="SANCTION",
        words=Span(5, 30),
        trigger=Span(10, 18),
        actors=(Mention(span=Span(5, 9), actor="BLR.GOV"), Mention(span=Span(0, 1))),
        targets=(Mention(span=Span(20, 30), actor="USA.GOV"),),
        when=When(first=date(2008, 1, 1), last=date(2008, 12, 31), basis="stated"),
        standing="alleged",
        voice=Voice(kind="anonymous", actor="USA.GOV"),
    )
    line = "2008 BLR.GOV expel-diplomats USA.GOV, alleged, says USA.GOV @rep_7c1e:5-30"
    assert str(claim) == line
    assert str(parse_line(line)) == line
