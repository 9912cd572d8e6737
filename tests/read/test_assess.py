"""What a text says of a deed: the classes of governors by their examples, polarity, the answer."""

from __future__ import annotations

import numpy as np
import pytest

from chancery.errors import UsageError
from chancery.model import Span
from chancery.read import Reader
from chancery.read.assess import Assessment, look, packed, shipped_weights, unpacked
from chancery.read.deed_scope import Class, governing_table
from chancery.read.polarity import polarity_of

CLASSES = governing_table().items()


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load()


def unmarked(marked: str) -> tuple[str, Span]:
    """The bare sentence, and the place of the deed that stars mark."""
    before, deed, after = marked.split("*")
    return before + deed + after, Span(len(before), len(before) + len(deed))


def governors(reader: Reader, marked: str) -> set[str]:
    text, span = unmarked(marked)
    assert reader.encoder is not None
    [seen] = look(text, [span], reader.encoder)
    return {sign.partition(":")[2] for sign in seen.signs if sign.startswith("over:")}


def assessed(reader: Reader, marked: str) -> Assessment:
    text, span = unmarked(marked)
    [one] = reader.assess(text, [span])
    return one


@pytest.mark.parametrize(("name", "row"), CLASSES, ids=[name for name, _ in CLASSES])
def test_examples_show_their_class_and_counter_examples_do_not(
    reader: Reader, name: str, row: Class
) -> None:
    assert all(name in governors(reader, marked) for marked in row.examples)
    assert not any(name in governors(reader, marked) for marked in row.not_examples)


@pytest.mark.parametrize(
    ("marked", "polarity"),
    [
        ("The guards left the port.|left", "positive"),
        ("The guards did not leave the port.|leave", "negative"),
        ("No guard left the port.|left", "negative"),
        ("The guards failed to leave the port.|leave", "negative"),
        ("The guards did not fail to leave the port.|leave", "positive"),
        ("The guards did not manage to leave the port.|leave", "negative"),
        ("The guards regretted that they had left the port.|left", "positive"),
        ("The port cancelled the visit.|visit", "negative"),
        ("They asked whether the guards left the port.|left", "unknown"),
    ],
)
def test_polarity_is_counted_along_the_scope(reader: Reader, marked: str, polarity: str) -> None:
    text, deed = marked.split("|")
    start = text.rindex(deed)
    assert reader.encoder is not None
    [seen] = look(text, [Span(start, start + len(deed))], reader.encoder)
    assert polarity_of(frozenset(seen.signs)) == polarity


def test_what_happened_stands_above_what_is_planned_and_what_was_not_done(reader: Reader) -> None:
    happened = assessed(reader, "Kenya *expelled* two diplomats on Monday.")
    planned = assessed(reader, "Kenya will *expel* two diplomats next week.")
    negated = assessed(reader, "Kenya did not *expel* the two diplomats.")
    assert (happened.polarity, happened.certainty, happened.time) == (
        "positive", "certain", "not_future",
    )  # fmt: skip
    assert happened.standing == "happened"
    assert happened.factuality > 2
    assert (planned.time, planned.standing) == ("future", "planned")
    assert negated.polarity == "negative"
    assert planned.factuality < 0
    assert negated.factuality < 0


def test_answers_come_in_the_order_of_the_spans_and_do_not_depend_on_each_other(
    reader: Reader,
) -> None:
    text = "Kenya expelled two diplomats. Somalia may recall its envoy."
    first, second = Span(6, 14), Span(text.index("recall"), text.index("recall") + 6)
    assert reader.assess(text, [second, first]) == [
        *reader.assess(text, [second]),
        *reader.assess(text, [first]),
    ]
    assert reader.assess(text, []) == []


def test_a_sentence_too_long_to_be_read_whole_is_read_around_the_deed(reader: Reader) -> None:
    text = "Kenya, " + "which has long borders, " * 300 + "expelled two diplomats."
    start = text.index("expelled")
    [one] = reader.assess(text, [Span(start, start + 8)])
    assert one.polarity == "positive"


@pytest.mark.parametrize("span", [Span(5, 6), Span(40, 50), Span(3, 3), Span(-4, 2)])
def test_a_span_without_a_word_is_the_callers_mistake(reader: Reader, span: Span) -> None:
    with pytest.raises(UsageError, match="holds no word"):
        reader.assess("Kenya expelled two diplomats.", [span])


def test_the_reader_without_a_model_says_so() -> None:
    with pytest.raises(UsageError, match="no model"):
        Reader.load("frames").assess("Kenya expelled two diplomats.", [Span(6, 14)])


def test_weights_are_stored_as_they_are_computed_with() -> None:
    weights = shipped_weights()
    again = unpacked(packed(weights))
    assert again.names == weights.names
    assert all(
        np.allclose(getattr(again, field), getattr(weights, field), atol=1e-6)
        for field in weights._fields[1:]
    )


@pytest.mark.parametrize(
    ("marked", "time"),
    [
        ("The shares continue to *fall* after the quake.", "not_future"),
        ("The port has begun to *sell* grain.", "not_future"),
        ("The port will begin to *sell* grain.", "future"),
        ("The port plans to begin to *sell* grain.", "future"),
    ],
)
def test_what_is_begun_is_not_ahead(reader: Reader, marked: str, time: str) -> None:
    assert assessed(reader, marked).time == time
