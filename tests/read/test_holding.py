"""States that hold: every example of the table, days, holders, and what is not yet or no longer."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chancery.lexicon import Lexicon
from chancery.lexicon.wording import plain_words
from chancery.model import Claim, HeldState, Phase, Span, When
from chancery.read.dates import find_times
from chancery.read.extents import placed_words
from chancery.read.holders import side_of
from chancery.read.holding import bars, find_states, kind_table
from chancery.read.mentions import find_mentions
from chancery.read.sentences import split_sentences

TABLE = kind_table()
DAY = When(first=date(2020, 2, 10), last=date(2020, 2, 10), basis="stated")


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


def states_in(
    text: str, *, published: When = DAY, lexicon: Lexicon | None = None
) -> list[HeldState]:
    sentences = split_sentences(text)
    times = find_times(text, sentences, published)
    mentions = find_mentions(text, sentences, lexicon, published) if lexicon else []
    return find_states("rep_1", text, sentences, mentions, times, published)


def days(state: HeldState) -> tuple[str | None, str | None]:
    since, until = state.since, state.until
    return since.edtf() if since else None, until.edtf() if until else None


@pytest.mark.parametrize(
    ("kind", "phase", "text"),
    [(kind, *example) for kind, row in TABLE.items() for example in row.examples],
)
def test_examples_tell_their_state(kind: str, phase: Phase, text: str) -> None:
    assert (kind, phase) in [(state.kind, state.phase) for state in states_in(text)]


@pytest.mark.parametrize("text", [text for row in TABLE.values() for text in row.not_examples])
def test_counter_examples_tell_none(text: str) -> None:
    assert states_in(text) == []


def test_every_kind_has_examples_of_each_phase() -> None:
    for kind, row in TABLE.items():
        assert {phase for phase, _ in row.examples} == {"opens", "closes", "holds"}, kind
        assert row.not_examples, kind


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("A Danish battalion has been based in Tapa since 2018.", "2018", None),
        ("Mubarak was the president of Egypt from 1981 until 2011.", "1981", "2011"),
        ("The two have had no diplomatic relations for eleven years.", "2009", None),
        ("Chad extended the curfew until 9 March 2020.", None, "2020-03-09"),
        ("Spain's state of emergency, imposed in March 2018, ended in June 2018.",
         "2018-03", "2018-06"),
        ("The queen suspended parliament for five weeks yesterday.", "2020-02-09", "2020-03-15"),
        ("Malta closed its border on Friday.", "2020-02-07", None),
        ("Malta closed its border.", None, None),
    ],
)  # fmt: skip
def test_days_are_those_of_the_words(text: str, since: str | None, until: str | None) -> None:
    (state,) = states_in(text)
    assert days(state) == (since, until)


def test_without_the_reports_day_nothing_is_reckoned() -> None:
    (state,) = states_in("Malta closed its border on Friday.", published=When())
    assert days(state) == (None, None)
    (state,) = states_in("Malta closed its border on 3 May 2019.", published=When())
    assert days(state) == ("2019-05-03", None)


def test_a_clause_goes_without_the_words_that_introduce_it() -> None:
    text = "The clerk said on Monday that Malta lifted the curfew in June, and sailors cheered."
    (state,) = states_in(text)
    assert state.span.of(text) == "Malta lifted the curfew in June"
    assert state.cue.of(text) == "lifted the curfew"


@pytest.mark.parametrize(
    "text",
    [
        "Malta will close its border on Friday.",
        "Malta may lift the curfew.",
        "Lawyers denied that the mayor was arrested.",
        "If Malta imposes a curfew, shops close.",
        "They asked Rome to lift the embargo and withdraw its troops.",
        "Martial law is to be imposed in May.",
        "The aim is a plan for lifting sanctions.",
    ],
)
def test_what_is_not_real_is_left_out(text: str) -> None:
    assert states_in(text) == []


def test_holders_set_the_measure_and_do_not_bear_it(lexicon: Lexicon) -> None:
    expected = {
        "Iran has been under American sanctions since 1979.": ["USA"],
        "The firm's assets were frozen after sanctions were imposed by Norway.": ["NOR"],
        "Two Canadians have been held in China since December 2018.": ["CHN"],
        "Cuba and the United States restored diplomatic ties on 20 July 2015.": ["CUB", "USA"],
        "Germany banned the Iranian airline from its airspace.": ["DEU"],
    }
    for text, sides in expected.items():
        found = states_in(text, lexicon=lexicon)
        assert [side_of(code) for code in found[-1].holders] == sides, text


def test_a_bar_runs_from_its_opening_to_its_close(lexicon: Lexicon) -> None:
    text = (
        "In 2008 Belarus limited the number of American diplomats there to five. The envoys "
        "waited. In January 2019 Belarus lifted the cap on diplomats. Sweden lifted a cap on "
        "rents in 2016."
    )
    made = [bar for bar in bars(states_in(text, lexicon=lexicon)) if bar.kind == "cap"]
    assert [
        (
            [side_of(code) for code in bar.holders],
            bar.since.edtf() if bar.since else None,
            bar.until.edtf() if bar.until else None,
            len(bar.states),
        )
        for bar in made
    ] == [(["BLR"], "2008", "2019-01", 2), (["SWE"], None, "2016", 1)]


def test_an_opening_after_a_close_starts_a_new_bar(lexicon: Lexicon) -> None:
    text = (
        "Chile declared a state of emergency in May 2010. Chile lifted the state of emergency in "
        "July 2010. Chile declared a state of emergency in March 2014."
    )
    found = bars(states_in(text, lexicon=lexicon))
    assert [bar.since.edtf() for bar in found if bar.since] == ["2010-05", "2014-03"]


def test_claims_of_the_same_clause_are_kept() -> None:
    text = "Malta lifted the curfew in June."
    claim = Claim(
        id="clm_1",
        report="rep_1",
        frame="f",
        type="CONCEDE",
        words=Span(0, 31),
        trigger=Span(6, 12),
    )
    sentences = split_sentences(text)
    times = find_times(text, sentences, DAY)
    (state,) = find_states("rep_1", text, sentences, [], times, DAY, [claim])
    assert state.claims == ("clm_1",)


def test_words_are_split_as_the_tables_phrases_are() -> None:
    text = "The US’s “stay-at-home” order: O'Rourke's cap, naïve 7th"
    placed = placed_words(text, Span(0, len(text)))
    assert [word for word, _ in placed] == plain_words(text)


@given(st.text(alphabet="lifted the ban,. curfew in 2019 “”by since until İ\n", max_size=200))
def test_any_text_gives_spans_within_it(text: str) -> None:
    for state in states_in(text):
        assert 0 <= state.span.start <= state.cue.start < state.cue.end <= state.span.end
        assert state.span.end <= len(text)
