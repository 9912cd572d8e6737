"""Happenings in the 61 columns of a GDELT 2.0 events file.

GDELT counts reports; here a row is a happening, and its mentions are the reports that tell it. What
the ledger does not know stays empty: no cell is filled with a usual value. What is negated, denied,
only possible or only expected is left out, as GDELT codes no modality; what is planned is coded as
the intent (CAMEO 03 or 13), as PLOVER writes it. Columns by the GDELT 2.0 event code book.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Final

from chancery.lexicon import Lexicon
from chancery.lexicon.gazetteer import Locality, LocalityKind
from chancery.model import Cite, EventType, Happening, When
from chancery.outputs.addresses import web_address
from chancery.outputs.plover import coded, split_code
from chancery.outputs.whereabouts import Whereabouts
from chancery.relations.actor_names import words
from chancery.relations.crosswalk import StateCodes, states, table

_ACTOR: Final = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code",
    "Religion2Code", "Type1Code", "Type2Code", "Type3Code",
)  # fmt: skip
_GEO: Final = (
    "Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID",
)  # fmt: skip
GDELT_COLUMNS: Final = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor1{name}" for name in _ACTOR),
    *(f"Actor2{name}" for name in _ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
    "NumMentions", "NumSources", "NumArticles", "AvgTone",
    *(f"Actor1Geo_{name}" for name in _GEO),
    *(f"Actor2Geo_{name}" for name in _GEO),
    *(f"ActionGeo_{name}" for name in _GEO),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip
"""The 61 columns, in their order; a file has no header."""

ID_DIGITS: Final = 15
"""Hexadecimal digits of an id that make its number: 60 bits, which a signed 64-bit column holds."""

INTENT: Final[Mapping[EventType, str]] = {"AGREE": "030", "CONCEDE": "035", "THREATEN": "130"}
"""CAMEO's codes for the types that PLOVER gives a planned deed: intent to cooperate, to yield, and
a threat."""

CAMEO_TYPES: Final[Mapping[str, str]] = {
    **{code: code for code in (
        "AGR", "BUS", "COP", "CRM", "CVL", "EDU", "ELI", "GOV", "JUD", "LAB", "LEG", "MIL", "OPP",
        "PTY", "REB", "REF", "SPY", "UAF",
    )},
    "JRN": "MED",
    "MED": "HLH",
}  # fmt: skip
"""PLOVER's sectors that CAMEO has a role code for; the press and health have changed theirs."""
MOST_TYPES: Final = 3

AT_HOME: Final = "USA"
"""GDELT has kinds of places of their own for the United States."""
GEO_TYPES: Final[Mapping[LocalityKind, tuple[str, str]]] = {
    "state": ("1", "1"),
    "region": ("2", "5"),
    "city": ("3", "4"),
    "capital": ("3", "4"),
    "land": ("3", "4"),
    "water": ("3", "4"),
}
"""Kind of place, within the United States and elsewhere; a land or water is a landmark."""


class Gdelt:
    """Writes happenings as rows of GDELT."""

    def __init__(self, lexicon: Lexicon, places: Whereabouts) -> None:
        self._lexicon = lexicon
        self._places = places

    def row(self, happening: Happening, cites: Sequence[Cite]) -> list[str] | None:
        """Fill the 61 columns; none where the deed is left out."""
        event = coded(happening, self._lexicon.frames)
        if event is None:
            return None
        code = happening.cameo if event.type == happening.type else INTENT[event.type]
        first, second = _sides(happening)
        day = happening.when.first or happening.when.last
        known = {
            "GLOBALEVENTID": str(event_number(happening.id)),
            **_days(happening.when),
            **self._actor("Actor1", first, day),
            **self._actor("Actor2", second, day),
            **_deed(code),
            "NumMentions": str(len(happening.reports)),
            "NumSources": str(len({cite.source for cite in cites if cite.source}) or ""),
            "NumArticles": str(len(happening.reports)),
            **self._geo(happening, day),
            "SOURCEURL": next(filter(None, (web_address(cite.url) for cite in cites)), ""),
        }
        return [" ".join(known.get(column, "").split()) for column in GDELT_COLUMNS]

    def _actor(self, side: str, code: str | None, day: date | None) -> dict[str, str]:
        if code is None:
            return {}
        party, sectors = split_code(code)
        named = self._lexicon.actors.get(party)
        state = country_code(party, day)
        group = _groups().get(party, "")
        types = [CAMEO_TYPES[one] for one in sectors if one in CAMEO_TYPES][:MOST_TYPES]
        return {
            f"{side}Code": f"{state or group}{''.join(types)}",
            f"{side}Name": named.names[0].upper() if named else "",
            f"{side}CountryCode": state,
            f"{side}KnownGroupCode": "" if state else group,
            **{f"{side}Type{place}Code": one for place, one in enumerate(types, 1)},
        }

    def _geo(self, happening: Happening, day: date | None) -> dict[str, str]:
        """Fill the place of the deed; a state alone has no coordinates."""
        place = self._places.find(happening)
        country = place.country if place else happening.where or ""
        if not country and not place:
            return {}
        if place is None or place.kind == "state":
            return _geo_cells("state", _state_name(country, day), country, day)
        name = ", ".join(filter(None, (place.name, _state_name(country, day))))
        return _geo_cells(place.kind, name, country, day) | _coordinates(place)


