"""The words that name times, as tables and as pattern fragments; `data/times.toml` holds them.

Patterns are written with a plain space for any short white space and `{month}`, `{count}` … for
an alternation over a table. Every repetition in them is bounded, so matching is linear.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Final, NamedTuple

import msgspec

WHITE_SPACE: Final = r"(?:[ \t\u00a0]{1,2}|[ \t]?\n[ \t]?)"
HYPHEN: Final = r"[-\u2010-\u2015]"


class Unit(msgspec.Struct, frozen=True):
    """A unit of time: its TIMEX3 letter, and the calendar's step it is a multiple of."""

    code: str
    base: str
    count: int


class Season(NamedTuple):
    """A season: its TIMEX3 code and the month it starts in, on the northern half of the earth."""

    code: str
    first_month: int


class TimeWords(NamedTuple):
    """The tables of `data/times.toml`, keys in lower case."""

    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    seasons: Mapping[str, Season]
    units: Mapping[str, Unit]
    day_parts: Mapping[str, str]
    clock_words: Mapping[str, str]
    numbers: Mapping[str, float]
    tens: Mapping[str, int]
    ordinals: Mapping[str, int]
    vague: frozenset[str]
    hedges: Mapping[str, str]
    modifiers: Mapping[str, tuple[float, float]]
    references: Mapping[str, str]
    sets: Mapping[str, str]
    holidays: Mapping[str, Mapping[str, int]]
    future: frozenset[str]
    past: frozenset[str]
    bounds: Mapping[str, str]
    readouts: frozenset[str]
    asides: Mapping[str, frozenset[str]]
    names: Mapping[str, frozenset[str]]


@cache
def time_words() -> TimeWords:
    """Load the tables, once per process."""
    source = resources.files("chancery.read") / "data" / "times.toml"
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    units = {name: Unit(**unit) for name, unit in table["units"].items()}
    units |= {plural: units[name] for plural, name in table["plurals"].items()}
    return TimeWords(
        months=table["months"],
        weekdays=table["weekdays"],
        seasons={name: Season(**season) for name, season in table["seasons"].items()},
        units=units,
        day_parts=table["day_parts"],
        clock_words=table["clock_words"],
        numbers=table["numbers"],
        tens=table["tens"],
        ordinals=table["ordinals"],
        vague=frozenset(table["vague"]["words"]),
        hedges=table["hedges"],
        modifiers={name: (low, high) for name, (low, high) in table["modifiers"].items()},
        references={
            words: value for value, entry in table["references"].items() for words in entry["words"]
        },
        sets=table["sets"],
        holidays=table["holidays"],
        future=frozenset(table["tense"]["future"]),
        past=frozenset(table["tense"]["past"]),
        bounds=table["bounds"],
        readouts=frozenset(table["readouts"]["words"]),
        asides={role: frozenset(words) for role, words in table["asides"].items()},
        names={role: frozenset(words) for role, words in table["names"].items()},
    )


def alternation(words: Iterable[str]) -> str:
    """Return a pattern for any of the words, the longest first."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", " ") for word in ordered) + ")"


@cache
def fragments() -> dict[str, str]:
    """Return the named alternations that the patterns are made of."""
    words = time_words()
    small = alternation(name for name, value in words.numbers.items() if 1 <= value <= 9)
    cardinal = alternation([*words.numbers, *words.tens])
    spelled = f"(?:{alternation(words.tens)}(?:(?: |{HYPHEN}){small})?|{cardinal})"
    long_months = [
        name for name in words.months if len(name) > 4 or name in {"may", "june", "july"}
    ]
    short_months = [name for name in words.months if name not in long_months]
    units = alternation(words.units)
    return {
        "month": f"(?:{alternation(long_months)}\\b|{alternation(short_months)}\\b\\.?)",
        "weekday": f"(?:{alternation(name for name in words.weekdays if name.endswith('day'))}\\b"
        f"|{alternation(name for name in words.weekdays if not name.endswith('day'))}\\b\\.)",
        "season": f"{alternation(words.seasons)}",
        "unit": units,
        "unit_singular": alternation(name for name in words.units if not name.endswith("s")),
        "unit_plural": alternation(name for name in words.units if name.endswith("s")),
        "count": rf"(?:\d{{1,6}}(?:[.,]\d{{1,3}})?|{spelled}|{alternation(words.vague)})",
        "number": rf"(?:\d{{1,6}}(?:\.\d{{1,2}})?|{spelled})",
        "hedge": alternation(words.hedges),
        "ordinal": rf"(?:{alternation(words.ordinals)}|\d{{1,2}}(?:st|nd|rd|th))",
        "modifier": alternation(words.modifiers),
        "day": r"(?:3[01]|[12]\d|0?[1-9])(?!\d)",
        "ordinal_day": r"(?:(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?)(?!\d|:\d)",
        "year": r"(?:1\d{3}|20\d{2})(?!\d|,\d{3}|\.\d)",
        "part": alternation(words.day_parts),
        "holiday": alternation(words.holidays),
        "reference": alternation(words.references),
        "set": alternation(words.sets),
        "clock_word": alternation(words.clock_words),
        "tens": alternation(words.tens),
        "small": small,
        "teens": alternation(name for name, value in words.numbers.items() if 10 <= value <= 19),
        "sep": f"(?: |{HYPHEN})",
        "hyphen": HYPHEN,
    }


def compiled(template: str) -> re.Pattern[str]:
    """Compile a pattern's template: fragments filled in, spaces widened, letters of any case."""
    filled = template
    for name, fragment in fragments().items():
        filled = filled.replace("{" + name + "}", fragment)
    return re.compile(rf"\b{filled.replace(' ', WHITE_SPACE)}", re.IGNORECASE)


def number_in(words: str) -> float | None:
    """Return the number that digits or words say, or none where they are vague ("several")."""
    plain = " ".join(words.lower().replace("-", " ").split())
    tables = time_words()
    if plain[:1].isdigit():
        return float(plain.replace(",", ""))
    if plain in tables.numbers:
        return float(tables.numbers[plain])
    if plain in tables.tens:
        return float(tables.tens[plain])
    tens, _, ones = plain.partition(" ")
    if tens in tables.tens and ones in tables.numbers:
        return tables.tens[tens] + float(tables.numbers[ones])
    return None


def ordinal_in(words: str) -> int:
    """Return the number of an ordinal, spelled or in digits with its ending."""
    plain = words.lower()
    return time_words().ordinals.get(plain) or int(re.sub(r"\D", "", plain))


def month_in(words: str) -> int:
    """Return the number of a month's name, full or short."""
    return time_words().months[words.lower().rstrip(".")]


def weekday_in(words: str) -> int:
    """Return the ISO number of a weekday's name, full or short."""
    return time_words().weekdays[words.lower().rstrip(".")]
