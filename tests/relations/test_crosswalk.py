"""The table of country codes: whole, without overlap, and right where systems differ."""

from __future__ import annotations

import itertools
from datetime import date

import pytest

from chancery.lexicon import Lexicon
from chancery.relations import crosswalk
from chancery.relations.actor_names import words
from chancery.relations.crosswalk import SYSTEMS, code, party, states

NO_MEMBERS = {"ATA", "HKG", "KOS", "PSE", "TWN", "VAT"}
"""What the lexicon has as states, or beside them, and the United Nations has not as members."""
NOT_IN_LEXICON = {"YMD", "RVN", "ZAN", "AUH"}


def test_every_state_of_the_lexicon_has_a_row(lexicon: Lexicon) -> None:
    known = {actor.id for actor in lexicon.actors.values() if actor.kind == "state"}
    assert known - {row.code for row in states()} == set()
    assert {row.code for row in states()} - known == NOT_IN_LEXICON


def test_every_member_has_every_code_today() -> None:
    today = date(2024, 1, 1)
    rows = {row.code for row in states() if row.since <= today < row.until} - NO_MEMBERS
    rows -= NOT_IN_LEXICON
    for state in rows:
        for system in SYSTEMS:
            assert code(system, state, today), f"{state} has no {system}"


@pytest.mark.parametrize("system", SYSTEMS)
def test_no_code_stands_for_two_states_on_one_day(system: str) -> None:
    found: dict[str, list[tuple[date, date, str]]] = {}
    for row in states():
        assert row.since < row.until
        for one in row.codes[system]:
            found.setdefault(one, []).append((row.since, row.until, row.code))
    for one, spans in found.items():
        ordered = sorted(spans)
        for (_, until, _), (since, _, _) in itertools.pairwise(ordered):
            assert until <= since, f"{system} {one}: {ordered}"


def test_codes_are_well_formed() -> None:
    shapes = {"alpha2": 2, "alpha3": 3, "fips": 2, "cow_abb": 3, "cameo": 3}
    for row in states():
        for system, length in shapes.items():
            assert all(len(one) == length and one.isupper() for one in row.codes[system]), row
        for system in ("numeric", "cow", "gw"):
            assert all(one.isdigit() and one == str(int(one)) for one in row.codes[system]), row


@pytest.mark.parametrize(
    ("system", "written", "on", "state"),
    [
        # The two lists of states differ.
        ("cow", "260", "1985-01-01", "DEU"),
        ("cow", "255", "1995-01-01", "DEU"),
        ("gw", "260", "1995-01-01", "DEU"),
        ("cow", "265", "1985-01-01", "DDR"),
        ("cow", "678", "1980-01-01", "YEM"),
        ("cow", "679", "1995-01-01", "YEM"),
        ("gw", "678", "1995-01-01", "YEM"),
        ("cow", "680", "1980-01-01", "YMD"),
        ("gw", "340", "2010-01-01", "SRB"),
        ("cow", "345", "2010-01-01", "SRB"),
        ("cow", "345", "1999-01-01", "YUG"),
        ("gw", "345", "2004-01-01", "YUG"),
        ("cow", "365", "1962-10-20", "SUN"),
        ("cow", "365", "2014-01-01", "RUS"),
        ("cow", "315", "1968-08-20", "CSK"),
        ("cow", "316", "1999-01-01", "CZE"),
        ("cow", "817", "1970-01-01", "RVN"),
        ("cow", "511", "1964-01-01", "ZAN"),
        # FIPS is not ISO.
        ("fips", "AU", "2015-01-01", "AUT"),
        ("fips", "AS", "2015-01-01", "AUS"),
        ("fips", "BO", "2015-01-01", "BLR"),
        ("fips", "UP", "2015-01-01", "UKR"),
        ("fips", "RS", "2015-01-01", "RUS"),
        ("alpha2", "RS", "2015-01-01", "SRB"),
        ("alpha2", "AU", "2015-01-01", "AUS"),
        ("fips", "CH", "2015-01-01", "CHN"),
        ("alpha2", "CH", "2015-01-01", "CHE"),
        # A code that had two bearers, and old codes.
        ("alpha2", "CS", "1980-01-01", "CSK"),
        ("alpha2", "CS", "2004-01-01", "YUG"),
        ("alpha3", "SCG", "2004-01-01", "YUG"),
        ("alpha3", "ZAR", "1990-01-01", "COD"),
        ("cameo", "GZS", "2015-01-01", "PSE"),
        ("cameo", "RUS", "1982-01-01", "SUN"),
        ("cameo", "SUN", "1995-01-01", "SUN"),
        # Outside its days a code means whoever bore it nearest in time.
        ("cow", "626", "2010-01-01", "SSD"),
        ("alpha3", "UKR", "1985-01-01", "UKR"),
        ("numeric", "8", "2015-01-01", "ALB"),
    ],
)
def test_codes_mean_the_state_of_their_day(system: str, written: str, on: str, state: str) -> None:
    assert party(system, written, date.fromisoformat(on)) == state


def test_regions_and_unknown_codes_mean_no_state() -> None:
    for one in ("EUR", "AFR", "XXX", ""):
        assert party("cameo", one, date(2015, 1, 1)) is None


def test_codes_go_back_into_other_systems() -> None:
    assert code("cow", "DEU", date(1985, 1, 1)) == "260"
    assert code("gw", "SRB", date(2015, 1, 1)) == "340"
    assert code("fips", "RUS", date(2015, 1, 1)) == "RS"
    assert code("cow", "USA", date(2015, 1, 1)) == "2"


def test_spans_leave_no_gap() -> None:
    for system in SYSTEMS:
        for spans in crosswalk.spans(system).values():
            assert spans[0].since == crosswalk.EVER
            assert spans[-1].until == crosswalk.NEVER
            for one, after in itertools.pairwise(spans):
                assert one.until == after.since


def test_names_and_groups_lead_to_what_is_known(lexicon: Lexicon) -> None:
    known = {row.code for row in states()}
    assert set(words().states) <= known
    for group in words().groups.values():
        assert group in lexicon.actors or group in ("EUR", "UNO")