def _geo_cells(kind: LocalityKind, name: str, country: str, day: date | None) -> dict[str, str]:
    fips = place_code(country, day)
    if not name and not fips:
        return {}
    return {
        "ActionGeo_Type": GEO_TYPES[kind][country != AT_HOME],
        "ActionGeo_FullName": name,
        "ActionGeo_CountryCode": fips,
    }


def _coordinates(place: Locality) -> dict[str, str]:
    return {"ActionGeo_Lat": f"{place.latitude:g}", "ActionGeo_Long": f"{place.longitude:g}"}


def event_number(happening: str) -> int:
    """Return the number of a happening: the first fifteen hexadecimal digits of its id.

    Written in hexadecimal again, with `hap_` before it, the number finds the happening.
    """
    return int(happening.partition("_")[2][:ID_DIGITS], 16)


def _sides(happening: Happening) -> tuple[str | None, str | None]:
    """Return one party a side, the first by code: GDELT has no room for more.

    Of several that act together upon nobody, the second stands on the other side.
    """
    sides = [*happening.actors[:1], *happening.targets[:1]]
    if not happening.targets:
        sides = list(happening.actors[:2])
    if not happening.actors:
        return None, sides[0] if sides else None
    return sides[0], sides[1] if len(sides) > 1 else None


def _days(when: When) -> dict[str, str]:
    """Write the first day it can be, and month, year and fraction only as far as they are known."""
    first, last = when.first or when.last, when.last
    if first is None:
        return {}
    cells = {"SQLDATE": f"{first:%Y%m%d}"}
    if when.first is None or last is None:
        return cells
    if first.year == last.year:
        cells["Year"] = str(first.year)
        if first.month == last.month:
            cells["MonthYear"] = f"{first:%Y%m}"
    if first == last:
        cells["FractionDate"] = f"{first.year + (first.month * 30 - 30 + first.day) / 365:.4f}"
    return cells


def _deed(code: str | None) -> dict[str, str]:
    """Fill the code and what GDELT's table says of it; nothing where it is no code of CAMEO."""
    known = _cameo().get(code or "")
    if not code or known is None:
        return {}
    return {
        "EventCode": code,
        "EventBaseCode": code[:3],
        "EventRootCode": code[:2],
        "QuadClass": known["quad"],
        "GoldsteinScale": known["goldstein_gdelt"],
    }


@cache
def _cameo() -> Mapping[str, dict[str, str]]:
    return {row["code"]: row for row in table("cameo.csv")}


@cache
def _groups() -> Mapping[str, str]:
    """Return the code of each body that GDELT knows: its own name if that is one."""
    found: dict[str, str] = {}
    for code, party in words().groups.items():
        if code == party:
            found[party] = code
        found.setdefault(party, code)
    return found


def country_code(party: str, day: date | None) -> str:
    """Return a state's CAMEO code on a day, the newest where none is given; else nothing."""
    row = _state_on(party, day)
    return next(iter(row.codes["cameo"]), "") if row else ""


def place_code(country: str, day: date | None) -> str:
    """Return a state's FIPS code on a day; nothing where parts of it have codes of their own."""
    row = _state_on(country, day)
    known = row.codes["fips"] if row else ()
    return known[0] if len(known) == 1 else ""


def _state_name(party: str, day: date | None) -> str:
    row = _state_on(party, day)
    return row.name if row else ""


def _state_on(party: str, day: date | None) -> StateCodes | None:
    known = _states().get(party, ())
    on_day = [row for row in known if day and row.since <= day <= row.until]
    return next(iter([*on_day, *reversed(known)]), None)


@cache
def _states() -> Mapping[str, tuple[StateCodes, ...]]:
    """Return the rows of each state by day; its territories have codes of their own."""
    found: dict[str, list[StateCodes]] = {}
    for row in sorted(states(), key=lambda one: one.since):
        if row.codes["alpha3"] and row.code not in row.codes["alpha3"]:
            continue
        found.setdefault(row.code, []).append(row)
    return {party: tuple(rows) for party, rows in found.items()}
