import pytest

from chancery.ingest.opening import find_opening

BODY = "The minister met the envoy on Monday, and they agreed to open the border in the spring."


@pytest.mark.parametrize(
    ("head", "words", "aside", "kind"),
    [
        (" date 2020-02-10 ", "2020-02-10", "date 2020-02-10", "date"),
        ("Published: 10 February 2020\n\n", "10 February 2020", None, "date"),
        ("Posted on Feb. 10, 2020 14:05 GMT\n", "Feb. 10, 2020", None, "date"),
        ("10 February 2020\n\n", "10 February 2020", "10 February 2020", "date"),
        ("Monday, February 10, 2020\n", "February 10, 2020", None, "date"),
        ("By Anna Kovalenko\n10 February 2020\n", "10 February 2020", "10 February 2020", "date"),
        ("Feb. 10, 2020 (Agency) — ", "Feb. 10, 2020", "Feb. 10, 2020 (Agency) —", "date"),
        ("10 February 2020 - ", "10 February 2020", "10 February 2020 -", "date"),
        ("MINSK, Feb 10, 2020 (Reuters) - ", "Feb 10, 2020", None, "dateline"),
        ("NEW YORK, N.Y., 10 February 2020 — ", "10 February 2020", None, "dateline"),
    ],
)
def test_finds_the_day(head: str, words: str, aside: str | None, kind: str) -> None:
    text = head + BODY
    opening = find_opening(text, 0)
    assert opening.when is not None
    assert opening.when.edtf() == "2020-02-10"
    assert opening.when.words is not None
    assert opening.when.words.of(text) == words
    (found,) = opening.asides
    assert found.kind == kind
    assert found.span.of(text) == (aside or head.strip())


@pytest.mark.parametrize(
    "head",
    ["MINSK, Feb 10 (Reuters) - ", "MINSK (Reuters) - ", "MINSK, Belarus (AP) — ", "MINSK — "],
)
def test_a_dateline_without_a_year_dates_nothing(head: str) -> None:
    opening = find_opening(head + BODY, 0)
    assert opening.when is None
    assert [(aside.kind, aside.span.of(head + BODY)) for aside in opening.asides] == [
        ("dateline", head.strip())
    ]


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        "February 10, 2020 was the day on which the talks began.",
        "On 10 February 2020 the talks began.",
        "2020-13-45\n\n" + BODY,
        BODY + "\n\n10 February 2020\n",
        "The NATO - Russia council met.",
        "",
        "\n\n",
    ],
)
def test_dates_in_the_reporting_are_left_alone(text: str) -> None:
    assert find_opening(text, 0) == find_opening("", 0)


def test_looks_after_the_title() -> None:
    text = "Envoys meet again\n10 February 2020\n" + BODY
    opening = find_opening(text, len("Envoys meet again\n"))
    assert opening.when is not None
    assert opening.when.edtf() == "2020-02-10"


def test_a_line_of_date_and_a_dateline_after_it() -> None:
    text = "10 February 2020\n\nBy Anna Kovalenko\n\nVILNIUS — " + BODY
    opening = find_opening(text, 0)
    assert opening.when is not None
    assert [(aside.kind, aside.span.of(text)) for aside in opening.asides] == [
        ("date", "10 February 2020"),
        ("dateline", "VILNIUS —"),
    ]


@pytest.mark.parametrize(
    ("head", "parts"),
    [
        ("10 February 2020 VILNIUS — ", ["10 February 2020", "VILNIUS —"]),
        ("10 February 2020\nMINSK (Wire) – ", ["10 February 2020", "MINSK (Wire) –"]),
        (" date 2020-02-10 VILNIUS — ", ["date 2020-02-10", "VILNIUS —"]),
        ("Posted: 10 February 2020 | VILNIUS — ", ["Posted: 10 February 2020 |", "VILNIUS —"]),
        ("10 February 2020 – MINSK (Wire) – ", ["10 February 2020 –", "MINSK (Wire) –"]),
    ],
)  # fmt: skip
def test_a_dateline_directly_after_a_day(head: str, parts: list[str]) -> None:
    text = head + BODY
    opening = find_opening(text, 0)
    assert opening.when is not None
    assert opening.when.edtf() == "2020-02-10"
    assert [aside.span.of(text) for aside in opening.asides] == parts
    assert [aside.kind for aside in opening.asides] == ["date", "dateline"]


def test_the_first_day_counts() -> None:
    opening = find_opening("Published: 10 February 2020\nPosted: 12 February 2020\n" + BODY, 0)
    assert opening.when is not None
    assert opening.when.edtf() == "2020-02-10"
