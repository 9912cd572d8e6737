"""The filters bar that all screens share: who × what × when × voice × certainty.

A form that asks for the same address with other fields, so that it works without any script. Who
and what are lists: each word asked for is a chip that can be dropped, and one more can be added.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import msgspec

from chancery.ledger.filters import CERTAINTY_WORDS
from chancery.outputs.asked import Filters
from chancery.outputs.chronology import phrase_of
from chancery.outputs.words import VOICE_SHAPES
from chancery.web.address import FILTER_WORDS, LISTED, Address

if TYPE_CHECKING:
    from chancery.ledger import Ledger
    from chancery.web.visit import Visit

ALL: Final = ("who", "what", "from", "to", "voice", "min")
"""The filters that a screen can have, by their names in addresses."""
FORGOTTEN: Final = ("page", "at", "sel", "done")
"""What no longer holds once other rows are asked for."""
MOST_SUGGESTED: Final = 60
"""Actors offered while one types; every other can be typed as well."""
SNAPSHOTS_REMEMBERED: Final = 8

VOICES: Final = {"own": "own voice", "named": "named", "anonymous": "anonymous",
                 "document": "document"}  # fmt: skip
TITLES: Final = {"who": "who", "what": "what", "from": "from", "to": "to", "voice": "voice",
                 "min": "certainty"}  # fmt: skip


class Chip(msgspec.Struct, frozen=True):
    """One filter that is set: of which kind, in words, and the address without it."""

    name: str
    value: str
    words: str
    without: str


class Choice(msgspec.Struct, frozen=True):
    """One value that can be picked: what is sent, what is read, and whether it is set."""

    value: str
    words: str
    chosen: bool = False


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """All that the filters bar shows.

    `kept` are fields of the address that are no filters of this screen, sent along as they are.
    """

    path: str
    screen_filters: tuple[str, ...]
    chips: dict[str, list[Chip]]
    since: str
    until: str
    voices: list[Choice]
    certainties: list[Choice]
    actors: list[Choice]
    deeds: list[Choice]
    kept: list[tuple[str, str]]
    reset: str

    @property
    def any(self) -> bool:
        """Say whether anything is filtered."""
        return any(self.chips.values())


def bar_of(visit: Visit, names: Sequence[str] = ALL) -> Bar:
    """Return the filters bar of a visit's address, with those filters that its screen has."""
    address = visit.address
    actors, deeds = _suggested(visit.ledger, visit.as_of)
    return Bar(
        path=address.path,
        screen_filters=tuple(names),
        chips={name: list(chips(visit, name)) for name in names},
        since=address.get("from"),
        until=address.get("to"),
        voices=list(_voices(visit)),
        certainties=[
            Choice(word, f"≥ {word}" if least else "assessed", address.get("min") == word)
            for word, least in CERTAINTY_WORDS.items()
        ],
        actors=[Choice(code, visit.name(code)) for code in actors],
        deeds=[Choice(frame, phrase_of(frame, visit.lexicon.frames)) for frame in deeds],
        kept=[
            (key, value)
            for key, value in address.fields
            if key not in names and key not in FORGOTTEN
        ],
        reset=str(address.with_(**{f"{name}_": None for name in (*names, *FORGOTTEN)})),
    )


def chips(visit: Visit, name: str) -> Iterator[Chip]:
    """Give what is set of one filter, each with the address that drops it."""
    address = visit.address
    values = (
        address.all(name) if name in LISTED else [value for value in [address.get(name)] if value]
    )
    for value in values:
        left = tuple(one for one in values if one != value)
        without = address.with_(**{f"{name}_": left, **dict.fromkeys(FORGOTTEN)})
        yield Chip(name, value, _said(visit, name, value), str(without))


def _said(visit: Visit, name: str, value: str) -> str:
    if name == "voice":
        return VOICES.get(value) or visit.name(value)
    if name == "what":
        return phrase_of(value, visit.lexicon.frames) if value.islower() else value
    if name == "min":
        return f"≥ {value}"
    return visit.name(value) if name == "who" else value


def _voices(visit: Visit) -> Iterator[Choice]:
    given = visit.address.get("voice")
    for kind, words in VOICES.items():
        yield Choice(kind, f"{VOICE_SHAPES[kind]} {words}", given == kind)
    if given and given not in VOICES:
        yield Choice(given, visit.name(given), True)


@lru_cache(SNAPSHOTS_REMEMBERED)
def _suggested(ledger: Ledger, as_of: str) -> tuple[list[str], list[str]]:
    """Return the actors that take part most often in a snapshot, and its frames, both by name."""
    actors = ledger.sql(
        "SELECT code FROM (SELECT unnest(list_concat(actors, targets)) AS code FROM happenings) "  # noqa: S608
        f"GROUP BY code ORDER BY count(*) DESC, code LIMIT {MOST_SUGGESTED}",
        as_of=as_of,
    )
    frames = ledger.sql("SELECT DISTINCT frame FROM happenings ORDER BY frame", as_of=as_of)
    return sorted(row["code"] for row in actors), [row["frame"] for row in frames]


def command_words(filters: Filters, *before: str) -> str:
    """Write the command that gives the same rows: `chancery chron --who USA,BLR --from 2016`."""
    options = {python: word for word, python in FILTER_WORDS.items()} | {"as_of": "as-of"}
    words = [*before]
    for name, value in filters.given():
        shown = ",".join(value) if isinstance(value, tuple) else str(value)
        words += [f"--{options.get(name, name)}", shown]
    return "chancery " + shlex.join(words)


def loosened(visit: Visit, names: Sequence[str] = ALL) -> list[Chip]:
    """Return what could be dropped where nothing matches, both days as one, certainty first."""
    set_ = [name for name in ("min", "voice", "what", "who") if name in names]
    found = [
        Chip(name, visit.address.get(name), TITLES[name], str(_without(visit.address, name)))
        for name in set_
        if visit.address.get(name)
    ]
    if visit.address.get("from") or visit.address.get("to"):
        found.append(Chip("from", "", "dates", str(_without(visit.address, "from", "to"))))
    return found


def _without(address: Address, *names: str) -> Address:
    return address.with_(**{f"{name}_": None for name in (*names, *FORGOTTEN)})
