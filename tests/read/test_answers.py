"""At whom words about a deed told before are aimed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chancery.model import EventType, Mention, Span
from chancery.read.answers import Done, doers_answered
from chancery.read.deeds import settings
from chancery.read.states import Line


def done(number: int, kind: EventType, *codes: str) -> Done:
    actors = tuple(Mention(span=Span(0, 1), actor=code, score=0.9) for code in codes)
    return Done(number, kind, actors)


OF_THREE = [done(1, "SANCTION", "EUR"), done(2, "ASSAULT", "SAU.MIL"), done(3, "AGREE", "OMN")]


@pytest.mark.parametrize(
    ("text", "verb", "codes"),
    [
        ("Iran denounced the raid.", "denounced", ["SAU.MIL"]),
        ("Iran rejected these sanctions.", "rejected", ["EUR"]),
        ("Iran welcomed the offer.", "welcomed", ["OMN"]),
        ("Iran dismissed the move.", "dismissed", ["OMN"]),
        ("Iran protested against the bombing.", "protested", ["SAU.MIL"]),
        # Whose it is stands there, no deed was told, or any is meant.
        ("Iran denounced Israel's raid.", "denounced", []),
        ("Iran denounced the arrests.", "denounced", []),
        ("Iran denounced raids.", "denounced", []),
        ("Iran denounced the poem.", "denounced", []),
    ],
)
def test_who_did_what_is_spoken_of_is_meant(
    line_of: Callable[[str], Line], text: str, verb: str, codes: list[str]
) -> None:
    line = line_of(text)
    actors = [place.mention for place in line.places[:1]]
    spot = (4, line.words.index(verb))
    found = doers_answered(line, spot, actors, OF_THREE, settings().answered)
    assert [mention.actor for mention in found] == codes


def test_nobody_answers_himself_or_what_was_long_ago(line_of: Callable[[str], Line]) -> None:
    line = line_of("Iran denounced the raid.")
    actors = [place.mention for place in line.places]
    nouns = settings().answered
    assert doers_answered(line, (4, 1), actors, [done(3, "ASSAULT", "IRN.MIL")], nouns) == ()
    assert doers_answered(line, (9, 1), actors, OF_THREE, nouns) == ()
