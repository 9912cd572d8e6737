import pytest
from hypothesis import given
from hypothesis import strategies as st

from chancery.ingest.text import split_headline

BODY = "The minister met the envoy on Monday, and they agreed to open the border."


def test_a_text_stays_as_received(read) -> None:
    text = f"  date 2020-02-10 {BODY}\n\n  Indented, with two  blanks.\n"
    (report,), problems = read("a.txt", text)
    assert report.text == text
    assert report.title == ""
    assert (report.published.edtf(), report.published.basis) == ("2020-02-10", "stated")
    assert report.published.words.of(report.text) == "2020-02-10"
    assert problems == []


def test_newlines_are_written_as_line_feeds_and_the_mark_is_no_text(read) -> None:
    (report,), _ = read("a.txt", b"\xef\xbb\xbf" + BODY.encode() + b"\r\n\r\nThey left.\rAll.\r\n")
    assert report.text == BODY + "\n\nThey left.\nAll.\n"


def test_a_headline_is_the_title_and_the_text_begins_with_it(read) -> None:
    text = f"Envoys meet in the capital\n\n10 February 2020\n\n{BODY}\n"
    (report,), _ = read("a.txt", text)
    assert report.title == "Envoys meet in the capital"
    assert report.text == text
    assert report.published.edtf() == "2020-02-10"


def test_without_a_date_the_day_is_unknown(read) -> None:
    (report,), problems = read("2020-02-10.txt", BODY)
    assert not report.published.known
    assert report.published.basis == "unknown"
    assert problems == []


@pytest.mark.parametrize(
    "text",
    [
        BODY + "\n\nThey left.",
        "Envoys meet in the capital\n" + BODY,
        "Envoys\n\n" + BODY,
        "By Anna Kovalenko and Peter Marsh\n\n" + BODY,
        "10 February 2020\n\n" + BODY,
        "Envoys meet in the capital\n\n",
        "x " * 200 + "\n\n" + BODY,
    ],
)
def test_no_headline_is_made_up(text: str) -> None:
    assert split_headline(text) == ("", text)


@given(st.text(alphabet="ab \n.", max_size=60))
def test_headline_and_rest_give_the_text_back(text: str) -> None:
    title, rest = split_headline(text)
    assert (f"{title}\n{rest}" if title else rest) == text
