"""The nouns hold what they promise: frozen, JSON and back, ids from content."""

from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chancery.model import Claim, Happening, Mention, Report, Span, When, identify

DAYS = st.dates(date(1800, 1, 1), date(2200, 12, 31))


@pytest.mark.parametrize(
    ("first", "last", "written"),
    [
        (date(2020, 2, 10), date(2020, 2, 10), "2020-02-10"),
        (date(2019, 1, 1), date(2019, 1, 31), "2019-01"),
        (date(2020, 2, 1), date(2020, 2, 29), "2020-02"),
        (date(2020, 2, 1), date(2020, 2, 28), "2020-02-01/2020-02-28"),
        (date(2017, 1, 1), date(2017, 12, 31), "2017"),
        (date(2017, 1, 1), date(2018, 12, 31), "2017-01-01/2018-12-31"),
        (None, date(2020, 2, 10), "../2020-02-10"),
        (date(2020, 2, 10), None, "2020-02-10/.."),
        (None, None, ".."),
    ],
)
def test_a_stretch_is_written_in_edtf(first: date | None, last: date | None, written: str) -> None:
    assert When(first=first, last=last).edtf() == written


@given(DAYS, DAYS)
def test_edtf_never_loses_a_day(first: date, last: date) -> None:
    first, last = sorted((first, last))
    head, _, tail = When(first=first, last=last).edtf().partition("/")
    assert str(first).startswith(head)
    assert str(last).startswith(tail or head)


def test_nouns_survive_json() -> None:
    mention = Mention(
        span=Span(3, 7), actor="BLR.GOV", candidates=("BLR.GOV", "USA.GOV"), score=0.5
    )
    claim = Claim(
        id="clm_1", report="rep_1", frame="visit", type="CONSULT", words=Span(0, 9),
        trigger=Span(2, 5), actors=(mention,), when=When(first=date(2020, 2, 1)),
    )  # fmt: skip
    assert msgspec.json.decode(msgspec.json.encode(claim), type=Claim) == claim


def test_nouns_are_frozen() -> None:
    with pytest.raises(AttributeError):
        Span(1, 2).start = 5  # type: ignore[misc]


def test_an_id_depends_on_content_alone() -> None:
    assert identify("rep", "a", None) == identify("rep", "a", None)
    assert identify("rep", "a", None) != identify("rep", None, "a")
    assert identify("rep", "ab", "c") != identify("rep", "a", "bc")


def test_a_report_is_named_by_words_outlet_and_day() -> None:
    same = {"text": "t", "title": "", "url": None, "key": None}
    one = Report.make_id(published=When(), source="A", **same)
    assert one == Report.make_id(published=When(), source="A", **same)
    assert one != Report.make_id(published=When(), source="B", **same)
    assert one != Report.make_id(published=When(first=date(2020, 1, 1)), source="A", **same)


def test_a_new_claim_seldom_renames_a_happening() -> None:
    assert Happening.make_id(("clm_2", "clm_1")) == Happening.make_id(("clm_1", "clm_2", "clm_3"))


def test_spans_point_at_words() -> None:
    assert Span(4, 9).of("the words are") == "words"
    assert Span(0, 9).covers(Span(4, 9))
    assert not Span(4, 9).covers(Span(3, 5))
    assert Span(4, 9).overlaps(Span(8, 12))
    assert not Span(4, 9).overlaps(Span(9, 12))
