"""TimelineJS: dates as far as they are known, undated rows counted, and no HTML from outside."""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chancery.ledger import Ledger
from chancery.model import Cite, Happening, Span, When
from chancery.outputs.forms.timelinejs import escaped, slide, slide_dates
from chancery.outputs.visible import one_line

DATE = {
    "type": "object",
    "required": ["year"],
    "additionalProperties": False,
    "properties": {
        "year": {"type": "integer"},
        "month": {"type": "integer", "minimum": 1, "maximum": 12},
        "day": {"type": "integer", "minimum": 1, "maximum": 31},
    },
    "dependentRequired": {"day": ["month"]},
}
TEXT = {"type": "object", "properties": {name: {"type": "string"} for name in ("headline", "text")}}
SCHEMA = {
    "type": "object",
    "required": ["events"],
    "additionalProperties": False,
    "properties": {
        "title": {"type": "object", "properties": {"text": TEXT}},
        "events": {"type": "array", "items": {
            "type": "object",
            "required": ["start_date", "text"],
            "additionalProperties": False,
            "properties": {
                "start_date": DATE,
                "end_date": DATE,
                "text": TEXT,
                "display_date": {"type": "string"},
                "unique_id": {"type": "string"},
                "autolink": {"type": "boolean"},
            },
        }},
    },
}  # fmt: skip
"""The JSON that TimelineJS 3 documents, as far as it is used."""
OURS = {"p", "blockquote", "a"}


class Tags(HTMLParser):
    """What a browser would make of a piece of HTML."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.links: list[str | None] = []
        self.attributes: set[str] = set()
        self.words = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.fixture(scope="module")
def whole(written: Callable[..., bytes]) -> Any:
    return json.loads(written("timelinejs"))


def test_it_is_what_timelinejs_takes(whole: Any) -> None:
    jsonschema.Draft202012Validator(SCHEMA).validate(whole)


def test_undated_rows_are_counted(whole: Any, ledger: Ledger) -> None:
    dated = [row.id for row in ledger.happenings() if row.when.known]
    assert sorted(one["unique_id"] for one in whole["events"]) == sorted(dated)
    assert (
        "5 happenings with a date · 1 undated happening left out"
        in (whole["title"]["text"]["text"])
    )


def test_a_visit(whole: Any) -> None:
    [visit] = [one for one in whole["events"] if one["text"]["headline"] == "USA → BLR: visit"
               and "planned" not in one["text"]["text"]]  # fmt: skip
    assert visit["start_date"] == {"year": 2020, "month": 2, "day": 1}
    assert visit["end_date"] == {"year": 2020, "month": 2, "day": 10}
    assert visit["display_date"] == "1–10 Feb 2020"
    page = Tags(visit["text"]["text"])
    assert set(page.tags) == OURS
    assert page.attributes == {"href", "rel"}
    assert page.links == ["https://news.example/a%20b?q=%3Cx%3E&y=%22z%22"]
    assert "Belarus <img src=x onerror=alert(2)> in Minsk" in page.words
    assert '<script>alert("1")</script>' in page.words


def test_no_slide_has_a_tag_of_a_report(whole: Any) -> None:
    for one in whole["events"]:
        assert set(Tags(one["text"]["text"]).tags) <= OURS
        assert not Tags(one["text"]["headline"]).tags
        assert not Tags(one["display_date"]).tags


def stretch(first: str | None, last: str | None) -> When:
    ends = [date.fromisoformat(day) if day else None for day in (first, last)]
    return When(first=ends[0], last=ends[1])


@pytest.mark.parametrize(
    ("first", "last", "start", "end"),
    [
        ("2020-02-10", "2020-02-10", (2020, 2, 10), None),
        ("2019-01-01", "2019-01-31", (2019, 1), None),
        ("2019-01-01", "2019-12-31", (2019,), None),
        ("2017-01-01", "2018-12-31", (2017,), (2018, 12, 31)),
        ("2017-03-01", "2018-06-30", (2017, 3), (2018, 6, 30)),
        (None, "2020-02-10", (2020, 2, 10), None),
        ("2020-02-10", None, (2020, 2, 10), None),
    ],
)
def test_dates_are_as_fine_as_they_are_known(
    first: str | None, last: str | None, start: tuple[int, ...], end: tuple[int, ...] | None
) -> None:
    dates = slide_dates(stretch(first, last))
    assert tuple(dates["start_date"].values()) == start
    assert (tuple(dates["end_date"].values()) if "end_date" in dates else None) == end


@given(words=st.text())
def test_whatever_is_said_is_text_and_stays_itself(words: str) -> None:
    safe = escaped(words)
    assert not set(safe) & set("<>\"'")
    assert html.unescape(safe) == one_line(words)
    assert Tags(f'<p title="{safe}">{safe}</p>').tags == ["p"]


@given(words=st.text(min_size=1), title=st.text(), url=st.text())
def test_a_slide_of_anything_has_only_our_tags(words: str, title: str, url: str) -> None:
    place = Span(0, len(words))
    cite = Cite(
        claim="clm_1", report="rep_1", source=title, published=When(), title=title, words=words,
        span=place, trigger=place, paragraph=1, sentence=words, url=url,
    )  # fmt: skip
    row = Happening(
        id="hap_1", frame="visit", type="CONSULT", claims=("clm_1",), reports=("rep_1",),
        origin_count=1, when=stretch("2020-02-10", "2020-02-10"),
    )  # fmt: skip
    page = Tags(slide(row, [cite], words, words)["text"]["text"])
    assert set(page.tags) <= OURS
    assert page.attributes <= {"href", "rel"}
    assert all(link and link.startswith(("http://", "https://")) for link in page.links)
