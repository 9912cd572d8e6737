"""Where a report was sent from, and whose those are who are named without a state."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chancery.lexicon import Lexicon
from chancery.model import Mention
from chancery.read.datelines import Dateline, find_dateline, home_of
from chancery.read.parties import PartyFinder
from chancery.read.states import Line, StateFinder

Finder = Callable[[str], dict[str, Mention]]


@pytest.mark.parametrize(
    ("text", "place", "state"),
    [
        ("LUSAKA, Zambia (Agency) - Miners struck.", "LUSAKA, Zambia", "ZMB"),
        ("LUSAKA (Agency) _ Miners struck.", "LUSAKA", "ZMB"),
        ("Miners strike\n\nLUSAKA, March 3 (Agency) --\n\nMiners struck.", "LUSAKA", "ZMB"),
        ("TOULOUSE, France - Pilots struck.", "TOULOUSE, France", "FRA"),
        # A town that only the list of places knows.
        ("MARSEILLE - Dockers struck.", "MARSEILLE", "FRA"),
    ],
)
def test_a_dateline_tells_the_state_of_its_place(text: str, place: str, state: str) -> None:
    found = find_dateline(text, Lexicon.load())
    assert found is not None
    assert (found.span.of(text), found.state) == (place, state)


@pytest.mark.parametrize(
    "text",
    [
        "Miners in Lusaka struck - for a day.",
        "GENEVA (Agency) - Envoys met.",  # who meets there is mostly of other states
        "UNITED NATIONS (Agency) - The council met.",
        "UPDATE - Miners struck.",
        "Lusaka - Miners struck.",
        f"{'Miners struck. ' * 40}\nLUSAKA (Agency) - They won.",
    ],
)
def test_what_is_no_dateline_of_a_state_tells_none(text: str) -> None:
    assert find_dateline(text, Lexicon.load()) is None


@pytest.mark.parametrize(
    ("text", "words", "code"),
    [
        ("LUSAKA (Agency) - A court jailed two Danes. Danish diplomats wept.", "court", "ZMB.JUD"),
        # Plainly about another state, and not about the dateline's.
        (
            "LUSAKA (Agency) - Danish miners met. Danish banks fell. Denmark wept. Police slept.",
            "Police",
            "DNK.COP",
        ),
        # Words of its own go before the dateline.
        ("LUSAKA (Agency) - Danish police met.", "Danish police", "DNK.COP"),
        # A dateline's capital is a place, and no government.
        ("LUSAKA (Agency) - Danish police met.", "LUSAKA", "ZMB"),
        ("Lusaka rejected it.", "Lusaka", "ZMB.GOV"),
    ],
)
def test_who_is_named_without_a_state_is_of_the_datelines(
    mentions_of: Finder, text: str, words: str, code: str
) -> None:
    assert mentions_of(text)[words].actor == code


def test_a_state_named_often_outweighs_a_dateline() -> None:
    place = find_dateline("LUSAKA - Miners struck.", Lexicon.load())
    assert place is not None
    assert home_of(place, {"DNK": 3}) is None
    assert home_of(place, {"DNK": 2}) == "ZMB"
    assert home_of(place, {"DNK": 3, "ZMB": 2}) == "ZMB"
    assert home_of(place, {"DNK": 6, "ZMB": 2}) is None


def test_a_party_left_unsaid_is_whom_the_text_names_and_the_dateline_only_at_last(
    line_of: Callable[[str], Line],
) -> None:
    text = "Zambian miners and Danish envoys met."
    line = line_of(text)
    named = Dateline(line.places[0].mention.span, "ZMB")
    spans = [place.mention.span for place in line.places]
    for dateline, order in ((None, spans), (named, [*spans[1:], spans[0]])):
        finder = PartyFinder(text, [line], StateFinder(text, [line], dateline=dateline))
        assert [place.mention.span for place in finder.earlier(0)] == order
